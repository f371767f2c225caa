import type {AcceptedDifference, Counts, Ledger, LedgerVerdict, PageFingerprints} from '../model.ts'
import type {PlacedDoubt} from './doubts.ts'
import {matchDifferences, type PlacedAccepted, type PlacedDifference} from './match.ts'

/** A compared document as a ledger would remember it. */
export interface Snapshot {
  readonly document: string
  /** In order. */
  readonly pages: readonly PageState[]
  readonly differences: readonly PlacedDifference[]
  readonly doubts: readonly PlacedDoubt[]
}

export interface PageState {
  readonly page: string
  readonly fingerprints: PageFingerprints
  /** Clean characters. */
  readonly counts: Counts
}

/** What a person says who accepts differences. */
export interface Acceptance {
  readonly verdict: LedgerVerdict
  readonly reason: string
  readonly author: string
  /** As in `2026-11-22`. */
  readonly date: string
}

/** List the differences of a ledger with their pages. */
export function acceptedOf(ledger: Ledger | null): readonly PlacedAccepted[] {
  return (ledger?.pages ?? []).flatMap(({page, differences}) => differences.map(item => ({...item, page})))
}

/**
 * Accept pages as they are now: their counts, fingerprints and every difference on them.
 *
 * What was accepted before and is still there keeps its verdict, reason, author and date; what is gone is dropped.
 * Other pages keep their lines, unless all pages are accepted: then those that are no more are dropped.
 *
 * @param pages
 *   Ids; null for all.
 */
export function acceptPages(
  ledger: Ledger | null,
  snapshot: Snapshot,
  pages: ReadonlySet<string> | null,
  decision: Acceptance,
): Ledger {
  const all = acceptedOf(ledger)
  const {carried} = matchDifferences(all, snapshot.differences)
  const before = new Map(carried.map(({accepted, difference}) => [difference, accepted]))
  const elsewhere = new Set(
    carried.filter(({difference}) => pages !== null && !pages.has(difference.page)).map(({accepted}) => accepted),
  )
  return rebuilt(ledger, snapshot, pages === null, (state, known) => {
    if (pages !== null && !pages.has(state.page)) return known
    const own = snapshot.differences
      .filter(({page}) => page === state.page)
      .map(difference => lineOf(difference, before.get(difference) ?? decision))
    // An accepted difference that now stands on a page nobody asked about stays accepted.
    const kept = all.filter(item => item.page === state.page && elsewhere.has(item))
    return {...state, differences: unique([...own, ...kept.map(withoutPage)])}
  })
}

/**
 * Accept one difference, or decide anew on one that was accepted before.
 *
 * Only its line changes, but for a page that has no other open difference: that one is remembered as it is now.
 *
 * @throws RangeError
 *   Where the snapshot has no such difference.
 */
export function acceptDifference(ledger: Ledger | null, snapshot: Snapshot, id: string, decision: Acceptance): Ledger {
  const chosen = snapshot.differences.find(difference => difference.id === id)
  if (chosen === undefined) throw new RangeError(`Unexpected difference \`${id}\` in \`${snapshot.document}\``)
  const {carried} = matchDifferences(acceptedOf(ledger), snapshot.differences)
  const replaced = carried.find(({difference}) => difference === chosen)?.accepted ?? null
  const line = lineOf(chosen, decision)
  const withLine = rebuilt(ledger, snapshot, false, (state, known) => {
    if (state.page !== chosen.page && state.page !== replaced?.page) return known
    const {differences} = known ?? {differences: []}
    const rest = differences.filter(item => item.id !== line.id && item.id !== replaced?.id)
    return {...(known ?? state), differences: state.page === chosen.page ? [...rest, line] : rest}
  })
  return settled(withLine, snapshot, new Set([chosen.page]))
}

/** Bank what has improved: drop the accepted differences that are gone, and remember the pages that have no open one left as they are now. */
export function acceptImprovements(ledger: Ledger, snapshot: Snapshot, improved: readonly PlacedAccepted[]): Ledger {
  const dropped = new Set(improved.map(keyOf))
  const pages = new Set(improved.map(({page}) => page))
  const without = rebuilt(ledger, snapshot, false, (state, known) =>
    known === null
      ? null
      : {...known, differences: known.differences.filter(item => !dropped.has(keyOf({...item, page: state.page})))},
  )
  return settled(without, snapshot, pages)
}

/** Remember pages as they are now where every difference on them is accepted and none accepted is gone. */
function settled(ledger: Ledger, snapshot: Snapshot, pages: ReadonlySet<string>): Ledger {
  const {carried, fresh, gone} = matchDifferences(acceptedOf(ledger), snapshot.differences)
  const open = new Set([...fresh, ...gone].map(({page}) => page))
  const before = new Map(carried.map(({accepted, difference}) => [difference, accepted]))
  return rebuilt(ledger, snapshot, false, (state, known) => {
    if (known === null || !pages.has(state.page) || open.has(state.page)) return known
    const own = snapshot.differences.filter(({page}) => page === state.page)
    const lines = own.flatMap(difference => {
      const accepted = before.get(difference)
      return accepted === undefined ? [] : [lineOf(difference, accepted)]
    })
    return {...state, differences: unique(lines)}
  })
}

/** Make a ledger page by page, in the order of the snapshot; pages it alone knows follow, unless they are dropped. */
function rebuilt(
  ledger: Ledger | null,
  snapshot: Snapshot,
  dropMissing: boolean,
  make: (state: PageState, known: Ledger['pages'][number] | null) => Ledger['pages'][number] | null,
): Ledger {
  const known = new Map((ledger?.pages ?? []).map(page => [page.page, page]))
  const pages = snapshot.pages.flatMap(({page, fingerprints, counts}) => {
    const made = make({page, fingerprints, counts}, known.get(page) ?? null)
    known.delete(page)
    return made === null ? [] : [made]
  })
  return {
    schemaVersion: 1,
    document: snapshot.document,
    pages: [...pages, ...(dropMissing ? [] : known.values())],
    doubts: ledger?.doubts,
  }
}

export function lineOf(
  {id, kind, reference, hypothesis, before, after, characters}: PlacedDifference,
  {verdict, reason, author, date}: Acceptance,
): AcceptedDifference {
  const errors = characters.substitutions + characters.insertions + characters.deletions
  return {id, kind, reference, hypothesis, before, after, errors, verdict, reason, author, date}
}

function withoutPage({page: _, ...accepted}: PlacedAccepted): AcceptedDifference {
  return accepted
}

/** Name a line of a ledger, or a difference, within its document. */
export function keyOf({page, id}: {readonly page: string; readonly id: string}): string {
  return `${page}\0${id}`
}

export function unique(lines: readonly AcceptedDifference[]): readonly AcceptedDifference[] {
  return [...new Map(lines.map(line => [line.id, line])).values()]
}
