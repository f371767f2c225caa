import type {EditAction, PageText, Span} from '../model.ts'
import type {Candidate, Decision} from './judge.ts'
import {flagScore, stripScore} from './judge.ts'
import {type NormalizeOptions, type Pass, passesOf} from './normalize.ts'
import {describeEvidence} from './propose.ts'
import {rawOffsets} from './restore.ts'
import {isWord} from './tokens.ts'

/** Why a line of the raw text was kept or changed. */
export interface LineExplanation {
  /** 1-based number of the line in the raw text, as an editor counts: a form feed ends no line. */
  readonly line: number
  readonly pageId: string
  /** In the raw text, without the white space around it. */
  readonly span: Span
  readonly text: string
  /** What became of it; `keep` where nothing changed. */
  readonly decision: Decision
  /** One sentence that sums up. */
  readonly summary: string
  /** What the rules thought of it, the strongest first. */
  readonly candidates: readonly CandidateExplanation[]
}

export interface CandidateExplanation {
  readonly ruleId: string
  readonly family: string
  readonly action: EditAction
  readonly decision: Decision
  readonly score: number
  /** What it would change, as it stood when it was judged. */
  readonly text: string
  readonly evidence: readonly string[]
}

/** Explain every line that is not blank, in order; the same look that `normalize` takes. */
export function explain(pages: readonly PageText[], options: NormalizeOptions): readonly LineExplanation[] {
  const passes = passesOf(pages, options)
  const first = passes[0]
  if (first === undefined) return []
  const edits = (passes.at(-1)?.edits ?? []).filter(({action}) => action !== 'join')
  const byLine = candidatesByLine(passes)
  const numbers = lineNumbers(first.document.raw)
  let next = 0
  return first.document.lines.map(({index, page, start, end, text, reading}) => {
    const candidates = [...(byLine.get(index) ?? [])].sort((a, b) => b.score - a.score)
    while ((edits[next]?.span.end ?? Infinity) <= start) next++
    const made = new Set<Decision>()
    for (let at = next; (edits[at]?.span.start ?? Infinity) < end; at++) made.add(edits[at]?.action ?? 'keep')
    const decision = (['strip', 'repair', 'flag'] as const).find(action => made.has(action))
    const words = reading.tokens.filter(isWord).length
    return {
      line: numbers(start),
      pageId: first.document.pages[page]?.pageId ?? '',
      span: {start, end},
      text,
      decision: decision ?? 'keep',
      summary: summarize(decision ?? 'keep', candidates, words, reading.tokens.length),
      candidates: candidates.map(explainCandidate),
    }
  })
}

interface SeenCandidate extends Candidate {
  readonly text: string
}

/** Candidates of all passes by the line of the first pass they stand on; of the same one, the best score. */
function candidatesByLine(passes: readonly Pass[]): ReadonlyMap<number, readonly SeenCandidate[]> {
  const lines = passes[0]?.document.lines ?? []
  const byLine = new Map<number, SeenCandidate[]>()
  for (const [number, {document, candidates}] of passes.entries()) {
    const toRaw = rawOffsets(passes[number - 1]?.edits ?? [])
    let line = 0
    for (const candidate of candidates) {
      const start = toRaw(candidate.span.start)
      while (line + 1 < lines.length && (lines[line]?.end ?? 0) <= start) line++
      const seen = byLine.get(line) ?? []
      const same = seen.findIndex(
        ({rule, wholeLine}) => rule.id === candidate.rule.id && wholeLine === candidate.wholeLine,
      )
      const text = document.raw.slice(candidate.span.start, candidate.span.end)
      const other = seen[same]
      if (other === undefined || other.text !== text) seen.push({...candidate, text})
      else if (candidate.score > other.score) seen[same] = {...candidate, text}
      byLine.set(line, seen)
    }
  }
  return byLine
}

function summarize(decision: Decision, candidates: readonly SeenCandidate[], words: number, tokens: number): string {
  const best = candidates[0]
  if (best === undefined) return `Kept: no rule sees a marking; ${words} of ${tokens} words are of a language.`
  const by = `\`${best.rule.id}\` gives ${best.score}`
  switch (decision) {
    case 'strip':
      return `Stripped: ${by}, and ${stripScore} is enough.`
    case 'repair':
      return `Repaired: \`${best.text}\` reads \`${best.replacement}\`.`
    case 'flag':
      return best.score >= stripScore
        ? `Flagged: ${by}, but a second witness is missing or the profile keeps it.`
        : `Flagged: ${by}; ${stripScore} would strip it.`
    default:
      return best.score >= flagScore
        ? `Kept: ${by}, but the profile counts \`${best.rule.family}\` as the letter's.`
        : `Kept: ${by}; ${flagScore} would flag it.`
  }
}

function explainCandidate({rule, action, decision, score, text, evidence}: SeenCandidate): CandidateExplanation {
  return {
    ruleId: rule.id,
    family: rule.family,
    action,
    decision,
    score,
    text,
    evidence: evidence.map(describeEvidence),
  }
}

/** Maps ascending offsets to 1-based line numbers. */
function lineNumbers(raw: string): (offset: number) => number {
  let at = 0
  let line = 1
  return offset => {
    for (let next = raw.indexOf('\n', at); next >= 0 && next < offset; next = raw.indexOf('\n', at)) {
      line++
      at = next + 1
    }
    return line
  }
}
