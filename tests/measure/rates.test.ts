import {describe, expect, test} from 'vitest'
import {align} from '../../src/align/align.ts'
import {equalityOf, type Fold, profiles} from '../../src/align/fold.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import {bagOfWords} from '../../src/measure/bag.ts'
import {characterClass, characterRecall, classRecall} from '../../src/measure/classes.ts'
import {listTokens} from '../../src/measure/compat/tools.ts'
import {confusions, editRuns} from '../../src/measure/confusions.ts'
import {count} from '../../src/measure/counts.ts'
import {forgiven} from '../../src/measure/forgiven.ts'
import {characterRates, wordRates} from '../../src/measure/rates.ts'
import {accuracyDistribution, pagesPerMinute, spread, spreadOf} from '../../src/measure/spread.ts'
import type {Counts, Measured} from '../../src/model.ts'

const none: Counts = {correct: 0, substitutions: 0, insertions: 0, deletions: 0}

function values(rates: object): Record<string, number | null> {
  return Object.fromEntries(Object.entries(rates).map(([name, {value}]: [string, Measured]) => [name, value]))
}

describe('characterRates', () => {
  test.each([
    ['both sides empty', none, [0, 0, 0, 1]],
    ['only the reference empty', {...none, insertions: 3}, [null, 1, 1, null]],
    ['only the hypothesis empty', {...none, deletions: 4}, [1, 1, 1, 0]],
    [
      'each denominator its own',
      {correct: 6, substitutions: 1, insertions: 3, deletions: 1},
      [5 / 8, 5 / 10, 5 / 11, 3 / 8],
    ],
    ['more errors than characters', {...none, correct: 1, insertions: 3}, [3, 3 / 4, 3 / 4, -2]],
  ])('%s', (_, counts, expected) => expect(Object.values(values(characterRates(counts)))).toEqual(expected))

  test('an undefined rate says why', () => {
    expect(characterRates({...none, insertions: 1}).byReference.reason).toBe(
      'The reference is empty, the hypothesis is not',
    )
  })
})

describe('wordRates', () => {
  test.each([
    ['both sides empty', none, [0, 0, 0, 1]],
    ['only the reference empty', {...none, insertions: 2}, [null, 1, 1, 0]],
    ['only the hypothesis empty', {...none, deletions: 2}, [1, 1, 1, 0]],
    [
      'two of three read, one made up',
      {correct: 2, substitutions: 1, insertions: 1, deletions: 0},
      [2 / 3, 1 / 2, 2 / 3, 1 / 3],
    ],
  ])('%s', (_, counts, expected) =>
    Object.values(values(wordRates(counts))).forEach((value, i) => {
      if (expected[i] === null) expect(value).toBeNull()
      else expect(value).toBeCloseTo(expected[i]!, 12)
    }),
  )
})

describe('bagOfWords', () => {
  test.each([
    ['both empty', '', '', [0, 0, 0, 0, 0, null, null, null]],
    ['only the reference empty', '', 'a b', [0, 0, 2, 1, null, 0, null, 0]],
    ['only the hypothesis empty', 'a b', '', [0, 2, 0, 1, 1, null, 0, 0]],
    ['order does not matter', 'a b b', 'b a b', [3, 0, 0, 0, 0, 1, 1, 1]],
    ['lost and made up', 'a b b', 'b c c c', [1, 2, 3, 5 / 7, 1, 1 / 4, 1 / 3, 2 / 7]],
  ])('%s', (_, reference, hypothesis, expected) => {
    const words = (text: string): string[] => text.split(' ').filter(word => word !== '')
    const {shared, missing, excess, ...rates} = bagOfWords(words(reference), words(hypothesis))
    expect([shared, missing, excess, ...Object.values(values(rates))]).toEqual(expected)
  })
})

describe('spread', () => {
  const page = (correct: number, substitutions: number): Counts => ({...none, correct, substitutions})

  test('micro weighs tokens, macro weighs pages', () => {
    expect(values(spread([page(90, 10), page(1, 1)]))).toMatchObject({
      micro: 11 / 102,
      macro: 0.3,
      median: 0.3,
      least: 0.1,
      greatest: 0.5,
    })
  })

  test('the deviation is that of a sample', () => {
    expect(spreadOf([1, 3]).deviation.value).toBeCloseTo(Math.SQRT2, 12)
    expect(spreadOf([1]).deviation).toEqual({value: null, reason: 'One page has no deviation'})
  })

  test('pages without a rate are left out of all but the micro rate, and told', () => {
    const {micro, macro, undefinedRates} = spread([page(9, 1), {...none, insertions: 1}])
    expect([micro.value, macro.value, undefinedRates]).toEqual([0.2, 0.1, 1])
    expect(spread([{...none, insertions: 1}])).toMatchObject({micro: {value: null}, macro: {value: null}})
  })

  test('no pages', () => {
    expect(spread([])).toMatchObject({micro: {value: 0}, macro: {value: null}, undefinedRates: 0})
  })

  test('the distribution tells the share of characters on pages at least so accurate', () => {
    const steps = accuracyDistribution([
      {size: 300, errors: 3},
      {size: 100, errors: 10},
    ])
    expect(steps).toHaveLength(101)
    expect([steps[90]!.share, steps[91]!.share, steps[99]!.share, steps[100]!.share]).toEqual([1, 0.75, 0.75, 0])
    expect(accuracyDistribution([])).toEqual([])
  })

  test('no time, no pace', () => {
    expect(pagesPerMinute(3, 0)).toEqual({value: null, reason: 'No time was measured'})
  })
})

function aligned(reference: string, hypothesis: string) {
  const [a, b] = [tokenize(reference, 'character', 'reading'), tokenize(hypothesis, 'character', 'reading')]
  return {alignment: align(a, b), a, b}
}

describe('confusions', () => {
  test('whole runs, the costliest first, then by text', () => {
    const {alignment, a, b} = aligned('mime tam', 'rnirne tarn')
    expect(confusions(alignment, a, b)).toEqual([{reference: 'm', hypothesis: 'rn', times: 3, errors: 6}])
    const other = aligned('abcd', 'xbyyd')
    expect(confusions(other.alignment, other.a, other.b)).toEqual([
      {reference: 'c', hypothesis: 'yy', times: 1, errors: 2},
      {reference: 'a', hypothesis: 'x', times: 1, errors: 1},
    ])
  })

  test('words are joined by blanks', () => {
    const [a, b] = [listTokens(['of', 'the', 'State'], 'word'), listTokens(['ofthe', 'State'], 'word')]
    expect(confusions(align(a, b), a, b)).toEqual([{reference: 'of the', hypothesis: 'ofthe', times: 1, errors: 2}])
  })

  test('runs at both ends are runs', () => {
    expect(editRuns(aligned('abc', 'xbyz').alignment.chunks).map(({errors}) => errors)).toEqual([1, 2])
  })
})

describe('classes', () => {
  test.each([
    [0x0a, 'ASCII Spacing Characters'],
    [0x31, 'ASCII Digits'],
    [0xe9, 'Latin1 Lowercase Letters'],
    [0x43a, 'Cyrillic'],
    [0x2019, 'General Punctuation'],
    [0x1f600, 'Unassigned'],
  ])('%i', (point, name) => expect(characterClass(point)).toBe(name))

  test('characters and classes of the reference that were missed', () => {
    const {alignment, a} = aligned('A1 a1', 'Al a1')
    expect(characterRecall(alignment, a)[0]).toEqual({
      name: '1',
      count: 2,
      missed: 1,
      right: {value: 0.5, reason: null},
    })
    expect(classRecall(alignment, a).map(({name, count: all, missed}) => [name, all, missed])).toEqual([
      ['ASCII Spacing Characters', 1, 0],
      ['ASCII Digits', 2, 1],
      ['ASCII Uppercase Letters', 1, 0],
      ['ASCII Lowercase Letters', 1, 0],
    ])
  })
})

test('forgiven tells what each fold let pass, alone and in all', () => {
  const [reference, hypothesis] = ['“Nato”  summit', '"NATO" summit']
  const measure = (folds: readonly Fold[]): Counts => {
    const equality = {...equalityOf('strict'), folds}
    return count(align(tokenize(reference, 'character', equality), tokenize(hypothesis, 'character', equality)))
  }
  expect(forgiven<Fold>(['quotes', 'white-space', 'case', 'dashes'], measure)).toEqual({
    folds: [
      {fold: 'quotes', errors: 2},
      {fold: 'white-space', errors: 1},
      {fold: 'case', errors: 3},
      {fold: 'dashes', errors: 0},
    ],
    total: 6,
  })
  expect(forgiven(profiles.strict, measure)).toEqual({folds: [], total: 0})
})
