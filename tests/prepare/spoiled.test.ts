import sharp from 'sharp'
import {beforeAll, describe, expect, test} from 'vitest'
import {blankPage, drawPage, encode, type PageSpec} from '../../scripts/facsimile/page.ts'
import {darken} from '../../src/prepare/darken.ts'
import {prepare} from '../../src/prepare/prepare.ts'
import type {Grey} from '../../src/prepare/raster.ts'
import {findInk} from '../../src/prepare/threshold.ts'
import {page} from './pages.ts'

const lines = [
  'The ambassador asked whether the proposal would be put to',
  'the conference before the end of the month, and was told',
  'that nothing had been decided.',
  '',
  'He will come to see me on Thursday. I shall tell him what',
  'has been said in the Cabinet, and no more than that.',
]
const sheet: PageSpec = {...blankPage, lines, seed: 5, dpi: 150, specks: 0}

async function prepared(spec: PageSpec) {
  return prepare(await encode(drawPage(spec), spec), page())
}

let letters = 0
beforeAll(async () => {
  letters = (await prepared(sheet)).letters
})

test.each([-9, -4, 6, 11])('a page that lies askew by %d degrees is levelled, not turned', async skew => {
  const {transform, letters: found} = await prepared({...sheet, skew})
  expect((Math.atan2(transform.b, transform.a) * 180) / Math.PI).toBeCloseTo(skew, 0)
  expect(found).toBeGreaterThan(0.9 * letters)
})

describe('a fax', () => {
  const drawn = drawPage({...sheet, dpi: 204})
  const fax = (width: number, rows: number, resolution: {xres?: number; yres?: number}) =>
    sharp(drawn.data, {raw: drawn})
      .resize(width, Math.round((drawn.height * rows) / 204), {fit: 'fill', kernel: 'nearest'})
      .threshold(150)
      .toColourspace('b-w')
      .tiff({compression: 'ccittfax4', bitdepth: 1, ...resolution})
      .toBuffer()

  test.each([
    ['in standard resolution', 1734, 98, {xres: 204 / 25.4, yres: 98 / 25.4}],
    ['in fine resolution', 1734, 196, {xres: 204 / 25.4, yres: 196 / 25.4}],
    ['whose resolutions were lost', 1734, 98, {}],
    ['whose resolutions are of other pixels', 1734, 204, {xres: 204 / 25.4, yres: 98 / 25.4}],
    ['with twice as many pixels down', 867, 204, {xres: 102 / 25.4, yres: 204 / 25.4}],
  ])('%s is read with square pixels, and boxes are in its own', async (_, width, rows, resolution) => {
    const {
      transform,
      width: wide,
      height: high,
      letters: found,
    } = await prepare(await fax(width, rows, resolution), page())
    expect([wide, high]).toEqual([width, Math.round((drawn.height * rows) / 204)])
    expect(found).toBeGreaterThan(0.9 * letters)
    // Pixels of the scan to one of what is read, down and across.
    expect(transform.d / transform.a).toBeCloseTo(rows / (width / 8.5), 1)
  })
})

describe('pale type', () => {
  test.each([0.55, 0.42])('printed with a share of %d of the ink keeps its letters whole', async density => {
    const {letters: found} = await prepared({...sheet, noise: 5, typing: {...sheet.typing, density, wear: 0.8}})
    expect(found).toBeGreaterThan(0.9 * letters)
  })

  const grey = (level: number): Grey => {
    const data = new Uint8Array(200 * 100).fill(250)
    for (let y = 40; y < 60; y++) for (let x = 20; x < 180; x += 8) data.fill(level, y * 200 + x, y * 200 + x + 3)
    return {data, width: 200, height: 100}
  }
  const inked = (image: Grey) => darken(image, findInk(image, 15, 0.3))

  test('is brought to the level of a good ribbon, and paper stays paper', () => {
    const darker = inked(grey(150))
    expect(darker.data[50 * 200 + 21]).toBe(75)
    expect(darker.data[0]).toBeGreaterThan(240)
  })

  const lined = (levelAt: (line: number) => number): Grey => {
    const [width, height] = [640, 960]
    const data = new Uint8Array(width * height).fill(250)
    for (let y = 0; y < height; y++) {
      if (y % 24 >= 12) continue
      for (let x = 20; x < width - 20; x += 8) data.fill(levelAt(y / height), y * width + x, y * width + x + 3)
    }
    return {data, width, height}
  }

  test('that gets paler down the page is darkened most where it is palest', () => {
    const image = lined(share => 60 + 120 * share)
    const {data} = inked(image)
    for (const share of [0.05, 0.5, 0.95]) {
      const y = Math.round((share * image.height) / 24) * 24 + 6
      expect(Math.abs(data[Math.min(y, 942) * image.width + 325]! - 75)).toBeLessThan(30)
    }
  })

  test('that stands alone on a page of dark type stays pale', () => {
    const image = lined(share => (share > 0.8 ? 170 : 50))
    expect(inked(image)).toBe(image)
  })

  test('a page whose type is dark, and one without type, are left as they are', () => {
    for (const image of [grey(40), grey(250)]) expect(inked(image)).toBe(image)
  })
})

describe('columns', () => {
  const wide = (count: number) => {
    const {width, height, channels, data} = drawPage({...sheet, lines: [...lines, ...lines]})
    const beside = new Uint8Array(data.length * count)
    for (let y = 0; y < height; y++) {
      const row = data.subarray(y * width * channels, (y + 1) * width * channels)
      for (let at = 0; at < count; at++) beside.set(row, (count * y + at) * width * channels)
    }
    return encode({width: count * width, height, channels, data: beside}, sheet)
  }

  test('two pages of an opened book are seen as two, one as one', async () => {
    expect((await prepare(await wide(1), page())).columns).toBe(false)
    expect((await prepare(await wide(2), page())).columns).toBe(true)
  })

  test('short columns of figures are a table, read line by line', async () => {
    const rows = Array.from({length: 12}, (_, at) => `SS-${at}        ${at * 37}        ${at * 11} per cent`)
    expect((await prepared({...sheet, lines: rows})).columns).toBe(false)
  })
})
