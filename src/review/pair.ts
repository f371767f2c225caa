import {diffArrays} from 'diff'
import {type Findable, foldTypography} from '../index.ts'

/** Differences that stand in one place before and after a transcript changed; one on each side where they are the same. */
export interface PairedDifferences<B, A> {
  readonly before: readonly B[]
  readonly after: readonly A[]
  readonly same: boolean
}

/**
 * Pair the differences of a document before and after its transcript changed: in their order, by what they say. Their
 * ids do not tell, as they hold the words around, which may be what changed.
 *
 * @param changed
 *   Differences of before whose words in the transcript changed: none of after says what they said.
 */
export function pairDifferences<B extends Findable, A extends Findable>(
  before: readonly B[],
  after: readonly A[],
  changed: {readonly has: (difference: B) => boolean} = new Set(),
): readonly PairedDifferences<B, A>[] {
  const pairs: PairedDifferences<B, A>[] = []
  let from = 0
  let to = 0
  let gone: B[] = []
  let come: A[] = []
  const flush = (): void => {
    if (gone.length + come.length > 0) pairs.push({before: gone, after: come, same: false})
    gone = []
    come = []
  }
  const said = before.map(difference => (changed.has(difference) ? `changed ${difference.id}` : contentOf(difference)))
  for (const {added, removed, value} of diffArrays(said, after.map(contentOf))) {
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

function contentOf({kind, reference, hypothesis}: Findable): string {
  return [kind, foldTypography(reference), foldTypography(hypothesis)].join('\0')
}
