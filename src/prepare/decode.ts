import type {Sharp} from 'sharp'
import {type Page, UserError} from '../model.ts'
import {decodeJpeg2000, type Layered} from './decode-jpeg2000.ts'
import {isJpeg2000} from './jpeg2000.ts'
import {loadSharp} from './library.ts'
import {checkSize, said} from './limits.ts'
import {decodePdf} from './pdf.ts'
import {firstOf, isColourless, type Raster, type Size} from './raster.ts'
import {pixelAspect} from './resolution.ts'
import {resized} from './scale.ts'

/**
 * Decode one image of a scan file to upright pixels.
 *
 * Alpha is laid on white, or on black where on white nothing is seen; CMYK, 16 bit, 1 bit and palettes become 8-bit grey or
 * colour, grey that is kept in colour becomes grey; the EXIF orientation is
 * applied. The content decides the format, not the name.
 *
 * @throws UserError
 *   Where the bytes are no whole image of a known format, or too large; the
 *   message names the file.
 */
export async function decode(bytes: Uint8Array, page: Page): Promise<Raster> {
  const found = formatOf(bytes, page)
  if (found === 'pdf') return decodePdf(bytes, page)
  if (found === 'jpeg2000') return onGround(await decodeJpeg2000(bytes, page))
  const image = await openImage(bytes, page)
  return decodeImage(image, page, image.size)
}

/** Decode an image that was opened, at the size given; errors and pixels are those of `decode` and `resize`. */
export async function decodeImage(
  {input, header, size: own, aspect}: Awaited<ReturnType<typeof openImage>>,
  page: Page,
  size: Size,
): Promise<Raster> {
  // Of others it is not known which number is white.
  if (header.depth !== 'uchar' && header.depth !== 'ushort') {
    throw new UserError(
      `Unexpected pixels of type \`${header.depth}\` in \`${page.scan.file}\`, expected 1, 8 or 16 bits a channel, convert it to 8 bits`,
    )
  }
  const colours = header.channels >= 3 || header.space === 'cmyk' ? 'srgb' : 'b-w'
  const decoded = async (background: 'white' | 'black'): Promise<Raster> => {
    const whole = input.clone().autoOrient().flatten({background})
    const isOwn = size.width === own.width && size.height === own.height
    const {data, info} = await (isOwn ? whole : resized(whole, size))
      .toColourspace(colours)
      .raw({depth: 'uchar'})
      .toBuffer({resolveWithObject: true})
    if (info.channels !== 1 && info.channels !== 3) throw new Error(`${info.channels} channels`)
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const {width, height, channels} = info
    const density = header.density ?? null
    if (channels === 3 && isColourless(pixels, 3)) {
      return {data: firstOf(pixels, 3), width, height, channels: 1, density, aspect}
    }
    return {data: pixels, width, height, channels, density, aspect}
  }
  try {
    return header.hasAlpha ? await onWhiteOrBlack(decoded) : await decoded('white')
  } catch (error) {
    throw new UserError(broken(page, error))
  }
}

async function onWhiteOrBlack(laidOn: (background: 'white' | 'black') => Promise<Raster> | Raster): Promise<Raster> {
  const onWhite = await laidOn('white')
  if (!isBlank(onWhite)) return onWhite
  const onBlack = await laidOn('black')
  // On neither is anything seen of a page that is clear all over.
  return onBlack.data.every(value => value < 96) ? onWhite : onBlack
}

async function onGround({opacity, ...raster}: Layered): Promise<Raster> {
  if (opacity === null) return raster
  const {data, channels} = raster
  return onWhiteOrBlack(background => {
    const ground = background === 'white' ? 255 : 0
    return {
      ...raster,
      data: data.map((level, at) => {
        const share = opacity[Math.floor(at / channels)]! / 255
        return Math.round(level * share + ground * (1 - share))
      }),
    }
  })
}

/** Whether nothing on a page is dark; white ink on no ground is seen on black alone. */
function isBlank({data}: Raster): boolean {
  return data.every(value => value > 160)
}

/** Open an image that is decoded by sharp and look at its header. Errors are those of `decode`. */
export async function openImage(bytes: Uint8Array, page: Page) {
  const {file, frame} = page.scan
  const input = await open(bytes, page)
  const header = await input.metadata().catch((error: unknown) => {
    throw new UserError(broken(page, error))
  })
  const {width, height, pages = 1} = header
  if (frame >= pages) {
    throw new UserError(
      `Unexpected number of images \`${pages}\` in \`${file}\`, expected at least \`${frame + 1}\`, read the folder again`,
    )
  }
  checkSize(width, height, `\`${file}\``)
  const named = pixelAspect(bytes, frame)
  return {input, header, size: header.autoOrient, aspect: (header.orientation ?? 1) >= 5 ? 1 / named : named}
}

async function open(bytes: Uint8Array, page: Page): Promise<Sharp> {
  const sharp = await loadSharp()
  // `error` stops at truncated and damaged data; `warning` would also stop at
  // the harmless oddities of old scanners' JPEG files.
  // The size is checked by hand, for a message with its numbers.
  return sharp(bytes, {
    failOn: 'error',
    limitInputPixels: false,
    page: page.scan.frame,
    pages: 1,
  })
}

function broken({scan: {file, format}}: Page, error: unknown): string {
  const [, compression] = /Compression scheme (\d+)/.exec(said(error)) ?? []
  if (compression !== undefined) {
    const name = ['33003', '33005', '34712'].includes(compression) ? ' (JPEG 2000)' : ''
    return `Unexpected compression \`${compression}\`${name} of \`${file}\`, expected one of TIFF 6.0, Deflate or WebP, save it as TIFF with LZW or Deflate`
  }
  return `Unexpected data in \`${file}\`: \`${said(error)}\`, expected a whole ${format.toUpperCase()} image, copy or scan the file again`
}

function unknown(bytes: Uint8Array, {scan: {file}}: Page): string {
  const kinds = 'expected PNG, JPEG, JPEG 2000, TIFF, WebP or PDF'
  if (bytes.length === 0) return `Unexpected empty file \`${file}\`, ${kinds}, copy or scan the file again`
  return `Unexpected content of \`${file}\`, ${kinds}, convert the scan or take the file out of the folder`
}

/** Which decoder the first bytes ask for; anything else never reaches a decoder, and is an error of `decode`. */
export function formatOf(bytes: Uint8Array, page: Page): 'image' | 'jpeg2000' | 'pdf' {
  const found = format(bytes)
  if (found === null) throw new UserError(unknown(bytes, page))
  return found
}

function format(bytes: Uint8Array): 'image' | 'jpeg2000' | 'pdf' | null {
  if (starts(bytes, 0, [0x89, 0x50, 0x4e, 0x47])) return 'image'
  if (starts(bytes, 0, [0xff, 0xd8, 0xff])) return 'image'
  // TIFF and BigTIFF, little and big endian.
  for (const magic of [42, 43]) {
    if (starts(bytes, 0, [0x49, 0x49, magic, 0]) || starts(bytes, 0, [0x4d, 0x4d, 0, magic])) return 'image'
  }
  if (starts(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && starts(bytes, 8, [0x57, 0x45, 0x42, 0x50])) return 'image'
  if (isJpeg2000(bytes)) return 'jpeg2000'
  // Readers accept a PDF header within the first KiB.
  for (let at = 0; at < Math.min(1024, bytes.length); at++) {
    if (starts(bytes, at, [0x25, 0x50, 0x44, 0x46, 0x2d])) return 'pdf'
  }
  return null
}

function starts(bytes: Uint8Array, at: number, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[at + index] === byte)
}
