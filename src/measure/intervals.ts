import type {Measured} from '../model.ts'
import {measured, undefinedFor} from './measured.ts'

/** A page or document: tokens of its reference, and how many errors were made. */
export interface Observation {
  readonly size: number
  readonly errors: number
}

/** A 95 % interval around a pooled rate. */
export interface Interval {
  readonly estimate: Measured
  readonly lower: Measured
  readonly upper: Measured
  readonly observations: number
}

/** z of the normal distribution for 95 %. */
const z = 1.96

/** Observations below which an interval is to be read with care (ISRI guide). */
export const enoughObservations = 30

/**
 * Estimate the interval of the pooled accuracy by leaving out one page after the other.
 *
 * Delete-one jackknife as ISRI `accci`: with θ the accuracy of all and θᵢ of all but
 * page i, Jᵢ = nθ - (n-1)θᵢ; the interval is mean(J) ± 1.96 √(Σ(Jᵢ - mean(J))² / (n-1) / n), held within 0 and 1.
 * It is not symmetric about the estimate, which is θ. Undefined for fewer than two pages with text.
 */
export function jackknife(pages: readonly Observation[]): Interval {
  const n = pages.length
  const size = pages.reduce((total, page) => total + page.size, 0)
  const errors = pages.reduce((total, page) => total + page.errors, 0)
  const estimate = size === 0 ? undefinedFor('The references are empty') : measured((size - errors) / size)
  if (pages.filter(page => page.size > 0).length < 2 || estimate.value === null) {
    const none = undefinedFor('An interval takes two pages with text at least')
    return {estimate, lower: none, upper: none, observations: n}
  }
  const values = pages.map(page => {
    const rest = size - page.size
    return n * estimate.value - (n - 1) * ((rest - (errors - page.errors)) / rest)
  })
  const mean = values.reduce((total, value) => total + value, 0) / n
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
  const width = z * Math.sqrt(squares / (n - 1) / n)
  const clamp = (value: number): Measured => measured(Math.max(0, Math.min(1, value)))
  return {estimate, lower: clamp(mean - width), upper: clamp(mean + width), observations: n}
}

/**
 * Estimate the interval of the pooled error rate by drawing documents again and again.
 *
 * Percentile bootstrap: of `draws` samples of as many documents with
 * replacement, the 2.5th and 97.5th percentile of the pooled rate. Whole
 * documents are drawn, as the pages of one are alike. The seed makes it the same on every run.
 */
export function bootstrap(documents: readonly Observation[], draws = 2000, seed = 1): Interval {
  const n = documents.length
  const rate = (sample: readonly Observation[]): number | null => {
    const size = sample.reduce((total, document) => total + document.size, 0)
    return size === 0 ? null : sample.reduce((total, document) => total + document.errors, 0) / size
  }
  const whole = rate(documents)
  const estimate = whole === null ? undefinedFor('The references are empty') : measured(whole)
  const random = randomFrom(seed)
  const rates: number[] = []
  for (let draw = 0; n > 1 && draw < draws; draw++) {
    const drawn = rate(Array.from({length: n}, () => documents[Math.floor(random() * n)]!))
    if (drawn !== null) rates.push(drawn)
  }
  if (rates.length === 0) {
    const none = undefinedFor('An interval takes two documents with text at least')
    return {estimate, lower: none, upper: none, observations: n}
  }
  rates.sort((one, other) => one - other)
  const at = (share: number): Measured => measured(rates[Math.round(share * (rates.length - 1))]!)
  return {estimate, lower: at(0.025), upper: at(0.975), observations: n}
}

/** The paired test of two runs over the same pages. */
export interface SignedRank {
  /** Pages on which the runs differ. */
  readonly pairs: number
  /** The smaller sum of ranks. */
  readonly statistic: number
  /** Two-sided probability of a difference at least this great by chance; exact up to 50 pairs, normal beyond. */
  readonly probability: Measured
}

/**
 * Test whether one run is better than another, page by page (Wilcoxon 1945).
 *
 * @param differences
 *   New minus old error rate of each page; equal pages are left out, ties share their ranks.
 */
export function signedRank(differences: readonly number[]): SignedRank {
  const ranks: number[] = []
  const ranked = differences.filter(value => value !== 0).sort((one, other) => Math.abs(one) - Math.abs(other))
  let positive = 0
  let negative = 0
  for (let start = 0; start < ranked.length; ) {
    let end = start + 1
    while (end < ranked.length && Math.abs(ranked[end]!) === Math.abs(ranked[start]!)) end++
    const rank = (start + 1 + end) / 2
    for (let k = start; k < end; k++) {
      ranks.push(rank)
      if (ranked[k]! > 0) positive += rank
      else negative += rank
    }
    start = end
  }
  const statistic = Math.min(positive, negative)
  return {pairs: ranked.length, statistic, probability: probabilityOf(ranks, statistic)}
}

/** Two-sided probability that the smaller sum of ranks of `n` pairs without ties is at most `statistic`. */
export function signedRankProbability(n: number, statistic: number): Measured {
  return probabilityOf(
    Array.from({length: n}, (_, index) => index + 1),
    statistic,
  )
}

function probabilityOf(ranks: readonly number[], statistic: number): Measured {
  const n = ranks.length
  if (n === 0) return undefinedFor('The runs do not differ on any page')
  if (n > 50) {
    const mean = (n * (n + 1)) / 4
    const deviation = Math.sqrt(ranks.reduce((sum, rank) => sum + rank ** 2, 0) / 4)
    return measured(Math.min(1, 2 * normalBelow((statistic - mean + 0.5) / deviation)))
  }
  // ways[w] counts the sign patterns whose positive ranks sum to w / 2; each is as likely as any other. Shared ranks are halves.
  const most = n * (n + 1)
  const ways = new Float64Array(most + 1)
  ways[0] = 1
  for (const rank of ranks) {
    const twice = Math.round(rank * 2)
    for (let w = most; w >= twice; w--) ways[w]! += ways[w - twice]!
  }
  let below = 0
  for (let w = 0; w <= statistic * 2; w++) below += ways[w]!
  return measured(Math.min(1, (2 * below) / 2 ** n))
}

/** Share of the standard normal distribution below `x`, to seven digits (Abramowitz and Stegun 26.2.17). */
function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153]
  const tail =
    series.reduce((total, factor) => (total + factor) * t, 0) * (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI))
  return x < 0 ? tail : 1 - tail
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
