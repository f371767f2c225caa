import type {Alignment} from '../../model.ts'

/** A run of equal tokens. */
export interface MatchedRun {
  readonly reference: number
  readonly hypothesis: number
  readonly length: number
}

/** What a run of tokens was matched with; what lies between two matches was not. */
export interface IsriPath {
  readonly a: Int32Array
  readonly b: Int32Array
  /** Words are inserted and deleted only; characters may be replaced as well. */
  readonly replaces: boolean
}

/** Entries kept for one stretch; ocreval keeps all, and needs memory quadratic in the errors. */
const mostEntries = 2 ** 26

/**
 * Match two texts as ISRI's tools do, ties included.
 *
 * Ukkonen, "Algorithms for approximate string matching", 1985, by diagonals:
 * for each number of errors, the furthest row each diagonal reaches. Of several
 * ways to reach a row the one from the higher diagonal is taken (a deletion before
 * a replacement before an insertion). It is a least-cost path, so its errors are
 * the Levenshtein distance; which errors they are hangs on the ties.
 *
 * @param alignment
 *   Of the same tokens. Where the diagonals of all would take too much memory, the
 *   texts are cut in the middle of its long matches, and ties near a cut may fall otherwise than in ISRI's tools.
 */
export function matchIsri({a, b, replaces}: IsriPath, alignment: Alignment): readonly MatchedRun[] {
  const runs: MatchedRun[] = []
  let from = {a: 0, b: 0}
  const add = (to: {a: number; b: number}): void => {
    for (const run of matchStretch(a.subarray(from.a, to.a), b.subarray(from.b, to.b), replaces)) {
      const last = runs.at(-1)
      const reference = run.reference + from.a
      const hypothesis = run.hypothesis + from.b
      const continues =
        last !== undefined && last.reference + last.length === reference && last.hypothesis + last.length === hypothesis
      if (continues) runs[runs.length - 1] = {...last, length: last.length + run.length}
      else runs.push({reference, hypothesis, length: run.length})
    }
    from = to
  }
  if (alignment.distance ** 2 * 2 > mostEntries) {
    for (const {operation, reference, hypothesis} of alignment.chunks) {
      const length = reference.end - reference.start
      const middle = {a: reference.start + (length >> 1), b: hypothesis.start + (length >> 1)}
      if (operation === 'equal' && length >= 8 && middle.a - from.a > 4000) add(middle)
    }
  }
  add({a: a.length, b: b.length})
  return runs
}

function matchStretch(a: Int32Array, b: Int32Array, replaces: boolean): MatchedRun[] {
  const m = a.length
  const n = b.length
  // rows[p][k + p] is the furthest row of diagonal k with p errors; -1 where there is none.
  const rows: Int32Array[] = []
  const reach = (p: number, k: number): {row: number; from: number} => {
    let row = p === 0 && k === 0 ? 0 : -1
    let from = k
    if (p === 0) return {row, from}
    const before = rows[p - 1]!
    for (let diagonal = k - 1; diagonal <= k + 1; diagonal++) {
      if (diagonal === k && !replaces) continue
      if (Math.abs(diagonal) > p - 1) continue
      const start = before[diagonal + p - 1]!
      const next = start + (diagonal >= k ? 1 : 0)
      if (start < 0 || next > m || next + k > n || next + k < 0 || next < row) continue
      row = next
      from = diagonal
    }
    return {row, from}
  }
  let found = false
  for (let p = 0; !found; p++) {
    const reached = new Int32Array(2 * p + 1).fill(-1)
    rows.push(reached)
    for (let k = Math.max(-p, -m); k <= Math.min(p, n); k++) {
      let {row} = reach(p, k)
      if (row < 0) continue
      while (row < m && row + k < n && a[row] === b[row + k]) row++
      reached[k + p] = row
      if (row === m && k === n - m) found = true
    }
  }
  const runs: MatchedRun[] = []
  let k = n - m
  for (let p = rows.length - 1; p >= 0; p--) {
    const end = rows[p]![k + p]!
    const {row, from} = reach(p, k)
    if (end > row) runs.push({reference: row, hypothesis: row + k, length: end - row})
    k = from
  }
  return runs.reverse()
}
