import {advance, clearPattern, indexPattern, mark, unmark, type Workspace} from './distance.ts'

/**
 * A path through both sides, by blocks of 32 tokens of `a`: where it stands, and
 * what it has cost, when it first reaches token 32 × block; one entry more for the end.
 */
export interface Course {
  readonly columns: Int32Array
  readonly costs: Int32Array
}

/** Cells of the path whose lower bound is asked for, ascending. */
export interface Station {
  readonly a: number
  readonly b: number
}

export interface Certificate {
  /** No alignment of the two sides costs less than this. */
  readonly bound: number
  /** The same for the parts before each station. */
  readonly stations: readonly number[]
  /** Columns on either side of the path that were computed. */
  readonly margin: number
}

const far = 2 ** 29

/**
 * Prove a lower bound for the cost of every alignment, in a band around a given path.
 *
 * In the band, distances are computed exactly. Paths may leave the band, so what
 * its edges are fed with is not "too dear" but the least a path can have cost
 * that comes back there. Two facts bound that. A path outside has left the band
 * somewhere, and cost no less there than the value at that edge. And while it
 * passes 32 tokens of `a` outside, it pays one edit at least for every seed (8
 * characters, 2 words) of them that does not occur in that part of `b`: disjoint
 * seeds that are not matched whole cost one each. (The seed heuristic of Groot Koerkamp and
 * Ivanov, "Exact global alignment using A* with chaining seed heuristic and match
 * pruning", Bioinformatics 40, 2024, here as the boundary of a bit-parallel band.)
 * Distances of neighbouring cells differ by one at most, so an edge that is too high sinks by one a column.
 *
 * Where the bound reaches the cost of a known path, that path is least. The band
 * is made as wide as it must be for that, as far as `steps` allow: a detour saves at most what the path pays beyond the
 * seeds, and pays the way out and back.
 *
 * @param cost
 *   Cost of the known path; dearer ones need no bound.
 * @param seedLengths
 *   Tokens of a seed, 1 to 32 each; the first alone is tried first, as it costs less.
 */
export function certify(
  work: Workspace,
  {columns, costs}: Course,
  cost: number,
  stations: readonly Station[],
  seedLengths: readonly number[],
  leastMargin: number,
  steps: number,
): Certificate | null {
  const {a, b} = work
  const n = a.length
  const m = b.length
  const blocks = columns.length - 1
  let seeds = findSeeds(work, columns, cost, seedLengths.slice(0, 1), leastMargin)
  let saved = mostSaved(costs, seeds)
  const widest = (steps / m - 2) * 16
  if (saved > leastMargin) {
    // Seeds of other lengths are at most half as many again: where that cannot help, do not look for them.
    if ((saved - sumOnes(seeds.starts) / 2) * 0.5 > widest) return null
    seeds = findSeeds(work, columns, cost, seedLengths, leastMargin)
    saved = mostSaved(costs, seeds)
  }
  const {starts, ends} = seeds
  const margin = Math.max(leastMargin, Math.ceil(saved * 0.65 + leastMargin / 4))
  if (margin > widest) return null

  const {placeOf, rows, list, scratch, positive, negative} = indexPattern(work, 0, 1, n)
  const lastBit = (n - 1) & 31
  const bounds: number[] = []
  let first = 0
  let last = -1
  // Column 0 is known: every row costs one more.
  let bottom = 0
  /** Least cost at the top edge of a path outside, and the value the edge is fed with. */
  let above = far
  let top = 0
  /** Least cost at the bottom edge of a path that passed it outside, or from within the band so far. */
  let below = far
  let lowest = far
  /** Take in the next block as column `j - 1` at least is there: sinking by one a row to what a path outside can have cost. */
  const enter = (): void => {
    last++
    let least = Math.min(below, lowest)
    let rises = 0
    let sinks = 0
    const height = last === blocks - 1 ? lastBit + 1 : 32
    for (let bit = 0; bit < height; bit++) {
      if ((ends[last]! >>> bit) & 1) least++
      if (bottom > least) {
        sinks |= 1 << bit
        bottom--
      } else if (bottom < least) {
        rises |= 1 << bit
        bottom++
      }
    }
    positive[last] = rises
    negative[last] = sinks
    below = least
    lowest = bottom
  }
  while (last + 1 < blocks && columns[last + 1]! - margin <= 1) {
    last++
    positive[last] = -1
    negative[last] = 0
    bottom += last === blocks - 1 ? lastBit + 1 : 32
    lowest = bottom
  }
  let station = 0
  for (let j = 1; j <= m; j++) {
    while (last + 1 < blocks && columns[last + 1]! - margin <= j) enter()
    while (first < last && columns[first + 1]! + margin < j) {
      // A path that leaves from within the block has yet to pass the seeds that begin below.
      let ahead = ones(starts[first]!)
      above = Math.min(above, top) + ahead
      for (let bit = 0; bit < 32; bit++) {
        top += ((positive[first]! >>> bit) & 1) - ((negative[first]! >>> bit) & 1)
        ahead -= (starts[first]! >>> bit) & 1
        if (top + ahead < above) above = top + ahead
      }
      first++
    }
    const carry = first === 0 || top < above ? 1 : top > above ? -1 : 0
    top += carry
    const known = placeOf[b[j - 1]!]!
    let words = rows
    let offset = (known - 1) * blocks
    if (known <= 0) {
      words = scratch
      offset = 0
      if (known < 0) mark(list, -known - 1, scratch, first, last)
    }
    bottom += advance(words, offset, positive, negative, first, last, last === blocks - 1 ? lastBit : 31, carry)
    if (bottom < lowest) lowest = bottom
    if (known < 0) unmark(list, -known - 1, scratch, last)
    for (; station < stations.length && stations[station]!.b === j; station++) {
      bounds.push(bottom - rise(positive, negative, stations[station]!.a, last, last === blocks - 1 ? lastBit : 31))
    }
  }
  clearPattern(work, 0, n)
  return {bound: bottom, stations: bounds, margin}
}

/** Sum the differences of a column from below row `row` to its lowest row. */
function rise(positive: Int32Array, negative: Int32Array, row: number, last: number, lowestBit: number): number {
  let sum = 0
  for (let block = last; block >= row >>> 5; block--) {
    const upTo = block === last ? (lowestBit === 31 ? -1 : (1 << (lowestBit + 1)) - 1) : -1
    const from = block === row >>> 5 ? -1 << (row & 31) : -1
    sum += ones(positive[block]! & upTo & from) - ones(negative[block]! & upTo & from)
  }
  return sum
}

/** Count the one bits of a word. */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The seeds of each block of 32 tokens, as bits of their first and last tokens. */
interface Seeds {
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** The dearest stretch of the path, seeds taken off: what a detour can save. */
function mostSaved(costs: Int32Array, {starts}: Seeds): number {
  let saved = 0
  let most = 0
  for (let block = 0; block < starts.length; block++) {
    saved = Math.max(0, saved + costs[block + 1]! - costs[block]! - ones(starts[block]!))
    most = Math.max(most, saved)
  }
  return most
}

/**
 * Find, in each block of 32 tokens of `a`, as many disjoint seeds as there are of the given lengths.
 *
 * A path that costs at most `cost` stays on diagonals δ with |δ| + |m - n - δ| <=
 * cost, so a run of tokens is a seed if it occurs nowhere in `b` on those
 * diagonals but near the path.
 */
function findSeeds(
  {a, b}: Workspace,
  columns: Int32Array,
  cost: number,
  lengths: readonly number[],
  margin: number,
): Seeds {
  const n = a.length
  const blocks = columns.length - 1
  const bits = Math.min(22, Math.max(12, Math.ceil(Math.log2(Math.min(b.length, cost + 64))) + 4))
  const inA = hashSeeds(a, lengths, bits)
  const inB = hashSeeds(b, lengths, bits)
  const times = cost < 60_000 ? new Uint16Array(2 ** bits) : new Int32Array(2 ** bits)
  const absent = lengths.map((length, index) => {
    times.fill(0)
    return findAbsent(inA[index]!, inB[index]!, length, columns, {n, m: b.length, cost, margin}, times)
  })
  const starts = new Int32Array(blocks)
  const ends = new Int32Array(blocks)
  for (let block = 0; block < blocks; block++) {
    // The seed that ends first leaves the most room for others.
    let free = 0
    for (let end = 1; end <= 32; end++) {
      for (let index = 0; index < lengths.length; index++) {
        const start = end - lengths[index]!
        if (start < free || ((absent[index]![block]! >>> (end - 1)) & 1) === 0) continue
        starts[block] = starts[block]! | (1 << start)
        ends[block] = ends[block]! | (1 << (end - 1))
        free = end
        break
      }
    }
  }
  return {starts, ends}
}

/**
 * Find the runs of one length that are seeds, by block of `a`, as bits of their last tokens.
 *
 * Places of `b` enter and leave a table of hashes as the blocks go by; two runs of one hash can only make seeds fewer.
 *
 * @param times
 *   By hash, all 0: how often it occurs in `b` where a path may pass outside of the band.
 */
function findAbsent(
  inA: Int32Array,
  inB: Int32Array,
  length: number,
  columns: Int32Array,
  {n, m, cost, margin}: {readonly n: number; readonly m: number; readonly cost: number; readonly margin: number},
  times: Int32Array | Uint16Array,
): Int32Array {
  const blocks = columns.length - 1
  const low = Math.ceil((m - n - cost) / 2)
  const high = Math.floor((m - n + cost) / 2)
  const most = inB.length
  const absent = new Int32Array(blocks)
  // [leftFrom, leftTo) lies before the band, [rightFrom, rightTo) after it; all four only move on.
  let [leftFrom, leftTo, rightFrom, rightTo] = [0, 0, 0, 0]
  for (let block = 0; block < blocks; block++) {
    const row = block * 32
    const isLast = block === blocks - 1
    const right = isLast ? most : place(row + 32 + high, most)
    rightTo = recount(inB, times, rightTo, right, 1)
    const passed = isLast ? most : Math.min(right, place(columns[block + 1]! + margin - 1, most))
    rightFrom = recount(inB, times, rightFrom, passed, -1)
    leftTo = recount(inB, times, leftTo, place(columns[block]! - margin + 2, most), 1)
    leftFrom = recount(inB, times, leftFrom, Math.min(leftTo, place(row + low, most)), -1)
    const last = Math.min(row + 32, n) - length
    let word = 0
    for (let start = row; start <= last; start++) {
      if (times[inA[start]!] === 0) word |= 1 << (start - row + length - 1)
    }
    absent[block] = word
  }
  return absent
}

/** Count the places from one to another in or out; returns how far that went. */
function recount(
  hashes: Int32Array,
  times: Int32Array | Uint16Array,
  from: number,
  to: number,
  change: number,
): number {
  for (let at = from; at < to; at++) times[hashes[at]!]! += change
  return Math.max(from, to)
}

function place(at: number, most: number): number {
  return Math.max(0, Math.min(most, at))
}

function sumOnes(words: Int32Array): number {
  let sum = 0
  for (const word of words) sum += ones(word)
  return sum
}

/** Hash the runs of each length at every place: the hash of a longer run goes on from that of a shorter one. */
function hashSeeds(tokens: Int32Array, lengths: readonly number[], bits: number): Int32Array[] {
  const hashes = lengths.map(length => new Int32Array(Math.max(0, tokens.length - length + 1)))
  const byLength = lengths.map((length, index) => ({length, index})).sort((one, other) => one.length - other.length)
  for (let start = 0; start < tokens.length; start++) {
    let hash = 0
    let at = start
    for (const {length, index} of byLength) {
      const end = start + length
      if (end > tokens.length) break
      for (; at < end; at++) hash = Math.imul(hash ^ (hash >>> 15) ^ tokens[at]!, 0x2c1b3c6d)
      hashes[index]![start] = (hash ^ (hash >>> 13)) >>> (32 - bits)
    }
  }
  return hashes
}
