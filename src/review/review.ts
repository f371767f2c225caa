import {ledgerFile, serializeLedger} from '../index.ts'
import type {Decision, DecisionOutcome} from '../model.ts'
import {type DecidedDocument, decideDocument} from './decide.ts'
import type {ReviewedCorpus, ReviewedDocument} from './document.ts'

/** Documents after decisions, and what that makes of their files. */
export interface ReviewStep {
  /** One a decision, in their order. */
  readonly outcomes: readonly DecisionOutcome[]
  /** Those that were made, as they were made. */
  readonly made: readonly Decision[]
  /** By document; those that did not change are left out. */
  readonly documents: ReadonlyMap<string, ReviewedDocument>
  /** New text by file, relative to the corpus root. */
  readonly files: ReadonlyMap<string, string>
  /** By document and old id. */
  readonly renamed: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/**
 * Make decisions on the documents of a corpus; nothing is written to disk.
 *
 * @param standing
 *   What was decided before in this review.
 */
export function decideCorpus(
  corpus: ReviewedCorpus,
  documents: ReadonlyMap<string, ReviewedDocument>,
  decisions: readonly Decision[],
  standing: readonly Decision[],
): ReviewStep {
  const outcomes: DecisionOutcome[] = []
  const made: (Decision | null)[] = []
  const changed = new Map<string, ReviewedDocument>()
  const files = new Map<string, string>()
  const renamed = new Map<string, ReadonlyMap<string, string>>()
  for (const id of new Set(decisions.map(({document}) => document))) {
    const indices = decisions.flatMap(({document}, index) => (document === id ? [index] : []))
    const reviewed = documents.get(id)
    if (reviewed === undefined) {
      const reason = `Unexpected document \`${id}\`, expected one that the corpus has`
      for (const index of indices) {
        outcomes[index] = {document: id, id: decisions[index]!.id, status: 'refused', reason, diff: ''}
      }
      continue
    }
    const decided = decideDocument(
      corpus,
      reviewed,
      indices.map(index => decisions[index]!),
      new Set(standing.flatMap(({document, page}) => (document === id && page !== null ? [page] : []))),
    )
    for (const [place, index] of indices.entries()) {
      outcomes[index] = decided.outcomes[place]!
      made[index] = decided.made[place]!
    }
    if (decided.reviewed === reviewed) continue
    changed.set(id, decided.reviewed)
    renamed.set(id, decided.renamed)
    for (const [file, text] of filesOf(reviewed, decided)) files.set(file, text)
  }
  const known = new Set(standing.map(keyOf))
  // Who says what was said before does not take its author's name from it.
  const isNew = (decision: Decision, index: number) =>
    outcomes[index]?.status === 'written' || !known.has(keyOf(decision))
  return {
    outcomes,
    made: made.flatMap((decision, index) => (decision && isNew(decision, index) ? decision : [])),
    documents: changed,
    files,
    renamed,
  }
}

function keyOf({document, id}: Decision): string {
  return `${document}\0${id}`
}

function filesOf(before: ReviewedDocument, {reviewed}: DecidedDocument): readonly (readonly [string, string])[] {
  const {document, ledger} = reviewed
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
    all.delete(keyOf(decision))
    all.set(keyOf(decision), decision)
  }
  return [...all.values()]
}
