/**
 * Times the report's page in a browser: `npm run bench:review [-- FOLDER]`.
 *
 * 1,000 pages and 20,000 differences, seeded, each page with a picture of its own; the pictures lie beside the page, as the
 * command line puts them where they are too many for one file. With FOLDER the page is kept there, and taken from there.
 */
import {existsSync, mkdtempSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import process from 'node:process'
import {pathToFileURL} from 'node:url'
import type {Browser, Page} from 'playwright-core'
import {writePictures} from '../src/cli/page-files.ts'
import {renderHtml} from '../src/report/html/render.ts'
import {openBrowser} from '../tests/browser.ts'
import {assets} from '../tests/report/assets.ts'
import {buildReport, drawPreviews} from '../tests/report/fixture.ts'
import {manyPages} from '../tests/report/samples.ts'

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'scanproof-bench-review-'))
const file = join(folder, 'index.html')
if (!existsSync(file)) await writePage()

const browser = await openBrowser()
const page = await browser.newPage({viewport: {width: 1440, height: 900}})
await page.goto(pathToFileURL(file).href)
const paint = await page.evaluate(
  () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
)
const ready = await page.evaluate(() => performance.getEntriesByType('navigation')[0]?.duration ?? Number.NaN)
const atStart = await tabMemory(browser)
const steps = await timeKeys(page, 'j', 400)
const decisions = await timeKeys(page, 't', 400)
await page.keyboard.press('f')
const zoomed = await timeKeys(page, 'j', 100)
console.log(`page ${megabytes(statSync(file).size)} MB`)
console.log(`first paint ${paint.toFixed(0)} ms; loaded and wired ${ready.toFixed(0)} ms`)
for (const [name, times] of Object.entries({
  'next difference': steps,
  'decide and next': decisions,
  'next, zoomed': zoomed,
})) {
  console.log(
    `${name}: median ${at(times, 0.5)} ms, 95 % ${at(times, 0.95)} ms, greatest ${at(times, 1)} ms, of ${times.length}`,
  )
}
const atEnd = await tabMemory(browser)
await new Promise(resolve => setTimeout(resolve, 30_000))
console.log(
  `memory of the tab: ${atStart} MB when opened, ${atEnd} MB after 900 differences, ${await tabMemory(browser)} MB half a minute later`,
)
await browser.close()

async function writePage(): Promise<void> {
  const fixture = buildReport(manyPages(50, 20, 20))
  const previews = await drawPreviews(fixture, 0.5)
  const pictures = writePictures(file, previews, 0)
  writeFileSync(file, renderHtml(fixture.report, {previews, pictures, assets}))
}

/** From a key to when its effect is on the screen: the second frame after it has begun. */
function timeKeys(page: Page, key: string, count: number): Promise<number[]> {
  return page.evaluate(
    async ({key, count}) => {
      const times: number[] = []
      for (let step = 0; step < count; step++) {
        await new Promise(resolve => setTimeout(resolve, 20))
        const start = performance.now()
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))
        await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
        times.push(performance.now() - start)
      }
      return times
    },
    {key, count},
  )
}

/** Proportional set size of the renderer processes, from Linux; NaN elsewhere. */
async function tabMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const {processInfo} = await session.send('SystemInfo.getProcessInfo')
  const sizes = processInfo
    .filter(({type}) => type === 'renderer')
    .map(({id}) => {
      const rollup = `/proc/${id}/smaps_rollup`
      return existsSync(rollup) ? Number(/^Pss:\s+(\d+)/m.exec(readFileSync(rollup, 'utf8'))?.[1]) / 1024 : Number.NaN
    })
  return Math.round(Math.max(...sizes))
}

function at(times: readonly number[], share: number): string {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(0)
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
