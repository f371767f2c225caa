import type {Difference, Suspect} from '../model.ts'

/** What a difference is judged by. */
export interface Evidence {
  /** What the transcript says; empty for text that stands in the OCR only. */
  readonly reference: string
  /** What was read; empty for text that the OCR lost. */
  readonly hypothesis: string
  /** Least confidence of the words touched; null where nothing was read. */
  readonly confidence: number | null
  /** How often each word, in lower case, stands in the transcripts of the corpus. */
  readonly vocabulary: ReadonlyMap<string, number>
}

/**
 * Say which side of a difference is probably wrong, and why.
 *
 * A few counted signs and no learned weights: not calibrated, so where the signs
 * do not agree the answer is `unsure`. `editorial` is for differences that an
 * editor's house style makes (case, punctuation, spacing) and a sure reading.
 */
export function suspect(evidence: Evidence): Pick<Difference, 'suspect' | 'probabilities' | 'pattern' | 'evidence'> {
  const judged = judge(evidence)
  const third = 1 / 3
  const share = (side: Suspect) => (judged.suspect === 'unsure' ? third : judged.suspect === side ? 0.6 : 0.2)
  return {
    ...judged,
    probabilities: {transcript: share('transcript'), ocr: share('ocr'), editorial: share('editorial')},
    pattern: null,
  }
}

function judge(evidence: Evidence): {readonly suspect: Suspect; readonly evidence: readonly string[]} {
  const {reference, hypothesis, confidence} = evidence
  if (confidence === null) return {suspect: 'unsure', evidence: ['nothing was read at this place']}
  const sure = confidence >= sureConfidence
  const read = `read with confidence ${confidence.toFixed(2)}`
  if (!sure) return {suspect: 'ocr', evidence: [`${read}, below ${sureConfidence}`]}
  if (reference === '') return {suspect: 'unsure', evidence: [`${read}; the transcript has nothing here`]}
  if (letters(reference) === letters(hypothesis)) {
    return {suspect: 'editorial', evidence: [`${read}; only case, punctuation or spacing differ`]}
  }
  // A word of the transcript is in the vocabulary at least once: at this very place.
  const strangeReference = wordsRarerThan(2, reference, hypothesis, evidence.vocabulary)
  const strangeHypothesis = wordsRarerThan(1, hypothesis, reference, evidence.vocabulary)
  if (strangeHypothesis.length > 0 && strangeReference.length === 0) {
    return {suspect: 'ocr', evidence: [`${read}, but no transcript holds ${list(strangeHypothesis)}`]}
  }
  if (strangeReference.length > 0 && strangeHypothesis.length === 0) {
    return {
      suspect: 'transcript',
      evidence: [`${read}; no other place in the transcripts has ${list(strangeReference)}`],
    }
  }
  return {suspect: 'unsure', evidence: [`${read}; both readings are possible`]}
}

/** Tesseract reads clean type at 0.9 and above; a word below this is more often wrong than right. */
const sureConfidence = 0.8

/** Words of `text` that `other` lacks and the vocabulary holds fewer than `least` times. */
function wordsRarerThan(
  least: number,
  text: string,
  other: string,
  vocabulary: ReadonlyMap<string, number>,
): readonly string[] {
  const common = new Set(vocabularyWords(other))
  return vocabularyWords(text).filter(word => !common.has(word) && (vocabulary.get(word) ?? 0) < least)
}

/** Words as the vocabulary counts them: runs of letters and digits, in lower case. */
export function vocabularyWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function letters(text: string): string {
  return vocabularyWords(text).join('')
}

function list(words: readonly string[]): string {
  return words.map(word => `\`${word}\``).join(', ')
}
