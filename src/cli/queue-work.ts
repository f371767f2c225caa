import process from 'node:process'
import {readConfig} from '../config.ts'
import {
  demandPlans,
  type Engine,
  lanesFor,
  listPlans,
  openGuess,
  pageFingerprint,
  queueName,
  scansFrom,
  scansIn,
  toolFingerprint,
  visibleLine,
  work,
  workWith,
} from '../index.ts'
import {UserError} from '../model.ts'
import {version} from '../version.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {parseOptions} from './options.ts'
import {scansPlace, tell, theStore, withDatabase} from './queue-database.ts'
import {common} from './queue-options.ts'

export async function runWorker(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values} = parseOptions('queue', args, {
    ...common,
    ...engineOptions,
    store: {type: 'string'},
    jobs: {type: 'string'},
    scans: {type: 'string'},
    memory: {type: 'string'},
    drain: {type: 'boolean'},
  })
  const config = readConfig(values)
  const store = await theStore(values.store)
  const megabytes = Number(values.memory ?? 700 + 300 * config.jobs)
  if (!Number.isFinite(megabytes) || megabytes < 200) {
    throw new UserError(`Unexpected --memory \`${values.memory}\`, expected megabytes, at least 200`)
  }
  const source = scansPlace(values.scans) === 'store' ? scansFrom(store) : scansIn(config.root)
  return withDatabase(config, values.database, true, async database => {
    const guess = await openGuess(config)
    let engine: Engine = await openEngine(config)
    try {
      const fingerprint = toolFingerprint(engine.identity)
      demandPlans(await listPlans(database.sql), version, fingerprint)
      const done = await work(
        database,
        queueName(version, fingerprint),
        workWith(() => engine, source, store, config.jobs, guess),
        {
          lanes: lanesFor(config.jobs),
          drain: values.drain ?? false,
          memory: megabytes * 1e6,
          freeMemory: async () => {
            await engine.close()
            engine = await openEngine(config)
          },
          fingerprintOf: page => pageFingerprint(page, engine.identity),
          onPage: ({id, failure}) => {
            const state = failure === null ? '' : `: failed: ${visibleLine(failure)}`
            process.stderr.write(`  ${visibleLine(id)}${state}\n`)
          },
          onTrouble: tell,
        },
        signal,
      )
      process.stdout.write(`${done.read} pages read, ${done.failed} failed${signal.aborted ? ', stopped' : ''}\n`)
      return exitCodes.fine
    } finally {
      await engine.close()
    }
  })
}
