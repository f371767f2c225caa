import {said} from './limits.ts'

/** What the first lines of a JPEG 2000 codestream say. */
export interface CodestreamSize {
  readonly width: number
  readonly height: number
  /** Of each component: bits a sample less one, and 128 more where samples may be below 0. */
  readonly depths: readonly number[]
  readonly tiles: number
}

const marker = {start: 0xff4f, size: 0xff51, tilePart: 0xff90, data: 0xff93, end: 0xffd9}
const breaksOff = 'JPEG 2000 data breaks off'

/** Whether data begins as a codestream does, without a box around it. */
export function isCodestream(data: Uint8Array): boolean {
  return data.length >= 4 && wordAt(data, 0) === marker.start && wordAt(data, 2) === marker.size
}

/**
 * Read the size of an image, which stands before all else in its codestream.
 *
 * Source: ISO/IEC 15444-1, A.5.1.
 *
 * @throws Error
 *   Whose message is a phrase to follow "its".
 */
export function sizeOfCodestream(data: Uint8Array): CodestreamSize {
  if (!isCodestream(data)) throw new Error('data is no JPEG 2000')
  const [right, bottom, left, top] = [longAt(data, 8), longAt(data, 12), longAt(data, 16), longAt(data, 20)]
  const [tileWidth, tileHeight] = [longAt(data, 24), longAt(data, 28)]
  const [tilesLeft, tilesTop] = [longAt(data, 32), longAt(data, 36)]
  const components = wordAt(data, 40)
  if (data.length < 42 + 3 * components) throw new Error(breaksOff)
  const depths = Array.from({length: components}, (_, component) => data[42 + 3 * component]!)
  const [, across = 0, down = 0] = data.subarray(42)
  const width = Math.ceil(right / across) - Math.ceil(left / across)
  const height = Math.ceil(bottom / down) - Math.ceil(top / down)
  const tiles = Math.ceil((right - tilesLeft) / tileWidth) * Math.ceil((bottom - tilesTop) / tileHeight)
  if (!(width > 0 && height > 0 && tiles > 0 && Number.isFinite(width * height * tiles))) {
    throw new Error('JPEG 2000 data has no size')
  }
  return {width, height, depths, tiles}
}

/**
 * Say what is wrong with a codestream; null where every tile is there and reaches its end.
 *
 * Tiles come in parts, each with its length before it. What is damaged within a part is not seen.
 *
 * Source: ISO/IEC 15444-1, A.4.
 *
 * @returns
 *   A phrase to follow "its".
 */
export function faultOfCodestream(data: Uint8Array): string | null {
  try {
    const {tiles} = sizeOfCodestream(data)
    const parts = new Map<number, {seen: number; of: number}>()
    let at = 2
    while (wordAt(data, at) !== marker.tilePart) {
      if (wordAt(data, at) < 0xff00) return damaged
      at += 2 + wordAt(data, at + 2)
    }
    for (; wordAt(data, at) === marker.tilePart; at = endOfPart(data, at)) {
      const tile = parts.get(wordAt(data, at + 4))
      // How many parts a tile has is not said in each, and by some writers in none.
      parts.set(wordAt(data, at + 4), {
        seen: 1 + (tile?.seen ?? 0),
        of: Math.max(wordAt(data, at + 10) & 0xff, tile?.of ?? 0),
      })
    }
    if (wordAt(data, at) !== marker.end) return damaged
    if ([...parts.values()].some(({seen, of}) => seen < of)) return breaksOff
    return parts.size < tiles ? `JPEG 2000 data holds \`${parts.size}\` of \`${tiles}\` tiles` : null
  } catch (error) {
    return said(error)
  }
}

/**
 * Say whether packed data holds what cannot be in it; null where it does not. Of what is whole by `faultOfCodestream`.
 *
 * Behind a byte of ones there is none above 0x8f: those are marks, and of them data has two alone. Bytes that changed
 * often break that, and a decoder does not mind.
 *
 * Source: ISO/IEC 15444-1, A.1.3, B.10.1, C.2.1.
 *
 * @returns
 *   A phrase to follow "its".
 */
export function damageOfCodestream(data: Uint8Array): string | null {
  let at = 2
  while (wordAt(data, at) !== marker.tilePart) at += 2 + wordAt(data, at + 2)
  for (; wordAt(data, at) === marker.tilePart; at = endOfPart(data, at)) {
    const end = endOfPart(data, at)
    let from = at + 12
    while (from < end && wordAt(data, from) !== marker.data) from += 2 + wordAt(data, from + 2)
    for (let ones = data.indexOf(0xff, from + 2); ones >= 0 && ones + 1 < end; ones = data.indexOf(0xff, ones + 1)) {
      const next = data[ones + 1]!
      if (next > 0x8f && next !== 0x91 && next !== 0x92) return 'JPEG 2000 data holds a mark in the middle of a tile'
    }
  }
  return null
}

const damaged = 'JPEG 2000 data is damaged'

function endOfPart(data: Uint8Array, at: number): number {
  const length = longAt(data, at + 6)
  // Only the last part may leave its length out.
  const end =
    length === 0
      ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).lastIndexOf('\xff\xd9', undefined, 'latin1')
      : at + length
  if (end < at + 14) throw new Error(length === 0 ? breaksOff : damaged)
  return end
}

/** A number of two bytes, the high one first, as all of JPEG 2000. */
export function wordAt(data: Uint8Array, at: number): number {
  if (at + 2 > data.length) throw new Error(breaksOff)
  return (data[at]! << 8) | data[at + 1]!
}

export function longAt(data: Uint8Array, at: number): number {
  return wordAt(data, at) * 0x10000 + wordAt(data, at + 2)
}
