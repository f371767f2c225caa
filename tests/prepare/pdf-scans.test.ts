import sharp from 'sharp'
import {beforeAll, describe, expect, test} from 'vitest'
import {decode} from '../../src/prepare/decode.ts'
import {faxInJbig2, halftone, jbig2, paper, segment, stripOf} from './fax.ts'
import {type PdfStream, page, pdfOf} from './pages.ts'

const width = 240
const height = 160
const size = [72, 48] as const
const content = '72 0 0 48 0 0 cm /I Do'
const bits = `/Width ${width}/Height ${height}/BitsPerComponent 1`
const grey = `${bits}/ColorSpace/DeviceGray`

/** Runs of black and white of many lengths. */
const ink = (x: number, y: number) => (x * x + 37 * y + ((x * y) >> 5)) % 97 < 30
const pixels = Uint8Array.from({length: width * height}, (_, at) => (ink(at % width, Math.floor(at / width)) ? 0 : 255))
const negative = pixels.map(value => 255 - value)

let count = 0
/** Draw the first page of a PDF as a scan that was not seen before. */
function drawn(image: PdfStream | undefined, more: readonly PdfStream[] = [], operators = content) {
  const bytes = pdfOf([{size, content: operators, ...(image && {image})}], more)
  return decode(bytes, page({format: 'pdf', file: 'scans/d.pdf', sha256: `${count++}`}))
}

/** Packed as a fax of group 4, in which sharp takes white for ink. */
async function fax(data: Uint8Array, wide = width, high = height): Promise<Uint8Array> {
  const image = sharp(data, {raw: {width: wide, height: high, channels: 1}}).toColourspace('b-w')
  return stripOf(await image.tiff({bitdepth: 1, compression: 'ccittfax4', tile: false}).toBuffer())
}

let group4: Uint8Array
beforeAll(async () => {
  group4 = await fax(pixels)
})

describe('scans of one bit come out as they were drawn, in grey and at their own size', () => {
  const expectDrawn = async (image: PdfStream, wanted: Uint8Array, more: readonly PdfStream[] = []) => {
    const raster = await drawn(image, more)
    expect(raster).toMatchObject({width, height, channels: 1, density: 240})
    expect(Buffer.compare(raster.data, wanted)).toBe(0)
  }
  const ccitt = (parameters: string) =>
    `/Filter/CCITTFaxDecode/DecodeParms<</Columns ${width}/Rows ${height}${parameters}>>`

  test('a fax of group 4, either way round', async () => {
    await expectDrawn({dictionary: `${grey}${ccitt('/K -1')}`, data: group4}, negative)
    for (const dictionary of [
      `${grey}${ccitt('/K -1/BlackIs1 true')}`,
      `${grey}/Decode[1 0]${ccitt('/K -1')}`,
      `${bits}/ImageMask true${ccitt('/K -1/BlackIs1 true')}`,
      `${bits}/ImageMask true/Decode[1 0]${ccitt('/K -1')}`,
    ]) {
      await expectDrawn({dictionary, data: group4}, pixels)
    }
  })

  test('a fax of group 3, in one dimension and in two', async () => {
    // Rows of 24 + 24 + 192 pixels, each after a mark for its begin; in two dimensions a bit says that it stands alone.
    const [mark, runs] = ['000000000001', '01010000000001011101011100110101']
    const data = Uint8Array.from({length: width * height}, (_, at) => (Math.floor((at % width) / 24) === 1 ? 0 : 255))
    for (const [k, row] of [
      [0, `${mark}${runs}`],
      [4, `${mark}1${runs}`],
    ] as const) {
      const text = row.repeat(height)
      const packed = text.padEnd(8 * Math.ceil(text.length / 8), '0').match(/.{8}/g) ?? []
      const bytes = Uint8Array.from(packed, byte => Number.parseInt(byte, 2))
      await expectDrawn({dictionary: `${grey}${ccitt(`/K ${k}`)}`, data: bytes}, data)
    }
  })

  test('JBIG2, of which a bit that is 1 is black', async () => {
    const data = jbig2(await fax(negative), width, height)
    await expectDrawn({dictionary: `${grey}/Filter/JBIG2Decode`, data}, pixels)
    await expectDrawn({dictionary: `${grey}/Decode[1 0]/Filter/JBIG2Decode`, data}, negative)
    await expectDrawn({dictionary: `${bits}/ImageMask true/Filter/JBIG2Decode`, data}, pixels)
  })

  test('JBIG2 that is a fax is refused: nothing of it would be seen', async () => {
    const image = {dictionary: `${grey}/Filter/JBIG2Decode`, data: faxInJbig2(await fax(negative), width, height)}
    await expect(drawn(image)).rejects.toThrow(
      'Unexpected image on page `1` of `scans/d.pdf`: its JBIG2 data is packed as a fax (MMR), of which the decoder makes nothing, expected a whole one',
    )
  })

  test('JBIG2 with what its pages share beside them', async () => {
    // Two patterns of 8 x 8, white and black, and a page that is made of them: which one, is a fax again.
    const wide = width / 8
    const high = height / 8
    const chosen = Uint8Array.from({length: wide * high}, (_, at) => (ink(at % wide, Math.floor(at / wide)) ? 0 : 255))
    const patterns = Uint8Array.from({length: 16 * 8}, (_, at) => (at % 16 < 8 ? 0 : 255))
    const shared = segment(
      0,
      16,
      Buffer.concat([Buffer.from([1, 8, 8, 0, 0, 0, 1]), await fax(patterns, 16, 8)]),
      [],
      0,
    )
    const region = halftone(
      await fax(
        chosen.map(value => 255 - value),
        wide,
        high,
      ),
      wide,
      high,
      8,
    )
    await expectDrawn(
      {
        dictionary: `${grey}/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals $0>>`,
        data: Buffer.concat([segment(1, 48, paper(width, height)), segment(2, 22, region, [0])]),
      },
      Uint8Array.from(
        {length: width * height},
        (_, at) => chosen[Math.floor(at / width / 8) * wide + ((at % width) >> 3)]!,
      ),
      [{dictionary: '', data: shared}],
    )
  })
})

describe('a page in layers is drawn as it is seen, as fine as its type', () => {
  // The ground at 72 dots to an inch, the type in a mask.
  const ground = {
    dictionary: '/Width 72/Height 48/BitsPerComponent 8/ColorSpace/DeviceRGB',
    data: new Uint8Array(3 * 72 * 48).fill(230),
  }
  const coarse = '/Width 72/Height 48/BitsPerComponent 8/ColorSpace/DeviceRGB'
  const both = 'q 72 0 0 48 0 0 cm /I Do Q q 72 0 0 48 0 0 cm /X0 Do Q'
  /** Words of a sort, four pixels of the mask high, on an even raster so that drawing at another size keeps them. */
  const type = Uint8Array.from({length: width * height}, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    return y % 16 < 4 && (x * 7 + y) % 40 < 28 ? 255 : 0
  })
  const seen = async (more: readonly PdfStream[], image: PdfStream | undefined, operators: string) => {
    const raster = await drawn(image, more, operators)
    const share = (from: number, to: number) =>
      raster.data.filter(value => value >= from && value < to).length / raster.data.length
    return {width: raster.width, height: raster.height, dark: share(0, 60), light: share(200, 256)}
  }
  const inked = type.filter(value => value > 0).length / type.length

  test('ground, and a colour that shows through a mask', async () => {
    const colour = {dictionary: `${coarse}/SMask $1`, data: new Uint8Array(3 * 72 * 48).fill(20)}
    const mask = {dictionary: `${grey}/Filter/JBIG2Decode`, data: jbig2(await fax(type), width, height)}
    const inverted = {...mask, dictionary: `${mask.dictionary}/Decode[1 0]`}
    const layered = await seen([colour, inverted], ground, both)
    expect(layered).toMatchObject({width: 300, height: 200})
    expect(Math.abs(layered.dark - inked)).toBeLessThan(0.1)
    expect(layered.light).toBeGreaterThan(0.5)
    // Without a ground it is one image, and still not the page.
    expect(await seen([inverted], {...colour, dictionary: `${coarse}/SMask $0`}, content)).toMatchObject({width: 300})
  })

  test('ground, and a stencil that is as fine as a page is drawn otherwise', async () => {
    const [wide, high] = [600, 400]
    const bitAt = (at: number) => {
      const [x, y] = [Math.floor(((at % wide) * width) / wide), Math.floor((Math.floor(at / wide) * height) / high)]
      return type[y * width + x]! & 1
    }
    const data = Uint8Array.from({length: (wide * high) / 8}, (_, byte) =>
      Array.from({length: 8}, (_, bit) => bitAt(8 * byte + bit)).reduce((bits, bit) => 2 * bits + bit, 0),
    )
    const stencil = {dictionary: `/Width ${wide}/Height ${high}/BitsPerComponent 1/ImageMask true/Decode[1 0]`, data}
    const layered = await seen([stencil], ground, both)
    expect(layered).toMatchObject({width: wide, height: high})
    expect(layered.dark).toBeCloseTo(inked, 3)
  })

  test('one image that fills the page is drawn at its own size, however coarse', async () => {
    expect(await drawn(ground)).toMatchObject({width: 72, height: 48})
  })
})
