import type {Database} from './database.ts'
import {queueName} from './jobs.ts'
import {listPlans, type QueuedPlan} from './plans.ts'

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

/** Say how far each plan is, from the database alone. */
export async function readStatus(database: Database, mostFailures: number): Promise<readonly PlanStatus[]> {
  const {sql} = database
  const plans = await listPlans(database)
  const jobs = await sql(
    `SELECT name, singleton_key AS plan, count(*) FILTER (WHERE state = 'active') AS active, count(*) AS jobs
     FROM scanproof_queue.job WHERE state < 'completed' GROUP BY 1, 2`,
  )
  const all: PlanStatus[] = []
  for (const plan of plans) {
    const [count] = await sql(
      `SELECT count(*) AS done,
         (SELECT count(*) FROM scanproof.page WHERE plan = $1 AND failure IS NOT NULL) AS failed,
         count(*) FILTER (WHERE done_at > now() - interval '5 minutes') AS recent,
         extract(epoch FROM now() - min(done_at) FILTER (WHERE done_at > now() - interval '5 minutes')) AS seconds
       FROM scanproof.page WHERE plan = $1`,
      [plan.hash],
    )
    const failures = await sql(
      'SELECT page, failure FROM scanproof.page WHERE plan = $1 AND failure IS NOT NULL ORDER BY page LIMIT $2',
      [plan.hash, mostFailures],
    )
    const queue = queueName(plan.toolVersion, plan.fingerprint)
    const own = jobs.filter(job => job.plan === plan.hash && String(job.name).startsWith(queue))
    const done = Number(count?.done)
    const failed = Number(count?.failed)
    const seconds = Number(count?.seconds ?? 0)
    const rate = seconds > 0 ? Number(count?.recent) / seconds : 0
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
