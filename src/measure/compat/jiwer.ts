import type {Counts} from '../../model.ts'
import {count, errors, sum} from '../counts.ts'
import {wordRates} from '../rates.ts'
import {listTokens, type Tools} from './tools.ts'

/** The numbers of jiwer. Where the reference is empty, its rates are the *number* of insertions. */
export interface JiwerReport {
  readonly wer: number
  readonly mer: number
  readonly wil: number
  readonly wip: number
  readonly cer: number
  /** Of words: `hits` of the reference were read. */
  readonly hits: number
  readonly substitutions: number
  readonly deletions: number
  readonly insertions: number
}

/** What was read for what, how often (`collect_error_counts`). */
export interface JiwerErrorCounts {
  /** `reference>hypothesis`. */
  readonly substitutions: Readonly<Record<string, number>>
  readonly insertions: Readonly<Record<string, number>>
  readonly deletions: Readonly<Record<string, number>>
}

/**
 * Measure as jiwer 4 does: words are what blanks part, characters are code points;
 * the ends are stripped; sentences are aligned one by one, and counts summed.
 *
 * @param references
 *   Sentences, or the whole text as one.
 * @param hypotheses
 *   As many.
 */
export function jiwer(
  references: readonly string[],
  hypotheses: readonly string[],
  {align}: Pick<Tools, 'align'>,
): JiwerReport {
  const words = countAll(references.map(splitWords), hypotheses.map(splitWords), 'word', align)
  const characters = countAll(references.map(splitCharacters), hypotheses.map(splitCharacters), 'character', align)
  const {matchErrorRate, informationLost, informationPreserved} = wordRates(words)
  return {
    wer: jiwerRate(words),
    mer: matchErrorRate.value ?? 0,
    wil: informationLost.value ?? 0,
    wip: informationPreserved.value ?? 0,
    cer: jiwerRate(characters),
    hits: words.correct,
    substitutions: words.substitutions,
    deletions: words.deletions,
    insertions: words.insertions,
  }
}

/** Count words by what they were read as; neighbours of one operation are one entry, as jiwer has them. */
export function jiwerErrorCounts(
  references: readonly string[],
  hypotheses: readonly string[],
  {align}: Pick<Tools, 'align'>,
): JiwerErrorCounts {
  const counted = {substitute: new Map<string, number>(), insert: new Map(), delete: new Map<string, number>()}
  for (const [index, reference] of references.entries()) {
    const [truth, read] = [splitWords(reference), splitWords(hypotheses[index] ?? '')]
    for (const chunk of align(listTokens(truth, 'word'), listTokens(read, 'word')).chunks) {
      if (chunk.operation === 'equal') continue
      const from = truth.slice(chunk.reference.start, chunk.reference.end).join(' ')
      const to = read.slice(chunk.hypothesis.start, chunk.hypothesis.end).join(' ')
      const key = chunk.operation === 'substitute' ? `${from}>${to}` : `${from}${to}`
      const table = counted[chunk.operation]
      table.set(key, (table.get(key) ?? 0) + 1)
    }
  }
  return {
    substitutions: Object.fromEntries(counted.substitute),
    insertions: Object.fromEntries(counted.insert),
    deletions: Object.fromEntries(counted.delete),
  }
}

function countAll(
  references: readonly (readonly string[])[],
  hypotheses: readonly (readonly string[])[],
  unit: 'character' | 'word',
  align: Tools['align'],
): Counts {
  if (references.length !== hypotheses.length) {
    throw new RangeError(`Cannot compare ${references.length} sentences with ${hypotheses.length}`)
  }
  return sum(
    references.map((reference, index) =>
      count(align(listTokens(reference, unit), listTokens(hypotheses[index]!, unit))),
    ),
  )
}

function jiwerRate(counts: Counts): number {
  const length = counts.correct + counts.substitutions + counts.deletions
  return errors(counts) / (length === 0 ? 1 : length)
}

function splitWords(sentence: string): readonly string[] {
  return sentence
    .replace(/\s\s+/g, ' ')
    .trim()
    .split(' ')
    .filter(word => word !== '')
}

function splitCharacters(sentence: string): readonly string[] {
  return [...sentence.trim()]
}
