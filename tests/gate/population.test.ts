import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {falseAlarms, simulate, tellDetectable} from '../../bench/gate/simulate.ts'
import {judgePopulation, type PagePair} from '../../src/gate/population.ts'
import {randomFrom} from '../../src/gate/random.ts'

describe('judgePopulation', () => {
  test('errors that rise on every document are a regression', () => {
    const {result, pValue, rise, worsePages, interval} = judgePopulation(documents(Array(10).fill([40, 50])))
    expect(result).toBe('regressed')
    expect(pValue).toBe(1 / 1024)
    expect(rise).toBeCloseTo(10 / 2000)
    expect(worsePages).toBe(10)
    expect(interval.low).toBeGreaterThan(0)
  })
  test('errors that fall are an improvement, with the same care', () => {
    expect(judgePopulation(documents(Array(10).fill([50, 40]))).result).toBe('improved')
    expect(judgePopulation(documents(Array(4).fill([50, 40]))).result).toBe('no-detectable-change')
  })
  test('a rise below the floor is none, however sure', () => {
    const {result, pValue} = judgePopulation(documents(Array(12).fill([40, 41])))
    expect(pValue).toBeLessThan(0.05)
    expect(result).toBe('no-detectable-change')
  })
  test('nothing changed: p is 1, and nothing can have been seen', () => {
    expect(judgePopulation(documents(Array(6).fill([40, 40])))).toMatchObject({
      pValue: 1,
      rise: 0,
      result: 'no-detectable-change',
      changedDocuments: 0,
    })
  })
  test('pages of one document count as one witness', () => {
    const pages = Array.from({length: 20}, (_, index) => pair(`doc/${index}`, 'doc', 40, 50))
    expect(judgePopulation(pages)).toMatchObject({documents: 1, pages: 20, pValue: 0.5, result: 'no-detectable-change'})
  })
  test('more than fourteen documents are drawn, and p is never 0', () => {
    expect(judgePopulation(documents(Array(40).fill([40, 50]))).pValue).toBe(1 / 10000)
  })
  test('the pages that lost most come first, ten of them', () => {
    const {worst} = judgePopulation(documents(Array.from({length: 15}, (_, index) => [40, 40 + index])))
    expect(worst.map(({after}) => after)).toEqual([54, 53, 52, 51, 50, 49, 48, 47, 46, 45])
  })
  test('the order of the pages makes no difference, nor does another run', () => {
    const pairs = simulate({documents: 20, pagesEach: 2, rise: 0.05, seed: 3})
    const first = judgePopulation(pairs)
    expect(judgePopulation(pairs)).toEqual(first)
    fc.assert(
      fc.property(fc.shuffledSubarray([...pairs], {minLength: pairs.length}), shuffled => {
        expect(judgePopulation(shuffled)).toEqual(first)
      }),
      {seed: 1, numRuns: 5},
    )
  })
  test('figures that do not depend on the machine', () => {
    const {pValue, interval, smallestDetectable} = judgePopulation(
      simulate({documents: 20, pagesEach: 1, rise: 0.05, seed: 7}),
    )
    expect({pValue, interval, smallestDetectable}).toMatchInlineSnapshot(`
      {
        "interval": {
          "high": 0.002111111111111111,
          "low": -0.0001388888888888889,
        },
        "pValue": 0.0677,
        "smallestDetectable": 0.0030926971435546874,
      }
    `)
  })
})

describe('on simulated corpora', () => {
  test('no more false alarms than the level allows, pages of a document erring alike', () => {
    // 5 % of 200, and three times the binomial error.
    expect(falseAlarms({documents: 10, pagesEach: 4, rise: 0, runs: 200})).toBeLessThanOrEqual(10 + 9)
  })
  test('a relative rise of 10 % on 20 pages is seen', () => {
    expect(falseAlarms({documents: 20, pagesEach: 1, rise: 0.1, runs: 50})).toBeGreaterThanOrEqual(45)
  })
  test('a rise of the size that is told is seen nine times of ten, and is no larger than need be', () => {
    const {rise, found} = tellDetectable({documents: 20, pagesEach: 1, runs: 40})
    // 90 % of 40, less twice the binomial error.
    expect(found).toBeGreaterThanOrEqual(0.8)
    expect(rise).toBeLessThan(0.1)
  })
  test('where no rise would be found it is told as 1', () => {
    const change = {documents: 1, pagesEach: 3, rise: 0, seed: 1}
    expect(judgePopulation(simulate(change)).smallestDetectable).toBe(1)
  })
})

describe('randomFrom', () => {
  test('the same seed gives the same numbers, another seed others', () => {
    const draw = (seed: number) => {
      const random = randomFrom(seed)
      return [random(), random(), random()]
    }
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(1)).toMatchInlineSnapshot(`
      [
        0.9559799944981933,
        0.7653561611659825,
        0.656555350869894,
      ]
    `)
  })
  test('numbers are spread evenly from 0 to below 1', () => {
    const random = randomFrom(5)
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 100_000; i++) {
      const value = random()
      expect(value >= 0 && value < 1).toBe(true)
      counts[Math.floor(value * 10)]!++
    }
    // Nine degrees of freedom: 21.7 is passed once in a hundred.
    const expected = 10_000
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(21.7)
  })
})

function documents(errors: readonly (readonly number[])[]): readonly PagePair[] {
  return errors.map(([before = 0, after = 0], index) => pair(`doc-${index}/1`, `doc-${index}`, before, after))
}

function pair(page: string, document: string, before: number, after: number): PagePair {
  const counts = (substitutions: number) => ({
    correct: 2000 - substitutions,
    substitutions,
    insertions: 0,
    deletions: 0,
  })
  return {page, document, before: counts(before), after: counts(after)}
}
