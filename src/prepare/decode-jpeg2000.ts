import {type Page, UserError} from '../model.ts'
import {faultOfCodestream} from './codestream.ts'
import {type Jpeg2000, jp2Of, readJpeg2000} from './jpeg2000.ts'
import {checkSize, said} from './limits.ts'
import {drawWritten} from './pdf.ts'
import {firstOf, pixelsOf, type Raster} from './raster.ts'

/** Pixels, and of each how opaque it is; null where all are. */
export interface Layered extends Raster {
  readonly opacity: Uint8Array | null
}

/**
 * Read the header of a JPEG 2000 scan, and see whether it is one that can be decoded.
 *
 * @throws UserError
 */
export function openJpeg2000(bytes: Uint8Array, {scan: {file}}: Page): Jpeg2000 {
  const image = readHeader(bytes, file)
  checkSize(image.width, image.height, `\`${file}\``)
  if (image.images > 1) {
    throw new UserError(
      `Unexpected number of images \`${image.images}\` in \`${file}\`, expected \`1\`, save each as a file of its own`,
    )
  }
  if (image.colours === null) {
    throw new UserError(
      `Unexpected colours of \`${image.channels}\` channels in \`${file}\`, expected grey, RGB, YCC or CMYK that a JP2 file names, convert it to TIFF or PNG`,
    )
  }
  return image
}

function readHeader(bytes: Uint8Array, file: string): Jpeg2000 {
  try {
    return readJpeg2000(bytes)
  } catch (error) {
    throw broken(file, said(error))
  }
}

/**
 * Decode a JPEG 2000 scan, with the decoder that a library of PDF brings: the image is drawn at its own size on a page that is nothing else, which gives its very pixels.
 *
 * More than 8 bits a channel become 8, fewer are spread over them; CMYK and YCC become RGB.
 *
 * @throws UserError
 *   Where the file is no whole image, or too large, or of colours that nobody knows.
 */
export async function decodeJpeg2000(bytes: Uint8Array, page: Page): Promise<Layered> {
  const image = openJpeg2000(bytes, page)
  const fault = faultOfCodestream(image.codestream)
  if (fault !== null) throw broken(page.scan.file, fault)
  const {width, height, density, opacity} = image
  const colours = await drawn(image, 0, page)
  const seen = opacity === null ? null : firstOf(await drawn(image, opacity, page), 4)
  return {...pixelsOf(colours), width, height, density, aspect: 1, opacity: seen}
}

/** Pixels of four bytes, red first, with one channel of the image in the place of its first. */
async function drawn(image: Jpeg2000, first: number, {scan: {file}}: Page): Promise<Uint8Array> {
  const data = await drawWritten(pdfOf(image, jp2Of(image, first)), image).catch(() => null)
  // The decoder does not say of what it cannot unpack, and draws nothing.
  if (data?.[3] !== 255) throw broken(file, 'JPEG 2000 data cannot be unpacked')
  return image.hasPalette || image.bits >= 8 ? data : spread(data, image.bits)
}

/** Of less than 8 bits the decoder makes the upper ones of 8, so that white is not quite that. */
function spread(data: Uint8Array, bits: number): Uint8Array {
  const white = 256 - 2 ** (8 - bits)
  const levels = Uint8Array.from({length: 256}, (_, level) => Math.min(255, Math.round((255 * level) / white)))
  return data.map(level => levels[level]!)
}

/** A page of a point a pixel that is the image and nothing else. */
function pdfOf({width, height}: Jpeg2000, data: Uint8Array): Uint8Array {
  const drawing = `${width} 0 0 ${height} 0 0 cm /I Do`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>`,
    `<</Length ${drawing.length}>>\nstream\n${drawing}\nendstream`,
    `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/Filter/JPXDecode/Length ${data.length}>>\nstream\n`,
  ]
  let before = '%PDF-1.7\n'
  const offsets: number[] = []
  for (const [index, object] of objects.entries()) {
    offsets.push(before.length)
    before += `${index + 1} 0 obj\n${object}${index < objects.length - 1 ? '\nendobj\n' : ''}`
  }
  const after = '\nendstream\nendobj\n'
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const table = `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${before.length + data.length + after.length}\n%%EOF\n`
  return Buffer.concat([Buffer.from(before, 'latin1'), data, Buffer.from(after + table, 'latin1')])
}

function broken(file: string, fault: string): UserError {
  return new UserError(
    `Unexpected data in \`${file}\`: its ${fault}, expected a whole JPEG 2000 image, copy or scan the file again`,
  )
}
