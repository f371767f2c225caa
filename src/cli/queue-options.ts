import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {type Config, readQueueEnvironment} from '../config.ts'
import {UserError} from '../model.ts'

/** Flags of all that asks a queue. */
export const common = {
  root: {type: 'string'},
  out: {type: 'string'},
  config: {type: 'string'},
  database: {type: 'string'},
} as const

export const queueFolder = 'queue'

/** Where `queue start` says how its own database is reached. */
export function urlFile(config: Config): string {
  return join(config.out, queueFolder, 'url')
}

/**
 * The address of the database that a command was told of.
 *
 * @throws UserError
 *   Where it was told of none.
 */
export function databaseUrl(config: Config, flag: string | undefined): string {
  const given = flag ?? readQueueEnvironment().database
  if (given !== null) return given
  if (existsSync(urlFile(config))) return readFileSync(urlFile(config), 'utf8')
  throw new UserError(
    'Unexpected queue without a database, expected --database, SCANPROOF_DATABASE, or a running `scanproof queue start`',
  )
}
