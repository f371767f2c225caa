import type {Page} from '../model.ts'
import {openImage} from './decode.ts'
import {sizePdf} from './pdf.ts'

/**
 * Tell the size of an upright scan in pixels, as `decode` gives it, without decoding its pixels.
 *
 * @throws UserError
 *   Where the bytes are no image of a known format; the message names the file.
 */
export async function scanSize(
  bytes: Uint8Array,
  page: Page,
): Promise<{readonly width: number; readonly height: number}> {
  const image = await openImage(bytes, page)
  return image === null ? sizePdf(bytes, page) : image.size
}
