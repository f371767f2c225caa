import type {Counts, Measured} from '../model.ts'
import {errorRate, sum} from './counts.ts'
import {measured, undefinedFor} from './measured.ts'

/** How a rate is spread over pages or documents. */
export interface Spread {
  /** Rate of the summed counts: every token weighs the same. This is the one to quote. */
  readonly micro: Measured
  /** Mean of the rates: every page weighs the same, however short (dinglehopper's summary, OCR-D). */
  readonly macro: Measured
  readonly median: Measured
  readonly least: Measured
  readonly greatest: Measured
  /** Sample standard deviation, by n - 1 (OCR-D). */
  readonly deviation: Measured
  /** Pages whose rate is undefined: left out of all but the micro rate. */
  readonly undefinedRates: number
}

/** Sum up the rates of pages or documents. */
export function spread(all: readonly Counts[]): Spread {
  const rates = all.map(errorRate)
  const defined = rates.filter(rate => rate !== null)
  const whole = errorRate(sum(all))
  return {
    micro: whole === null ? undefinedFor('The references are empty, the hypotheses are not') : measured(whole),
    ...spreadOf(defined),
    undefinedRates: rates.length - defined.length,
  }
}

/** Describe a list of values. */
export function spreadOf(values: readonly number[]): Omit<Spread, 'micro' | 'undefinedRates'> {
  if (values.length === 0) {
    const none = undefinedFor('No page has a defined rate')
    return {macro: none, median: none, least: none, greatest: none, deviation: none}
  }
  const sorted = [...values].sort((one, other) => one - other)
  const half = values.length >> 1
  const median = values.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
  const mean = values.reduce((total, value) => total + value, 0) / values.length
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
  return {
    macro: measured(mean),
    median: measured(median),
    least: measured(sorted[0]!),
    greatest: measured(sorted.at(-1)!),
    deviation:
      values.length === 1
        ? undefinedFor('One page has no deviation')
        : measured(Math.sqrt(squares / (values.length - 1))),
  }
}

/** One step of the distribution of accuracy: ISRI `accdist`. */
export interface AccuracyStep {
  /** Accuracy, 0 to 1. */
  readonly accuracy: number
  /** Share of the characters that stand on pages at least this accurate, 0 to 1. */
  readonly share: number
}

/**
 * Tell what share of the characters stands on pages of at least each accuracy, from 0 to 100 %.
 *
 * The ISRI guide's reading: below 95 % a page is cheaper to type anew than to correct.
 */
export function accuracyDistribution(pages: readonly {size: number; errors: number}[]): readonly AccuracyStep[] {
  const total = pages.reduce((size, page) => size + page.size, 0)
  if (total === 0) return []
  return Array.from({length: 101}, (_, percent) => {
    const reached = pages.filter(({size, errors}) => (size - errors) * 100 >= percent * size)
    return {accuracy: percent / 100, share: reached.reduce((size, page) => size + page.size, 0) / total}
  })
}

/** Pages read in a minute at the pace of a run (OCR-D `pages_per_minute`). */
export function pagesPerMinute(pages: number, seconds: number): Measured {
  return seconds > 0 ? measured((pages / seconds) * 60) : undefinedFor('No time was measured')
}
