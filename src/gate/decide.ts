import type {AcceptedDifference, Ledger} from '../model.ts'
import {type Acceptance, acceptedOf, keyOf, lineOf, type PageState, type Snapshot, unique} from './accept.ts'
import {causes} from './changes.ts'
import {matchDifferences, type PlacedAccepted, type PlacedDifference} from './match.ts'

/** What people decided on a document whose transcript may have changed with it. */
export interface Decided {
  /** Differences of now that may stay, with who says so and why. */
  readonly accepted: ReadonlyMap<PlacedDifference, Acceptance>
  /** Keys of lines of the ledger of which the difference is no more, because a person took the OCR's reading or read otherwise. */
  readonly settled: ReadonlySet<string>
  /** Differences of now that lines of the ledger speak of, by key of the line, where they are called otherwise than the ledger says. */
  readonly carried: ReadonlyMap<string, PlacedDifference>
  /** Pages that decisions are about, now and before in this review. */
  readonly pages: ReadonlySet<string>
}

/**
 * Write decisions into a ledger, together with the transcript that they may have changed.
 *
 * A page is remembered as it is now where no accepted difference on it is gone, nothing but the transcript changed
 * since, and either no open difference is left on it or a decision is about it: so an edit by review is no edit that a
 * check would have to explain, while a new scan, engine or rule is still found where it was. Only the state counts, not
 * the way to it: the same decisions, made one by one or at once, give the same ledger.
 *
 * @param ledger
 *   Null where there is none yet.
 */
export function decideDifferences(ledger: Ledger | null, snapshot: Snapshot, decided: Decided): Ledger {
  const lines = acceptedOf(ledger).filter(line => !decided.settled.has(keyOf(line)))
  const named = new Set(decided.carried.values())
  const {carried} = matchDifferences(
    lines.filter(line => !decided.carried.has(keyOf(line))),
    snapshot.differences.filter(difference => !named.has(difference)),
  )
  const known = new Map<PlacedDifference, PlacedAccepted>([
    ...carried.map(({accepted, difference}) => [difference, accepted] as const),
    ...lines.flatMap(line => {
      const difference = decided.carried.get(keyOf(line))
      return difference === undefined ? [] : [[difference, line] as const]
    }),
  ])
  const found = new Set(known.values())
  const goneLines = lines.filter(line => !found.has(line))
  const before = new Map((ledger?.pages ?? []).map(page => [page.page, page]))
  const pages = snapshot.pages.flatMap(state => {
    const old = before.get(state.page)
    before.delete(state.page)
    const isAbout = decided.pages.has(state.page)
    const here = snapshot.differences.filter(({page}) => page === state.page)
    const gone = goneLines.filter(({page}) => page === state.page)
    const kept = here.flatMap(difference => {
      const acceptance = decided.accepted.get(difference) ?? known.get(difference)
      return acceptance === undefined ? [] : [lineOf(difference, acceptance)]
    })
    const isOpen = kept.length < here.length
    // A page without an open difference has nothing that a person would have to look at.
    if (old === undefined && !isAbout && isOpen) return []
    const isFresh =
      old === undefined ||
      (gone.length === 0 && (isAbout || !isOpen) && (onlyEdited(old, state) || (isAbout && !isOpen)))
    if (!isFresh && !isAbout) return [old]
    const {fingerprints, counts} = isFresh ? state : old
    return [
      {
        page: state.page,
        fingerprints,
        counts,
        differences: unique([...kept, ...gone.map(({page: _, ...line}) => line)]),
      },
    ]
  })
  return {
    schemaVersion: 1,
    document: snapshot.document,
    pages: [...pages, ...before.values()],
    doubts: ledger?.doubts,
  }
}

/** Whether nothing but the transcript changed since a page was accepted. */
function onlyEdited({fingerprints}: Ledger['pages'][number], now: PageState): boolean {
  return (
    fingerprints.reading === now.fingerprints.reading &&
    fingerprints.cleaned === now.fingerprints.cleaned &&
    causes.every(cause => cause === 'transcript' || fingerprints[cause] === now.fingerprints[cause])
  )
}

/** Why a difference may stay, in words, where the person gave none. */
export function reasonOf(line: Pick<AcceptedDifference, 'verdict'>, tags: readonly string[], note: string): string {
  const why = note.replace(/\s+/g, ' ').trim()
  const said = [tags.join(', '), why].filter(part => part !== '').join(': ')
  return said === '' ? reasons[line.verdict] : said
}

const reasons: Readonly<Record<AcceptedDifference['verdict'], string>> = {
  ocr: 'compared with the scan: the transcript is right',
  transcript: 'compared with the scan: the transcript is wrong',
  both: 'compared with the scan: both are wrong',
  editorial: 'compared with the scan: meant to differ',
  illegible: 'compared with the scan: it cannot be read',
  unsure: 'compared with the scan: it takes a second reader',
}
