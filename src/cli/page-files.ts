import {createHash} from 'node:crypto'
import {existsSync, readdirSync, rmdirSync, rmSync} from 'node:fs'
import {basename, join} from 'node:path'
import {type HtmlOptions, renderHtml} from '../index.ts'
import type {Preview, Report} from '../model.ts'
import {readAssets} from './assets.ts'
import {writeWhole} from './write.ts'

/** A page above this many bytes opens slowly, and mail and browsers refuse it. */
const mostInside = 60_000_000

/**
 * Write the text of the page that goes to a file, and its pictures beside it where there are too many for one file.
 *
 * @param file
 *   Null where the page goes to another program: it then holds its pictures, however many.
 */
export function renderPage(
  file: string | null,
  report: Report,
  previews: ReadonlyMap<string, Preview>,
  {most = mostInside, ...more}: Pick<HtmlOptions, 'history' | 'trends'> & {readonly most?: number} = {},
): string {
  const pictures = file === null ? undefined : writePictures(file, previews, most)
  return renderHtml(report, {previews, pictures, ...more, assets: readAssets()})
}

/** The folder of pictures that belongs to a page, whether it is there or not. */
export function picturesFolder(file: string): string {
  return `${file.replace(/\.html$/, '')}-files`
}

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
  const folder = picturesFolder(file)
  const size = [...previews.values()].reduce((sum, {base64}) => sum + base64.length, 0)
  removePictures(folder)
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

/** Remove the pictures of an earlier page; what else lies in the folder is not ours. */
function removePictures(folder: string): void {
  if (!existsSync(folder)) return
  const names = readdirSync(folder)
  const own = names.filter(name => /^[0-9a-f]{16}\.(?:jpeg|png|webp)$/.test(name))
  for (const name of own) rmSync(join(folder, name))
  if (own.length === names.length) rmdirSync(folder)
}
