/**
 * Measure reading alone: error rates, pages a second and memory, beside native tesseract.
 *
 *     npx tsx bench/ocr.ts [--corpus DIR] [--only REGEX] [--native] [--texts DIR] [--pages] [--jobs 2]
 *                          [--stamped 8] [--marked 8] [--struck 8] [--spoiled 3] [--seed 1]
 *
 * `--native` runs `tesseract` from the PATH over the same raw pages with the same
 * model, two processes at a time, and counts the processor seconds of these. `--texts` keeps what was read; `--pages` prints
 * a row for each page. `--stamped` draws so many facsimiles with stamps of each
 * colour over their text, and reads them too; `--marked` so many with each kind of
 * black mark over it, and so many with none; `--spoiled` so many as each of the
 * ways spoils them by which scanners, films and time do; `--struck` so many whose paragraphs
 * end with portion marks that a pen crossed, and counts the marks that were read.
 * Other seeds give other pages.
 *
 * Two rates are given, after folding quotes, dashes, white space and hyphens at
 * line ends: *as read*, the whole page against its transcript; and *oracle*, for
 * which lines that stand nowhere in the transcript (banners, stamps, letterhead)
 * are left out with knowledge of it. The oracle shows what reading alone costs.
 */
import {execFile} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {basename, dirname, extname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs, promisify} from 'node:util'
import {gunzipSync} from 'node:zlib'
import {distance} from 'fastest-levenshtein'
import {renderPage} from '../scripts/facsimile/page.ts'
import type {Page} from '../src/model.ts'
import {decode} from '../src/prepare/decode.ts'
import {prepare} from '../src/prepare/prepare.ts'
import {pageText} from '../src/recognize/page-text.ts'
import {createTesseract} from '../src/recognize/tesseract.ts'
import {blackMarks, type MarkedPage, markedPages, stampedPages, struckPages} from './facsimile-pages.ts'
import {fold, stands} from './oracle.ts'
import {conditionNames, type SpoiledPage, spoiledPages} from './spoiled-pages.ts'

const {values: options} = parseArgs({
  options: {
    corpus: {type: 'string', default: fileURLToPath(new URL('../../shared/corpus', import.meta.url))},
    only: {type: 'string', default: ''},
    native: {type: 'boolean', default: false},
    texts: {type: 'string'},
    pages: {type: 'boolean', default: false},
    jobs: {type: 'string', default: '2'},
    stamped: {type: 'string', default: '0'},
    marked: {type: 'string', default: '0'},
    spoiled: {type: 'string', default: '0'},
    struck: {type: 'string', default: '0'},
    seed: {type: 'string', default: '1'},
  },
})

interface Task {
  readonly page: Page
  readonly bytes: Uint8Array
  /** What is scored: the page where its transcript is known by page, else the document. */
  readonly unit: string
  readonly truth: string
}

interface Score {
  readonly id: string
  readonly length: number
  readonly asRead: number
  readonly oracle: number
}

const stampColours = ['red', 'blue', 'green', 'violet'] as const
const tasks = [...listTasks(join(options.corpus, 'scans')), ...(await drawFacsimiles())].filter(({page}) =>
  new RegExp(options.only).test(page.id),
)
const jobs = Number(options.jobs)
let started = 0
/** Processor seconds of the programs that were started, which those of this one do not hold. */
let childSeconds = 0
report('scanproof', await timed(readHere))
if (options.native) report('native tesseract', await timed(readNative))

async function readHere(): Promise<ReadonlyMap<string, string>> {
  const engine = await createTesseract({jobs, timeout: 180, language: 'eng', tessdata: null})
  const texts = await inParallel(jobs + 1, async ({bytes, page}) => {
    const reading = await engine.recognize(await prepare(bytes, page))
    return pageText({...reading, fingerprint: ''}).text
  })
  await engine.close()
  return texts
}

/** The model and the pages of PDF files are unpacked before the clock starts. */
async function readNative(): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'scanproof-bench-'))
  try {
    const model = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')
    const packed = readFileSync(join(dirname(model), '4.0.0_best_int/eng.traineddata.gz'))
    writeFileSync(join(folder, 'eng.traineddata'), gunzipSync(packed))
    const files = new Map<string, string>()
    for (const {page, bytes} of tasks) files.set(page.id, await rawFile(page, bytes, folder))
    started = performance.now()
    return await inParallel(jobs, async ({page}) => {
      const tesseract = ['tesseract', files.get(page.id)!, '-', '--tessdata-dir', folder, '-l', 'eng', '--psm', '3']
      // The shell tells at its end how long what it started was at work.
      const {stdout, stderr} = await promisify(execFile)('sh', ['-c', '"$@" && times >&2', 'sh', ...tesseract], {
        env: {...process.env, OMP_THREAD_LIMIT: '1'},
        maxBuffer: 1e8,
      })
      const [last = ''] = stderr.trim().split('\n').slice(-1)
      for (const [, minutes, seconds] of last.matchAll(/(\d+)m([\d.]+)s/g)) {
        childSeconds += 60 * Number(minutes) + Number(seconds)
      }
      return stdout
    })
  } finally {
    rmSync(folder, {recursive: true})
  }
}

async function rawFile(page: Page, bytes: Uint8Array, folder: string): Promise<string> {
  if (['stamped', 'marked', 'struck', 'spoiled'].includes(page.document)) {
    const drawn = join(folder, page.scan.file)
    writeFileSync(drawn, bytes)
    return drawn
  }
  if (!page.scan.file.endsWith('.pdf')) return join(options.corpus, page.scan.file)
  const {data, width, height, channels} = await decode(bytes, page)
  const file = join(folder, `${page.id.replace('/', '-')}.pnm`)
  writeFileSync(file, Buffer.concat([Buffer.from(`P${channels === 1 ? 5 : 6}\n${width} ${height}\n255\n`), data]))
  return file
}

async function timed(read: () => Promise<ReadonlyMap<string, string>>) {
  started = performance.now()
  childSeconds = 0
  const cpu = process.cpuUsage()
  const texts = await read()
  const seconds = (performance.now() - started) / 1000
  const {user, system} = process.cpuUsage(cpu)
  return {texts, seconds, cpu: childSeconds > 0 ? childSeconds : (user + system) / 1e6}
}

async function inParallel(count: number, read: (task: Task) => Promise<string>): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const queue = [...tasks]
  const run = async () => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      texts.set(task.page.id, await read(task))
    }
  }
  await Promise.all(Array.from({length: count}, run))
  return texts
}

function report(name: string, {texts, seconds, cpu}: Awaited<ReturnType<typeof timed>>): void {
  const units = new Map<string, Task[]>()
  for (const task of tasks) units.set(task.unit, [...(units.get(task.unit) ?? []), task])
  const scores = [...units].map(([unit, parts]) =>
    score(unit, parts[0]!.truth, parts.map(({page}) => texts.get(page.id) ?? '').join('\n')),
  )
  console.log(
    `\n${name}: ${tasks.length} pages, ${seconds.toFixed(1)} s, ${(tasks.length / seconds).toFixed(3)} pages/s`,
  )
  console.log(
    `processor ${cpu.toFixed(1)} s, ${(cpu / tasks.length).toFixed(2)} s a page; peak memory here ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  )
  if (options.pages) for (const row of scores) console.log(line(row.id, [row]))
  const groups = [
    ['nsdd222 + nsdd236', /^nsdd/],
    ['legation', /^legation/],
    ['executive orders', /^executive/],
    ['all scans', /^(?!stamped|marked|struck|spoiled)/],
    ['struck marks', /^struck/],
    ...conditionNames.map(name => [name, new RegExp(`^spoiled/${name}-\\d`)] as const),
    ...blackMarks.map(kind => [`black: ${kind}`, new RegExp(`^marked/${kind}`)] as const),
    ...stampColours.map(colour => [`${colour} stamps`, new RegExp(`^stamped/${colour}`)] as const),
  ] as const
  for (const [title, pattern] of groups) {
    const rows = scores.filter(({id}) => pattern.test(id))
    if (rows.length > 0) console.log(line(title, rows))
  }
  countMarks(texts)
  if (options.texts === undefined) return
  mkdirSync(options.texts, {recursive: true})
  for (const [id, text] of texts) writeFileSync(join(options.texts, `${name}-${id.replace('/', '-')}.txt`), text)
}

/** Print how many struck marks were read, and how many of those as they are. */
function countMarks(texts: ReadonlyMap<string, string>): void {
  const count = {marks: 0, read: 0, right: 0}
  for (const {page, truth} of tasks.filter(({page}) => page.document === 'struck')) {
    const text = fold(texts.get(page.id) ?? '')
    for (const [, before = '', mark = ''] of truth.matchAll(/(\S+) {2}(\(\w+\))$/gm)) {
      const after = text.split(`${fold(before)} (`).slice(1)
      const found = after.map(rest => `(${rest}`).find(rest => /^\((?:U|C|S|TS)\)/.test(rest))
      count.marks++
      if (found !== undefined) count.read++
      if (found?.startsWith(mark)) count.right++
    }
  }
  if (count.marks > 0) console.log(`struck marks: ${count.marks}, read ${count.read}, right ${count.right}`)
}

function line(title: string, scores: readonly Score[]): string {
  const sum = (field: 'length' | 'asRead' | 'oracle') => scores.reduce((total, row) => total + row[field], 0)
  const rate = (errors: number) => `${((100 * errors) / Math.max(1, sum('length'))).toFixed(2)} %`.padStart(9)
  return `${title.padEnd(24)} as read ${rate(sum('asRead'))}  oracle ${rate(sum('oracle'))}`
}

function score(id: string, truth: string, read: string): Score {
  const reference = fold(truth)
  const lines = read.split('\n').filter(text => text.trim() !== '')
  return {
    id,
    length: reference.length,
    asRead: distance(reference, fold(read)),
    oracle: distance(reference, fold(lines.filter(text => stands(fold(text), reference)).join('\n'))),
  }
}

function listTasks(scans: string): readonly Task[] {
  const found: Task[] = []
  for (const entry of readdirSync(scans, {recursive: true, withFileTypes: true})) {
    if (!entry.isFile() || !/\.(pdf|jpe?g|png|tiff?)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const file = relative(options.corpus, path)
    const pdf = extname(path) === '.pdf'
    const document = pdf ? basename(path, '.pdf') : basename(dirname(path))
    const frames = pdf ? (readFileSync(path, 'latin1').match(/\/Type\s*\/Page\b/g) ?? []).length : 1
    for (let frame = 0; frame < frames; frame++) {
      const name = pdf ? String(frame + 1) : basename(path, extname(path))
      const scan = {file, format: pdf ? ('pdf' as const) : ('jpeg' as const), frame, sha256}
      found.push({page: {id: `${document}/${name}`, document, name, scan}, bytes, ...truthOf(document, name)})
    }
  }
  return found.sort((left, right) => (left.page.id < right.page.id ? -1 : 1))
}

async function drawFacsimiles(): Promise<readonly Task[]> {
  const seed = Number(options.seed)
  const stamped = stampColours.flatMap(colour => stampedPages(colour, Number(options.stamped), seed))
  const marked = blackMarks.flatMap(kind => markedPages(kind, Number(options.marked), seed))
  const spoiled = await spoiledPages(Number(options.spoiled), seed, new RegExp(options.only))
  return [
    ...(await Promise.all(marked.map(page => drawn('marked', page)))),
    ...(await Promise.all(stamped.map(page => drawn('stamped', page)))),
    ...(await Promise.all(struckPages(Number(options.struck), seed).map(page => drawn('struck', page)))),
    ...spoiled.map(page => taskOf('spoiled', page)),
  ]
}

async function drawn(document: string, {name, spec, truth}: MarkedPage): Promise<Task> {
  const {image} = await renderPage(spec)
  return taskOf(document, {name, image, format: 'jpeg', truth})
}

function taskOf(document: string, {name, image, format, truth}: SpoiledPage): Task {
  const sha256 = createHash('sha256').update(image).digest('hex')
  const scan = {file: `${name}.${format}`, format, frame: 0, sha256}
  const id = `${document}/${name}`
  return {page: {id, document, name, scan}, bytes: image, unit: id, truth}
}

function truthOf(document: string, name: string): {unit: string; truth: string} {
  const page = join(options.corpus, 'page-text', `${document}-${name}.txt`)
  if (existsSync(page)) return {unit: `${document}/${name}`, truth: readFileSync(page, 'utf8')}
  const whole = readFileSync(join(options.corpus, 'transcripts', `${document}.md`), 'utf8')
  return {unit: document, truth: whole.replace(/^---\n.*?\n---\n/s, '').replaceAll('\\', '')}
}
