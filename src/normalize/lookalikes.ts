import type {DocumentView} from './document.ts'
import {isEnglishWord, isFunctionWord} from './lexicon.ts'
import {isRussianWord} from './russian.ts'
import {cyrillicReading, isLookalike, isUkrainianOnly, latinReadings, scriptsOf} from './script.ts'

/** Letters that engines confuse in capitals, for a look-alike word that is one letter off. */
const confusedCapitals: readonly (readonly [string, string])[] = [
  ['M', 'N'],
  ['H', 'N'],
  ['B', 'E'],
  ['B', 'R'],
  ['O', 'C'],
  ['P', 'F'],
]

/**
 * The Latin word that a token of Cyrillic look-alikes stands for; null where it is Russian or nothing known.
 *
 * A token of both scripts, or of look-alikes with a letter Russian does not
 * have, is Latin when all its letters have twins; any other must be a word of
 * English or of the document.
 */
export function latinReadingOf(token: string, document: DocumentView): string | null {
  const scripts = scriptsOf(token)
  if (scripts !== 'cyrillic' && scripts !== 'mixed') return null
  if (scripts === 'cyrillic' && isRussianWord(token.toLowerCase()) && document.cyrillicShare > 0.3) return null
  const readings = latinReadings(token)
  const known = readings.find(reading => isKnown(reading, document))
  if (known !== undefined) return known
  const strict = readings[0]
  if (strict === undefined || !isLookalike(token) || token.length < 4) return withConfusion(readings, document)
  if (scripts === 'mixed') return latinLetters(token) * 2 >= token.length ? strict : null
  const foreign = [...token].some(isUkrainianOnly)
  const capitals = token === token.toUpperCase() && token.length >= 5 && !isRussianWord(token.toLowerCase())
  return foreign || capitals ? strict : withConfusion(readings, document)
}

/** The Russian word that a token of both scripts stands for; null where it holds a Latin letter with no Cyrillic twin. */
export function cyrillicReadingOf(token: string): string | null {
  return scriptsOf(token) === 'mixed' ? cyrillicReading(token) : null
}

function isKnown(reading: string, document: DocumentView): boolean {
  const lower = reading.toLowerCase()
  if (lower.length < 3) return isFunctionWord(lower) && document.cyrillicShare < 0.3
  return isEnglishWord(lower) || (lower.length >= 4 && document.hasWord(lower))
}

function withConfusion(readings: readonly string[], document: DocumentView): string | null {
  for (const reading of readings) {
    if (reading.length < 5) continue
    for (const [a, b] of confusedCapitals) {
      for (const [read, printed] of [
        [a, b],
        [b, a],
      ] as const) {
        for (let index = reading.indexOf(read); index >= 0; index = reading.indexOf(read, index + 1)) {
          const spelled = reading.slice(0, index) + printed + reading.slice(index + 1)
          if (isKnown(spelled, document)) return spelled
        }
      }
    }
  }
  return null
}

function latinLetters(token: string): number {
  return [...token].filter(character => scriptsOf(character) === 'latin').length
}
