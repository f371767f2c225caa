import {createHash} from 'node:crypto'
import {type Scan, UserError} from '../model.ts'
import {readInside} from './paths.ts'

/**
 * Reads the file of a scan, whole: all its pages, where it has many.
 *
 * @returns
 *   The bytes that were listed. A file that is gone, cannot be opened, leads out of
 *   `root` or has changed since throws a `UserError`.
 */
export async function readScan(root: string, scan: Scan): Promise<Uint8Array> {
  const bytes = await readInside(root, scan.file)
  if (createHash('sha256').update(bytes).digest('hex') !== scan.sha256) {
    throw new UserError(`Unexpected change of \`${scan.file}\` while it was being read, expected it to stay, run again`)
  }
  return bytes
}
