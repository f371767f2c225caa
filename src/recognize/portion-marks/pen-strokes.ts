import type {Box} from '../../model.ts'
import type {Sheet} from './sheet.ts'

/** Radius from which on ink is no stroke of type, squared, in pixels; letters are 12 pixels high. */
const thickRadius = 4

/** Degrees from the level up to which strokes of a pen cross letters, either way; steeper ones are letters' own. */
const steepest = 60
const step = 5

/** Shortest run of ink that no letter has, in heights of a capital; along the line letters touch. */
const longRun = 1.6
const levelRun = 2.2
const level = 8

/** How far a stroke strays from a straight line, and half its thickness, in pixels. */
const stray = 1
const halfStroke = 2

/**
 * Find the strokes of a broad pen: ink that is thicker than that of type.
 *
 * @param area
 *   On the sheet.
 * @returns
 *   1 for such ink, by rows of the area.
 */
export function broadStrokesIn(area: Box, sheet: Sheet): Uint8Array {
  const {width, height} = area
  const strokes = new Uint8Array(width * height)
  markThick(strokes, inkIn(area, sheet), width, height)
  return strokes
}

/** How many pixels of ink are a pen's: in strokes thicker, or straight for longer, than any of type. */
export function penInk(area: Box, sheet: Sheet, capital: number): number {
  const {width, height} = area
  const ink = inkIn(area, sheet)
  const strokes = new Uint8Array(width * height)
  markThick(strokes, ink, width, height)
  markLong(strokes, ink, width, height, capital)
  return strokes.reduce((sum, value) => sum + value, 0)
}

function inkIn({x: left, y: top, width, height}: Box, {inkAt}: Sheet): Uint8Array {
  const ink = new Uint8Array(width * height)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) if (inkAt(left + x, top + y) >= 0.5) ink[i] = 1
  }
  return ink
}

function markThick(strokes: Uint8Array, ink: Uint8Array, width: number, height: number): void {
  const near: (readonly [number, number])[] = []
  for (let v = -2; v <= 2; v++) for (let u = -2; u <= 2; u++) if (u * u + v * v <= thickRadius) near.push([u, v])
  const isInk = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && ink[y * width + x] === 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!near.every(([u, v]) => isInk(x + u, y + v))) continue
      for (const [u, v] of near) strokes[(y + v) * width + x + u] = 1
    }
  }
}

function markLong(strokes: Uint8Array, ink: Uint8Array, width: number, height: number, capital: number): void {
  const near = thickened(ink, width, height)
  for (let degrees = -steepest; degrees <= steepest; degrees += step) {
    const slope = Math.tan((degrees * Math.PI) / 180)
    const shortest = (Math.abs(degrees) <= level ? levelRun : longRun) * capital * Math.cos((degrees * Math.PI) / 180)
    const reach = slope * width
    for (let start = Math.floor(-Math.max(0, reach)); start < height - Math.min(0, reach); start++) {
      let begin = -1
      for (let x = 0; x <= width; x++) {
        const y = Math.round(start + slope * x)
        if (x < width && y >= 0 && y < height && near[y * width + x] === 1) {
          if (begin === -1) begin = x
        } else if (begin !== -1) {
          if (x - begin >= shortest) markRun(strokes, ink, width, height, begin, x, slope, start)
          begin = -1
        }
      }
    }
  }
}

/** Ink and what lies above and below it: a hand does not draw straight. */
function thickened(ink: Uint8Array, width: number, height: number): Uint8Array {
  const near = new Uint8Array(ink.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let v = Math.max(0, y - stray); v <= Math.min(height - 1, y + stray); v++) {
        if (ink[v * width + x] === 1) near[y * width + x] = 1
      }
    }
  }
  return near
}

function markRun(
  strokes: Uint8Array,
  ink: Uint8Array,
  width: number,
  height: number,
  from: number,
  to: number,
  slope: number,
  start: number,
): void {
  for (let x = from; x < to; x++) {
    const middle = Math.round(start + slope * x)
    for (let y = Math.max(0, middle - halfStroke); y <= Math.min(height - 1, middle + halfStroke); y++) {
      if (ink[y * width + x] === 1) strokes[y * width + x] = 1
    }
  }
}
