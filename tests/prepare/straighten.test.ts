import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Grey} from '../../src/prepare/raster.ts'
import {straighten} from '../../src/prepare/straighten.ts'

/** White, with one black square of 9 pixels around a point. */
function pageWithDot(width: number, height: number, x: number, y: number): Grey {
  const data = new Uint8Array(width * height).fill(255)
  for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) data[(y + dy) * width + x + dx] = 0
  return {data, width, height}
}

/** Middle of what is dark. */
function darkMiddle({data, width}: Grey): {u: number; v: number} {
  let weight = 0
  let u = 0
  let v = 0
  for (const [index, value] of data.entries()) {
    const ink = 255 - value
    if (ink < 40) continue
    weight += ink
    u += ink * ((index % width) + 0.5)
    v += ink * (Math.floor(index / width) + 0.5)
  }
  return {u: u / weight, v: v / weight}
}

describe('the way back', () => {
  test('leads from where a dot comes to lie to where it was, turned and scaled as may be', async () => {
    const at = fc.record({x: fc.integer({min: 20, max: 180}), y: fc.integer({min: 20, max: 130})})
    const angle = fc.double({min: -5, max: 5, noNaN: true})
    const scale = fc.double({min: 0.6, max: 2.5, noNaN: true})
    await fc.assert(
      fc.asyncProperty(at, angle, scale, async ({x, y}, angle, scale) => {
        const {image, transform: t} = await straighten(pageWithDot(200, 150, x, y), angle, scale)
        const {u, v} = darkMiddle(image)
        expect(Math.abs(t.a * u + t.c * v + t.e - (x + 0.5))).toBeLessThan(1.5)
        expect(Math.abs(t.b * u + t.d * v + t.f - (y + 0.5))).toBeLessThan(1.5)
      }),
      {seed: 1, numRuns: 60},
    )
  })

  test('lines that fall to the right become level', async () => {
    const width = 400
    const data = new Uint8Array(width * 200).fill(255)
    for (let x = 20; x < 380; x++) {
      const y = Math.round(80 + x * Math.tan((3 * Math.PI) / 180))
      for (let dy = 0; dy < 3; dy++) data[(y + dy) * width + x] = 0
    }
    const {image} = await straighten({data, width, height: 200}, 3, 1)
    const rows = new Set<number>()
    for (const [index, value] of image.data.entries()) if (value < 60) rows.add(Math.floor(index / image.width))
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(6)
  })

  test('a page that is level and of the right size is left as it is', async () => {
    const page = pageWithDot(60, 60, 30, 30)
    expect((await straighten(page, 0.05, 1.02)).image).toBe(page)
  })
})
