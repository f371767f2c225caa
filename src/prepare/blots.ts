import type {Box} from '../model.ts'
import type {Grey} from './raster.ts'

/** A surface of solid ink, in rectangles of whole cells. */
export interface Blot {
  readonly boxes: readonly Box[]
  /** Whether it reaches the edge of the page, as a scanner's border does. */
  readonly atEdge: boolean
}

/** Side of a cell in pixels: about the height of an x, so that no letter fills one. */
const cell = 12

/** Share of dark pixels in a solid cell, and what is dark; redactions are often mottled, letters stay under a half. */
const solid = 0.7
const dark = 128

/** Fewest cells of a blot: three letters' worth. */
const fewest = 8

/**
 * Take solid surfaces out of the ink: redactions and the dark around a page.
 *
 * By their grey, as an adaptive threshold finds holes in what is dark all over.
 */
export function takeBlots(ink: Uint8Array, {data, width, height}: Grey): readonly Blot[] {
  const columns = Math.floor(width / cell)
  const rows = Math.floor(height / cell)
  const filled = solidCells(data, width, columns, rows)
  const seen = new Uint8Array(filled.length)
  const blots: Blot[] = []
  for (let start = 0; start < filled.length; start++) {
    if (filled[start] === 0 || seen[start] === 1) continue
    const cells = connected(start, filled, seen, columns, rows)
    if (cells.length < fewest || !isBroad(cells, filled, columns)) continue
    const atEdge = cells.some(at => {
      const column = at % columns
      return at < columns || at >= filled.length - columns || column === 0 || column === columns - 1
    })
    blots.push({boxes: rectangles(cells, columns).map(box => toEdge(box, columns, rows, width, height)), atEdge})
    for (const at of cells) erase(ink, data, at % columns, Math.floor(at / columns), width, height)
  }
  return blots
}

function solidCells(data: Uint8Array, width: number, columns: number, rows: number): Uint8Array {
  const filled = new Uint8Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0
      for (let y = row * cell; y < (row + 1) * cell; y++) {
        for (let x = column * cell; x < (column + 1) * cell; x++) if (data[y * width + x]! < dark) sum++
      }
      if (sum >= solid * cell * cell) filled[row * columns + column] = 1
    }
  }
  return filled
}

function connected(start: number, filled: Uint8Array, seen: Uint8Array, columns: number, rows: number): number[] {
  const cells = [start]
  seen[start] = 1
  for (const at of cells) {
    const column = at % columns
    const row = Math.floor(at / columns)
    for (const [x, y] of [
      [column - 1, row],
      [column + 1, row],
      [column, row - 1],
      [column, row + 1],
    ] as const) {
      const next = y * columns + x
      if (x < 0 || y < 0 || x >= columns || y >= rows || filled[next] === 0 || seen[next] === 1) continue
      seen[next] = 1
      cells.push(next)
    }
  }
  return cells
}

/** Whether most cells have a solid one beside and below: a stroke, however long, has not. */
function isBroad(cells: readonly number[], filled: Uint8Array, columns: number): boolean {
  const broad = cells.filter(at => {
    const beside = (at % columns > 0 && filled[at - 1] === 1) || filled[at + 1] === 1
    return beside && (filled[at - columns] === 1 || filled[at + columns] === 1)
  })
  return broad.length >= 0.5 * cells.length
}

/** Cover cells by rectangles: runs of a row, joined to those below of nearly the same ends. */
function rectangles(cells: readonly number[], columns: number): Box[] {
  const done: {left: number; right: number; top: number; bottom: number}[] = []
  const sorted = [...cells].sort((a, b) => a - b)
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1
    while (to < sorted.length && sorted[to] === sorted[to - 1]! + 1 && sorted[to]! % columns !== 0) to++
    const left = sorted[from]! % columns
    const right = left + to - from
    const top = Math.floor(sorted[from]! / columns)
    const above = done.find(
      box => box.bottom === top && Math.abs(box.left - left) <= 2 && Math.abs(box.right - right) <= 2,
    )
    if (above === undefined) done.push({left, right, top, bottom: top + 1})
    else {
      above.left = Math.min(above.left, left)
      above.right = Math.max(above.right, right)
      above.bottom = top + 1
    }
    from = to
  }
  return done.map(({left, right, top, bottom}) => ({
    x: left * cell,
    y: top * cell,
    width: (right - left) * cell,
    height: (bottom - top) * cell,
  }))
}

/** Let a box that ends with the last whole cell end with the page. */
function toEdge(box: Box, columns: number, rows: number, width: number, height: number): Box {
  return {
    ...box,
    width: box.x + box.width === columns * cell ? width - box.x : box.width,
    height: box.y + box.height === rows * cell ? height - box.y : box.height,
  }
}

/** Erase a cell, and around it line by line what is still as dark: a blot ends anywhere within its last cells. */
function erase(ink: Uint8Array, data: Uint8Array, column: number, row: number, width: number, height: number): void {
  const left = column * cell
  const top = row * cell
  for (let y = top; y < top + cell; y++) ink.fill(0, y * width + left, y * width + left + cell)
  const isDark = (x: number, y: number, alongX: number, alongY: number) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return false
    let sum = 0
    for (let i = 0; i < cell; i++) if (data[(y + i * alongY) * width + x + i * alongX]! < dark) sum++
    return sum >= solid * cell
  }
  for (let by = 1; by <= cell && isDark(left, top - by, 1, 0); by++) {
    ink.fill(0, (top - by) * width + left, (top - by) * width + left + cell)
  }
  for (let y = top + cell; y < top + 2 * cell && isDark(left, y, 1, 0); y++) {
    ink.fill(0, y * width + left, y * width + left + cell)
  }
  for (let by = 1; by <= cell && isDark(left - by, top, 0, 1); by++) {
    for (let y = top; y < top + cell; y++) ink[y * width + left - by] = 0
  }
  for (let x = left + cell; x < left + 2 * cell && isDark(x, top, 0, 1); x++) {
    for (let y = top; y < top + cell; y++) ink[y * width + x] = 0
  }
}
