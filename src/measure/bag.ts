import type {Measured} from '../model.ts'
import {measured, ratio} from './measured.ts'

/** How two bags of words differ, whatever the order of the words. */
export interface BagOfWords {
  /** Words of both bags, times counted. */
  readonly shared: number
  /** Words of the reference that the hypothesis lacks: false negatives. */
  readonly missing: number
  /** Words of the hypothesis that the reference lacks: false positives. */
  readonly excess: number
  /** (missing + excess) / (words of both sides); 0 to 1 (OCR-D `ocrd_eval`). */
  readonly errorRateOcrd: Measured
  /** max(missing, excess) / words of the reference (ocrevalUAtion). */
  readonly errorRateOcrevaluation: Measured
  /** shared / words of the hypothesis (Transkribus). */
  readonly precision: Measured
  /** shared / words of the reference (Transkribus). */
  readonly recall: Measured
  /** Harmonic mean of precision and recall. */
  readonly f1: Measured
}

/** Compare two texts as bags of words. */
export function bagOfWords(reference: readonly string[], hypothesis: readonly string[]): BagOfWords {
  const balance = new Map<string, number>()
  for (const word of reference) balance.set(word, (balance.get(word) ?? 0) + 1)
  for (const word of hypothesis) balance.set(word, (balance.get(word) ?? 0) - 1)
  let missing = 0
  let excess = 0
  for (const left of balance.values()) {
    if (left > 0) missing += left
    else excess -= left
  }
  const shared = reference.length - missing
  const both = reference.length + hypothesis.length
  const noReference = 'The reference holds no words'
  const nothing = both === 0
  return {
    shared,
    missing,
    excess,
    errorRateOcrd: nothing ? measured(0) : measured((missing + excess) / both),
    errorRateOcrevaluation: nothing ? measured(0) : ratio(Math.max(missing, excess), reference.length, noReference),
    precision: ratio(shared, hypothesis.length, 'The hypothesis holds no words'),
    recall: ratio(shared, reference.length, noReference),
    f1: ratio(2 * shared, both, 'Neither side holds words'),
  }
}
