import type {PlannedPage} from '../plan.ts'
import type {Database} from './database.ts'
import {deadQueueName, insertSingles, loadJob, settleJob} from './jobs.ts'
import {findDone, keepPage} from './tables.ts'

/**
 * Write down the pages of jobs over which too many workers died: as failed, with that as the reason.
 *
 * A job of many pages is taken apart instead: which of them is to blame is not known.
 */
export async function buryDead(
  database: Database,
  queue: string,
  fingerprintOf: (page: PlannedPage) => string,
): Promise<void> {
  const dead = deadQueueName(queue)
  for (const job of await database.boss.fetch(dead, {batchSize: 20})) {
    const data = await loadJob(database.sql, job.data)
    const pages = (data?.pages ?? []).map(page => ({id: page.id, page, fingerprint: fingerprintOf(page)}))
    const plan = data?.plan ?? ''
    const done = await findDone(database.sql, plan, pages)
    const open = pages.filter(({id}) => !done.has(id))
    if (open.length === 1) {
      const [{id, fingerprint}] = open as [(typeof open)[number]]
      const failure =
        'The process that read it ended each time before it was done (out of memory, or a crash of the engine)'
      await keepPage(database.sql, plan, {
        page: id,
        fingerprint,
        recognition: null,
        looks: null,
        failure,
        milliseconds: 0,
      })
    }
    await database.transaction(async db => {
      if (!(await settleJob(database, db, dead, job))) return
      if (open.length > 1) {
        const singles = open.map(({page}) => ({page, failures: 0}))
        await insertSingles(database.boss, db, queue, plan, singles)
      }
    })
  }
}
