import type {Box, Page} from '../model.ts'
import {decode} from './decode.ts'
import {loadSharp} from './library.ts'

/** Pixels of the scan that are shown around a box on each side, so that a reader sees where it stands. */
const margin = {x: 120, y: 40}

/**
 * Cut boxes with some of what is around them out of a page, as PNG files; the same bytes for the same scan.
 *
 * @throws UserError
 *   Where the scan cannot be decoded.
 */
export async function crop(bytes: Uint8Array, page: Page, boxes: readonly Box[]): Promise<readonly Uint8Array[]> {
  const {data, width, height, channels} = await decode(bytes, page)
  const sharp = await loadSharp()
  const pictures: Uint8Array[] = []
  for (const box of boxes) {
    const left = clamp(Math.floor(box.x - margin.x), width - 1)
    const top = clamp(Math.floor(box.y - margin.y), height - 1)
    const right = clamp(Math.ceil(box.x + box.width + margin.x), width)
    const bottom = clamp(Math.ceil(box.y + box.height + margin.y), height)
    const area = {left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top)}
    const picture = await sharp(data, {raw: {width, height, channels}})
      .extract(area)
      .png({compressionLevel: 9, palette: false})
      .toBuffer()
    pictures.push(new Uint8Array(picture))
  }
  return pictures
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(0, value), most)
}
