import type {Db, PgBoss} from 'pg-boss'
import {type Fields, isHash, isName, type PlannedPage, parseFields, parsePage} from '../plan.ts'
import type {Sql} from './connection.ts'
import {type Database, leaseSeconds} from './database.ts'

/** A page of a plan, and where in the database its line is. */
export interface QueuedPage extends PlannedPage, PlanPlace {}

/** A line of a plan in the database; both count from 0. */
export interface PlanPlace {
  readonly part: number
  readonly line: number
}

/** What a job tells a worker: pages of a plan. The job itself holds only where they are, so that a million are soon enqueued. */
export interface JobData {
  readonly plan: string
  readonly pages: readonly QueuedPage[]
  /** How often its page has failed; jobs of many pages are at their first try. */
  readonly failures: number
}

/** Times that workers may die over a job before it is given up. */
const mostDeaths = 5

/** Times a page is tried that fails. */
export const mostFailures = 3

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

/** Enqueue jobs of many pages, each given as the places of its pages. */
export async function insertBatches(
  boss: PgBoss,
  db: Db,
  queue: string,
  plan: string,
  batches: readonly (readonly PlanPlace[])[],
): Promise<void> {
  // The key of a job is its plan: a column, where the data would have to be unpacked to tell.
  const jobs = batches.map(pages => ({singletonKey: plan, data: packJob({plan, pages, failures: 0})}))
  if (jobs.length > 0) await boss.insert(queue, jobs, {db})
}

/** Enqueue single pages; those that failed wait 2, 8, 32… seconds. They come before whole batches. */
export async function insertSingles(
  boss: PgBoss,
  db: Db,
  queue: string,
  plan: string,
  singles: readonly {readonly page: PlanPlace; readonly failures: number}[],
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

/** A job as JSON: where its pages are, as runs of lines `[part, first, count]`. */
export function packJob({
  plan,
  pages,
  failures,
}: Pick<JobData, 'plan' | 'failures'> & {readonly pages: readonly PlanPlace[]}): object {
  const runs: [part: number, first: number, count: number][] = []
  for (const {part, line} of pages) {
    const last = runs.at(-1)
    if (last !== undefined && last[0] === part && last[1] + last[2] === line) last[2]++
    else runs.push([part, line, 1])
  }
  return {plan, failures, runs}
}

/** Read a job's JSON and the pages it means; null where a hand or another version wrote it. */
export async function loadJob(sql: Sql, data: unknown): Promise<JobData | null> {
  const {plan, failures, runs} = (data ?? {}) as Fields
  if (!isHash(plan) || !Number.isSafeInteger(failures) || !Array.isArray(runs) || !runs.every(isRun)) return null
  const parts = [...new Set(runs.map(([part]) => part))]
  const rows = await sql('SELECT part, lines FROM scanproof.plan_part WHERE plan = $1 AND part = ANY($2)', [
    plan,
    parts,
  ])
  const lines = new Map(rows.map(row => [Number(row.part), String(row.lines).split('\n')]))
  const pages: QueuedPage[] = []
  for (const [part, first, count] of runs) {
    for (let line = first; line < first + count; line++) {
      const fields = parseFields(lines.get(part)?.[line] ?? '')
      const [document = ''] = String(fields?.page).split('/')
      const page = fields === null ? null : parsePage(fields, document)
      if (page === null || !isName(document)) return null
      pages.push({...page, part, line})
    }
  }
  return pages.length === 0 ? null : {plan, failures: Number(failures), pages}
}

/** Pages in one job, at most. */
export const mostPages = 1000

function isRun(value: unknown): value is readonly [part: number, first: number, count: number] {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    value.every(number => Number.isSafeInteger(number) && number >= 0) &&
    value[2] <= mostPages
  )
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
