import fc from 'fast-check'
import {expect, test} from 'vitest'
import {compose, invert, place} from '../../scripts/facsimile/matrix.ts'
import {moved} from '../../scripts/facsimile/type.ts'

const number = fc.double({min: -20, max: 20, noNaN: true})
const map = fc
  .tuple(number, number, fc.double({min: -180, max: 180, noNaN: true}), fc.double({min: 0.1, max: 9, noNaN: true}))
  .map(([x, y, degrees, scale]) => place(x, y, degrees, scale))

test('a map and its inverse give the point back; composing is doing one after the other', () => {
  fc.assert(
    fc.property(map, map, number, number, (first, then, x, y) => {
      const [backX = 0, backY = 0] = moved(moved([x, y], first), invert(first))
      expect(backX).toBeCloseTo(x, 6)
      expect(backY).toBeCloseTo(y, 6)
      const [oneX = 0, oneY = 0] = moved([x, y], compose(first, then))
      const [twoX = 0, twoY = 0] = moved(moved([x, y], first), then)
      expect(oneX).toBeCloseTo(twoX, 6)
      expect(oneY).toBeCloseTo(twoY, 6)
    }),
    {seed: 1},
  )
})

test('degrees are clockwise where y points down', () => {
  const [x = 0, y = 0] = moved([1, 0], place(0, 0, 90))
  expect([Math.round(x), Math.round(y)]).toEqual([0, 1])
})
