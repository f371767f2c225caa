import type {Config} from '../config.ts'
import {
  type ComparedDocument,
  compareOne,
  inputsOf,
  type Program,
  type ReadCorpus,
  type Shared,
  type Snapshot,
  snapshotOf,
} from '../index.ts'
import type {Document, Ledger} from '../model.ts'

/** What all documents under review share. */
export interface ReviewedCorpus {
  readonly corpus: ReadCorpus
  readonly shared: Shared
  readonly config: Config
  readonly program: Program
}

/** A document under review: its two texts compared, and what people have accepted. */
export interface ReviewedDocument {
  readonly document: Document
  readonly compared: ComparedDocument
  /** Null where it cannot be judged. */
  readonly snapshot: Snapshot | null
  /** Null where there is none. */
  readonly ledger: Ledger | null
}

/** Compares a document for review; nothing is read but what was recognized before. */
export function reviewDocument(
  {corpus, shared, config, program}: ReviewedCorpus,
  document: Document,
  ledger: Ledger | null,
): ReviewedDocument {
  const compared = compareOne(corpus, document, shared, config)
  const {report, normalized} = compared
  const inputs = inputsOf(document, corpus.recognitions, corpus.engine, config, program)
  const isJudged = report.status === 'compared' && normalized !== null && inputs !== null
  return {document, compared, snapshot: isJudged ? snapshotOf(report, normalized, inputs) : null, ledger}
}
