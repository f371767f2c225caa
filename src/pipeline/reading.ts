import type {Config} from '../config.ts'
import type {Finding, Page, PreparedPage, Recognition, Scan} from '../model.ts'
import {InterruptedError} from '../model.ts'
import {findDamage} from '../prepare/damage.ts'
import {type OpenScan, openScan} from '../prepare/open-scan.ts'
import {preparation, prepareScan} from '../prepare/prepare.ts'
import {readScan} from '../read/scans.ts'
import type {Engine} from '../recognize/engine.ts'
import {fingerprint} from '../recognize/fingerprint.ts'
import {readRecognition, removeLeftovers, writeRecognition} from '../recognize/store.ts'

/** What is told while pages are read. */
export interface ReadingEvents {
  /** Once, before the first page: how many pages there are, and how many of them must be read. */
  readonly onPlan?: (plan: {readonly pages: number; readonly toRead: number}) => void
  /** After each page that was read or failed. */
  readonly onPage?: (page: {readonly id: string; readonly failed: boolean}) => void
  /**
   * Of each page that must be read: its pixels, before it is prepared. What rejects fails the page.
   */
  readonly onScan?: (page: Page, scan: OpenScan) => Promise<void>
}

/** What goes on beside reading. */
export interface ReadingHooks extends ReadingEvents {
  /** What became of each page: null where it failed; `isStored` where it was read before. */
  readonly onRead?: (page: Page, recognition: Recognition | null, isStored: boolean) => void
  /** Lets so many pages be decoded at a time, whoever decodes them; reading has a bound of its own where none is given. */
  readonly inTurn?: InTurn
}

export interface Reading {
  /** By page id; a page that failed is absent. */
  readonly recognitions: ReadonlyMap<string, Recognition>
  readonly findings: readonly Finding[]
}

/** Gives the bytes of a scan's whole file; rejects with what is wrong with it. */
export type ScanSource = (scan: Scan) => Promise<Uint8Array>

/** Stored readings opened together: a disk answers many questions as fast as one. */
const filesAtOnce = 16

/** Pages read while one is prepared: reading one takes about seven times as long as preparing it. */
const jobsPerPreparation = 4

/** Pages prepared at the same time beside so many jobs. */
export function preparationsFor(jobs: number): number {
  return Math.ceil(jobs / jobsPerPreparation)
}

/**
 * Read the pages whose recognition is absent or was made from other inputs.
 *
 * Each recognition is stored as soon as it is made, so a run that is killed
 * goes on from there. A page that fails becomes an `error` finding; so does one
 * that cannot be stored, whose recognition holds for this run.
 *
 * Memory is bound whatever the number of pages: `config.jobs` of them are with
 * the engine, and for each four jobs one more is prepared or waits prepared.
 *
 * @param keep
 *   False to write nothing to disk.
 * @param source
 *   Where the files of scans come from; the corpus folder unless another is given.
 * @throws InterruptedError
 *   When `signal` is aborted; what was read by then is stored.
 */
export async function readPages(
  pages: readonly Page[],
  engine: Engine,
  config: Config,
  events: ReadingHooks,
  signal: AbortSignal | undefined,
  keep = true,
  source: ScanSource = scan => readScan(config.root, scan),
): Promise<Reading> {
  const recognitions = new Map<string, Recognition>()
  const findings: Finding[] = []
  const stale: {readonly page: Page; readonly fingerprint: string}[] = []
  for (let first = 0; first < pages.length; first += filesAtOnce) {
    const some = pages.slice(first, first + filesAtOnce)
    const stored = await Promise.all(some.map(({id}) => readRecognition(config.out, id)))
    for (const [index, page] of some.entries()) {
      const expected = fingerprint(page.scan, preparation, engine.identity)
      const {recognition = null, findings: own = []} = stored[index] ?? {}
      findings.push(...own)
      if (recognition?.fingerprint === expected) {
        recognitions.set(page.id, recognition)
        events.onRead?.(page, recognition, true)
      } else stale.push({page, fingerprint: expected})
    }
  }
  if (keep && stale.length > 0) await removeLeftovers(config.out)
  events.onPlan?.({pages: pages.length, toRead: stale.length})

  const queue = stale.values()
  const scanBytes = rememberLast(source)
  const preparations = preparationsFor(config.jobs)
  const {inTurn = limit(preparations)} = events
  const prepareInTurn = (page: Page) =>
    inTurn(async () => {
      signal?.throwIfAborted()
      const bytes = await scanBytes(page.scan)
      const scan = await openScan(bytes, page)
      await events.onScan?.(page, scan)
      return prepareScan(scan, page, await findDamage(bytes, page))
    })
  const lane = async () => {
    for (const {page, fingerprint} of queue) {
      if (signal?.aborted) return
      const {recognition, finding} = await readPage(page, fingerprint, prepareInTurn, engine)
      if (signal?.aborted) return
      if (finding !== null) findings.push(finding)
      if (recognition !== null) {
        recognitions.set(page.id, recognition)
        if (keep) {
          await writeRecognition(config.out, recognition).catch(error => findings.push(notStored(page, error)))
        }
      }
      events.onPage?.({id: page.id, failed: recognition === null})
      events.onRead?.(page, recognition, false)
    }
  }
  // Closing the engine settles what is being read, so an interrupted run ends at once.
  signal?.addEventListener('abort', () => engine.close(), {once: true})
  // More lanes than jobs: pages are prepared while the others are read.
  await Promise.all(Array.from({length: config.jobs + preparations}, lane))
  if (signal?.aborted) throw new InterruptedError('Interrupted; pages already read are stored')
  const order = new Map(pages.map(({id}, index) => [id, index]))
  const rank = ({page}: Finding) => order.get(page ?? '') ?? 0
  return {recognitions, findings: findings.sort((a, b) => rank(a) - rank(b))}
}

/** What became of one page: one of the two is null. */
export interface PageReading {
  readonly recognition: Recognition | null
  /** Why it failed; an `error`. */
  readonly finding: Finding | null
}

/** Read one page, whatever was stored of it; never rejects for what is wrong with the page. */
export async function readPage(
  page: Page,
  fingerprint: string,
  prepare: (page: Page) => Promise<PreparedPage>,
  engine: Engine,
): Promise<PageReading> {
  try {
    return {recognition: {...(await engine.recognize(await prepare(page))), fingerprint}, finding: null}
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return {recognition: null, finding: pageFailed(page, error.message)}
  }
}

/** The finding of a page that was read, but will have to be again. */
function notStored(page: Page, error: unknown): Finding {
  if (!(error instanceof Error)) throw error
  return {...pageFailed(page, error.message), ruleId: notStoredRule}
}

/** Rule of the finding of a page whose recognition could not be written; the recognition holds for this run. */
export const notStoredRule = 'recognize:not-stored'

/** The finding of a page that could not be read. */
export function pageFailed(page: Page, reason: string): Finding {
  return {
    ruleId: 'recognize:page-failed',
    severity: 'error',
    reason,
    file: page.scan.file,
    page: page.id,
    point: null,
  }
}

/** Runs a task when its turn has come. */
export type InTurn = <Result>(task: () => Promise<Result>) => Promise<Result>

/** Lets so many tasks run at a time; the others wait for their turn, first come first served. */
export function limit(most: number): InTurn {
  const waiting: (() => void)[] = []
  let running = 0
  return async task => {
    if (running < most) running++
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}

/** Keeps the bytes of the file asked for last: the pages of a PDF come one after the other. */
export function rememberLast(read: ScanSource): ScanSource {
  let last: {readonly file: string; readonly bytes: Promise<Uint8Array>} | null = null
  return scan => {
    if (last?.file !== scan.file) last = {file: scan.file, bytes: read(scan)}
    return last.bytes
  }
}
