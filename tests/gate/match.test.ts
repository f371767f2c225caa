import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {foldTypography, matchDifferences, type PlacedAccepted, type PlacedDifference} from '../../src/gate/match.ts'

describe('matchDifferences', () => {
  test('by id, on whatever page', () => {
    const {carried, fresh, gone} = matchDifferences([accepted('a', 'x/y', 'doc/1')], [found('a', 'x/y', 'doc/2')])
    expect([carried.length, fresh.length, gone.length]).toEqual([1, 0, 0])
  })
  test('of two with one id, the one on the same page', () => {
    const {gone} = matchDifferences(
      [accepted('a', 'x/y', 'doc/1'), accepted('a', 'x/y', 'doc/2')],
      [found('a', 'x/y', 'doc/2')],
    )
    expect(gone.map(({page}) => page)).toEqual(['doc/1'])
  })
  test('by its own text, where a word beside it is the same', () => {
    const moved = matchDifferences([accepted('a', 'left x/y right')], [found('b', 'other x/y right')])
    expect(moved.carried).toHaveLength(1)
    const elsewhere = matchDifferences([accepted('a', 'left x/y right')], [found('b', 'other x/y place')])
    expect(elsewhere.fresh).toHaveLength(1)
  })
  test('each accepted difference answers for one', () => {
    const {fresh} = matchDifferences(
      [accepted('a', 'left x/y right')],
      [found('b', 'left x/y r'), found('c', 'left x/y r')],
    )
    expect(fresh.map(({id}) => id)).toEqual(['c'])
  })
  test('an id is not taken by a likeness before it', () => {
    const {carried} = matchDifferences(
      [accepted('a', 'left x/y right')],
      [found('b', 'left x/y right'), found('a', 'left x/y right')],
    )
    expect(carried.map(({difference}) => difference.id)).toEqual(['a'])
  })
  test('every difference is in one result, and every accepted one too', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd')
    const texts = fc.constantFrom('l x/y r', 'k x/y r', 'l x/z r', 'l /z r')
    const items = fc.array(fc.tuple(ids, texts), {maxLength: 8})
    fc.assert(
      fc.property(items, items, (then, now) => {
        const before = then.map(([id, text]) => accepted(id, text))
        const after = now.map(([id, text]) => found(id, text))
        const {carried, fresh, gone} = matchDifferences(before, after)
        expect(new Set([...carried.map(({difference}) => difference), ...fresh])).toEqual(new Set(after))
        expect(new Set([...carried.map(pair => pair.accepted), ...gone])).toEqual(new Set(before))
        expect(carried.length + fresh.length).toBe(after.length)
        expect(carried.length + gone.length).toBe(before.length)
      }),
      {seed: 1},
    )
  })
})

test.each([
  ['“no” ‘one’', `"no" 'one'`],
  ['a — b – c', 'a - b - c'],
  ['co\u00adoperate', 'cooperate'],
  ['e\u0301', '\u00e9'],
  ['  a \n\n b ', 'a b'],
])('foldTypography: %j', (text, expected) => {
  expect(foldTypography(text)).toBe(expected)
})

/** `before reference/hypothesis after`. */
function found(id: string, notation: string, page = 'doc/1'): PlacedDifference {
  const match = /^(?:(\S*) )?(\S*)\/(\S*)(?: (\S*))?$/.exec(notation)
  const [, before = '', reference = '', hypothesis = '', after = ''] = match ?? []
  return {
    id,
    kind: reference === '' ? 'insertion' : 'substitution',
    reference,
    hypothesis,
    before,
    after,
    characters: {substitutions: 1, insertions: 0, deletions: 0},
    scan: null,
    transcript: null,
    suspect: 'unsure',
    probabilities: {transcript: 0.3, ocr: 0.4, editorial: 0.3},
    pattern: null,
    evidence: [],
    page,
  }
}

function accepted(id: string, notation: string, page = 'doc/1'): PlacedAccepted {
  const {kind, reference, hypothesis, before, after} = found(id, notation)
  return {
    ...{id, kind, reference, hypothesis, before, after, page},
    ...{errors: 1, verdict: 'ocr', reason: 'r', author: 'a', date: '2026-11-22'},
  }
}
