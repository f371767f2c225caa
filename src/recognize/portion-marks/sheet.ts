import type {Box, PreparedPage, Transform} from '../../model.ts'

/** The pixels of a prepared page, as ink. */
export interface Sheet {
  readonly width: number
  readonly height: number
  /** 0 for paper, 1 for ink, between them at edges; 0 outside. */
  readonly inkAt: (x: number, y: number) => number
  /** A box of the scan on the sheet. Right where both are level, or a quarter or half turned; a slant of degrees is left out. */
  readonly place: (box: Box) => Box
  /** A box of the sheet on the scan, in whole pixels. */
  readonly onScan: (box: Box) => Box
}

/** Lighter than this a pixel is paper. */
const paper = 215

/** Look at a prepared page's pixels: bytes after a Netpbm header. */
export function sheetOf({image, imageWidth: width, imageHeight: height, transform}: PreparedPage): Sheet {
  const grey = image.subarray(image.length - width * height)
  const depth = paper - usualInk(grey)
  return {
    width,
    height,
    inkAt: (x, y) =>
      x < 0 || y < 0 || x >= width || y >= height
        ? 0
        : Math.min(1, Math.max(0, (paper - grey[y * width + x]!) / depth)),
    ...placing(transform),
  }
}

/** The ways between the scan and a prepared page's pixels, which lie as `transform` says. */
export function placing({a, b, c, d, e, f}: Transform): Pick<Sheet, 'place' | 'onScan'> {
  const determinant = a * d - b * c
  const back = (x: number, y: number): Point => [
    (d * (x - e) - c * (y - f)) / determinant,
    (a * (y - f) - b * (x - e)) / determinant,
  ]
  const forth = (u: number, v: number): Point => [a * u + c * v + e, b * u + d * v + f]
  return {
    place: box => turn(box, back),
    onScan: box => {
      const {x, y, width, height} = turn(box, forth)
      return {x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height)}
    },
  }
}

/** The median of what is not paper, edges and all: faint type is ink too. */
function usualInk(grey: Uint8Array): number {
  const counts = new Uint32Array(paper)
  for (let i = 0; i < grey.length; i++) {
    const value = grey[i]!
    if (value < paper) counts[value]!++
  }
  let left = counts.reduce((sum, count) => sum + count, 0) / 2
  let value = 0
  while (value < paper - 1 && left >= counts[value]!) left -= counts[value++]!
  return value
}

type Point = readonly [number, number]

function turn({x, y, width, height}: Box, move: (x: number, y: number) => Point): Box {
  const [u1, v1] = move(x, y)
  const [u2, v2] = move(x + width, y + height)
  return {x: Math.min(u1, u2), y: Math.min(v1, v2), width: Math.abs(u2 - u1), height: Math.abs(v2 - v1)}
}
