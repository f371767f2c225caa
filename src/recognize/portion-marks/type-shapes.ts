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
  /** What each sign may look like. */
  readonly shapes: ReadonlyMap<string, readonly Shape[]>
}

/** Words of which shapes are taken are read with at least this confidence. */
const leastConfidence = 0.85

/** Fewest words of five letters by which the pitch is measured. */
const fewestWords = 10

/** By so much of it the middle half of widths of a letter may differ on type of one width. */
const mostSpread = 0.06

/** By so much of the pitch a word may be wider or narrower for each of its letters. */
const give = 0.15

/** Most letters that a shape is the mean of. */
const mostSamples = 12

/** Paper around a shape, in pixels. */
const margin = 2

/**
 * Take the shapes of signs from where a page shows them, and draw those that it does not.
 *
 * On type of one width signs are taken from anywhere in a word, on other type where they begin one.
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
  const isEven = spreadOf(long.map(({text, box}) => box.width / (text.length - 0.2))) <= mostSpread
  const own = (sign: string): Shape | null => {
    const letters = words.flatMap(({text, box}) =>
      [...text].flatMap((letter, at) => {
        if (letter !== sign || text.length < 3 || (at > 0 && !isEven) || !isAsWide(text, box, pitch)) return []
        return largestPiece(sheet, {...box, x: box.x + at * pitch, width: 1.1 * pitch}) ?? []
      }),
    )
    return meanOf(letters, sheet)
  }
  const known = new Map([...signs].map(sign => [sign, own(sign)]))
  const ofType = [...known.values()].filter(shape => shape !== null)
  const capitals = [...known].flatMap(([sign, shape]) =>
    shape !== null && /\p{Lu}/u.test(sign) ? [shape.foot - margin] : [],
  )
  if (capitals.length === 0) return null
  const capital = Math.max(...capitals)
  const weight = median(ofType.map(stemOf))
  const shapes = new Map(
    [...known].map(([sign, shape]) => {
      if (shape !== null) return [sign, [shape]] as const
      const akin = [...(likeness[sign] ?? '')].flatMap(other => {
        const like = own(other)
        return like === null ? [] : [raised(like, capital)]
      })
      return [sign, [...akin, ...draw(sign, capital, weight)]] as const
    }),
  )
  return {pitch, capital, shapes}
}

/** Letters of which another may be made, but for small strokes. */
const likeness: Readonly<Record<string, string>> = {C: 'Gc', S: 's'}

/** So much of its height the width of a small letter grows by, when it is made as high as a capital. */
const widening = 0.6

/** Make a shape as high as a capital. */
function raised(shape: Shape, capital: number): Shape {
  const tall = capital / (shape.foot - margin)
  if (tall < 1.1) return shape
  const wide = 1 + widening * (tall - 1)
  const [width, height] = [Math.round(shape.width * wide), Math.round((shape.height - 2 * margin) * tall) + 2 * margin]
  const ink = new Float32Array(width * height)
  for (let v = 0, i = 0; v < height; v++) {
    for (let u = 0; u < width; u++, i++) {
      const x = (u + 0.5) / wide - 0.5
      const y = (v - margin + 0.5) / tall - 0.5 + margin
      ink[i] = inkOf(shape, x, y)
    }
  }
  return {ink, width, height, foot: Math.round(capital) + margin}
}

/** The ink between the pixels of a shape. */
function inkOf({ink, width, height}: Shape, x: number, y: number): number {
  const [u, v] = [Math.floor(x), Math.floor(y)]
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= width || row >= height ? 0 : ink[row * width + column]!
  const [right, below] = [x - u, y - v]
  return (
    (1 - below) * ((1 - right) * at(u, v) + right * at(u + 1, v)) +
    below * ((1 - right) * at(u, v + 1) + right * at(u + 1, v + 1))
  )
}

/** Whether a word is of the type with this pitch: stamps and forms are not. */
export function isAsWide(text: string, {width}: Box, pitch: number): boolean {
  const own = width / Math.max(0.5, text.length - 0.2)
  return own > (1 - give) * pitch && own < (1 + give) * pitch
}

/** By how much of their median the middle half of values differs. */
function spreadOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * sorted.length)]!
  return (at(0.75) - at(0.25)) / at(0.5)
}

/** Width of the strokes of a shape: the usual run of ink in its rows. */
function stemOf({ink, width, height}: Shape): number {
  const runs: number[] = []
  for (let v = 0; v < height; v++) {
    let run = 0
    for (let u = 0; u <= width; u++) {
      const value = u < width ? ink[v * width + u]! : 0
      if (value >= 0.25) run += value
      else if (run > 0) {
        runs.push(run)
        run = 0
      }
    }
  }
  return median(runs)
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

/** An arc: middle, radii, and from where to where in degrees, clockwise from the right. */
type Arc = readonly [middle: number, above: number, wide: number, high: number, from: number, to: number]
type Line = readonly [x0: number, y0: number, x1: number, y1: number]

/** Strokes of signs, in heights of a capital, from the middle of the cell and upwards from the line on which they stand. */
const strokes: Readonly<Record<string, readonly (Arc | Line)[]>> = {
  '(': [[0.42, 0.5, 0.4, 0.72, 130, 230]],
  ')': [[-0.42, 0.5, 0.4, 0.72, -50, 50]],
  '/': [[-0.3, 0, 0.3, 1.1]],
  C: [[0, 0.5, 0.33, 0.5, 45, 315]],
  F: [
    [-0.25, 0, -0.25, 1],
    [-0.33, 1, 0.3, 1],
    [-0.25, 0.5, 0.15, 0.5],
  ],
  L: [
    [-0.2, 0, -0.2, 1],
    [-0.33, 0, 0.33, 0],
  ],
  N: [
    [-0.28, 0, -0.28, 1],
    [0.28, 0, 0.28, 1],
    [-0.28, 1, 0.28, 0],
  ],
  O: [[0, 0.5, 0.33, 0.5, 0, 360]],
  S: [
    [0, 0.74, 0.28, 0.26, 90, 340],
    [0, 0.25, 0.3, 0.26, -90, 160],
  ],
  T: [
    [-0.34, 1, 0.34, 1],
    [0, 0, 0, 1],
  ],
  U: [
    [0, 0.3, 0.3, 0.3, 0, 180],
    [-0.3, 0.3, -0.3, 1],
    [0.3, 0.3, 0.3, 1],
  ],
  0: [[0, 0.5, 0.28, 0.5, 0, 360]],
  3: [
    [0, 0.76, 0.25, 0.24, 200, 450],
    [0, 0.26, 0.28, 0.26, -90, 160],
  ],
  5: [
    [-0.2, 1, 0.25, 1],
    [-0.2, 1, -0.2, 0.55],
    [-0.02, 0.32, 0.3, 0.32, 230, 510],
  ],
  6: [
    [0, 0.3, 0.28, 0.3, 0, 360],
    [0.12, 0.4, 0.4, 0.6, 180, 270],
  ],
  8: [
    [0, 0.76, 0.24, 0.24, 0, 360],
    [0, 0.26, 0.29, 0.26, 0, 360],
  ],
  9: [
    [0, 0.7, 0.28, 0.3, 0, 360],
    [-0.12, 0.6, 0.4, 0.6, 0, 90],
  ],
}

/** Heights of a bracket, in those of a capital: some faces have it no higher. */
const bracketHeights = [1.08, 1.25, 1.45]

/** Draw a sign in strokes of the page's weight, in pixels; brackets as the different faces have them, nothing for others. */
function draw(sign: string, capital: number, weight: number): readonly Shape[] {
  const known = strokes[sign]
  if (known === undefined) return []
  if (sign !== '(' && sign !== ')') return [drawStrokes(known, capital, weight / 2)]
  return bracketHeights.map(tall =>
    drawStrokes(
      known.map(stroke => ofHeight(stroke, tall)),
      capital,
      weight / 2,
    ),
  )
}

function ofHeight(stroke: Arc | Line, tall: number): Arc | Line {
  if (stroke.length === 4) return stroke
  const [middle, above, wide, , from, to] = stroke
  return [middle, above, wide, tall / 2 / Math.abs(Math.sin((to * Math.PI) / 180)), from, to]
}

function drawStrokes(strokes: readonly (Arc | Line)[], capital: number, radius: number): Shape {
  const foot = Math.round(1.25 * capital) + margin
  const height = foot + Math.round(0.3 * capital) + margin
  const width = Math.round(1.1 * capital) + 2 * margin
  const ink = new Float32Array(width * height)
  for (const [across, above] of strokes.flatMap(pointsOf)) {
    const [x, y] = [width / 2 + capital * across, foot - capital * above]
    for (let v = Math.max(0, Math.floor(y - radius - 1)); v < Math.min(height, y + radius + 1); v++) {
      for (let u = Math.max(0, Math.floor(x - radius - 1)); u < Math.min(width, x + radius + 1); u++) {
        const within = radius + 0.5 - Math.hypot(u + 0.5 - x, v + 0.5 - y)
        ink[v * width + u] = Math.max(ink[v * width + u]!, Math.min(0.9, within))
      }
    }
  }
  return {ink, width, height, foot}
}

/** Points along a stroke, closer than a pixel. */
function pointsOf(stroke: Arc | Line): readonly (readonly [across: number, above: number])[] {
  if (stroke.length === 4) {
    const [x0, y0, x1, y1] = stroke
    return Array.from({length: 41}, (_, at) => [x0 + ((x1 - x0) * at) / 40, y0 + ((y1 - y0) * at) / 40] as const)
  }
  const [middle, above, wide, high, from, to] = stroke
  return Array.from({length: Math.floor((to - from) / 3) + 1}, (_, at) => {
    const angle = ((from + 3 * at) * Math.PI) / 180
    return [middle + wide * Math.cos(angle), above - high * Math.sin(angle)] as const
  })
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
