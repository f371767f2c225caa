import {askDatabase, type Sql} from './connection.ts'
import {listPlans, type QueuedPlan, queueName} from './queued.ts'
import {demandTables} from './tables.ts'

export interface PlanStatus extends QueuedPlan {
  readonly read: number
  readonly failed: number
  /** Pages a second over the last five minutes; 0 where none was done. */
  readonly rate: number
  /** Seconds until all is done at that rate; null where it cannot be told. */
  readonly secondsLeft: number | null
  /** Jobs that a worker holds. */
  readonly activeJobs: number
  /** Jobs that wait, those for a later try among them. */
  readonly waitingJobs: number
  /** Pages given up, with the reason; the first of them. */
  readonly failures: readonly {readonly page: string; readonly reason: string}[]
}

/**
 * Say how far each plan is, from the database alone.
 *
 * @param mostFailures
 *   Given-up pages to name for each plan.
 * @throws UserError
 *   As `openDatabase`.
 */
export async function askStatus(url: string, mostFailures: number): Promise<readonly PlanStatus[]> {
  return askDatabase(url, async (sql, place) => {
    await demandTables(sql, place)
    return readStatus(sql, mostFailures)
  })
}

async function readStatus(sql: Sql, mostFailures: number): Promise<readonly PlanStatus[]> {
  const plans = await listPlans(sql)
  const jobs = await sql(
    `SELECT name, singleton_key AS plan, count(*) FILTER (WHERE state = 'active') AS active, count(*) AS jobs
     FROM scanproof_queue.job WHERE state < 'completed' GROUP BY 1, 2`,
  )
  const all: PlanStatus[] = []
  for (const plan of plans) {
    const [count] = await sql(
      'SELECT coalesce(sum(done), 0) AS done, coalesce(sum(failed), 0) AS failed FROM scanproof.tally WHERE plan = $1',
      [plan.hash],
    )
    const [pace] = await sql(
      `SELECT count(*) AS recent, extract(epoch FROM now() - min(done_at)) AS seconds
       FROM scanproof.page WHERE plan = $1 AND done_at > now() - interval '5 minutes'`,
      [plan.hash],
    )
    const done = Number(count?.done)
    const failed = Number(count?.failed)
    const failures =
      failed === 0
        ? []
        : await sql(
            'SELECT page, failure FROM scanproof.page WHERE plan = $1 AND failure IS NOT NULL ORDER BY page LIMIT $2',
            [plan.hash, mostFailures],
          )
    const queue = queueName(plan.toolVersion, plan.fingerprint)
    const own = jobs.filter(job => job.plan === plan.hash && String(job.name).startsWith(queue))
    const seconds = Number(pace?.seconds ?? 0)
    const rate = seconds > 0 ? Number(pace?.recent) / seconds : 0
    const left = plan.pages - done
    const activeJobs = own.reduce((sum, {active}) => sum + Number(active), 0)
    all.push({
      ...plan,
      read: done - failed,
      failed,
      rate,
      secondsLeft: left === 0 ? 0 : rate > 0 ? left / rate : null,
      activeJobs,
      waitingJobs: own.reduce((sum, {jobs: some}) => sum + Number(some), 0) - activeJobs,
      failures: failures.map(row => ({page: String(row.page), reason: String(row.failure)})),
    })
  }
  return all
}
