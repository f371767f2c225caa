/** Pixels of an upright scan, one or three bytes each, rows from the top, no padding. */
export interface Raster {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  /** 1 = grey, 3 = red, green, blue. */
  readonly channels: 1 | 3
  /** Dots per inch the file claims; null where it claims none. Often wrong. */
  readonly density: number | null
}

/** Grey pixels, 0 = black, rows from the top, no padding. */
export interface Grey {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}
