import {lettersOf} from './readings.ts'
import {changeOf} from './surroundings.ts'
import {coreOf} from './typing.ts'

/** A change made at least so often is a pattern of the document. */
const least = 3

/**
 * Name the changes that repeat throughout a document, as in `Romania for Rumania`, so that each can be shown once.
 *
 * @returns
 *   For each difference the pattern it is part of; null where its change stands alone. Differences of one
 *   pattern have the same name: that of the first.
 */
export function patternsOf(
  differences: readonly {readonly reference: string; readonly hypothesis: string}[],
): readonly (string | null)[] {
  const keys = differences.map(({reference, hypothesis}) =>
    reference.trim() === '' || hypothesis.trim() === '' ? null : keyOf(reference, hypothesis),
  )
  const members = new Map<string, number[]>()
  for (const [index, key] of keys.entries()) if (key !== null) members.set(key, [...(members.get(key) ?? []), index])
  return keys.map(key => {
    const [first, ...others] = key === null ? [] : (members.get(key) ?? [])
    if (first === undefined || others.length + 1 < least) return null
    const {reference = '', hypothesis = ''} = differences[first] ?? {}
    return `\`${reference.trim()}\` for \`${hypothesis.trim()}\``
  })
}

/** The same stem changed in the same way, or the same punctuation. */
function keyOf(reference: string, hypothesis: string): string {
  const [from, to] = [lettersOf(reference), lettersOf(hypothesis)]
  if (from === to) return `marks ${changeOf(reference, hypothesis)}`
  const {start, from: own, to: read} = coreOf(from, to)
  const letters = [...from]
  const stem = letters.slice(0, start).join('')
  const rest = letters.slice(start + [...own].length, start + [...own].length + 2).join('')
  return `word ${stem} ${own}>${read} ${rest}`
}
