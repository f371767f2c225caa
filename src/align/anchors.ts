import type {Piece} from './distance.ts'

/** A place where both sides hold the same tokens, found nowhere else on either. */
export interface Anchor {
  readonly a: number
  readonly b: number
}

/** Tokens of an anchor, and least tokens between two cuts. */
export interface AnchorSize {
  readonly length: number
  readonly apart: number
}

/**
 * Find cuts: runs of tokens that occur once on each side, in the longest chain that ascends on both.
 *
 * Runs are tried where the hash of two tokens says so, on both sides alike: about
 * one place in four, whatever the language, blanks or none. A cut lies in the
 * middle of its run, so that errors at its edges are settled by the pieces beside it.
 */
export function findAnchors({a, b}: Piece, {length, apart}: AnchorSize): Anchor[] {
  const unique = new Map<number, {a: number; b: number}>()
  const half = length >> 1
  for (let i = 0; i + length <= a.length; i++) {
    if (!isTried(a, i)) continue
    const hash = hashRun(a, i, length)
    const entry = unique.get(hash)
    if (entry === undefined) unique.set(hash, {a: i, b: -1})
    else entry.a = -1
  }
  for (let j = 0; j + length <= b.length; j++) {
    if (!isTried(b, j)) continue
    const entry = unique.get(hashRun(b, j, length))
    if (entry !== undefined) entry.b = entry.b === -1 ? j : -2
  }
  const found: Anchor[] = []
  for (const {a: i, b: j} of unique.values()) {
    if (i >= 0 && j >= 0 && isSame(a, i, b, j, length)) found.push({a: i, b: j})
  }
  const chain = longestChain(found)
  const cuts: Anchor[] = []
  let lastA = 0
  let lastB = 0
  for (const anchor of chain) {
    const cut = {a: anchor.a + half, b: anchor.b + half}
    if (cut.a - lastA < apart || cut.b - lastB < apart) continue
    cuts.push(cut)
    lastA = cut.a
    lastB = cut.b
  }
  return cuts
}

function isTried(tokens: Int32Array, at: number): boolean {
  return ((Math.imul(tokens[at]! * 31 + tokens[at + 1]! + 7, 0x9e3779b1) >>> 28) & 3) === 0
}

function hashRun(tokens: Int32Array, start: number, length: number): number {
  let hash = 0
  for (let i = start; i < start + length; i++) hash = Math.imul(hash, 0x01000193) + tokens[i]! + (hash >>> 15)
  return hash | 0
}

function isSame(a: Int32Array, i: number, b: Int32Array, j: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (a[i + k] !== b[j + k]) return false
  return true
}

/** Longest subsequence ascending in `b`; `anchors` ascend in `a` (Fredman 1975). */
function longestChain(anchors: readonly Anchor[]): Anchor[] {
  // `tails[k]` is the anchor that ends the chain of k + 1 with the least `b`.
  const tails: number[] = []
  const previous = new Int32Array(anchors.length).fill(-1)
  for (let index = 0; index < anchors.length; index++) {
    const {b} = anchors[index]!
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (anchors[tails[middle]!]!.b < b) low = middle + 1
      else high = middle
    }
    if (low > 0) previous[index] = tails[low - 1]!
    tails[low] = index
  }
  const chain: Anchor[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index]!) chain.push(anchors[index]!)
  return chain.reverse()
}
