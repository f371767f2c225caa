import type {Severity, Span} from '../../model.ts'
import type {Pass} from '../normalize.ts'

/** Something that does not belong in a curated transcript. */
export interface LintFinding {
  readonly ruleId: string
  readonly severity: Severity
  /** One sentence: what is there, what was expected, what to do. Values in backticks, no final period. */
  readonly reason: string
  /** In the text that was linted. */
  readonly span: Span
  /** What stands there. */
  readonly actual: string
  /** What could stand there; empty where only a person can say. */
  readonly expected: readonly string[]
}

/** A text and what came of it, read by the tests. */
export interface LintExample {
  readonly name: string
  readonly text: string
  /** The `actual` of each finding, in order; empty for a text that is fine. */
  readonly actual: readonly string[]
}

/** Finds one kind of thing; never edits. Pure. */
export interface LintRule {
  /** `no-…`, and the name of its file. */
  readonly id: string
  /** One sentence for the table of rules. */
  readonly summary: string
  /** At least one text with a finding and one without. */
  readonly examples: readonly [LintExample, LintExample, ...LintExample[]]
  /**
   * @param pass
   *   The normalizer's first look at the text.
   * @returns
   *   In ascending order of their spans.
   */
  readonly find: (text: string, pass: Pass) => readonly Omit<LintFinding, 'ruleId'>[]
}
