import {type BagOfWords, bagOfWords} from '../bag.ts'

/** What TranskribusErrorRate may be told to overlook. */
export interface TranskribusOptions {
  readonly ignoreCase?: boolean
  /** Letters, figures and blanks only. */
  readonly lettersOnly?: boolean
}

/** The counts of TranskribusErrorRate. Its `INS` is a token that the reference has and the hypothesis lacks. */
export interface TranskribusReport {
  readonly COR: number
  readonly SUB: number
  readonly INS: number
  readonly DEL: number
  readonly GT: number
  readonly HYP: number
  readonly bag: {readonly TP: number; readonly FN: number; readonly FP: number} & Pick<
    BagOfWords,
    'precision' | 'recall' | 'f1'
  >
}

/**
 * Count words as TranskribusErrorRate does (f68ae34): NFKC, runs of letters, runs of figures, and every other
 * character a token of its own. Of alignments of equal cost it prefers replacing to taking out and putting in.
 */
export function transkribus(
  reference: string,
  hypothesis: string,
  options: TranskribusOptions = {},
): TranskribusReport {
  const truth = transkribusTokens(reference, options)
  const read = transkribusTokens(hypothesis, options)
  const {missing, excess, shared, precision, recall, f1} = bagOfWords(truth, read)
  return {
    ...countSteps(truth, read),
    GT: truth.length,
    HYP: read.length,
    bag: {TP: shared, FN: missing, FP: excess, precision, recall, f1},
  }
}

/** Cut a text into TranskribusErrorRate's tokens. */
export function transkribusTokens(
  text: string,
  {ignoreCase = false, lettersOnly = false}: TranskribusOptions = {},
): readonly string[] {
  let normalized = text.normalize('NFKC')
  if (ignoreCase) normalized = normalized.toUpperCase()
  if (lettersOnly) normalized = normalized.replace(/[^\p{L}\p{N}\s]/gu, '')
  return [...normalized.matchAll(/\p{L}+|\p{N}+|[^\p{L}\p{N}\s]/gu)].map(([token]) => token)
}

/** Count the steps of the least-cost path with the most replacements. */
function countSteps(
  a: readonly string[],
  b: readonly string[],
): {readonly COR: number; readonly SUB: number; readonly INS: number; readonly DEL: number} {
  // Cost and replacements as one number: fewer errors first, then more replacements.
  const weight = Math.min(a.length, b.length) + 1
  const row = Float64Array.from({length: b.length + 1}, (_, column) => column * weight)
  for (const token of a) {
    let across = row[0]!
    row[0] = across + weight
    for (let j = 1; j <= b.length; j++) {
      const replace = token === b[j - 1] ? 0 : weight - 1
      const cost = Math.min(across + replace, row[j]! + weight, row[j - 1]! + weight)
      across = row[j]!
      row[j] = cost
    }
  }
  const cost = Math.ceil(row[b.length]! / weight)
  const SUB = cost * weight - row[b.length]!
  const DEL = (cost - SUB + b.length - a.length) / 2
  const INS = cost - SUB - DEL
  return {COR: a.length - SUB - INS, SUB, INS, DEL}
}
