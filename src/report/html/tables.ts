import type {DocumentReport, LedgerTrend, PageReport} from '../../model.ts'
import {formatAmount, formatConfidence, formatCount, formatRate, noRate} from '../figures.ts'
import {bars, change, greatestRate, type Pair} from './figures.ts'
import {html, type Markup, nothing} from './markup.ts'
import {pageName} from './page.ts'
import {sparkline} from './plots.ts'
import type {DocumentView, PageView} from './views.ts'

/** Says how a document fared. */
export const documentStatus: Readonly<Record<DocumentReport['status'], string>> = {
  compared: 'Compared',
  incomplete: 'Incomplete',
  'no-transcript': 'No transcript',
  'no-scan': 'No scan',
}

/**
 * Writes a row for each document, with bars that compare their character error rates.
 *
 * @param trends
 *   Against the ledgers; without any there is no column for them.
 */
export function documentTable(views: readonly DocumentView[], trends: ReadonlyMap<string, LedgerTrend>): Markup {
  const greatest = greatestRate(views.map(({document}) => document.totals?.character ?? null))
  const rows = views.map(({document, anchor, pages: pageViews}) => {
    const {id, title, pages, totals, differences, edits, status} = document
    const path = title === null ? nothing : html` <bdi class="path">${id}</bdi>`
    return html`<tr><th scope="row"><a href="#${anchor}"><bdi>${title ?? id}</bdi></a>${path}</th>${count(pages.length)}${rate(totals?.character ?? null)}${bar(totals?.character ?? null, greatest)}<td class="bar">${sparkline(pageViews)}</td>${trends.size === 0 ? nothing : trendCell(trends.get(id))}${rate(totals?.word ?? null)}${count(differences.length)}${decidedCell(anchor)}${count(edits.length)}<td>${documentStatus[status]}</td></tr>
`
  })
  return html`<table>
<thead><tr><th scope="col">Document</th>${heading('Pages')}${characterHeadings}<th scope="col" class="bar">By page</th>${trends.size === 0 ? nothing : trendHeading}${wordHeading}${heading('Differences')}${decidedHeading}${heading('Edits')}<th scope="col">Status</th></tr></thead>
<tbody>
${rows}</tbody></table>`
}

const trendHeading = html`<th scope="col" class="number"><abbr title="Character error rate when the ledger was written, and now, of the pages that both have">Since the ledger</abbr></th>`

/** What rose most since the ledger sorts first; what no ledger remembers, last. */
function trendCell(trend: LedgerTrend | undefined): Markup {
  const [before, now] = [trend?.before.errorRate ?? null, trend?.now.errorRate ?? null]
  if (trend === undefined || before === null || now === null)
    return html`<td class="number" data-sort="-2">${noRate}</td>`
  const word = now > before ? 'worse' : now < before ? 'better' : 'the same'
  return html`<td class="number" data-sort="${now - before}"><span class="before">${formatRate(before)}</span> <span aria-hidden="true">→</span><span class="hidden"> then, now </span> ${formatRate(now)} <small class="${`trend ${word.replace(' ', '-')}`}">${word}, ${formatAmount(trend.pages, 'page')}</small></td>`
}

/** Writes a row for each page of a document, with bars that compare their character error rates. */
export function pageTable(document: DocumentReport, views: readonly PageView[]): Markup {
  const greatest = greatestRate(document.pages.map(page => page.counts?.character ?? null))
  const rows = views.map(({page, anchor, differences, edits}) => {
    if (page === null) return nothing
    const {counts, confidence, status} = page
    return html`<tr><th scope="row"><a href="#${anchor}"><bdi>${pageName(document, page)}</bdi></a></th>${rate(counts?.character ?? null)}${bar(counts?.character ?? null, greatest)}${rate(counts?.word ?? null)}${count(differences.length)}${decidedCell(anchor)}${count(edits.length)}<td class="number" data-sort="${confidence ?? -1}">${formatConfidence(confidence)}</td><td>${pageStatus[status]}</td></tr>
`
  })
  return html`<table>
<thead><tr><th scope="col">Page</th>${characterHeadings}${wordHeading}${heading('Differences')}${decidedHeading}${heading('Edits')}${heading('Confidence')}<th scope="col">Status</th></tr></thead>
<tbody>
${rows}</tbody></table>`
}

const pageStatus: Readonly<Record<PageReport['status'], string>> = {
  compared: 'Compared',
  read: 'Read, not compared',
  failed: 'Not read',
}

const characterHeadings = html`<th scope="col" class="number"><abbr title="Character error rate">CER</abbr> before → after</th><td class="bar"></td>`
const wordHeading = html`<th scope="col" class="number"><abbr title="Word error rate">WER</abbr> before → after</th>`

/** Filled in by the script, which knows what is decided. */
export const decidedHeading = html`<th scope="col" class="number scripted" hidden>Decided</th>`

/** Holds how many differences of a document or page are decided. */
export function decidedCell(anchor: string): Markup {
  return html`<td class="number scripted" data-progress="${anchor}" hidden></td>`
}

/** Writes the heading of a column of numbers. */
export function heading(name: string): Markup {
  return html`<th scope="col" class="number">${name}</th>`
}

/** Writes a number that sorts as one. */
export function count(amount: number): Markup {
  return html`<td class="number" data-sort="${amount}">${formatCount(amount)}</td>`
}

/** What has no rate sorts below what has the least. */
function rate(pair: Pair | null): Markup {
  return html`<td class="number" data-sort="${pair?.clean.errorRate ?? -1}">${change(pair)}</td>`
}

function bar(pair: Pair | null, greatest: number): Markup {
  return html`<td class="bar">${bars(pair, greatest)}</td>`
}
