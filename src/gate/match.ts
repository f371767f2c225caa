import type {AcceptedDifference, Difference} from '../model.ts'

/** A difference and the page it lies on. */
export interface PlacedDifference extends Difference {
  readonly page: string
}

/** A difference of the ledger and the page it was accepted on. */
export interface PlacedAccepted extends AcceptedDifference {
  readonly page: string
}

/** How the differences of a document stand to those its ledger accepts. */
export interface Matching<A = PlacedAccepted, D = PlacedDifference> {
  /** Accepted, and here again. */
  readonly carried: readonly {readonly accepted: A; readonly difference: D}[]
  /** Here, and never accepted. */
  readonly fresh: readonly D[]
  /** Accepted, and here no more. */
  readonly gone: readonly A[]
}

/** What can be found again by its id or its texts, and be decided: a difference, a doubt, a line of the ledger. */
export interface Findable extends Pick<Difference, 'id' | 'kind' | 'reference' | 'hypothesis' | 'before' | 'after'> {
  readonly page: string
}

/**
 * Find the accepted differences among those of now.
 *
 * By id first, wherever in the document they stand now, so that moved text is not new. The id holds the words around:
 * what is left is paired by its own text, quotes, dashes and white space aside, where it still touches the same word on
 * one side at least; so an edit beside an accepted difference, or curled quotes, do not make it new. Each accepted
 * difference answers for one of now at most. Both results keep the order they came in.
 */
export function matchDifferences<A extends Findable, D extends Findable>(
  accepted: readonly A[],
  current: readonly D[],
): Matching<A, D> {
  const partner = new Map<D, A>()
  const open = new Set(accepted)
  const take = (difference: D, candidates: readonly A[]): void => {
    const free = candidates.filter(candidate => open.has(candidate))
    const found = free.find(({page}) => page === difference.page) ?? free[0]
    if (found === undefined) return
    open.delete(found)
    partner.set(difference, found)
  }
  const byId = groupBy(accepted, ({id}) => id)
  for (const difference of current) take(difference, byId.get(difference.id) ?? [])
  const byText = groupBy([...open], contentOf)
  for (const difference of current) {
    if (partner.has(difference)) continue
    const candidates = byText.get(contentOf(difference)) ?? []
    take(
      difference,
      candidates.filter(candidate => touchSameWord(candidate, difference)),
    )
  }
  return {
    carried: current.flatMap(difference => {
      const found = partner.get(difference)
      return found === undefined ? [] : [{accepted: found, difference}]
    }),
    fresh: current.filter(difference => !partner.has(difference)),
    gone: accepted.filter(difference => open.has(difference)),
  }
}

/**
 * Find the one difference that a record of an older state speaks of, by id, else by its text and a word beside it.
 *
 * @param alike
 *   Whether to choose between several that say the same by the words around and the page.
 * @returns
 *   Null where there is none, or where it cannot be told which is meant.
 */
export function findDifference<T extends Findable>(
  record: Pick<AcceptedDifference, 'id' | 'kind' | 'reference' | 'hypothesis' | 'before' | 'after'> & {
    readonly page: string | null
  },
  current: readonly T[],
  alike = true,
): T | null {
  const same = current.find(({id}) => id === record.id)
  if (same !== undefined) return same
  const content = contentOf(record)
  const saying = current.filter(item => contentOf(item) === content)
  const near = saying.filter(item => touchSameWord(record, item))
  if (!alike) return saying.length === 1 ? (near[0] ?? null) : null
  const narrower = [
    near,
    near.filter(({before, after}) => before === record.before && after === record.after),
    near.filter(({before, after}) => before === record.before || after === record.after),
    near.filter(({page}) => page === record.page),
  ]
  return narrower.find(({length}) => length === 1)?.[0] ?? null
}

/** Fold what typesetting changes and reading does not: white space, quotes, dashes, normal form. */
export function foldTypography(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

type Texts = Pick<AcceptedDifference, 'kind' | 'reference' | 'hypothesis' | 'before' | 'after'>

function contentOf({kind, reference, hypothesis}: Texts): string {
  return [kind, foldTypography(reference), foldTypography(hypothesis)].join('\0')
}

function touchSameWord(a: Texts, b: Texts): boolean {
  return lastWord(a.before) === lastWord(b.before) || firstWord(a.after) === firstWord(b.after)
}

function lastWord(text: string): string {
  return /\S*$/.exec(foldTypography(text))?.[0] ?? ''
}

function firstWord(text: string): string {
  return /^\S*/.exec(foldTypography(text))?.[0] ?? ''
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return groups
}
