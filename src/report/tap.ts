import type {CheckReport, Judgement} from '../model.ts'
import {type CheckFormatOptions, cut, isFailing, judgedPlace, mending} from './judgements.ts'
import {visibleLine} from './visible.ts'

/**
 * Writes a check in the Test Anything Protocol, version 14: a test point for each page, and one for each document or
 * corpus that has judgements of its own; what went wrong follows it as YAML.
 *
 * Source: testanything.org, TAP 14 specification.
 */
export function renderTap(report: CheckReport, options: CheckFormatOptions): string {
  const failing = report.verdict.gate.judgements.filter(judgement => isFailing(judgement, report))
  const byPlace = new Map<string, Judgement[]>()
  for (const {id} of report.documents.flatMap(({pages}) => pages)) byPlace.set(id, [])
  for (const judgement of failing) {
    const place = judgement.page ?? judgement.document ?? 'corpus'
    byPlace.set(place, [...(byPlace.get(place) ?? []), judgement])
  }
  const points = [...byPlace].flatMap(([place, judgements], index) => {
    const status = judgements.length === 0 ? 'ok' : 'not ok'
    return [`${status} ${index + 1} - ${description(place)}`, ...diagnostics(judgements, options)]
  })
  return `${['TAP version 14', `1..${byPlace.size}`, ...points].join('\n')}\n`
}

const mostDiagnostics = 10

/** A description ends where `#` begins a directive, unless it is escaped. */
function description(text: string): string {
  return visibleLine(text).replace(/[\\#]/g, '\\$&')
}

function diagnostics(judgements: readonly Judgement[], options: CheckFormatOptions): readonly string[] {
  if (judgements.length === 0) return []
  const items = judgements
    .slice(0, mostDiagnostics)
    .flatMap(judgement => [
      `    - at: ${scalar(judgedPlace(judgement, options))}`,
      `      rule: ${scalar(judgement.ruleId)}`,
      `      message: ${scalar(cut(judgement.reason, 500))}`,
      `      mend: ${scalar(mending(judgement))}`,
    ])
  return ['  ---', `  judgements: ${judgements.length}`, '  worst:', ...items, '  ...']
}

/** A YAML double-quoted scalar on one line: JSON is one. */
function scalar(text: string): string {
  return JSON.stringify(visibleLine(text))
}
