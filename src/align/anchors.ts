import type {Range, Sides} from './distance.ts'

/** A cut: tokens of each side that stand before it. */
export interface Cut {
  readonly a: number
  readonly b: number
}

/** Tokens of an anchor, and least tokens between two cuts. */
export interface AnchorSize {
  readonly length: number
  readonly apart: number
}

/** Entries of the table of runs that stand for more than one place, or for none. */
const none = -1
const many = -2

/**
 * Find cuts through runs of tokens that occur once on each side, in the longest chain that ascends on both.
 *
 * Runs are tried where the hash of their first three tokens says so, about one
 * place in six, on both sides alike: as dense as word starts, but the same for scripts
 * without blanks. A cut lies in the middle of its run, so that errors at
 * its edges are settled by the pieces beside it.
 */
export function findCuts({a, b}: Sides, {aStart, aEnd, bStart, bEnd}: Range, {length, apart}: AnchorSize): Cut[] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, (aEnd - aStart) / 2)))
  const hashes = new Int32Array(size)
  const inA = new Int32Array(size).fill(none)
  const inB = new Int32Array(size).fill(none)
  let used = 0
  for (let i = aStart; i + length <= aEnd && used < size - 1; i++) {
    if (!isTried(a, i)) continue
    const hash = hashRun(a, i, length)
    let slot = hash & (size - 1)
    while (inA[slot] !== none && hashes[slot] !== hash) slot = (slot + 1) & (size - 1)
    if (inA[slot] === none) {
      hashes[slot] = hash
      inA[slot] = i
      used++
    } else {
      inA[slot] = many
    }
  }
  for (let j = bStart; j + length <= bEnd; j++) {
    if (!isTried(b, j)) continue
    const hash = hashRun(b, j, length)
    let slot = hash & (size - 1)
    while (inA[slot] !== none && hashes[slot] !== hash) slot = (slot + 1) & (size - 1)
    if (inA[slot] !== none) inB[slot] = inB[slot] === none ? j : many
  }
  const found: Cut[] = []
  for (let slot = 0; slot < size; slot++) {
    const i = inA[slot]!
    const j = inB[slot]!
    if (i >= 0 && j >= 0 && isSame(a, i, b, j, length)) found.push({a: i, b: j})
  }
  found.sort((one, other) => one.a - other.a)
  const half = length >> 1
  const cuts: Cut[] = []
  let last: Cut = {a: aStart, b: bStart}
  for (const run of longestChain(found)) {
    const cut = {a: run.a + half, b: run.b + half}
    if (cut.a - last.a < apart || cut.b - last.b < apart || aEnd - cut.a < apart || bEnd - cut.b < apart) continue
    cuts.push(cut)
    last = cut
  }
  return cuts
}

function isTried(tokens: Int32Array, at: number): boolean {
  const mixed = Math.imul(tokens[at]! + Math.imul(tokens[at + 1]!, 31) + Math.imul(tokens[at + 2]!, 961), 0x9e3779b1)
  return mixed >>> 16 < 0x2aaa
}

function hashRun(tokens: Int32Array, start: number, length: number): number {
  let hash = 0
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ (hash >>> 15) ^ tokens[i]!, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

function isSame(a: Int32Array, i: number, b: Int32Array, j: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (a[i + k] !== b[j + k]) return false
  return true
}

/** Longest subsequence ascending in `b` of runs that ascend in `a` (Fredman 1975). */
function longestChain(runs: readonly Cut[]): Cut[] {
  // `tails[k]` is the run that ends the chain of k + 1 with the least `b`.
  const tails: number[] = []
  const previous = new Int32Array(runs.length).fill(-1)
  for (let index = 0; index < runs.length; index++) {
    const {b} = runs[index]!
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (runs[tails[middle]!]!.b < b) low = middle + 1
      else high = middle
    }
    if (low > 0) previous[index] = tails[low - 1]!
    tails[low] = index
  }
  const chain: Cut[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index]!) chain.push(runs[index]!)
  return chain.reverse()
}
