import type {Components} from './components.ts'
import type {Grey} from './raster.ts'
import type {Selection} from './select.ts'
import {depthsOf, usualDepth} from './struck.ts'
import type {TypeSize} from './type.ts'

/** Directions in which long strokes are looked for, over half a turn. */
const directions = 36

/** Shortest stroke that no letter has, in x-heights; along the lines letters of worn type run together. */
const longStroke = 2.2
const levelStroke = 3

/** Directions within so many degrees of the lines' are along them. */
const level = 8

/** Ink so much deeper than that of letters is of a thicker stroke. */
const thickStroke = 1.25

/**
 * Find ink that lies over the lines of a page and is none of their letters: strokes longer or thicker than the type's
 * own, in pieces that run into a line.
 *
 * Where a letter's stroke crosses a long one the crossing stays.
 *
 * @returns
 *   1 for such ink; null where there is none.
 */
export function findOverlay(
  components: Components,
  {fates, lines, band}: Selection,
  {small, tall}: TypeSize,
  angle: number,
  width: number,
): Uint8Array | null {
  const {count, left, top, right, bottom} = components
  const letters = lines
    .filter(({typed, members}) => typed >= 0.5 && members.length >= 8)
    .flatMap(({members}) => members)
    .filter(piece => right[piece]! - left[piece]! <= 1.6 * small && bottom[piece]! - top[piece]! <= 1.3 * tall)
  if (letters.length < 50) return null
  const usual = usualDepth(components, letters, width)
  const mask = new Uint8Array(components.labels.length)
  let found = false
  for (let piece = 0; piece < count; piece++) {
    if (fates[piece] === 'go') continue
    const wide = right[piece]! - left[piece]!
    const high = bottom[piece]! - top[piece]!
    if (wide < longStroke * small && high < 1.3 * tall) continue
    if (markLong(mask, components, piece, small, angle, width)) found = true
    if (markThick(mask, components, piece, usual, width)) found = true
  }
  if (!found) return null
  return mask.some((value, i) => value === 1 && band[i] === 1) ? mask : null
}

/** Mark strokes of a piece that run straight for longer than any of a letter. */
function markLong(
  mask: Uint8Array,
  components: Components,
  piece: number,
  small: number,
  angle: number,
  pageWidth: number,
): boolean {
  const {left, top, right, bottom, labels} = components
  const [x0, y0, x1, y1] = [left[piece]!, top[piece]!, right[piece]!, bottom[piece]!]
  let found = false
  for (let at = 0; at < directions; at++) {
    const degrees = (180 * at) / directions
    const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
    const away = Math.abs(((degrees - angle + 90 + 360) % 180) - 90)
    const shortest = (away <= level ? levelStroke : longStroke) * small
    // Along the longer of the two axes a step is one pixel.
    const isFlat = Math.abs(dx) >= Math.abs(dy)
    const slope = isFlat ? dy / dx : dx / dy
    const step = Math.hypot(1, slope)
    const [from, to] = isFlat ? [x0, x1] : [y0, y1]
    const [low, high] = isFlat ? [y0, y1] : [x0, x1]
    const [columnStep, rowStep] = isFlat ? [1, pageWidth] : [pageWidth, 1]
    const reach = slope * (to - from)
    for (let start = Math.floor(low - Math.max(0, reach)); start < high - Math.min(0, reach); start++) {
      let begin = -1
      for (let i = from; i <= to; i++) {
        const across = Math.round(start + slope * (i - from))
        if (i < to && across >= low && across < high && labels[across * rowStep + i * columnStep] === piece + 1) {
          if (begin === -1) begin = i
        } else if (begin !== -1) {
          if ((i - begin) * step >= shortest) {
            markStroke(
              mask,
              components,
              piece,
              {isFlat, from: begin, to: i, origin: from, start, slope, dx, dy},
              pageWidth,
            )
            found = true
          }
          begin = -1
        }
      }
    }
  }
  return found
}

/** Thickest stroke that is no surface, in pixels. */
const thickest = 12

/** A run of ink, `from` to `to` along x where it is flat, else along y; across it is at `start` where that is `origin`. */
interface Run {
  readonly isFlat: boolean
  readonly from: number
  readonly to: number
  readonly origin: number
  readonly start: number
  readonly slope: number
  /** Its direction, of length 1. */
  readonly dx: number
  readonly dy: number
}

/** Mark a stroke across its whole thickness, but for where something crosses it. */
function markStroke(
  mask: Uint8Array,
  {left, top, right, bottom, labels}: Components,
  piece: number,
  {isFlat, from, to, origin, start, slope, dx, dy}: Run,
  pageWidth: number,
): void {
  const [x0, y0, x1, y1] = [left[piece]!, top[piece]!, right[piece]!, bottom[piece]!]
  const xAt = (i: number) => (isFlat ? i : Math.round(start + slope * (i - origin)))
  const yAt = (i: number) => (isFlat ? Math.round(start + slope * (i - origin)) : i)
  const depth = (x: number, y: number, sign: number) => {
    let by = 0
    while (by < thickest) {
      const u = Math.round(x - sign * (by + 1) * dy)
      const v = Math.round(y + sign * (by + 1) * dx)
      if (u < x0 || u >= x1 || v < y0 || v >= y1 || labels[v * pageWidth + u] !== piece + 1) break
      by++
    }
    return by
  }
  const before = new Uint8Array(to - from)
  const after = new Uint8Array(to - from)
  for (let i = from; i < to; i++) {
    before[i - from] = depth(xAt(i), yAt(i), -1)
    after[i - from] = depth(xAt(i), yAt(i), 1)
  }
  const widths = before.map((by, at) => by + after[at]! + 1).sort()
  const usual = widths[Math.floor(0.3 * widths.length)]!
  for (let i = from; i < to; i++) {
    if (before[i - from]! + after[i - from]! + 1 > usual + 2) continue
    for (let by = -before[i - from]!; by <= after[i - from]!; by++) {
      mask[Math.round(yAt(i) + by * dx) * pageWidth + Math.round(xAt(i) - by * dy)] = 1
    }
  }
}

/** Mark what of a piece is thicker than letters are. */
function markThick(mask: Uint8Array, components: Components, piece: number, usual: number, pageWidth: number): boolean {
  const {left, top, right, bottom, labels} = components
  const wide = right[piece]! - left[piece]! + 2
  const depth = depthsOf(components, piece, pageWidth)
  let found = false
  for (let y = top[piece]!, i = wide + 1; y < bottom[piece]!; y++, i += 2) {
    for (let x = left[piece]!; x < right[piece]!; x++, i++) {
      if (depth[i]! <= thickStroke * usual) continue
      found = true
      const radius = depth[i]! / 3 + 0.5
      for (let v = Math.ceil(-radius); v <= radius; v++) {
        for (let u = Math.ceil(-radius); u <= radius; u++) {
          if (u * u + v * v > radius * radius) continue
          const at = (y + v) * pageWidth + x + u
          if (labels[at] === piece + 1) mask[at] = 1
        }
      }
    }
  }
  return found
}

/** Side of the tiles in which the grey of overlaid ink is measured, in pixels, and the share of it that is darker. */
const tile = 24
const levelShare = 0.55

/** Of the grey of overlaid ink: what is as dark is letter and overlay both, what is as light the overlay alone. */
const both = 0.35
const alone = 0.85

/**
 * Take overlaid ink off a page, in place: two inks over each other are darker than one, so what is darker than the
 * overlay around it is a letter under it.
 *
 * @param grey
 *   The page as it was.
 * @param ink
 *   All ink; the grey edge of what is taken off goes with it.
 */
export function takeOverlay(page: Grey, grey: Grey, overlay: Uint8Array, ink: Uint8Array): void {
  const {width, height} = grey
  const levelAt = levelsOf(grey, overlay)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      if (overlay[i] !== 1) continue
      const share = (grey.data[i]! / levelAt(x, y) - both) / (alone - both)
      page.data[i] = 255 * Math.min(1, Math.max(0, share))
      for (const row of [i - width, i, i + width]) {
        for (let at = row - 1; at <= row + 1; at++) if (overlay[at] === 0 && ink[at] === 0) page.data[at] = 255
      }
    }
  }
}

/** Tells the usual grey of the overlay about a place. */
function levelsOf({data, width, height}: Grey, overlay: Uint8Array): (x: number, y: number) => number {
  const [columns, rows] = [Math.ceil(width / tile), Math.ceil(height / tile)]
  const histograms = new Uint32Array(columns * rows * 256)
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / tile) * columns
    for (let x = 0; x < width; x++, i++) {
      if (overlay[i] === 1) histograms[(row + Math.floor(x / tile)) * 256 + data[i]!]!++
    }
  }
  const known = new Map<number, number>()
  const measured = (column: number, row: number) => {
    const counts = new Uint32Array(256)
    for (let v = Math.max(0, row - 1); v <= Math.min(rows - 1, row + 1); v++) {
      for (let u = Math.max(0, column - 1); u <= Math.min(columns - 1, column + 1); u++) {
        for (let value = 0; value < 256; value++) counts[value]! += histograms[(v * columns + u) * 256 + value]!
      }
    }
    let below = levelShare * counts.reduce((sum, count) => sum + count, 0)
    let value = 0
    while (value < 255 && below >= counts[value]!) below -= counts[value++]!
    return Math.max(1, value)
  }
  return (x, y) => {
    const [column, row] = [Math.floor(x / tile), Math.floor(y / tile)]
    const at = row * columns + column
    const level = known.get(at) ?? measured(column, row)
    known.set(at, level)
    return level
  }
}
