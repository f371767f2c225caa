import type {HistoryEntry} from '../model.ts'
import {formatRate} from './figures.ts'
import {xmlText} from './xml.ts'

/** Entries that are drawn: more would be closer together than a pixel. */
const mostEntries = 400
const width = 800
const height = 300
const plot = {left: 70, right: 780, top: 40, bottom: 250}

/**
 * Draws the clean CER of a corpus over time, as SVG that needs nothing else.
 *
 * Entries stand at equal distances, oldest left; a gap where no rate is defined; a ring where the check did not pass.
 * The description holds first, last, least and greatest rate in words.
 */
export function renderTrend(history: readonly HistoryEntry[]): string {
  const entries = history.slice(-mostEntries)
  const rates = entries.map(({characters}) => characters.errorRate)
  const known = rates.filter(rate => rate !== null)
  const top = niceTop(Math.max(0, ...known))
  const x = (index: number) =>
    entries.length < 2
      ? (plot.left + plot.right) / 2
      : plot.left + (index / (entries.length - 1)) * (plot.right - plot.left)
  const y = (rate: number) => plot.bottom - (rate / top) * (plot.bottom - plot.top)
  const lines = [0, 0.25, 0.5, 0.75, 1].map(share => {
    const level = y(share * top).toFixed(1)
    return `<line x1="${plot.left}" x2="${plot.right}" y1="${level}" y2="${level}" stroke="currentColor" stroke-opacity="0.15"/><text x="${plot.left - 8}" y="${(y(share * top) + 4).toFixed(1)}" text-anchor="end">${formatRate(share * top)}</text>`
  })
  const marks = rates.map((rate, index) => {
    if (rate === null) return ''
    const entry = entries[index]!
    const passed = entry.status === 'passed'
    const label = `${entry.date}${entry.revision === null ? '' : ` ${entry.revision}`}: ${formatRate(rate)}, ${entry.status}`
    return `<circle cx="${x(index).toFixed(1)}" cy="${y(rate).toFixed(1)}" r="${passed ? 3 : 5}" fill="${passed ? 'currentColor' : 'none'}" stroke="currentColor"><title>${xmlText(label)}</title></circle>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="trend-title trend-description" font-family="sans-serif" font-size="12" fill="currentColor">
<title id="trend-title">Character error rate after cleanup, over time</title>
<desc id="trend-description">${xmlText(description(entries, rates))}</desc>
<text x="${plot.left}" y="22" font-size="15">Character error rate after cleanup</text>
${lines.join('\n')}
<path d="${path(rates, x, y)}" fill="none" stroke="currentColor" stroke-width="1.5"/>
${marks.filter(mark => mark !== '').join('\n')}
<text x="${plot.left}" y="275">${xmlText(entries[0]?.date ?? '')}</text>
<text x="${plot.right}" y="275" text-anchor="end">${xmlText(entries.at(-1)?.date ?? '')}</text>
</svg>
`
}

function description(entries: readonly HistoryEntry[], rates: readonly (number | null)[]): string {
  const known = rates.filter(rate => rate !== null)
  const first = entries[0]
  const last = entries.at(-1)
  if (first === undefined || last === undefined || known.length === 0) return 'No check so far.'
  const failed = entries.filter(({status}) => status !== 'passed').length
  return `${entries.length} checks from ${first.date} to ${last.date}: ${formatRate(rates[0] ?? null)} at first, ${formatRate(rates.at(-1) ?? null)} at last, least ${formatRate(Math.min(...known))}, greatest ${formatRate(Math.max(...known))}; ${failed} did not pass.`
}

/** A line through the known rates, broken where one is missing. */
function path(rates: readonly (number | null)[], x: (index: number) => number, y: (rate: number) => number): string {
  return rates
    .map((rate, index) => {
      if (rate === null) return ''
      const isStart = index === 0 || rates[index - 1] === null
      return `${isStart ? 'M' : 'L'}${x(index).toFixed(1)} ${y(rate).toFixed(1)}`
    })
    .filter(step => step !== '')
    .join(' ')
}

/** The least of 1, 2, 5 times a power of ten that a rate fits under. */
function niceTop(rate: number): number {
  if (rate <= 0) return 0.01
  const power = 10 ** Math.floor(Math.log10(rate))
  return [1, 2, 5, 10].map(factor => factor * power).find(top => top >= rate) ?? rate
}
