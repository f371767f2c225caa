import {crc32} from 'node:zlib'
import sharp from 'sharp'
import {describe, expect, test} from 'vitest'
import {UserError} from '../../src/model.ts'
import {decode} from '../../src/prepare/decode.ts'
import {page, pdfOf, pngOf} from './pages.ts'

const square = {create: {width: 40, height: 20, channels: 3 as const, background: {r: 200, g: 0, b: 0}}}

describe('formats', () => {
  const cases: readonly [string, () => Promise<Uint8Array>, readonly number[]][] = [
    ['png, colour', () => sharp(square).png().toBuffer(), [200, 0, 0]],
    ['png, palette', () => sharp(square).png({palette: true}).toBuffer(), [200, 0, 0]],
    ['png, 16 bit', () => sharp(square).toColourspace('rgb16').png().toBuffer(), [200, 0, 0]],
    ['png, grey', () => pngOf(40, 20, () => 77), [77]],
    [
      'png, clear',
      () =>
        sharp({create: {...square.create, channels: 4, background: '#0000'}})
          .png()
          .toBuffer(),
      [255],
    ],
    [
      'png, grey kept in colour',
      () =>
        sharp({create: {...square.create, background: '#4d4d4d'}})
          .png()
          .toBuffer(),
      [77],
    ],
    [
      'png, grey and alpha',
      () =>
        sharp(Buffer.alloc(2 * 40 * 20, Uint8Array.of(0, 128)), {raw: {width: 40, height: 20, channels: 2}})
          .toColourspace('b-w')
          .png()
          .toBuffer(),
      [127],
    ],
    ['tiff, tiled', () => sharp(square).tiff({tile: true, tileWidth: 16, tileHeight: 16}).toBuffer(), [200, 0, 0]],
    ['tiff, big', () => sharp(square).tiff({bigtiff: true, compression: 'deflate'}).toBuffer(), [200, 0, 0]],
    ['tiff, 16 bit', () => sharp(square).toColourspace('rgb16').tiff({compression: 'lzw'}).toBuffer(), [200, 0, 0]],
    ['webp', () => sharp(square).webp({lossless: true}).toBuffer(), [200, 0, 0]],
    ['tiff, lzw', () => sharp(square).tiff({compression: 'lzw'}).toBuffer(), [200, 0, 0]],
    [
      'tiff, 1 bit',
      async () =>
        sharp(await pngOf(40, 20, () => 0))
          .toColourspace('b-w')
          .tiff({bitdepth: 1, compression: 'ccittfax4'})
          .toBuffer(),
      [0],
    ],
  ]
  for (const [name, make, pixel] of cases) {
    test(name, async () => {
      const raster = await decode(await make(), page())
      expect([raster.width, raster.height, raster.channels]).toEqual([40, 20, pixel.length])
      expect([...raster.data.subarray(0, pixel.length)]).toEqual(pixel)
      expect(raster.data).toHaveLength(40 * 20 * pixel.length)
    })
  }

  test('jpeg in a tiff, and cmyk, come close to their colour', async () => {
    for (const bytes of [
      await sharp(square).tiff({compression: 'jpeg', quality: 100}).toBuffer(),
      await sharp(square).toColourspace('cmyk').jpeg({quality: 100}).toBuffer(),
    ]) {
      const {data, channels} = await decode(bytes, page())
      expect(channels).toBe(3)
      expect(Math.abs(data[0]! - 200)).toBeLessThan(40)
      expect(data[1]).toBeLessThan(60)
    }
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('the orientation %i in the file is applied', async orientation => {
    // Where the first row and the first column of the file lie on the page (EXIF 2.3, tag 274): an upright page is stored so.
    const upright = await pngOf(40, 20, (x, y) => (x < 20 ? (y < 10 ? 0 : 80) : 200))
    const turned = sharp(
      await sharp(upright)
        .rotate([0, 0, 180, 180, 90, 270, 90, 90][orientation - 1])
        .png()
        .toBuffer(),
    )
    if ([2, 4, 5].includes(orientation)) turned.flop()
    if (orientation === 7) turned.flip()
    const pixels = await turned.png().toBuffer()
    for (const format of ['jpeg', 'png', 'webp', 'tiff'] as const) {
      const bytes = await sharp(pixels).withMetadata({orientation}).toFormat(format, {quality: 100}).toBuffer()
      const {data, width, height, channels} = await decode(bytes, page())
      expect([width, height], format).toEqual([40, 20])
      const seen = [
        [5, 5],
        [5, 15],
        [30, 5],
        [30, 15],
      ].map(([x, y]) => data[(y! * 40 + x!) * channels]!)
      for (const [index, level] of [0, 80, 200, 200].entries()) {
        expect(Math.abs(seen[index]! - level), `${format} ${seen}`).toBeLessThan(12)
      }
    }
  })

  test('a progressive JPEG is decoded as any other', async () => {
    const bytes = await sharp(square).jpeg({progressive: true, quality: 100}).toBuffer()
    expect(await decode(bytes, page())).toMatchObject({width: 40, height: 20, channels: 3})
  })

  test('1 x 1 is an image', async () => {
    expect(await decode(await pngOf(1, 1, () => 3), page())).toMatchObject({width: 1, height: 1, channels: 1})
  })
})

describe('what cannot be decoded says file, expectation and remedy', () => {
  const cases: readonly [string, () => Promise<Uint8Array>, RegExp][] = [
    ['empty', async () => new Uint8Array(), /^Unexpected empty file `scans\/d\/1\.png`, expected PNG/],
    ['text', async () => new TextEncoder().encode('hello'), /^Unexpected content of `scans\/d\/1\.png`, expected PNG/],
    ['svg', async () => new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), /^Unexpected content/],
    [
      'jpeg 2000',
      async () => new Uint8Array([0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 13, 10, 0x87, 10]),
      /its JPEG 2000 data breaks off before its image, expected a whole JPEG 2000 image/,
    ],
    ['png, cut', async () => cut(await noise('png')), /^Unexpected data in `scans\/d\/1\.png`.*whole PNG image/],
    ['jpeg, cut', async () => cut(await noise('jpeg')), /^Unexpected data in/],
    ['tiff, cut', async () => cut(await noise('tiff')), /^Unexpected data in/],
    ['webp, cut', async () => cut(await noise('webp')), /^Unexpected data in/],
    ['png, damaged', async () => damaged(await noise('png')), /^Unexpected data in/],
    [
      'pdf, cut',
      async () => new TextEncoder().encode('%PDF-1.4\n1 0 obj'),
      /page `1` of `scans\/d\/1\.png`.*whole PDF/,
    ],
    [
      'long side',
      () =>
        sharp({create: {...square.create, width: 40_000, height: 20}})
          .png()
          .toBuffer(),
      /size `40000 x 20`/,
    ],
    ['bomb', async () => claiming(20_000, 20_000, await noise('png')), /size `20000 x 20000` pixels of `scans/],
  ]
  for (const [name, make, message] of cases) {
    test(name, async () => {
      const failure = await decode(await make(), page()).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(UserError)
      expect(failure).toHaveProperty('message', expect.stringMatching(message))
    })
  }

  test('a frame that is not there', async () => {
    await expect(decode(await pngOf(4, 4, () => 0), page({frame: 1}))).rejects.toThrow(/expected at least `2`/)
  })
})

/** An image that compresses badly, so that a cut falls into its pixels. */
async function noise(format: 'png' | 'jpeg' | 'tiff' | 'webp'): Promise<Buffer> {
  let state = 1
  const png = await pngOf(200, 200, () => {
    state = (state * 48271) % 2147483647
    return state & 255
  })
  return sharp(png).toFormat(format).toBuffer()
}

/** A PNG whose header claims another size. */
function claiming(width: number, height: number, png: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(png)
  const view = new DataView(copy.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  view.setUint32(29, crc32(copy.subarray(12, 29)))
  return copy
}

function cut(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

function damaged(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[copy.length >> 1]! ^= 0xff
  return copy
}

test('a page of a PDF comes in colour where it has any, red first, else in grey', async () => {
  const fill = (colour: string) => ({size: [72, 72] as const, content: `${colour} rg 0 0 72 72 re f`})
  const bytes = pdfOf([fill('1 0.5 0'), fill('0.5 0.5 0.5')])
  const scan = {format: 'pdf', file: 'scans/d.pdf', sha256: 'e'.repeat(64)} as const
  const coloured = await decode(bytes, page(scan))
  expect([coloured.channels, coloured.data.length, ...coloured.data.subarray(0, 3)]).toEqual([3, 270_000, 255, 128, 0])
  const grey = await decode(bytes, page({...scan, frame: 1}))
  expect([grey.channels, grey.data.length, grey.data[0]]).toEqual([1, 90_000, 128])
})
