/**
 * Measure what each step of preparation costs.
 *
 *     npm run bench:prepare [-- --corpus DIR] [--colour 4] [--rounds 3] [--hash]
 *
 * Each page is decoded and taken through the steps as `prepare` takes it at its first look; the least of several rounds
 * counts. `whole` is `prepare` itself, which looks again at pages whose type has another height than expected, and reads
 * coloured ink by itself. Beside the corpus so many colour pages of 300 dpi are drawn from a seed.
 *
 * `--hash` prints a hash of all that `prepare` gave, pixels included: a change of speed alone leaves it as it is.
 */
import {createHash} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import type {Page} from '../src/model.ts'
import {whiten} from '../src/prepare/background.ts'
import {takeBlots} from '../src/prepare/blots.ts'
import {clean, inkRadius, inkWeight, look} from '../src/prepare/clean.ts'
import {findComponents} from '../src/prepare/components.ts'
import {decode} from '../src/prepare/decode.ts'
import {separateInks} from '../src/prepare/ink.ts'
import {prepare, workingSide} from '../src/prepare/prepare.ts'
import {takeRuledLines} from '../src/prepare/ruled-lines.ts'
import {resize} from '../src/prepare/scale.ts'
import {findSlant} from '../src/prepare/slant.ts'
import {straighten} from '../src/prepare/straighten.ts'
import {findInk} from '../src/prepare/threshold.ts'
import {turnQuarters} from '../src/prepare/turn.ts'
import {typeSize} from '../src/prepare/type.ts'
import {listDocuments} from '../src/read/documents.ts'
import {readScan} from '../src/read/scans.ts'
import {writeColourPages} from './colour-pages.ts'

const {values: options} = parseArgs({
  options: {
    corpus: {type: 'string', default: fileURLToPath(new URL('../../shared/corpus', import.meta.url))},
    colour: {type: 'string', default: '4'},
    rounds: {type: 'string', default: '3'},
    hash: {type: 'boolean', default: false},
  },
})

const steps = [
  'decode',
  'reduce',
  'part inks',
  'whiten',
  'find ink',
  'take blots',
  'take drawn lines',
  'find pieces',
  'find slant',
  'clean',
  'straighten',
] as const
type Step = (typeof steps)[number] | 'whole'

/** Milliseconds of each step on one page. */
async function costOf(bytes: Uint8Array, page: Page): Promise<Record<Step, number>> {
  const cost = {} as Record<Step, number>
  const time = async <Value>(step: Step, work: () => Value | Promise<Value>): Promise<Value> => {
    const start = performance.now()
    const value = await work()
    cost[step] = performance.now() - start
    return value
  }
  const scan = await time('decode', () => decode(bytes, page))
  const factor = Math.min(2, workingSide / Math.max(scan.width, scan.height))
  const small = await time('reduce', () => resize(scan, factor))
  const {type} = await time('part inks', () => separateInks(small))
  const white = await time('whiten', () => whiten(type))
  const {width, height} = white
  const rest = await time('find ink', () => findInk(white, inkRadius, inkWeight))
  await time('take blots', () => takeBlots(rest, white))
  await time('take drawn lines', () => takeRuledLines(rest, width, height))
  const pieces = await time('find pieces', () => findComponents(rest, width, height))
  const measured = typeSize(pieces)
  if (measured !== null) await time('find slant', () => findSlant(pieces, measured))
  const turned = turnQuarters(white, measured === null ? 0 : findSlant(pieces, measured).turn).image
  const found = look(turned)
  if (found !== null) {
    const {image} = await time('clean', () => clean(found))
    await time('straighten', () => straighten(image, found.slant.angle, 1))
  }
  const prepared = await time('whole', () => prepare(bytes, page))
  if (options.hash) hash.update(JSON.stringify(prepared, bytesAsHash))
  return cost
}

const hash = createHash('sha256')

function bytesAsHash(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value
}

async function measure(label: string, root: string): Promise<void> {
  const {documents} = await listDocuments(root)
  const pages = documents.flatMap(({pages}) => pages)
  const sums = new Map<Step, number>()
  for (const page of pages) {
    const bytes = await readScan(root, page.scan)
    const least = new Map<Step, number>()
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const [step, ms] of Object.entries(await costOf(bytes, page)) as [Step, number][]) {
        least.set(step, Math.min(ms, least.get(step) ?? Number.POSITIVE_INFINITY))
      }
    }
    for (const [step, ms] of least) sums.set(step, (sums.get(step) ?? 0) + ms)
  }
  console.log(`\n${label}: ${pages.length} pages, milliseconds a page`)
  for (const step of [...steps, 'whole' as const]) {
    console.log(`  ${step.padEnd(17)} ${((sums.get(step) ?? 0) / pages.length).toFixed(1).padStart(7)}`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'scanproof-bench-'))
try {
  await measure('corpus', options.corpus)
  if (Number(options.colour) > 0) {
    await writeColourPages(folder, Number(options.colour), 6, 7)
    await measure('colour pages, 2,550 x 3,300', folder)
  }
  if (options.hash) console.log(`\nSHA-256 of all that was prepared: ${hash.digest('hex')}`)
} finally {
  rmSync(folder, {recursive: true, force: true})
}
process.exit()
