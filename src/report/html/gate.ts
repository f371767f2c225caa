import type {Gate, Judgement, Outcome, Verdict} from '../../model.ts'
import {formatAmount} from '../figures.ts'
import {html, type Markup, nothing, shown} from './markup.ts'
import type {DocumentView} from './views.ts'

/**
 * Draws what a check judged, worst first, each with a way to its difference and the command that mends it; nothing
 * for a report that was not held against a ledger.
 */
export function gateSection({gate}: Verdict, views: readonly DocumentView[]): Markup {
  if (gate === undefined || gate.judgements.length + gate.changes.length === 0) return nothing
  const anchors = anchorsOf(views)
  const listed = gate.judgements.slice(0, mostJudgements)
  const left = gate.judgements.length - listed.length
  return html`<section id="gate" aria-labelledby="gate-name"><h2 id="gate-name">Against the ledger: ${formatAmount(gate.judgements.length, 'judgement')}</h2>
${changeLine(gate)}
<ul class="findings">${listed.map(judgement => judgementItem(judgement, anchors))}</ul>
${left === 0 ? nothing : html`<p>and ${formatAmount(left, 'more judgement')} in report.json</p>`}</section>`
}

const mostJudgements = 200

const outcomes: Readonly<Record<Outcome, {readonly name: string; readonly severity: string}>> = {
  regression: {name: 'regression', severity: 'error'},
  unjudged: {name: 'not judged', severity: 'warning'},
  improvement: {name: 'improvement to bank', severity: 'info'},
  note: {name: 'note', severity: 'info'},
}

function changeLine({changes}: Gate): Markup {
  if (changes.length === 0) return nothing
  const list = changes.map(({cause, pages}) => `${cause} (${formatAmount(pages, 'page')})`).join(', ')
  return html`<p class="facts">Changed since the ledger: ${list}</p>`
}

function judgementItem(judgement: Judgement, anchors: ReadonlyMap<string, string>): Markup {
  const {outcome, ruleId, reason, remedy, command, document, page, file, point, difference} = judgement
  const {name, severity} = outcomes[outcome]
  const at = point === null ? '' : `:${point.line}:${point.column}`
  const place = html`<bdi class="path">${file === null ? (page ?? document ?? 'corpus') : `${file}${at}`}</bdi>`
  const anchor = anchors.get(key(document, difference?.id ?? null)) ?? anchors.get(key(document, page))
  return html`<li class="${severity}"><b class="severity">${name}</b> ${anchor === undefined ? place : html`<a href="#${anchor}">${place}</a>`}<br><bdi>${shown(reason)}</bdi> <code>${ruleId}</code><br>${remedy}: <code><bdi>${shown(command)}</bdi></code></li>
`
}

function anchorsOf(views: readonly DocumentView[]): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>()
  for (const {document, anchor, pages} of views) {
    anchors.set(key(document.id, null), anchor)
    for (const {page, anchor, differences} of pages) {
      if (page !== null) anchors.set(key(document.id, page.id), anchor)
      for (const {anchor, item} of differences) anchors.set(key(document.id, item.id), anchor)
    }
  }
  return anchors
}

function key(document: string | null, part: string | null): string {
  return `${document ?? ''}\0${part ?? ''}`
}
