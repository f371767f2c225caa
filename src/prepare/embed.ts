import type {PackedPicture, Page} from '../model.ts'
import {decode, formatOf, openImage} from './decode.ts'
import {openJpeg2000} from './decode-jpeg2000.ts'
import {jp2Of} from './jpeg2000.ts'
import {loadSharp} from './library.ts'

/**
 * Take a scan's picture for another file without a loss: a JPEG as it is, the data of a
 * JPEG 2000 too, all else packed as PNG packs it. Only colour pages drawn from a PDF become JPEG, as their
 * pixels are none of the original's and would take ten times the room.
 *
 * @throws UserError
 *   Where the scan cannot be decoded.
 */
export async function embeddable(bytes: Uint8Array, page: Page): Promise<PackedPicture> {
  const format = formatOf(bytes, page)
  const asItIs =
    format === 'image' ? await jpegAsItIs(bytes, page) : format === 'jpeg2000' ? jpxAsItIs(bytes, page) : null
  if (asItIs !== null) return asItIs
  const {data, width, height, channels, density} = await decode(bytes, page)
  const sharp = await loadSharp()
  const raw = sharp(data, {raw: {width, height, channels}}).toColourspace(channels === 1 ? 'b-w' : 'srgb')
  if (format === 'pdf' && channels === 3) {
    const jpeg = await raw.jpeg({quality: 90}).toBuffer()
    return {filter: 'DCTDecode', data: jpeg, width, height, colors: 3, bits: 8, palette: null, density}
  }
  const bitonal = channels === 1 && data.every(value => value === 0 || value === 255)
  const png = await (bitonal ? raw.png({palette: true, colours: 2}) : raw.png()).toBuffer()
  return {filter: 'FlateDecode', ...unpackPng(png), width, height, density}
}

async function jpegAsItIs(bytes: Uint8Array, page: Page): Promise<PackedPicture | null> {
  const {header, size} = await openImage(bytes, page)
  const {orientation = 1, channels, space, density = null} = header
  if (header.format !== 'jpeg' || orientation !== 1 || (space !== 'srgb' && space !== 'b-w')) return null
  if (channels !== 1 && channels !== 3) return null
  return {filter: 'DCTDecode', data: bytes, ...size, colors: channels, bits: 8, palette: null, density}
}

/** Readers of PDF differ in what they make of few bits, of what is clear, and of more than grey and colours. */
function jpxAsItIs(bytes: Uint8Array, page: Page): PackedPicture | null {
  const image = openJpeg2000(bytes, page)
  const {width, height, bits, channels, colours, opacity, hasPalette, density} = image
  if (bits < 8 || opacity !== null || hasPalette || (colours !== 'grey' && colours !== 'rgb')) return null
  if (channels !== 1 && channels !== 3) return null
  return {filter: 'JPXDecode', data: jp2Of(image), width, height, colors: channels, bits, palette: null, density}
}

/** The pixels of a PNG, still packed, and how to read them. */
function unpackPng(png: Uint8Array): Pick<PackedPicture, 'data' | 'colors' | 'bits' | 'palette'> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const parts: Uint8Array[] = []
  let palette: Uint8Array | null = null
  for (let at = 8; at + 8 <= png.length; ) {
    const length = view.getUint32(at)
    const name = Buffer.from(png.subarray(at + 4, at + 8)).toString('latin1')
    const content = png.subarray(at + 8, at + 8 + length)
    if (name === 'IDAT') parts.push(content)
    if (name === 'PLTE') palette = content
    at += 12 + length
  }
  return {data: Buffer.concat(parts), colors: png[25] === 2 ? 3 : 1, bits: png[24] ?? 8, palette}
}
