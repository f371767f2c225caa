import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {pathToFileURL} from 'node:url'
import type {Browser, Page} from 'playwright-core'
import {afterAll, describe, expect, test} from 'vitest'
import {readConfig} from '../../src/config.ts'
import type {Box} from '../../src/model.ts'
import {run} from '../../src/pipeline/run.ts'
import {createTesseract} from '../../src/recognize/tesseract.ts'
import {renderHtml} from '../../src/report/html/render.ts'
import {openBrowser} from '../browser.ts'
import {assets} from '../report/assets.ts'
import list from './words.json' with {type: 'json'}

/** A word on a scan; without a box it only stands beside those that are judged. */
interface PlacedWord extends Partial<Box> {
  readonly word: string
}

/**
 * Words of real scans with their boxes, measured as the bounds of their ink and looked at, each on an enlarged crop;
 * nothing of it comes from an engine.
 */
const lines: readonly {readonly page: string; readonly words: readonly PlacedWord[]}[] = list.lines

const corpus = new URL('../../../shared/corpus/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'scanproof-boxes-'))
let browser: Browser | undefined

afterAll(async () => {
  await browser?.close()
  rmSync(folder, {recursive: true, force: true})
})

describe.skipIf(!existsSync(corpus))('the box that lights up (skipped where ../shared/corpus is not there)', () => {
  test('lies on the word: IoU of 0.5 or more with the measured box, for 95 % of 200 words and more', async () => {
    const judged = writeCorpus()
    expect(judged.length).toBeGreaterThanOrEqual(200)
    const config = readConfig({root: folder, jobs: '2'})
    const {report} = await run(config, [], '0.0.0', () =>
      createTesseract({jobs: 2, timeout: 300, language: 'eng', tessdata: null}),
    )
    writeFileSync(join(folder, 'index.html'), renderHtml(report, {previews: new Map(), assets}))
    browser = await openBrowser()
    const page = await browser.newPage({viewport: {width: 1280, height: 900}})
    await page.goto(pathToFileURL(join(folder, 'index.html')).href)
    // All documents at once: what is not shown has no box.
    await page.evaluate(() => {
      for (const section of document.querySelectorAll('section')) section.hidden = false
    })
    const overlaps = await Promise.all(
      judged.map(async ({label, box}, index) => {
        const lit = await litBox(page, `zz${index}zz`)
        return {label, overlap: lit === null ? 0 : overlapOf(lit, box)}
      }),
    )
    const bad = overlaps.filter(({overlap}) => overlap < 0.5)
    expect(bad.length / overlaps.length, JSON.stringify(bad)).toBeLessThanOrEqual(0.05)
  }, 300_000)
})

/**
 * Writes a corpus of the pages in which every judged word is a difference: its transcript has a number before it.
 *
 * @returns
 *   The judged words, in the order of their numbers.
 */
function writeCorpus(): readonly {readonly label: string; readonly box: Box}[] {
  const judged: {label: string; box: Box}[] = []
  for (const page of new Set(lines.map(({page}) => page))) {
    const scan = join(folder, 'scans', `${page}.jpg`)
    mkdirSync(dirname(scan), {recursive: true})
    copyFileSync(new URL(`scans/${page}.jpg`, corpus), scan)
    let text = truthOf(page)
    for (const {words} of lines.filter(line => line.page === page)) {
      const found = new RegExp(words.map(({word}) => escaped(word)).join('\\s+')).exec(text)
      if (found === null) throw new Error(`Unexpected lack of a line of words.json in ${page}`)
      const numbered = words.map(({word, x, y, width, height}) => {
        if (x === undefined || y === undefined || width === undefined || height === undefined) return word
        judged.push({label: `${page} ${word}`, box: {x, y, width, height}})
        return `zz${judged.length - 1}zz${word}`
      })
      text = text.slice(0, found.index) + numbered.join(' ') + text.slice(found.index + found[0].length)
    }
    const transcript = join(folder, 'transcripts', `${dirname(page)}.md`)
    mkdirSync(dirname(transcript), {recursive: true})
    writeFileSync(transcript, text)
  }
  return judged
}

/** What stands on a page: its own text, or the transcript of a document of one page. */
function truthOf(page: string): string {
  const own = new URL(`page-text/${page.replace('/', '-')}.txt`, corpus)
  return readFileSync(existsSync(own) ? own : new URL(`transcripts/${dirname(page)}.md`, corpus), 'utf8')
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/"/g, '["“”]')
}

/** The box that lights up on the scan where the pointer comes to a word of the text, in pixels of the scan. */
function litBox(page: Page, number: string): Promise<Box | null> {
  return page.evaluate(number => {
    const mark = [...document.querySelectorAll('.mark')].find(mark => mark.textContent?.includes(number))
    mark?.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))
    const lit = document.querySelector('rect.lit')
    if (mark === undefined || !(lit instanceof SVGRectElement)) return null
    const {x, y, width, height} = lit.getBBox()
    return {x, y, width, height}
  }, number)
}

/** Intersection over union. */
function overlapOf(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x))
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))
  return (width * height) / (a.width * a.height + b.width * b.height - width * height)
}
