import sharp from 'sharp'
import {beforeAll, describe, expect, test} from 'vitest'
import {blankPage, renderPage} from '../../scripts/facsimile/page.ts'
import {decode} from '../../src/prepare/decode.ts'
import {positive} from '../../src/prepare/negative.ts'
import {held} from '../../src/prepare/open-scan.ts'
import {prepare} from '../../src/prepare/prepare.ts'
import type {Raster} from '../../src/prepare/raster.ts'
import {page} from './pages.ts'

const lines = [
  'The ambassador asked whether the proposal would be put to',
  'the conference before the end of the month, and was told',
  'that nothing had been decided.',
]
let image: Buffer
let scan: Raster
beforeAll(async () => {
  image = Buffer.from((await renderPage({...blankPage, lines, seed: 3, dpi: 150})).image)
  scan = await decode(image, page())
})

const invert = (raster: Raster): Raster => ({...raster, data: raster.data.map(value => 255 - value)})
const seen = async (raster: Raster) => (await positive(held(raster))).at(1)
const hash = ({data}: Raster) => Buffer.from(data).toString('base64').slice(100_000, 100_400)

describe('white on black', () => {
  test('is seen as the same page black on white', async () => {
    const negative = await sharp(image).negate().toColourspace('b-w').png().toBuffer()
    expect(hash(await seen(await decode(negative, page())))).toBe(hash(scan))
    expect((await prepare(negative, page())).letters).toBeGreaterThan(90)
  })

  test('is told from a page that is only dark: underexposed, or small on a black ground', async () => {
    const dim = {...scan, data: scan.data.map(value => Math.round(0.4 * value))}
    const small = await sharp(image)
      .resize({width: Math.round(0.7 * scan.width)})
      .toBuffer()
    const grounded = await sharp({
      create: {width: scan.width, height: scan.height, channels: 3, background: '#080808'},
    })
      .composite([{input: small}])
      .greyscale()
      .png()
      .toBuffer()
    for (const dark of [scan, dim, await decode(grounded, page())]) expect(await seen(dark)).toBe(dark)
  })

  test('a page all black, and one pixel, stay as they are', async () => {
    for (const side of [1, 300]) {
      const black: Raster = {
        data: new Uint8Array(side * side),
        width: side,
        height: side,
        channels: 1,
        density: null,
        aspect: 1,
      }
      expect(await seen(black)).toBe(black)
    }
  })
})

describe('ink without a ground', () => {
  const withAlpha = async (ink: number) => {
    const pixels = Buffer.alloc(2 * scan.data.length)
    for (const [at, value] of scan.data.entries()) pixels.set([ink, 255 - value], 2 * at)
    return sharp(pixels, {raw: {width: scan.width, height: scan.height, channels: 2}})
      .png()
      .toBuffer()
  }

  test('black is seen on white, and white on black, which is read as a negative', async () => {
    const [black, white] = [await decode(await withAlpha(0), page()), await decode(await withAlpha(255), page())]
    expect(hash(invert(white))).toBe(hash(black))
    expect(hash(await seen(white))).toBe(hash(black))
  })
})

test('numbers of which it is not known what is white are refused', async () => {
  const tiff = await sharp(Buffer.alloc(64 * 4), {raw: {width: 64, height: 4, channels: 1}})
    .toColourspace('b-w')
    .tiff({compression: 'none'})
    .toBuffer()
  // The same file, with its samples said to be floating-point numbers of 32 bits.
  const directory = tiff.readUInt32LE(4)
  const count = tiff.readUInt16LE(directory)
  const entries = Array.from({length: count}, (_, index) =>
    tiff.subarray(directory + 2 + 12 * index, directory + 14 + 12 * index),
  )
  const find = (tag: number) => entries.find(entry => entry.readUInt16LE(0) === tag)
  find(258)!.writeUInt16LE(32, 8)
  const format = find(339) ?? find(282)!
  format.set([0x53, 1, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0])
  const sorted = [...entries].map(entry => Buffer.from(entry)).sort((a, b) => a.readUInt16LE(0) - b.readUInt16LE(0))
  for (const [index, entry] of sorted.entries()) entry.copy(tiff, directory + 2 + 12 * index)
  await expect(decode(tiff, page({file: 'scans/d/1.tif'}))).rejects.toThrow(
    /^Unexpected pixels of type `float` in `scans\/d\/1\.tif`, expected 1, 8 or 16 bits a channel, convert it to 8 bits$/,
  )
})
