import {existsSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {blankPage, type PageSpec, renderPage} from '../../scripts/facsimile/page.ts'
import type {PreparedPage} from '../../src/model.ts'
import {prepare} from '../../src/prepare/prepare.ts'
import type {Engine} from '../../src/recognize/engine.ts'
import {pageText} from '../../src/recognize/page-text.ts'
import {readPortionMarks} from '../../src/recognize/portion-marks/portion-marks.ts'
import {createTesseract} from '../../src/recognize/tesseract.ts'
import {page} from '../prepare/pages.ts'

const paragraphs = [
  ['The Secretary of State will consult the Soviet side as', 'soon as the United States has reached a decision.'],
  ['Such consultations Shall be confined to questions of', 'substance and Should be completed within the month.'],
  ['Congress and the Council will be told of the outcome', 'Tuesday, and the public will be told Thereafter.'],
  ['Until then no statement is to be made by anybody who', 'took part in the Conference.'],
]

/** The page with these words two blanks behind its paragraphs, each crossed by a pen so often. */
function struck(
  words: readonly string[],
  times: 1 | 2,
  degrees = 0,
  on: readonly (readonly string[])[] = paragraphs,
): PageSpec {
  const {typing} = blankPage
  const lines: string[] = []
  const strokes: (readonly [number, number, number, number])[] = []
  for (const [index, [first = '', second = '']] of on.entries()) {
    const word = words[index] ?? ''
    const [x, y] = [
      typing.left + (second.length + 2) / typing.pitch,
      typing.top + (lines.length + 1) / typing.leading - 0.05,
    ]
    const right = x + word.length / typing.pitch
    const crossing = [
      [x, y + 0.06, right + 0.08, y - 0.07],
      [x + 0.02, y - 0.06, right - 0.03, y + 0.05],
    ] as const
    if (word !== '') strokes.push(...crossing.slice(0, times))
    lines.push(`     ${first}`, `${second}  ${word}`.trimEnd(), '')
  }
  const markings = [{kind: 'stray', by: 'pen', lines: [], strokes}] as const
  return {...blankPage, lines, markings, seed: 5, skew: 0.4 + degrees}
}

/** The page with these words before its paragraphs, those of these numbers crossed by a pen. */
function begun(words: readonly string[], crossed: readonly number[] = [0, 1, 2, 3], times: 1 | 2 = 1): PageSpec {
  const {typing} = blankPage
  const lines: string[] = []
  const strokes: (readonly [number, number, number, number])[] = []
  for (const [index, [first = '', second = '']] of paragraphs.entries()) {
    const word = words[index] ?? ''
    const y = typing.top + lines.length / typing.leading - 0.05
    const right = typing.left + word.length / typing.pitch
    const crossing = [
      [typing.left, y + 0.06, right + 0.05, y - 0.07],
      [typing.left + 0.02, y - 0.06, right - 0.03, y + 0.05],
    ] as const
    if (word !== '' && crossed.includes(index)) strokes.push(...crossing.slice(0, times))
    lines.push(`${word} ${first}`.trimStart(), second, '')
  }
  const markings = [{kind: 'stray', by: 'pen', lines: [], strokes}] as const
  return {...blankPage, lines, markings, seed: 5, skew: 0.4}
}

/** A directive with such a mark; absent where the corpus is not beside the tree, and the test is skipped. */
const scan = fileURLToPath(new URL('../../../shared/corpus/scans/nsdd222/9.jpg', import.meta.url))

let engine: Engine
beforeAll(async () => {
  engine = await createTesseract({jobs: 1, timeout: 60, language: 'eng', tessdata: null})
})
afterAll(() => engine.close())

async function read(spec: PageSpec, change: (page: PreparedPage) => PreparedPage = same => same) {
  const {image, words} = await renderPage(spec)
  const reading = await engine.recognize(change(await prepare(image, page())))
  const lastWords = reading.lines
    .filter((_, index, all) => all[index + 1]?.paragraphStart ?? true)
    .map(line => line.words.at(-1))
  return {reading, words, lastWords, text: pageText({...reading, fingerprint: ''}).text}
}

describe('portion marks that a pen struck', () => {
  test('are read, with their place and no great confidence', async () => {
    const marks = ['(S)', '(U)', '(C)', '(TS)']
    const {lastWords, words} = await read(struck(marks, 1))
    expect(lastWords.map(word => word?.text)).toEqual(marks)
    for (const word of lastWords) {
      expect(word?.confidence).toBeGreaterThan(0.25)
      expect(word?.confidence).toBeLessThanOrEqual(0.9)
      const {box} = words.find(({text}) => text === word?.text)!
      expect(Math.abs(word!.box.x - box.x)).toBeLessThan(12)
      expect(Math.abs(word!.box.y - box.y)).toBeLessThan(12)
    }
  })

  test('are read though the engine is sure of their first bracket, taken for a word', async () => {
    const {image} = await renderPage(struck(['(S)', '(U)', '(C)', '(S)'], 1))
    const prepared = await prepare(image, page())
    const {lines} = await engine.recognize(prepared)
    const bracketed = lines.map(line => {
      const last = line.words.at(-1)!
      if (!/^\(\w+\)$/.test(last.text)) return line
      const bracket = {text: '(', confidence: 0.95, box: {...last.box, width: last.box.width / 4}}
      return {...line, words: [...line.words.slice(0, -1), bracket]}
    })
    const texts = readPortionMarks(prepared, bracketed).lines.map(({words}) => words.at(-1)!.text)
    expect(texts.filter(text => /^\(\w+\)$/.test(text))).toEqual(['(S)', '(U)', '(C)', '(S)'])
  })

  test('at the beginning of a paragraph', async () => {
    const {text} = await read(begun(['(S)', '(U)', '', '(TS)']))
    expect(text).toMatch(/^\(S\) The Secretary/m)
    expect(text).toMatch(/^\(U\) Such consultations/m)
    expect(text).toMatch(/^Congress/m)
    expect(text).toMatch(/^\(TS\) Until then/m)
  })

  test.skipIf(!existsSync(scan))('in a row of their own below a paragraph', async () => {
    const reading = await engine.recognize(await prepare(readFileSync(scan), page()))
    const {text} = pageText({...reading, fingerprint: ''})
    expect(text).toMatch(/in this area\.\n\(S\)\n/)
  })

  test('of more letters', async () => {
    const {lastWords} = await read(struck(['(S/NF)', '(FOUO)', '(C)', '(U)'], 1))
    expect(lastWords.map(word => word?.text)).toEqual(['(S/NF)', '(FOUO)', '(C)', '(U)'])
  })

  test('belong to the box of their line', async () => {
    const {reading} = await read(struck(['(S)', '', '', ''], 1))
    const line = reading.lines.find(({words}) => words.at(-1)?.text === '(S)')!
    const mark = line.words.at(-1)!.box
    expect(line.box.x + line.box.width).toBeGreaterThanOrEqual(mark.x + mark.width)
    expect(line.box.y).toBeLessThanOrEqual(mark.y)
  })

  test('on a page that lies upside down', async () => {
    const {lastWords} = await read(struck(['(U)', '(S)', '', ''], 1, 180))
    expect(lastWords.map(word => word?.text).slice(0, 2)).toEqual(['(U)', '(S)'])
  })

  test('a region of strokes over a mark says what stands under it', async () => {
    const {reading} = await read(struck(['(S)', '', '', ''], 1))
    const mark = reading.lines.flatMap(({words}) => words).find(({text}) => text === '(S)')!
    const strike = {kind: 'strike', box: mark.box, score: 0.7, text: null} as const
    const elsewhere = {...strike, box: {...mark.box, y: mark.box.y + 300}}
    const again = await read(struck(['(S)', '', '', ''], 1), page => ({
      ...page,
      regions: [strike, elsewhere],
      layers: [],
    }))
    expect(again.reading.regions.map(({text}) => text)).toEqual(['(S)', null])
  })
})

describe('nothing else is taken for a portion mark', () => {
  test('neither other words that a pen struck, nor strokes over nothing', async () => {
    for (const times of [1, 2] as const) {
      const {text} = await read(struck(['(not)', 'Amb.', '1986', 'BUSH'], times))
      expect(text).toMatch(/month\./)
      expect(text).not.toMatch(/\((?:U|C|S|TS)\)/)
    }
    const {typing} = blankPage
    const strokes = paragraphs.map(([, second = ''], index) => {
      const x = typing.left + (second.length + 2) / typing.pitch
      const y = typing.top + (3 * index + 1) / typing.leading - 0.05
      return [x, y + 0.06, x + 0.35, y - 0.07] as const
    })
    const bare = {...struck([], 1), markings: [{kind: 'stray', by: 'pen', lines: [], strokes}] as const}
    expect((await read(bare)).text).not.toMatch(/\((?:U|C|S|TS)\)/)
  })

  test('nor numbers in brackets that a pen struck, in a list and off it', async () => {
    for (const times of [1, 2] as const) {
      const {text} = await read(begun(['(4)', '(5)', '(6)', '(7)'], [1], times))
      expect(text).not.toMatch(/\((?:U|C|S|TS)\)/)
    }
    const figures = [
      ['The Secretary of State will consult 86 Soviet men as', 'soon as the United States has 3456 decisions.'],
      ['Such consultations Shall be confined to 15890 of', 'substance and Should be completed within 1985.'],
      ['Congress and the Council will be told of the outcome', 'Tuesday, and the public will be told in 1986.'],
      ['Until then no statement is to be made by 238 who', 'took part in the Conference.'],
    ]
    const {text} = await read(struck(['(8)', '(3)', '(6)', '(9)'], 1, 0, figures))
    expect(text).not.toMatch(/\((?:U|C|S|TS)\)/)
  })

  test('a mark that no pen struck is left as the engine read it', async () => {
    const {lastWords} = await read({...struck(['(S)', '(U)', '', ''], 1), markings: []})
    expect(lastWords.map(word => word?.text).slice(0, 2)).toEqual(['(S)', '(U)'])
    expect(lastWords[0]!.confidence).toBeLessThanOrEqual(0.97)
  })
})
