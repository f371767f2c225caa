import type {Counts, Measured} from '../../model.ts'
import {type BagOfWords, bagOfWords} from '../bag.ts'
import {count} from '../counts.ts'
import {characterRates, wordRates} from '../rates.ts'
import type {Tools} from './tools.ts'

/** The numbers that the OCR-D specification defines (`ocrd_eval`, 2025). */
export interface OcrdReport {
  /** (i + s + d) / n. */
  readonly cer: Measured
  /** (i + s + d) / (i + s + d + c), by the alignment with the most matches. */
  readonly cerNormalized: Measured
  readonly wer: Measured
  /** Sum of the differences of word counts by words of both sides. */
  readonly bagOfWordsError: BagOfWords['errorRateOcrd']
}

/** Measure as OCR-D specifies: grapheme clusters of NFC, white space counts, byte-order and directional marks do not. */
export function ocrd(reference: string, hypothesis: string, {tokenize, align}: Tools): OcrdReport {
  const counts = (unit: 'character' | 'word'): Counts =>
    count(align(tokenize(reference, unit, 'strict'), tokenize(hypothesis, unit, 'strict')))
  const {byReference, normalized} = characterRates(counts('character'))
  const words = (text: string): readonly string[] => tokenize(text, 'word', 'strict').keys
  return {
    cer: byReference,
    cerNormalized: normalized,
    wer: wordRates(counts('word')).errorRate,
    bagOfWordsError: bagOfWords(words(reference), words(hypothesis)).errorRateOcrd,
  }
}
