/**
 * Measure whole runs of the command, as a user starts it.
 *
 *     npm run bench:run [-- --corpus DIR] [--only cold,native,again,memory] [--rounds 2] [--pages 500]
 *
 * `cold`: `scanproof run` on the corpus with nothing read before: wall time, time
 * to the first page, peak memory of the process, error rates by document.
 * `native`: `tesseract` from the PATH over the same raw pages with the same model,
 * as many processes at a time as jobs, one thread each, segmentation as by default.
 * `again`: a second run over 1,000 pages of which none has changed.
 * `memory`: a run over colour pages of 300 dpi, drawn from a seed; peak memory of
 * the process, threads and all, as the kernel kept it, at each tenth of the pages.
 *
 * Processor time is told beside wall time, as it holds on a machine that is shared.
 * The order is cold, native, cold, native: a machine that slows down shows.
 */
import {spawn} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {gunzipSync} from 'node:zlib'
import {parseReport} from '../src/report/schema.ts'
import {writeColourPages} from './colour-pages.ts'
import {prepareRaw} from './raw-pages.ts'

const {values: options} = parseArgs({
  options: {
    corpus: {type: 'string', default: fileURLToPath(new URL('../../shared/corpus', import.meta.url))},
    only: {type: 'string', default: 'cold,native,again,memory'},
    jobs: {type: 'string', default: '2'},
    rounds: {type: 'string', default: '2'},
    pages: {type: 'string', default: '500'},
  },
})
const program = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const wanted = options.only.split(',')
const folder = mkdtempSync(join(tmpdir(), 'scanproof-bench-'))
try {
  const times: Record<string, number[]> = {cold: [], native: []}
  for (let round = 1; round <= Number(options.rounds); round++) {
    if (wanted.includes('cold')) times.cold?.push(await cold(join(folder, `cold-${round}`)))
    if (wanted.includes('native')) times.native?.push(await native(join(folder, `native-${round}`)))
  }
  const best = (name: string) => Math.min(...(times[name] ?? []))
  if (times.cold?.length && times.native?.length) {
    console.log(
      `pages a second against native: ${(best('native') / best('cold')).toFixed(2)} (best of ${times.cold.length})`,
    )
  }
  if (wanted.includes('again')) await again(join(folder, 'again'))
  if (wanted.includes('memory')) await memory(join(folder, 'memory'), Number(options.pages))
} finally {
  rmSync(folder, {recursive: true, force: true})
}

async function cold(out: string): Promise<number> {
  const run = await timed(process.execPath, [
    program,
    'run',
    '--root',
    options.corpus,
    '--out',
    out,
    '--jobs',
    options.jobs,
  ])
  const {documents, totals: whole} = parseReport(readFileSync(join(out, 'reports/report.json'), 'utf8'))
  const pages = documents.reduce((sum, document) => sum + document.pages.length, 0)
  console.log(
    `run: ${run.seconds.toFixed(1)} s for ${pages} pages, ${(pages / run.seconds).toFixed(3)} pages a second, ${run.cpu.toFixed(1)} s of processor time, first page after ${run.first?.toFixed(2)} s, peak ${run.peak} MB`,
  )
  for (const {id, totals} of [...documents, {id: 'all', totals: whole}]) {
    const {raw, clean} = totals?.character ?? {}
    console.log(`  ${id.padEnd(24)} CER ${percent(raw?.errorRate)} -> ${percent(clean?.errorRate)}`)
  }
  return run.seconds
}

async function native(folder: string): Promise<number> {
  mkdirSync(folder, {recursive: true})
  const model = join(
    dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')),
    '4.0.0_best_int/eng.traineddata.gz',
  )
  writeFileSync(join(folder, 'eng.traineddata'), gunzipSync(readFileSync(model)))
  const pages = await prepareRaw(options.corpus, folder)
  const queue = pages.values()
  const start = performance.now()
  let cpu = 0
  const lane = async () => {
    for (const page of queue) {
      const run = await timed('tesseract', [page, 'stdout', '--tessdata-dir', folder], {OMP_THREAD_LIMIT: '1'})
      cpu += run.cpu
    }
  }
  await Promise.all(Array.from({length: Number(options.jobs)}, lane))
  const seconds = (performance.now() - start) / 1000
  console.log(
    `native tesseract: ${seconds.toFixed(1)} s for ${pages.length} pages, ${(pages.length / seconds).toFixed(3)} pages a second, ${cpu.toFixed(1)} s of processor time`,
  )
  return seconds
}

/** Every document of the sample many times over; a copy has the same bytes, so its recognition holds. */
async function again(root: string): Promise<void> {
  const sample = fileURLToPath(new URL('..', import.meta.url))
  const id = '1985-03-24-gorbachev-to-reagan'
  const first = join(folder, 'first')
  cpSync(join(sample, 'scans', id), join(first, 'scans', id), {recursive: true})
  cpSync(join(sample, 'transcripts', `${id}.md`), join(first, 'transcripts', `${id}.md`))
  await timed(process.execPath, [program, 'run', '--root', first, '--jobs', options.jobs])
  for (let copy = 1; copy <= 250; copy++) {
    const name = `letter-${copy}`
    cpSync(join(first, 'scans', id), join(root, 'scans', name), {recursive: true})
    cpSync(join(first, 'transcripts', `${id}.md`), join(root, 'transcripts', `${name}.md`))
    mkdirSync(join(root, 'recognitions', name), {recursive: true})
    for (const file of readdirSync(join(first, 'recognitions', id))) {
      const text = readFileSync(join(first, 'recognitions', id, file), 'utf8').replaceAll(`"${id}/`, `"${name}/`)
      writeFileSync(join(root, 'recognitions', name, file), text)
    }
  }
  for (const name of ['second run', 'third run']) {
    const run = await timed(process.execPath, [program, 'run', '--root', root, '--jobs', options.jobs])
    if (/Reading \d/.test(run.stderr)) throw new Error(`expected nothing to be read again: ${run.stderr.slice(0, 200)}`)
    console.log(
      `${name}, 1,000 pages, nothing changed: ${run.seconds.toFixed(2)} s, ${run.cpu.toFixed(2)} s of processor time, peak ${run.peak} MB`,
    )
  }
}

/** Peak memory while many large colour pages are read; the pages are drawn first. */
async function memory(root: string, pages: number): Promise<void> {
  await writeColourPages(root, pages, 6, 7)
  const peaks: number[] = []
  const run = await timed(
    process.execPath,
    [program, 'run', '--root', root, '--jobs', options.jobs],
    {},
    (done, peak) => {
      if (done * 10 >= pages * (peaks.length + 1)) peaks.push(peak)
    },
  )
  console.log(`${pages} colour pages, 300 dpi: peak ${run.peak} MB; at each tenth ${peaks.join(', ')}`)
}

interface Timed {
  readonly seconds: number
  /** Seconds to the first page that was read. */
  readonly first: number | null
  /** Highest resident memory in MB, as the kernel kept it; 0 where it keeps none. */
  readonly peak: number
  /** Seconds of processor time of all threads, to 0.1 s; 0 where the kernel does not tell. */
  readonly cpu: number
  readonly stderr: string
}

function timed(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  watch: (pagesDone: number, peak: number) => void = () => {},
): Promise<Timed> {
  const start = performance.now()
  const since = () => (performance.now() - start) / 1000
  const child = spawn(command, args, {env: {...process.env, ...environment}, stdio: ['ignore', 'ignore', 'pipe']})
  let first: number | null = null
  let peak = 0
  let cpu = 0
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
    if (first === null && / 1\/\d/.test(stderr)) first = since()
  })
  const look = setInterval(() => {
    const process = `/proc/${child.pid}`
    if (!existsSync(process)) return
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`${process}/status`, 'utf8'))
    peak = Math.max(peak, Math.round(Number(found?.[1] ?? 0) / 1024))
    // After the name in parentheses: state, ten numbers, then ticks of a hundredth of a second in user and kernel mode.
    const ticks = /\) \S(?: -?\d+){10} (\d+) (\d+)/.exec(readFileSync(`${process}/stat`, 'utf8'))
    cpu = Math.max(cpu, (Number(ticks?.[1] ?? 0) + Number(ticks?.[2] ?? 0)) / 100)
    watch(stderr.match(/^ {2}\d+\/\d+/gm)?.length ?? 0, peak)
  }, 50)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => {
      clearInterval(look)
      resolve({seconds: since(), first, peak, cpu, stderr})
    })
  })
}

function percent(rate: number | null | undefined): string {
  return rate === null || rate === undefined ? '–' : `${(100 * rate).toFixed(2)} %`
}
