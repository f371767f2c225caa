import fc from 'fast-check'
import {expect, test} from 'vitest'
import {plainNoise, random} from '../../scripts/facsimile/random.ts'

const draw = (seed: number, stream: string, count: number): number[] =>
  Array.from({length: count}, random(seed, stream).uniform)

test('the same seed and stream give the same numbers, any other gives others', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.string(), (seed, stream, other) => {
      expect(draw(seed, stream, 8)).toEqual(draw(seed, stream, 8))
      expect(draw(seed, stream, 8)).not.toEqual(draw(seed + 1, stream, 8))
      if (other !== stream) expect(draw(seed, stream, 8)).not.toEqual(draw(seed, other, 8))
    }),
    {seed: 1},
  )
})

test('the numbers are those of every machine', () => {
  expect(draw(7, 'strikes', 3)).toMatchInlineSnapshot(`
    [
      0.682071273913607,
      0.06186870741657913,
      0.21033345954492688,
    ]
  `)
})

test('uniform fills [0, 1), normal has mean 0, deviation 1 and an end', () => {
  const source = random(3, 'test')
  const uniform = Array.from({length: 20_000}, source.uniform)
  const normal = Array.from({length: 20_000}, source.normal)
  expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...uniform)).toBeLessThan(1)
  expect(mean(uniform)).toBeCloseTo(0.5, 1)
  expect(mean(normal)).toBeCloseTo(0, 1)
  expect(Math.sqrt(mean(normal.map(value => value * value)))).toBeCloseTo(1, 1)
  expect(Math.max(...normal.map(Math.abs))).toBeLessThanOrEqual(3.5)
})

test('noise of the plane is smooth and stays within -1 and 1', () => {
  const place = fc.double({min: -50, max: 50, noNaN: true})
  fc.assert(
    fc.property(fc.integer(), place, place, (seed, x, y) => {
      const here = plainNoise(seed, x, y)
      expect(Math.abs(here)).toBeLessThanOrEqual(1)
      // No step of the curve is steeper than 1.5 times the span of 2.
      expect(Math.abs(plainNoise(seed, x + 0.001, y) - here)).toBeLessThan(0.0031)
      expect(Math.abs(plainNoise(seed, x, y + 0.001) - here)).toBeLessThan(0.0031)
    }),
    {seed: 1},
  )
})

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
