import {readFileSync} from 'node:fs'
import {UserError} from '../model.ts'

/**
 * Read a file named on the command line.
 *
 * @throws UserError
 *   Where it cannot be read.
 */
export function readInput(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    const reasons: Readonly<Record<string, string>> = {ENOENT: 'no such file', EISDIR: 'it is a folder'}
    throw new UserError(`Cannot read \`${file}\`: ${reasons[code] ?? code}, check the name`)
  }
}
