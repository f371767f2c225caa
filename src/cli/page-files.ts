import {createHash} from 'node:crypto'
import {rmSync} from 'node:fs'
import {basename, join} from 'node:path'
import type {Preview} from '../model.ts'
import {writeWhole} from './write.ts'

/** A page above this many bytes opens slowly, and mail and browsers refuse it. */
const mostInside = 60_000_000

/**
 * Keep the pictures of a page within it where they have room, else write them into a folder beside it.
 *
 * @param file
 *   The page: the folder is called as it is, with `-files`.
 * @returns
 *   Addresses of pictures by page id; undefined where they go into the page.
 */
export function writePictures(
  file: string,
  previews: ReadonlyMap<string, Preview>,
  most = mostInside,
): ReadonlyMap<string, string> | undefined {
  const folder = `${file.replace(/\.html$/, '')}-files`
  const size = [...previews.values()].reduce((sum, {base64}) => sum + base64.length, 0)
  rmSync(folder, {recursive: true, force: true})
  if (size <= most) return undefined
  return new Map(
    [...previews].map(([page, {mime, base64}]) => {
      const data = Buffer.from(base64, 'base64')
      const hash = createHash('sha256').update(data).digest('hex').slice(0, 16)
      const name = `${hash}.${mime.replace(/^image\//, '')}`
      writeWhole(join(folder, name), data)
      return [page, `${basename(folder)}/${name}`]
    }),
  )
}
