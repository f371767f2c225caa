import type {EditAction} from '../model.ts'
import type {DocumentView} from './document.ts'
import {contextEvidence} from './evidence.ts'
import {type ProfileRules, treatmentOf} from './profiles.ts'
import {type Evidence, scoreOf} from './rule.ts'
import {type RuledFound, surroundingsOf} from './surroundings.ts'

/** From this score on a marking is stripped. */
export const stripScore = 4
/** From this score on, up to `stripScore`, it is kept and flagged. */
export const flagScore = 1.5
/** From this score on spelling is repaired. */
export const repairScore = 2

/** What becomes of a candidate; `keep` makes no edit. */
export type Decision = EditAction | 'keep'

/** A find with all that speaks for and against it, and what follows. */
export interface Candidate extends RuledFound {
  readonly score: number
  readonly decision: Decision
}

/** Two witnesses: kinds of evidence that speak for a candidate. */
const leastWitnesses = 2
/** Wording as sure as this may go without a second witness. */
const sureForm = 4

/**
 * Decide on every find of a document.
 *
 * A find is judged by its own text and place first, then once more with the
 * markings that are sure by then next to it. Of finds that overlap, the one
 * that changes more stands; the others are decided `keep`.
 *
 * @returns
 *   In ascending order of their spans.
 */
export function judge(
  found: readonly RuledFound[],
  document: DocumentView,
  profile: ProfileRules,
): readonly Candidate[] {
  const around = surroundingsOf(found, document)
  const judged = found.map(item => {
    const evidence = [...item.evidence, ...contextEvidence(item, document, around)]
    return {...item, evidence, ...decide(item, evidence, profile)}
  })
  return withoutOverlaps(withBlocks(judged, document, profile))
}

function decide(
  found: RuledFound,
  evidence: readonly Evidence[],
  profile: ProfileRules,
  familiar = false,
): {score: number; decision: Decision} {
  const score = scoreOf(evidence)
  const treatment = treatmentOf(profile, found.rule.family)
  if (treatment === 'keep') return {score, decision: 'keep'}
  if (found.action === 'repair') {
    return {score, decision: score < repairScore ? 'keep' : profile.repairs ? 'repair' : 'flag'}
  }
  if (score < flagScore) return {score, decision: 'keep'}
  return {
    score,
    decision: treatment === 'strip' && mayGo(found, evidence, familiar) && isSure(evidence, score) ? 'strip' : 'flag',
  }
}

/** Whether a find may be stripped at all; `familiar` where a sure marking of its family stands beside it. */
function mayGo({flagOnly, needsCompany}: RuledFound, evidence: readonly Evidence[], familiar: boolean): boolean {
  return flagOnly !== true && (needsCompany !== true || familiar || evidence.some(({kind}) => kind === 'ink'))
}

function isSure(evidence: readonly Evidence[], score: number): boolean {
  if (score < stripScore) return false
  if (evidence.some(item => item.kind === 'form' && item.score >= sureForm)) return true
  return new Set(evidence.filter(item => item.score > 0).map(({kind}) => kind)).size >= leastWitnesses
}

/** Lines further apart than this many line ends are no block. */
const blockBreaks = 3

/**
 * Add what neighbours say: next to a marking that is sure, in a run of lines
 * that all look like markings, the others are more likely to be one.
 */
function withBlocks(judged: readonly Candidate[], document: DocumentView, profile: ProfileRules): readonly Candidate[] {
  const best = new Map<number, Candidate>()
  for (const candidate of judged) {
    if (!candidate.wholeLine || candidate.action !== 'strip') continue
    const other = best.get(candidate.line)
    if (other === undefined || other.score < candidate.score) best.set(candidate.line, candidate)
  }
  const inBlock = new Map<number, number>()
  const familiar = new Set<number>()
  // Two lines of one stamp, each of its wording: neither is a line of a letter.
  const isOfStamp = (line: number) => formOf(best.get(line)) >= stampForm
  const goesOn = (line: number) =>
    isOfStamp(line) &&
    [line - 1, line + 1].some(
      next =>
        isOfStamp(next) &&
        best.get(next)?.rule === best.get(line)?.rule &&
        best.get(next)?.repeats !== best.get(line)?.repeats &&
        isAdjacent(document, line, next),
    )
  let run: number[] = []
  const close = () => {
    const sure = new Set(run.filter(line => best.get(line)?.decision === 'strip' || goesOn(line)))
    if (sure.size > 0) {
      for (const line of run) {
        const beside = [line - 1, line + 1].filter(next => sure.has(next) && isAdjacent(document, line, next))
        if (sure.size > 1 || !sure.has(line)) inBlock.set(line, beside.length > 0 ? 2.5 : 2)
        if (beside.some(next => isFamiliar(best.get(line), best.get(next), document))) familiar.add(line)
      }
    }
    run = []
  }
  for (const line of document.lines) {
    const candidate = best.get(line.index)
    const page = document.pages[line.page]
    if (line.index === page?.firstLine || line.breaksBefore > blockBreaks) close()
    if (candidate !== undefined && candidate.score >= 0.5) run.push(line.index)
    else close()
  }
  close()
  return judged.map(candidate => {
    if (!candidate.wholeLine || candidate.action !== 'strip' || inBlock.get(candidate.line) === undefined) {
      return candidate
    }
    const evidence: Evidence[] = [
      ...candidate.evidence,
      {kind: 'block', score: inBlock.get(candidate.line) ?? 2, reason: 'it stands next to a marking that is sure'},
    ]
    return {...candidate, evidence, ...decide(candidate, evidence, profile, familiar.has(candidate.line))}
  })
}

/** What the wording of lines that make up a stamp is worth at least. */
const stampForm = 3

/** What the best wording of a find is worth; 0 for one that is only worth a look. */
function formOf(found: Candidate | undefined): number {
  if (found === undefined || found.flagOnly === true) return 0
  return Math.max(0, ...found.evidence.map(({kind, score}) => (kind === 'form' ? score : 0)))
}

/** Whether a sure marking beside a find speaks for it: one of its family, or of any where both are set apart from the letter. */
function isFamiliar(found: Candidate | undefined, sure: Candidate | undefined, {lines}: DocumentView): boolean {
  if (found === undefined || sure === undefined) return false
  if (found.rule.family === sure.rule.family) return true
  // A word alone heads a page as well.
  const words = lines[found.line]?.text.includes(' ') === true
  return words && found.evidence.some(({kind, score}) => kind === 'interruption' || (kind === 'place' && score >= 2))
}

/** Whether no blank line parts two lines of a page. */
function isAdjacent({lines}: DocumentView, line: number, next: number): boolean {
  if (lines[line]?.page !== lines[next]?.page) return false
  return lines[Math.max(line, next)]?.breaksBefore === 1
}

/** A word that may be a marking's is not mended: what it is comes first. */
const rank: Readonly<Record<Decision, number>> = {strip: 3, flag: 2, repair: 1, join: 1, keep: 0}

function withoutOverlaps(judged: readonly Candidate[]): readonly Candidate[] {
  const ordered = [...judged].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)
  const result: Candidate[] = []
  // Finds lie within a line, so only those of one line can overlap.
  let group: Candidate[] = []
  let groupEnd = -1
  const close = () => {
    const ranked = [...group].sort((a, b) => rank[b.decision] - rank[a.decision] || b.score - a.score)
    const kept: Candidate[] = []
    for (const candidate of ranked) {
      const at = placeAmong(kept, candidate)
      if (candidate.decision !== 'keep' && at !== null) kept.splice(at, 0, candidate)
      else result.push({...candidate, decision: 'keep'})
    }
    for (const candidate of kept) result.push(candidate)
    group = []
  }
  for (const candidate of ordered) {
    if (candidate.span.start >= groupEnd) close()
    group.push(candidate)
    groupEnd = Math.max(groupEnd, candidate.span.end)
  }
  close()
  return result.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
}

/** Where a candidate belongs among disjoint ones in ascending order; null where it overlaps one of them. */
function placeAmong(kept: readonly Candidate[], {span}: Candidate): number | null {
  let low = 0
  let high = kept.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((kept[middle]?.span.end ?? 0) <= span.start) low = middle + 1
    else high = middle
  }
  const next = kept[low]
  return next === undefined || span.end <= next.span.start ? low : null
}
