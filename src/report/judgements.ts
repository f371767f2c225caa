import {createHash} from 'node:crypto'
import type {CheckReport, Judgement, Outcome} from '../model.ts'
import {formatAmount} from './figures.ts'
import {visibleLine} from './visible.ts'

/** What every format of a check is told. */
export interface CheckFormatOptions {
  /** Put before paths of the corpus: the way to its root from where files are looked for; empty or ending in `/`. */
  readonly base: string
}

/** Where a judgement belongs, as a path for tools; null for the corpus as a whole. */
export function pathOf({file}: Judgement, {base}: CheckFormatOptions): string | null {
  return file === null ? null : `${base}${file}`
}

/** Write where a judgement belongs, as in `transcripts/letter.md:12:5`; the page, document or `corpus` where it has no file. */
export function judgedPlace(judgement: Judgement, options: CheckFormatOptions): string {
  const path = pathOf(judgement, options)
  const {point, page, document} = judgement
  if (path === null) return page ?? document ?? 'corpus'
  return point === null ? path : `${path}:${point.line}:${point.column}`
}

/** Whether a judgement keeps the check from passing. */
export function isFailing({outcome}: Judgement, {verdict}: CheckReport): boolean {
  return outcome === 'regression' || outcome === 'unjudged' || (outcome === 'improvement' && verdict.gate.strict)
}

/** Write how many judgements there are of each outcome, as in `1 regression, 2 improvements not banked`. */
export function outcomeSummary({verdict}: CheckReport): string {
  const count = (outcome: Outcome) => verdict.gate.judgements.filter(judgement => judgement.outcome === outcome).length
  const improvements = count('improvement')
  const unjudged = count('unjudged')
  return [
    formatAmount(count('regression'), 'regression'),
    ...(unjudged > 0 ? [`${unjudged} not judged`] : []),
    ...(improvements > 0 ? [`${formatAmount(improvements, 'improvement')} not banked`] : []),
  ].join(', ')
}

/** Write what mends a judgement, the command at the end, where every message ends. */
export function mending({remedy, command}: Judgement): string {
  return `${remedy}: ${command}`
}

/** The two sides of a difference with the words around them, each on one line. */
export function bothSides({
  difference,
}: Pick<Judgement, 'difference'>): {readonly transcript: string; readonly scan: string} | null {
  if (difference === null) return null
  const {before, after, reference, hypothesis} = difference
  const line = (text: string) =>
    visibleLine(
      [before, text, after]
        .map(part => part.replace(/\s+/g, ' ').trim())
        .filter(part => part !== '')
        .join(' '),
    )
  return {transcript: cut(line(reference)), scan: cut(line(hypothesis))}
}

/** A name for a judgement that it keeps from run to run, wherever it moves: 64 hex digits. */
export function judgementName({ruleId, document, page, difference, reason}: Judgement): string {
  // Without a difference, what remains when its numbers are left out tells it from others.
  const own = difference?.id ?? reason.replace(/\d+(?:\.\d+)?(?:e-?\d+)?/g, '0')
  return createHash('sha256')
    .update([ruleId, document ?? '', page ?? '', own].join('\0'))
    .digest('hex')
}

/** Shorten a text that nobody reads to its end. */
export function cut(text: string, length = 400): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
