/** A size in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Pixels of an upright scan, one or three bytes each, rows from the top, no padding. */
export interface Raster extends Size {
  readonly data: Uint8Array
  /** 1 = grey, 3 = red, green, blue. */
  readonly channels: 1 | 3
  /** Dots per inch the file claims; null where it claims none. Often wrong. */
  readonly density: number | null
  /** Height of a pixel over its width: 1 but for faxes, 204 / 98 for most of those. */
  readonly aspect: number
}

/**
 * Whether the first three channels of all pixels are equal, as in grey scans that are kept in colour.
 *
 * @param channels
 *   Bytes a pixel.
 */
export function isColourless(data: Uint8Array, channels: 3 | 4): boolean {
  for (let at = 0; at < data.length; at += channels) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false
  }
  return true
}

/** The first channel of each pixel: all there is of a colourless image. */
export function firstOf(data: Uint8Array, channels: 3 | 4): Uint8Array {
  const first = new Uint8Array(data.length / channels)
  for (let to = 0, from = 0; to < first.length; to++, from += channels) first[to] = data[from]!
  return first
}

/**
 * Of four bytes a pixel, red first, drop the last, and colour where there is none: a scan in shades of grey is often kept in colour.
 *
 * @param data
 *   Taken over: colours are moved together within it, as a second copy of a large page is dear.
 */
export function pixelsOf(data: Uint8Array): Pick<Raster, 'data' | 'channels'> {
  if (isColourless(data, 4)) return {data: firstOf(data, 4), channels: 1}
  let to = 0
  for (let from = 0; from < data.length; from += 4) {
    data[to++] = data[from]!
    data[to++] = data[from + 1]!
    data[to++] = data[from + 2]!
  }
  return {data: data.subarray(0, to), channels: 3}
}

/** Grey pixels, 0 = black, rows from the top, no padding. */
export interface Grey extends Size {
  readonly data: Uint8Array
}
