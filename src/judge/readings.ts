import type {LookReading} from '../model.ts'
import {editsBetween} from './typing.ts'

/** How a text is compared with what a second look read. */
export type Fold = (text: string) => string

/** Letters and digits alone, case kept. */
export const lettersOf: Fold = text => text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '')

export const digitsOf: Fold = text => text.replace(/\P{Nd}/gu, '')

/** All but blanks and hyphens, which word boxes and line ends take away; quotes straight. */
export const marksOf: Fold = text =>
  text
    .normalize('NFC')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[\s\p{Pd}]/gu, '')

/** The readings of a second look, held against the two sides of a difference; shares of all readings. */
export interface Votes {
  /** Read what the transcript says. */
  readonly reference: number
  /** Read what was read first. */
  readonly hypothesis: number
  /** How well the letters that were seen allow for the transcript's text, 0 to 1: of the best reading. */
  readonly support: number
}

/** Count the readings of a place; all 0 for none. */
export function votesOf(readings: readonly LookReading[], reference: string, hypothesis: string, fold: Fold): Votes {
  const [wanted, first] = [fold(reference), fold(hypothesis)]
  const share = (test: (reading: LookReading) => boolean) =>
    readings.length === 0 ? 0 : readings.filter(test).length / readings.length
  return {
    reference: share(({text}) => fold(text) === wanted),
    hypothesis: share(({text}) => fold(text) === first),
    support: Math.max(0, ...readings.map(reading => supportOf(reading, wanted, fold))),
  }
}

/** Which of two texts the readings of a second look are nearer to, by letters that differ; shares of all readings. */
export interface Nearness {
  readonly reference: number
  readonly hypothesis: number
}

/** Count the readings that are nearer to either side of a place: one that misreads what both sides share still tells. */
export function nearnessOf(
  readings: readonly LookReading[],
  reference: string,
  hypothesis: string,
  fold: Fold,
): Nearness {
  const [wanted, first] = [fold(reference), fold(hypothesis)]
  const gaps = readings.map(({text}) => editsBetween(fold(text), wanted) - editsBetween(fold(text), first))
  const share = (count: number) => (gaps.length === 0 ? 0 : count / gaps.length)
  return {reference: share(gaps.filter(gap => gap < 0).length), hypothesis: share(gaps.filter(gap => gap > 0).length)}
}

/**
 * Say how well a reading's letters allow for another text: the confidence of its least probable letter among the
 * choices at its place, against that of the letter that was read there. 1 where the text is what was read; 0 where
 * it has more letters or fewer.
 */
export function supportOf({text, letters}: LookReading, wanted: string, fold: Fold): number {
  if (fold(text) === wanted) return 1
  const seen = letters.filter(choices => fold(choices[0]?.[0] ?? '') !== '')
  const parts = [...wanted]
  if (parts.length === 0 || seen.length !== parts.length) return 0
  let least = 1
  for (const [index, letter] of parts.entries()) {
    const choices = seen[index] ?? []
    const best = choices[0]?.[1] ?? 0
    const own = choices.find(([choice]) => fold(choice) === letter)?.[1] ?? 0
    least = Math.min(least, best === 0 ? 0 : own / best)
  }
  return least
}

/** The readings of several words as readings of them all; empty where one of them was not looked at. */
export function joinReadings(words: readonly (readonly LookReading[] | null)[]): readonly LookReading[] {
  const first = words[0]
  if (first === undefined || words.some(readings => readings === null)) return []
  return (first ?? []).map((_, way) => {
    const parts = words.flatMap(readings => readings?.[way] ?? [])
    return {
      text: parts.map(({text}) => text).join(''),
      confidence: Math.min(...parts.map(({confidence}) => confidence)),
      letters: parts.flatMap(({letters}) => letters),
    }
  })
}
