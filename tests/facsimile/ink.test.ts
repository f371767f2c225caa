import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {cover, ink, type Layer, type Medium, type Scanner} from '../../scripts/facsimile/ink.ts'
import type {Mark} from '../../scripts/facsimile/type.ts'

const toPixels = [1, 0, 0, 1, 0, 0] as const
const scanner: Scanner = {toPixels, dpi: 1, blur: 0}
const hard: Medium = {spread: 0, grain: 1, roughness: 0, patch: 1, mottling: 0}

const bare = (): Layer => ({width: 60, height: 60, density: new Float32Array(3600), inked: new Uint8Array(60)})
const mark = (...contours: number[][]): Mark => ({contours, weight: 0, density: 0.8, lean: [0, 0]})
const square = (left: number, top: number, size: number): number[] => [
  left,
  top,
  left + size,
  top,
  left + size,
  top + size,
  left,
  top + size,
]
const at = ({width, density}: Layer, x: number, y: number): number => density[y * width + x] ?? 0

describe('cover', () => {
  test('the cells of any triangle sum to its area', () => {
    const corner = fc.double({min: 2, max: 57, noNaN: true})
    fc.assert(
      fc.property(fc.array(corner, {minLength: 6, maxLength: 6}), points => {
        const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0] = points
        const area = Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
        const tile = cover(mark(points), toPixels, bare(), 1)
        expect(tile?.cells.reduce((sum, cell) => sum + cell, 0)).toBeCloseTo(area, 1)
      }),
      {seed: 1},
    )
  })

  test('a cell is covered by its share', () => {
    const tile = cover(mark(square(10.25, 10, 2)), toPixels, bare(), 0)
    expect(tile).toMatchObject({left: 10, top: 10, width: 3, height: 2})
    expect([...(tile?.cells ?? [])].slice(0, 3)).toEqual([0.75, 1, 0.25])
  })

  test('overlapping contours count once, a hole wound the other way stays bare', () => {
    const hole = [20, 20, 20, 24, 24, 24, 24, 20]
    const tile = cover(
      mark(square(10, 10, 30), square(12, 12, 20), square(10, 10, 30), hole, hole, hole),
      toPixels,
      bare(),
      0,
    )
    expect(tile?.cells[5 * 30 + 5]).toBe(1)
    expect(tile?.cells[12 * 30 + 12]).toBe(0)
  })

  test.each([[square(-1, 10, 5)], [square(57, 10, 5)], [square(10, -3, 5)], [square(10, 58, 5)]])(
    'a mark that passes the edge is left out',
    contour => {
      expect(cover(mark(contour), toPixels, bare(), 2)).toBeNull()
    },
  )
})

describe('ink', () => {
  test('covers inside, not outside, and says which rows have ink', () => {
    const layer = bare()
    ink(layer, mark(square(20, 20, 10)), hard, scanner, 1)
    expect(at(layer, 25, 25)).toBeCloseTo(0.8)
    expect(at(layer, 35, 25)).toBe(0)
    expect(layer.inked.includes(0)).toBe(true)
    const unmarked = layer.density.some((density, index) => density > 0 && layer.inked[Math.floor(index / 60)] === 0)
    expect(unmarked).toBe(false)
  })

  test('a second coat darkens and never passes 1', () => {
    const layer = bare()
    for (const expected of [0.8, 0.96, 0.992]) {
      ink(layer, mark(square(20, 20, 10)), hard, scanner, 1)
      expect(at(layer, 25, 25)).toBeCloseTo(expected)
    }
  })

  test('a heavier strike inks more, blur moves ink without losing it', () => {
    const total = (weight: number, blur: number): number => {
      const layer = bare()
      ink(layer, {...mark(square(20, 20, 6)), weight}, {...hard, spread: 1.2}, {...scanner, blur}, 1)
      return layer.density.reduce((sum, cell) => sum + cell, 0)
    }
    expect(total(0.4, 0)).toBeGreaterThan(total(0, 0) * 1.1)
    expect(total(0, 1.5)).toBeCloseTo(total(0, 0), 1)
  })

  test('grain and patches come of the seed', () => {
    const rough: Medium = {spread: 1, grain: 3, roughness: 0.4, patch: 5, mottling: 0.6}
    const draw = (seed: number): number[] => {
      const layer = bare()
      ink(layer, mark(square(10, 10, 30)), rough, scanner, seed)
      return [...layer.density]
    }
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })
})
