import {ledgerFile, serializeLedger} from '../index.ts'
import type {Decision, DecisionOutcome} from '../model.ts'
import {type DecidedDocument, decideDocument, takes} from './decide.ts'
import type {ReviewedCorpus, ReviewedDocument} from './document.ts'

/** A document under review in this run. */
export interface OpenDocument {
  /** As it was when it was read from disk last. */
  readonly base: ReviewedDocument
  /** What was decided since, in order. */
  readonly since: readonly Decision[]
  /** As it is with these decisions made. */
  readonly now: ReviewedDocument
}

/** Documents after decisions, and what that makes of their files. */
export interface ReviewStep {
  /** One a decision, in their order. */
  readonly outcomes: readonly DecisionOutcome[]
  /** Those that were made, as they were made. */
  readonly made: readonly Decision[]
  /** By document; those that did not change are left out. */
  readonly documents: ReadonlyMap<string, OpenDocument>
  /** New text by file, relative to the corpus root. */
  readonly files: ReadonlyMap<string, string>
  /** By document and old id. */
  readonly renamed: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/**
 * Make decisions on the documents of a corpus; nothing is written to disk.
 *
 * Who decides anew on a difference of which the reading was taken in this run gets what would be there had the first
 * decision never been made: all others are made again on the file as it was read.
 *
 * @param standing
 *   What was decided before in this review.
 */
export function decideCorpus(
  corpus: ReviewedCorpus,
  documents: ReadonlyMap<string, OpenDocument>,
  decisions: readonly Decision[],
  standing: readonly Decision[],
): ReviewStep {
  const outcomes: DecisionOutcome[] = []
  const made: (Decision | null)[] = []
  const changed = new Map<string, OpenDocument>()
  const files = new Map<string, string>()
  const renamed = new Map<string, ReadonlyMap<string, string>>()
  for (const id of new Set(decisions.map(({document}) => document))) {
    const indices = decisions.flatMap(({document}, index) => (document === id ? [index] : []))
    const asked = indices.map(index => decisions[index]!)
    const open = documents.get(id)
    if (open === undefined) {
      const reason = `Unexpected document \`${id}\`, expected one that the corpus has`
      for (const index of indices) outcomes[index] = refusal(decisions[index]!, reason)
      continue
    }
    const pages = new Set(standing.flatMap(({document, page}) => (document === id && page !== null ? [page] : [])))
    const {decided, since} = decideOpen(corpus, open, asked, pages)
    for (const [place, index] of indices.entries()) {
      outcomes[index] = decided.outcomes[place]!
      made[index] = decided.made[place]!
    }
    if (decided.reviewed === open.now) continue
    changed.set(id, {base: open.base, since, now: decided.reviewed})
    renamed.set(id, decided.renamed)
    for (const [file, text] of filesOf(open.now, decided.reviewed)) files.set(file, text)
  }
  const known = new Set(standing.map(keyOfDecision))
  // Who says what was said before does not take its author's name from it.
  const isNew = (decision: Decision, index: number) =>
    outcomes[index]?.status === 'written' || !known.has(keyOfDecision(decision))
  return {
    outcomes,
    made: made.flatMap((decision, index) => (decision && isNew(decision, index) ? decision : [])),
    documents: changed,
    files,
    renamed,
  }
}

/** Make decisions on a document: on what it is now, or from the start where one is decided anew. */
function decideOpen(
  corpus: ReviewedCorpus,
  {base, since, now}: OpenDocument,
  asked: readonly Decision[],
  pages: ReadonlySet<string>,
): {readonly decided: DecidedDocument; readonly since: readonly Decision[]} {
  const again = new Set(asked.map(({id}) => id))
  const kept = since.filter(decision => !(again.has(decision.id) && takes(decision)))
  if (kept.length === since.length) {
    const decided = decideDocument(corpus, now, asked, pages)
    return {decided, since: [...since, ...decided.made.flatMap(decision => decision ?? [])]}
  }
  const whole = decideDocument(corpus, base, [...kept, ...asked], pages)
  const isSame = whole.outcomes.slice(0, kept.length).every(({status}) => status !== 'refused')
  if (!isSame) {
    const reason = 'What was taken into the transcript here cannot be taken back by itself, undo it, or edit the file'
    const refused = asked.map(decision => refusal(decision, reason))
    return {decided: {reviewed: now, outcomes: refused, made: asked.map(() => null), renamed: new Map()}, since}
  }
  const decided = {...whole, outcomes: whole.outcomes.slice(kept.length), made: whole.made.slice(kept.length)}
  return {decided, since: whole.made.flatMap(decision => decision ?? [])}
}

function refusal({document, id}: Decision, reason: string): DecisionOutcome {
  return {document, id, status: 'refused', reason, diff: ''}
}

/** The files that hold transcript and ledger, where they changed. */
function filesOf(
  before: ReviewedDocument,
  {document, ledger}: ReviewedDocument,
): readonly (readonly [string, string])[] {
  const {transcript} = document
  return [
    ...(transcript !== null && transcript.source !== before.document.transcript?.source
      ? [[transcript.file, transcript.source] as const]
      : []),
    ...(ledger !== null && ledger !== before.ledger
      ? [[ledgerFile(document.id), serializeLedger(ledger)] as const]
      : []),
  ]
}

/** What stands after decisions were made: of two on one difference the later, whoever made it. */
export function standingAfter(standing: readonly Decision[], made: readonly Decision[]): readonly Decision[] {
  const all = new Map<string, Decision>()
  for (const decision of [...standing, ...made]) {
    all.delete(keyOfDecision(decision))
    all.set(keyOfDecision(decision), decision)
  }
  return [...all.values()]
}

function keyOfDecision({document, id}: Decision): string {
  return `${document}\0${id}`
}
