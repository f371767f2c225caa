import {similarity} from './distance.ts'
import type {Letters} from './letters.ts'

/** A part of a stamp must share this many letters with a line, less what differs, to be worth a look. */
const leastScore = 7

/**
 * Find the part of a stamp that a line holds (local alignment, Smith and Waterman 1981).
 *
 * A stamp's lines break anywhere, and their ends are often lost: `HEREIN IS`,
 * `NO OBJECTION DECLASSIFICATION AND/OR`.
 *
 * @returns
 *   Letters `[start, end)` of the line and how many of them differ; null for no part worth a look.
 */
export function findStampPart(
  stamp: readonly number[],
  letters: Letters,
): {readonly start: number; readonly end: number; readonly cost: number} | null {
  const {codes} = letters
  let row: number[] = new Array<number>(stamp.length + 1).fill(0)
  let rowStarts: number[] = new Array<number>(stamp.length + 1).fill(0)
  let best = {score: 0, start: 0, end: 0}
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0
    const next: number[] = [0]
    const nextStarts: number[] = [index + 1]
    for (let column = 1; column <= stamp.length; column++) {
      const diagonal = (row[column - 1] ?? 0) + similarity(stamp[column - 1] ?? 0, code)
      const skipped = Math.max((row[column] ?? 0) - 1.2, (next[column - 1] ?? 0) - 1.2)
      if (diagonal <= 0 && skipped <= 0) {
        next.push(0)
        nextStarts.push(index + 1)
      } else if (diagonal >= skipped) {
        next.push(diagonal)
        nextStarts.push((row[column - 1] ?? 0) > 0 ? (rowStarts[column - 1] ?? index) : index)
      } else {
        next.push(skipped)
        nextStarts.push(
          (row[column] ?? 0) >= (next[column - 1] ?? 0)
            ? (rowStarts[column] ?? index)
            : (nextStarts[column - 1] ?? index),
        )
      }
      const score = next[column] ?? 0
      if (score > best.score) best = {score, start: nextStarts[column] ?? index, end: index + 1}
    }
    row = next
    rowStarts = nextStarts
  }
  if (best.score < leastScore) return null
  return {start: best.start, end: best.end, cost: Math.max(0, (best.end - best.start - best.score) / 2.2)}
}
