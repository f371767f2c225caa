/** Seeded single-word errors in transcripts, as typists make them. */
import {parseTranscript} from '../../src/index.ts'
import type {Span, Transcript} from '../../src/model.ts'
import {errors, inWord, type Plant, pick} from '../gate/plant.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
const keys = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** Kinds of errors, in the order they are planted in turn. */
export const kinds: Readonly<Record<string, Plant>> = {
  'letters swapped': errors['letters swapped']!,
  'letter dropped': errors['letter dropped']!,
  'letter doubled': errors['letter doubled']!,
  'digit changed': errors['digit changed']!,
  'neighbouring key': (transcript, random) =>
    inWord(transcript, random, /\p{L}{4,}/u, word => {
      const at = 1 + pick(word.length - 1, random)
      const row = keys.find(candidate => candidate.includes(word[at]!))
      const key = row?.[row.indexOf(word[at]!) + (random() < 0.5 ? 1 : -1)]
      return key === undefined ? null : word.slice(0, at) + key + word.slice(at + 1)
    }),
  'letter added': (transcript, random) =>
    inWord(transcript, random, /\p{Ll}{4,}/u, word => {
      const at = 1 + pick(word.length - 1, random)
      return word.slice(0, at) + letters[pick(letters.length, random)] + word.slice(at)
    }),
  'letter changed': (transcript, random) =>
    inWord(transcript, random, /\p{Ll}{4,}/u, word => {
      const at = pick(word.length, random)
      return word.slice(0, at) + letters[pick(letters.length, random)] + word.slice(at + 1)
    }),
  'number of the noun': (transcript, random) =>
    inWord(transcript, random, /(?<!\p{L})\p{Ll}{4,}(?!\p{L})/u, word => {
      if (word.endsWith('ss') || /[aiou]s$/.test(word)) return null
      return word.endsWith('s') ? word.slice(0, -1) : /[a-rt-xz]$/.test(word) ? `${word}s` : null
    }),
  'another word of the text': (transcript, random) => {
    const words = [...new Set(transcript.text.match(/(?<!\p{L})\p{Ll}{3,8}(?!\p{L})/gu) ?? [])].sort()
    return inWord(
      transcript,
      random,
      /(?<!\p{L})\p{Ll}{3,8}(?!\p{L})/u,
      () => words[pick(words.length, random)] ?? null,
    )
  },
  'capital changed': (transcript, random) =>
    inWord(transcript, random, /(?<=[\p{L},] )\p{L}\p{Ll}{3,}(?!\p{L})/u, word => {
      const first = word[0]!
      return (first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()) + word.slice(1)
    }),
  'blank left out': (transcript, random) =>
    inWord(transcript, random, /(?<!\p{L})\p{Ll}{2,} \p{Ll}{2,}(?!\p{L})/u, words => words.replace(' ', '')),
  'month changed': errors['month changed']!,
  'word left out': errors['word left out']!,
  'word doubled': errors['word doubled']!,
  'word for another': errors['word for another']!,
  'year changed': (transcript, random) =>
    inWord(transcript, random, /(?<!\d)1[89]\d\d(?!\d)/u, year => {
      const other = String(Number(year) + 1 + pick(9, random))
      return year.endsWith('9') ? null : other
    }),
}

/** A source with errors planted in it, at spans of the new source. */
export interface PlantedSource {
  readonly source: string
  readonly errors: readonly {readonly kind: string; readonly span: Span}[]
}

/** Least distance of two planted errors, in UTF-16 units: each stands in a line of its own. */
const distance = 120

/**
 * Plant up to `count` errors, kinds in turn from a random one on; a kind without a place in the text is passed over.
 *
 * @param only
 *   Kinds that are planted; all by default.
 */
export function plantErrors(
  transcript: Transcript,
  count: number,
  random: () => number,
  only: RegExp = /./,
): PlantedSource {
  const names = Object.keys(kinds).filter(name => only.test(name))
  let planted: PlantedSource = {source: transcript.source, errors: []}
  let current = transcript
  let next = pick(names.length, random)
  for (let tries = 0; planted.errors.length < count && tries < 10 * count + 20; tries++, next++) {
    const kind = names[next % names.length]!
    const made = kinds[kind]!(current, random)
    if (made === null) continue
    const grown = made.source.length - planted.source.length
    const isClose = planted.errors.some(
      ({span}) => made.span.start < span.end + distance && span.start < made.span.start + distance,
    )
    if (isClose) continue
    const errors = planted.errors.map(error =>
      error.span.start < made.span.start
        ? error
        : {...error, span: {start: error.span.start + grown, end: error.span.end + grown}},
    )
    planted = {source: made.source, errors: [...errors, {kind, span: made.span}]}
    current = parseTranscript(new TextEncoder().encode(made.source), transcript.file, transcript.document).transcript
  }
  return planted
}
