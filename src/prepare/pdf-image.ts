import {createInflateRaw} from 'node:zlib'
import {damageOfCodestream} from './codestream.ts'
import {damageOfJpeg} from './jpeg-damage.ts'
import {faultOfJpeg2000, readJpeg2000} from './jpeg2000.ts'
import {loadSharp} from './library.ts'

/** An image of a PDF as it lies in the file. */
export interface PackedImage {
  /** Still packed. */
  readonly data: Uint8Array
  /** As in `DCTDecode`, the outermost first. */
  readonly filters: readonly string[]
  readonly width: number
  readonly height: number
}

/**
 * Say what is wrong with an image of a PDF; null where nothing is.
 *
 * Drawing a page tells nothing of it: what cannot be unpacked is left white or black, and the page looks as if it
 * had less text, or none. So the packed data is looked at by itself, as far as its outermost filter: whether it
 * begins as it should, reaches its end, and unpacks.
 *
 * @returns
 *   A phrase to follow "its".
 */
export async function faultOfImage(image: PackedImage): Promise<string | null> {
  const [filter = ''] = image.filters
  return (await checks[filter]?.(image)) ?? null
}

/**
 * Say what is damaged within an image of a PDF that has no fault and is drawn all the same; null where nothing is, and
 * of progressive JPEG, which is told by `findDamage` alone.
 *
 * @returns
 *   A phrase to follow "its".
 */
export function damageOfImage({data, filters}: PackedImage): string | null {
  if (filters[0] === 'DCTDecode') return damageOfJpeg(data)
  return filters[0] === 'JPXDecode' ? damageOfCodestream(readJpeg2000(data).codestream) : null
}

const checks: Readonly<Record<string, (image: PackedImage) => string | null | Promise<string | null>>> = {
  DCTDecode: ({data}) => faultOfJpeg(data),
  JPXDecode: ({data}) => faultOfJpeg2000(data),
  JBIG2Decode: ({data}) => faultOfSegments(data),
  CCITTFaxDecode: faultOfFax,
  FlateDecode: faultOfDeflate,
}

/** Its last two bytes are always the same; behind them some writers leave a few more. */
function faultOfJpeg(data: Uint8Array): string | null {
  if (data[0] !== 0xff || data[1] !== 0xd8) return 'data is no JPEG'
  const end = Buffer.from(data.buffer, data.byteOffset, data.byteLength).lastIndexOf('\xff\xd9', undefined, 'latin1')
  return end >= data.length - mostBehind ? null : 'JPEG data breaks off'
}

const mostBehind = 1024

/**
 * Walk the segments of a JBIG2 image, each with its length before it.
 *
 * Source: ISO/IEC 14492, 7.2.
 */
function faultOfSegments(data: Uint8Array): string | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  let hasRegion = false
  let at = 0
  // What is shorter than the shortest header is padding.
  while (at + 11 <= data.length) {
    const number = view.getUint32(at)
    const flags = data[at + 4]!
    const few = data[at + 5]! >> 5
    const references = few === 7 ? view.getUint32(at + 5) & 0x1fffffff : few
    const before = few === 7 ? 9 + Math.ceil((references + 1) / 8) : 6
    const lengthAt =
      at + before + references * (number <= 256 ? 1 : number <= 65536 ? 2 : 4) + ((flags & 0x40) === 0 ? 1 : 4)
    if (lengthAt + 4 > data.length) return 'JBIG2 data breaks off'
    const type = flags & 0x3f
    if (type >= 4 && type <= 43) hasRegion = true
    // PDFium unpacks such a region and then leaves it out.
    if (genericRegions.has(type) && (data[lengthAt + 4 + 17]! & 1) === 1)
      return 'JBIG2 data is packed as a fax (MMR), of which the decoder makes nothing'
    const length = view.getUint32(lengthAt)
    // Of one kind the length is not known beforehand; its data reaches to the end.
    if (length === 0xffffffff) return null
    at = lengthAt + 4 + length
    if (at > data.length) return 'JBIG2 data breaks off'
  }
  return hasRegion ? null : 'JBIG2 data holds no picture'
}

/** Their seventeen bytes of place come before their flags. */
const genericRegions: ReadonlySet<number> = new Set([36, 38, 39])

/** Of a fax some writers leave the last rows out. */
const shareOfRows = 0.98

/**
 * Unpack a fax as a TIFF file, by another library: the image says its size, but not which of the three kinds it is.
 *
 * Source: TIFF 6.0, section 11; TIFF/F.
 */
async function faultOfFax({data, width, height}: PackedImage): Promise<string | null> {
  const sharp = await loadSharp()
  const isWhole = async (compression: 3 | 4, options: number) => {
    const tiff = faxAsTiff(data, width, Math.max(1, Math.floor(shareOfRows * height)), compression, options)
    const image = sharp(tiff, {failOn: 'error', limitInputPixels: false})
    // What is no fax, or breaks off, can be unpacked with remarks. That lines are not marked where they end is none.
    let remarks = 0
    image.on('warning', (remark: string) => {
      if (!remark.includes('without EOL')) remarks++
    })
    return image.stats().then(
      () => remarks === 0,
      () => false,
    )
  }
  const isAny = (await isWhole(4, 0)) || (await isWhole(3, 1)) || (await isWhole(3, 0))
  return isAny ? null : 'CCITT data is damaged or breaks off'
}

function faxAsTiff(data: Uint8Array, width: number, rows: number, compression: 3 | 4, options: number): Uint8Array {
  const entries: readonly (readonly [tag: number, value: number])[] = [
    [256, width],
    [257, rows],
    [258, 1],
    [259, compression],
    [262, 0],
    [273, 8],
    [277, 1],
    [278, rows],
    [279, data.length],
    [compression === 4 ? 293 : 292, options],
  ]
  const start = 8 + data.length + (data.length % 2)
  const tiff = Buffer.alloc(start + 2 + 12 * entries.length + 4)
  tiff.write('II*\0', 'latin1')
  tiff.writeUInt32LE(start, 4)
  tiff.set(data, 8)
  tiff.writeUInt16LE(entries.length, start)
  for (const [index, [tag, value]] of [...entries].sort(([a], [b]) => a - b).entries()) {
    const at = start + 2 + 12 * index
    tiff.writeUInt16LE(tag, at)
    // Of one 32-bit number.
    tiff.writeUInt16LE(4, at + 2)
    tiff.writeUInt32LE(1, at + 4)
    tiff.writeUInt32LE(value, at + 8)
  }
  return tiff
}

/** Unpack all, keep nothing. The sum at the end is left out: some writers get it wrong, and no reader minds. */
function faultOfDeflate({data, width, height}: PackedImage): Promise<string | null> {
  const least = Math.ceil(width / 8) * height
  return new Promise(resolve => {
    const inflate = createInflateRaw()
    let length = 0
    inflate.on('data', (chunk: Uint8Array) => {
      length += chunk.length
    })
    inflate.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'Z_BUF_ERROR' ? 'deflated data breaks off' : 'deflated data is damaged'),
    )
    inflate.on('end', () => resolve(length < least ? 'data is shorter than its size asks for' : null))
    // After two bytes that say how it was packed.
    inflate.end(data.subarray(2))
  })
}
