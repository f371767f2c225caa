import {place} from './matrix.ts'
import type {Random} from './random.ts'
import {type Mark, moved} from './type.ts'

/** Width of a pen's line, in inches. */
const nib = 0.014

/**
 * Writes digits, a slash, a point and a few initials by hand, starting at `(x, y)` on the baseline.
 *
 * @param size
 *   Height of a digit in inches.
 * @returns
 *   One mark a character, and where the pen ends.
 * @throws
 *   `Error` where the hand does not know the character: the text to be written is at fault.
 */
export function write(text: string, x: number, y: number, size: number, source: Random): {marks: Mark[]; end: number} {
  let at = x
  const marks = [...text].map(character => {
    const shape = hand[character]
    if (shape === undefined) throw new Error(`Unexpected character \`${character}\`, expected one the hand knows`)
    const move = place(
      at,
      y + source.normal() * 0.03 * size,
      source.normal() * 3 - 4,
      size * (1 + source.normal() * 0.05),
    )
    at += size * (shape.width + 0.16 + source.normal() * 0.03)
    const lines = shape.lines.map(line => moved(curved(line.map(value => value + source.normal() * 0.02)), move))
    return penMark(lines.flatMap(line => drawn(line, nib * (1 + source.normal() * 0.1))))
  })
  return {marks, end: at}
}

/** Draws a line by hand from one point to another, in inches: not quite straight. */
export function strikeOut(x0: number, y0: number, x1: number, y1: number, source: Random): Mark {
  const line: number[] = []
  const points = 9
  for (let i = 0; i < points; i++) {
    const t = i / (points - 1)
    line.push(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + source.normal() * 0.008)
  }
  return penMark(drawn(curved(line), nib))
}

/** Draws a straight rule from one point to another, in inches, `width` wide. */
export function rule(x0: number, y0: number, x1: number, y1: number, width: number): Mark {
  return penMark(drawn([x0, y0, x1, y1], width))
}

function penMark(contours: readonly (readonly number[])[]): Mark {
  return {contours, weight: 0.15, density: 0.88, lean: [0, 0]}
}

/** Turns a line into polygons of the width given, one a piece, all wound the same way. */
function drawn(line: readonly number[], width: number): number[][] {
  const pieces: number[][] = []
  for (let i = 2; i < line.length; i += 2) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = line.slice(i - 2, i + 2)
    const length = Math.hypot(x1 - x0, y1 - y0)
    if (length === 0) continue
    const [u, v] = [((x1 - x0) / length) * (width / 2), ((y1 - y0) / length) * (width / 2)]
    // Each piece reaches half a width into the next, so that bends have no gap.
    pieces.push([x0 - u + v, y0 - v - u, x1 + u + v, y1 + v - u, x1 + u - v, y1 + v + u, x0 - u - v, y0 - v + u])
  }
  return pieces
}

/** Rounds a line through its points (Catmull-Rom). */
function curved(line: readonly number[]): number[] {
  const made: number[] = []
  const count = line.length / 2
  const at = (index: number, axis: number): number => line[Math.max(0, Math.min(count - 1, index)) * 2 + axis] ?? 0
  for (let i = 0; i + 1 < count; i++) {
    for (let step = 0; step < 6; step++) {
      const t = step / 6
      for (const axis of [0, 1]) {
        const [p, q, r, s] = [at(i - 1, axis), at(i, axis), at(i + 1, axis), at(i + 2, axis)]
        made.push(q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p))))
      }
    }
  }
  made.push(at(count - 1, 0), at(count - 1, 1))
  return made
}

/** The hand: lines through `x, y, …`, a digit one high; the baseline is 0, up is negative. */
const hand: Readonly<Record<string, {readonly width: number; readonly lines: readonly (readonly number[])[]}>> = {
  '0': {
    width: 0.5,
    lines: [[0.3, -1, 0.08, -0.8, 0.02, -0.4, 0.15, -0.02, 0.35, -0.03, 0.5, -0.4, 0.46, -0.8, 0.3, -1, 0.2, -0.95]],
  },
  '1': {width: 0.2, lines: [[0.16, -1, 0.13, -0.5, 0.1, 0]]},
  '2': {width: 0.5, lines: [[0.04, -0.8, 0.22, -1, 0.44, -0.82, 0.34, -0.45, 0.02, -0.02, 0.25, -0.06, 0.54, -0.03]]},
  '3': {
    width: 0.45,
    lines: [[0.05, -0.92, 0.3, -0.98, 0.4, -0.76, 0.18, -0.54, 0.42, -0.36, 0.32, -0.04, 0.02, -0.08]],
  },
  '4': {
    width: 0.5,
    lines: [
      [0.12, -0.95, 0.05, -0.42, 0.52, -0.44],
      [0.4, -0.85, 0.34, 0.06],
    ],
  },
  '5': {
    width: 0.45,
    lines: [
      [0.12, -0.95, 0.08, -0.56, 0.34, -0.58, 0.44, -0.28, 0.25, -0.01, 0.02, -0.08],
      [0.12, -0.95, 0.48, -0.98],
    ],
  },
  '6': {width: 0.45, lines: [[0.38, -0.98, 0.1, -0.6, 0.06, -0.18, 0.25, 0, 0.42, -0.2, 0.3, -0.44, 0.07, -0.26]]},
  '7': {width: 0.45, lines: [[0.02, -0.94, 0.44, -0.96, 0.28, -0.5, 0.16, 0.02]]},
  '8': {
    width: 0.45,
    lines: [
      [
        0.4, -0.88, 0.18, -0.98, 0.1, -0.76, 0.38, -0.38, 0.28, -0.02, 0.06, -0.16, 0.18, -0.46, 0.42, -0.8, 0.36,
        -0.92,
      ],
    ],
  },
  '9': {width: 0.45, lines: [[0.42, -0.86, 0.2, -0.98, 0.06, -0.72, 0.22, -0.5, 0.42, -0.78, 0.38, -0.4, 0.28, 0.02]]},
  '/': {width: 0.35, lines: [[0.38, -1.12, 0.2, -0.4, -0.02, 0.2]]},
  '.': {width: 0.1, lines: [[0.03, -0.05, 0.07, -0.02]]},
  c: {width: 0.4, lines: [[0.4, -0.48, 0.2, -0.62, 0.04, -0.3, 0.16, 0, 0.44, -0.12]]},
  d: {
    width: 0.5,
    lines: [[0.4, -0.5, 0.16, -0.56, 0.04, -0.2, 0.18, 0, 0.38, -0.24, 0.52, -1.15, 0.42, -0.3, 0.5, -0.02]],
  },
  j: {
    width: 0.25,
    lines: [
      [0.2, -0.6, 0.18, 0, 0.08, 0.42, -0.1, 0.3, 0.1, 0.02, 0.34, -0.14],
      [0.22, -0.86, 0.24, -0.82],
    ],
  },
  k: {width: 0.45, lines: [[0.02, -0.1, 0.24, -1.1, 0.08, 0.02, 0.34, -0.52, 0.18, -0.3, 0.46, 0]]},
  m: {width: 0.7, lines: [[0.02, -0.5, 0.08, 0, 0.24, -0.54, 0.32, 0, 0.5, -0.54, 0.6, -0.04, 0.72, -0.1]]},
  r: {width: 0.4, lines: [[0.02, -0.2, 0.12, -0.6, 0.3, -0.5, 0.26, -0.04, 0.46, -0.1]]},
}
