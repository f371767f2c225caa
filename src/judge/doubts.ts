import type {Doubt, LookReading} from '../model.ts'
import {lettersOf} from './readings.ts'
import type {Surroundings} from './surroundings.ts'
import {coreOf, editsBetween} from './typing.ts'

/** Why a word on which transcript and OCR agree is looked at again. */
export type DoubtReason =
  /** It stands nowhere else in the corpus and is no word of the language, and a known word is one slip away. */
  | 'unknown'
  /** It was read without confidence. */
  | 'unsure'

type Known = Pick<Surroundings, 'vocabulary' | 'read' | 'isWord'>

/** Below this a word was read without confidence. */
const unsure = 0.6
/** Shorter words have neighbours everywhere. */
const leastLetters = {unknown: 4, unsure: 3}
/** Letters that are read for each other, beside one for one. */
const shapes: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['m', 'rn'],
  ['cl', 'd'],
  ['d', 'cl'],
  ['vv', 'w'],
  ['ii', 'u'],
  ['li', 'h'],
]
const alphabet = [...'abcdefghijklmnopqrstuvwxyz']

/** Say why a word, as both sides have it, is worth a second look; null where it is not. */
export function doubtReason(word: string, confidence: number, known: Known): DoubtReason | null {
  if (!/^\p{L}+$/u.test(word)) return null
  const lower = word.toLowerCase()
  if (confidence < unsure) return word.length >= leastLetters.unsure ? 'unsure' : null
  if (word.length < leastLetters.unknown || known.isWord(lower)) return null
  if ((known.vocabulary.get(lower) ?? 0) > 1 || (known.read.get(lower) ?? 0) > 1) return null
  return slipsOf(lower).some(other => isKnown(other, lower, known)) ? 'unknown' : null
}

/** Say what a second look makes of a doubtful word; null unless all of its readings are one other, known word. */
export function judgeDoubt(
  word: string,
  reason: DoubtReason,
  confidence: number,
  readings: readonly LookReading[],
  known: Known,
): Pick<Doubt, 'reading' | 'probability' | 'evidence'> | null {
  const seen = new Set(readings.map(({text}) => lettersOf(text)))
  const [reading = ''] = seen
  const [lower, other] = [word.toLowerCase(), reading.toLowerCase()]
  if (seen.size !== 1 || !/^\p{L}{2,}$/u.test(reading) || !isKnown(other, lower, known)) return null
  if (!isSlip(lower, other)) return null
  const isOwnKnown = known.isWord(lower)
  const evidence = [
    `a second look reads \`${reading}\` in every way`,
    isOwnKnown ? 'both are known words' : 'only that word is known',
    `transcript and OCR agree, read with confidence ${confidence.toFixed(2)}`,
  ]
  return {reading, probability: probabilities[isOwnKnown ? 'known' : reason], evidence}
}

/** Set by hand: there are too few such places to learn from (docs/suspects.md). */
const probabilities: Readonly<Record<DoubtReason | 'known', number>> = {unknown: 0.9, unsure: 0.9, known: 0.6}

/** Whether a word is one of the language, or stands elsewhere in the corpus. */
function isKnown(word: string, own: string, {vocabulary, isWord}: Known): boolean {
  return word !== own && word.length > 1 && (isWord(word) || (vocabulary.get(word) ?? 0) > 1)
}

/** Whether two words are one slip or two letters apart. */
function isSlip(one: string, other: string): boolean {
  const {from, to} = coreOf(one, other)
  return editsBetween(one, other) <= 1 || ([...from].length <= 2 && [...to].length <= 2)
}

/** The words one slip away: a letter changed, left out, added, or two swapped, and shapes that are read for each other. */
function slipsOf(word: string): readonly string[] {
  const found = new Set<string>()
  for (let at = 0; at <= word.length; at++) {
    const [before, rest] = [word.slice(0, at), word.slice(at)]
    if (rest !== '') found.add(before + rest.slice(1))
    if (rest.length > 1) found.add(`${before}${rest[1]}${rest[0]}${rest.slice(2)}`)
    for (const letter of alphabet) {
      found.add(before + letter + rest)
      if (rest !== '') found.add(before + letter + rest.slice(1))
    }
    for (const [shape, other] of shapes)
      if (rest.startsWith(shape)) found.add(before + other + rest.slice(shape.length))
  }
  return [...found]
}
