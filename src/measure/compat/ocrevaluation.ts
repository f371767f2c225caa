import type {Measured} from '../../model.ts'
import {bagOfWords} from '../bag.ts'
import {count, errors, referenceLength} from '../counts.ts'
import {measured, ratio} from '../measured.ts'
import {listTokens, type Tools} from './tools.ts'

/** What ocrevalUAtion may be told to overlook. */
export interface OcrevaluationOptions {
  readonly ignoreCase?: boolean
  readonly ignoreDiacritics?: boolean
}

/** The numbers of ocrevalUAtion's report. */
export interface OcrevaluationReport {
  /** Characters by its weights: a blank is never replaced by a character, it is taken out. */
  readonly cer: Measured
  readonly wer: Measured
  /** WER whatever the order of the words. */
  readonly werOrderIndependent: Measured
  /** Unit-cost distance in characters, without those weights. */
  readonly distance: number
}

/**
 * Measure as ocrevalUAtion's report does (2afd99d), but exactly: the tool aligns in chunks of 2000 characters.
 *
 * All white space is one blank, NFC; words are runs of letters joined by `-&'+/@·.`, and runs of figures.
 */
export function ocrevaluation(
  reference: string,
  hypothesis: string,
  {align}: Pick<Tools, 'align'>,
  options: OcrevaluationOptions = {},
): OcrevaluationReport {
  const [truth, read] = [canonical(reference, options), canonical(hypothesis, options)]
  const [a, b] = [[...truth], [...read]]
  const [words, readWords] = [ocrevaluationWords(truth), ocrevaluationWords(read)]
  const wordCounts = count(align(listTokens(words, 'word'), listTokens(readWords, 'word')))
  const noCharacters = 'The reference is empty, the hypothesis is not'
  return {
    cer: a.length + b.length === 0 ? measured(0) : ratio(weightedDistance(a, b), a.length, noCharacters),
    wer:
      words.length + readWords.length === 0
        ? measured(0)
        : ratio(errors(wordCounts), referenceLength(wordCounts), 'The reference holds no words'),
    werOrderIndependent: bagOfWords(words, readWords).errorRateOcrevaluation,
    distance: align(listTokens(a, 'character'), listTokens(b, 'character')).distance,
  }
}

/** Cut a text into the words of ocrevalUAtion's scanner. */
export function ocrevaluationWords(text: string): readonly string[] {
  return [
    ...text
      .normalize('NFC')
      .matchAll(/\p{L}+(?:[-&'+/@·.]\p{L}+)*|[\p{Nd}\p{Nl}\p{No}]+(?:[-',./][\p{Nd}\p{Nl}\p{No}]+)*[%‰]?/gu),
  ].map(([word]) => word)
}

function canonical(text: string, {ignoreCase = false, ignoreDiacritics = false}: OcrevaluationOptions): string {
  let result = text.replace(/[\s\u0085]+/g, ' ').trim()
  if (ignoreDiacritics) result = result.normalize('NFD').replace(/[\u0300-\u036F]+/g, '')
  result = result.normalize('NFC')
  return ignoreCase ? result.toLowerCase() : result
}

/**
 * Least cost where a blank and another character cost 2 together, whatever they would cost as a replacement: row by
 * row, in time of both lengths and memory of one.
 */
function weightedDistance(a: readonly string[], b: readonly string[]): number {
  const row = Int32Array.from({length: b.length + 1}, (_, column) => column)
  for (const character of a) {
    let across = row[0]!
    row[0] = across + 1
    for (let j = 1; j <= b.length; j++) {
      const other = b[j - 1]!
      const replace = character === other ? 0 : (character === ' ') !== (other === ' ') ? 4 : 1
      const cost = Math.min(across + replace, row[j]! + 1, row[j - 1]! + 1)
      across = row[j]!
      row[j] = cost
    }
  }
  return row[b.length]!
}
