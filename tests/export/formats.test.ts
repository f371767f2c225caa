import fc from 'fast-check'
import {SaxesParser} from 'saxes'
import {describe, expect, test} from 'vitest'
import {writeAlto} from '../../src/export/alto.ts'
import {writeHocr} from '../../src/export/hocr.ts'
import {writePageXml} from '../../src/export/page-xml.ts'
import {writeTsv} from '../../src/export/tsv.ts'
import type {Recognition, RecognizedLine} from '../../src/model.ts'
import {parseReading} from '../../src/read/texts.ts'

const page = (lines: readonly RecognizedLine[], name = '1'): Recognition => ({
  schemaVersion: 1,
  pageId: `letter/${name}`,
  fingerprint: 'f',
  engine: {name: 'tesseract.js', version: '7 "<&', model: 'eng', modelSha256: '', parameters: {}},
  width: 1000,
  height: 1400,
  confidence: 0.5,
  lines,
  regions: [],
  findings: [],
})

const hostile = [
  '<script>alert(1)</script>',
  '&amp;',
  ']]>',
  '"\'',
  '\u0000a\u0007',
  '\ud800x',
  'x\udc00',
  '\ufffe\uffff',
  'שלום',
  'عربي',
  'Привет',
  '\u202egnp',
  '😀',
  '-->',
  'a\tb',
]
const word = (text: string, index = 0) => ({
  text,
  box: {x: 10 + 40 * index, y: 20, width: 30, height: 12},
  confidence: 0.93,
})
const line = (words: readonly string[], more: Partial<RecognizedLine> = {}): RecognizedLine => ({
  box: {x: 10, y: 20, width: 700, height: 14},
  angle: 0,
  paragraphStart: true,
  words: words.map(word),
  ...more,
})

const writers: Readonly<Record<string, (pages: readonly Recognition[], scan: string) => string>> = {
  hocr: (pages, scan) =>
    writeHocr(
      pages,
      pages.map(() => scan),
    ),
  alto: ([first], scan) => writeAlto(first!, scan),
  page: ([first], scan) => writePageXml(first!, scan),
  tsv: pages => writeTsv(pages),
}
const names: Readonly<Record<string, string>> = {hocr: 'a.hocr', alto: 'a.xml', page: 'a.xml', tsv: 'a.tsv'}
const back = (format: string, source: string) => parseReading(Buffer.from(source), names[format]!)
/** A text as every format can hold it. */
const held = (text: string) => text.replace(/[\s\p{Cc}]+/gu, '').replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd')

describe.each(['hocr', 'alto', 'page', 'tsv'])('%s', format => {
  const write = writers[format]!

  test('what is written is read again: words, boxes, lines, paragraphs, baselines', () => {
    const pixel = fc.integer({min: 0, max: 900})
    const box = fc.record({
      x: pixel,
      y: pixel,
      width: fc.integer({min: 1, max: 99}),
      height: fc.integer({min: 1, max: 99}),
    })
    const text = fc.oneof(fc.constantFrom(...hostile), fc.string({unit: 'grapheme', minLength: 1}))
    const words = fc.array(
      fc.record({text, box, confidence: fc.integer({min: 0, max: 100}).map(value => value / 100)}),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    const lines = fc.array(fc.record({box, angle: fc.constant(0), paragraphStart: fc.boolean(), words}), {maxLength: 6})
    fc.assert(
      fc.property(lines, written => {
        const expected = written
          .map(({words, ...line}) => ({
            ...line,
            words: words.map(word => ({...word, text: held(word.text)})).filter(word => word.text !== ''),
          }))
          .filter(({words}) => words.length > 0)
        const source = write([page(written)], 'scans/letter/1.png')
        const [read] = back(format, source)
        expect(
          read!.lines.map(({box, words}) => [
            box,
            words.map(({text, box, confidence}) => [text, box, confidence.toFixed(3)]),
          ]),
        ).toEqual(
          expected.map(({box, words}) => [
            box,
            words.map(({text, box, confidence}) => [
              text.replace(/\u00ad$/u, '-').replace(/\ufeff/gu, ''),
              box,
              confidence.toFixed(3),
            ]),
          ]),
        )
        expect(read!.lines.map(({paragraphStart}, index) => index === 0 || paragraphStart)).toEqual(
          expected.map(({paragraphStart}, index) => index === 0 || paragraphStart),
        )
        expect([read!.width, read!.height]).toEqual([1000, 1400])
        expect(write([page(written)], 'scans/letter/1.png')).toBe(source)
      }),
      {seed: 1, numRuns: 60},
    )
  })

  test('a baseline and an angle come back', () => {
    const baseline = {x1: 10, y1: 30, x2: 710, y2: 37}
    const [read] = back(format, write([page([line(['Dear', 'Sir'], {baseline, angle: 0.57})])], 'a.png'))
    if (format === 'tsv') return
    expect(read!.lines[0]!.angle).toBeCloseTo(0.573, 2)
    const {x1, y1, x2, y2} = read!.lines[0]!.baseline!
    expect([x1, y1, x2, y2].map(Math.round)).toEqual([10, 30, 710, 37])
    const [turned] = back(format, write([page([line(['Dear'], {angle: 90})])], 'a.png'))
    expect(turned!.lines[0]!.angle).toBeCloseTo(90)
  })

  test('an empty page', () => {
    expect(back(format, write([page([])], 'a.png'))).toMatchObject([{lines: [], width: 1000}])
  })

  test('hostile text, names and versions stay text', () => {
    const name = 'scans/<b>"&\u0001\'; bbox 9 9 9 9.png'
    const source = write([page([line(hostile)])], name)
    if (format !== 'tsv') expect(source).not.toMatch(/<script|<b>/)
    expect(source).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
    expect(Buffer.from(source).toString()).toBe(source)
    const [read] = back(format, source)
    expect(read!.lines[0]!.words.map(({text}) => text)).toEqual(hostile.map(held).filter(text => text !== ''))
    expect(read).toMatchObject({width: 1000, height: 1400})
    if (format === 'tsv') return
    expect(read!.engine.version).toBe('tesseract.js 7 "<&')
  })
})

/** Elements in the order in which they stand, with their attributes; fails where the text is no XML. */
function elementsOf(
  source: string,
): readonly {readonly name: string; readonly path: string; readonly attributes: Record<string, string>}[] {
  const found: {name: string; path: string; attributes: Record<string, string>}[] = []
  const open: string[] = []
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({name, attributes}) => {
    open.push(name)
    found.push({name, path: open.join('/'), attributes: attributes as Record<string, string>})
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(source).close()
  return found
}

describe('the order of elements that the schemas ask for', () => {
  const written = page([line(['Dear', 'Sir'], {baseline: {x1: 10, y1: 30, x2: 710, y2: 30}}), line(hostile)])

  test('ALTO 4.4', () => {
    const elements = elementsOf(writeAlto(written, 'a.png'))
    expect(elements.slice(0, 14).map(({name}) => name)).toEqual(
      'alto Description MeasurementUnit sourceImageInformation fileName Processing processingSoftware softwareName softwareVersion Layout Page PrintSpace TextBlock TextLine'.split(
        ' ',
      ),
    )
    const ids = elements.flatMap(({attributes}) => attributes.ID ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    for (const {name, attributes} of elements) {
      if (['PrintSpace', 'TextBlock', 'TextLine', 'String'].includes(name)) {
        for (const side of ['HPOS', 'VPOS', 'WIDTH', 'HEIGHT'])
          expect(Number(attributes[side])).toBeGreaterThanOrEqual(0)
      }
      if (name === 'Page') expect(Object.keys(attributes)).toEqual(['ID', 'PHYSICAL_IMG_NR', 'HEIGHT', 'WIDTH', 'PC'])
    }
  })

  test('PAGE 2019', () => {
    const elements = elementsOf(writePageXml(written, 'a.png'))
    expect(elements.slice(0, 20).map(({name}) => name)).toEqual(
      'PcGts Metadata Creator Created LastChange Page ReadingOrder OrderedGroup RegionRefIndexed RegionRefIndexed TextRegion Coords TextLine Coords Baseline Word Coords TextEquiv Unicode Word'.split(
        ' ',
      ),
    )
    const inLine = elements.filter(({path}) => /\/TextLine\/[^/]+$/.test(path)).slice(0, 5)
    expect(inLine.map(({name}) => name)).toEqual(['Coords', 'Baseline', 'Word', 'Word', 'TextEquiv'])
    for (const {attributes} of elements) {
      if (attributes.points !== undefined) expect(attributes.points).toMatch(/^([0-9]+,[0-9]+ )+([0-9]+,[0-9]+)$/)
      if (attributes.id !== undefined) expect(attributes.id).toMatch(/^[a-z_][\w]*$/)
    }
  })

  test('hOCR 1.2 is XML too, and tells what it holds', () => {
    const elements = elementsOf(writeHocr([written, page([], '2')], ['a.png', 'b.png']))
    const capabilities = elements.find(({attributes}) => attributes.name === 'ocr-capabilities')!.attributes.content!
    const classes = new Set(elements.flatMap(({attributes}) => attributes.class ?? []))
    for (const name of classes) expect(capabilities.split(' ')).toContain(name)
    expect(
      elements.filter(({attributes}) => attributes.class === 'ocr_page').map(({attributes}) => attributes.title),
    ).toEqual(['image "a.png"; bbox 0 0 1000 1400; ppageno 0', 'image "b.png"; bbox 0 0 1000 1400; ppageno 1'])
    for (const {attributes} of elements) {
      if (/^ocrx?_(?:line|par|word)$/.test(attributes.class ?? '')) {
        expect(attributes.title).toMatch(/^bbox( \d+){4}(; (baseline|x_wconf|textangle) .+)?$/)
      }
    }
  })
})

test('hOCR says its languages as ISO 639-1 has them, once each, and what is none is unknown', () => {
  const languages = (...models: readonly string[]) => {
    const pages = models.map(model => ({...page([]), engine: {...page([]).engine, model}}))
    return /name="ocr-langs" content="(.*?)"/.exec(writeHocr(pages, models))?.[1]
  }
  expect(languages('eng')).toBe('en')
  expect(languages('eng+rus', 'rus', 'chi_sim', 'grc')).toBe('en ru zh grc')
  expect(languages('')).toBe('unknown')
  expect(languages('Latin', '<b>')).toBe('unknown')
})
