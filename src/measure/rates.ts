import type {Counts, Measured} from '../model.ts'
import {errors, hypothesisLength, referenceLength} from './counts.ts'
import {measured, ratio} from './measured.ts'

/** The character error rate under each denominator in use, and the accuracy of ISRI. */
export interface CharacterRates {
  /** Errors / characters of the reference; may pass 1 (OCR-D, dinglehopper, jiwer, ocrevalUAtion). */
  readonly byReference: Measured
  /** Errors / characters of the longer side; 0 to 1 (cor-asv-ann `Levenshtein-fast`). */
  readonly byLonger: Measured
  /**
   * Errors / (errors + correct); 0 to 1 (OCR-D normalized). Defined only as the
   * alignment is one with the most matches: others of the same distance give other values.
   */
  readonly normalized: Measured
  /** (Characters of the reference - errors) / characters of the reference; may be negative (ISRI). */
  readonly accuracy: Measured
}

const noReference = 'The reference is empty, the hypothesis is not'

/** Derive the character rates from counts. Where both sides are empty nothing is wrong: rates are 0, accuracy is 1. */
export function characterRates(counts: Counts): CharacterRates {
  const wrong = errors(counts)
  const reference = referenceLength(counts)
  const longer = Math.max(reference, hypothesisLength(counts))
  if (longer === 0) {
    return {byReference: measured(0), byLonger: measured(0), normalized: measured(0), accuracy: measured(1)}
  }
  return {
    byReference: ratio(wrong, reference, noReference),
    byLonger: measured(wrong / longer),
    normalized: measured(wrong / (wrong + counts.correct)),
    accuracy: ratio(reference - wrong, reference, noReference),
  }
}

/** The word rates of Morris, Maier and Green, "From WER and RIL to MER and WIL", Interspeech 2004. */
export interface WordRates {
  /** WER: errors / words of the reference; may pass 1. */
  readonly errorRate: Measured
  /** MER: errors / (errors + correct). */
  readonly matchErrorRate: Measured
  /** WIL: 1 - WIP. */
  readonly informationLost: Measured
  /** WIP: (correct / words of the reference) × (correct / words of the hypothesis). */
  readonly informationPreserved: Measured
}

/** Derive the word rates from counts of words. Where both sides are empty nothing is lost. */
export function wordRates(counts: Counts): WordRates {
  const wrong = errors(counts)
  const reference = referenceLength(counts)
  const hypothesis = hypothesisLength(counts)
  if (wrong + counts.correct === 0) {
    const [none, all] = [measured(0), measured(1)]
    return {errorRate: none, matchErrorRate: none, informationLost: none, informationPreserved: all}
  }
  // With one side empty nothing is correct, and so nothing is preserved.
  const preserved = counts.correct === 0 ? 0 : counts.correct ** 2 / (reference * hypothesis)
  return {
    errorRate: ratio(wrong, reference, noReference),
    matchErrorRate: measured(wrong / (wrong + counts.correct)),
    informationLost: measured(1 - preserved),
    informationPreserved: measured(preserved),
  }
}
