import type {Cause, Change, Ledger, LedgerPage, PageFingerprints} from '../model.ts'
import type {PageState, Snapshot} from './accept.ts'

/** In the order in which they act. */
export const causes: readonly Cause[] = ['scan', 'engine', 'preparation', 'rules', 'comparison', 'transcript']

/** Those that change every page at once, as a new version of a tool does. */
export const sweepingCauses: readonly Cause[] = ['engine', 'preparation', 'rules', 'comparison']

/** A page in the ledger and now. */
export interface PageHistory {
  readonly before: LedgerPage
  readonly after: PageState
  /** Parts that are not what they were. */
  readonly causes: readonly Cause[]
}

/** What became of a document's pages since they were accepted. */
export interface DocumentHistory {
  readonly kept: readonly PageHistory[]
  /** Pages the ledger does not know. */
  readonly added: readonly PageState[]
  /** Pages that are no more. */
  readonly missing: readonly LedgerPage[]
  /** Pages whose scan stands under another name now; in neither of the lists above. */
  readonly renamed: readonly {readonly before: LedgerPage; readonly after: PageState}[]
}

/** Hold the pages of a document against its ledger. */
export function historyOf(snapshot: Snapshot, ledger: Ledger): DocumentHistory {
  const known = new Map(ledger.pages.map(page => [page.page, page]))
  const kept = snapshot.pages.flatMap(after => {
    const before = known.get(after.page)
    return before === undefined ? [] : [{before, after, causes: changedParts(before.fingerprints, after.fingerprints)}]
  })
  const unknown = snapshot.pages.filter(({page}) => !known.has(page))
  const here = new Set(snapshot.pages.map(({page}) => page))
  const lost = ledger.pages.filter(({page}) => !here.has(page))
  const renamed = lost.flatMap(before => {
    const after = unknown.find(({fingerprints}) => fingerprints.scan === before.fingerprints.scan)
    return after === undefined ? [] : [{before, after}]
  })
  return {
    kept,
    added: unknown.filter(page => !renamed.some(({after}) => after === page)),
    missing: lost.filter(page => !renamed.some(({before}) => before === page)),
    renamed,
  }
}

/** Whether a page was read differently although scan, engine and preparation are the same: then something is not as it says. */
export function isReadingUnexplained({before, after, causes: changed}: PageHistory): boolean {
  const own = ({reading}: PageFingerprints) => reading.split('/')[0]
  return (
    own(before.fingerprints) !== own(after.fingerprints) &&
    !changed.some(cause => cause === 'scan' || cause === 'engine' || cause === 'preparation')
  )
}

/**
 * Whether a page gave another result from the same inputs: readings of the whole document, rules, comparison and
 * transcript are what they were, and cleaned text or counts are not.
 */
export function isResultUnexplained({before, after, causes: changed}: PageHistory): boolean {
  const sameInputs =
    before.fingerprints.reading === after.fingerprints.reading &&
    !changed.some(cause => cause === 'rules' || cause === 'comparison' || cause === 'transcript')
  const {correct, substitutions, insertions, deletions} = after.counts
  const sameCounts =
    before.counts.correct === correct &&
    before.counts.substitutions === substitutions &&
    before.counts.insertions === insertions &&
    before.counts.deletions === deletions
  return sameInputs && (before.fingerprints.cleaned !== after.fingerprints.cleaned || !sameCounts)
}

/** Whether every page is there still and reads as it did, after cleanup. */
export function isTextUnchanged({kept, added, missing, renamed}: DocumentHistory): boolean {
  return (
    added.length + missing.length + renamed.length === 0 &&
    kept.every(({before, after}) => before.fingerprints.cleaned === after.fingerprints.cleaned)
  )
}

/** Whether nothing but a tool's version or settings changed on any page, and its text or comparison with it. */
export function isSweeping({kept, added, missing, renamed}: DocumentHistory): boolean {
  const changed = new Set(kept.flatMap(page => page.causes))
  return (
    added.length + missing.length + renamed.length === 0 &&
    sweepingCauses.some(cause => changed.has(cause)) &&
    !changed.has('scan') &&
    !changed.has('transcript')
  )
}

/** Add up what changed over documents. */
export function listChanges(histories: readonly DocumentHistory[]): readonly Change[] {
  return causes.flatMap(cause => {
    const pages = histories.flatMap(({kept}) => kept).filter(page => page.causes.includes(cause))
    if (pages.length === 0) return []
    const from = common(pages.map(({before}) => before.fingerprints[cause]))
    const to = common(pages.map(({after}) => after.fingerprints[cause]))
    return [{cause, pages: pages.length, from, to}]
  })
}

function changedParts(before: PageFingerprints, after: PageFingerprints): readonly Cause[] {
  return causes.filter(cause => before[cause] !== after[cause])
}

function common(values: readonly string[]): string | null {
  const [first] = values
  return first !== undefined && values.every(value => value === first) ? first : null
}
