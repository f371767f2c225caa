import type {Operation} from '../model.ts'
import {type Column, measureDistance, type Piece, readColumn} from './distance.ts'

/** Takes the operations of an alignment one run after the other. */
export type Emit = (operation: Operation, length: number) => void

/** Cells of the table of one stretch; past it, the most matches are no longer looked for. */
const tableLimit = 1 << 24

/** Columns between two places where the path may be cut. */
const spacing = 64

/**
 * Find a least-cost path, the one with the most matches among them, and of those
 * the first when operations are ordered equal, substitute, delete, insert.
 *
 * Distances from both ends (bit-parallel) show, in every 64th column, the cells that
 * least-cost paths go through. Where there is one cell only, every such path goes
 * through it, so the stretches between can be solved alone (the divide and
 * conquer of Hirschberg 1975, but into as many parts as there are such cells). A stretch is solved over the
 * band its known distance leaves, by distance and substitutions together: as both lengths are
 * given, the fewest substitutions are the most matches.
 *
 * A stretch of more than 16 million cells, met only where the sides have next to
 * nothing in common, is cut along the uppermost least-cost path instead: its cost is least, its matches may not be most.
 *
 * @param distance
 *   The distance of the two sides, where it is known already.
 */
export function findPath(piece: Piece, emit: Emit, distance: number | null = null): number {
  const {a, b, symbols} = piece
  const n = a.length
  const m = b.length
  if (n === 0 || m === 0 || n * m <= 1024) {
    return solveStretch(a, 0, n, b, 0, m, n + m, emit)
  }
  const at: number[] = []
  for (let j = spacing; j < m; j += spacing) at.push(j)
  // Doubling the limit costs at most twice the last round.
  let limit = distance ?? Math.max(32, Math.abs(m - n))
  let forward = measureDistance(piece, limit, at)
  while (forward.distance === null) {
    limit = Math.min(limit * 2, Math.max(n, m))
    forward = measureDistance(piece, limit, at)
  }
  const least = forward.distance
  if (least === 0) {
    emit('equal', n)
    return 0
  }
  const backward = measureDistance(
    {a: a.slice().reverse(), b: b.slice().reverse(), symbols},
    least,
    at.map(j => m - j).reverse(),
  )
  let i = 0
  let j = 0
  let cost = 0
  const to = (cell: Cell): void => {
    solveStretch(a, i, cell.i, b, j, cell.j, cell.cost - cost, emit)
    i = cell.i
    j = cell.j
    cost = cell.cost
  }
  const end: Cell = {i: n, j: m, cost: least, only: true}
  const doubtful: Cell[] = []
  const cells = commonCells(forward.columns, backward.columns, n, least)
  for (const cell of [...cells, end]) {
    if (!cell.only) {
      doubtful.push(cell)
      continue
    }
    for (const between of doubtful) {
      if ((cell.i - i + 1) * (cell.cost - cost + 1) <= tableLimit) break
      to(between)
    }
    doubtful.length = 0
    to(cell)
  }
  return least
}

/** A cell of least-cost paths: tokens of both sides before it, and the cost so far. */
interface Cell {
  readonly i: number
  readonly j: number
  readonly cost: number
  /** True where no least-cost path misses it. */
  readonly only: boolean
}

/** Find in each column the uppermost cell whose distances from both ends sum to the whole. */
function commonCells(forward: readonly Column[], backward: readonly Column[], n: number, least: number): Cell[] {
  const height = 32 * Math.max(0, ...forward.map(column => column.last - column.first + 1)) + 1
  const backHeight = 32 * Math.max(0, ...backward.map(column => column.last - column.first + 1)) + 1
  const ahead = new Int32Array(height)
  const back = new Int32Array(backHeight)
  return forward.map((column, index) => {
    const opposite = backward[backward.length - 1 - index]!
    const rows = readColumn(column, n, ahead)
    const backRows = readColumn(opposite, n, back)
    const top = column.first * 32
    const backTop = opposite.first * 32
    let found = -1
    let count = 0
    // Row i from the start is row n - i from the end.
    const from = Math.max(top, n - (backTop + backRows - 1))
    const to = Math.min(top + rows - 1, n - backTop)
    for (let i = from; i <= to; i++) {
      if (ahead[i - top]! + back[n - i - backTop]! === least) {
        if (count === 0) found = i
        count++
      }
    }
    return {i: found, j: column.at, cost: ahead[found - top]!, only: count === 1}
  })
}

const equalStep = 0
const substituteStep = 1
const deleteStep = 2
const insertStep = 3

const operations: readonly Operation[] = ['equal', 'substitute', 'delete', 'insert']

/**
 * Solve a stretch by a table over the band of paths that cost at most `limit`.
 *
 * Costs count from the end, as `distance * weight + substitutions`, so that the walk
 * from the start can take the first of the best operations at every cell.
 */
function solveStretch(
  a: Int32Array,
  aStart: number,
  aEnd: number,
  b: Int32Array,
  bStart: number,
  bEnd: number,
  limit: number,
  emit: Emit,
): number {
  let i = aStart
  let j = bStart
  while (i < aEnd && j < bEnd && a[i] === b[j]) {
    i++
    j++
  }
  if (i > aStart) emit('equal', i - aStart)
  const n = aEnd - i
  const m = bEnd - j
  if (n === 0 || m === 0) {
    if (n > 0) emit('delete', n)
    if (m > 0) emit('insert', m)
    return n + m
  }
  const surplus = m - n
  const reach = Math.max(0, Math.floor((Math.min(limit, n + m) - Math.abs(surplus)) / 2))
  const low = Math.max(-n, Math.min(0, surplus) - reach)
  const high = Math.min(m, Math.max(0, surplus) + reach)
  const width = high - low + 1
  const weight = Math.min(limit, n, m) + 1
  const far = 2 ** 30
  const costs = new Int32Array(width + 2).fill(far)
  const steps = new Uint8Array((n + 1) * width)
  // Entry `d + 1` holds the cell of diagonal low + d, so that both neighbours exist.
  for (let row = n; row >= 0; row--) {
    const firstColumn = Math.max(0, row + low)
    const lastColumn = Math.min(m, row + high)
    const symbol = row < n ? a[i + row]! : -1
    let index = lastColumn - row - low + 1
    let right = far
    let stepAt = row * width + index - 1
    for (let column = lastColumn; column >= firstColumn; column--, index--, stepAt--) {
      let best: number
      let step: number
      if (column === m) {
        best = (n - row) * weight
        step = deleteStep
      } else if (row === n) {
        best = (m - column) * weight
        step = insertStep
      } else if (symbol === b[j + column]) {
        // Two equal tokens are matched on some best path: whatever else pairs one of them can be moved here for no more.
        best = costs[index]!
        step = equalStep
      } else {
        best = costs[index]! + weight + 1
        step = substituteStep
        const down = costs[index - 1]! + weight
        if (down < best) {
          best = down
          step = deleteStep
        }
        const along = right + weight
        if (along < best) {
          best = along
          step = insertStep
        }
      }
      right = best
      costs[index] = best
      steps[stepAt] = step
    }
    // What lies left of the band in the next row up must look too dear.
    costs[index] = far
  }
  let row = 0
  let column = 0
  let distance = 0
  while (row < n || column < m) {
    const step = steps[row * width + column - row - low]!
    let length = 1
    if (step === insertStep) column++
    else row++
    if (step === equalStep || step === substituteStep) column++
    while (row + column < n + m && steps[row * width + column - row - low] === step) {
      if (step === insertStep) column++
      else row++
      if (step === equalStep || step === substituteStep) column++
      length++
    }
    emit(operations[step]!, length)
    if (step !== equalStep) distance += length
  }
  return distance
}
