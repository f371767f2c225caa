import {describe, expect, test} from 'vitest'
import {bootstrap, jackknife, signedRank, signedRankProbability} from '../../src/measure/intervals.ts'

describe('jackknife', () => {
  test('two pages, by hand', () => {
    // Accuracy of all 0.85, without either 0.9 or 0.8: J = 0.8 and 0.9, mean 0.85, error 0.05.
    const {estimate, lower, upper, observations} = jackknife([
      {size: 100, errors: 20},
      {size: 100, errors: 10},
    ])
    expect([estimate.value, observations]).toEqual([0.85, 2])
    expect(lower.value).toBeCloseTo(0.85 - 1.96 * 0.05, 12)
    expect(upper.value).toBeCloseTo(0.85 + 1.96 * 0.05, 12)
  })

  test('the interval stays within 0 and 1', () => {
    const {lower, upper} = jackknife([
      {size: 10, errors: 0},
      {size: 10, errors: 20},
    ])
    expect([lower.value, upper.value]).toEqual([0, 1])
  })

  test.each([
    ['no page', []],
    ['one page', [{size: 10, errors: 1}]],
    [
      'one page with text',
      [
        {size: 10, errors: 1},
        {size: 0, errors: 3},
      ],
    ],
  ])('%s has no interval', (_, pages) => {
    expect(jackknife(pages).lower).toEqual({value: null, reason: 'An interval takes two pages with text at least'})
  })
})

describe('bootstrap', () => {
  const documents = Array.from({length: 40}, (_, i) => ({size: 1000, errors: 10 + (i % 9) * 5}))

  test('holds the rate, is the same on every run, and another for another seed', () => {
    const interval = bootstrap(documents)
    expect(interval.lower.value!).toBeLessThan(interval.estimate.value!)
    expect(interval.upper.value!).toBeGreaterThan(interval.estimate.value!)
    expect(bootstrap(documents)).toEqual(interval)
    expect(bootstrap(documents, 2000, 2)).not.toEqual(interval)
  })

  test('documents alike have no width', () => {
    const same = bootstrap(Array.from({length: 5}, () => ({size: 100, errors: 5})))
    expect([same.lower.value, same.upper.value]).toEqual([0.05, 0.05])
  })

  test('its width is about that of the normal interval', () => {
    const {lower, upper, estimate} = bootstrap(documents)
    const rates = documents.map(({errors}) => errors / 1000)
    const deviation = Math.sqrt(rates.reduce((sum, rate) => sum + (rate - estimate.value!) ** 2, 0) / 39 / 40)
    expect((upper.value! - lower.value!) / (2 * 1.96 * deviation)).toBeCloseTo(1, 0)
  })

  test.each([
    ['no document', [], null],
    ['one document', [{size: 10, errors: 1}], 0.1],
    [
      'documents without text',
      [
        {size: 0, errors: 1},
        {size: 0, errors: 1},
      ],
      null,
    ],
  ])('%s has no interval', (_, given, estimate) => {
    expect(bootstrap(given)).toMatchObject({estimate: {value: estimate}, lower: {value: null}, upper: {value: null}})
  })
})

describe('signedRank', () => {
  test.each([
    ['all better', [-1, -2, -3, -4, -5, -6], 6, 0, 0.03125],
    ['equal pages are left out', [0, -1, 0, -2], 2, 0, 0.5],
    ['ties share their ranks', [1, -1, 2, 3], 4, 1.5, 0.375],
    ['as good as the other', [1, -1], 2, 1.5, 1],
  ])('%s', (_, differences, pairs, statistic, probability) => {
    expect(signedRank(differences)).toEqual({pairs, statistic, probability: {value: probability, reason: null}})
  })

  test('runs that do not differ cannot be told apart', () => {
    expect(signedRank([0, 0]).probability.value).toBeNull()
  })

  test('beyond fifty pairs the normal distribution is near the exact one', () => {
    expect(signedRankProbability(51, 420).value).toBeCloseTo(signedRankProbability(50, 402).value!, 1)
    expect(signedRankProbability(51, 663).value).toBeCloseTo(1, 2)
    expect(signedRankProbability(60, 0).value!).toBeLessThan(1e-9)
  })
})
