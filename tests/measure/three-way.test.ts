import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {align} from '../../src/align/align.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import {type FoundDifference, findDifferences} from '../../src/measure/differences.ts'
import {compareReadings} from '../../src/measure/three-way.ts'

function differences(reference: string, hypothesis: string): {found: readonly FoundDifference[]; distance: number} {
  const referenceTokens = tokenize(reference, 'character', 'reading')
  const hypothesisTokens = tokenize(hypothesis, 'character', 'reading')
  const alignment = align(referenceTokens, hypothesisTokens)
  const found = findDifferences({reference, hypothesis, referenceTokens, hypothesisTokens, alignment})
  return {found, distance: alignment.distance}
}

function changes(reference: string, old: string, now: string): string[] {
  return compareReadings(reference, differences(reference, old).found, differences(reference, now).found).changes.map(
    change =>
      `${change.state} [${change.reference}/${change.old}/${change.new}] ${change.oldErrors}>${change.newErrors}`,
  )
}

describe('compareReadings', () => {
  test.each([
    ['fixed', 'the cat sat', 'the cot sat', 'the cat sat', ['fixed [cat/cot/cat] 1>0']],
    ['broken', 'the cat sat', 'the cat sat', 'the cot sat', ['broken [cat/cat/cot] 0>1']],
    ['still wrong', 'the cat sat', 'the cot sat', 'the  cot sat', ['still-wrong [cat/cot/cot] 1>1']],
    ['newly wrong', 'the cat sat', 'the cot sat', 'the kat sat', ['newly-wrong [cat/cot/kat] 1>1']],
    [
      'each for itself',
      'a bad cat sat',
      'a bed cat sat',
      'a bad cot sat',
      ['fixed [bad/bed/bad] 1>0', 'broken [cat/cat/cot] 0>1'],
    ],
    [
      'one run over two words',
      'a cat sat b',
      'a catsat b',
      'a cot sat b',
      ['newly-wrong [cat sat/catsat/cot sat] 1>1'],
    ],
    ['a word too many', 'a b', 'a SECRET b', 'a b', ['fixed [/SECRET /] 7>0']],
    ['the same word too many', 'a b', 'a SECRET b', 'a SECRET b', ['still-wrong [/SECRET /SECRET ] 7>7']],
    ['nothing differs', 'a b', 'a b', 'a b', []],
    ['all was lost and is there', 'a b', '', 'a b', ['fixed [a b//a b] 3>0']],
  ])('%s', (_, reference, old, now, expected) => expect(changes(reference, old, now)).toEqual(expected))

  test('places are counted by state', () => {
    const both = ['a bed cot sat', 'a bad cot set'].map(text => differences('a bad cat sat', text).found)
    expect(compareReadings('a bad cat sat', both[0]!, both[1]!)).toMatchObject({
      places: {fixed: 1, broken: 1, 'still-wrong': 1, 'newly-wrong': 0},
      oldErrors: 2,
      newErrors: 2,
    })
  })

  test('errors sum to both numerators', () => {
    const side = fc.string({unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 30, size: 'max'})
    fc.assert(
      fc.property(side, side, side, (reference, old, now) => {
        const [was, is] = [differences(reference, old), differences(reference, now)]
        const {oldErrors, newErrors} = compareReadings(reference, was.found, is.found)
        expect([oldErrors, newErrors]).toEqual([was.distance, is.distance])
      }),
      {seed: 1, numRuns: 500},
    )
  })
})
