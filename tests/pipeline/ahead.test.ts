import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import sharp from 'sharp'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {readConfig} from '../../src/config.ts'
import type {Page, Preview} from '../../src/model.ts'
import {previewPages, previewWhileReading} from '../../src/pipeline/previews.ts'
import {readCorpus, run} from '../../src/pipeline/run.ts'
import type {Engine} from '../../src/recognize/engine.ts'
import {lookFile} from '../../src/recognize/look-store.ts'
import {createTesseract} from '../../src/recognize/tesseract.ts'
import {renderJson} from '../../src/report/json.ts'
import {typedPage} from '../recognize/pages.ts'

const root = mkdtempSync(join(tmpdir(), 'scanproof-ahead-'))
const scans = {
  'a/1': ['The quick brown fox', 'jumps over 1984 lazy dogs.'],
  'a/2': ['Nobody saw the brown fox', 'on the 14th of October.'],
  'b/1': ['A letter of another day', 'was sent in March 1943.'],
  'c/1': ['First of three pages'],
  'c/2': ['Second of three pages'],
  'c/3': ['Third of three pages'],
}

beforeAll(async () => {
  mkdirSync(join(root, 'transcripts'))
  for (const [id, lines] of Object.entries(scans)) {
    const {imageWidth: width, imageHeight: height, image} = await typedPage(id, lines)
    mkdirSync(join(root, 'scans', id.slice(0, 1)), {recursive: true})
    await sharp(image.subarray(image.length - width * height), {raw: {width, height, channels: 1}})
      .png()
      .toFile(join(root, `scans/${id}.png`))
  }
  writeFileSync(
    join(root, 'transcripts/a.md'),
    'The quick brown fix\njumps over 1985 lazy dogs.\n\nNobody saw the brown fox\non the 15th of October.\n',
  )
  writeFileSync(join(root, 'transcripts/b.md'), 'A letter of another day\nwas sent in March 1944.\n')
})
afterAll(() => rmSync(root, {recursive: true}))

const open = (jobs: number) => () => createTesseract({jobs, timeout: 60, language: 'eng', tessdata: null})
const configOf = (out: string, jobs: number) => readConfig({root, out: join(root, out), jobs: String(jobs)})
const looksOf = (out: string) =>
  ['a/1', 'a/2', 'b/1'].map(page => readFileSync(join(root, out, lookFile(page)), 'utf8'))

test('documents are looked at again while others are read, and the report is that of a run which read all first', async () => {
  const told: string[] = []
  const watched = async (): Promise<Engine> => {
    const engine = await open(1)()
    return {
      ...engine,
      recognize: page => engine.recognize(page).finally(() => told.push(page.pageId)),
      look: pictures => engine.look!(pictures).finally(() => told.push('look')),
    }
  }
  const ahead = await run(configOf('ahead', 1), [], '1', watched)
  expect(told.indexOf('look')).toBeGreaterThan(told.indexOf('a/2'))
  expect(told.indexOf('look')).toBeLessThan(told.indexOf('c/3'))

  await readCorpus(configOf('after', 2), [], open(2))
  const after = await run(configOf('after', 2), [], '1', open(2))
  expect(renderJson(ahead.report)).toBe(renderJson(after.report))
  expect(ahead.texts).toEqual(after.texts)
  expect(ahead.report.documents.flatMap(({differences}) => differences).length).toBeGreaterThan(2)
  expect(looksOf('ahead')).toEqual(looksOf('after'))

  // A page that is read again brings back the same.
  cpSync(join(root, 'ahead'), join(root, 'part'), {recursive: true})
  rmSync(join(root, 'part/recognitions/a/2.json'))
  const part = await run(configOf('part', 2), [], '1', open(2))
  expect(renderJson(part.report)).toBe(renderJson(ahead.report))
  expect(looksOf('part')).toEqual(looksOf('ahead'))
})

test('pictures are drawn from what is decoded to read a page, and are those that are drawn of the scan', async () => {
  const pictures = new Map<string, Preview>()
  const store = {
    get: ({id}: Page) => pictures.get(id) ?? null,
    put: ({id}: Page, picture: Preview) => void pictures.set(id, picture),
  }
  const config = configOf('pictures', 2)
  const {pages} = await run(config, [], '1', open(2), {onScan: previewWhileReading(store)})
  const drawn = await previewPages(config, pages, {get: () => null, put: () => {}})
  expect([...drawn].sort()).toEqual([...pictures].sort())
})

test('a picture that cannot be kept fails no page', async () => {
  const full = {
    get: () => null,
    put: () => {
      throw new Error('the disk is full')
    },
  }
  const {report} = await run(configOf('full', 2), ['b'], '1', open(2), {onScan: previewWhileReading(full)})
  expect(report.documents.map(({status}) => status)).toEqual(['compared'])
})
