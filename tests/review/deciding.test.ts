import {readFileSync} from 'node:fs'
import type {Browser} from 'playwright-core'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {parseDecisions} from '../../src/review/decisions.ts'
import {openBrowser} from '../browser.ts'
import {served} from './served.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
})

/** A hundred words of a letter: every fourth is read otherwise, half of those as they stand on the scan. */
const words = Array.from({length: 400}, (_, index) => `word${String.fromCharCode(97 + (index % 26))}${index}`)
const isDifferent = (index: number) => index % 4 === 2
const isMistyped = (index: number) => index % 8 === 2

test('a hundred differences decided by keys: a key each, and the Markdown changed by just those bytes', async () => {
  const source = (index: number, word: string) => (index % 10 === 2 ? `**${word}**` : word)
  const said = words.map((word, index) => source(index, isMistyped(index) ? `${word}x` : word))
  const read = words.map((word, index) => (isDifferent(index) && !isMistyped(index) ? `${word}q` : word))
  const transcript = (all: readonly string[]) =>
    `---\ntitle: A letter\n---\n\n${all.map((word, index) => word + (index % 12 === 11 ? '\n' : ' ')).join('')}\n`
  const corpus = await served([{id: 'letter', transcript: transcript(said), pages: {'1': read.join(' ')}}])

  const context = await browser.newContext({viewport: {width: 1280, height: 900}})
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => complaints.push(message.text()))
  await page.goto(corpus.server.url)
  await page.waitForSelector('.with-scripts')

  let keys = 1
  await page.keyboard.press('j')
  for (const index of words.keys()) {
    if (!isDifferent(index)) continue
    await page.keyboard.press(isMistyped(index) ? 'a' : 't')
    keys++
  }
  expect(keys / 100).toBeLessThanOrEqual(1.2)
  await page.evaluate(() => fetch('/api/state').catch(() => {}))
  await expect
    .poll(async () => ((await corpus.get('/api/state')) as {decisions: readonly unknown[]}).decisions.length, {
      timeout: 60_000,
    })
    .toBe(100)
  expect(corpus.file('transcripts/letter.md')).toBe(transcript(words.map((word, index) => source(index, word))))
  expect(await page.textContent('#progress-text')).toBe('100 of 100 decided')
  expect(await page.isVisible('#complaint')).toBe(false)

  await page.keyboard.press('z')
  await page.keyboard.press('z')
  await expect
    .poll(async () => ((await corpus.get('/api/state')) as {decisions: readonly unknown[]}).decisions.length)
    .toBe(98)
  await page.keyboard.press('Z')
  await expect
    .poll(async () => ((await corpus.get('/api/state')) as {decisions: readonly unknown[]}).decisions.length)
    .toBe(99)
  await page.reload()
  // The fifty readings that were taken are no differences any more.
  await expect.poll(() => page.textContent('#progress-text')).toBe('49 of 50 decided')
  expect(complaints).toEqual([])
  await context.close()
}, 180_000)

test('wrong to strip writes a case; the decisions and what changed can be saved', async () => {
  const corpus = await served([
    {
      id: 'letter',
      transcript: 'Dear Ron,\n\nwe met in Geneva in May.\n',
      pages: {'1': 'TOP SECRET\n\nDear Ron,\n\nwe met in Gencva in Mav.\n\nTOP SECRET'},
    },
  ])
  const context = await browser.newContext({viewport: {width: 1280, height: 900}})
  const page = await context.newPage()
  await page.goto(corpus.server.url)
  await page.waitForSelector('.with-scripts')
  await page.keyboard.press('j')
  await page.keyboard.press('t')
  await page.keyboard.press('a')

  await page.locator('.restore').first().click()
  const written = 'cases/letter-1-strip-classification-banner'
  await page.getByText(`Written: ${written}`, {exact: true}).waitFor()
  expect(corpus.file(`${written}/input.txt`)).toContain('TOP SECRET')
  expect(JSON.parse(corpus.file(`${written}/case.json`))).toHaveProperty('profile')

  await page.keyboard.press('d')
  const [decisions] = await Promise.all([page.waitForEvent('download'), page.click('#save')])
  expect(decisions.suggestedFilename()).toBe('decisions.json')
  const saved = parseDecisions(readFileSync(await decisions.path(), 'utf8'), 'decisions.json')
  expect(saved.map(({reference, verdict}) => [reference.trim(), verdict])).toEqual([
    ['Geneva', 'ocr'],
    ['May.', 'transcript'],
  ])
  const [patch] = await Promise.all([page.waitForEvent('download'), page.getByText('Save as a patch').click()])
  expect(patch.suggestedFilename()).toBe('review.patch')
  const text = readFileSync(await patch.path(), 'utf8')
  expect(text).toContain('\n-we met in Geneva in May.\n+we met in Geneva in Mav.\n')
  expect(text).toContain('ledger/letter.json')
  await context.close()
}, 60_000)
