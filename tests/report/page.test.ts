import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {PDFiumLibrary} from '@hyzyla/pdfium'
import axe from 'axe-core'
import type {Browser, BrowserContextOptions, Page} from 'playwright-core'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import type {Box} from '../../src/model.ts'
import {renderHtml} from '../../src/report/html/render.ts'
import {openBrowser} from '../browser.ts'
import {assets} from './assets.ts'
import {buildReport, drawPreviews} from './fixture.ts'
import {attack, hostileDocuments, letters, manyPages} from './samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'scanproof-page-'))
const reports = {
  letters: buildReport(letters),
  hostile: buildReport(hostileDocuments),
  large: buildReport([...manyPages(2, 55, 1), ...hostileDocuments]),
}
const [thatcher] = reports.letters.report.documents
/** Address of the first letter's document view. */
const first = `#doc-${encodeURIComponent(thatcher!.id)}`
let browser: Browser
/** What pages asked for beyond their own file, and what they complained of; every test ends with neither. */
const requests: string[] = []
const complaints: string[] = []

beforeAll(async () => {
  browser = await openBrowser()
  const previews = await drawPreviews(reports.letters)
  for (const [name, fixture] of Object.entries(reports)) {
    const title = name === 'hostile' ? attack.markup : undefined
    const options = title === undefined ? {previews, assets} : {previews, assets, title}
    writeFileSync(join(folder, `${name}.html`), renderHtml(fixture.report, options))
  }
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, {recursive: true, force: true})
})

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  expect(requests.splice(0)).toEqual([])
  expect(complaints.splice(0)).toEqual([])
})

describe('accessibility', () => {
  test.each([
    ['letters', 'light'],
    ['letters', 'dark'],
    ['hostile', 'light'],
    ['large', 'dark'],
  ] as const)('%s, %s: no violation', async (name, colorScheme) => {
    const page = await open(name, {colorScheme})
    expect(await violations(page)).toEqual([])
  })

  test.each(['light', 'dark'] as const)(
    '%s: no violation with a current difference, edits shown, a large scan',
    async colorScheme => {
      const page = await open('letters', {colorScheme})
      for (const key of ['j', 'j', 'c', 'w', 'f', 't', 'b']) await page.keyboard.press(key)
      expect(await violations(page)).toEqual([])
    },
  )

  test('no violation in the list of keys, in more contrast, in forced colours, on a narrow window', async () => {
    const page = await open('letters', {contrast: 'more', viewport: {width: 360, height: 640}})
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('?')
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({forcedColors: 'active'})
    expect(await violations(page)).toEqual([])
  })

  test.each([320, 640, 1000])('a window of %i pixels need not be scrolled sideways', async width => {
    const page = await open('letters', {viewport: {width, height: 700}})
    await page.keyboard.press('j')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

  test('nothing moves by itself', async () => {
    const page = await open('letters')
    await page.keyboard.press('j')
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  })

  test('words for those who listen are not copied with the text', async () => {
    const page = await open('letters', {}, first)
    const copied = await page.evaluate(() => {
      getSelection()!.selectAllChildren(document.querySelector('.text')!)
      return getSelection()!.toString()
    })
    expect(copied).toContain('dialogue with them.')
    expect(copied).not.toContain('transcript')
  })

  test('text that runs from right to left keeps to itself', async () => {
    const page = await open('letters')
    const hebrew = `[id="doc-${encodeURIComponent(letters[3]!.id)}"] .text p`
    const directions = await page.$$eval(hebrew, all => all.map(p => getComputedStyle(p).direction))
    expect(directions).toEqual(['rtl', 'ltr'])
  })
})

describe('a difference', () => {
  test('lights up in the text, on the scan and in the list, whichever is pointed at', async () => {
    const page = await open('letters', {}, first)
    for (const {id} of thatcher!.differences) {
      const classes = ['box', 'difference', 'mark']
      await page.mouse.move(...(await middle(page, `.mark[data-d="d-${id}"] :is(del, ins)`)))
      expect(await litClasses(page, `d-${id}`)).toEqual(classes)
      await page.mouse.move(...(await middle(page, `rect[data-d="d-${id}"]`)))
      expect(await litClasses(page, `d-${id}`)).toEqual(classes)
      await page.mouse.move(...(await middle(page, `#d-${id} .facts`)))
      expect(await litClasses(page, `d-${id}`)).toEqual(classes)
      await page.mouse.move(...(await middle(page, '.document:not([hidden]) h2')))
      expect(await litClasses(page, `d-${id}`)).toEqual([])
      await page.focus(`.mark[data-d="d-${id}"]`)
      expect(await litClasses(page, `d-${id}`)).toEqual(classes)
    }
  })

  test.each([1, 1.5])('has its box where the report says, with %s pixels to a pixel', async deviceScaleFactor => {
    const page = await open('letters', {deviceScaleFactor})
    await page.evaluate(() => {
      for (const section of document.querySelectorAll('section')) section.hidden = false
    })
    const places = await page.evaluate(() =>
      [...document.querySelectorAll('.boxes > rect')].map(rect => {
        const found = rect.getBoundingClientRect()
        const svg = rect.closest('svg')!
        const frame = svg.getBoundingClientRect()
        const scale = svg.viewBox.baseVal.width / frame.width
        return {
          id: rect.getAttribute('data-d'),
          x: (found.x - frame.x) * scale,
          y: (found.y - frame.y) * scale,
          width: found.width * scale,
          height: found.height * scale,
        }
      }),
    )
    const boxed = reports.letters.report.documents.flatMap(document => document.differences)
    expect(places).toHaveLength(boxed.length)
    for (const {id, scan} of boxed) {
      const place = places.find(place => place.id === `d-${id}`)!
      expect(overlap(place, scan!.box!)).toBeGreaterThan(0.6)
      expect(place.x).toBeLessThanOrEqual(scan!.box!.x)
      expect(place.y).toBeLessThanOrEqual(scan!.box!.y)
    }
  })

  test('clicked on the scan becomes the current one, in its place in the text', async () => {
    const page = await open('letters', {}, first)
    const {id, reference} = thatcher!.differences[3]!
    await page.mouse.click(...(await middle(page, `rect[data-d="d-${id}"]`)))
    expect(await current(page)).toBe(`d-${id}`)
    expect(await page.textContent('#inspector .context')).toContain(reference)
    await page.waitForTimeout(100)
    const [, y] = await middle(page, `.mark[data-d="d-${id}"] del`, false)
    expect(y).toBeGreaterThan(100)
    expect(y).toBeLessThan(700)
  })

  test('is opened by its link, and its link is in the address when it is the current one', async () => {
    const [, , {id}] = thatcher!.differences as [unknown, unknown, {id: string}]
    const page = await open('letters', {}, `#d-${id}`)
    expect(await current(page)).toBe(`d-${id}`)
    await page.keyboard.press('j')
    await expect.poll(() => new URL(page.url()).hash).toBe(`#d-${thatcher!.differences[3]!.id}`)
  })

  test('is said to those who listen', async () => {
    const page = await open('letters')
    await page.keyboard.press('j')
    expect(await page.textContent('[role=status]')).toBe('Difference 1 of 8, OCR thern., transcript them., Page 1')
  })

  test('has its crop from the right place of the scan', async () => {
    const page = await open('letters')
    const {id, scan} = thatcher!.differences[0]!
    const view = (await page.getAttribute(`#d-${id} .crop`, 'viewBox'))!.split(' ').map(Number)
    const [x, y, width, height] = view as [number, number, number, number]
    const {box} = scan!
    expect([x <= box!.x, y <= box!.y, x + width >= box!.x + box!.width, y + height >= box!.y + box!.height]).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(width / height).toBeGreaterThan(3)
  })
})

describe('keys', () => {
  test('j and k, F7 and Shift+F7 step through all differences and stop at the ends', async () => {
    const page = await open('letters')
    const ids = reports.letters.report.documents.flatMap(document => document.differences.map(({id}) => `d-${id}`))
    const seen: (string | null)[] = []
    for (const key of ['j', 'F7', ...ids.map(() => 'j')]) {
      await page.keyboard.press(key)
      seen.push(await current(page))
    }
    expect(seen).toEqual([...ids, ids.at(-1), ids.at(-1)])
    await page.keyboard.press('k')
    await page.keyboard.press('Shift+F7')
    expect(await current(page)).toBe(ids.at(-3))
    for (const _ of ids) await page.keyboard.press('k')
    expect(await current(page)).toBe(ids[0])
  })

  test('the first j starts where the reader is', async () => {
    const page = await open('letters')
    const [, second] = reports.letters.report.documents
    await page.evaluate(hash => location.assign(hash), `#page-${encodeURIComponent(second!.pages[1]!.id)}`)
    await page.waitForTimeout(50)
    await page.keyboard.press('j')
    const onPage = second!.differences.find(({scan}) => scan?.page === second!.pages[1]!.id)
    expect(await current(page)).toBe(`d-${onPage!.id}`)
  })

  test('J and K go to the next and previous page, from document to document', async () => {
    const page = await open('letters')
    const places: (string | null | undefined)[] = []
    for (const key of ['J', 'J', 'J', 'J', 'J', 'J', 'K']) {
      await page.keyboard.press(key)
      const inSection = (name: string) =>
        page.evaluate(name => document.activeElement?.closest('section')?.querySelector(name)?.textContent, name)
      places.push(`${await inSection('h2')} ${await page.evaluate(() => document.activeElement?.textContent)}`)
    }
    const [first, second, third] = letters.map(({title}) => title)
    expect(places).toEqual([
      `${first} Page 1`,
      `${first} Page 2`,
      `${second} Page 1`,
      `${second} Page 2`,
      `${second} Page 3`,
      `${third} Page лист-1`,
      `${second} Page 3`,
    ])
  })

  test('c shows what cleanup changed, in the text and on the scan', async () => {
    const page = await open('letters', {}, first)
    const seen = () =>
      page.$$eval('.text s, .cut, .region', all =>
        all.filter(element => element.getClientRects().length > 0).map(element => element.tagName),
      )
    expect(await seen()).toEqual([])
    await page.keyboard.press('c')
    expect(new Set(await seen())).toEqual(new Set(['S', 'rect']))
    const edit = thatcher!.edits.findIndex(({raw}) => raw.startsWith('DECLASSIFIED'))
    await page.mouse.move(...(await middle(page, `.text s[data-d^="e-${edit + 1}-"]`)))
    expect(await page.$$eval('.lit', all => all.map(element => element.getAttribute('class')))).toEqual([
      'cut lit',
      'lit',
      'edit strip lit',
    ])
    await page.keyboard.press('c')
    expect(await seen()).toEqual([])
  })

  test('l breaks the text into lines as on the scan', async () => {
    const page = await open('letters', {}, first)
    const line = page.locator('.text br.line').first()
    const isBroken = () => line.evaluate(line => line.getClientRects().length > 0)
    expect(await isBroken()).toBe(false)
    await page.keyboard.press('l')
    expect(await isBroken()).toBe(true)
    await page.keyboard.press('l')
    expect(await isBroken()).toBe(false)
  })

  test('f makes the scan large, with the current difference in sight, and small again', async () => {
    const page = await open('letters')
    for (const key of ['j', 'j', 'j', 'j', 'f']) await page.keyboard.press(key)
    const seen = (index: number) =>
      page.evaluate(id => {
        const rect = document.querySelector(`rect[data-d="${id}"]`)!
        const box = rect.getBoundingClientRect()
        const frame = rect.closest('.scan')!.getBoundingClientRect()
        const isInside =
          box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom
        return {isInside, isLarge: box.width > 60}
      }, `d-${thatcher!.differences[index]!.id}`)
    expect(await seen(3)).toEqual({isInside: true, isLarge: true})
    for (const key of ['k', 'k', 'k']) await page.keyboard.press(key)
    expect([(await seen(0)).isInside, (await seen(3)).isInside]).toEqual([true, false])
    await page.keyboard.press('f')
    expect((await seen(0)).isLarge).toBe(false)
  })

  test('? lists the keys; switched off there, single keys do nothing, now and when the report is opened again', async () => {
    const page = await open('letters')
    await page.keyboard.press('?')
    expect(await page.isVisible('#help')).toBe(true)
    await page.uncheck('#keys')
    await page.keyboard.press('Escape')
    expect(await page.isVisible('#help')).toBe(false)
    await page.keyboard.press('j')
    expect(await current(page)).toBeNull()
    await page.keyboard.press('F7')
    expect(await current(page)).not.toBeNull()
    await page.reload()
    await page.keyboard.press('j')
    expect(await page.isChecked('#keys')).toBe(false)
    await page.click('#open-help')
    await page.check('#keys')
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    expect(await current(page)).not.toBeNull()
  })

  test('Escape lets go of the current difference', async () => {
    const page = await open('letters')
    await page.keyboard.press('j')
    await page.keyboard.press('Escape')
    expect([await current(page), await page.isVisible('#inspector')]).toEqual([null, false])
  })
})

test('in a document whose heading alone is in the window, the first key goes to its first difference', async () => {
  const document = reports.letters.report.documents[1]!
  const page = await open('letters', {}, `#doc-${encodeURIComponent(document.id)}`)
  await page.keyboard.press('j')
  expect(await current(page)).toBe(`d-${document.differences[0]!.id}`)
})

test.each([
  [1280, 900],
  [800, 900],
  [380, 760],
])(
  'in a window %i wide, what is said of a difference lies beside what can be decided, and both within it',
  async (width, height) => {
    const page = await open('letters', {viewport: {width, height}})
    await page.keyboard.press('j')
    const boxOf = (selector: string) =>
      page.locator(selector).evaluate(element => element.getBoundingClientRect().toJSON())
    const [said, decided, crop] = [await boxOf('#current'), await boxOf('.deciding'), await boxOf('#current .crop')]
    expect(crop.right).toBeLessThanOrEqual(said.right + 1)
    expect(said.right <= decided.left || said.bottom <= decided.top).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  },
)

test('a heading of the table of documents sorts it, and back', async () => {
  const page = await open('letters')
  const names = () =>
    page.$$eval('#corpus tbody th', all => all.map(th => th.querySelector('.path')?.textContent ?? th.textContent))
  const before = await names()
  await page.click('#corpus th:nth-of-type(3) button')
  const byRate = ['legation/1939-04-04', before[0], before[2], before[1], 'nsdd252']
  expect(await names()).toEqual(byRate)
  expect(await page.getAttribute('#corpus th:nth-of-type(3)', 'aria-sort')).toBe('descending')
  await page.focus('#corpus th:nth-of-type(3) button')
  await page.keyboard.press('Enter')
  expect(await names()).toEqual(byRate.reverse())
})

describe('hostile text', () => {
  test.each(['hostile', 'large'] as const)('%s: is shown and does nothing', async name => {
    const page = await open(name)
    if (name === 'large') await page.click('#draw-all')
    for (const key of ['j', 'c', 'w', 'a', 'k', 's']) await page.keyboard.press(key)
    if (await page.isVisible('#series')) await page.keyboard.press('Escape')
    for (const mark of await page.$$('.mark, .text s, rect')) await mark.dispatchEvent('mouseover', {bubbles: true})
    expect(await page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined()
    const text = await page.textContent('main')
    expect(text).toContain(attack.markup)
    expect(text).toContain(attack.link)
    expect(text).toContain('U+202E')
    expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0)
  })
})

describe('without scripts', () => {
  test.each(['letters', 'large'] as const)('%s: everything can be read', async name => {
    const page = await open(name, {javaScriptEnabled: false})
    const {documents} = reports[name].report
    const text = (await page.locator('body').textContent())!.replace(/\s+/g, ' ')
    for (const {text: line} of letters[0]!.pages.slice(0, 1)) {
      if (name === 'letters') expect(text).toContain(line.match(/As you know, [^[]*/)![0].trim())
    }
    expect(await page.locator('.difference').count()).toBe(documents.flatMap(document => document.differences).length)
    expect(await page.locator('.edit:not(.doubtful-word)').count()).toBe(
      documents.flatMap(document => document.edits).length,
    )
    expect(await page.locator('.scan svg').count()).toBe(
      documents.flatMap(document => document.pages).filter(page => page.width > 0).length,
    )
    expect(await page.isVisible('#open-help')).toBe(false)
  })

  test('what cleanup changed can be shown', async () => {
    const page = await open('letters', {javaScriptEnabled: false})
    await page
      .locator('.page')
      .first()
      .evaluate(article => article.scrollIntoView())
    const cut = page.locator('.text s').first()
    expect(await cut.isVisible()).toBe(false)
    await page.click('label[for=show-cleanup]')
    expect(await cut.isVisible()).toBe(true)
  })
})

test('printed, each page of a document begins a sheet, and all of the text is there', async () => {
  const page = await open('letters')
  await page.keyboard.press('j')
  await page.emulateMedia({media: 'print'})
  expect(await page.isVisible('.controls')).toBe(false)
  expect(await page.isVisible('#inspector')).toBe(false)
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(await page.pdf({format: 'Letter'}))
  const sheets = [...document.pages()].map(sheet => sheet.getText().replace(/\s+/g, ' '))
  document.destroy()
  library.destroy()
  expect(sheets.length).toBeGreaterThanOrEqual(
    1 + reports.letters.report.documents.flatMap(document => document.pages).length,
  )
  for (const text of ['Dear Margaret:', 'Let me first of all express gratitude', 'СЕРТИФИКАТ', 'Горбачёв']) {
    expect(sheets.filter(sheet => sheet.includes(text))).not.toEqual([])
  }
})

describe('a report of many pages', () => {
  test('draws pages as they are wanted, and puts away those drawn longest ago', async () => {
    const page = await open('large')
    const drawn = () => page.locator('.page > .sides').count()
    expect(await drawn()).toBeLessThan(10)
    const total = reports.large.report.documents.flatMap(document => document.differences).length
    for (let step = 0; step < total; step += 1) await page.keyboard.press('j')
    expect(await page.textContent('#position')).toBe('8 of 8')
    expect(await drawn()).toBeLessThanOrEqual(8)
    for (let step = 0; step < total; step += 1) await page.keyboard.press('k')
    expect(await page.textContent('#position')).toBe('1 of 55')
    expect(await page.locator('.page:has(.sides):has(noscript)').count()).toBe(0)
  })

  test('draws the headings of the document that is shown, with what is decided of it, and puts those of others away', async () => {
    const page = await open('large')
    const headings = () => page.locator('.document > header, .page > header').count()
    expect(await headings()).toBe(0)
    await page.keyboard.press('j')
    await page.keyboard.press('u')
    const [first, second] = reports.large.report.documents
    expect(await headings()).toBe(1 + first!.pages.length)
    const names = () => page.locator('.document:not([hidden]) tbody th').allTextContents()
    const before = await names()
    await page.click('.document:not([hidden]) thead th:first-child button')
    expect(await names()).toEqual(before.toReversed())
    expect(await page.textContent('.document:not([hidden]) td[data-progress$="%2F1"]')).toBe('1 of 1')
    expect(await page.isVisible('.document:not([hidden]) th:has-text("Decided")')).toBe(true)
    await page.evaluate(hash => location.assign(hash), `#doc-${encodeURIComponent(second!.id)}`)
    await page.waitForSelector(`[id="doc-${encodeURIComponent(second!.id)}-name"]`)
    expect(await headings()).toBe(1 + second!.pages.length)
    expect(await page.locator(`[id="doc-${encodeURIComponent(first!.id)}-name"]`).count()).toBe(0)
  })

  test('draws all of them when asked, and says so', async () => {
    const page = await open('large')
    const total = reports.large.report.documents.flatMap(document => document.pages).length
    expect(await page.isVisible('.later-note')).toBe(true)
    await page.click('#draw-all')
    expect(await page.locator('.page > .sides').count()).toBe(total)
    await page.keyboard.press('j')
    expect(await page.locator('noscript').count()).toBe(0)
    expect(await page.isVisible('.later-note')).toBe(false)
  })

  test('draws all of them before it is printed', async () => {
    const page = await open('large')
    const total = reports.large.report.documents.flatMap(document => document.pages).length
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.locator('.page > .sides').count()).toBe(total)
  })

  test('opens the link of a difference on a page that is not drawn, and of an edit', async () => {
    const document = reports.large.report.documents[1]!
    const {id} = document.differences.at(-1)!
    const page = await open('large', {}, `#d-${id}`)
    expect(await current(page)).toBe(`d-${id}`)
    await page.waitForTimeout(100)
    const [, y] = await middle(page, `.mark[data-d="d-${id}"] del`, false)
    expect(y).toBeGreaterThan(0)
    expect(y).toBeLessThan(900)
    await page.evaluate(hash => location.assign(hash), `#e-7-${document.id}`)
    await page.waitForSelector(`#e-7-${document.id}.lit`)
  })
})

async function open(name: keyof typeof reports, options: BrowserContextOptions = {}, hash = ''): Promise<Page> {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options})
  const url = pathToFileURL(join(folder, `${name}.html`)).href
  await context.route('**', route => {
    const asked = route.request().url()
    if (asked.split('#')[0] === url) return route.continue()
    requests.push(asked)
    return route.abort()
  })
  const page = await context.newPage()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => complaints.push(message.text()))
  await page.goto(url + hash)
  return page
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

/** Moves an element into view and says where its middle is, in pixels of the window. */
async function middle(page: Page, selector: string, isScrolled = true): Promise<[number, number]> {
  return page.evaluate(
    ({selector, isScrolled}) => {
      const element = document.querySelector(selector)!
      if (isScrolled) element.scrollIntoView({block: 'center'})
      const [rect] = element.getClientRects()
      return [rect!.x + rect!.width / 2, rect!.y + rect!.height / 2] as [number, number]
    },
    {selector, isScrolled},
  )
}

/** First classes of what is lit for a difference, sorted; empty where something else is lit. */
async function litClasses(page: Page, id: string): Promise<readonly string[]> {
  const lit = await page.$$eval('.lit', all =>
    all.map(element => [element.classList[0]!, element.getAttribute('data-d') ?? element.id]),
  )
  return lit.every(([, of]) => of === id) ? lit.map(([name]) => name!).sort() : []
}

async function current(page: Page): Promise<string | null> {
  const all = await page.$$eval('[aria-current=true]', all => all.map(element => element.id))
  expect(all.length).toBeLessThanOrEqual(1)
  return all[0] ?? null
}

/** Intersection over union. */
function overlap(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x))
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))
  return (width * height) / (a.width * a.height + b.width * b.height - width * height)
}
