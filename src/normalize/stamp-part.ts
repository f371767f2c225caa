import type {Span} from '../model.ts'
import {similarity} from './distance.ts'
import type {Letters} from './letters.ts'

/** A part of a stamp in a line. */
export interface StampPart {
  /** Letters of the line. */
  readonly start: number
  readonly end: number
  readonly cost: number
  /** Letters of the stamp. */
  readonly of: Span
}

/** A part of a stamp must share this many letters with a line, less what differs, to be worth a look. */
const leastScore = 7

/**
 * Find the part of a stamp that a line holds (local alignment, Smith and Waterman 1981).
 *
 * A stamp's lines break anywhere, and their ends are often lost: `HEREIN IS`,
 * `NO OBJECTION DECLASSIFICATION AND/OR`.
 *
 * @returns
 *   Letters `[start, end)` of the line, how many of them differ, and the letters of the stamp they stand for; null for
 *   no part worth a look.
 */
export function findStampPart(stamp: readonly number[], letters: Letters): StampPart | null {
  const {codes} = letters
  let row: number[] = new Array<number>(stamp.length + 1).fill(0)
  // Where the best alignment that ends in a cell began: in the line, and in the stamp.
  let rowStarts: readonly (readonly [number, number])[] = row.map((_, column) => [0, column])
  let best = {score: 0, start: 0, end: 0, of: {start: 0, end: 0}}
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0
    const next: number[] = [0]
    const nextStarts: (readonly [number, number])[] = [[index + 1, 0]]
    for (let column = 1; column <= stamp.length; column++) {
      const here: readonly [number, number] = [index, column - 1]
      const diagonal = (row[column - 1] ?? 0) + similarity(stamp[column - 1] ?? 0, code)
      const skipped = Math.max((row[column] ?? 0) - 1.2, (next[column - 1] ?? 0) - 1.2)
      if (diagonal <= 0 && skipped <= 0) {
        next.push(0)
        nextStarts.push([index + 1, column])
      } else if (diagonal >= skipped) {
        next.push(diagonal)
        nextStarts.push((row[column - 1] ?? 0) > 0 ? (rowStarts[column - 1] ?? here) : here)
      } else {
        next.push(skipped)
        const fromLine = (row[column] ?? 0) >= (next[column - 1] ?? 0)
        nextStarts.push((fromLine ? rowStarts[column] : nextStarts[column - 1]) ?? here)
      }
      const score = next[column] ?? 0
      if (score <= best.score) continue
      const [start, ofStart] = nextStarts[column] ?? here
      best = {score, start, end: index + 1, of: {start: ofStart, end: column}}
    }
    row = next
    rowStarts = nextStarts
  }
  if (best.score < leastScore) return null
  const {start, end, of, score} = best
  return {start, end, of, cost: Math.max(0, (end - start - score) / 2.2)}
}
