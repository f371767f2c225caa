import type {Confusion, Series} from '../model.ts'
import {type AlignedTexts, type FoundDifference, growRuns} from './differences.ts'

/**
 * Sort differences by what was read for what: all in which `m` was read as `rn` are a series.
 *
 * A confusion is a whole run of edits (as in `confusions`, though what came or went is moved to whole words as in the
 * difference); a difference that holds several is in several series, in each of them once. Summed over all, errors are
 * the numerator of the error rate. The longest series first, equal ones in the order of their texts' UTF-16 units.
 *
 * @param differences
 *   Those of `findDifferences` for the same texts.
 */
export function seriesOf(texts: AlignedTexts, differences: readonly FoundDifference[]): readonly Series[] {
  const {referenceTokens, hypothesisTokens} = texts
  const found = new Map<string, Omit<Series, 'differences'> & {readonly differences: Set<string>}>()
  for (const [index, {confused}] of growRuns(texts).entries()) {
    for (const span of confused) {
      const reference = referenceTokens.keys.slice(span.reference.start, span.reference.end).join('')
      const hypothesis = hypothesisTokens.keys.slice(span.hypothesis.start, span.hypothesis.end).join('')
      const key = `${reference}\0${hypothesis}`
      const series = found.get(key) ?? {reference, hypothesis, times: 0, errors: 0, differences: new Set()}
      const length = Math.max(span.reference.end - span.reference.start, span.hypothesis.end - span.hypothesis.start)
      series.differences.add(differences[index]!.id)
      found.set(key, {...series, times: series.times + 1, errors: series.errors + length})
    }
  }
  return [...found.entries()]
    .sort(([one, a], [other, b]) => b.differences.size - a.differences.size || (one < other ? -1 : 1))
    .map(([, series]) => ({...series, differences: [...series.differences]}))
}

/** Add confusions of documents up, the costliest first, at most so many. */
export function sumConfusions(all: readonly (readonly Confusion[])[], most: number): readonly Confusion[] {
  const found = new Map<string, Confusion>()
  for (const confusion of all.flat()) {
    const {reference, hypothesis, times, errors} = confusion
    const key = `${reference}\0${hypothesis}`
    const before = found.get(key)
    found.set(
      key,
      before === undefined
        ? {reference, hypothesis, times, errors}
        : {reference, hypothesis, times: before.times + times, errors: before.errors + errors},
    )
  }
  return [...found.entries()]
    .sort(([one, a], [other, b]) => b.errors - a.errors || (one < other ? -1 : 1))
    .slice(0, most)
    .map(([, confusion]) => confusion)
}
