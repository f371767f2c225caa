import {spawnSync} from 'node:child_process'
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {gunzipSync} from 'node:zlib'
import {afterAll, describe, expect, test} from 'vitest'
import {UserError} from '../../src/model.ts'
import {pageText} from '../../src/recognize/page-text.ts'
import {createTesseract} from '../../src/recognize/tesseract.ts'
import {createTesseractCli} from '../../src/recognize/tesseract-cli.ts'
import {greyPage, typedPage} from './pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'scanproof-tesseract-cli-'))
afterAll(() => rmSync(folder, {recursive: true}))

const packed = readFileSync(
  join(
    dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')),
    '4.0.0_best_int/eng.traineddata.gz',
  ),
)
writeFileSync(join(folder, 'eng.traineddata'), gunzipSync(packed))
const options = {jobs: 1, timeout: 60, language: 'eng', tessdata: folder}
const blank = greyPage('d/blank', new Uint8Array(100 * 100).fill(255), 100, 100)

const installed = /^tesseract [45]\./.test(spawnSync('tesseract', ['--version'], {encoding: 'utf8'}).stdout ?? '')

describe.skipIf(!installed)(
  installed ? 'the installed tesseract' : 'the installed tesseract (skipped: none is installed)',
  () => {
    test('reads what tesseract.js reads with the same model, and says that it is another engine', async () => {
      const page = await typedPage('d/fox', ['The quick brown fox', 'jumps over 1984 lazy dogs.'])
      const own = await createTesseract(options)
      const native = await createTesseractCli(options)
      try {
        const [expected, reading] = [await own.recognize(page), await native.recognize(page)]
        expect(pageText({...reading, fingerprint: ''}).text).toBe(pageText({...expected, fingerprint: ''}).text)
        const boxes = (lines: typeof reading.lines) => lines.flatMap(({words}) => words.map(({box}) => box))
        for (const [index, box] of boxes(expected.lines).entries()) {
          const other = boxes(reading.lines)[index]!
          for (const key of ['x', 'y', 'width', 'height'] as const) {
            expect(Math.abs(other[key] - box[key])).toBeLessThanOrEqual(2)
          }
        }
        expect(Math.abs(reading.confidence - expected.confidence)).toBeLessThan(0.1)
        expect(native.identity).toMatchObject({
          name: 'tesseract-cli',
          model: 'eng',
          modelSha256: own.identity.modelSha256,
          version: expect.stringMatching(/^[45]\.\d.* \(leptonica-/),
        })
      } finally {
        await Promise.all([own.close(), native.close()])
      }
    })

    test('a blank page is empty, and a page that fails names the reason', async () => {
      const native = await createTesseractCli(options)
      expect(await native.recognize(blank)).toMatchObject({lines: [], confidence: 0})
      const damaged = {...blank, image: new Uint8Array([80, 53, 10])}
      await expect(native.recognize(damaged)).rejects.toThrow(/ended with code 1 \(.+\)/)
      await native.close()
    })

    test('its own models are taken where no folder is given', async () => {
      const {identity} = await createTesseractCli({...options, tessdata: null})
      expect(identity.modelSha256).toMatch(/^[0-9a-f]{64}$/)
    })
  },
)

describe('models', () => {
  test.skipIf(!installed)('one that is missing, packed or cut is named before a page is read', async () => {
    await expect(createTesseractCli({...options, language: 'eng+tlh'})).rejects.toThrow(/Missing model for `tlh`/)
    const other = mkdtempSync(join(folder, 'models-'))
    writeFileSync(join(other, 'eng.traineddata.gz'), packed)
    await expect(createTesseractCli({...options, tessdata: other})).rejects.toThrow(/packed model.*gunzip/)
    writeFileSync(join(other, 'eng.traineddata'), gunzipSync(packed).subarray(0, 1_000_000))
    await expect(createTesseractCli({...options, tessdata: other})).rejects.toThrow(/cut short/)
  })
})

describe.skipIf(process.platform === 'win32')('a program that misbehaves', () => {
  /** A program that says it is tesseract; `act` is what it does with a page. */
  const fake = (act: string, version = 'tesseract 5.3.0') => {
    const file = join(mkdtempSync(join(folder, 'fake-')), 'tesseract')
    writeFileSync(
      file,
      `#!${process.execPath}
const fs = require('fs')
const here = ${JSON.stringify(file)}
if (process.argv[2] === '--version') console.log(${JSON.stringify(version)})
else if (process.argv[2] === '--list-langs') console.log('List of available languages (1):')
else { fs.writeFileSync(here + '.pid', String(process.pid)); ${act} }
`,
      {mode: 0o755},
    )
    return file
  }
  const isRunning = (file: string) => {
    try {
      process.kill(Number(readFileSync(file, 'utf8')), 0)
      return true
    } catch {
      return false
    }
  }
  const whole = 'console.log(\'<html><div class="ocr_page"></div></html>\')'

  test.each([
    ['ends with an error', "console.error('out of luck'); process.exit(7)", /ended with code 7 \(out of luck\)/],
    ['is killed each time', "process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000)", /ended by SIGSEGV/],
    ['says nothing', '', /no whole hOCR/],
    ['says something else', "console.log('lorem ipsum')", /no whole hOCR/],
    ['stops half-way', 'console.log(\'<html><div class="ocr_page">\')', /no whole hOCR/],
    ['never stops', "const s = 'x'.repeat(1 << 20); const go = () => process.stdout.write(s, go); go()", /without end/],
  ])('one that %s fails the page, and the next is asked anew', async (_, act, message) => {
    const engine = await createTesseractCli({...options, program: fake(act)})
    await expect(engine.recognize(blank)).rejects.toThrow(message)
    await expect(engine.recognize(blank)).rejects.toThrow(message)
    await engine.close()
  })

  test('one that is killed once is asked again', async () => {
    const program = fake(
      `if (!fs.existsSync(here + '.done')) { fs.writeFileSync(here + '.done', ''); process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000) }
       else ${whole}`,
    )
    const engine = await createTesseractCli({...options, program})
    expect(await engine.recognize(blank)).toMatchObject({lines: []})
    await engine.close()
  })

  test('one that hangs is killed after its time, with what it started', async () => {
    const program = fake(
      `const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
       fs.writeFileSync(here + '.child', String(child.pid)); setInterval(() => {}, 1000)`,
    )
    const engine = await createTesseractCli({...options, program, timeout: 2})
    await expect(engine.recognize(blank)).rejects.toThrow(/no answer within 2 seconds/)
    while (isRunning(`${program}.pid`) || isRunning(`${program}.child`)) await wait(10)
    await engine.close()
  })

  test('closing ends what runs and rejects what waits and what comes after', async () => {
    const program = fake('setInterval(() => {}, 1000)')
    const engine = await createTesseractCli({...options, program})
    const open = [engine.recognize(blank), engine.recognize(blank)].map(reading =>
      expect(reading).rejects.toThrow(/stopped/),
    )
    while (!existsSync(`${program}.pid`)) await wait(10)
    await engine.close()
    await Promise.all(open)
    await expect(engine.recognize(blank)).rejects.toThrow(/stopped/)
    while (isRunning(`${program}.pid`)) await wait(10)
  })

  test('a version that is unknown, too old or no version is refused', async () => {
    for (const version of ['tesseract 3.04.01', 'tesseract 4.0.0', 'tesseract 6.0', 'grep (GNU grep) 3.8', '']) {
      const opened = createTesseractCli({...options, program: fake('', version)})
      await expect(opened).rejects.toThrow(UserError)
      await expect(opened).rejects.toThrow(/Unexpected version .* expected tesseract 4.1 to 5/)
    }
    expect(
      (await createTesseractCli({...options, program: fake('', 'tesseract v5.4.1.20240519')})).identity.version,
    ).toBe('5.4.1.20240519')
  })

  test('a program that is not there or does not say where its models are', async () => {
    await expect(createTesseractCli({...options, program: join(folder, 'none')})).rejects.toThrow(
      /Cannot start .*`ENOENT`.*install it or leave out `--engine`/,
    )
    await expect(createTesseractCli({...options, tessdata: null, program: fake('')})).rejects.toThrow(
      /Cannot tell where .* give it with `--tessdata`/,
    )
  })
})
