import type {CheckReport} from '../model.ts'
import {formatAmount} from './figures.ts'
import {visibleLine} from './visible.ts'

/** Writes the clean CER of corpus and documents in percent, for github-action-benchmark's `customSmallerIsBetter`; what has no rate is left out. */
export function renderGithubActionBenchmark({characters, documents, verdict}: CheckReport): string {
  const {population} = verdict.gate
  const rows = [
    {
      name: 'CER of the corpus',
      rate: characters.errorRate,
      pages: documents.reduce((sum, {pages}) => sum + pages.length, 0),
      range:
        population === null ? {} : {range: `±${percent((population.interval.high - population.interval.low) / 2)}`},
    },
    ...documents.map(({id, characters, pages}) => ({
      name: `CER of ${visibleLine(id)}`,
      rate: characters?.errorRate ?? null,
      pages: pages.length,
      range: {},
    })),
  ]
  const benches = rows.flatMap(({name, rate, pages, range}) =>
    rate === null ? [] : [{name, unit: '%', value: percent(rate), ...range, extra: formatAmount(pages, 'page')}],
  )
  return `${JSON.stringify(benches, null, 1)}\n`
}

/** To four digits after the point: an error in a million characters still shows. */
function percent(rate: number): number {
  return Math.round(rate * 1e6) / 1e4
}
