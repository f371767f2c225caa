import type {Db, JobInsert, PgBoss} from 'pg-boss'
import {type Fields, isHash, type PlannedPage, parsePage} from '../plan.ts'
import {type Database, leaseSeconds} from './database.ts'

/** What a job tells a worker: pages of a plan, all that has to be known of them. */
export interface JobData {
  readonly plan: string
  readonly pages: readonly PlannedPage[]
  /** How often its page has failed; jobs of many pages are at their first try. */
  readonly failures: number
}

/** Times that workers may die over a job before it is given up. */
const mostDeaths = 5

/** Times a page is tried that fails. */
export const mostFailures = 3

/**
 * The queue for a program and engine: workers see no job but those that they read as all others do.
 *
 * @param fingerprint
 *   Of engine and preparation, lower-case hex.
 */
export function queueName(toolVersion: string, fingerprint: string): string {
  return `read-${toolVersion.replace(/[^\w.-]/g, '_')}-${fingerprint.slice(0, 16)}`
}

export function deadQueueName(queue: string): string {
  return `${queue}-dead`
}

/** Make the queue and that of its dead jobs, where they are not there. */
export async function createQueues(boss: PgBoss, queue: string): Promise<void> {
  const dead = deadQueueName(queue)
  if ((await boss.getQueue(dead)) === null)
    await boss.createQueue(dead, {retryLimit: 1000, retentionSeconds: keepSeconds})
  if ((await boss.getQueue(queue)) !== null) return
  await boss.createQueue(queue, {
    deadLetter: dead,
    retryLimit: mostDeaths,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds: leaseSeconds,
    expireInSeconds: 23 * 3600,
    retentionSeconds: keepSeconds,
    deleteAfterSeconds: 3600,
  })
}

/** A year: a plan may wait. */
const keepSeconds = 365 * 24 * 3600

/** Jobs in one statement; a few megabytes. */
const jobsAtOnce = 200

/**
 * Enqueue a plan's pages, `batch` to a job.
 *
 * The key of a job is its plan: a column, where the data would have to be unpacked to tell.
 */
export async function insertBatches(
  boss: PgBoss,
  db: Db,
  queue: string,
  plan: string,
  pages: readonly PlannedPage[],
  batch: number,
): Promise<number> {
  let jobs: JobInsert[] = []
  let count = 0
  const send = async () => {
    if (jobs.length > 0) await boss.insert(queue, jobs, {db})
    count += jobs.length
    jobs = []
  }
  for (let first = 0; first < pages.length; first += batch) {
    jobs.push({singletonKey: plan, data: packJob({plan, pages: pages.slice(first, first + batch), failures: 0})})
    if (jobs.length === jobsAtOnce) await send()
  }
  await send()
  return count
}

/** Enqueue single pages; those that failed wait 2, 8, 32… seconds. They come before whole batches. */
export async function insertSingles(
  boss: PgBoss,
  db: Db,
  queue: string,
  plan: string,
  singles: readonly {readonly page: PlannedPage; readonly failures: number}[],
): Promise<void> {
  if (singles.length === 0) return
  const jobs = singles.map(({page, failures}) => ({
    singletonKey: plan,
    data: packJob({plan, pages: [page], failures}),
    priority: 1,
    ...(failures === 0 ? {} : {startAfter: 2 * 4 ** (failures - 1)}),
  }))
  await boss.insert(queue, jobs, {db})
}

/** A job as JSON: short, for there are many. */
export function packJob({plan, pages, failures}: JobData): object {
  return {
    plan,
    failures,
    pages: pages.map(({id, document, scan: {file, format, frame, sha256}, bytes, cost}) => [
      document,
      id,
      file,
      format,
      frame,
      sha256,
      bytes,
      cost,
    ]),
  }
}

/** Read a job's JSON; null where a hand or another version wrote it. */
export function unpackJob(data: unknown): JobData | null {
  const {plan, failures, pages} = (data ?? {}) as Fields
  if (!isHash(plan) || !Number.isSafeInteger(failures) || !Array.isArray(pages) || pages.length === 0) return null
  const read = pages.map(fields => {
    if (!Array.isArray(fields)) return null
    const [document, page, file, format, frame, sha256, bytes, cost] = fields
    return typeof document === 'string' ? parsePage({page, file, format, frame, sha256, bytes, cost}, document) : null
  })
  return read.every(page => page !== null) ? {plan, failures: Number(failures), pages: read} : null
}

/** Settle a job if it is still ours: false where it was given to another after a silence of ours. */
export async function settleJob(
  {boss}: Database,
  db: Db,
  queue: string,
  {id, retryCount}: {readonly id: string; readonly retryCount: number},
): Promise<boolean> {
  return affected(await boss.complete(queue, {id, retryCount}, null, {db})) === 1
}

/** Say that we are alive; false where the job is no longer ours. */
export async function touchJob(
  {boss}: Database,
  queue: string,
  {id, retryCount}: {readonly id: string; readonly retryCount: number},
): Promise<boolean> {
  return affected(await boss.touch(queue, {id, retryCount})) === 1
}

function affected(response: object): number {
  return 'affected' in response ? Number(response.affected) : 0
}
