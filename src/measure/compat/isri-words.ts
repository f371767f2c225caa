import type {Measured} from '../../model.ts'
import {type Recall, recall} from '../classes.ts'
import {ratio} from '../measured.ts'
import {internIsri, readIsriText} from './isri.ts'
import {matchIsri} from './isri-path.ts'
import {listTokens, type Tools} from './tools.ts'

/** The numbers of ISRI's `wordacc`. */
export interface IsriWords {
  readonly words: number
  readonly misrecognized: number
  readonly accuracy: Measured
  /** By length in characters; `all` first. */
  readonly stopwords: readonly Recall[]
  readonly nonStopwords: readonly Recall[]
  /** Distinct words that are no stopwords, by how often they stand in the reference; missed where no one was read. */
  readonly distinctNonStopwords: readonly Recall[]
  /** Runs of 1 to 8 words, right where every word is. */
  readonly phrases: readonly Recall[]
}

/** Longest phrase whose accuracy is told. */
const longestPhrase = 8

/** Occurrences told one by one; more are told together. */
const mostOccurrences = 100

/**
 * Measure word accuracy as ISRI's `wordacc` does (ocreval 7): UAX #29 words in
 * small letters, matched in order, the most matches there can be; words that stand on one side only are set aside before.
 */
export function isriWords(
  reference: string,
  hypothesis: string,
  {tokenize, align}: Tools,
  stopwords: ReadonlySet<string> = isriStopwords,
): IsriWords {
  const wordsOf = (text: string): readonly string[] => {
    const read = readIsriText(text).characters.map(({value}) => value)
    return tokenize(read.join('').toLowerCase(), 'word', 'strict').keys
  }
  const correct = wordsOf(reference)
  const generated = wordsOf(hypothesis)
  const [known, made] = [new Set(generated), new Set(correct)]
  const places = [...correct.keys()].filter(place => known.has(correct[place]!))
  const a = places.map(place => correct[place]!)
  const b = generated.filter(word => made.has(word))
  const alignment = align(listTokens(a, 'word'), listTokens(b, 'word'))
  const recognized = new Uint8Array(correct.length)
  for (const {reference: start, length} of matchIsri({...internIsri(a, b), replaces: false}, alignment)) {
    for (let k = start; k < start + length; k++) recognized[places[k]!] = 1
  }
  const missed = correct.length - recognized.reduce((sum, right) => sum + right, 0)
  const isStopword = (word: string): boolean => stopwords.has(word)
  return {
    words: correct.length,
    misrecognized: missed,
    accuracy: ratio(correct.length - missed, correct.length, 'The reference holds no words'),
    stopwords: byLength(correct, recognized, isStopword),
    nonStopwords: byLength(correct, recognized, word => !isStopword(word)),
    distinctNonStopwords: byOccurrences(correct, recognized, word => !isStopword(word)),
    phrases: phrases(recognized),
  }
}

function byLength(
  words: readonly string[],
  recognized: Uint8Array,
  counts: (word: string) => boolean,
): readonly Recall[] {
  const lengths = new Map<number, {count: number; missed: number}>()
  const all = {count: 0, missed: 0}
  for (const [place, word] of words.entries()) {
    if (!counts(word)) continue
    const length = [...word].length
    const entry = lengths.get(length) ?? {count: 0, missed: 0}
    lengths.set(length, entry)
    for (const each of [entry, all]) {
      each.count++
      each.missed += recognized[place] ? 0 : 1
    }
  }
  return table(all, lengths)
}

function byOccurrences(
  words: readonly string[],
  recognized: Uint8Array,
  counts: (word: string) => boolean,
): readonly Recall[] {
  const terms = new Map<string, {count: number; right: number}>()
  for (const [place, word] of words.entries()) {
    if (!counts(word)) continue
    const term = terms.get(word) ?? {count: 0, right: 0}
    term.count++
    term.right += recognized[place]!
    terms.set(word, term)
  }
  const occurrences = new Map<number, {count: number; missed: number}>()
  const all = {count: 0, missed: 0}
  for (const {count, right} of terms.values()) {
    const times = Math.min(count, mostOccurrences + 1)
    const entry = occurrences.get(times) ?? {count: 0, missed: 0}
    occurrences.set(times, entry)
    for (const each of [entry, all]) {
      each.count++
      each.missed += right === 0 ? 1 : 0
    }
  }
  return table(all, occurrences)
}

function table(
  all: {readonly count: number; readonly missed: number},
  rows: ReadonlyMap<number, {readonly count: number; readonly missed: number}>,
): readonly Recall[] {
  return [
    recall('all', all.count, all.missed),
    ...[...rows]
      .sort(([one], [other]) => one - other)
      .map(([key, {count, missed}]) =>
        recall(key > mostOccurrences ? `> ${mostOccurrences}` : String(key), count, missed),
      ),
  ]
}

/** A phrase begins at every word, and is right as long as all its words are. */
function phrases(recognized: Uint8Array): readonly Recall[] {
  return Array.from({length: longestPhrase}, (_, index) => {
    const length = index + 1
    const count = Math.max(0, recognized.length - index)
    let right = 0
    for (let start = 0; start < count; start++) {
      let whole = 1
      for (let k = start; k < start + length; k++) whole &= recognized[k]!
      right += whole
    }
    return recall(String(length), count, count - right)
  })
}

/** English words too common to search for: the list of the BRS retrieval system, which ISRI's tests used. */
export const isriStopwords: ReadonlySet<string> = new Set(
  `a about after all also an and any are as at be because been but by can co corp could for from had has have he her
  his if in inc into is it its last more most mr mrs ms mz no not of on one only or other out over s says she so some
  such than that the their there they this to up was we were when which who will with would`.split(/\s+/),
)
