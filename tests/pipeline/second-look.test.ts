import {createHash} from 'node:crypto'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import sharp from 'sharp'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {Config} from '../../src/config.ts'
import {readConfig} from '../../src/config.ts'
import type {Page, Recognition} from '../../src/model.ts'
import {lookAgain, openQuestions, readLooks} from '../../src/pipeline/second-look.ts'
import type {Engine} from '../../src/recognize/engine.ts'
import {lookOf} from '../../src/recognize/look-hocr.ts'
import {lookFile} from '../../src/recognize/look-store.ts'
import {createTesseract} from '../../src/recognize/tesseract.ts'
import {typedPage} from '../recognize/pages.ts'

const root = mkdtempSync(join(tmpdir(), 'scanproof-looks-'))
let engine: Engine
let config: Config
let page: Page
let recognition: Recognition

beforeAll(async () => {
  mkdirSync(join(root, 'scans/d'), {recursive: true})
  const prepared = await typedPage('d/1', ['The quick brown fox', 'jumps over 1984 lazy dogs.'])
  const {imageWidth: width, imageHeight: height, image} = prepared
  const pixels = image.subarray(image.length - width * height)
  await sharp(pixels, {raw: {width, height, channels: 1}})
    .png()
    .toFile(join(root, 'scans/d/1.png'))
  config = readConfig({root})
  engine = await createTesseract({jobs: 1, timeout: 60, language: 'eng', tessdata: null})
  recognition = {...(await engine.recognize(prepared)), fingerprint: 'f'.repeat(64)}
  const scan = {
    file: 'scans/d/1.png',
    format: 'png',
    frame: 0,
    sha256: createHash('sha256')
      .update(readFileSync(join(root, 'scans/d/1.png')))
      .digest('hex'),
  } as const
  page = {id: 'd/1', document: 'd', name: '1', scan}
})
afterAll(async () => {
  await engine.close()
  rmSync(root, {recursive: true})
})

const wordBox = (text: string) => recognition.lines.flatMap(({words}) => words).find(word => word.text === text)!.box
const asked = (text: string, shared: string | null = null) => ({box: wordBox(text), shared})
const stored = () => readFileSync(join(root, lookFile('d/1')), 'utf8')

test('words are read again in several ways, with what their letters may be, and kept', async () => {
  const looks = await lookAgain([{page, recognition, words: [asked('1984'), asked('quick')]}], engine, config)
  const words = looks.get('d/1')!.words
  expect(words.map(({readings}) => readings.map(({text}) => text))).toEqual([
    ['quick', 'quick', 'quick', 'quick'],
    ['1984', '1984', '1984', '1984'],
  ])
  for (const {readings} of words) {
    for (const {text, letters} of readings) expect(letters.map(choices => choices[0]?.[0]).join('')).toBe(text)
  }
  expect(await readLooks(new Map([['d/1', recognition]]), root)).toEqual(looks)
})

test('what was looked at is not looked at again, and gives the same bytes', async () => {
  const before = stored()
  const {look: _, ...blind} = engine
  const looks = await lookAgain([{page, recognition, words: [asked('quick'), asked('1984')]}], blind, config)
  expect(looks.get('d/1')!.words).toHaveLength(2)
  expect(stored()).toBe(before)
})

test('only words that nobody has looked at leave a question open', async () => {
  const looks = await readLooks(new Map([['d/1', recognition]]), root)
  const corpus = {recognitions: new Map([['d/1', recognition]]), looks}
  const question = (text: string) => ({
    place: {page: {pageId: 'd/1', text: '', words: [], width: 0, height: 0, regions: []}},
    boxes: [wordBox(text)],
  })
  expect(openQuestions([question('quick')], [page], corpus)).toEqual([])
  expect(openQuestions([question('quick'), question('fox')], [page], corpus)[0]?.words).toHaveLength(2)
})

test('a word that both sides share is looked at in every way only where the first reads otherwise, or the sides differ', async () => {
  const other = {...recognition, fingerprint: 'b'.repeat(64)}
  const looked: number[] = []
  const counting = {
    ...engine,
    look: (pictures: readonly Uint8Array[]) => {
      looked.push(pictures.length)
      return engine.look!(pictures)
    },
  }
  const words = [asked('quick', 'quick,'), asked('brown', 'broom'), asked('fox', 'fox'), asked('fox')]
  const looks = await lookAgain([{page, recognition: other, words}], counting, config)
  expect(looks.get('d/1')!.words.map(({readings}) => readings.length)).toEqual([1, 4, 4])
  expect(looked).toEqual([3, 6])

  const corpus = {recognitions: new Map([['d/1', other]]), looks}
  const place = {page: {pageId: 'd/1', text: '', words: [], width: 0, height: 0, regions: []}}
  const doubt = {place, boxes: [wordBox('quick')], text: 'quick'}
  const {text: _, ...difference} = doubt
  expect(openQuestions([doubt], [page], corpus)).toEqual([])
  const [open] = openQuestions([difference], [page], corpus)
  const again = await lookAgain([open!], counting, config)
  expect(again.get('d/1')!.words.map(({readings}) => readings.length)).toEqual([4])
})

test('a look at another reading, or a damaged one, is taken again', async () => {
  const others = new Map([['d/1', {...recognition, fingerprint: 'e'.repeat(64)}]])
  expect(await readLooks(others, root)).toEqual(new Map())
  writeFileSync(join(root, lookFile('d/1')), '{"words":')
  expect(await readLooks(new Map([['d/1', recognition]]), root)).toEqual(new Map())
})

test('a page that cannot be decoded has no second look', async () => {
  const lost = {...page, scan: {...page.scan, file: 'scans/d/none.png'}}
  const other = {...recognition, fingerprint: 'a'.repeat(64)}
  expect(await lookAgain([{page: lost, recognition: other, words: [asked('fox')]}], engine, config)).toEqual(new Map())
})

test('hOCR of one word: joined where the engine sees several, ruled-out letters left out', () => {
  const word = (text: string, confidence: number, choices: string) =>
    `<span class='ocrx_word' id='word_1_1' title='bbox 0 0 9 9; x_wconf ${confidence}'>${text}<span class='ocrx_cinfo' id='lstm_choices_1_1_1'>${choices}</span></span>`
  const choice = (letter: string, percent: number) =>
    `<span class='ocrx_cinfo' id='choice_1_1_1' title='x_confs ${percent}'>${letter}</span>`
  const hocr =
    word('a', 93, choice('a', 93.06) + choice('e', 53.9) + choice('o', 0.5)) + word('&amp;', 40, choice('&amp;', 40))
  expect(lookOf(hocr)).toEqual({
    text: 'a&',
    confidence: 0.4,
    letters: [
      [
        ['a', 0.931],
        ['e', 0.539],
      ],
      [['&', 0.4]],
    ],
  })
  expect(lookOf('')).toEqual({text: '', confidence: 0, letters: []})
})
