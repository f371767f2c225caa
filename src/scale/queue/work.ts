import {performance} from 'node:perf_hooks'
import process from 'node:process'
import {setTimeout as wait} from 'node:timers/promises'
import {UserError} from '../../model.ts'
import type {PlannedPage} from '../plan.ts'
import {StoreError} from '../store/store.ts'
import {type Database, leaseSeconds} from './database.ts'
import {buryDead} from './dead.ts'
import {
  insertSingles,
  type JobData,
  loadJob,
  mostFailures,
  packJob,
  type QueuedPage,
  settleJob,
  touchJob,
} from './jobs.ts'
import {type DonePage, findDone, keepPage} from './tables.ts'

/**
 * Read one page and store what was read.
 *
 * Resolves with a failure where the page is at fault; rejects where something else is, and the page is to be tried again.
 */
export type WorkOnPage = (page: PlannedPage) => Promise<Pick<DonePage, 'recognition' | 'looks' | 'failure'>>

export interface WorkOptions {
  /** Pages in work at once. */
  readonly lanes: number
  /** End when the queue is empty, rather than wait for more. */
  readonly drain: boolean
  /** Bytes of memory of this process above which no further page is begun. */
  readonly memory: number
  /** Called with no page in work, where memory stays above its bound. */
  readonly freeMemory: () => Promise<void>
  readonly fingerprintOf: (page: PlannedPage) => string
  readonly onPage: (page: {readonly id: string; readonly failure: string | null}) => void
  /** Told what keeps the worker from going on, when it begins to. */
  readonly onTrouble: (reason: string) => void
}

/** A job in our hands. */
interface Held {
  readonly id: string
  readonly retryCount: number
  readonly data: JobData
  /** Pages that are neither done nor put off. */
  readonly left: Map<string, QueuedPage>
  /** Pages to be tried later, each in a job of its own. */
  readonly again: {page: QueuedPage; failures: number}[]
  /** True once another worker may have it: what we still do of it is lost labour, no more. */
  lost: boolean
}

/** Seconds between two looks into an empty queue. */
const pollSeconds = 1

/** Seconds for which database or store may be away before a worker gives up. */
const patienceSeconds = 120

/**
 * Read pages from a queue until told to stop.
 *
 * A worker that is killed at any moment loses nothing: its jobs come back after their lease, and what it had written down
 * stays. When `signal` is aborted the pages in work are finished and the others handed back.
 *
 * @returns
 *   Pages read and failed by this worker.
 * @throws UserError
 *   Where database or store stay away.
 */
export async function work(
  database: Database,
  queue: string,
  workOn: WorkOnPage,
  options: WorkOptions,
  signal: AbortSignal,
): Promise<{readonly read: number; readonly failed: number}> {
  const held = new Set<Held>()
  const tasks: {readonly job: Held; readonly page: QueuedPage}[] = []
  const counts = {read: 0, failed: 0}
  let inWork = 0
  let pulling: Promise<boolean> | null = null
  let ended = false
  let fatal: unknown = null
  const stopping = () => signal.aborted || fatal !== null || ended

  const beat = setInterval(
    () => {
      for (const job of held) {
        touchJob(database, queue, job).then(
          ours => {
            if (!ours) drop(job)
          },
          () => {},
        )
      }
    },
    (leaseSeconds * 1000) / 3,
  )

  const drop = (job: Held) => {
    job.lost = true
    held.delete(job)
  }

  /** Try until it works: what passes costs no page. A store that a person has to mend ends the worker at once. */
  const persist = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
    for (let delay = 0.5, start = performance.now(); ; delay = Math.min(delay * 2, 15)) {
      try {
        return await attempt()
      } catch (error) {
        if (error instanceof StoreError && !error.passing) throw error
        const reason = error instanceof Error ? error.message : String(error)
        if (delay === 0.5) options.onTrouble(reason)
        if ((performance.now() - start) / 1000 > patienceSeconds || fatal !== null || signal.aborted) throw error
        await wait(delay * 1000, undefined, {signal}).catch(() => {})
      }
    }
  }

  /** Take a job; false where there is none. */
  const pull = async (): Promise<boolean> => {
    const [job] = await persist(() => database.boss.fetch(queue, {batchSize: 1}))
    if (job === undefined) return false
    const data = await persist(() => loadJob(database.sql, job.data))
    if (data === null) {
      await persist(() =>
        database.boss.fail(queue, {id: job.id, retryCount: job.retryCount}, {message: 'unreadable job'}),
      )
      return true
    }
    const done = await persist(() =>
      findDone(
        database.sql,
        data.plan,
        data.pages.map(page => ({id: page.id, fingerprint: options.fingerprintOf(page)})),
      ),
    )
    const left = new Map<string, QueuedPage>()
    for (const page of data.pages) {
      const row = done.get(page.id)
      if (row === undefined) left.set(page.id, page)
      else if (row.plan !== data.plan) {
        const recognition = String(row.recognition)
        const looks = row.looks === null ? null : String(row.looks)
        await persist(() => keep(data.plan, page, {recognition, looks, failure: null, milliseconds: 0}))
      }
    }
    const mine: Held = {id: job.id, retryCount: job.retryCount, data, left, again: [], lost: false}
    held.add(mine)
    if (job.retryCount > 0 && left.size > 1) {
      // A worker died over it. If one of its pages is to blame, the others must not share its fate.
      mine.again.push(...[...left.values()].map(page => ({page, failures: data.failures})))
      left.clear()
    }
    if (left.size === 0) await settle(mine)
    else for (const page of left.values()) tasks.push({job: mine, page})
    return true
  }

  const keep = (plan: string, page: PlannedPage, done: Omit<DonePage, 'page' | 'fingerprint'>) =>
    keepPage(database.sql, plan, {page: page.id, fingerprint: options.fingerprintOf(page), ...done})

  /** Close a job, with what is left of it handed on; all or nothing, and nothing where it is no longer ours. */
  const settle = async (job: Held): Promise<void> => {
    await persist(() =>
      database.transaction(async db => {
        if (job.lost || !(await settleJob(database, db, queue, job))) return
        await insertSingles(database.boss, db, queue, job.data.plan, job.again)
        if (job.left.size > 0) {
          const data = packJob({...job.data, pages: [...job.left.values()]})
          await database.boss.insert(queue, [{data, singletonKey: job.data.plan, priority: 1}], {db})
        }
      }),
    )
    held.delete(job)
  }

  const next = async () => {
    for (;;) {
      if (stopping()) return null
      const task = tasks.shift()
      if (task !== undefined) {
        if (task.job.lost) continue
        return task
      }
      pulling ??= pull().finally(() => {
        pulling = null
      })
      if (await pulling) continue
      if (tasks.length > 0 || stopping()) continue
      await persist(() => buryDead(database, queue, options.fingerprintOf))
      if (options.drain && held.size === 0 && (await persist(() => isEmpty(database, queue)))) ended = true
      else await wait(pollSeconds * 1000, undefined, {signal}).catch(() => {})
    }
  }

  const doPage = async (job: Held, page: QueuedPage): Promise<void> => {
    const start = performance.now()
    const {recognition, looks, failure} = await persist(() => workOn(page))
    const milliseconds = performance.now() - start
    const failures = job.data.failures + 1
    if (failure !== null && failures < mostFailures) job.again.push({page, failures})
    else await persist(() => keep(job.data.plan, page, {recognition, looks, failure, milliseconds}))
    counts[failure === null ? 'read' : 'failed']++
    options.onPage({id: page.id, failure})
    job.left.delete(page.id)
    if (job.left.size === 0 && !job.lost) await settle(job)
  }

  const room = async () => {
    while (process.memoryUsage.rss() > options.memory && !stopping()) {
      if (inWork === 0) {
        await options.freeMemory()
        return
      }
      await wait(100)
    }
  }

  const lane = async () => {
    try {
      for (let task = await next(); task !== null; task = await next()) {
        await room()
        inWork++
        await doPage(task.job, task.page).finally(() => inWork--)
      }
    } catch (error) {
      fatal ??= error
    }
  }

  try {
    await Promise.all(Array.from({length: options.lanes}, lane))
    await pulling
    // What is not begun goes back at once rather than after its lease.
    for (const job of [...held]) await settle(job).catch(() => {})
  } catch (error) {
    fatal ??= error
  } finally {
    clearInterval(beat)
  }
  if (fatal === null || signal.aborted) return counts
  if (fatal instanceof UserError) throw fatal
  throw new UserError(`Cannot go on: ${fatal instanceof Error ? fatal.message : fatal}; pages that were read are kept`)
}

async function isEmpty({sql}: Database, queue: string): Promise<boolean> {
  const [row] = await sql(
    `SELECT EXISTS (SELECT FROM scanproof_queue.job WHERE name IN ($1, $1 || '-dead') AND state < 'completed') AS busy`,
    [queue],
  )
  return row?.busy === false
}
