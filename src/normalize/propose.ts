import type {Span} from '../model.ts'
import type {Proposal} from './apply.ts'
import {type DocumentView, unionOf} from './document.ts'
import {lineStrips} from './gaps.ts'
import type {Candidate} from './judge.ts'
import type {ProfileRules} from './profiles.ts'
import type {Evidence, Gap, Join, JoinRule} from './rule.ts'

/** Score of an edit that follows from others, and is not judged. */
const joinScore = 1

/**
 * Turn decisions into edits, and join what they leave torn.
 *
 * @returns
 *   Ascending and disjoint.
 */
export function propose(
  candidates: readonly Candidate[],
  document: DocumentView,
  joinRules: readonly JoinRule[],
  profile: ProfileRules,
): readonly Proposal[] {
  const decided = candidates.filter(({decision}) => decision !== 'keep')
  const wholeLines = decided.filter(({decision, wholeLine}) => decision === 'strip' && wholeLine)
  const {spans, gaps} = lineStrips(document, new Set(wholeLines.map(({line}) => line)))
  const proposals = decided.map(candidate => {
    const grown = candidate.decision === 'strip' ? spans.get(candidate.line) : undefined
    return proposalOf(candidate, document, grown ?? trimmed(candidate, document))
  })
  return profile.joins ? withJoins(proposals, document, gaps, joinRules) : proposals
}

function proposalOf(candidate: Candidate, document: DocumentView, span: Span): Proposal {
  const {rule, decision, replacement, score, evidence} = candidate
  const line = document.lines[candidate.line]
  const page = document.pages[line?.page ?? 0]
  const words = line?.words.filter(word => {
    const start = word.span.start + (page?.start ?? 0)
    return start < candidate.span.end && word.span.end + (page?.start ?? 0) > candidate.span.start
  })
  return {
    ruleId: rule.id,
    family: rule.family,
    action: decision === 'keep' ? 'flag' : decision,
    span,
    replacement:
      decision === 'flag' ? document.raw.slice(span.start, span.end) : decision === 'strip' ? '' : replacement,
    score,
    evidence: evidence.map(describeEvidence),
    pageId: page?.pageId ?? '',
    box: unionOf(words ?? []),
  }
}

/** A piece of evidence for a person, as in ``reads `SECRET` (+2)``. */
export function describeEvidence({score, reason}: Evidence): string {
  return `${reason} (${score < 0 ? '\u2212' : '+'}${Math.abs(score)})`
}

/** A stripped piece of a line with the blanks that parted it from the rest. */
function trimmed({span, line, decision}: Candidate, document: DocumentView): Span {
  const owner = document.lines[line]
  if (decision !== 'strip' || owner === undefined) return span
  let {start, end} = span
  const isBlank = (offset: number) => /[^\S\n\r\f]/.test(document.raw[offset] ?? '')
  if (start > owner.start) while (start > owner.start && isBlank(start - 1)) start--
  else while (end < owner.end && isBlank(end)) end++
  return {start, end}
}

/** Add the joins of the rules in order; a gap that one has mended is no other's. */
function withJoins(
  proposals: readonly Proposal[],
  document: DocumentView,
  gaps: readonly Gap[],
  rules: readonly JoinRule[],
): readonly Proposal[] {
  const taken = [...proposals]
  const mended = new Set<number>()
  for (const rule of rules) {
    const open = gaps.filter((_, index) => !mended.has(index))
    const numbers = gaps.flatMap((_, index) => (mended.has(index) ? [] : [index]))
    const byGap = new Map<number, Join[]>()
    for (const join of rule.find(document, open)) {
      const gap = numbers[join.gap] ?? -1
      byGap.set(gap, [...(byGap.get(gap) ?? []), join])
    }
    const sorted = [...taken].sort(ascending)
    for (const [gap, joins] of byGap) {
      if (!joins.every(({span}) => isFree(sorted, span))) continue
      mended.add(gap)
      for (const {span, replacement, reason} of joins) {
        const page = document.pages[document.lines[gaps[gap]?.before ?? 0]?.page ?? 0]
        taken.push({
          ruleId: rule.id,
          family: rule.family,
          action: 'join',
          span,
          replacement,
          score: joinScore,
          evidence: [reason],
          pageId: page?.pageId ?? '',
          box: null,
        })
      }
    }
  }
  return taken.sort(ascending)
}

function ascending(a: Proposal, b: Proposal): number {
  return a.span.start - b.span.start || a.span.end - b.span.end
}

/** Whether no edit overlaps a span; `sorted` is disjoint. */
function isFree(sorted: readonly Proposal[], span: Span): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.span.end ?? 0) <= span.start) low = middle + 1
    else high = middle
  }
  const next = sorted[low]
  return next === undefined || next.span.start >= span.end
}
