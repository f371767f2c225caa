import type {Box, PlacedWord} from '../model.ts'
import {lettersOf} from './readings.ts'
import {isOneLine} from './room.ts'
import {editsBetween} from './typing.ts'

/** Most words of a difference that are looked at again; more are a block, not a reading. */
const mostWords = 4

/**
 * Say whether a difference is worth a second look: a few words in one line, that are not beyond doubt.
 *
 * What was read without confidence and has nothing of the transcript's letters is a stain or a struck mark: to
 * look again tells nothing new.
 */
export function isInQuestion(
  {reference, hypothesis}: {readonly reference: string; readonly hypothesis: string},
  words: readonly PlacedWord[],
): boolean {
  const [first] = words
  if (first === undefined || words.length > mostWords || hypothesis.trim() === '') return false
  if (!words.every(({box}) => isOneLine(first.box, box) || isNextLine(first.box, box))) return false
  const least = Math.min(...words.map(({confidence}) => confidence))
  if (reference.trim() === '') return least >= 0.3 && lettersOf(hypothesis) !== ''
  const [from, to] = [lettersOf(reference), lettersOf(hypothesis)]
  const share = editsBetween(from, to) / Math.max(from.length, to.length, 1)
  return least >= 0.6 || share <= 0.5 || (least >= 0.3 && to.length <= 3)
}

/** A word cut at a line end goes on in the next line. */
function isNextLine(one: Box, other: Box): boolean {
  return other.y > one.y && other.y < one.y + 5 * Math.max(one.height, other.height)
}
