/** Both sides as interned symbols; `a` is the reference. */
export interface Sides {
  readonly a: Int32Array
  readonly b: Int32Array
  /** Every symbol is less than this. */
  readonly symbols: number
}

/** A part of both sides. */
export interface Range {
  readonly aStart: number
  readonly aEnd: number
  readonly bStart: number
  readonly bEnd: number
}

/** Memory used again for every part of one alignment: texts have thousands of parts, and most are small. */
export interface Workspace extends Sides {
  /** By symbol: 0 not in the pattern, r > 0 its masks are row r - 1, l < 0 its places are listed from -l - 1 on. */
  readonly placeOf: Int32Array
  readonly timesOf: Int32Array
  rows: Int32Array
  list: Int32Array
  scratch: Int32Array
  positive: Int32Array
  negative: Int32Array
  readonly forward: Columns
  readonly backward: Columns
  /** One row of the table of a stretch, and the steps of all its cells. */
  costs: Int32Array
  steps: Uint8Array
}

/** Columns of the matrix of distances that were kept, as the bit vectors of their bands. */
export interface Columns {
  count: number
  /** First and last block of 32 rows held. */
  first: Int32Array
  last: Int32Array
  /** Distance in the lowest row held. */
  bottom: Int32Array
  /** Where the blocks of each column begin in `positive` and `negative`. */
  offset: Int32Array
  positive: Int32Array
  negative: Int32Array
}

/** Columns between two that are kept. */
export const spacing = 64

export function createWorkspace(sides: Sides): Workspace {
  return {
    ...sides,
    placeOf: new Int32Array(sides.symbols),
    timesOf: new Int32Array(sides.symbols),
    rows: new Int32Array(1024),
    list: new Int32Array(1024),
    scratch: new Int32Array(64),
    positive: new Int32Array(64),
    negative: new Int32Array(64),
    forward: createColumns(),
    backward: createColumns(),
    costs: new Int32Array(256),
    steps: new Uint8Array(4096),
  }
}

/**
 * Measure the unit-cost Levenshtein distance of a part if it is at most `limit`; null where it is more.
 *
 * Bit-parallel: one 32-bit word holds the differences of 32 rows of a column
 * (Myers, "A fast bit-vector algorithm for approximate string matching", J. ACM
 * 46, 1999; in blocks and for whole strings: Hyyrö, "A bit-vector algorithm for
 * computing Levenshtein and Damerau edit distances", Nordic J. Computing 10, 2003).
 * Only the blocks that a path of cost `limit` can reach are computed (Ukkonen
 * 1985): a path through diagonal δ = j - i costs at least |δ| + |m - n - δ|.
 * What lies outside counts as too dear, so values in the band are never too
 * small, and right for every path within the limit.
 *
 * Time |b| × (limit / 32 + 1) steps, memory linear.
 *
 * @param direction
 *   `backward` reads both sides from their ends.
 * @param keeps
 *   Keep the columns that lie a multiple of `spacing` from the start of `b`, in `work.forward` or `work.backward`.
 */
export function measureDistance(
  work: Workspace,
  {aStart, aEnd, bStart, bEnd}: Range,
  limit: number,
  direction: 'forward' | 'backward' = 'forward',
  keeps = false,
): number | null {
  const n = aEnd - aStart
  const m = bEnd - bStart
  const columns = work[direction]
  columns.count = 0
  const surplus = m - n
  if (Math.abs(surplus) > limit) return null
  if (n === 0 || m === 0) return n + m
  const reach = Math.floor((limit - Math.abs(surplus)) / 2)
  const low = Math.min(0, surplus) - reach
  const high = Math.max(0, surplus) + reach
  const blocks = (n + 31) >>> 5
  const lastBit = (n - 1) & 31
  const forward = direction === 'forward'
  const stepB = forward ? 1 : -1
  const {b} = work
  const pattern = indexPattern(work, forward ? aStart : aEnd - 1, forward ? 1 : -1, n)
  const {placeOf, rows, list, scratch, positive, negative} = pattern
  positive.fill(-1, 0, blocks)
  negative.fill(0, 0, blocks)
  const phase = forward ? 0 : m % spacing
  let last = -1
  let bottom = 0
  let at = forward ? bStart : bEnd - 1
  for (let j = 1; j <= m; j++, at += stepB) {
    const first = j - high - 1 > 0 ? (j - high - 1) >>> 5 : 0
    const reachable = (Math.min(n, Math.max(1, j - low)) - 1) >>> 5
    // A block that comes in begins as the column before plus one a row, which a path downwards can always have.
    while (last < reachable) bottom += ++last === blocks - 1 ? lastBit + 1 : 32
    const place = placeOf[b[at]!]!
    let words = rows
    let offset = (place - 1) * blocks
    if (place <= 0) {
      words = scratch
      offset = 0
      if (place < 0) mark(list, -place - 1, scratch, first, last)
    }
    bottom += advance(words, offset, positive, negative, first, last, last === blocks - 1 ? lastBit : 31, 1)
    if (place < 0) unmark(list, -place - 1, scratch, last)
    if (keeps && (j - phase) % spacing === 0 && j < m) keep(columns, first, last, bottom, positive, negative)
  }
  clearPattern(work, aStart, aEnd)
  return bottom <= limit ? bottom : null
}

/**
 * Move a band one column on; returns the change of its lowest row.
 *
 * @param lowestBit
 *   Bit of the last block that is the band's lowest row.
 * @param carry
 *   Change of the row above the band: 1, 0 or -1.
 */
export function advance(
  words: Int32Array,
  offset: number,
  positive: Int32Array,
  negative: Int32Array,
  first: number,
  last: number,
  lowestBit: number,
  carry: number,
): number {
  let up = carry > 0 ? 1 : 0
  let down = carry < 0 ? 1 : 0
  for (let block = first; block < last; block++) {
    const pv = positive[block]!
    const mv = negative[block]!
    const eq = words[offset + block]!
    const xv = eq | mv
    const met = eq | down
    const xh = (((met & pv) + pv) ^ pv) | met
    let ph = mv | ~(xh | pv)
    let mh = pv & xh
    const out = ph >>> 31
    ph = (ph << 1) | up
    up = out
    const outDown = mh >>> 31
    mh = (mh << 1) | down
    down = outDown
    positive[block] = mh | ~(xv | ph)
    negative[block] = ph & xv
  }
  const pv = positive[last]!
  const mv = negative[last]!
  const eq = words[offset + last]!
  const xv = eq | mv
  const met = eq | down
  const xh = (((met & pv) + pv) ^ pv) | met
  let ph = mv | ~(xh | pv)
  let mh = pv & xh
  const change = ((ph >>> lowestBit) & 1) - ((mh >>> lowestBit) & 1)
  ph = (ph << 1) | up
  mh = (mh << 1) | down
  positive[last] = mh | ~(xv | ph)
  negative[last] = ph & xv
  return change
}

/** Write the distances of a kept column into `values`, from row `32 * first` on; returns how many rows they are. */
export function readColumn(columns: Columns, index: number, rowCount: number, values: Int32Array): number {
  const first = columns.first[index]!
  const offset = columns.offset[index]! - first
  const top = first * 32
  const end = Math.min(rowCount, (columns.last[index]! + 1) * 32)
  let value = columns.bottom[index]!
  for (let row = end; row > top; row--) {
    values[row - top] = value
    const block = offset + ((row - 1) >>> 5)
    const bit = (row - 1) & 31
    value += ((columns.negative[block]! >>> bit) & 1) - ((columns.positive[block]! >>> bit) & 1)
  }
  values[0] = value
  return end - top + 1
}

/** Return an array that holds at least `length`, with what it held: twice as long where it was too short. */
export function atLeast(array: Int32Array, length: number): Int32Array {
  if (array.length >= length) return array
  const longer = new Int32Array(Math.max(length, array.length * 2))
  longer.set(array)
  return longer
}

function createColumns(): Columns {
  const create = (): Int32Array => new Int32Array(64)
  return {
    count: 0,
    first: create(),
    last: create(),
    bottom: create(),
    offset: create(),
    positive: create(),
    negative: create(),
  }
}

function keep(
  columns: Columns,
  first: number,
  last: number,
  bottom: number,
  positive: Int32Array,
  negative: Int32Array,
): void {
  const index = columns.count++
  const before = index === 0 ? 0 : columns.offset[index - 1]! + columns.last[index - 1]! - columns.first[index - 1]! + 1
  columns.first = atLeast(columns.first, index + 1)
  columns.last = atLeast(columns.last, index + 1)
  columns.bottom = atLeast(columns.bottom, index + 1)
  columns.offset = atLeast(columns.offset, index + 1)
  columns.positive = atLeast(columns.positive, before + last - first + 1)
  columns.negative = atLeast(columns.negative, before + last - first + 1)
  columns.first[index] = first
  columns.last[index] = last
  columns.bottom[index] = bottom
  columns.offset[index] = before
  for (let block = first; block <= last; block++) {
    columns.positive[before + block - first] = positive[block]!
    columns.negative[before + block - first] = negative[block]!
  }
}

/**
 * Note where each symbol stands in a pattern of `n` tokens, in linear memory.
 *
 * A full table of masks would take symbols × blocks words, too many where tokens
 * are words: so only symbols that stand in at least a quarter as many places as
 * there are blocks get a row, at most 128 of them; the places of the others are
 * listed, after their number and the number of those already passed, and marked when the symbol is met.
 */
export function indexPattern(work: Workspace, start: number, step: number, n: number): Workspace {
  const {a, placeOf, timesOf} = work
  const blocks = (n + 31) >>> 5
  const end = start + step * n
  for (let at = start; at !== end; at += step) timesOf[a[at]!]!++
  let rowCount = 0
  let listed = 0
  for (let at = start; at !== end; at += step) {
    const symbol = a[at]!
    if (placeOf[symbol] !== 0) continue
    if (timesOf[symbol]! * 4 >= blocks) {
      placeOf[symbol] = ++rowCount
    } else {
      work.list = atLeast(work.list, listed + 2)
      work.list[listed] = 0
      work.list[listed + 1] = 0
      placeOf[symbol] = -1 - listed
      listed += 2 + timesOf[symbol]!
    }
  }
  work.rows = atLeast(work.rows, rowCount * blocks)
  work.list = atLeast(work.list, listed)
  work.scratch = atLeast(work.scratch, blocks)
  work.positive = atLeast(work.positive, blocks)
  work.negative = atLeast(work.negative, blocks)
  const {rows, list} = work
  rows.fill(0, 0, rowCount * blocks)
  for (let at = start, i = 0; i < n; at += step, i++) {
    const place = placeOf[a[at]!]!
    if (place > 0) {
      const word = (place - 1) * blocks + (i >>> 5)
      rows[word] = rows[word]! | (1 << (i & 31))
    } else {
      const head = -place - 1
      const filled = list[head]!
      list[head] = filled + 1
      list[head + 2 + filled] = i
    }
  }
  return work
}

/** Forget the symbols of a pattern, in time of its length. */
export function clearPattern({a, placeOf, timesOf}: Workspace, aStart: number, aEnd: number): void {
  for (let at = aStart; at < aEnd; at++) {
    placeOf[a[at]!] = 0
    timesOf[a[at]!] = 0
  }
}

/** Set the bits of a listed symbol in the blocks of the band, which may only move on from one call to the next. */
export function mark(list: Int32Array, head: number, scratch: Int32Array, first: number, last: number): void {
  const start = head + 2
  const end = start + list[head]!
  let k = start + list[head + 1]!
  while (k < end && list[k]! >>> 5 < first) k++
  list[head + 1] = k - start
  for (; k < end && list[k]! >>> 5 <= last; k++) {
    const block = list[k]! >>> 5
    scratch[block] = scratch[block]! | (1 << (list[k]! & 31))
  }
}

/** Take back what `mark` set. */
export function unmark(list: Int32Array, head: number, scratch: Int32Array, last: number): void {
  const start = head + 2
  const end = start + list[head]!
  for (let k = start + list[head + 1]!; k < end && list[k]! >>> 5 <= last; k++) scratch[list[k]! >>> 5] = 0
}
