/** What the page and the server of `scanproof review` say to each other; docs/review.md has it in words. */
import type {AcceptedDifference, Decision, DecisionOutcome, Disagreement, DocumentReport} from '../model.ts'

/** Name of the header without which nothing is written; its value stands in the page, in the meta tag of this name. */
export const tokenName = 'scanproof-token'
export const tokenHeader = 'x-scanproof-token'

/** `GET /api/state` */
export interface ReviewState {
  /** Rises with each change of the report: of a decision, undo, redo, or an edit outside. */
  readonly revision: number
  /** Who decides in this run; decisions without an author get this one. */
  readonly author: string
  /** What stands in the tree, in the order it was decided. */
  readonly decisions: readonly Decision[]
  readonly disagreements: readonly Disagreement[]
  /** How many steps can be taken back, and taken again. */
  readonly undo: number
  readonly redo: number
}

/** `GET /api/documents/<id>` */
export interface DocumentAnswer {
  readonly revision: number
  /** The document's part of the report as it is now. */
  readonly report: DocumentReport
  /** What the ledger accepts, by id of the difference or doubt as it is now. */
  readonly accepted: Readonly<Record<string, Pick<AcceptedDifference, 'verdict' | 'reason' | 'author' | 'date'>>>
}

/** A decision as the page sends it: its author and date are the run's and today where they are left out. */
export type SentDecision = Omit<Decision, 'author' | 'date'> & {
  readonly author?: string | undefined
  readonly date?: string | undefined
}

/** `POST /api/decisions` */
export interface DecideRequest {
  readonly decisions: readonly SentDecision[]
  /** Writes nothing and tells what would become of them. */
  readonly preview?: boolean | undefined
}

/** Answer to `POST /api/decisions`, `/api/undo`, `/api/redo`. */
export interface DecideAnswer {
  /** One a decision, in the order sent; empty for undo and redo. */
  readonly outcomes: readonly DecisionOutcome[]
  /** Documents of which the report changed: fetch `GET /api/documents/<id>`. */
  readonly changed: readonly string[]
  /** New ids of differences that are still there but called otherwise now, by document and old id. */
  readonly renamed: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly state: ReviewState
}

/** `POST /api/restore`: it was wrong to change this; writes a case that says so. */
export interface RestoreRequest {
  readonly document: string
  /** Index in the document's `edits`. */
  readonly edit: number
}

export interface RestoreAnswer {
  /** Folder of the case, relative to the corpus. */
  readonly folder: string
}

/** Answer to every request that is refused, with a status of 400 or more. */
export interface RefusedAnswer {
  /** As every message: unexpected X, expected Y, do Z. */
  readonly error: string
}
