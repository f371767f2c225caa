import type {Db} from 'pg-boss'
import {UserError} from '../../model.ts'
import type {ShardPage} from '../blob.ts'
import {type HashedPlan, inChunks, type Plan, type PlannedPage, pagesOf, parsePlan, planLines} from '../plan.ts'
import type {Database} from './database.ts'
import {createQueues, insertBatches, insertSingles, queueName} from './jobs.ts'
import {findDone} from './tables.ts'

/** A plan in the database. */
export interface QueuedPlan {
  readonly hash: string
  readonly toolVersion: string
  readonly fingerprint: string
  readonly pages: number
}

/**
 * Put a plan into the queue, all of it or nothing. A plan that is there already: what of it is not done is added again.
 *
 * @param fingerprint
 *   Of engine and preparation.
 * @param batch
 *   Pages in a job.
 * @returns
 *   Jobs added.
 */
export async function addPlan(
  database: Database,
  {plan, hash}: HashedPlan,
  fingerprint: string,
  fingerprintOf: (page: PlannedPage) => string,
  batch: number,
): Promise<number> {
  const queue = queueName(plan.toolVersion, fingerprint)
  await createQueues(database.boss, queue)
  const pages = pagesOf(plan)
  const [known] = await database.sql('SELECT 1 FROM scanproof.plan WHERE hash = $1', [hash])
  const open = known === undefined ? pages : await notDone(database, hash, pages, fingerprintOf)
  return database.transaction(async db => {
    await db.executeSql(
      `INSERT INTO scanproof.plan (hash, tool_version, fingerprint, pages) VALUES ($1, $2, $3, $4)
       ON CONFLICT (hash) DO NOTHING`,
      [hash, plan.toolVersion, fingerprint, pages.length],
    )
    if (known === undefined) await keepPlan(db, hash, plan)
    return insertBatches(database.boss, db, queue, hash, open, batch)
  })
}

/** Keep a plan's file, a megabyte a row: it may be larger than what a text can hold. */
async function keepPlan(db: Db, hash: string, plan: Plan): Promise<void> {
  let part = 0
  for (const lines of inChunks(planLines(plan))) {
    await db.executeSql(
      'INSERT INTO scanproof.plan_part (plan, part, lines) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [hash, part++, lines],
    )
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
  for (let part = 0; ; part++) {
    const [row] = await sql('SELECT lines FROM scanproof.plan_part WHERE plan = $1 AND part = $2', [hash, part])
    if (row === undefined) break
    parts.push(Buffer.from(String(row.lines)))
  }
  const name = `plan ${hash.slice(0, 12)}`
  const plan = parsePlan(Buffer.concat(parts), name)
  if (plan.hash !== hash)
    throw new UserError(`Unexpected content of ${name} in the database, expected what was added, add it again`)
  return plan
}

async function notDone(
  database: Database,
  plan: string,
  pages: readonly PlannedPage[],
  fingerprintOf: (page: PlannedPage) => string,
): Promise<readonly PlannedPage[]> {
  const open: PlannedPage[] = []
  for (let first = 0; first < pages.length; first += 10_000) {
    const some = pages.slice(first, first + 10_000)
    const done = await findDone(
      database.sql,
      plan,
      some.map(page => ({id: page.id, fingerprint: fingerprintOf(page)})),
    )
    open.push(...some.filter(({id}) => !done.has(id)))
  }
  return open
}

/** Plans in the order in which they were added. */
export async function listPlans({sql}: Database): Promise<readonly QueuedPlan[]> {
  const rows = await sql('SELECT hash, tool_version, fingerprint, pages FROM scanproof.plan ORDER BY added_at, hash')
  return rows.map(row => ({
    hash: String(row.hash),
    toolVersion: String(row.tool_version),
    fingerprint: String(row.fingerprint),
    pages: Number(row.pages),
  }))
}

/**
 * See that there is work for this program.
 *
 * @throws UserError
 *   Where no plan was added, or only plans that another version or engine has to read.
 */
export function demandPlans(plans: readonly QueuedPlan[], toolVersion: string, fingerprint: string): void {
  if (plans.length === 0)
    throw new UserError('Unexpected queue without a plan, expected one, run `scanproof queue add`')
  if (plans.some(plan => plan.toolVersion === toolVersion && plan.fingerprint === fingerprint)) return
  const versions = [...new Set(plans.map(plan => plan.toolVersion))].filter(version => version !== toolVersion)
  throw new UserError(
    versions.length > 0
      ? `Unexpected plans by scanproof ${versions.map(version => `\`${version}\``).join(', ')}, expected \`${toolVersion}\`, which runs here: install theirs here, or add the plan again with this one`
      : 'Unexpected plans for another engine, model or preparation than those of this worker, expected the same, see --engine, --lang and --tessdata',
  )
}

/** Choose a plan by the beginning of its hash; the one that was added last where none is asked for. */
export function choosePlan(plans: readonly QueuedPlan[], start: string | null): QueuedPlan {
  const fitting = start === null ? plans.slice(-1) : plans.filter(({hash}) => hash.startsWith(start))
  const [plan] = fitting
  if (plan !== undefined && fitting.length === 1) return plan
  const known = plans.map(({hash}) => `\`${hash.slice(0, 12)}\``).join(', ') || 'none, run `scanproof queue add`'
  throw new UserError(`Unexpected plan \`${start ?? ''}\`, expected one of ${known}`)
}

/** What the database says of a plan's pages, as a shard's blob would. */
export async function donePages({sql}: Database, plan: string): Promise<readonly ShardPage[]> {
  const rows = await sql(
    'SELECT page, fingerprint, recognition, failure FROM scanproof.page WHERE plan = $1 ORDER BY page',
    [plan],
  )
  return rows.map(({page, fingerprint, recognition, failure}) => ({
    page: String(page),
    fingerprint: String(fingerprint),
    recognition: recognition === null ? null : String(recognition),
    failure: failure === null ? null : String(failure),
  }))
}

/** Try the failed pages of a plan once more; gives how many. */
export async function retryFailed(database: Database, {plan, hash}: HashedPlan, fingerprint: string): Promise<number> {
  const queue = queueName(plan.toolVersion, fingerprint)
  const pages = new Map(pagesOf(plan).map(page => [page.id, page]))
  return database.transaction(async db => {
    const {rows} = await db.executeSql(
      'DELETE FROM scanproof.page WHERE plan = $1 AND failure IS NOT NULL RETURNING page',
      [hash],
    )
    const singles = rows.flatMap(row => {
      const page = pages.get(String(row.page))
      return page === undefined ? [] : [{page, failures: 0}]
    })
    await insertSingles(database.boss, db, queue, hash, singles)
    return singles.length
  })
}
