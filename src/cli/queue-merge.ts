import process from 'node:process'
import {readConfig} from '../config.ts'
import {choosePlan, donePages, listPlans, loadPlan, retryFailed, storedReadings} from '../index.ts'
import {engineOptions} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {parseFormats} from './format.ts'
import {mergeAndReport} from './merge.ts'
import {formatOptions, parseOptions} from './options.ts'
import {theStore, withDatabase} from './queue-database.ts'
import {common} from './queue-options.ts'
import {reportFormats} from './reports.ts'

export async function retry(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('queue', args, common)
  const config = readConfig(values)
  return withDatabase(config, values.database, false, async database => {
    const queued = choosePlan(await listPlans(database.sql), positionals[0] ?? null)
    const count = await retryFailed(database, queued)
    process.stdout.write(`${count} failed pages of plan ${queued.hash.slice(0, 12)} will be tried again\n`)
    return exitCodes.fine
  })
}

export async function merge(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('queue', args, {
    ...common,
    ...engineOptions,
    store: {type: 'string'},
    ...formatOptions,
  })
  const formats = parseFormats(values, reportFormats, 'text')
  const config = readConfig(values)
  const store = await theStore(values.store)
  return withDatabase(config, values.database, false, async database => {
    const {hash, toolVersion, fingerprint} = choosePlan(await listPlans(database.sql), positionals[0] ?? null)
    const label = `plan ${hash.slice(0, 12)}`
    const plan = await loadPlan(database, hash)
    const pages = await donePages(database, hash)
    const blob = {
      schemaVersion: 1,
      toolVersion,
      planHash: hash,
      fingerprint,
      shard: {index: 1, count: 1},
      pages,
    } as const
    const read = storedReadings(store)
    return mergeAndReport(config, plan, [{name: label, blob}], [], read, formats, signal)
  })
}
