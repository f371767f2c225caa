import type {Page} from '../model.ts'
import {formatOf, openImage} from './decode.ts'
import {openJpeg2000} from './decode-jpeg2000.ts'
import {sizePdf} from './pdf.ts'
import type {Size} from './raster.ts'

/**
 * Tell the size of an upright scan in pixels, as `decode` gives it, without decoding its pixels.
 *
 * @throws UserError
 *   Where the bytes are no image of a known format; the message names the file.
 */
export async function scanSize(bytes: Uint8Array, page: Page): Promise<Size> {
  const format = formatOf(bytes, page)
  if (format === 'pdf') return sizePdf(bytes, page)
  if (format === 'image') return (await openImage(bytes, page)).size
  const {width, height} = openJpeg2000(bytes, page)
  return {width, height}
}
