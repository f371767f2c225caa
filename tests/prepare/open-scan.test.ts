import sharp from 'sharp'
import {describe, expect, test} from 'vitest'
import {random} from '../../scripts/facsimile/random.ts'
import {decode} from '../../src/prepare/decode.ts'
import {held, inverted, openScan} from '../../src/prepare/open-scan.ts'
import {resize} from '../../src/prepare/scale.ts'
import {page} from './pages.ts'

/** Larger than is held as it is. */
const [width, height] = [2500, 1700]
const source = random(1, 'picture')
const coarse = Uint8Array.from({length: 3 * 250 * 170}, () => 255 * source.uniform())
const colour = sharp(coarse, {raw: {width: 250, height: 170, channels: 3}}).resize(width, height, {kernel: 'cubic'})
const files = {
  png: () => colour.clone().png({compressionLevel: 1}).toBuffer(),
  'grey kept in colour': () => colour.clone().greyscale().toColourspace('srgb').png({compressionLevel: 1}).toBuffer(),
  jpeg: () => colour.clone().jpeg({quality: 60}).toBuffer(),
  'jpeg on its side': () => colour.clone().withMetadata({orientation: 6}).jpeg({quality: 60}).toBuffer(),
  tiff: () => colour.clone().tiff({compression: 'lzw'}).toBuffer(),
  transparent: () => colour.clone().ensureAlpha(0.5).png({compressionLevel: 1}).toBuffer(),
}

describe('a large scan', () => {
  test.each(Object.entries(files))(
    'has the pixels that it would have if it were held whole: %s',
    async (name, make) => {
      const bytes = await make()
      const [scan, whole] = [await openScan(bytes, page()), await decode(bytes, page())]
      expect(scan).toMatchObject({width: whole.width, height: whole.height, aspect: whole.aspect})
      for (const [factor, stretch] of [[0.47], [0.33, 2], [1]] as const) {
        const [{data, ...rest}, {data: wanted, ...others}] = [
          await scan.at(factor, stretch),
          await resize(whole, factor, stretch),
        ]
        expect(rest).toEqual(others)
        const apart = data.reduce((most, level, at) => Math.max(most, Math.abs(level - wanted[at]!)), 0)
        // Turned after it is reduced: the two directions change places.
        expect(apart).toBeLessThanOrEqual(name === 'jpeg on its side' ? 2 : 0)
      }
    },
  )

  test('that is cut short is an error when it is looked at, whatever the size', async () => {
    const bytes = await files.jpeg()
    const scan = await openScan(bytes.subarray(0, 0.9 * bytes.length), page())
    await expect(scan.at(0.1)).rejects.toThrow(/^Unexpected data in/)
    await expect(scan.at(1)).rejects.toThrow(/^Unexpected data in/)
  })
})

test('the pixels of the last size are kept, and no others', async () => {
  const scan = held(await decode(await files.png(), page()))
  const first = await scan.at(0.1)
  expect(await scan.at(0.1)).toBe(first)
  expect(await scan.at(0.1, 1.5)).not.toBe(first)
  expect(await scan.at(0.1)).not.toBe(first)
})

test('inverted, it is white where it is black', async () => {
  const scan = held({data: Uint8Array.of(0, 7, 255, 200), width: 2, height: 2, channels: 1, density: null, aspect: 1})
  expect([...(await inverted(scan).at(1)).data]).toEqual([255, 248, 0, 55])
})
