import type {Config} from '../config.ts'
import type {Finding, Page, Recognition, Scan} from '../model.ts'
import {InterruptedError} from '../model.ts'
import {preparation, prepare} from '../prepare/prepare.ts'
import {readScan} from '../read/scans.ts'
import type {Engine} from '../recognize/engine.ts'
import {fingerprint} from '../recognize/fingerprint.ts'
import {readRecognition, writeRecognition} from '../recognize/store.ts'

/** What is told while pages are read. */
export interface ReadingEvents {
  /** Once, before the first page: how many pages there are, and how many of them must be read. */
  readonly onPlan?: (plan: {readonly pages: number; readonly toRead: number}) => void
  /** After each page that was read or failed. */
  readonly onPage?: (page: {readonly id: string; readonly failed: boolean}) => void
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

/**
 * Read the pages whose recognition is absent or was made from other inputs.
 *
 * Each recognition is stored as soon as it is made, so a run that is killed
 * goes on from there. A page that fails becomes an `error` finding.
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
  events: ReadingEvents,
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
      if (recognition?.fingerprint === expected) recognitions.set(page.id, recognition)
      else stale.push({page, fingerprint: expected})
    }
  }
  events.onPlan?.({pages: pages.length, toRead: stale.length})

  const queue = stale.values()
  const scanBytes = rememberLast(source)
  const lane = async () => {
    for (const {page, fingerprint} of queue) {
      if (signal?.aborted) return
      const {recognition, finding} = await readPage(page, fingerprint, scanBytes, engine)
      if (signal?.aborted) return
      if (finding !== null) findings.push(finding)
      if (recognition !== null) {
        if (keep) await writeRecognition(config.out, recognition)
        recognitions.set(page.id, recognition)
      }
      events.onPage?.({id: page.id, failed: recognition === null})
    }
  }
  // Closing the engine settles what is being read, so an interrupted run ends at once.
  signal?.addEventListener('abort', () => engine.close(), {once: true})
  // One lane more than jobs: a page is prepared while the others are read.
  await Promise.all(Array.from({length: config.jobs + 1}, lane))
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
  source: ScanSource,
  engine: Engine,
): Promise<PageReading> {
  try {
    const prepared = await prepare(await source(page.scan), page)
    return {recognition: {...(await engine.recognize(prepared)), fingerprint}, finding: null}
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return {recognition: null, finding: pageFailed(page, error.message)}
  }
}

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

/** Keeps the bytes of the file asked for last: the pages of a PDF come one after the other. */
export function rememberLast(read: ScanSource): ScanSource {
  let last: {readonly file: string; readonly bytes: Promise<Uint8Array>} | null = null
  return scan => {
    if (last?.file !== scan.file) last = {file: scan.file, bytes: read(scan)}
    return last.bytes
  }
}
