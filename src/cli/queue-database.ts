import process from 'node:process'
import {type Config, readQueueEnvironment} from '../config.ts'
import {type Database, type ObjectStore, openDatabase, openStore, visibleLine} from '../index.ts'
import {UserError} from '../model.ts'
import {databaseUrl} from './queue-options.ts'

/** Open the database that a command was told of, for as long as `use` takes. */
export async function withDatabase<Result>(
  config: Config,
  flag: string | undefined,
  supervise: boolean,
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(databaseUrl(config, flag), {install: false, supervise}, tell)
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}

/** Open the store that a command was told of. */
export function theStore(flag: string | undefined): Promise<ObjectStore> {
  const {store, s3} = readQueueEnvironment()
  const place = flag ?? store
  if (place === null) {
    throw new UserError(
      'Unexpected queue without a store, expected --store or SCANPROOF_STORE, as in `file:/shared/scanproof` or `s3://bucket/prefix`',
    )
  }
  return openStore(place, s3)
}

/** Where `--scans` says that scans are read from. */
export function scansPlace(flag: string | undefined): 'store' | 'root' {
  if (flag === undefined || flag === 'store') return 'store'
  if (flag === 'root') return 'root'
  throw new UserError(`Unexpected --scans \`${flag}\`, expected \`store\` or \`root\``)
}

export function tell(message: string): void {
  process.stderr.write(`scanproof: ${visibleLine(message)}\n`)
}
