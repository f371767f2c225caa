import type {Alignment, Counts, Rate} from '../model.ts'

/** Count the operations of an alignment, in tokens. */
export function count({chunks}: Alignment): Counts {
  let correct = 0
  let substitutions = 0
  let insertions = 0
  let deletions = 0
  for (const {operation, reference, hypothesis} of chunks) {
    const length = Math.max(reference.end - reference.start, hypothesis.end - hypothesis.start)
    if (operation === 'equal') correct += length
    else if (operation === 'substitute') substitutions += length
    else if (operation === 'insert') insertions += length
    else deletions += length
  }
  return {correct, substitutions, insertions, deletions}
}

/** Add counts up, as of pages to a document. Counts are added; rates never are. */
export function sum(all: readonly Counts[]): Counts {
  let correct = 0
  let substitutions = 0
  let insertions = 0
  let deletions = 0
  for (const counts of all) {
    correct += counts.correct
    substitutions += counts.substitutions
    insertions += counts.insertions
    deletions += counts.deletions
  }
  return {correct, substitutions, insertions, deletions}
}

/** Substitutions + insertions + deletions: the numerator of every error rate. */
export function errors({substitutions, insertions, deletions}: Counts): number {
  return substitutions + insertions + deletions
}

/** Tokens of the reference: correct + substitutions + deletions. */
export function referenceLength({correct, substitutions, deletions}: Counts): number {
  return correct + substitutions + deletions
}

/** Tokens of the hypothesis: correct + substitutions + insertions. */
export function hypothesisLength({correct, substitutions, insertions}: Counts): number {
  return correct + substitutions + insertions
}

/**
 * Errors per token of the reference: (S + I + D) / (C + S + D).
 *
 * Passes 1 when the hypothesis holds much that the reference does not (OCR-D
 * `ocrd_eval`, dinglehopper, jiwer). 0 where both sides are empty; null where only
 * the reference is, as no rate is defined then.
 */
export function errorRate(counts: Counts): number | null {
  const wrong = errors(counts)
  if (wrong === 0) return 0
  const length = referenceLength(counts)
  return length === 0 ? null : wrong / length
}

/** Complete counts with what follows from them, for a report. */
export function rate(counts: Counts): Rate {
  const {correct, substitutions, insertions, deletions} = counts
  const reference = referenceLength(counts)
  return {correct, substitutions, insertions, deletions, reference, errorRate: errorRate(counts)}
}
