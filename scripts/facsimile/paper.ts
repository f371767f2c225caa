import {invert, type Matrix} from './matrix.ts'
import {plainNoise, random} from './random.ts'

/** The sheet and how it lies under the scanner; lengths in inches. */
export interface Paper {
  /** Red, green and blue of bare paper, 0 to 255. */
  readonly tone: readonly [number, number, number]
  /** How uneven the tone is; 0 is even, 1 is blotched. */
  readonly mottling: number
  /** Side on which the sheet bends down to a binding. */
  readonly gutter: 'left' | 'right' | null
  /** How dark the gutter gets, 0 to 1. */
  readonly shadow: number
  /** Folds across the sheet: distance from its top. */
  readonly folds: readonly number[]
  /** How much of the sheet's border is seen: the sheet is this much smaller than the scan on every side. */
  readonly border: number
  /** Tone of what lies beyond the sheet's edge, 0 to 255. */
  readonly lid: number
}

/**
 * Tells how much light each row of the scan gets back from the bare sheet, as a share of its paper's tone.
 *
 * @param toPixels
 *   From inches of the sheet to pixels of the scan.
 * @param size
 *   Width and height of the sheet in inches.
 * @returns
 *   A function that fills `light`, as long as the scan is wide, for row `y`.
 */
export function lightOf(
  paper: Paper,
  width: number,
  toPixels: Matrix,
  size: readonly [number, number],
  seed: number,
): (y: number, light: Float32Array) => void {
  const grid = blotches(paper, size, seed)
  const [a, b, c, d, e, f] = invert(toPixels)
  const lid = paper.lid / Math.max(...paper.tone)
  const gutter = gutterOf(paper, width, size[0])
  return (y, light) => {
    for (let x = 0; x < width; x++) {
      const u = a * x + c * y + e
      const v = b * x + d * y + f
      if (paper.border > 0) {
        const inside = Math.min(u, v, size[0] - u, size[1] - v) - paper.border
        if (inside < 0) {
          // The sheet throws a thin shadow on what lies below it.
          light[x] = lid * (1 - 0.35 * Math.max(0, 1 + inside / 0.03))
          continue
        }
      }
      let share = sample(grid, u, v) * (gutter[x] ?? 1)
      for (const fold of paper.folds) {
        if (Math.abs(v - fold) < foldReach) share *= foldAt(v - fold + 0.01 * plainNoise(seed, u * 3, fold))
      }
      light[x] = share
    }
  }
}

/** Specks of dust and toner: `x, y, radius` in inches and how dark, 0 to 1. */
export function specks(
  count: number,
  size: readonly [number, number],
  seed: number,
): [number, number, number, number][] {
  const source = random(seed, 'specks')
  return Array.from({length: count}, () => {
    const small = source.uniform()
    return [
      source.uniform() * size[0],
      source.uniform() * size[1],
      0.0025 + 0.007 * small * small * small * small,
      0.15 + 0.5 * source.uniform(),
    ]
  })
}

interface Grid {
  readonly columns: number
  readonly rows: number
  readonly cells: Float32Array
}

/** Cells of the texture an inch. */
const cells = 16

function blotches(paper: Paper, size: readonly [number, number], seed: number): Grid {
  const columns = Math.ceil((size[0] + 1) * cells)
  const rows = Math.ceil((size[1] + 1) * cells)
  const grid = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const u = column / cells - 0.5
      const v = row / cells - 0.5
      const cloud =
        0.6 * plainNoise(seed, u / 2.6, v / 2.6) +
        0.3 * plainNoise(seed + 1, u / 0.7, v / 0.7) +
        0.25 * plainNoise(seed + 2, u / 0.16, v / 0.16)
      // Paper browns from its edges inward.
      const edge = Math.max(0, 1 - Math.min(u, v, size[0] - u, size[1] - v) / 0.9)
      grid[row * columns + column] = 1 - 0.02 * paper.mottling - paper.mottling * (0.022 * cloud + 0.045 * edge * edge)
    }
  }
  return {columns, rows, cells: grid}
}

function sample({columns, rows, cells: grid}: Grid, u: number, v: number): number {
  const x = Math.max(0, Math.min(columns - 1.001, (u + 0.5) * cells))
  const y = Math.max(0, Math.min(rows - 1.001, (v + 0.5) * cells))
  const column = Math.floor(x)
  const row = Math.floor(y)
  const at = row * columns + column
  const top = (grid[at] ?? 0) * (1 - x + column) + (grid[at + 1] ?? 0) * (x - column)
  const bottom = (grid[at + columns] ?? 0) * (1 - x + column) + (grid[at + columns + 1] ?? 0) * (x - column)
  return top * (1 - y + row) + bottom * (y - row)
}

/** Light by column: the shadow lies on the scanner's axis, not the sheet's. */
function gutterOf({gutter, shadow}: Paper, width: number, inches: number): Float32Array {
  return Float32Array.from({length: width}, (_, x) => {
    if (gutter === null) return 1
    const distance = ((gutter === 'left' ? x : width - 1 - x) / width) * inches
    const near = Math.max(0, 1 - distance / 0.75)
    const deep = Math.max(0, 1 - distance / 0.22)
    return 1 - shadow * (0.45 * near * near * near + 0.55 * deep * deep)
  })
}

/** How far a fold is seen on either side, in inches, its wavering included. */
const foldReach = 0.14

function foldAt(distance: number): number {
  const away = Math.abs(distance)
  const near = Math.max(0, 1 - away / 0.12)
  // Light falls from above: the near side of the fold is lit and the far side is dim.
  return 1 + (distance < 0 ? 0.018 : -0.045) * near * near - (away < 0.006 ? 0.03 : 0)
}
