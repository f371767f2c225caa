import process from 'node:process'
import type {Db, PgBoss} from 'pg-boss'
import {UserError} from '../../model.ts'
import {createTables, readTablesVersion, tablesVersion} from './tables.ts'

/** A database that is open, with the queue on it. */
export interface Database {
  readonly boss: PgBoss
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>
  /** Do all or nothing. */
  readonly transaction: <Result>(work: (db: Db) => Promise<Result>) => Promise<Result>
  readonly close: () => Promise<void>
}

export type Row = Readonly<Record<string, unknown>>

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
    throw new UserError('Cannot find the package `pg-boss`, expected it for queues, run `npm install pg-boss@12.35.0`')
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
    const sql: Database['sql'] = async (text, values = []) => (await db.executeSql(text, [...values])).rows
    if (install) await createTables(sql)
    const found = await readTablesVersion(sql)
    if (found !== tablesVersion) {
      throw new UserError(
        `Unexpected tables of version \`${found ?? 'none'}\` in \`${place}\`, expected \`${tablesVersion}\`: ${found === null || found < tablesVersion ? 'run `scanproof queue start` with it' : 'another scanproof made them, install a newer one here'}`,
      )
    }
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

/** The queue's package asks for a Node that all other commands do without. */
function demandNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 12)) return
  throw new UserError(
    `Unexpected Node ${process.versions.node} for \`scanproof queue\`, expected 22.12 or newer, install it; all other commands run on this one, see \`scanproof run --shard\``,
  )
}

/** A database's address for people: no user, no password. */
function describeUrl(url: string): string {
  try {
    const {protocol, host, pathname} = new URL(url)
    if (!/^postgres(?:ql)?:$/.test(protocol)) throw new Error(protocol)
    return `postgres://${host}${pathname}`
  } catch {
    throw new UserError('Unexpected --database, expected `postgres://user:password@host:port/database`')
  }
}

/** What PostgreSQL or the network says, for a person. */
export function explain(error: unknown, place: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message =
    error instanceof Error ? error.message || String((error as AggregateError).errors?.[0] ?? code) : String(error)
  const known = reasons[code]
  if (known !== undefined) return `Cannot use the database \`${place}\`: ${known}`
  if (/schema|migrat|not installed|version/i.test(message)) {
    return `Unexpected tables in \`${place}\` (${message}), expected those of this version, run \`scanproof queue start\` with it`
  }
  return `Cannot use the database \`${place}\`: ${message}`
}

const reasons: Readonly<Record<string, string>> = {
  '28P01': 'wrong user or password, see --database',
  '28000': 'this user may not connect, see --database and pg_hba.conf',
  '3D000': 'no such database, create it',
  '42501': 'this user may not make or use tables, grant it CREATE',
  '53100': 'its disk is full, make room; nothing is lost',
  '53300': 'too many connections, raise max_connections or run fewer workers',
  ECONNREFUSED: 'nothing listens there, start it',
  ENOTFOUND: 'no such host, see --database',
  ETIMEDOUT: 'no answer, see the network',
}
