import {readFile, realpath} from 'node:fs/promises'
import {join, sep} from 'node:path'
import {UserError} from '../model.ts'

/**
 * Reads a file of the corpus.
 *
 * @param file
 *   Relative to `root`, `/` between parts. One that is missing, may not be read or
 *   leads out of `root` throws a `UserError`.
 */
export async function readInside(root: string, file: string): Promise<Buffer<ArrayBuffer>> {
  try {
    const path = await realpath(join(root, file))
    if (await leadsInside(root, path)) return await readFile(path)
  } catch (error) {
    throw new UserError(
      `Cannot read \`${file}\` (${codeOf(error)}), expected a file that may be read, see its name and rights`,
    )
  }
  throw new UserError(`Unexpected \`${file}\` that leads out of the corpus, expected a file within, copy it there`)
}

/** True where a real path lies in the real path of `root`. */
export async function leadsInside(root: string, path: string): Promise<boolean> {
  const base = await realpath(root)
  return path === base || path.startsWith(base.endsWith(sep) ? base : base + sep)
}

/** The system's short name of an error, as in `ENOENT`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
