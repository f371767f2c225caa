import type {Operation} from '../model.ts'
import {atLeast, measureDistance, type Range, readColumn, spacing, type Workspace} from './distance.ts'

/** Takes the operations of an alignment one run after the other. */
export type Emit = (operation: Operation, length: number) => void

/** Cells of the table of one stretch; past it, the most matches are no longer looked for. */
const tableLimit = 1 << 24

/**
 * Find a least-cost path through a part, the one with the most matches among them, and of
 * those the first when operations are ordered equal, substitute, delete, insert; returns its cost.
 *
 * Distances from both ends (bit-parallel) show, in every 64th column, the cells
 * that least-cost paths go through. Where there is one cell only, every such
 * path goes through it, so the stretches between can be solved alone: the
 * divide and conquer of Hirschberg (1975), into as many parts as there are such
 * cells. A stretch is solved over the band that its known distance leaves, by
 * distance and substitutions together: as both lengths are given, the fewest
 * substitutions are the most matches.
 *
 * A stretch of more than 16 million cells, met only where the sides have next to
 * nothing in common, is cut along the uppermost least-cost path instead: its cost
 * is least, its matches may not be most.
 *
 * @param expected
 *   The distance to look for first; a good guess saves time, and changes nothing else.
 */
export function findPath(work: Workspace, range: Range, emit: Emit, expected = 32): number {
  const n = range.aEnd - range.aStart
  const m = range.bEnd - range.bStart
  if (n * m <= 1024) return solveStretch(work, range, n + m, emit)
  // Doubling the limit costs at most twice the last round.
  let limit = Math.max(16, expected, Math.abs(m - n))
  let least = measureDistance(work, range, limit, 'forward', true)
  while (least === null) {
    limit = Math.min(limit * 2, Math.max(n, m))
    least = measureDistance(work, range, limit, 'forward', true)
  }
  if (least === 0) {
    emit('equal', n)
    return 0
  }
  measureDistance(work, range, least, 'backward', true)
  let {aStart, bStart} = range
  let cost = 0
  const to = (cell: Cell): void => {
    const stretch = {aStart, aEnd: range.aStart + cell.i, bStart, bEnd: range.bStart + cell.j}
    solveStretch(work, stretch, cell.cost - cost, emit)
    aStart = stretch.aEnd
    bStart = stretch.bEnd
    cost = cell.cost
  }
  let doubtful: Cell[] = []
  for (const cell of commonCells(work, n, m, least)) {
    if (!cell.only) {
      doubtful.push(cell)
      continue
    }
    for (const between of doubtful) {
      if ((range.aStart + cell.i - aStart + 1) * (cell.cost - cost + 1) <= tableLimit) break
      to(between)
    }
    doubtful = []
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

/** Find in each kept column the uppermost cell whose distances from both ends sum to the whole; the end comes last. */
function commonCells({forward, backward}: Workspace, n: number, m: number, least: number): Cell[] {
  const cells: Cell[] = []
  let ahead: Int32Array = new Int32Array(256)
  let back: Int32Array = new Int32Array(256)
  for (let index = 0; index < forward.count; index++) {
    const opposite = backward.count - 1 - index
    ahead = atLeast(ahead, 32 * (forward.last[index]! - forward.first[index]! + 1) + 1)
    back = atLeast(back, 32 * (backward.last[opposite]! - backward.first[opposite]! + 1) + 1)
    const rows = readColumn(forward, index, n, ahead)
    const backRows = readColumn(backward, opposite, n, back)
    const top = forward.first[index]! * 32
    const backTop = backward.first[opposite]! * 32
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
    cells.push({i: found, j: (index + 1) * spacing, cost: ahead[found - top]!, only: count === 1})
  }
  cells.push({i: n, j: m, cost: least, only: true})
  return cells
}

const equalStep = 0
const substituteStep = 1
const deleteStep = 2
const insertStep = 3

const operations: readonly Operation[] = ['equal', 'substitute', 'delete', 'insert']

/**
 * Solve a stretch by a table over the band of paths that cost at most `limit`; returns the cost.
 *
 * Costs count from the end, as `distance * weight + substitutions`, so that the
 * walk from the start can take the first of the best operations at every cell.
 */
function solveStretch(work: Workspace, {aStart, aEnd, bStart, bEnd}: Range, limit: number, emit: Emit): number {
  const {a, b} = work
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
  // Entry `d + 1` holds the cell of diagonal low + d, so that both neighbours exist.
  work.costs = atLeast(work.costs, width + 2)
  const costs = work.costs
  costs.fill(far, 0, width + 2)
  if (work.steps.length < (n + 1) * width) work.steps = new Uint8Array(Math.max((n + 1) * width, work.steps.length * 2))
  const {steps} = work
  for (let column = m, index = m - n - low + 1; column >= Math.max(0, n + low); column--, index--) {
    costs[index] = (m - column) * weight
    steps[n * width + index - 1] = insertStep
  }
  for (let row = n - 1; row >= 0; row--) {
    const firstColumn = Math.max(0, row + low)
    let column = Math.min(m, row + high)
    const symbol = a[i + row]!
    let index = column - row - low + 1
    let right = far
    if (column === m) {
      right = (n - row) * weight
      costs[index] = right
      steps[row * width + index - 1] = deleteStep
      column--
      index--
    }
    for (let stepAt = row * width + index - 1; column >= firstColumn; column--, index--, stepAt--) {
      let best = costs[index]!
      let step = equalStep
      // Two equal tokens are matched on some best path: whatever else pairs one of them can be moved here for no more.
      if (symbol !== b[j + column]) {
        best += weight + 1
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
  let distance = 0
  for (let row = 0, column = 0; row < n || column < m; ) {
    const step = steps[row * width + column - row - low]!
    let length = 0
    do {
      if (step !== insertStep) row++
      if (step !== deleteStep) column++
      length++
    } while ((row < n || column < m) && steps[row * width + column - row - low] === step)
    emit(operations[step]!, length)
    if (step !== equalStep) distance += length
  }
  return distance
}
