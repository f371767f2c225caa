import {faultOfCodestream, isCodestream, longAt, sizeOfCodestream, wordAt} from './codestream.ts'
import {said} from './limits.ts'

/** How the channels of an image make colours. */
export type Colours = 'grey' | 'rgb' | 'ycc' | 'cmyk'

/** A JPEG 2000 image as its header tells of it; of its pixels nothing is unpacked. */
export interface Jpeg2000 {
  /** In pixels, as the codestream says, not the boxes around it. */
  readonly width: number
  readonly height: number
  /** Of a sample of the first component, 1 to 38. */
  readonly bits: number
  /** Numbers that make a pixel, after the palette where there is one. */
  readonly channels: number
  /** Null where it is not known how channels make a colour. */
  readonly colours: Colours | null
  /** Which channel says how opaque a pixel is; null where all are opaque. */
  readonly opacity: number | null
  readonly hasPalette: boolean
  /** Pixels to an inch; null where the file does not say. */
  readonly density: number | null
  /** Images in the file; this is the first. */
  readonly images: number
  readonly codestream: Uint8Array
  /** What the file holds around the codestream; empty where it is one alone. */
  readonly boxes: readonly Box[]
}

interface Box {
  readonly type: string
  readonly content: Uint8Array
}

/** Whether data begins as a JPEG 2000 file does, or as a codestream alone. */
export function isJpeg2000(data: Uint8Array): boolean {
  return isCodestream(data) || textAt(data, 4) === 'jP  '
}

/**
 * Read the header of a JPEG 2000 image.
 *
 * Source: ISO/IEC 15444-1, annex I; 15444-2, M.11.7 for more colours.
 *
 * @throws Error
 *   Whose message is a phrase to follow "its", where the header is none or breaks off.
 */
export function readJpeg2000(data: Uint8Array): Jpeg2000 {
  const outer = isCodestream(data) ? [{type: 'jp2c', content: data}] : boxesOf(data)
  const images = outer.filter(({type}) => type === 'jp2c')
  const [image] = images
  if (image === undefined) throw new Error('JPEG 2000 data breaks off before its image')
  const boxes = boxesOf(contentOf(outer, 'jp2h') ?? new Uint8Array())
  const {width, height, depths} = sizeOfCodestream(image.content)
  const mapping = contentOf(boxes, 'cmap')
  const hasPalette = mapping !== undefined && contentOf(boxes, 'pclr') !== undefined
  const channels = hasPalette ? mapping.length >> 2 : depths.length
  const opacity = opacityOf(contentOf(boxes, 'cdef') ?? new Uint8Array())
  return {
    width,
    height,
    bits: ((depths[0] ?? 7) & 0x7f) + 1,
    channels,
    colours: coloursOf(boxes, opacity === null ? channels : channels - 1),
    opacity: opacity !== null && opacity < channels ? opacity : null,
    hasPalette,
    density: densityOf(boxes),
    images: images.length,
    codestream: image.content,
    boxes,
  }
}

/**
 * Say what is wrong with a JPEG 2000 image; null where its parts are all there and reach their ends.
 *
 * @returns
 *   A phrase to follow "its".
 */
export function faultOfJpeg2000(data: Uint8Array): string | null {
  if (!isJpeg2000(data)) return 'data is no JPEG 2000'
  try {
    return faultOfCodestream(readJpeg2000(data).codestream)
  } catch (error) {
    return said(error)
  }
}

/**
 * Write a JPEG 2000 file that every reader knows around an image's codestream, which stays as it is.
 *
 * @param first
 *   The channel that changes places with the first.
 */
export function jp2Of({codestream, colours, boxes, channels}: Jpeg2000, first = 0): Uint8Array {
  const {width, height, depths} = sizeOfCodestream(codestream)
  // What changed places makes no colour any more.
  const space = first > 0 ? (channels < 3 ? 'grey' : 'rgb') : (colours ?? 'grey')
  const isEven = depths.every(depth => depth === depths[0])
  const header = Buffer.alloc(14)
  header.writeUInt32BE(height)
  header.writeUInt32BE(width, 4)
  header.writeUInt16BE(depths.length, 8)
  header.set([isEven ? (depths[0] ?? 7) : 255, 7, 0, 0], 10)
  const kept = boxes.filter(({type}) => type === 'pclr' || type === 'cmap' || (type === 'cdef' && first === 0))
  return Buffer.concat([
    write('jP  ', Buffer.from('\r\n\x87\n', 'latin1')),
    write('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ', 'latin1')),
    write(
      'jp2h',
      write('ihdr', header),
      ...(isEven ? [] : [write('bpcc', Uint8Array.from(depths))]),
      write('colr', Uint8Array.of(1, 0, 0, 0, 0, 0, written[space])),
      ...kept.map(({type, content}) => write(type, content)),
      ...(first === 0 ? [] : [write('cdef', exchanging(first, channels))]),
    ),
    write('jp2c', codestream),
  ])
}

const written: Readonly<Record<Colours, number>> = {cmyk: 12, rgb: 16, grey: 17, ycc: 18}

function write(type: string, ...contents: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + contents.reduce((sum, {length}) => sum + length, 0))
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, ...contents])
}

/** Definitions by which one channel is the first colour, and the first is that one. */
function exchanging(channel: number, channels: number): Uint8Array {
  const definitions = Buffer.alloc(2 + 6 * channels)
  definitions.writeUInt16BE(channels)
  for (let each = 0; each < channels; each++) {
    const at = 2 + 6 * each
    definitions.writeUInt16BE(each, at)
    definitions.writeUInt16BE(each === channel ? 1 : each === 0 ? channel + 1 : each + 1, at + 4)
  }
  return definitions
}

function boxesOf(data: Uint8Array): readonly Box[] {
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= data.length; ) {
    const isLong = longAt(data, at) === 1
    const length = isLong ? longAt(data, at + 8) * 2 ** 32 + longAt(data, at + 12) : longAt(data, at)
    const start = at + (isLong ? 16 : 8)
    // The last one may leave its length out.
    const end = length === 0 ? data.length : at + length
    if (end < start) break
    boxes.push({type: textAt(data, at + 4), content: data.subarray(start, end)})
    at = end
  }
  return boxes
}

function contentOf(boxes: readonly Box[], name: string): Uint8Array | undefined {
  return boxes.find(({type}) => type === name)?.content
}

/** Of several ways to say the colours, the first that is known. */
function coloursOf(boxes: readonly Box[], channels: number): Colours | null {
  const said = boxes.filter(({type}) => type === 'colr').map(({content}) => content)
  for (const content of said) {
    const colours = content[0] === 1 ? spaces.get(longAt(content, 3)) : profiles.get(textAt(content, 3 + 16))
    if (colours !== undefined && needed[colours] <= channels) return colours
  }
  if (said.length > 0) return null
  return channels === 1 ? 'grey' : channels === 3 ? 'rgb' : null
}

const needed: Readonly<Record<Colours, number>> = {grey: 1, rgb: 3, ycc: 3, cmyk: 4}

const spaces: ReadonlyMap<number, Colours> = new Map([
  [0, 'grey'],
  [1, 'ycc'],
  [3, 'ycc'],
  [4, 'ycc'],
  [12, 'cmyk'],
  [16, 'rgb'],
  [17, 'grey'],
  [18, 'ycc'],
  [20, 'rgb'],
  [21, 'rgb'],
])

/** By the kind that an ICC profile says at its byte 16. */
const profiles: ReadonlyMap<string, Colours> = new Map([
  ['GRAY', 'grey'],
  ['RGB ', 'rgb'],
  ['CMYK', 'cmyk'],
])

/** Of entries of six bytes, channel, kind and colour, the channel of the first whose kind is opacity. */
function opacityOf(definitions: Uint8Array): number | null {
  for (let at = 2; at + 6 <= definitions.length; at += 6) {
    const kind = wordAt(definitions, at + 2)
    if (kind === 1 || kind === 2) return wordAt(definitions, at)
  }
  return null
}

/** That at which it was captured before that at which it is to be shown: fractions of pixels to a metre, down and across, then their powers of ten. */
function densityOf(boxes: readonly Box[]): number | null {
  const said = boxesOf(contentOf(boxes, 'res ') ?? new Uint8Array())
  const content = contentOf(said, 'resc') ?? contentOf(said, 'resd')
  if (content === undefined || content.length < 10) return null
  const power = Buffer.from(content).readInt8(9)
  const density = Math.round((wordAt(content, 4) / wordAt(content, 6)) * 10 ** power * 0.0254)
  return density >= 1 && density < 100_000 ? density : null
}

function textAt(data: Uint8Array, at: number): string {
  return Buffer.from(data.subarray(at, at + 4)).toString('latin1')
}
