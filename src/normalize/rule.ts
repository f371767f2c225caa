import type {EditAction, Span} from '../model.ts'
import type {DocumentView, Line} from './document.ts'
import type {Vocabulary} from './vocabulary.ts'

/** Input and expected output of a rule; read by the tests and by docs/rules.md. A form feed is a page break. */
export interface Example {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** What kind of witness a piece of evidence is; a bare word needs two kinds that speak for it. */
export type EvidenceKind =
  /** What the text itself looks like. */
  | 'form'
  /** The same marking stands elsewhere in the document. */
  | 'repetition'
  /** It stands at the top or bottom of its page. */
  | 'place'
  /** It stands next to a marking that is sure. */
  | 'block'
  /** It stands in the middle of a sentence that goes on without it. */
  | 'interruption'
  /** Preparation found a stamp, a strike or handwriting there. */
  | 'ink'
  /** The engine was unsure of it. */
  | 'confidence'
  /** Its letters are of a script the text around it is not in. */
  | 'script'
  /** Against: the rest of the line consists of words. */
  | 'words'
  /** Against: quoted, or said to be the subject. */
  | 'mention'
  /** Against: the sentence around it needs it. */
  | 'sentence'

/** A reason for (score above 0) or against (below 0) a candidate. */
export interface Evidence {
  readonly kind: EvidenceKind
  readonly score: number
  /** For a person, without a final period. */
  readonly reason: string
}

/** Sum of the evidence. */
export function scoreOf(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, {score}) => sum + score, 0)
}

/** What a rule thinks it has found; the judge decides. */
export interface Found {
  readonly action: Extract<EditAction, 'strip' | 'repair'>
  /** In the document's raw text; within its line. */
  readonly span: Span
  /** Index into `DocumentView.lines` of the line it stands on. */
  readonly line: number
  /** True where nothing else stands on the line: the line goes with its line end. */
  readonly wholeLine: boolean
  /** Empty for a strip. */
  readonly replacement: string
  /** What is the same when the marking is printed again on another page; null where repeating says nothing. */
  readonly repeats: string | null
  /** True for what is the letter's own, though worth a look: never stripped, only flagged. */
  readonly flagOnly?: true
  /** True for what letters write as well, as headings or names: stripped only beside a sure marking of its family, or where its ink says so. */
  readonly needsCompany?: true
  /** What the rule saw in the text itself. */
  readonly evidence: readonly Evidence[]
}

/** Found that a whole line is to go. */
export function stripLine(
  {start, end, index}: Line,
  evidence: readonly Evidence[],
  repeats: string | null = null,
): Found {
  return {action: 'strip', span: {start, end}, line: index, wholeLine: true, replacement: '', repeats, evidence}
}

/** A replacement of white space or a hyphen that makes a sentence or word whole. */
export interface Join {
  /** Index into the gaps that `find` was given: only one rule may mend a gap. */
  readonly gap: number
  readonly span: Span
  readonly replacement: string
  readonly reason: string
}

interface RuleText {
  /** Verb first, and the name of its file. */
  readonly id: string
  /** Of the markings it finds; the unit a profile decides on. */
  readonly family: string
  /** One sentence for the table of rules. */
  readonly summary: string
  /** What on which scans asks for the rule. */
  readonly why: string
  /** Where the shapes come from. */
  readonly source: string
  /** At least one that changes and one that must not. */
  readonly examples: readonly [Example, Example, ...Example[]]
}

/** A rule that finds markings to strip, or spelling to repair. Pure. */
export interface MarkingRule extends RuleText {
  readonly kind: 'marking'
  /** The wording by which lines are recognized; shared, so that a line of two families is understood as one. */
  readonly vocabulary?: Vocabulary
  /** Kinds of witness that say nothing about what it finds. */
  readonly ignores?: readonly EvidenceKind[]
  readonly find: (document: DocumentView) => readonly Found[]
}

/** A rule that joins what markings and page ends tore apart; runs when it is known what is stripped. Pure. */
export interface JoinRule extends RuleText {
  readonly kind: 'join'
  /**
   * @param gaps
   *   Where lines were stripped, a page ends, blank lines stand or a hyphen ends a line; in ascending order.
   * @returns
   *   Disjoint, in ascending order; within the separators of gaps, and the white space and hyphens next to them.
   */
  readonly find: (document: DocumentView, gaps: readonly Gap[]) => readonly Join[]
}

/** What stands between two neighbouring lines of the letter. */
export interface Gap {
  /** Index into `DocumentView.lines` of the last line kept before; never stripped. */
  readonly before: number
  /** Index of the first line kept after. */
  readonly after: number
  /** What remains between them once the strips are made: white space, with a form feed for each page break. */
  readonly separators: readonly Span[]
  /** True where a marking stood between them. */
  readonly stripped: boolean
}

export type Rule = MarkingRule | JoinRule
