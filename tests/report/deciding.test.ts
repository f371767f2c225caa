import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import axe from 'axe-core'
import type {Browser, BrowserContextOptions, Page} from 'playwright-core'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import type {Doubt} from '../../src/model.ts'
import {renderHtml} from '../../src/report/html/render.ts'
import {parseDecisions} from '../../src/review/decisions.ts'
import {openBrowser} from '../browser.ts'
import {assets} from './assets.ts'
import {buildReport} from './fixture.ts'
import {attack, hostileDocuments, letters, manyPages} from './samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'scanproof-deciding-'))
const reports = {
  letters: buildReport(letters).report,
  hundred: buildReport(manyPages(2, 10, 5)).report,
  hostile: buildReport(hostileDocuments).report,
  get agreed() {
    const [first, ...others] = this.letters.documents
    return {...this.letters, documents: [{...first!, doubts: [agreed]}, ...others]}
  },
}
/** A word on which both sides agree, on the second page of the first letter. */
const agreed: Doubt = {
  id: 'fedcba9876543210',
  text: attack.markup,
  reading: 'Government',
  before: 'the answer of the ',
  after: ' was late',
  probability: 0.9,
  scan: {
    page: reports.letters.documents[0]!.pages[1]!.id,
    box: {x: 200, y: 400, width: 90, height: 24},
    confidence: 0.5,
  },
  transcript: {line: 9, column: 3, offset: 80, endOffset: 90},
  evidence: ['a second look reads `Government` in every way'],
}
const differences = reports.letters.documents.flatMap(document => document.differences)
let browser: Browser
const complaints: string[] = []

beforeAll(async () => {
  browser = await openBrowser()
  for (const [name, report] of Object.entries(reports)) {
    writeFileSync(join(folder, `${name}.html`), renderHtml(report, {previews: new Map(), assets}))
  }
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, {recursive: true, force: true})
})

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  expect(complaints.splice(0)).toEqual([])
})

describe('deciding', () => {
  test('a hundred differences take a key each, and one to begin', async () => {
    const page = await open('hundred')
    const verdicts = ['a', 't', 'i', 'e', 'u']
    const keys = ['j', ...Array.from({length: 100}, (_, index) => verdicts[index % verdicts.length]!)]
    for (const key of keys) await page.keyboard.press(key)
    expect(keys.length / 100).toBeLessThanOrEqual(1.2)
    const decided = await saved(page)
    expect(decided.map(({id}) => id)).toEqual(
      reports.hundred.documents.flatMap(document => document.differences.map(({id}) => id)),
    )
    const expected = ['transcript', 'ocr', 'illegible', 'editorial', 'unsure']
    expect(decided.map(({verdict}) => verdict)).toEqual(decided.map((_, index) => expected[index % 5]))
    expect(await page.textContent('[role=status]')).toBe('All that is listed is decided')
  })

  test('is seen in the text, in the list, in the bar and in the table, and is there when the file is opened again', async () => {
    const page = await open('letters')
    for (const key of ['j', 't', 'a']) await page.keyboard.press(key)
    const see = async () => ({
      marks: await page.locator('.mark.decided').count(),
      line: await page.textContent(`#d-${differences[1]!.id} .decision strong`),
      bar: await page.textContent('#progress-text'),
      cell: await cell(),
    })
    // Tables are filled in when they are shown.
    const cell = async () => {
      // The address is written in pauses; without its fragment, the way back to it would open the page anew.
      await page.waitForURL(/#./)
      const address = page.url()
      await page.evaluate(() => location.assign('#corpus'))
      const text = await page.locator('#corpus tbody tr:first-child [data-progress]:visible').textContent()
      await page.evaluate(to => location.assign(to), address)
      return text
    }
    const seen = {marks: 2, line: '✓ OCR right', bar: '2 of 8 decided', cell: '2 of 8'}
    expect(await see()).toEqual(seen)
    await page.reload()
    expect(await see()).toEqual(seen)
    await page.keyboard.press('k')
    await page.keyboard.press('n')
    expect(await page.textContent('[role=status]')).toContain('Difference 3 of 8')
  })

  test('both wrong asks what stands there; keys typed into the field decide nothing', async () => {
    const page = await open('letters')
    for (const key of ['j', 'b']) await page.keyboard.press(key)
    await page.keyboard.type('at jaw')
    await page.keyboard.press('Enter')
    const [decision, ...others] = await saved(page)
    expect(decision).toMatchObject({verdict: 'both', reading: 'at jaw', reference: 'them.'})
    expect(others).toEqual([])
    await page.keyboard.press('t')
    expect(await saved(page)).toHaveLength(2)
  })

  test('Escape leaves the reading as it was and gives the keys back', async () => {
    const page = await open('letters')
    for (const key of ['j', 'b', 'Escape', 't']) await page.keyboard.press(key)
    expect((await saved(page)).map(({verdict, reading}) => [verdict, reading])).toEqual([['ocr', null]])
  })

  test('note and tags go with the verdict, before it and after it', async () => {
    const page = await open('letters')
    for (const key of ['j', 'm']) await page.keyboard.press(key)
    await page.keyboard.type('ask Anna')
    for (const key of ['Enter', '#']) await page.keyboard.press(key)
    await page.keyboard.type('stamp, faded , stamp')
    for (const key of ['Enter', 't']) await page.keyboard.press(key)
    expect((await saved(page))[0]).toMatchObject({note: 'ask Anna', tags: ['faded', 'stamp'], author: 'anonymous'})
    for (const key of ['k', 'm']) await page.keyboard.press(key)
    await page.keyboard.type('asked')
    await page.keyboard.press('Enter')
    expect((await saved(page))[0]).toMatchObject({note: 'asked', verdict: 'ocr'})
  })

  test('z takes back and goes there, Z does again; a new verdict forgets what was taken back', async () => {
    const page = await open('letters')
    for (const key of ['j', 't', 'a', 'z']) await page.keyboard.press(key)
    expect((await saved(page)).map(({verdict}) => verdict)).toEqual(['ocr'])
    await expect.poll(() => new URL(page.url()).hash).toBe(`#d-${differences[1]!.id}`)
    await page.keyboard.press('Z')
    expect((await saved(page)).map(({verdict}) => verdict)).toEqual(['ocr', 'transcript'])
    for (const key of ['z', 'z', 'z', 'i', 'Z']) await page.keyboard.press(key)
    expect((await saved(page)).map(({verdict}) => verdict)).toEqual(['illegible'])
  })

  test('where the browser keeps nothing, the page says so and the decisions hold', async () => {
    const page = await open('letters', {}, () => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError')
        },
      })
    })
    for (const key of ['j', 't']) await page.keyboard.press(key)
    expect(await saved(page)).toHaveLength(1)
    await page.keyboard.press('d')
    expect(await page.isVisible('#unkept')).toBe(true)
  })
})

test('a word on which both sides agree is listed, boxed, filtered and decided as a difference is', async () => {
  const page = await open('agreed')
  expect(await page.textContent('#progress-text')).toBe(`0 of ${differences.length + 1} decided`)
  await page.selectOption('#filter-kind', 'agreed')
  expect(await page.textContent('#listed')).toBe('1 listed')
  await page.keyboard.press('j')
  expect(await page.textContent('[role=status]')).toContain(', a second look Government, Page ')
  const item = page.locator(`#d-${agreed.id}`)
  expect(await item.textContent()).toContain(attack.markup)
  expect(await item.textContent()).toContain('with a probability of 90 %')
  expect(await page.locator(`rect.lit[data-d="d-${agreed.id}"]`).count()).toBe(1)
  expect(await item.evaluate(element => element.getBoundingClientRect().top)).toBeLessThan(700)
  await page.keyboard.press('a')
  const [decision] = await saved(page)
  expect(decision).toMatchObject({id: agreed.id, kind: 'substitution', verdict: 'transcript', page: agreed.scan!.page})
  expect(decision).toMatchObject({reference: agreed.text, hypothesis: agreed.reading, before: agreed.before})
  expect(await item.locator('.decision strong').textContent()).toBe('✓ OCR right')
})

describe('filters', () => {
  test('what they leave out is not stepped through, counted or listed', async () => {
    const page = await open('letters')
    await page.selectOption('#filter-suspect', 'transcript')
    const suspected = differences.filter(({suspect}) => suspect === 'transcript')
    expect(await page.textContent('#listed')).toBe(`${suspected.length} listed`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await expect.poll(() => new URL(page.url()).hash).toBe(`#d-${suspected[0]!.id}`)
    expect(await page.locator('.document:not([hidden]) li.difference:visible').count()).toBe(
      reports.letters.documents[0]!.differences.filter(({suspect}) => suspect === 'transcript').length,
    )
  })

  test('undecided ones, the transcript suspected first, and words', async () => {
    const page = await open('letters')
    await page.selectOption('#filter-order', 'suspect')
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.keyboard.press('j')
    const [first] = differences.filter(({suspect}) => suspect === 'transcript')
    await expect.poll(() => new URL(page.url()).hash).toBe(`#d-${first!.id}`)
    await page.keyboard.press('/')
    await page.keyboard.type('gromyk')
    await page.keyboard.press('Enter')
    expect(await page.textContent('#listed')).toBe('2 listed')
    expect(await page.textContent('#inspector .context')).toContain('Gromyk')
  })

  test('a page or words can be gone to', async () => {
    const page = await open('letters')
    await page.keyboard.press('g')
    await page.keyboard.type(reports.letters.documents[0]!.id.slice(0, 10))
    expect(await page.locator('#targets a').first().textContent()).toContain(reports.letters.documents[0]!.title!)
    await page.fill('#go-to-text', 'gorbachev page 2')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(50)
    await expect
      .poll(() => new URL(page.url()).hash)
      .toBe(`#page-${encodeURIComponent(reports.letters.documents[1]!.pages[1]!.id)}`)
    expect(await page.isVisible('#go-to')).toBe(false)
  })
})

describe('a series', () => {
  test('is opened from a cell of the confusion matrix, looked at, decided at once, taken back at once', async () => {
    const page = await open('letters')
    const index = reports.letters.review!.confusions.findIndex(
      ({reference, hypothesis}) => reference === 'm' && hypothesis === 'rn',
    )
    await page.click(`.confusions [data-series="${index}"] >> nth=0`)
    const places = await page.locator('#series-list li').count()
    expect(places).toBe(2)
    await page.locator('#series-list input').first().uncheck()
    expect(await page.textContent('#series-count')).toBe(`${places - 1} chosen`)
    await page.click('#series-verdicts [data-verdict=transcript]')
    expect(await saved(page)).toEqual([])
    expect(await page.locator('#series-preview li').count()).toBe(Math.min(50, places - 1))
    await page.click('#series-preview button')
    expect((await saved(page)).map(({verdict}) => verdict)).toEqual(
      Array.from({length: places - 1}, () => 'transcript'),
    )
    await page.keyboard.press('z')
    expect(await saved(page)).toEqual([])
  })

  test('s opens that of the current difference', async () => {
    const page = await open('letters')
    for (const key of ['j', 's']) await page.keyboard.press(key)
    expect(await page.textContent('#series-heading')).toBe('m read as rn: 2 places')
  })
})

describe('decisions.json', () => {
  test('is what scanproof apply reads; another opinion is listed, and can be taken', async () => {
    const page = await open('letters')
    for (const key of ['j', 't', 't']) await page.keyboard.press(key)
    const [first, second] = await saved(page)
    const file = join(folder, 'decisions.json')
    const third = {...second, id: differences[2]!.id, reference: differences[2]!.reference, author: 'Anna'}
    const theirs = [{...first, verdict: 'transcript', author: attack.markup}, second, third]
    writeFileSync(file, JSON.stringify({schemaVersion: 1, decisions: theirs}))
    await page.keyboard.press('d')
    await page.setInputFiles('#load', file)
    await page.waitForSelector('.against li')
    expect(await page.textContent('#exchange-result p')).toBe('3 read: 1 new, 1 the same, 1 decided otherwise')
    expect(await page.textContent('.against')).toContain(attack.markup)
    await page.click('#exchange-result button:has-text("Take over")')
    await page.click('.against button')
    await page.keyboard.press('Escape')
    const decided = await saved(page)
    expect(decided.map(({verdict}) => verdict)).toEqual(['transcript', 'ocr', 'ocr'])
  })

  test.each([
    ['no JSON', 'x'],
    ['another version', '{"schemaVersion": 2, "decisions": []}'],
    ['another form', '{"schemaVersion": 1, "decisions": [{"id": 1}]}'],
  ])('%s is refused with the name of the file', async (_, text) => {
    const page = await open('letters')
    const file = join(folder, 'bad.json')
    writeFileSync(file, text)
    await page.keyboard.press('d')
    await page.setInputFiles('#load', file)
    await page.waitForSelector('#exchange-result .refused')
    expect(await page.textContent('#exchange-result')).toContain('Cannot read bad.json')
    expect(await page.textContent('#decision-count')).toBe('0')
  })
})

test.each(['light', 'dark'] as const)('%s: no violation in any dialog, with hostile text', async colorScheme => {
  const page = await open('hostile', {colorScheme})
  for (const key of ['j', 't', 'k']) await page.keyboard.press(key)
  for (const key of ['s', 'd', 'g', '?']) {
    await page.keyboard.press(key)
    if (key === 's') await page.click('#series-list input:not(:checked)')
    if (key === 's') await page.click('#series-verdicts [data-verdict=transcript]')
    if (key === 'g') await page.keyboard.type('o')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
  }
  expect(await page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined()
})

test('letters that are easily taken for each other look different in the text', async () => {
  const page = await open('letters')
  const pictures = await page.evaluate(async () => {
    const font = getComputedStyle(document.querySelector('.text')!).fontFamily
    return [...'1lI|0OQ'].map(letter => {
      const canvas = document.createElement('canvas')
      const context = canvas.getContext('2d')!
      context.font = `40px ${font}`
      context.fillText(letter, 20, 60)
      return canvas.toDataURL()
    })
  })
  expect(new Set(pictures).size).toBe(7)
})

async function open(
  name: keyof typeof reports,
  options: BrowserContextOptions = {},
  script: () => void = () => {},
): Promise<Page> {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options})
  const url = pathToFileURL(join(folder, `${name}.html`)).href
  await context.route('**', route => {
    if (route.request().url().split('#')[0] === url) return route.continue()
    complaints.push(`asked for ${route.request().url()}`)
    return route.abort()
  })
  await context.addInitScript(script)
  const page = await context.newPage()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => complaints.push(message.text()))
  await page.goto(url)
  return page
}

/** What the page would save, read as `scanproof apply` reads it. */
async function saved(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate(() => document.getElementById('save')!.click()),
  ])
  expect(download.suggestedFilename()).toBe('decisions.json')
  return parseDecisions(readFileSync(await download.path(), 'utf8'), 'decisions.json')
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const {axe} = globalThis as unknown as {
      axe: {run: () => Promise<{violations: {id: string; nodes: {html: string; failureSummary?: string}[]}[]}>}
    }
    return (await axe.run()).violations
  })
  return found.flatMap(({id, nodes}) =>
    nodes.slice(0, 3).map(({html, failureSummary}) => `${id}: ${html.slice(0, 160)}: ${failureSummary}`),
  )
}
