import type {Confusion, HistoryEntry, LedgerTrend, Report} from '../../model.ts'
import {formatAmount, formatCount, formatRate} from '../figures.ts'
import {renderTrend} from '../trend.ts'
import {bars, change, greatestRate} from './figures.ts'
import {html, type Markup, nothing, shown} from './markup.ts'
import {pageName} from './page.ts'
import {calibrationPlot, effortPlot, pagesPlot} from './plots.ts'
import {count, decidedCell, decidedHeading, documentTable, heading} from './tables.ts'
import type {DocumentView, PageView} from './views.ts'

/** Pages that are listed, the worst first; the tables of the documents have them all. */
const mostPages = 200
const mostConfusions = 40
/** Rows and columns of the confusion matrix. */
const matrixSize = 14

/** Writes what is said of the corpus as a whole: its documents, its worst pages, and plots. */
export function corpusSections(
  {review}: Report,
  views: readonly DocumentView[],
  {history, trends}: {readonly history: readonly HistoryEntry[]; readonly trends: ReadonlyMap<string, LedgerTrend>},
): Markup {
  if (views.length === 0)
    return html`<section id="corpus"><h2>Documents</h2><p class="none">There are none.</p></section>`
  return html`<section id="corpus" aria-labelledby="corpus-name"><header class="split"><h2 id="corpus-name">Documents</h2><label class="scripted" hidden><span class="hidden">Find documents and pages</span><input type="search" id="find" placeholder="Find documents and pages" autocomplete="off"></label></header>
<div class="wide" tabindex="0" role="group" aria-labelledby="corpus-name">${documentTable(views, trends)}</div></section>
${pageSection(views)}
<section id="figures" aria-labelledby="figures-name"><h2 id="figures-name">Figures</h2>
<div class="plots">${history.length === 0 ? nothing : trend(history)}${pagesPlot(views)}${review === null ? nothing : html`${calibrationPlot(review.calibration)}${effortPlot(review.effort)}`}</div>
${review === null || review.confusions.length === 0 ? nothing : confusionSection(review.confusions)}</section>`
}

function pageSection(views: readonly DocumentView[]): Markup {
  const pages = views.flatMap(({pages}) => pages.flatMap(view => (view.page === null ? [] : [view])))
  if (pages.length < 2) return nothing
  const gains = new Map(
    views.flatMap(({document}) => document.review?.gains ?? []).map(gain => [gain.page, gain.expected]),
  )
  const worst = [...pages].sort((one, other) => rateOf(other) - rateOf(one)).slice(0, mostPages)
  const greatest = greatestRate(worst.map(({page}) => page?.counts?.character ?? null))
  const rows = worst.map(({document, page, anchor, differences}) => {
    const pair = page?.counts?.character ?? null
    const gain = gains.get(page?.id ?? '') ?? null
    return html`<tr><th scope="row"><a href="#${anchor}"><bdi>${document.title ?? document.id}</bdi>, <bdi>${page === null ? '' : pageName(document, page)}</bdi></a></th><td class="number" data-sort="${pair?.clean.errorRate ?? -1}">${change(pair)}</td><td class="bar">${bars(pair, greatest)}</td>${count(differences.length)}<td class="number" data-sort="${gain ?? -1}">${gain === null ? '–' : formatGain(gain)}</td>${decidedCell(anchor)}</tr>
`
  })
  const left = pages.length - worst.length
  return html`<section id="pages" aria-labelledby="pages-name"><h2 id="pages-name">Pages, worst first</h2>
<div class="wide tall" tabindex="0" role="group" aria-labelledby="pages-name"><table>
<thead><tr><th scope="col">Page</th><th scope="col" class="number"><abbr title="Character error rate">CER</abbr> before → after</th><td class="bar"></td>${heading('Differences')}<th scope="col" class="number"><abbr title="Places where the transcript is expected to be wrong: what a review of the page would find">Gain</abbr></th>${decidedHeading}</tr></thead>
<tbody>
${rows}</tbody></table></div>${left === 0 ? nothing : html`<p class="facts">and ${formatAmount(left, 'page')} more, in the tables of their documents</p>`}</section>`
}

function trend(history: readonly HistoryEntry[]): Markup {
  const rows = history
    .slice(-20)
    .map(
      ({date, revision, status, characters}) =>
        html`<tr><th scope="row">${date}</th><td>${revision ?? ''}</td><td>${status}</td><td class="number">${formatRate(characters.errorRate)}</td></tr>`,
    )
  return html`<figure class="plot"><figcaption>Character error rate over time</figcaption>${{markup: renderTrend(history)}}
<details><summary>As a table</summary><table class="fixed"><thead><tr><th scope="col">Date</th><th scope="col">Revision</th><th scope="col">Check</th><th scope="col" class="number">CER</th></tr></thead><tbody>${rows}</tbody></table></details></figure>
`
}

/**
 * Writes what was read for what: as a matrix of those that were confused most often, and as a list. A cell opens its
 * places, where scripts run.
 */
function confusionSection(confusions: readonly Confusion[]): Markup {
  const references = mostOften(confusions, ({reference}) => reference)
  const hypotheses = mostOften(confusions, ({hypothesis}) => hypothesis)
  const indices = new Map(confusions.map(({reference, hypothesis}, index) => [`${reference}\0${hypothesis}`, index]))
  const most = Math.max(...confusions.map(({times}) => times))
  const cell = (reference: string, hypothesis: string) => {
    const index = indices.get(`${reference}\0${hypothesis}`)
    if (index === undefined) return html`<td></td>`
    const {times} = confusions[index]!
    return html`<td class="${`heat-${Math.ceil((times / most) * 5)}`}">${opener(index, confusions[index]!, formatCount(times))}</td>`
  }
  const rows = references.map(
    reference =>
      html`<tr><th scope="row">${token(reference)}</th>${hypotheses.map(hypothesis => cell(reference, hypothesis))}</tr>
`,
  )
  const list = confusions.slice(0, mostConfusions).map(
    (confusion, index) =>
      html`<tr><th scope="row">${opener(index, confusion, null)}</th>${count(confusion.times)}${count(confusion.errors)}</tr>
`,
  )
  return html`<div class="confusions"><figure class="plot"><figcaption id="matrix-name">What was read for what</figcaption>
<div class="wide" tabindex="0" role="group" aria-labelledby="matrix-name"><table class="fixed matrix"><thead><tr><td><span class="hidden">transcript, then what was read</span></td>${hypotheses.map(hypothesis => html`<th scope="col">${token(hypothesis)}</th>`)}</tr></thead>
<tbody>
${rows}</tbody></table></div><p class="key">Rows: the transcript. Columns: what was read. ∅ is nothing, ␣ a blank. A number opens its places.</p></figure>
<figure class="plot"><figcaption id="confusions-name">The costliest</figcaption><div class="wide tall" tabindex="0" role="group" aria-labelledby="confusions-name"><table><thead><tr><th scope="col">Confusion</th>${heading('Times')}${heading('Errors')}</tr></thead><tbody>
${list}</tbody></table></div></figure></div>`
}

/** A number, or both sides, that opens the places of a confusion. */
function opener(index: number, {reference, hypothesis}: Confusion, text: string | null): Markup {
  const sides = html`${token(reference)} → ${token(hypothesis)}`
  const label = text === null ? nothing : html`<span class="hidden">${sides}: </span>`
  return html`<button type="button" class="series" data-series="${index}">${label}${text === null ? sides : text}</button>`
}

/** A side of a confusion, cut where it is long. */
function token(text: string): Markup {
  if (text === '') return html`∅`
  const seen = text.replace(/\s/g, '␣')
  const characters = [...seen]
  return html`<bdi class="token">${shown(characters.length > 12 ? `${characters.slice(0, 12).join('')}…` : seen)}</bdi>`
}

function mostOften(confusions: readonly Confusion[], side: (confusion: Confusion) => string): readonly string[] {
  const times = new Map<string, number>()
  for (const confusion of confusions) {
    // Whole passages that came or went are no confusion of letters.
    if ([...confusion.reference].length > 3 || [...confusion.hypothesis].length > 3) continue
    times.set(side(confusion), (times.get(side(confusion)) ?? 0) + confusion.times)
  }
  return [...times]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, matrixSize)
    .map(([text]) => text)
    .sort()
}

function rateOf({page}: PageView): number {
  return page?.counts?.character.clean.errorRate ?? -1
}

function formatGain(gain: number): string {
  return gain < 0.05 ? '0' : gain.toFixed(1)
}
