import {readdirSync, readFileSync} from 'node:fs'
import fc from 'fast-check'
import sharp from 'sharp'
import {describe, expect, test} from 'vitest'
import {decode} from '../../src/prepare/decode.ts'
import {embeddable} from '../../src/prepare/embed.ts'
import {scanSize} from '../../src/prepare/size.ts'
import {page, pdfOf} from './pages.ts'

const width = 48
const height = 32
const folder = new URL('jpeg2000/', import.meta.url)
const file = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)))
const scan = (name: string) => page({file: `scans/d/${name}`, format: 'jpeg2000'})

/** What is drawn in all files. */
const level = (x: number, y: number) => (5 * x + 3 * y) & 255
const colour = (x: number, y: number) => [level(x, y), 255 - level(x, y), (x * y) & 255]
const left = (x: number) => x < width / 2

describe('pixels are those that were packed', () => {
  const cases: readonly [string, (x: number, y: number) => readonly number[], number][] = [
    ['grey.j2k', (x, y) => [level(x, y)], 0],
    ['grey-12.jp2', (x, y) => [level(x, y)], 0],
    ['grey-4.jp2', (x, y) => [17 * (level(x, y) >> 4)], 0],
    ['grey-opacity.jp2', (x, y) => [left(x) ? level(x, y) : 255], 0],
    ['colour-tiles.jp2', colour, 0],
    ['colour-offset.jp2', colour, 0],
    ['colour-16.jp2', colour, 1],
    ['colour-opacity.jp2', (x, y) => (left(x) ? colour(x, y) : [255, 255, 255]), 0],
    ['palette.jp2', (x, y) => [level(x, y), 255 - level(x, y), level(x, y) >> 1], 0],
    // ITU-R BT.601: Cr 200 is 72 above none.
    ['ycc.jp2', (x, y) => [level(x, y) + 1.402 * 72, level(x, y) - 0.714 * 72, level(x, y)], 2],
    ['cmyk.jp2', () => [0, 174, 239], 1],
    ['lossy.jp2', colour, 40],
  ]
  test.each(cases)('%s', async (name, pixel, tolerance) => {
    const bytes = file(name)
    const raster = await decode(bytes, scan(name))
    expect(raster).toMatchObject({width, height, channels: pixel(0, 0).length})
    expect(await scanSize(bytes, scan(name))).toEqual({width, height})
    const wanted = Array.from({length: width * height}, (_, at) => pixel(at % width, Math.floor(at / width))).flat()
    const worst = wanted.map((value, at) => Math.abs(Math.min(255, Math.max(0, value)) - raster.data[at]!))
    expect(Math.max(...worst)).toBeLessThanOrEqual(tolerance)
  })

  test('of every file', () => {
    const files = readdirSync(folder).filter(name => name !== 'README.md')
    expect(cases.map(([name]) => name).sort()).toEqual(files.sort())
  })
})

test('the density at which it was captured is known, and none where none is said', async () => {
  expect((await decode(file('colour-tiles.jp2'), scan('a.jp2'))).density).toBe(300)
  expect((await decode(file('grey.j2k'), scan('a.j2k'))).density).toBeNull()
})

describe('what cannot be decoded says file, reason and remedy', () => {
  const said = (bytes: Uint8Array, name = '1.jp2') =>
    decode(bytes, scan(name)).then(
      () => 'read',
      ({message}) => message,
    )
  const whole = 'expected a whole JPEG 2000 image, copy or scan the file again'

  test.each(['grey.j2k', 'colour-tiles.jp2', 'palette.jp2'])('%s, wherever it breaks off', async name => {
    const bytes = file(name)
    await fc.assert(
      fc.asyncProperty(fc.integer({min: 8, max: bytes.length - 1}), async length => {
        const fault =
          /^Unexpected data in `scans\/d\/.*`: its JPEG 2000 data breaks off(?: before its image)?, expected a whole/
        expect(await said(bytes.subarray(0, length), name)).toMatch(fault)
      }),
      {seed: 1, numRuns: 40},
    )
  })

  test('zeros to the end, a slab that is missing, a tile that is', async () => {
    const bytes = file('colour-tiles.jp2')
    const half = bytes.length >> 1
    const zeros = Uint8Array.from(bytes).fill(0, half)
    const missing = Buffer.concat([bytes.subarray(0, half), bytes.subarray(half + 100)])
    for (const damaged of [zeros, missing]) {
      expect(await said(damaged)).toMatch(
        /its JPEG 2000 data (?:is damaged|breaks off), expected a whole JPEG 2000 image/,
      )
    }
    // The parts of the last of six tiles, each behind its mark.
    const data = Buffer.from(bytes)
    const lastTile = data.indexOf(Buffer.from([0xff, 0x90, 0, 10, 0, 5]))
    const without = Buffer.concat([data.subarray(0, lastTile), Buffer.from([0xff, 0xd9])])
    const box = data.indexOf('jp2c', 0, 'latin1') - 4
    without.writeUInt32BE(without.length - box, box)
    expect(await said(without)).toBe(
      `Unexpected data in \`scans/d/1.jp2\`: its JPEG 2000 data holds \`5\` of \`6\` tiles, ${whole}`,
    )
  })

  test('data that no decoder takes', async () => {
    const bytes = file('grey.j2k')
    // How many levels of detail there are, behind the mark that begins how it is packed.
    const at = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0x52])) + 9
    const spoiled = Uint8Array.from(bytes)
    spoiled[at] = 99
    expect(await said(spoiled, '1.j2k')).toBe(
      `Unexpected data in \`scans/d/1.j2k\`: its JPEG 2000 data cannot be unpacked, ${whole}`,
    )
  })

  test('a size that no scan has is refused by the header', async () => {
    const claiming = (width: number, height: number) => {
      const copy = Buffer.from(file('grey.j2k'))
      for (const at of [8, 24]) copy.writeUInt32BE(width, at)
      for (const at of [12, 28]) copy.writeUInt32BE(height, at)
      return copy
    }
    expect(await said(claiming(20_000, 20_000))).toMatch(/^Unexpected size `20000 x 20000` pixels of `scans\/d\/1.jp2`/)
    expect(await said(claiming(40_000, 20))).toMatch(/^Unexpected size `40000 x 20`/)
    expect(await said(claiming(0, 20))).toMatch(/its JPEG 2000 data has no size/)
  })

  test('more than one image, and colours that are not known', async () => {
    const bytes = file('colour-16.jp2')
    const image = bytes.subarray(Buffer.from(bytes).indexOf('jp2c', 0, 'latin1') - 4)
    expect(await said(Buffer.concat([bytes, image]))).toBe(
      'Unexpected number of images `2` in `scans/d/1.jp2`, expected `1`, save each as a file of its own',
    )
    const lab = Buffer.from(bytes)
    lab[lab.indexOf('colr', 0, 'latin1') + 4 + 6] = 14
    const colours = 'expected grey, RGB, YCC or CMYK that a JP2 file names, convert it to TIFF or PNG'
    expect(await said(lab)).toBe(`Unexpected colours of \`3\` channels in \`scans/d/1.jp2\`, ${colours}`)
    const bare = file('colour-opacity.jp2')
    const codestream = bare.subarray(Buffer.from(bare).indexOf('jp2c', 0, 'latin1') + 4)
    expect(await said(codestream)).toBe(`Unexpected colours of \`4\` channels in \`scans/d/1.jp2\`, ${colours}`)
  })

  test('bytes that changed are read or refused, and never anything else', async () => {
    const bytes = file('palette.jp2')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {minLength: 1, maxLength: 6}),
        async changes => {
          const copy = Uint8Array.from(bytes)
          for (const [at, value] of changes) copy[at] = value
          expect(await said(copy)).toMatch(
            /^read$|^Unexpected (?:data|size|colours|content|number of images) .*, expected /,
          )
        },
      ),
      {seed: 1, numRuns: 150},
    )
  })

  test('a TIFF file that is packed so', async () => {
    const tiff = await sharp({create: {width, height, channels: 3, background: 'white'}})
      .tiff({compression: 'none'})
      .toBuffer()
    // Tag 259, a number of 16 bits.
    const tag = tiff.indexOf(Buffer.from([3, 1, 3, 0, 1, 0, 0, 0]))
    tiff.writeUInt16LE(34_712, tag + 8)
    expect(await decode(tiff, page({file: 'scans/d/1.tif', format: 'tiff'})).catch(({message}) => message)).toBe(
      'Unexpected compression `34712` (JPEG 2000) of `scans/d/1.tif`, expected one of TIFF 6.0, Deflate or WebP, save it as TIFF with LZW or Deflate',
    )
  })
})

describe('in a PDF', () => {
  const size = [width, height] as const
  const content = `${width} 0 0 ${height} 0 0 cm /I Do`
  const asPdf = (data: Uint8Array, fields: string) =>
    pdfOf([{size, content, image: {dictionary: `/Width ${width}/Height ${height}/Filter/JPXDecode${fields}`, data}}])

  test.each(['colour-tiles.jp2', 'grey-12.jp2', 'palette.jp2'])('%s is read at its own size', async name => {
    const bytes = file(name)
    const own = page({file: 'scans/d.pdf', format: 'pdf', sha256: name})
    expect(await decode(asPdf(bytes, ''), own)).toMatchObject({
      ...(await decode(bytes, scan(name))),
      density: 72,
    })
  })

  test.each([
    ['grey.j2k', 'JPXDecode', 'b-w'],
    ['colour-tiles.jp2', 'JPXDecode', 'srgb'],
    ['colour-16.jp2', 'JPXDecode', 'srgb'],
    ['grey-4.jp2', 'FlateDecode', 'b-w'],
    ['palette.jp2', 'FlateDecode', 'srgb'],
    ['colour-opacity.jp2', 'FlateDecode', 'srgb'],
    ['ycc.jp2', 'FlateDecode', 'srgb'],
  ])('%s is put as %s, with the same pixels', async (name, filter, space) => {
    const bytes = file(name)
    const image = await embeddable(bytes, scan(name))
    expect(image).toMatchObject({filter, width, height, colors: space === 'b-w' ? 1 : 3})
    if (image.filter !== 'JPXDecode') return
    const own = page({file: 'scans/d.pdf', format: 'pdf', sha256: `put ${name}`})
    const device = space === 'b-w' ? 'DeviceGray' : 'DeviceRGB'
    const drawn = await decode(asPdf(image.data, `/ColorSpace/${device}/BitsPerComponent ${image.bits}`), own)
    expect(drawn.data).toEqual((await decode(bytes, scan(name))).data)
    // The codestream is the scan's, byte for byte.
    const start = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]))
    expect(Buffer.from(image.data).includes(Buffer.from(bytes.subarray(start)))).toBe(true)
  })
})
