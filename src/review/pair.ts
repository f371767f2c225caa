import {diffArrays} from 'diff'
import {foldTypography, type PlacedDifference} from '../index.ts'

/** Differences that stand in one place before and after a transcript changed; one on each side where they are the same. */
export interface PairedDifferences {
  readonly before: readonly PlacedDifference[]
  readonly after: readonly PlacedDifference[]
  readonly same: boolean
}

/**
 * Pair the differences of a document before and after its transcript changed: in their order, by what they say. Their
 * ids do not tell, as they hold the words around, which may be what changed.
 */
export function pairDifferences(
  before: readonly PlacedDifference[],
  after: readonly PlacedDifference[],
): readonly PairedDifferences[] {
  const pairs: PairedDifferences[] = []
  let from = 0
  let to = 0
  let gone: PlacedDifference[] = []
  let come: PlacedDifference[] = []
  const flush = (): void => {
    if (gone.length + come.length > 0) pairs.push({before: gone, after: come, same: false})
    gone = []
    come = []
  }
  for (const {added, removed, value} of diffArrays(before.map(contentOf), after.map(contentOf))) {
    const count = value.length
    if (added) come.push(...after.slice(to, to + count))
    if (removed) gone.push(...before.slice(from, from + count))
    if (!added && !removed) {
      flush()
      for (let index = 0; index < count; index++) {
        pairs.push({before: [before[from + index]!], after: [after[to + index]!], same: true})
      }
    }
    if (!added) from += count
    if (!removed) to += count
  }
  flush()
  return pairs
}

function contentOf({kind, reference, hypothesis}: PlacedDifference): string {
  return [kind, foldTypography(reference), foldTypography(hypothesis)].join('\0')
}
