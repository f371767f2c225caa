import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {findInks, partInks, separateInks} from '../../src/prepare/ink.ts'
import type {Raster} from '../../src/prepare/raster.ts'

type Colour = readonly [number, number, number]

const width = 240
const height = 200

/** Rows of black strokes over the whole page, and a block of ink over some of them; ink takes its part of the light of what lies below. */
function pageOf(paper: Colour, stamp: Colour, type: Colour = [0.13, 0.125, 0.14]): Raster {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const below = paper[channel]! * (isType(x, y) ? type[channel]! : 1)
        data[(y * width + x) * 3 + channel] = below * (isStamp(x, y) ? stamp[channel]! : 1)
      }
    }
  }
  return {data, width, height, channels: 3, density: null, aspect: 1}
}

const isType = (x: number, y: number) => y % 20 < 8 && x % 12 < 3
const isStamp = (x: number, y: number) => x >= 80 && x < 140 && y >= 60 && y < 110

/** Lightest and darkest of an image where a stamp lies, on bare paper or over type, two pixels from every edge. */
function under(data: Uint8Array, over: 'paper' | 'type') {
  const found: number[] = []
  for (let y = 63; y < 107; y++) {
    for (let x = 83; x < 137; x++) {
      const around = [isType(x - 2, y), isType(x + 2, y), isType(x, y - 2), isType(x, y + 2), isType(x, y)]
      const clear = over === 'paper' ? !around.includes(true) : isType(x, y)
      if (clear) found.push(data[y * width + x]!)
    }
  }
  return {lightest: Math.max(...found), darkest: Math.min(...found)}
}

describe('a stamp of any colour over black type', () => {
  test('leaves white paper and black type, and is alone on its own layer', () => {
    const tints = fc.constantFrom<Colour[]>([255, 255, 255], [242, 238, 227], [232, 219, 190], [215, 225, 235])
    const colours = fc.constantFrom<Colour[]>(
      [0.78, 0.17, 0.2],
      [0.16, 0.2, 0.42],
      [0.18, 0.45, 0.28],
      [0.38, 0.18, 0.5],
      [0.95, 0.55, 0.3],
      [0.25, 0.6, 0.75],
    )
    fc.assert(
      fc.property(tints, colours, (paper, stamp) => {
        const {type, coloured} = separateInks(pageOf(paper, stamp))
        expect(under(type.data, 'paper').darkest).toBeGreaterThan(225)
        expect(under(type.data, 'type').lightest).toBeLessThan(110)
        expect(coloured).toHaveLength(1)
        const layer = coloured[0]!.data
        expect(under(layer, 'paper').lightest).toBeLessThan(215)
        // Off the stamp nothing is on it, type included.
        expect(Math.min(...layer.filter((_, i) => !isStamp(i % width, Math.floor(i / width))))).toBe(255)
      }),
      {seed: 1, numRuns: 24},
    )
  })

  test('two colours have a layer each', () => {
    const page = pageOf([250, 246, 240], [0.16, 0.2, 0.42])
    for (let y = 130; y < 170; y++) {
      for (let x = 20; x < 80; x++) {
        for (const [channel, through] of [0.8, 0.2, 0.2].entries()) page.data[(y * width + x) * 3 + channel]! *= through
      }
    }
    expect(separateInks(page).coloured).toHaveLength(2)
  })
})

test('text that is itself coloured stays, with what is stamped on it', () => {
  const {type, coloured} = separateInks(pageOf([250, 246, 240], [0.85, 0.2, 0.2], [0.4, 0.2, 0.6]))
  expect(coloured).toEqual([])
  for (const i of type.data.keys()) {
    if (isType(i % width, Math.floor(i / width))) expect(type.data[i]).toBeLessThan(110)
  }
})

test('a piece of a page is parted as it is within the page, a pixel from its edges', () => {
  const page = pageOf([242, 238, 227], [0.78, 0.17, 0.2])
  const whole = separateInks(page)
  const [left, top, wide, high] = [70, 50, 40, 30]
  const from = (row: number) => (top + row) * width + left
  const rows = Array.from({length: high}, (_, row) => page.data.subarray(3 * from(row), 3 * (from(row) + wide)))
  const piece: Raster = {...page, data: new Uint8Array(Buffer.concat(rows)), width: wide, height: high}
  const {type} = partInks(piece, findInks(page))
  for (let y = 1; y < high - 1; y++) {
    const inside = type.data.slice(y * wide + 1, (y + 1) * wide - 1)
    expect(inside).toEqual(whole.type.data.slice(from(y) + 1, from(y) + wide - 1))
  }
})

test('a page without colour is its own type', () => {
  const grey = Uint8Array.from({length: 30 * 20}, (_, i) => (i * 37) & 255)
  const expected = {type: {data: grey, width: 30, height: 20}, coloured: []}
  expect(separateInks({data: grey, width: 30, height: 20, channels: 1, density: null, aspect: 1})).toEqual(expected)
  const data = Uint8Array.from({length: 30 * 20 * 3}, (_, i) => grey[Math.floor(i / 3)]!)
  expect(separateInks({data, width: 30, height: 20, channels: 3, density: null, aspect: 1})).toEqual(expected)
})
