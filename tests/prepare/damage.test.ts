import {readFileSync} from 'node:fs'
import fc from 'fast-check'
import sharp from 'sharp'
import {beforeAll, describe, expect, test} from 'vitest'
import {findDamage} from '../../src/prepare/damage.ts'
import {decode} from '../../src/prepare/decode.ts'
import {prepare} from '../../src/prepare/prepare.ts'
import {page, pdfOf} from './pages.ts'

/** Grain, so that every part of the picture has data. */
const [width, height] = [801, 603]
const pixels = (() => {
  let state = 1
  return Uint8Array.from({length: 3 * width * height}, () => {
    state = (state * 48_271) % 2_147_483_647
    return 128 + (state & 127)
  })
})()
const source = () => sharp(pixels, {raw: {width, height, channels: 3}})
const kinds: Readonly<Record<string, () => Promise<Buffer>>> = {
  'half the colour': () => source().jpeg({quality: 80}).toBuffer(),
  'all colour': () => source().jpeg({quality: 90, chromaSubsampling: '4:4:4'}).toBuffer(),
  'tables of its own': () => source().jpeg({quality: 80, optimiseCoding: true}).toBuffer(),
  grey: () => source().toColourspace('b-w').jpeg({quality: 85}).toBuffer(),
}
const reasons = async (bytes: Uint8Array) => (await findDamage(bytes, page())).map(({reason}) => reason)

describe.each(Object.keys(kinds))('a JPEG, %s', kind => {
  let whole: Buffer
  beforeAll(async () => {
    whole = await kinds[kind]!()
  })

  test('that is whole has none, also with bytes behind it', async () => {
    expect(await reasons(whole)).toEqual([])
    expect(await reasons(Buffer.concat([whole, Buffer.alloc(500, 65)]))).toEqual([])
  })

  test('of which bytes changed or are missing has, and is decoded all the same', async () => {
    const place = fc.double({min: 0.1, max: 0.9, noNaN: true}).map(share => Math.floor(share * whole.length))
    const zeros = (at: number) => Buffer.from(whole).fill(0, at, at + 512)
    const missing = (at: number) => Buffer.concat([whole.subarray(0, at), whole.subarray(at + 512)])
    let told = 0
    await fc.assert(
      fc.asyncProperty(place, fc.constantFrom(zeros, missing), async (at, damage) => {
        const bytes = damage(at)
        const found = await findDamage(bytes, page())
        told += found.length
        for (const finding of found) {
          expect(finding).toMatchObject({ruleId: 'prepare:damaged-scan', severity: 'warning', page: 'd/1'})
        }
        expect(await decode(bytes, page())).toMatchObject({width, height})
      }),
      {seed: 1, numRuns: 30},
    )
    // Sometimes what follows fits by chance.
    expect(told).toBeGreaterThanOrEqual(28)
  })
})

test('marks within the data are followed, and one that is missing is told', async () => {
  const marked = withMarks(await source().toColourspace('b-w').jpeg({optimiseCoding: false}).toBuffer())
  expect(await reasons(marked)).toEqual([])
  const second = marked.indexOf(Buffer.from([0xff, 0xd1]))
  expect(await reasons(Buffer.concat([marked.subarray(0, second), marked.subarray(second + 2)]))).toHaveLength(1)
})

test('a progressive JPEG that is whole has none; what the decoder remarks of one is told', async () => {
  const whole = await source().jpeg({progressive: true}).toBuffer()
  expect(await reasons(whole)).toEqual([])
  expect(await reasons(Buffer.from(whole).fill(0x11, whole.length >> 1, (whole.length >> 1) + 2000))).toEqual([
    expect.stringMatching(
      /^Unexpected damage in `scans\/d\/1\.png`: its JPEG data is damaged \(.+\), expected a whole image, /,
    ),
  ])
})

test('JPEG 2000 with a mark in its data', async () => {
  const whole = readFileSync(new URL('jpeg2000/colour-16.jp2', import.meta.url))
  expect(await reasons(whole)).toEqual([])
  const damaged = Buffer.from(whole)
  damaged.set([0xff, 0xf0], whole.length - 300)
  expect(await reasons(damaged)).toEqual([
    expect.stringContaining('JPEG 2000 data holds a mark in the middle of a tile'),
  ])
})

test('on a page of a PDF, named with its number', async () => {
  const whole = await kinds['grey']!()
  const at = whole.length >> 1
  const missing = Buffer.concat([whole.subarray(0, at), whole.subarray(at + 512)])
  const pages = [whole, missing].map(data => ({
    size: [72, 54] as const,
    content: '72 0 0 54 0 0 cm /I Do',
    image: {
      dictionary: `/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode`,
      data,
    },
  }))
  const bytes = pdfOf(pages)
  const scan = {format: 'pdf', file: 'scans/d.pdf', sha256: 'damage'} as const
  expect(await findDamage(bytes, page({...scan, frame: 0}))).toEqual([])
  expect(await findDamage(bytes, page({...scan, frame: 1}))).toMatchObject([
    {
      file: 'scans/d.pdf',
      reason: expect.stringMatching(/^Unexpected damage on page `2` of `scans\/d\.pdf`: its JPEG data /),
    },
  ])
})

test('bytes that changed end in findings or none, whatever they say', async () => {
  const whole = await sharp(pixels, {raw: {width, height, channels: 3}})
    .resize(64)
    .jpeg()
    .toBuffer()
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), {maxLength: 8}), async changes => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of changes) bytes[at] = value
      if (
        await decode(bytes, page()).then(
          () => true,
          () => false,
        )
      )
        await findDamage(bytes, page())
    }),
    {seed: 1, numRuns: 200},
  )
})

test('a page with damage is prepared, and says so', async () => {
  const whole = await source().resize(200).jpeg().toBuffer()
  const at = whole.length >> 1
  const {findings} = await prepare(Buffer.concat([whole.subarray(0, at), whole.subarray(at + 500)]), page())
  expect(findings.map(({reason}) => reason)).toEqual([
    expect.stringMatching(
      /^Unexpected damage in `scans\/d\/1\.png`: its JPEG data .+, expected a whole image, copy or scan the file again: a part of the page may be missing or shifted$/,
    ),
  ])
  expect((await prepare(whole, page())).findings).toEqual([])
})

/** With the tables of a grey JPEG, eight blocks without a change of grey, with a mark behind each. */
function withMarks(jpeg: Buffer): Buffer {
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]))
  const length = jpeg.readUInt16BE(scan + 2)
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  const header = Buffer.from(jpeg.subarray(0, scan + 2 + length))
  header.writeUInt16BE(8, frame + 5)
  header.writeUInt16BE(64, frame + 7)
  // No change is code 00 of the usual table, the end of a block 1010; ones fill the byte.
  const blocks = Array.from({length: 8}, (_, at) => [0b00101011, ...(at < 7 ? [0xff, 0xd0 + at] : [])]).flat()
  const interval = Buffer.from([0xff, 0xdd, 0, 4, 0, 1])
  return Buffer.concat([
    header.subarray(0, scan),
    interval,
    header.subarray(scan),
    Buffer.from(blocks),
    Buffer.from([0xff, 0xd9]),
  ])
}
