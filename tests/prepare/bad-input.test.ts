import process from 'node:process'
import {distance} from 'fastest-levenshtein'
import sharp from 'sharp'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {blankPage, renderPage} from '../../scripts/facsimile/page.ts'
import {UserError} from '../../src/model.ts'
import {decode} from '../../src/prepare/decode.ts'
import {prepare} from '../../src/prepare/prepare.ts'
import {scanSize} from '../../src/prepare/size.ts'
import type {Engine} from '../../src/recognize/engine.ts'
import {pageText} from '../../src/recognize/page-text.ts'
import {createTesseract} from '../../src/recognize/tesseract.ts'
import {flatPng, type PdfPage, page, pdfOf} from './pages.ts'

const lines = [
  'The ambassador asked whether the proposal would be put to',
  'the conference before the end of the month, and was told',
  'that nothing had been decided. He repeated that his',
  'government attached great weight to an early reply.',
]
const megabyte = 1024
const bits = '/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode'

/** A page of a PDF on which `lines` are typed, without any image. */
function typed(size: PdfPage['size'], points: number, rotate: PdfPage['rotate'] = 0): PdfPage {
  const rows = lines.map(line => `(${line}) Tj T*`).join(' ')
  const [x, y] = [0.1 * size[0], 0.8 * size[1]]
  return {size, rotate, content: `BT /F ${points} Tf ${x} ${y} Td ${1.5 * points} TL ${rows} ET`}
}

/** Most memory that the process ever held, in KiB. */
const peak = () => process.resourceUsage().maxRSS

describe('sizes no page has are refused from the header', () => {
  // First in the file, as a peak never falls: 400 MB of pixels would show.
  test('a PNG of 20,000 x 20,000 pixels in less than 60 KB costs no memory', async () => {
    const bomb = await flatPng(20_000, 20_000)
    expect(bomb.length).toBeLessThan(60_000)
    const before = peak()
    await expect(decode(bomb, page())).rejects.toThrow(
      /^Unexpected size `20000 x 20000` pixels of `scans\/d\/1\.png`, expected at most .* lower resolution/,
    )
    expect(peak() - before).toBeLessThan(40 * megabyte)
  })

  test('the same in a PDF that draws it over a page: drawn at 300 dpi, as a page of its size is', async () => {
    const png = await flatPng(20_000, 20_000)
    // One chunk of pixels, between the header and the end.
    const data = png.subarray(41, png.length - 16)
    const image = {
      dictionary: `/Width 20000/Height 20000${bits}/DecodeParms<</Predictor 15/Columns 20000>>`,
      data,
    }
    const bytes = pdfOf([
      {size: [612, 612], content: '612 0 0 612 0 0 cm /I Do', image},
      {size: [1440, 1440], content: '1440 0 0 1440 0 0 cm /I Do', image},
    ])
    const scan = {format: 'pdf', file: 'scans/d.pdf', sha256: 'a'.repeat(64)} as const
    const {width, height, data: pixels} = await decode(bytes, page(scan))
    expect([width, height, pixels[0]]).toEqual([2550, 2550, 0])
    await expect(decode(bytes, page({...scan, frame: 1}))).rejects.toThrow(/size `20000 x 20000` pixels of page `2`/)
  })

  test('a page of a PDF of 5 x 5 metres is named', async () => {
    const bytes = pdfOf([{size: [612, 792], content: ''}, typed([14_400, 14_400], 12)])
    const scan = {format: 'pdf', file: 'scans/d.pdf', sha256: 'b'.repeat(64), frame: 1} as const
    await expect(decode(bytes, page(scan))).rejects.toThrow(
      /^Unexpected size `60000 x 60000` pixels of page `2` of `scans\/d\.pdf`/,
    )
  })
})

describe('an image 30,000 pixels wide', () => {
  test('is decoded', async () => {
    expect(await decode(await flatPng(30_000, 900, true), page())).toMatchObject({width: 30_000, height: 900})
  })

  test('is refused by name, not read as empty, where it is too long to be looked at whole', async () => {
    const failure = await prepare(await flatPng(30_000, 900, true), page()).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UserError)
    expect(failure).toHaveProperty(
      'message',
      'Unexpected shape `30000 x 900` pixels of `scans/d/1.png`, expected a page no more than `8` times as long as wide, cut it in parts',
    )
  })
})

test('a PDF of 500 pages: each is measured and the last one drawn, in memory that does not grow by the page', async () => {
  const bytes = pdfOf(Array.from({length: 500}, () => typed([612, 792], 12)))
  const scan = {format: 'pdf', file: 'scans/d.pdf', sha256: 'c'.repeat(64)} as const
  await scanSize(bytes, page(scan))
  const before = peak()
  for (let frame = 0; frame < 500; frame++) {
    expect(await scanSize(bytes, page({...scan, frame}))).toEqual({width: 2550, height: 3300})
  }
  expect(peak() - before).toBeLessThan(60 * megabyte)
  expect(await decode(bytes, page({...scan, frame: 499}))).toMatchObject({width: 2550, height: 3300, density: 300})
})

describe('unusual pages are read as any other', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createTesseract({jobs: 1, timeout: 60, language: 'eng', tessdata: null})
  })
  afterAll(() => engine.close())

  /** Letters by which what is read differs from `lines`. */
  async function errors(bytes: Uint8Array, scan: Parameters<typeof page>[0] = {}): Promise<number> {
    const reading = await engine.recognize(await prepare(bytes, page(scan)))
    const {text} = pageText({...reading, fingerprint: ''})
    return distance(text.replace(/\s+/g, ' '), lines.join(' '))
  }

  test('a PDF without any image, of mixed sizes, one page turned', async () => {
    const bytes = pdfOf([typed([612, 792], 12), typed([792, 612], 12), typed([300, 200], 6), typed([612, 792], 12, 90)])
    const scan = {format: 'pdf', file: 'scans/d.pdf', sha256: 'd'.repeat(64)} as const
    const sizes: (readonly number[])[] = []
    for (let frame = 0; frame < 4; frame++) {
      const {width, height} = await scanSize(bytes, page({...scan, frame}))
      sizes.push([width, height])
      expect(await errors(bytes, {...scan, frame}), `page ${frame + 1}`).toBe(0)
    }
    expect(sizes).toEqual([
      [2550, 3300],
      [3300, 2550],
      [1250, 833],
      [3300, 2550],
    ])
  })

  test('a scan upside down, or on either side', async () => {
    const {image} = await renderPage({...blankPage, lines, seed: 3})
    for (const angle of [90, 180, 270]) {
      const turned = await sharp(image).rotate(angle).png().toBuffer()
      expect(await errors(turned), `turned by ${angle}`).toBeLessThan(2)
    }
  })

  test('1 bit, and ink that is nothing but alpha', async () => {
    const {image} = await renderPage({...blankPage, lines, seed: 3})
    const bitonal = sharp(image).greyscale().threshold(150).toColourspace('b-w')
    const {data, info} = await bitonal.clone().raw().toBuffer({resolveWithObject: true})
    const clear = new Uint8Array(4 * data.length)
    for (const [at, value] of data.entries()) clear[4 * at + 3] = 255 - value
    const raw = {width: info.width, height: info.height, channels: 4 as const}
    const png = await bitonal.clone().png({palette: true, colours: 2}).toBuffer()
    const tiff = await bitonal.clone().tiff({bitdepth: 1, compression: 'ccittfax4'}).toBuffer()
    for (const bytes of [png, tiff]) expect(await sharp(bytes).metadata()).toHaveProperty('bitsPerSample', 1)
    for (const bytes of [png, tiff, await sharp(clear, {raw}).png().toBuffer()]) {
      expect(await errors(bytes)).toBeLessThan(4)
    }
  })
})
