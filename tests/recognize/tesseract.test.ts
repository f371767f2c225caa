import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {PreparedPage} from '../../src/model.ts'
import type {Engine, Reading} from '../../src/recognize/engine.ts'
import {pageText} from '../../src/recognize/page-text.ts'
import {createTesseract, type TesseractOptions} from '../../src/recognize/tesseract.ts'
import {greyPage, typedPage} from './pages.ts'

const options: TesseractOptions = {jobs: 1, timeout: 60, language: 'eng', tessdata: null}
const packaged = join(
  dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')),
  '4.0.0_best_int/eng.traineddata.gz',
)
const folder = mkdtempSync(join(tmpdir(), 'scanproof-tesseract-'))
afterAll(() => rmSync(folder, {recursive: true}))

const blank = (id: string, width: number, height: number) =>
  greyPage(id, new Uint8Array(width * height).fill(255), width, height)
const damaged = (id: string): PreparedPage => ({...blank(id, 10, 10), image: new Uint8Array([80, 53, 10])})
/** Paragraphs are the engine's guess on so short a page. */
const textOf = (reading: Reading) => pageText({...reading, fingerprint: ''}).text.replaceAll('\n\n', '\n')

describe('reading', () => {
  let engine: Engine
  let fox: PreparedPage
  let letter: PreparedPage
  beforeAll(async () => {
    engine = await createTesseract(options)
    fox = await typedPage('d/fox', ['The quick brown fox', 'jumps over 1984 lazy dogs.'])
    letter = await typedPage('d/letter', ['Dear Mr. President,', 'I have received your letter', 'of 11 March 1985.'])
  })
  afterAll(() => engine.close())

  test('words come with text, box and confidence', async () => {
    const reading = await engine.recognize(fox)
    expect(textOf(reading)).toBe('The quick brown fox\njumps over 1984 lazy dogs.')
    expect(reading).toMatchObject({schemaVersion: 1, pageId: 'd/fox', width: 900, height: 200, engine: engine.identity})
    const [first] = reading.lines[0]!.words
    expect(first!.confidence).toBeGreaterThan(0.8)
    expect(first!.box.x).toBeGreaterThan(36)
    expect(first!.box.x + first!.box.width).toBeLessThan(120)
    expect(first!.box.y).toBeGreaterThan(45)
    expect(first!.box.y + first!.box.height).toBeLessThan(90)
    expect(reading.lines[0]!.paragraphStart).toBe(true)
  })

  test('letters stand on the baseline', async () => {
    const reading = await engine.recognize(fox)
    for (const [index, {baseline, box}] of reading.lines.entries()) {
      // Drawn at 80 and 140.
      for (const y of [baseline!.y1, baseline!.y2]) expect(Math.abs(y - 80 - 60 * index)).toBeLessThan(4)
      expect([baseline!.x1, baseline!.x2]).toEqual([box.x, box.x + box.width])
    }
  })

  test('symbols come where they are asked for, and are another reading', async () => {
    const asked = await createTesseract({...options, symbols: true})
    try {
      const [plain, reading] = [await engine.recognize(fox), await asked.recognize(fox)]
      expect(textOf(reading)).toBe(textOf(plain))
      for (const {text, box, symbols = []} of reading.lines.flatMap(({words}) => words)) {
        expect(symbols.map(symbol => symbol.text).join('')).toBe(text)
        for (const {box: own, confidence, choices} of symbols) {
          expect(own.x).toBeGreaterThanOrEqual(box.x - 2)
          expect(own.x + own.width).toBeLessThanOrEqual(box.x + box.width + 2)
          expect(confidence).toBeGreaterThan(0)
          expect(choices.map(choice => choice.confidence)).toEqual(
            choices.map(choice => choice.confidence).sort((a, b) => b - a),
          )
        }
        expect(symbols.some(({text, choices}) => choices.some(choice => choice.text === text))).toBe(true)
      }
      expect(plain.lines[0]!.words[0]!.symbols).toBeUndefined()
      expect(asked.identity).not.toEqual(engine.identity)
    } finally {
      await asked.close()
    }
  })

  test('boxes and angles are those of the scan', async () => {
    // A scan of twice the size, turned a quarter: (u, v) lies at (400 - 2v, 2u).
    const turned = await engine.recognize({
      ...fox,
      width: 400,
      height: 1800,
      transform: {a: 0, b: 2, c: -2, d: 0, e: 400, f: 0},
    })
    const straight = await engine.recognize(fox)
    const {x, y, width, height} = straight.lines[0]!.words[0]!.box
    expect(turned.lines[0]!.words[0]!.box).toEqual({
      x: 400 - 2 * (y + height),
      y: 2 * x,
      width: 2 * height,
      height: 2 * width,
    })
    expect(Math.abs(turned.lines[0]!.angle - straight.lines[0]!.angle - 90)).toBeLessThan(0.1)
    const {x1, y1, x2, y2} = straight.lines[0]!.baseline!
    const there = turned.lines[0]!.baseline!
    for (const [value, expected] of [
      [there.x1, 400 - 2 * y1],
      [there.y1, 2 * x1],
      [there.x2, 400 - 2 * y2],
      [there.y2, 2 * x2],
    ] as const) {
      expect(Math.abs(value - expected)).toBeLessThan(0.5)
    }
  })

  test('a blank page and a page of one pixel are empty, without confidence', async () => {
    for (const page of [blank('d/blank', 600, 800), blank('d/dot', 1, 1)]) {
      expect(await engine.recognize(page)).toMatchObject({lines: [], confidence: 0})
    }
  })

  test('a page upside down is read as if it were not', async () => {
    const pixels = letter.image.length - letter.imageWidth * letter.imageHeight
    const image = Uint8Array.from(letter.image)
    image.subarray(pixels).reverse()
    const upright = await engine.recognize(letter)
    const turned = await engine.recognize({...letter, image})
    expect(textOf(turned)).toBe(textOf(upright))
    const {x, y, width, height} = upright.lines[0]!.words[0]!.box
    expect(turned.lines[0]!.words[0]!.box).toEqual({
      x: letter.width - x - width,
      y: letter.height - y - height,
      width,
      height,
    })
  })

  test('a reading far shorter than what was seen is read again, and flagged where that does not help', async () => {
    const {findings} = await engine.recognize({...letter, letters: 500})
    expect(findings).toMatchObject([{ruleId: 'recognize:short-text', severity: 'warning', page: 'd/letter'}])
    expect(findings[0]!.reason).toMatch(/reading of `\d+` letters on page `d\/letter`, expected about `500`/)
    expect((await engine.recognize({...letter, letters: 55})).findings).toEqual([])
  })

  test('a page that fails rejects, and the next one is read as ever', async () => {
    const before = await engine.recognize(letter)
    await expect(engine.recognize(damaged('d/bad'))).rejects.toThrow(/read image/)
    expect(await engine.recognize(letter)).toEqual(before)
  })

  test('neither the thread nor what it read before changes a reading', async () => {
    const engines = await Promise.all([2, 3].map(jobs => createTesseract({...options, jobs})))
    try {
      const noise = await typedPage('d/noise', ['%&$ ;;.:  ~-~ xqzzt', 'WWW lllll ,,,,,'])
      const pages = [letter, fox, blank('d/blank', 300, 300), noise]
      const alone: Reading[] = []
      for (const page of pages) alone.push(await engine.recognize(page))
      for (const order of [
        [0, 1, 2, 3],
        [3, 2, 1, 0],
        [2, 3, 0, 1, 1, 0, 3, 2],
      ]) {
        for (const many of engines) {
          // A page that fails, a second look and a page read with other parameters between them.
          const between = [
            many.recognize(damaged('d/bad')).then(
              () => 'read',
              () => 'failed',
            ),
            many.look!([fox.image]).then(readings => `${readings.length} looked at`),
            many.recognize({...letter, letters: 500}).then(({findings}) => `${findings.length} finding`),
          ]
          const together = Promise.all(order.map(index => many.recognize(pages[index]!)))
          expect(await Promise.all(between)).toEqual(['failed', '1 looked at', '1 finding'])
          expect(await together).toEqual(order.map(index => alone[index]))
        }
      }
    } finally {
      await Promise.all(engines.map(many => many.close()))
    }
  })
})

describe('threads that fail', () => {
  const script = (name: string, source: string) => {
    const file = join(folder, `${name}.cjs`)
    writeFileSync(file, source)
    return file
  }
  const real = createRequire(import.meta.url).resolve('tesseract.js/src/worker-script/node/index.js')
  /** Does harm on the first page of the first thread, then behaves. */
  const once = (name: string, harm: string) =>
    script(
      name,
      `const {parentPort} = require('worker_threads')
       const fs = require('fs')
       const flag = __filename + '.done'
       parentPort.on('message', ({action, jobId}) => {
         if (action !== 'recognize' || fs.existsSync(flag)) return
         fs.writeFileSync(flag, '')
         ${harm}
       })
       require(${JSON.stringify(real)})`,
    )

  /** What WebAssembly says when it reaches out of its memory: `(func (export "f") (drop (i32.load (i32.const -1))))`. */
  function outOfBounds(): string {
    const code = '0061736d01000000010401600000030201000503010001070501016600000a0a010800417f2802001a0b'
    const {exports} = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, 'hex')))
    expect(exports.f).toThrow(WebAssembly.RuntimeError)
    try {
      Reflect.apply(exports.f as () => void, null, [])
    } catch (error) {
      return String(error)
    }
    return ''
  }

  for (const [name, harm, timeout] of [
    ['crashes', 'throw new Error("boom")', 60],
    ['ends', 'process.exit(3)', 60],
    ['hangs', 'for (;;) {}', 3],
    [
      'breaks down in its WebAssembly',
      `parentPort.postMessage({jobId, status: 'reject', data: '${outOfBounds()}'})`,
      60,
    ],
  ] as const) {
    test(`a thread that ${name} is replaced and its page read again`, async () => {
      const engine = await createTesseract({...options, timeout, script: once(name, harm)})
      try {
        const page = await typedPage('d/fox', ['The quick brown fox'])
        expect(textOf(await engine.recognize(page))).toBe('The quick brown fox')
      } finally {
        await engine.close()
      }
    })
  }

  for (const [name, source, timeout, message] of [
    ['always-dies', 'process.exit(3)', 60, /ended with code 3/],
    ['never-answers', 'setInterval(() => {}, 1000)', 0.2, /no answer within 0.2 seconds/],
    ['throws-at-start', 'throw new Error("boom")', 60, /crashed: boom/],
  ] as const) {
    test(`a start that fails rejects the page: ${name}`, async () => {
      const engine = await createTesseract({...options, timeout, script: script(name, source)})
      await expect(engine.recognize(blank('d/1', 10, 10))).rejects.toThrow(message)
      await engine.close()
    })
  }

  test('closing rejects what is open and what waits, and what comes after', async () => {
    const engine = await createTesseract(options)
    const page = await typedPage('d/fox', ['The quick brown fox'])
    const open = [engine.recognize(page), engine.recognize(page)].map(reading =>
      expect(reading).rejects.toThrow(/stopped/),
    )
    await engine.close()
    await Promise.all(open)
    await expect(engine.recognize(page)).rejects.toThrow(/stopped/)
  })
})

describe('models', () => {
  const model = gunzipSync(readFileSync(packaged))
  const write = (name: string, data: Uint8Array) => {
    const tessdata = mkdtempSync(join(folder, 'tessdata-'))
    writeFileSync(join(tessdata, name), data)
    return tessdata
  }

  test('a folder of the same model gives the same identity', async () => {
    const own = await createTesseract(options)
    const other = await createTesseract({...options, tessdata: write('eng.traineddata', model)})
    expect(other.identity).toEqual(own.identity)
    expect(own.identity).toMatchObject({name: 'tesseract.js', model: 'eng'})
    expect(own.identity.modelSha256).toMatch(/^[0-9a-f]{64}$/)
  })

  for (const [name, tessdata, language, message] of [
    ['none for the language', () => null, 'rus', /expected `eng`, give the folder/],
    ['a path for a language', () => null, '../eng', /expected names joined by `\+`/],
    ['missing', () => folder, 'eng', /Missing model for `eng`, expected `.*eng\.traineddata`/],
    ['empty', () => write('eng.traineddata', new Uint8Array()), 'eng', /it is empty/],
    ['cut', () => write('eng.traineddata', model.subarray(0, 1_000_000)), 'eng', /it is cut short/],
    ['gzip, cut', () => write('eng.traineddata.gz', readFileSync(packaged).subarray(0, 99_999)), 'eng', /whole gzip/],
    ['text', () => write('eng.traineddata', Buffer.from('no model at all, only text')), 'eng', /table of contents/],
    ['of another language', () => write('rus.traineddata', model), 'rus', /it is of language `eng`/],
  ] as const) {
    test(`a model that is wrong is refused before it is loaded: ${name}`, async () => {
      await expect(createTesseract({...options, language, tessdata: tessdata()})).rejects.toThrow(message)
    })
  }
})
