import type {Db, PgBoss} from 'pg-boss'
import {UserError} from '../../model.ts'
import {demandNode, describeUrl, explain, missingPackage, type Sql} from './connection.ts'
import {createTables, demandTables} from './tables.ts'

/** A database that is open, with the queue on it. */
export interface Database {
  readonly boss: PgBoss
  readonly sql: Sql
  /** Do all or nothing. */
  readonly transaction: <Result>(work: (db: Db) => Promise<Result>) => Promise<Result>
  readonly close: () => Promise<void>
}

/** pg-boss keeps its tables in a schema of its own, so that another pg-boss in the same database is not disturbed. */
const bossSchema = 'scanproof_queue'

/** Seconds without a beat after which a worker counts as dead; pg-boss takes no less than 10. */
export const leaseSeconds = 15

/** Seconds between two looks for dead workers. */
export const monitorSeconds = 5

/**
 * Open the database of a queue.
 *
 * @param url
 *   As in `postgres://user:password@host/database`; its password is never shown.
 * @param options
 *   `install`: make or bring up to date the tables; else a database without them, or with those of another version, is
 *   refused. `supervise`: look for dead workers; every worker does.
 * @param onError
 *   Told of what goes wrong in the background; the connection is taken up again by itself.
 * @throws UserError
 *   For this Node, a missing package, an address that is none, a database that cannot be reached or does not let us in.
 */
export async function openDatabase(
  url: string,
  {install, supervise}: {readonly install: boolean; readonly supervise: boolean},
  onError: (message: string) => void,
): Promise<Database> {
  demandNode()
  const place = describeUrl(url)
  const {PgBoss} = await import('pg-boss').catch(() => {
    throw missingPackage()
  })
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'scanproof',
    schema: bossSchema,
    max: 4,
    connectionTimeoutMillis: 10_000,
    migrate: install,
    createSchema: install,
    schedule: false,
    supervise,
    superviseIntervalSeconds: monitorSeconds,
    monitorIntervalSeconds: monitorSeconds,
    monitorVacuum: false,
    reindex: false,
  })
  boss.on('error', error => onError(explain(error, place)))
  const close = () => boss.stop({graceful: false, close: true}).catch(() => {})
  try {
    await boss.start()
    const db = boss.getDb()
    const sql: Sql = async (text, values = []) => (await db.executeSql(text, [...values])).rows
    if (install) await createTables(sql)
    await demandTables(sql, place)
    return {boss, sql, transaction: work => inTransaction(boss, work), close}
  } catch (error) {
    await close()
    throw error instanceof UserError ? error : new UserError(explain(error, place))
  }
}

async function inTransaction<Result>(boss: PgBoss, work: (db: Db) => Promise<Result>): Promise<Result> {
  const transaction = await boss.getDb().beginTransaction?.()
  if (transaction === undefined) throw new Error('Unexpected database without transactions')
  try {
    const result = await work(transaction.db)
    await transaction.commit()
    return result
  } catch (error) {
    await transaction.rollback()
    throw error
  }
}
