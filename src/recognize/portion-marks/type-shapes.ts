import type {Box, RecognizedLine} from '../../model.ts'
import type {Sheet} from './sheet.ts'

/** How often each pixel about a sign is ink, 0 to 1, by rows. Its middle is that of its width. */
export interface Shape {
  readonly ink: Float32Array
  readonly width: number
  readonly height: number
  /** Rows above the line on which it stands. */
  readonly foot: number
}

/** A page's own type, in pixels of the prepared image. */
export interface TypeShapes {
  /** From one letter to the next; on proportional type, on average. */
  readonly pitch: number
  /** Height of a capital. */
  readonly capital: number
  readonly shapes: ReadonlyMap<string, Shape>
}

/** Words of which shapes are taken are read with at least this confidence. */
const leastConfidence = 0.85

/** Fewest words of five letters by which the pitch is measured. */
const fewestWords = 10

/** Most letters that a shape is the mean of. */
const mostSamples = 12

/** Paper around a shape, in pixels. */
const margin = 2

/**
 * Take the shapes of signs from where a page shows them, and draw those that it does not.
 *
 * Capitals are taken where they begin a word. Brackets are always drawn: too few stand on a letter.
 *
 * @returns
 *   Null where the page has too few words to know its type by.
 */
export function shapesOf(signs: string, lines: readonly RecognizedLine[], sheet: Sheet): TypeShapes | null {
  const words = lines
    .flatMap(({words}) => words)
    .filter(({confidence}) => confidence >= leastConfidence)
    .map(({text, box}) => ({text, box: sheet.place(box)}))
  const long = words.filter(({text}) => text.length >= 5)
  // A word is as wide as its letters less the blank beside the last.
  const pitch = median(long.map(({text, box}) => box.width / (text.length - 0.2)))
  if (long.length < fewestWords || pitch < 4) return null
  const own = new Map<string, Shape>()
  let capital = 0
  for (const sign of signs.replace(/[()]/g, '')) {
    const letters = words
      .filter(({text}) => text.length >= 3 && text.startsWith(sign))
      .flatMap(({box}) => largestPiece(sheet, {...box, width: 1.1 * pitch}) ?? [])
    const shape = meanOf(letters, sheet)
    if (shape === null) continue
    own.set(sign, shape)
    capital = Math.max(capital, shape.foot - margin)
  }
  if (capital === 0) return null
  const shapes = new Map([...signs].map(sign => [sign, own.get(sign) ?? draw(sign, capital)]))
  return {pitch, capital, shapes}
}

interface Piece {
  readonly box: Box
  readonly pixels: ReadonlySet<number>
}

/** The largest connected piece of ink about a letter's place; null where there is none. */
function largestPiece({inkAt, width}: Sheet, {x, y, width: wide, height: high}: Box): Piece | null {
  const [left, top] = [Math.round(x) - 1, Math.round(y) - 2]
  const [right, bottom] = [Math.round(x + wide) - 1, Math.round(y + high) + 2]
  const seen = new Set<number>()
  let largest = new Set<number>()
  for (let v = top; v < bottom; v++) {
    for (let u = left; u < right; u++) {
      if (seen.has(v * width + u) || inkAt(u, v) < 0.5) continue
      const piece = new Set([v * width + u])
      for (const at of piece) {
        const [px, py] = [at % width, Math.floor(at / width)]
        for (let w = Math.max(top, py - 1); w <= Math.min(bottom - 1, py + 1); w++) {
          for (let z = Math.max(left, px - 1); z <= Math.min(right - 1, px + 1); z++) {
            if (inkAt(z, w) >= 0.5) piece.add(w * width + z)
          }
        }
      }
      for (const at of piece) seen.add(at)
      if (piece.size > largest.size) largest = piece
    }
  }
  if (largest.size === 0) return null
  const xs = [...largest].map(at => at % width)
  const ys = [...largest].map(at => Math.floor(at / width))
  const [x0, y0] = [Math.min(...xs), Math.min(...ys)]
  return {box: {x: x0, y: y0, width: Math.max(...xs) - x0 + 1, height: Math.max(...ys) - y0 + 1}, pixels: largest}
}

/** The mean of letters of the usual size, laid on each other by their feet and middles; null for none. */
function meanOf(letters: readonly Piece[], {inkAt, width: sheetWidth}: Sheet): Shape | null {
  if (letters.length === 0) return null
  const usual = {
    width: median(letters.map(({box}) => box.width)),
    height: median(letters.map(({box}) => box.height)),
  }
  const alike = letters
    .filter(({box}) => Math.abs(box.height - usual.height) <= 1 && Math.abs(box.width - usual.width) <= 2)
    .slice(0, mostSamples)
  const [width, height] = [usual.width + 2 * margin, usual.height + 2 * margin]
  const ink = new Float32Array(width * height)
  for (const {box, pixels} of alike) {
    const left = Math.round(box.x + box.width / 2 - width / 2)
    const top = box.y + box.height - usual.height - margin
    for (let v = 0, i = 0; v < height; v++) {
      for (let u = 0; u < width; u++, i++) {
        const value = inkAt(left + u, top + v)
        // The edge of a neighbour is none of this letter.
        if (value < 0.5 || pixels.has((top + v) * sheetWidth + left + u)) ink[i]! += value / alike.length
      }
    }
  }
  return {ink, width, height, foot: usual.height + margin}
}

/**
 * Strokes of signs as arcs: middle, radii, and from where to where in degrees, clockwise from the right. In heights of a
 * capital, from the middle of the cell and upwards from the line.
 */
const strokes: Readonly<Record<string, readonly (readonly [number, number, number, number, number, number])[]>> = {
  '(': [[0.42, 0.5, 0.4, 0.72, 130, 230]],
  ')': [[-0.42, 0.5, 0.4, 0.72, -50, 50]],
  C: [[0, 0.5, 0.33, 0.5, 45, 315]],
  S: [
    [0, 0.74, 0.28, 0.26, 90, 340],
    [0, 0.25, 0.3, 0.26, -90, 160],
  ],
  T: [
    [0, 1, 0.34, 0, 0, 180],
    [0, 0.5, 0, 0.5, 90, 270],
  ],
  U: [
    [0, 0.3, 0.3, 0.3, 0, 180],
    [-0.3, 0.65, 0, 0.35, 90, 270],
    [0.3, 0.65, 0, 0.35, 90, 270],
  ],
}

/** Draw a sign with strokes of a typewriter's weight. */
function draw(sign: string, capital: number): Shape {
  const radius = capital / 11
  const foot = Math.round(1.25 * capital) + margin
  const height = foot + Math.round(0.3 * capital) + margin
  const width = Math.round(1.1 * capital) + 2 * margin
  const ink = new Float32Array(width * height)
  for (const [middle, above, wide, high, from, to] of strokes[sign] ?? []) {
    for (let degrees = from; degrees <= to; degrees += 3) {
      const angle = (degrees * Math.PI) / 180
      const x = width / 2 + capital * (middle + wide * Math.cos(angle))
      const y = foot - capital * (above - high * Math.sin(angle))
      for (let v = Math.max(0, Math.floor(y - radius - 1)); v < Math.min(height, y + radius + 1); v++) {
        for (let u = Math.max(0, Math.floor(x - radius - 1)); u < Math.min(width, x + radius + 1); u++) {
          const within = radius + 0.5 - Math.hypot(u + 0.5 - x, v + 0.5 - y)
          ink[v * width + u] = Math.max(ink[v * width + u]!, Math.min(0.9, within))
        }
      }
    }
  }
  return {ink, width, height, foot}
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
