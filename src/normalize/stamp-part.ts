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
  scores.fill(0, 0, stamp.length + 1)
  let best = {score: 0, start: 0, end: 0, of: {start: 0, end: 0}}
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index]!
    // The cell up and to the left: score and beginning of the best alignment that ends before both letters.
    let diagonalScore = 0
    let diagonalLine = index
    let diagonalStamp = 0
    for (let column = 1; column <= stamp.length; column++) {
      const wanted = stamp[column - 1]!
      const aligned = diagonalScore + (wanted === code ? 1 : similarity(wanted, code))
      const skippedLetter = scores[column]! - skipCost
      const skippedStamp = scores[column - 1]! - skipCost
      const startsHere = diagonalScore <= 0
      const line = startsHere ? index : diagonalLine
      const ofStamp = startsHere ? column - 1 : diagonalStamp
      diagonalScore = scores[column]!
      diagonalLine = lineStarts[column]!
      diagonalStamp = stampStarts[column]!
      if (aligned <= 0 && skippedLetter <= 0 && skippedStamp <= 0) {
        scores[column] = 0
        continue
      }
      if (aligned >= skippedLetter && aligned >= skippedStamp) {
        scores[column] = aligned
        lineStarts[column] = line
        stampStarts[column] = ofStamp
      } else if (skippedLetter >= skippedStamp) {
        scores[column] = skippedLetter
      } else {
        scores[column] = skippedStamp
        lineStarts[column] = lineStarts[column - 1]!
        stampStarts[column] = stampStarts[column - 1]!
      }
      const score = scores[column]!
      if (score > best.score) {
        best = {score, start: lineStarts[column]!, end: index + 1, of: {start: stampStarts[column]!, end: column}}
      }
    }
  }
  if (best.score < leastScore) return null
  const {start, end, of, score} = best
  return {start, end, of, cost: Math.max(0, (end - start - score) / 2.2)}
}

const skipCost = 1.2
// One row each, used anew by every call. Stamps have fewer letters than this.
const scores = new Float64Array(256)
const lineStarts = new Int32Array(256)
const stampStarts = new Int32Array(256)
