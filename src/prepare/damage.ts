import type {Finding, Page} from '../model.ts'
import {damageOfCodestream} from './codestream.ts'
import {formatOf} from './decode.ts'
import {damageOfJpeg} from './jpeg-damage.ts'
import {isJpeg2000, readJpeg2000} from './jpeg2000.ts'
import {loadSharp} from './library.ts'
import {said} from './limits.ts'
import {damageInPdf} from './pdf.ts'

/**
 * Find damage in the middle of a scan that was decoded all the same: bytes that changed, or a piece that is missing.
 *
 * PNG, WebP and packed TIFF have sums or codes of which the decoder says so itself; of JPEG and JPEG 2000 it goes on
 * without a word, and what comes behind is shifted, smeared or grey.
 *
 * @param bytes
 *   A scan that `decode` takes.
 */
export async function findDamage(bytes: Uint8Array, page: Page): Promise<readonly Finding[]> {
  const {id, scan} = page
  const {file, frame} = scan
  const isPdf = formatOf(bytes, page) === 'pdf'
  const damage = await (isPdf ? damageInPdf(bytes, page) : damageOf(bytes))
  if (damage === null) return []
  const place = isPdf ? `on page \`${frame + 1}\` of \`${file}\`` : `in \`${file}\``
  const reason = `Unexpected damage ${place}: its ${damage}, expected a whole image, copy or scan the file again: a part of the page may be missing or shifted`
  return [{ruleId: 'prepare:damaged-scan', severity: 'warning', reason, file, page: id, point: null}]
}

async function damageOf(bytes: Uint8Array): Promise<string | null> {
  if (isJpeg2000(bytes)) return damageOfCodestream(readJpeg2000(bytes).codestream)
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  return damageOfJpeg(bytes) ?? remarkOnJpeg(bytes)
}

/** What the decoder remarks on a progressive JPEG, of which nothing else is known; other remarks, as on bytes behind the picture, are not of its pixels. */
async function remarkOnJpeg(bytes: Uint8Array): Promise<string | null> {
  const sharp = await loadSharp()
  const {isProgressive} = await sharp(bytes, {limitInputPixels: false}).metadata()
  if (!isProgressive) return null
  const strict = sharp(bytes, {failOn: 'warning', limitInputPixels: false})
  const remark = await strict
    .raw()
    .toBuffer()
    .then(() => '', said)
  const [, what] = /Corrupt JPEG data: (premature end of data segment|bad Huffman code)/.exec(remark) ?? []
  return what === undefined ? null : `JPEG data is damaged (${what})`
}
