/** A piece of both sides as interned symbols; `a` is the reference. */
export interface Piece {
  readonly a: Int32Array
  readonly b: Int32Array
  /** Symbols are less than this. */
  readonly symbols: number
}

/** A column of the matrix of distances, as the bit vectors of its band. */
export interface Column {
  /** Tokens of `b` before this column. */
  readonly at: number
  /** First and last block of 32 rows held. */
  readonly first: number
  readonly last: number
  readonly positive: Int32Array
  readonly negative: Int32Array
  /** Distance in the lowest row held. */
  readonly bottom: number
}

export interface Distance {
  /** Unit-cost Levenshtein distance; null where it is more than the limit. */
  readonly distance: number | null
  /** Every `spacing`-th column, counted from either end as asked. */
  readonly columns: readonly Column[]
}

/**
 * Measure the unit-cost Levenshtein distance if it is at most `limit`.
 *
 * Bit-parallel: one 32-bit word holds the differences of 32 rows of a column
 * (Myers, "A fast bit-vector algorithm for approximate string matching", J. ACM
 * 46, 1999; in blocks and for whole strings: Hyyrö, "A bit-vector algorithm for
 * computing Levenshtein and Damerau edit distances", Nordic J. Computing 10, 2003). Only blocks within the band that
 * a path of cost `limit` can reach are computed (Ukkonen 1985): a path through
 * diagonal δ = j - i costs at least |δ| + |m - n - δ|. What lies outside counts as
 * too dear, so values in the band are never too small, and right for every path within the limit.
 *
 * Time |b| × (limit / 32 + 1) steps, memory linear.
 *
 * @param at
 *   Columns to keep, ascending.
 */
export function measureDistance({a, b, symbols}: Piece, limit: number, at: readonly number[] = []): Distance {
  const n = a.length
  const m = b.length
  const surplus = m - n
  if (Math.abs(surplus) > limit) return {distance: null, columns: []}
  if (n === 0) return {distance: m, columns: []}
  const reach = Math.floor((limit - Math.abs(surplus)) / 2)
  const low = Math.min(0, surplus) - reach
  const high = Math.max(0, surplus) + reach
  const blocks = (n + 31) >>> 5
  const finalBit = (n - 1) & 31
  const equal = indexPattern(a, blocks, symbols)
  const {rowOf, rows, listStart, list, scratch} = equal
  const positive = new Int32Array(blocks).fill(-1)
  const negative = new Int32Array(blocks)
  const columns: Column[] = []
  let last = -1
  let bottom = 0
  let next = 0
  for (let j = 1; j <= m; j++) {
    const first = Math.max(0, j - high - 1) >>> 5
    const reachable = (Math.min(n, Math.max(1, j - low)) - 1) >>> 5
    // A block that comes in begins as the column before plus one a row, which a path downwards can always have.
    while (last < reachable) {
      last++
      bottom += last === blocks - 1 ? finalBit + 1 : 32
    }
    const symbol = b[j - 1]!
    const row = rowOf[symbol]!
    let words = rows
    let offset = row * blocks
    if (row < 0) {
      words = scratch
      offset = 0
      mark(scratch, list, listStart, symbol, first, last)
    }
    let carry = 1
    for (let block = first; block <= last; block++) {
      let eq = words[offset + block]!
      const pv = positive[block]!
      const mv = negative[block]!
      const xv = eq | mv
      if (carry < 0) eq |= 1
      const xh = (((eq & pv) + pv) ^ pv) | eq
      let ph = mv | ~(xh | pv)
      let mh = pv & xh
      const bit = block === blocks - 1 ? finalBit : 31
      const out = ((ph >>> bit) & 1) - ((mh >>> bit) & 1)
      ph <<= 1
      mh <<= 1
      if (carry > 0) ph |= 1
      else if (carry < 0) mh |= 1
      positive[block] = mh | ~(xv | ph)
      negative[block] = ph & xv
      carry = out
    }
    bottom += carry
    if (row < 0) unmark(scratch, list, listStart, symbol, first, last)
    if (next < at.length && at[next] === j) {
      next++
      columns.push({
        at: j,
        first,
        last,
        positive: positive.slice(first, last + 1),
        negative: negative.slice(first, last + 1),
        bottom,
      })
    }
  }
  return {distance: m === 0 ? n : bottom <= limit ? bottom : null, columns}
}

/** Write the distances of a column into `values`, from row `32 * first` on; returns how many rows they are. */
export function readColumn(column: Column, rowCount: number, values: Int32Array): number {
  const top = column.first * 32
  const end = Math.min(rowCount, (column.last + 1) * 32)
  let value = column.bottom
  for (let row = end; row > top; row--) {
    values[row - top] = value
    const word = ((row - 1) >>> 5) - column.first
    const bit = (row - 1) & 31
    value -= ((column.positive[word]! >>> bit) & 1) - ((column.negative[word]! >>> bit) & 1)
  }
  values[0] = value
  return end - top + 1
}

/** Where each symbol stands in the pattern. */
interface PatternIndex {
  /** Row of bit masks of a frequent symbol; -1 for a symbol that is listed. */
  readonly rowOf: Int32Array
  readonly rows: Int32Array
  /** Positions of the others, ascending, by symbol. */
  readonly listStart: Int32Array
  readonly list: Int32Array
  readonly scratch: Int32Array
}

/**
 * Index a pattern in linear memory.
 *
 * A full table of masks would take symbols × blocks words, too many where tokens are words: so
 * only symbols that stand in at least a quarter as many places as there are blocks get
 * a row, at most 128 of them; the others are listed and marked when met.
 */
function indexPattern(a: Int32Array, blocks: number, symbols: number): PatternIndex {
  const listStart = new Int32Array(symbols + 1)
  for (const symbol of a) listStart[symbol + 1]!++
  const rowOf = new Int32Array(symbols).fill(-1)
  let rowCount = 0
  for (let symbol = 0; symbol < symbols; symbol++) {
    const times = listStart[symbol + 1]!
    if (times > 0 && times * 4 >= blocks) {
      rowOf[symbol] = rowCount++
      listStart[symbol + 1] = 0
    }
  }
  for (let symbol = 0; symbol < symbols; symbol++) listStart[symbol + 1]! += listStart[symbol]!
  const rows = new Int32Array(rowCount * blocks)
  const list = new Int32Array(listStart[symbols]!)
  const fill = listStart.slice()
  for (let i = 0; i < a.length; i++) {
    const symbol = a[i]!
    const row = rowOf[symbol]!
    if (row >= 0) rows[row * blocks + (i >>> 5)]! |= 1 << (i & 31)
    else list[fill[symbol]!++] = i
  }
  return {rowOf, rows, listStart, list, scratch: new Int32Array(blocks)}
}

function mark(
  scratch: Int32Array,
  list: Int32Array,
  listStart: Int32Array,
  symbol: number,
  first: number,
  last: number,
): void {
  const end = listStart[symbol + 1]!
  for (let k = listStart[symbol]!; k < end; k++) {
    const position = list[k]!
    const block = position >>> 5
    if (block > last) break
    if (block >= first) scratch[block]! |= 1 << (position & 31)
  }
}

function unmark(
  scratch: Int32Array,
  list: Int32Array,
  listStart: Int32Array,
  symbol: number,
  first: number,
  last: number,
): void {
  const end = listStart[symbol + 1]!
  for (let k = listStart[symbol]!; k < end; k++) {
    const block = list[k]! >>> 5
    if (block > last) break
    if (block >= first) scratch[block] = 0
  }
}
