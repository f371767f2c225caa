import type {Change, CheckReport, Judgement, Outcome, Population} from '../model.ts'
import {formatAmount, formatCount, formatRate} from './figures.ts'
import {bothSides, type CheckFormatOptions, isFailing, judgedPlace, outcomeSummary} from './judgements.ts'
import type {TerminalOptions} from './terminal.ts'
import {visibleLine} from './visible.ts'
import {wrap} from './width.ts'

/**
 * Writes a check for a person at a terminal: what changed, each judgement with its place, both sides and the command
 * that mends it, worst first, and the verdict last, where the eye is.
 *
 * All text from outside is untrusted: what could act on the terminal is written as `<U+001B>`.
 */
export function renderCheckText(report: CheckReport, options: CheckFormatOptions & TerminalOptions): string {
  const {gate} = report.verdict
  const paint: Paint = options.color ? (style, text) => `\x1b[${codes[style]}m${text}\x1b[0m` : (_, text) => text
  const shown = gate.judgements.slice(0, maxJudgements)
  const left = gate.judgements.length - shown.length
  const blocks = [
    gate.changes.length === 0 ? [] : ['Changed since the ledger:', ...gate.changes.map(changeLine)],
    gate.population === null ? [] : populationLines(gate.population),
    ...shown.map(judgement => judgementLines(judgement, report, options, paint)),
    left === 0 ? [] : [`and ${formatAmount(left, 'more judgement')}; scanproof check --format json lists all`],
    closingLines(report, paint),
  ]
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

const maxJudgements = 50
const codes = {bold: 1, dim: 2, red: 31, green: 32, yellow: 33}

type Style = keyof typeof codes
type Paint = (style: Style, text: string) => string

const outcomeWords: Readonly<Record<Outcome, string>> = {
  regression: 'regression',
  unjudged: 'not judged',
  improvement: 'improvement',
  note: 'note',
}

function changeLine({cause, pages, from, to}: Change): string {
  const values = from === null || to === null ? '' : `: ${visibleLine(from)} → ${visibleLine(to)}`
  return `  ${cause}, on ${formatAmount(pages, 'page')}${values}`
}

function populationLines(population: Population): readonly string[] {
  const {pages, documents, changedDocuments, worsePages, betterPages, rise, interval, pValue, result, worst} =
    population
  return [
    `Judged together: ${formatAmount(pages, 'page')} of ${formatAmount(documents, 'document')}, ${formatCount(changedDocuments)} of them changed; ${formatAmount(worsePages, 'page')} worse, ${formatCount(betterPages)} better`,
    `  rise ${points(rise ?? 0)}, 95 % interval ${points(interval.low)} to ${points(interval.high)}, p = ${pValue.toFixed(4)}: ${result.replaceAll('-', ' ')}`,
    `  least rise that would have been seen: ${points(population.smallestDetectable)}`,
    ...worst.map(
      ({page, before, after}) =>
        `  ${visibleLine(page)}: ${formatCount(before)} → ${formatCount(after)} wrong characters`,
    ),
  ]
}

function judgementLines(
  judgement: Judgement,
  report: CheckReport,
  options: CheckFormatOptions & TerminalOptions,
  paint: Paint,
): readonly string[] {
  const {outcome, reason, remedy, command, page, ruleId} = judgement
  const style = isFailing(judgement, report) ? 'red' : outcome === 'improvement' ? 'green' : 'dim'
  const place = visibleLine(judgedPlace(judgement, options))
  const onPage = page === null ? '' : ` (page ${visibleLine(page)})`
  const sides = bothSides(judgement)
  const indented = (text: string) => wrap(visibleLine(text), options.width - 2).map(line => `  ${line}`)
  return [
    `${paint(style, outcomeWords[outcome])}  ${place}${onPage}  ${paint('dim', visibleLine(ruleId))}`,
    ...indented(reason),
    ...(sides === null
      ? []
      : [`  ${paint('dim', 'transcript')}  ${sides.transcript}`, `  ${paint('dim', 'scan')}        ${sides.scan}`]),
    ...indented(`${remedy}:`),
    `  ${visibleLine(command)}`,
  ]
}

function closingLines(report: CheckReport, paint: Paint): readonly string[] {
  const {characters, documents, verdict} = report
  const {tolerated, unchanged, drift} = verdict.gate
  const kinds = Object.entries(tolerated).filter(([, count]) => count > 0)
  const found = kinds.reduce((sum, [, count]) => sum + count, 0)
  const style = verdict.status === 'passed' ? 'green' : verdict.status === 'failed' ? 'red' : 'yellow'
  const pages = documents.reduce((sum, document) => sum + document.pages.length, 0)
  return [
    `${formatAmount(documents.length, 'document')}, ${formatAmount(pages, 'page')}, ${formatCount(unchanged.length)} of the documents unchanged; clean CER ${formatRate(characters.errorRate)}`,
    `${formatAmount(found, 'accepted difference')} found again${kinds.length === 0 ? '' : `: ${kinds.map(([name, count]) => `${formatCount(count)} ${name}`).join(', ')}`}`,
    ...(drift === null
      ? []
      : [
          `Since ${visibleLine(drift.revision)}: ${drift.rise === null ? 'no document in common' : `${points(drift.rise)} over ${formatAmount(drift.pages, 'page')}`}`,
        ]),
    `${paint(style, `Verdict: ${verdict.status}`)} (${outcomeSummary(report)})`,
  ]
}

/** A rise in percentage points with its sign, as in `+0.21 points`. */
function points(rise: number): string {
  const text = Math.abs(rise * 100).toFixed(2)
  return `${rise > 0 ? '+' : rise < 0 ? '-' : ''}${text} points`
}
