import type {Db} from 'pg-boss'
import {UserError} from '../../model.ts'
import type {ShardPage} from '../blob.ts'
import {type HashedPlan, type PlannedPage, parseFields, parsePlan, readPlanLines} from '../plan.ts'
import type {PlanFile} from '../plan-file.ts'
import type {Sql} from './connection.ts'
import type {Database} from './database.ts'
import {createQueues, insertBatches, insertSingles, type PlanPlace, type QueuedPage} from './jobs.ts'
import {type QueuedPlan, queueName} from './queued.ts'
import {findDone} from './tables.ts'

/** Pages and jobs of a plan that was added. */
export interface Added {
  /** All of the plan's. */
  readonly pages: number
  readonly jobs: number
}

/**
 * Put a plan into the queue, all of it or nothing. A plan that is there already: what of it is not done is added again.
 *
 * The plan is read once and never held, so a million pages need no more memory than a thousand.
 *
 * @param fingerprint
 *   Of engine and preparation.
 * @param batch
 *   Pages in a job, at most `mostPages`.
 * @throws UserError
 *   Where a line of the plan is none.
 */
export async function addPlan(
  database: Database,
  {hash, toolVersion, lines, name}: PlanFile,
  fingerprint: string,
  fingerprintOf: (page: PlannedPage) => string,
  batch: number,
): Promise<Added> {
  const queue = queueName(toolVersion, fingerprint)
  await createQueues(database.boss, queue)
  return database.transaction(async db => {
    // Two that add the same plan would enqueue it twice.
    await db.executeSql('SELECT pg_advisory_xact_lock(hashtext($1))', [hash])
    const {rows} = await db.executeSql('SELECT FROM scanproof.plan WHERE hash = $1', [hash])
    const isKnown = rows.length > 0
    const parts = partWriter(db, hash, isKnown)
    const count = {pages: 0, jobs: 0}
    let waiting: QueuedPage[] = []
    const send = async (end: boolean) => {
      const open = isKnown ? await notDone(database.sql, hash, waiting, fingerprintOf) : waiting
      const batches: QueuedPage[][] = []
      for (let first = 0; first < open.length; first += batch) batches.push(open.slice(first, first + batch))
      await insertBatches(database.boss, db, queue, hash, batches)
      count.jobs += batches.length
      waiting = []
      await parts.send(end)
    }
    const atOnce = pagesAtOnce - (pagesAtOnce % batch)
    let line = ''
    function* remembered() {
      for (line of lines()) yield line
    }
    for (const entry of readPlanLines(remembered(), name)) {
      const place = parts.add(line)
      if (!('page' in entry)) continue
      count.pages++
      waiting.push({...entry.page, ...place})
      if (waiting.length === atOnce) await send(false)
    }
    await send(true)
    await db.executeSql(
      `INSERT INTO scanproof.plan (hash, tool_version, fingerprint, pages) VALUES ($1, $2, $3, $4)
       ON CONFLICT (hash) DO NOTHING`,
      [hash, toolVersion, fingerprint, count.pages],
    )
    return count
  })
}

/** Pages that are asked after and enqueued together. */
const pagesAtOnce = 5000

/** Characters of a plan in a row, about: a worker reads one or two rows for a job. Jobs count lines by it: a change needs another version of the tables. */
const partLength = 1 << 16
/** Rows asked for together. */
const partsAtOnce = 16

/** Writes the lines of a plan into rows; a plan that is known lies there already, in the same rows. */
function partWriter(db: Db, plan: string, isKnown: boolean) {
  let rows: string[] = []
  let part = 0
  let lines: string[] = []
  let length = 0
  const close = () => {
    rows.push([...lines, ''].join('\n'))
    part++
    lines = []
    length = 0
  }
  return {
    /** Gives the place of the line. */
    add(line: string): PlanPlace {
      const place = {part, line: lines.length}
      lines.push(line)
      length += line.length + 1
      if (length >= partLength) close()
      return place
    },
    /** Writes the rows that are full, at the `end` all that there are. */
    async send(end: boolean): Promise<void> {
      if (end && lines.length > 0) close()
      if (isKnown) rows = []
      if (rows.length === 0) return
      // Each row by itself: an array of them would have to be quoted, which takes longer than all else.
      const values = rows.map((_, at) => `($1, ${part - rows.length + at}, $${at + 2})`).join(', ')
      await db.executeSql(`INSERT INTO scanproof.plan_part (plan, part, lines) VALUES ${values}`, [plan, ...rows])
      rows = []
    },
  }
}

/** The rows of a plan, in order, each as it was written. */
async function* partsOf(sql: Sql, plan: string): AsyncGenerator<string> {
  for (let first = 0; ; first += partsAtOnce) {
    const rows = await sql(
      'SELECT lines FROM scanproof.plan_part WHERE plan = $1 AND part >= $2 AND part < $3 ORDER BY part',
      [plan, first, first + partsAtOnce],
    )
    for (const {lines} of rows) yield String(lines)
    if (rows.length < partsAtOnce) return
  }
}

/**
 * Read a plan back.
 *
 * @throws UserError
 *   Where it is not as it was added.
 */
export async function loadPlan({sql}: Database, hash: string): Promise<HashedPlan> {
  const parts: Uint8Array[] = []
  for await (const lines of partsOf(sql, hash)) parts.push(Buffer.from(lines))
  const name = `plan ${hash.slice(0, 12)}`
  const plan = parsePlan(Buffer.concat(parts), name)
  if (plan.hash !== hash)
    throw new UserError(`Unexpected content of ${name} in the database, expected what was added, add it again`)
  return plan
}

async function notDone(
  sql: Sql,
  plan: string,
  pages: readonly QueuedPage[],
  fingerprintOf: (page: PlannedPage) => string,
): Promise<readonly QueuedPage[]> {
  const asked = pages.map(page => ({id: page.id, fingerprint: fingerprintOf(page)}))
  const done = await findDone(sql, plan, asked)
  return pages.filter(({id}) => !done.has(id))
}

/** What the database says of a plan's pages, as a shard's blob would. */
export async function donePages({sql}: Database, plan: string): Promise<readonly ShardPage[]> {
  const rows = await sql(
    'SELECT page, fingerprint, recognition, looks, failure FROM scanproof.page WHERE plan = $1 ORDER BY page',
    [plan],
  )
  return rows.map(({page, fingerprint, recognition, looks, failure}) => ({
    page: String(page),
    fingerprint: String(fingerprint),
    recognition: recognition === null ? null : String(recognition),
    looks: looks === null ? null : String(looks),
    failure: failure === null ? null : String(failure),
  }))
}

/** Try the failed pages of a plan once more; gives how many. */
export async function retryFailed(database: Database, plan: QueuedPlan): Promise<number> {
  const {hash, toolVersion, fingerprint} = plan
  return database.transaction(async db => {
    const {rows} = await db.executeSql(
      'DELETE FROM scanproof.page WHERE plan = $1 AND failure IS NOT NULL RETURNING page',
      [hash],
    )
    const failed = new Set(rows.map(row => row.page))
    const singles: {readonly page: PlanPlace; readonly failures: number}[] = []
    let part = 0
    for await (const lines of partsOf(database.sql, hash)) {
      for (const [line, text] of lines.split('\n').entries()) {
        if (failed.has(parseFields(text)?.page)) singles.push({page: {part, line}, failures: 0})
      }
      part++
    }
    await insertSingles(database.boss, db, queueName(toolVersion, fingerprint), hash, singles)
    return singles.length
  })
}
