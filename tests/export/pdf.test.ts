import {PDFiumLibrary} from '@hyzyla/pdfium'
import sharp from 'sharp'
import {describe, expect, test} from 'vitest'
import {writePdf} from '../../src/export/pdf.ts'
import type {PackedPicture, Page, Recognition, RecognizedLine} from '../../src/model.ts'
import {decode} from '../../src/prepare/decode.ts'
import {embeddable} from '../../src/prepare/embed.ts'

const recognition = (lines: readonly RecognizedLine[]): Recognition => ({
  schemaVersion: 1,
  pageId: 'letter/1',
  fingerprint: 'f',
  engine: {name: 'e', version: '', model: '', modelSha256: '', parameters: {}},
  width: 600,
  height: 800,
  confidence: 1,
  lines,
  regions: [],
  findings: [],
})
const line = (words: readonly string[], y: number, angle = 0): RecognizedLine => {
  let x = 40
  const placed = words.map(text => {
    const width = 10 * Math.max(1, [...text].length)
    const box = {x, y, width, height: 18}
    x += width + 10
    return {text, box, confidence: 1}
  })
  return {box: {x: 40, y, width: x - 50, height: 18}, angle, paragraphStart: false, words: placed}
}

async function pdfOf(pages: readonly Recognition[], image: PackedPicture, title = 'letter'): Promise<Buffer> {
  async function* all() {
    for (const recognition of pages) yield {recognition, image, density: 100}
  }
  const pieces: Uint8Array[] = []
  for await (const piece of writePdf(title, all())) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function open<Result>(
  pdf: Uint8Array,
  look: (document: Awaited<ReturnType<PDFiumLibrary['loadDocument']>>) => Result,
) {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  try {
    return await look(document)
  } finally {
    document.destroy()
    library.destroy()
  }
}

const grey = {filter: 'DCTDecode', width: 60, height: 80, colors: 1, bits: 8, palette: null, density: null} as const
const jpeg = async (): Promise<PackedPicture> => {
  const data = await sharp({create: {width: 60, height: 80, channels: 3, background: '#888'}})
    .greyscale()
    .jpeg()
    .toBuffer()
  return {...grey, data}
}
const page = (format: 'jpeg' | 'png' | 'tiff'): Page => {
  const scan = {file: `scans/letter/1.${format}`, format, frame: 0, sha256: 'x'}
  return {id: 'letter/1', document: 'letter', name: '1', scan}
}

describe('a searchable PDF', () => {
  test('the words can be found, in order, in any script, and none can break out', async () => {
    const lines = [
      ['Dear', 'Mr.', 'President:'],
      ['Генеральный', 'секретарь'],
      ['(Tj)', 'ET', ')', '\\', '<FEFF>', 'endstream', 'endobj', '%%EOF'],
      ['日本語', '😀', 'naïve', 'ﬁne', '\u0000x\ud800'],
    ]
    const pdf = await pdfOf([recognition(lines.map((words, index) => line(words, 40 + 60 * index)))], await jpeg())
    const text = await open(pdf, document => document.getPage(0).getText())
    const shown = text
      .replace(/\r\n/g, '\n')
      .replace(/\0/g, '')
      .trim()
      .split('\n')
      .map(row => row.trim())
    expect(shown).toEqual([
      'Dear Mr. President:',
      'Генеральный секретарь',
      '(Tj) ET ) \\ <FEFF> endstream endobj %%EOF',
      // The reader of the test writes a ligature out.
      '日本語 😀 naïve fine x\ufffd',
    ])
  })

  test('what is read from right to left is found as it is spelled', async () => {
    const pdf = await pdfOf([recognition([line(['שלום'], 40), line(['مرحبا'], 100)])], await jpeg())
    const text = await open(pdf, document => document.getPage(0).getText())
    expect(text.replace(/\0/g, '').trim().split(/\s+/)).toEqual(['שלום', 'مرحبا'])
  })

  test('nothing of the text is seen: the page is its picture', async () => {
    const lines = [line(['MMMMMMMM', 'WWWWWW'], 100), line(['turned'], 300, 90), line(['skewed', 'line'], 500, 3)]
    const image = await jpeg()
    const draw = (pdf: Uint8Array) => open(pdf, document => document.getPage(0).render({scale: 1, render: 'bitmap'}))
    const [empty, full] = [
      await draw(await pdfOf([recognition([])], image)),
      await draw(await pdfOf([recognition(lines)], image)),
    ]
    expect(Buffer.compare(full.data, empty.data)).toBe(0)
    // 600 pixels at 100 to an inch.
    expect([full.originalWidth, full.originalHeight]).toEqual([432, 576])
  })

  test('words without a place are found as well', async () => {
    const box = {x: 0, y: 0, width: 0, height: 0}
    const words = ['Dear', 'Sir'].map(text => ({text, box, confidence: 1}))
    const pdf = await pdfOf([recognition([{box, angle: 0, paragraphStart: true, words}])], await jpeg())
    expect(await open(pdf, document => document.getPage(0).getText())).toContain('Dear Sir')
  })

  test('the same pages give the same bytes; a hostile title stays a title', async () => {
    const make = async () => pdfOf([recognition([]), recognition([])], await jpeg(), ')>> endobj (ж')
    const pdf = await make()
    expect(Buffer.compare(pdf, await make())).toBe(0)
    expect(pdf.toString('latin1')).not.toContain(')>> endobj (')
    expect(await open(pdf, document => document.getPageCount())).toBe(2)
  })
})

describe('pictures are the pixels of the scan', () => {
  const noise = (channels: 1 | 3, values: readonly number[]) => {
    const data = Buffer.from(
      Array.from({length: 60 * 80 * channels}, (_, index) => values[(index * 7919 + (index >> 5)) % values.length]!),
    )
    return sharp(data, {raw: {width: 60, height: 80, channels}})
  }
  test.each([
    ['a grey PNG', 'png', noise(1, [0, 90, 180, 255]).toColourspace('b-w').png(), 8],
    ['a colour PNG', 'png', noise(3, [0, 50, 200, 255]).png(), 8],
    [
      'a bitonal TIFF',
      'tiff',
      noise(1, [0, 255]).toColourspace('b-w').tiff({bitdepth: 1, compression: 'ccittfax4'}),
      1,
    ],
    ['a JPEG', 'jpeg', noise(3, [0, 50, 200, 255]).jpeg(), 8],
  ] as const)('%s', async (name, format, picture, bits) => {
    const bytes = await picture.toBuffer()
    const image = await embeddable(bytes, page(format))
    expect(image.bits).toBe(bits)
    if (name === 'a grey PNG') expect(image.colors).toBe(1)
    if (format === 'jpeg') expect(Buffer.compare(image.data, bytes)).toBe(0)
    const drawn = await open(await pdfOf([{...recognition([]), width: 60, height: 80}], image), async document => {
      for (const object of document.getPage(0).objects()) {
        if (object.type === 'image') return object.render({render: 'bitmap'})
      }
      throw new Error('no image')
    })
    const {data, channels} = await decode(bytes, page(format))
    const wanted = Array.from({length: 60 * 80}, (_, index) => data[index * channels]!)
    const step = drawn.data.length / (60 * 80)
    const seen = Array.from({length: 60 * 80}, (_, index) => drawn.data[index * step]!)
    const off = wanted.filter((value, index) => Math.abs(value - seen[index]!) > (format === 'jpeg' ? 8 : 0)).length
    expect(off).toBe(0)
  })
})
