import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {blankPage, renderPage} from '../scripts/facsimile/page.ts'
import {writeText} from './generate.ts'

/** Sheets that are drawn; all further pages are these again, each with bytes of its own. */
const sheets = 10

/**
 * Write a corpus of one document of colour JPEG scans, 300 dpi, with some typed lines on each. Same count and seed, same bytes.
 *
 * @param lines
 *   Lines of about 60 characters on a page.
 */
export async function writeColourPages(root: string, count: number, lines: number, seed: number): Promise<void> {
  const folder = join(root, 'scans/colour')
  mkdirSync(folder, {recursive: true})
  const drawn: Uint8Array[] = []
  for (let sheet = 0; sheet < Math.min(sheets, count); sheet++) {
    const text = writeText(3000, seed + sheet).replace(/\s+/g, ' ')
    const rows = Array.from({length: lines}, (_, row) => text.slice(60 * row, 60 * row + 60).trim())
    const spec = {...blankPage, lines: rows, seed: seed + sheet, dpi: 300, colour: true, skew: (sheet % 3) - 1}
    drawn.push((await renderPage({...spec, format: 'jpeg', quality: 85})).image)
  }
  for (let page = 0; page < count; page++) {
    const image = Buffer.from(drawn[page % drawn.length]!)
    // A comment segment after the start of the image.
    const comment = Buffer.from([0xff, 0xfe, 0, 6, 0, 0, 0, 0])
    comment.writeUInt32BE(page, 4)
    const file = join(folder, `${String(page + 1).padStart(4, '0')}.jpg`)
    writeFileSync(file, Buffer.concat([image.subarray(0, 2), comment, image.subarray(2)]))
  }
}
