import {readFileSync} from 'node:fs'
import {deflateSync} from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import {beforeAll, describe, expect, test} from 'vitest'
import {decode} from '../../src/prepare/decode.ts'
import {faultOfImage, type PackedImage} from '../../src/prepare/pdf-image.ts'
import {scanSize} from '../../src/prepare/size.ts'
import {jbig2, stripOf} from './fax.ts'
import {page, pdfOf} from './pages.ts'

const width = 240
const height = 160
/** Words of a sort: runs of black and white of many lengths, no row like the one before. */
const pixels = Uint8Array.from({length: width * height}, (_, at) => {
  const [x, y] = [at % width, Math.floor(at / width)]
  return (x * x + 37 * y + ((x * y) >> 5)) % 97 < 30 ? 0 : 255
})
const source = () => sharp(pixels, {raw: {width, height, channels: 1}}).toColourspace('b-w')

const images = new Map<string, PackedImage & {readonly dictionary: string}>()
beforeAll(async () => {
  const add = (filter: string, data: Uint8Array, bits: 1 | 8, more = '') =>
    images.set(filter, {
      data,
      filters: [filter],
      width,
      height,
      dictionary: `/Width ${width}/Height ${height}/BitsPerComponent ${bits}/ColorSpace/DeviceGray/Filter/${filter}${more}`,
    })
  const fax = stripOf(await source().tiff({bitdepth: 1, compression: 'ccittfax4', tile: false}).toBuffer())
  add('DCTDecode', await source().jpeg().toBuffer(), 8)
  add('FlateDecode', deflateSync(pixels), 8)
  add('CCITTFaxDecode', fax, 1, `/DecodeParms<</K -1/Columns ${width}/Rows ${height}/BlackIs1 true>>`)
  add('JBIG2Decode', jbig2(fax, width, height), 1)
  add('JPXDecode', readFileSync(new URL('jpeg2000/colour-tiles.jp2', import.meta.url)), 8)
})

const filters = ['DCTDecode', 'FlateDecode', 'CCITTFaxDecode', 'JBIG2Decode', 'JPXDecode'] as const

describe.each(filters)('%s', filter => {
  test('a whole image has no fault, also with a few bytes behind it', async () => {
    const image = images.get(filter)!
    expect(await faultOfImage(image)).toBeNull()
    expect(await faultOfImage({...image, data: Buffer.concat([image.data, Buffer.from('\r\n')])})).toBeNull()
  })

  test('one that breaks off has, wherever it does', async () => {
    const image = images.get(filter)!
    await fc.assert(
      fc.asyncProperty(fc.double({min: 0, max: 0.95, noNaN: true}), async share => {
        const data = image.data.subarray(0, Math.floor(share * image.data.length))
        expect(await faultOfImage({...image, data})).toMatch(/breaks off|is no|holds no|damaged/)
      }),
      {seed: 1, numRuns: 25},
    )
  })

  test('one that is something else has', async () => {
    const data = Buffer.from('no image at all, but a few words that a program left here, and then some more of them')
    expect(await faultOfImage({...images.get(filter)!, data})).not.toBeNull()
  })
})

test('a fax that is damaged in its middle has a fault, and one of each older kind has none', async () => {
  const fax = images.get('CCITTFaxDecode')!
  const data = Uint8Array.from(fax.data)
  for (let at = data.length >> 1; at < (data.length >> 1) + 20; at++) data[at]! ^= 0x5a
  expect(await faultOfImage({...fax, data})).toBe('CCITT data is damaged or breaks off')
  // Group 3: a white row of 64 + 0, each after a mark for its begin, and in the other kind a bit that says it stands alone.
  const row = '000000000001'
  for (const bits of [`${row}1101100110101`, `${row}11101100110101`]) {
    const text = bits.repeat(8).padEnd(Math.ceil(bits.length) * 8, '0')
    const bytes = Uint8Array.from({length: text.length / 8}, (_, at) =>
      Number.parseInt(text.slice(8 * at, 8 * at + 8), 2),
    )
    expect(await faultOfImage({data: bytes, filters: ['CCITTFaxDecode'], width: 64, height: 8}), bits).toBeNull()
  }
})

test('a sum that is missing or wrong is no fault of a stream that is whole', async () => {
  const flate = images.get('FlateDecode')!
  expect(await faultOfImage({...flate, data: flate.data.subarray(0, -4)})).toBeNull()
})

describe('a page of a PDF', () => {
  const scan = {format: 'pdf', file: 'scans/d.pdf', sha256: 'f'.repeat(64)} as const
  const size = [72, 48] as const
  const content = '72 0 0 48 0 0 cm /I Do'

  test('whose image is damaged is named with the reason; its size is known, and the pages around it are drawn', async () => {
    const bytes = pdfOf(
      filters.slice(0, 4).flatMap(filter => {
        const {dictionary, data} = images.get(filter)!
        const half = data.subarray(0, data.length >> 1)
        return [
          {size, content, image: {dictionary, data: half}},
          {size, content, image: {dictionary, data}},
        ]
      }),
    )
    const said: string[] = []
    for (let frame = 0; frame < 8; frame++) {
      const drawn = decode(bytes, page({...scan, frame}))
      if (frame % 2 === 0) said.push(await drawn.then(String, ({message}) => message))
      else expect(await drawn).toMatchObject({width, height})
      expect(await scanSize(bytes, page({...scan, frame}))).toEqual({width, height})
    }
    // What is known of a page is said again.
    await expect(decode(bytes, page({...scan, frame: 6}))).rejects.toThrow(said.at(-1))
    expect(said).toEqual(
      [
        'JPEG data breaks off',
        'deflated data breaks off',
        'CCITT data is damaged or breaks off',
        'JBIG2 data breaks off',
      ].map(
        (fault, index) =>
          `Unexpected image on page \`${2 * index + 1}\` of \`scans/d.pdf\`: its ${fault}, expected a whole one, copy or export the file again`,
      ),
    )
  })

  test('with a fax whose rows each begin a byte is drawn: it cannot be told whether that is whole', async () => {
    const {dictionary, data} = images.get('CCITTFaxDecode')!
    const aligned = dictionary.replace('/K -1', '/K -1/EncodedByteAlign true')
    const bytes = pdfOf([{size, content, image: {dictionary: aligned, data: data.subarray(0, data.length >> 1)}}])
    const own = {...scan, sha256: '0'.repeat(64)}
    expect(await decode(bytes, page(own))).toMatchObject({width, height})
  })
})
