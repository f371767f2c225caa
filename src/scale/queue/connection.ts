import {createRequire} from 'node:module'
import process from 'node:process'
import {UserError} from '../../model.ts'

export type Row = Readonly<Record<string, unknown>>

/** Asks a database something. */
export type Sql = (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>

/** What we use of the driver that pg-boss brings along. */
interface Driver {
  readonly Client: new (
    options: object,
  ) => {
    connect(): Promise<void>
    query(text: string, values: readonly unknown[]): Promise<{readonly rows: readonly Row[]}>
    end(): Promise<void>
    on(event: 'error', listener: () => void): void
  }
}

/**
 * Ask the database of a queue something, without what hands out work: a tenth of a second, where pg-boss takes a whole one.
 *
 * @throws UserError
 *   As `openDatabase`.
 */
export async function askDatabase<Result>(
  url: string,
  ask: (sql: Sql, place: string) => Promise<Result>,
): Promise<Result> {
  demandNode()
  const place = describeUrl(url)
  const {Client} = loadDriver()
  const client = new Client({connectionString: url, application_name: 'scanproof', connectionTimeoutMillis: 10_000})
  // A connection that breaks fails the query that waits for it.
  client.on('error', () => {})
  try {
    await client.connect()
    return await ask(async (text, values = []) => (await client.query(text, values)).rows, place)
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(explain(error, place))
  } finally {
    await client.end().catch(() => {})
  }
}

function loadDriver(): Driver {
  try {
    return createRequire(createRequire(import.meta.url).resolve('pg-boss'))('pg')
  } catch {
    throw missingPackage()
  }
}

export function missingPackage(): UserError {
  return new UserError('Cannot find the package `pg-boss`, expected it for queues, run `npm install pg-boss@12.35.0`')
}

/** The queue's package asks for a Node that all other commands do without. */
export function demandNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 12)) return
  throw new UserError(
    `Unexpected Node ${process.versions.node} for \`scanproof queue\`, expected 22.12 or newer, install it; all other commands run on this one, see \`scanproof run --shard\``,
  )
}

/** A database's address for people: no user, no password. */
export function describeUrl(url: string): string {
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
  '42P01': 'a table is missing, run `scanproof queue start` with it',
  '42703': 'its tables are of another version, run `scanproof queue start` with it',
  ECONNREFUSED: 'nothing listens there, start it',
  ENOTFOUND: 'no such host, see --database',
  ETIMEDOUT: 'no answer, see the network',
}
