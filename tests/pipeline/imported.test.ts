import {join} from 'node:path'
import sharp from 'sharp'
import {describe, expect, test} from 'vitest'
import {readConfig} from '../../src/config.ts'
import type {Recognition} from '../../src/model.ts'
import {readDocuments} from '../../src/pipeline/imported.ts'
import {listDocuments} from '../../src/read/documents.ts'
import type {Engine} from '../../src/recognize/engine.ts'
import {pageText} from '../../src/recognize/page-text.ts'
import {makeCorpus, makePdf} from '../read/fixtures.ts'

const hocr = (text: string, {width = 400, height = 200, system = 'Some OCR 3.1'} = {}) =>
  `<html><head><meta name="ocr-system" content="${system}"></head><body>
   <div class="ocr_page" title="bbox 0 0 ${width} ${height}"><p class="ocr_par"><span class="ocr_line" title="bbox 10 20 110 40; baseline 0 -4">
   ${text
     .split(' ')
     .map(
       (word, index) =>
         `<span class="ocrx_word" title="bbox ${10 + 50 * index} 20 ${50 + 50 * index} 40; x_wconf 90">${word}</span>`,
     )
     .join(' ')}</span></p></div></body></html>`
const alto = `<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>pixel</MeasurementUnit><OCRProcessing ID="a"><ocrProcessingStep><processingSoftware><softwareName>kraken</softwareName><softwareVersion>5</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing></Description><Layout><Page WIDTH="400" HEIGHT="200"><PrintSpace><TextBlock ID="b"><TextLine HPOS="10" VPOS="20" WIDTH="40" HEIGHT="20"><String CONTENT="Dear" HPOS="10" VPOS="20" WIDTH="40" HEIGHT="20"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>`
const page = `<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata><Creator>Transkribus</Creator></Metadata><Page imageWidth="400" imageHeight="200"><TextRegion id="r"><TextLine id="l"><Coords points="10,20 50,20 50,40 10,40"/><TextEquiv><Unicode>Dear</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>`
const tsv = `level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n1\t1\t0\t0\t0\t0\t0\t0\t400\t200\t-1\t\n5\t1\t1\t1\t1\t1\t10\t20\t40\t20\t95\tDear\n`

async function corpus(files: Readonly<Record<string, string>>, pages = 1) {
  const scans: Record<string, Uint8Array> = {}
  for (let index = 1; index <= pages; index++) {
    const background = {r: 255, g: 255, b: 250 + index}
    scans[`scans/letter/${index}.png`] = await sharp({create: {width: 400, height: 200, channels: 3, background}})
      .png()
      .toBuffer()
  }
  return makeCorpus({...scans, 'transcripts/letter.md': 'Dear Sir\n', ...files})
}

const noEngine = async (): Promise<Engine> => {
  throw new Error('an engine was opened')
}

/** An engine that reads the same on every page. */
function engine(asked: string[]): () => Promise<Engine> {
  const identity = {name: 'own', version: '1', model: '', modelSha256: '', parameters: {}}
  return async () => ({
    identity,
    async recognize({pageId, width, height}) {
      asked.push(pageId)
      const base = {schemaVersion: 1 as const, pageId, engine: identity, width, height}
      return {...base, confidence: 1, lines: [], regions: [], findings: []}
    },
    async close() {},
  })
}

async function read(root: string, open = noEngine, readings?: string) {
  const config = readConfig({root, readings})
  const {documents} = await listDocuments(root)
  return readDocuments(documents, config, open, {}, undefined)
}

const textOf = (recognition: Recognition | undefined) => (recognition ? pageText(recognition).text : null)
const rules = (findings: readonly {readonly ruleId: string; readonly severity: string}[]) =>
  findings.map(({ruleId, severity}) => `${severity} ${ruleId}`)

describe('a reading of another program is used instead of an engine', () => {
  test.each([
    ['1.hocr', hocr('Dear Sir'), 'Dear Sir', 'imported:hocr', 'Some OCR 3.1'],
    ['1.html', hocr('Dear Sir'), 'Dear Sir', 'imported:hocr', 'Some OCR 3.1'],
    ['1.xml', alto, 'Dear', 'imported:alto', 'kraken 5'],
    ['1.alto.xml', alto, 'Dear', 'imported:alto', 'kraken 5'],
    ['1.xml', page, 'Dear', 'imported:page', 'Transkribus'],
    ['1.tsv', tsv, 'Dear', 'imported:tsv', ''],
    ['1.txt', 'Dear Sir\n', 'Dear Sir', 'imported:text', ''],
    ['letter.txt', 'Dear Sir\n', 'Dear Sir', 'imported:text', ''],
  ])('recognitions/letter/%s', async (name, content, text, format, version) => {
    const root = await corpus({[`recognitions/letter/${name}`]: content})
    const {recognitions, findings, engine} = await read(root)
    const recognition = recognitions.get('letter/1')
    expect(textOf(recognition)).toBe(text)
    expect(recognition).toMatchObject({pageId: 'letter/1', width: 400, height: 200, engine: {name: format, version}})
    expect(engine).toEqual(recognition!.engine)
    expect(findings).toEqual([])
    for (const {page, file} of recognition!.findings) {
      expect([page, file]).toEqual(['letter/1', `recognitions/letter/${name}`])
    }
  })

  test('one file for a whole document, of which each page is read as what it is', async () => {
    const root = await corpus({'recognitions/letter.txt': 'Dear Sir\fYours\f'}, 2)
    const {recognitions} = await read(root)
    expect([...recognitions].map(([id, recognition]) => [id, textOf(recognition)])).toEqual([
      ['letter/1', 'Dear Sir'],
      ['letter/2', 'Yours'],
    ])
  })

  test('the pages of a PDF', async () => {
    const root = await makeCorpus({
      'scans/letter.pdf': makePdf(2),
      'recognitions/letter/2.hocr': hocr('Dear', {width: 300, height: 300}),
      'recognitions/letter/1.txt': 'Sir',
    })
    const {recognitions} = await read(root)
    expect(textOf(recognitions.get('letter/2'))).toBe('Dear')
    // An inch at 300 dpi.
    expect(recognitions.get('letter/1')).toMatchObject({width: 300, height: 300})
  })

  test('pages without one are read by the engine, and it is said which are not', async () => {
    const root = await corpus({'recognitions/letter/2.hocr': hocr('Dear Sir')}, 3)
    const asked: string[] = []
    const {recognitions, findings, engine: own} = await read(root, engine(asked))
    expect(asked.sort()).toEqual(['letter/1', 'letter/3'])
    expect([...recognitions.keys()]).toEqual(['letter/1', 'letter/2', 'letter/3'])
    expect(own.name).toBe('own')
    expect(findings).toMatchObject([{ruleId: 'read:imported', severity: 'info', page: 'letter/2'}])
    expect(findings[0]!.reason).toContain('1 of the 3 pages of `letter` were read by `imported:hocr Some OCR 3.1`')
  })

  test('a changed file or scan is another fingerprint', async () => {
    const fingerprintOf = async (content: string, name: string) => {
      const root = await corpus({[`recognitions/letter/${name}.hocr`]: content}, 2)
      return (await read(root, engine([]))).recognitions.get(`letter/${name}`)!.fingerprint
    }
    const base = await fingerprintOf(hocr('Dear Sir'), '1')
    expect(await fingerprintOf(hocr('Dear Sir'), '1')).toBe(base)
    expect(await fingerprintOf(hocr('Dear Sin'), '1')).not.toBe(base)
    expect(await fingerprintOf(hocr('Dear Sir'), '2')).not.toBe(base)
  })
})

describe('--readings', () => {
  test('a folder like recognitions/ goes before it; JSON in it is a reading too', async () => {
    const root = await corpus(
      {
        'recognitions/letter/1.hocr': hocr('No'),
        'recognitions/letter/2.hocr': hocr('Kept'),
        'abbyy/letter/1.hocr': hocr('Yes'),
      },
      3,
    )
    const first = (await read(root, engine([]), join(root, 'abbyy'))).recognitions
    expect(['1', '2'].map(name => textOf(first.get(`letter/${name}`)))).toEqual(['Yes', 'Kept'])
    const other = await corpus({'old/letter/1.json': JSON.stringify(first.get('letter/1'))})
    const {recognitions} = await read(other, noEngine, join(other, 'old'))
    expect(textOf(recognitions.get('letter/1'))).toBe('Yes')
  })

  test('a file for the document it is named after, or the only one', async () => {
    for (const name of ['letter.hocr', 'output.hocr']) {
      const root = await corpus({[name]: hocr('Dear Sir')})
      expect(textOf((await read(root, noEngine, join(root, name))).recognitions.get('letter/1'))).toBe('Dear Sir')
    }
    const root = await corpus({'output.hocr': hocr('Dear Sir'), 'scans/other/1.txt': ''})
    const {documents} = await listDocuments(root)
    const two = [...documents, {id: 'other', pages: [], transcript: null}]
    const config = readConfig({root, readings: join(root, 'output.hocr')})
    await expect(readDocuments(two, config, noEngine, {}, undefined)).rejects.toThrow(/for 2 documents/)
    await expect(read(root, noEngine, join(root, 'absent'))).rejects.toThrow(/Cannot find .*ENOENT.*--readings/)
  })
})

describe('places', () => {
  test('boxes of a smaller picture of the same shape are scaled, which is said', async () => {
    const root = await corpus({'recognitions/letter/1.hocr': hocr('Dear Sir', {width: 200, height: 100})})
    const recognition = (await read(root)).recognitions.get('letter/1')!
    const [line] = recognition.lines
    expect(line!.words.map(({box}) => box)).toEqual([
      {x: 20, y: 40, width: 80, height: 40},
      {x: 120, y: 40, width: 80, height: 40},
    ])
    expect(line!.box).toEqual({x: 20, y: 40, width: 200, height: 40})
    expect(line!.baseline).toEqual({x1: 20, y1: 72, x2: 220, y2: 72})
    expect(rules(recognition.findings)).toEqual(['info read:scaled-reading'])
    expect(recognition.findings[0]!.reason).toContain('200 × 100')
  })

  test('boxes of a picture of another shape are none: the words are compared without places', async () => {
    const root = await corpus({'recognitions/letter/1.hocr': hocr('Dear Sir', {width: 200, height: 400})})
    const recognition = (await read(root)).recognitions.get('letter/1')!
    expect(rules(recognition.findings)).toEqual(['warning read:other-size'])
    expect(pageText(recognition)).toMatchObject({text: 'Dear Sir', words: [], width: 0, height: 0})
  })

  test('a file that does not say its size fits where its boxes lie on the scan', async () => {
    for (const [top, expected] of [
      [20, []],
      [180, ['warning read:other-size']],
    ] as const) {
      const source = hocr('Dear')
        .replace(/bbox 0 0 400 200/, '')
        .replaceAll('20 50 40', `${top} 50 ${top + 30}`)
      const recognition = (await read(await corpus({'recognitions/letter/1.hocr': source}))).recognitions.get(
        'letter/1',
      )!
      expect(rules(recognition.findings)).toEqual(expected)
    }
  })
})

describe('what cannot be used is an error, and no engine reads it instead', () => {
  test.each([
    ['damaged XML', {'recognitions/letter/1.xml': alto.slice(0, -9)}, 'read:unreadable-reading', /at 1:\d+/],
    [
      'a document type',
      {'recognitions/letter/1.xml': `<!DOCTYPE alto [<!ENTITY a "b">]>${alto}`},
      'read:unreadable-reading',
      /DOCTYPE/,
    ],
    ['an unknown root', {'recognitions/letter/1.xml': '<svg/>'}, 'read:unreadable-reading', /root `svg`/],
    [
      'bytes that are not UTF-8',
      {'recognitions/letter/1.txt': Buffer.from([0x44, 0xff])},
      'read:unreadable-reading',
      /UTF-8/,
    ],
    [
      'two readings for one page',
      {'recognitions/letter/1.hocr': hocr('A'), 'recognitions/letter/1.xml': alto},
      'read:claimed-twice',
      /1\.hocr.* and .*1\.xml.* for one reading of page `letter\/1`/,
    ],
    [
      'a file for the page and one for the document',
      {'recognitions/letter/1.hocr': hocr('A'), 'recognitions/letter.txt': 'A'},
      'read:claimed-twice',
      /letter\.txt/,
    ],
    [
      'a damaged file beside a whole one',
      {'recognitions/letter/1.txt': 'A', 'recognitions/letter/1.xml': '<alto'},
      'read:unreadable-reading',
      /1\.xml/,
    ],
    ['two pages for one', {'recognitions/letter/1.txt': 'A\fB'}, 'read:page-count', /of 2 pages, expected 1/],
  ] as const)('%s', async (_, files, ruleId, reason) => {
    const {recognitions, findings} = await read(await corpus(files as unknown as Record<string, string>))
    expect(recognitions.size).toBe(0)
    expect(findings).toMatchObject([{ruleId, severity: 'error', page: 'letter/1'}])
    expect(findings[0]!.reason).toMatch(reason)
    expect(findings[0]!.reason).not.toMatch(/\p{Cc}/u)
  })

  test('a reading without a scan', async () => {
    const root = await corpus({
      'recognitions/letter/1.txt': 'Dear',
      'recognitions/letter/7.txt': 'Dear',
      'recognitions/ghost/1.txt': 'Dear',
    })
    const {recognitions, findings} = await read(root)
    expect([...recognitions.keys()]).toEqual(['letter/1'])
    expect(rules(findings)).toEqual(['error read:reading-without-scan', 'error read:reading-without-scan'])
    expect(findings.map(({file}) => file)).toEqual(['recognitions/ghost/1.txt', 'recognitions/letter/7.txt'])
  })

  test('a file of another kind is a warning; what the engine kept is passed over', async () => {
    const root = await corpus({
      'recognitions/letter/1.txt': 'Dear',
      'recognitions/letter/1.json': '{"half": ',
      'recognitions/letter/1.docx': 'x',
    })
    expect(rules((await read(root)).findings)).toEqual(['warning read:unknown-file'])
  })
})
