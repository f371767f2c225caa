import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {UserError} from '../../src/model.ts'
import {parseShard, slice} from '../../src/scale/slice.ts'

const pages = fc
  .uniqueArray(fc.string({minLength: 1}), {maxLength: 60})
  .chain(ids => fc.tuple(...ids.map(id => fc.record({id: fc.constant(id), cost: fc.integer({min: 1, max: 9000})}))))
const counts = fc.integer({min: 1, max: 12})

function slices<P extends {readonly id: string; readonly cost: number}>(all: readonly P[], count: number): P[][] {
  return Array.from({length: count}, (_, at) => slice(all, {index: at + 1, count}))
}

const load = (some: readonly {readonly cost: number}[]) => some.reduce((sum, {cost}) => sum + cost, 0)

describe('slices', () => {
  test('hold every page exactly once, in its order', () => {
    fc.assert(
      fc.property(pages, counts, (all, count) => {
        const parts = slices(all, count)
        expect(
          parts
            .flat()
            .map(({id}) => id)
            .sort(),
        ).toEqual(all.map(({id}) => id).sort())
        for (const part of parts) expect(part).toEqual(all.filter(page => part.includes(page)))
      }),
    )
  })

  test('differ by no more than the dearest page', () => {
    fc.assert(
      fc.property(pages, counts, (all, count) => {
        const loads = slices(all, count).map(load)
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(0, ...all.map(({cost}) => cost)))
      }),
    )
  })

  test('are the same whatever the order of the pages', () => {
    fc.assert(
      fc.property(pages, counts, fc.infiniteStream(fc.nat()), (all, count, random) => {
        const ids = (some: readonly {readonly id: string}[]) => some.map(({id}) => id).sort()
        const keyed = all.map(page => ({page, key: random.next().value})).sort((a, b) => a.key - b.key)
        const shuffled = keyed.map(({page}) => page)
        expect(slices(shuffled, count).map(ids)).toEqual(slices(all, count).map(ids))
      }),
    )
  })

  test('spread pages of like cost one by one', () => {
    const all = Array.from({length: 6}, (_, at) => ({id: `d/${at + 1}`, cost: 2000}))
    expect(slices(all, 3).map(part => part.map(({id}) => id))).toEqual([
      ['d/1', 'd/4'],
      ['d/2', 'd/5'],
      ['d/3', 'd/6'],
    ])
  })
})

test('a shard is I/N, from 1', () => {
  expect(parseShard('2/8')).toEqual({index: 2, count: 8})
  expect(parseShard('1/1')).toEqual({index: 1, count: 1})
})

test.each(['0/8', '9/8', '1/0', '1', '', 'a/b', '1/2/3', '-1/2', ' 1/2', '1/200000', '1.5/2'])(
  '`%s` is no shard',
  text => {
    expect(() => parseShard(text)).toThrow(UserError)
  },
)
