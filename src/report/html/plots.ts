import type {Calibration, Effort} from '../../model.ts'
import {formatCount, formatRate} from '../figures.ts'
import {html, type Markup, nothing} from './markup.ts'
import type {DocumentView, PageView} from './views.ts'

/** Pixels of a plot, and of what lies within its axes. */
const width = 460
const height = 240
const plot = {left: 46, right: 450, top: 12, bottom: 206}

/** Draws the character error rate of every page, before and after cleanup, documents side by side. */
export function pagesPlot(views: readonly DocumentView[]): Markup {
  const pages = views.flatMap(({pages}) => pages.filter(isCompared))
  if (pages.length === 0) return nothing
  const rates = pages.map(({page}) => page.counts.character)
  const top = niceTop(Math.max(...rates.map(({raw, clean}) => Math.max(raw.errorRate ?? 0, clean.errorRate ?? 0))))
  const x = (index: number) => plot.left + ((index + 0.5) / pages.length) * (plot.right - plot.left)
  const y = (rate: number) => plot.bottom - (rate / top) * (plot.bottom - plot.top)
  const bar = Math.max(0.5, Math.min(14, ((plot.right - plot.left) / pages.length) * 0.7))
  const path = (side: 'raw' | 'clean') =>
    rates.map((pair, index) => `M${round(x(index))} ${plot.bottom}V${round(y(pair[side].errorRate ?? 0))}`).join('')
  const {counts} = pages.reduce((one, other) => (rateOf(other) > rateOf(one) ? other : one)).page
  const label = `${formatCount(pages.length)} pages; the greatest rate after cleanup is ${formatRate(counts.character.clean.errorRate)}.`
  return figure(
    'Character error rate by page',
    html`${frame('Character error rate by page, before and after cleanup', label, rateAxis(top))}<path class="raw" stroke-width="${round(bar)}" d="${path('raw')}"/><path class="clean" stroke-width="${round(bar * 0.5)}" d="${path('clean')}"/><text x="${plot.right}" y="${plot.bottom + 26}" text-anchor="end">pages, in order</text></svg>`,
    html`<p class="key"><span class="swatch raw"></span> before cleanup <span class="swatch clean"></span> after it. The same numbers are in the <a href="#pages">table of pages</a>.</p>`,
  )
}

/** Draws how many words were right of those of like confidence, against what their confidence promised. */
export function calibrationPlot({bins, expectedError}: Calibration): Markup {
  const known = bins.flatMap(({confidence, accuracy, ...bin}) =>
    confidence.value === null || accuracy.value === null
      ? []
      : [{...bin, confidence: confidence.value, accuracy: accuracy.value}],
  )
  if (known.length === 0 || expectedError.value === null) return nothing
  const most = Math.max(...known.map(({words}) => words))
  const marks = known.map(
    ({words, confidence, accuracy}) =>
      html`<circle class="clean" cx="${round(along(confidence))}" cy="${round(up(accuracy))}" r="${round(3 + 9 * Math.sqrt(words / most))}"/>`,
  )
  const label = `Of words the engine was sure of by so much, so many were right. Mean distance from the diagonal: ${formatRate(expectedError.value)}.`
  const rows = known.map(
    ({from, to, words, confidence, accuracy}) =>
      html`<tr><th scope="row">${percent(from)} to ${percent(to)}</th><td class="number">${formatCount(words)}</td><td class="number">${formatRate(confidence)}</td><td class="number">${formatRate(accuracy)}</td></tr>`,
  )
  return figure(
    'Can confidence be trusted?',
    html`${frame('Accuracy of words by their confidence', label, rateAxis(1))}<path class="diagonal" d="M${plot.left} ${plot.bottom}L${plot.right} ${plot.top}"/>${marks}<text x="${plot.right}" y="${plot.bottom + 26}" text-anchor="end">confidence</text></svg>`,
    html`<p class="key">Below the line the engine was surer than it should have been. Expected error ${formatRate(expectedError.value)}.</p>
${twin(html`<tr><th scope="col">Confidence</th><th scope="col" class="number">Words</th><th scope="col" class="number">Mean</th><th scope="col" class="number">Right</th></tr>`, rows)}`,
  )
}

/** Draws how many of the wrong words are found by looking at the least sure words first. */
export function effortPlot({steps, area}: Effort): Markup {
  if (steps.length === 0 || area.value === null) return nothing
  const path = `M${plot.left} ${plot.bottom}${steps.map(({looked, caught}) => `L${round(along(looked))} ${round(up(caught))}`).join('')}`
  const half = steps.find(({caught}) => caught >= 0.5)!
  const label = `Looking at the least sure words first, half of the wrong ones are found in ${formatRate(half.looked)} of all words.`
  const rows = [0.1, 0.25, 0.5, 0.75, 0.9, 1].map(share => {
    const step = steps.find(({caught}) => caught >= share)!
    return html`<tr><th scope="row">${percent(share)}</th><td class="number">${formatRate(step.looked)}</td><td class="number">${percent(step.confidence)}</td></tr>`
  })
  return figure(
    'What a review finds',
    html`${frame('Wrong words found, by words looked at', label, rateAxis(1))}<path class="diagonal" d="M${plot.left} ${plot.bottom}L${plot.right} ${plot.top}"/><path class="curve" d="${path}"/><text x="${plot.right}" y="${plot.bottom + 26}" text-anchor="end">words looked at, the least sure first</text></svg>`,
    html`<p class="key">${label} The dashed line is a review in any order.</p>
${twin(html`<tr><th scope="col">Wrong words found</th><th scope="col" class="number">Words looked at</th><th scope="col" class="number">Up to confidence</th></tr>`, rows)}`,
  )
}

/** Draws the rates of a document's pages as a small line without axes; nothing for fewer than two. */
export function sparkline(pages: readonly PageView[]): Markup {
  const rates = pages.flatMap(({page}) => page?.counts?.character.clean.errorRate ?? [])
  if (rates.length < 2) return nothing
  const top = Math.max(...rates, 1e-9)
  const points = rates.map(
    (rate, index) => `${round((index / (rates.length - 1)) * 96 + 2)} ${round(18 - (rate / top) * 16)}`,
  )
  const label = `Pages from first to last: ${rates.slice(0, 20).map(formatRate).join(', ')}${rates.length > 20 ? ' and on' : ''}`
  return html`<svg class="sparkline" viewBox="0 0 100 20" preserveAspectRatio="none" role="img" aria-label="${label}"><path d="M${points.join('L')}"/></svg>`
}

function isCompared(
  view: PageView,
): view is PageView & {page: {counts: NonNullable<NonNullable<PageView['page']>['counts']>}} {
  return view.page?.counts != null
}

function rateOf({page}: PageView): number {
  return page?.counts?.character.clean.errorRate ?? 0
}

function figure(name: string, drawing: Markup, below: Markup): Markup {
  return html`<figure class="plot"><figcaption>${name}</figcaption>${drawing}${below}</figure>
`
}

/** Begins a drawing: its description, and the lines of its axis. */
function frame(title: string, description: string, axis: Markup): Markup {
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${`${title}. ${description}`}">${axis}`
}

function rateAxis(top: number): Markup {
  const lines = [0, 0.25, 0.5, 0.75, 1].map(share => {
    const level = round(plot.bottom - share * (plot.bottom - plot.top))
    return html`<path class="grid" d="M${plot.left} ${level}H${plot.right}"/><text x="${plot.left - 6}" y="${level + 4}" text-anchor="end">${percent(share * top)}</text>`
  })
  return html`${lines}`
}

function twin(head: Markup, rows: readonly Markup[]): Markup {
  return html`<details><summary>As a table</summary><table class="fixed"><thead>${head}</thead><tbody>${rows}</tbody></table></details>`
}

function along(share: number): number {
  return plot.left + share * (plot.right - plot.left)
}

function up(share: number): number {
  return plot.bottom - share * (plot.bottom - plot.top)
}

/** The least of 1, 2, 5 times a power of ten that a rate fits under. */
function niceTop(rate: number): number {
  if (rate <= 0) return 0.01
  const power = 10 ** Math.floor(Math.log10(rate))
  return [1, 2, 5, 10].map(factor => factor * power).find(top => top >= rate) ?? rate
}

function percent(share: number): string {
  return `${round(share * 100)} %`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
