import {align} from '../align/align.ts'
import type {Equality} from '../align/fold.ts'
import {type MatchedGap, setGapsAside} from '../align/gaps.ts'
import {tokenize} from '../align/tokenize.ts'
import {count} from '../measure/counts.ts'
import type {AlignedTexts} from '../measure/differences.ts'
import type {Counts, Span, Transcript, Unit} from '../model.ts'

/** Two texts aligned by one unit. */
export interface Held extends AlignedTexts {
  readonly counts: Counts
  /** What was read where the reference says that it does not tell; in neither side's tokens. */
  readonly gaps: readonly MatchedGap[]
}

/**
 * Hold a text against another.
 *
 * @param gaps
 *   Spans of the reference that stand for text of any length, ascending and disjoint.
 */
export function hold(
  reference: string,
  hypothesis: string,
  unit: Unit,
  equality: Equality,
  gaps: readonly Span[] = [],
): Held {
  const aside = setGapsAside(tokenize(reference, unit, equality), tokenize(hypothesis, unit, equality), gaps)
  const alignment = align(aside.reference, aside.hypothesis)
  return {
    reference,
    hypothesis,
    referenceTokens: aside.reference,
    hypothesisTokens: aside.hypothesis,
    alignment,
    counts: count(alignment),
    gaps: aside.gaps,
  }
}

/** Where a transcript says that it does not tell, in its reading text. */
export function gapsOf({marks}: Transcript): readonly Span[] {
  return marks.flatMap(({kind, span}) => (kind === 'gap' && span.start < span.end ? [span] : []))
}
