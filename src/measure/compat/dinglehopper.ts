import type {Counts, Measured} from '../../model.ts'
import {count, errorRate, referenceLength} from '../counts.ts'
import {measured, undefinedFor} from '../measured.ts'
import type {Tools} from './tools.ts'

/** The numbers of dinglehopper's report, by its names; what it writes as `Infinity` is undefined here. */
export interface DinglehopperReport {
  readonly cer: Measured
  readonly wer: Measured
  /** Characters and words of the reference. */
  readonly n_characters: number
  readonly n_words: number
}

/**
 * Measure as dinglehopper's command line does (1efb382).
 *
 * Each line is stripped; line ends are characters, but none stands at the end. Grapheme
 * clusters of NFC after its substitutions (`NFC_SBB`); UAX #29 words without those that are punctuation.
 */
export function dinglehopper(reference: string, hypothesis: string, {tokenize, align}: Tools): DinglehopperReport {
  const [truth, read] = [substitute(stripLines(reference)), substitute(stripLines(hypothesis))]
  const counts = (unit: 'character' | 'word'): Counts =>
    count(align(tokenize(truth, unit, 'strict'), tokenize(read, unit, 'strict')))
  const characters = counts('character')
  const words = counts('word')
  return {
    cer: rateOf(characters),
    wer: rateOf(words),
    n_characters: referenceLength(characters),
    n_words: referenceLength(words),
  }
}

/** The summary over reports: the mean of their rates, every report alike (`dinglehopper-summarize`). */
export function dinglehopperSummary(rates: readonly number[]): Measured {
  if (rates.length === 0) return undefinedFor('There is no report')
  return measured(rates.reduce((sum, rate) => sum + rate, 0) / rates.length)
}

function rateOf(counts: Counts): Measured {
  const rate = errorRate(counts)
  return rate === null ? undefinedFor('The reference is empty, the hypothesis is not') : measured(rate)
}

function stripLines(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/(?:\r\n|\r|\n)$/, '')
    .split(/\r\n|\r|\n/)
    .map(line => line.trim())
    .join('\n')
}

/** Open ligatures first, then fold what the tool holds equal, each over all of the text, in this order. */
function substitute(text: string): string {
  let result = text.normalize('NFC')
  for (const [from, to] of [...ligatures, ...equivalences]) result = result.replaceAll(from, to)
  return result
}

/** Ligatures of Unicode, and those of MUFI and eMOP in the private use area. */
const ligatures: readonly (readonly [string, string])[] = [
  ['\uEBA6', 'ſſ'],
  ['\uEBA7', 'ſſi'],
  ['\uEEC4', 'ck'],
  ['\uEBA2', 'ſi'],
  ['ﬅ', 'ſt'],
  ['ﬁ', 'fi'],
  ['ﬀ', 'ff'],
  ['ﬂ', 'fl'],
  ['ﬃ', 'ffi'],
  ['\uEEC5', 'ct'],
  ['\uEEDC', 'tz'],
  ['\uF532', 'as'],
  ['\uF533', 'is'],
  ['\uF534', 'us'],
  ['\uF535', 'Qu'],
  ['ĳ', 'ij'],
  ['\uE8BF', 'q&'],
  ['\uEBA5', 'ſp'],
  ['ﬆ', 'st'],
]

const equivalences: readonly (readonly [string, string])[] = [
  ['==', '–'],
  ['—', '–'],
  ['’', "'"],
  ['⸗', '-'],
  ['a\u0364', 'ä'],
  ['o\u0364', 'ö'],
  ['u\u0364', 'ü'],
]
