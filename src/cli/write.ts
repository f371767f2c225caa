import {createHash} from 'node:crypto'
import {accessSync, constants, mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {writeFile} from 'node:fs/promises'
import {dirname, relative} from 'node:path'
import process from 'node:process'
import {UserError} from '../model.ts'

/**
 * Make sure that files can be written below a folder, before hours are spent on what goes there.
 *
 * @throws UserError
 *   Naming the folder and what mends it.
 */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, {recursive: true})
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw unwritable(folder, error)
  }
}

/** Write a file whole or not at all: to a temporary name beside it, then renamed. */
export function writeWhole(file: string, content: string | Uint8Array, mode = 0o666): void {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(file), {recursive: true})
    writeFileSync(temporary, content, {mode})
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, {force: true})
    throw unwritable(file, error)
  }
}

/**
 * Write text whole or not at all, as it comes.
 *
 * @returns
 *   SHA-256 of the file, lower-case hex.
 */
export async function writeHashed(file: string, texts: AsyncIterable<string>): Promise<string> {
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const text of texts) {
      hash.update(text)
      yield text
    }
  }
  await writePieces(file, hashed())
  return hash.digest('hex')
}

/** Write a file whole or not at all, piece by piece: it may be larger than memory. */
export async function writePieces(file: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  const drop = () => rmSync(temporary, {force: true})
  // The program may be ended while it waits for a piece.
  process.on('exit', drop)
  try {
    mkdirSync(dirname(file), {recursive: true})
    await writeFile(temporary, pieces)
    renameSync(temporary, file)
  } catch (error) {
    drop()
    // What makes the pieces may fail as well.
    if (!(error instanceof Error && 'code' in error)) throw error
    throw unwritable(file, error)
  } finally {
    process.off('exit', drop)
  }
}

function unwritable(path: string, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a file stands where a folder is expected',
    EEXIST: 'a file stands where a folder is expected',
    EISDIR: 'a folder stands where a file is expected',
  }
  const shown = relative(process.cwd(), path) || path
  return new UserError(
    `Cannot write \`${shown}\`: ${reasons[code] ?? code}, expected a writable place, mend it or choose another with --out`,
  )
}
