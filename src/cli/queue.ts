import {existsSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {type Config, readConfig, readQueueEnvironment} from '../config.ts'
import {
  addPlan,
  choosePlan,
  type Database,
  demandPlans,
  donePages,
  type Engine,
  lanesFor,
  listPlans,
  loadPlan,
  type ObjectStore,
  openDatabase,
  openStore,
  pageFingerprint,
  planAndHash,
  queueName,
  readStatus,
  readStored,
  retryFailed,
  type ShardPage,
  scansFrom,
  scansIn,
  startEmbedded,
  toolFingerprint,
  uploadScans,
  visibleLine,
  work,
  workWith,
} from '../index.ts'
import {UserError} from '../model.ts'
import {version} from '../version.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {parseFormats} from './format.ts'
import {mergeAndReport} from './merge.ts'
import {nearest, parseOptions} from './options.ts'
import {readPlan} from './plan-file.ts'
import {describeStatus} from './queue-status.ts'
import {reportFormats} from './reports.ts'
import {writeWhole} from './write.ts'

const actions = {start, add, work: runWorker, status, retry, merge}

export async function queue(args: readonly string[], signal: AbortSignal): Promise<number> {
  const [name = '', ...rest] = args
  if (!Object.hasOwn(actions, name)) {
    const near = nearest(name, Object.keys(actions))
    throw new UserError(
      `Unexpected \`queue ${name}\`, expected one of ${Object.keys(actions).join(', ')}${near === null ? '' : `, perhaps \`${near}\``}, see \`scanproof queue --help\``,
    )
  }
  return actions[name as keyof typeof actions](rest, signal)
}

const common = {
  root: {type: 'string'},
  out: {type: 'string'},
  config: {type: 'string'},
  database: {type: 'string'},
} as const

async function start(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values} = parseOptions('queue', args, {...common, port: {type: 'string'}})
  const config = readConfig(values)
  const given = values.database ?? readQueueEnvironment().database
  if (given !== null) {
    const database = await openDatabase(given, {install: true, supervise: false}, tell)
    await database.close()
    process.stdout.write('The queue is ready\n')
    return exitCodes.fine
  }
  const port = Number(values.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UserError(`Unexpected --port \`${values.port}\`, expected a number from 0 to 65535`)
  }
  const embedded = await startEmbedded(join(config.out, queueFolder), port)
  try {
    const database = await openDatabase(embedded.url, {install: true, supervise: false}, tell)
    await database.close()
    writeWhole(urlFile(config), embedded.url, 0o600)
    process.stdout.write(
      `The queue is ready, until this ends; its address is in ${urlFile(config)}, its data in ${embedded.folder}\n`,
    )
    await new Promise<void>(resolve => {
      signal.addEventListener('abort', () => resolve(), {once: true})
      embedded.process.once('exit', () => resolve())
      if (signal.aborted) resolve()
    })
  } finally {
    rmSync(urlFile(config), {force: true})
    await embedded.stop()
  }
  return exitCodes.fine
}

async function add(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('queue', args, {
    ...common,
    ...engineOptions,
    store: {type: 'string'},
    plan: {type: 'string'},
    batch: {type: 'string'},
    scans: {type: 'string'},
  })
  const config = readConfig(values)
  const batch = Number(values.batch ?? 50)
  if (!Number.isInteger(batch) || batch < 1 || batch > 1000) {
    throw new UserError(
      `Unexpected --batch \`${values.batch}\`, expected a number of pages from 1 to 1000, best 25 to 100`,
    )
  }
  const inStore = scansPlace(values.scans) === 'store'
  const store = await theStore(values.store)
  return withDatabase(config, values.database, false, async database => {
    const plan =
      values.plan === undefined ? await planAndHash(config.root, positionals, version) : readPlan(values.plan)
    if (plan.plan.toolVersion !== version) {
      throw new UserError(
        `Unexpected plan by scanproof \`${plan.plan.toolVersion}\`, expected \`${version}\`, make it again`,
      )
    }
    const identity = await engineIdentity(config)
    const put = inStore ? await uploadScans(plan.plan, config.root, store) : 0
    const fingerprintOf = (page: Parameters<typeof pageFingerprint>[0]) => pageFingerprint(page, identity)
    const jobs = await addPlan(database, plan, toolFingerprint(identity), fingerprintOf, batch)
    const pages = plan.plan.documents.reduce((sum, {pages}) => sum + pages.length, 0)
    const scans = inStore ? `, ${put} scan files put into the store` : ''
    process.stdout.write(`Plan ${plan.hash.slice(0, 12)}: ${pages} pages, ${jobs} jobs added${scans}\n`)
    return exitCodes.fine
  })
}

async function runWorker(args: readonly string[], signal: AbortSignal): Promise<number> {
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
    let engine: Engine = await openEngine(config)
    try {
      const fingerprint = toolFingerprint(engine.identity)
      demandPlans(await listPlans(database), version, fingerprint)
      const done = await work(
        database,
        queueName(version, fingerprint),
        workWith(() => engine, source, store, config.jobs),
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

async function status(args: readonly string[]): Promise<number> {
  const {values} = parseOptions('queue', args, {...common, json: {type: 'boolean'}})
  const config = readConfig(values)
  return withDatabase(config, values.database, false, async database => {
    const plans = await readStatus(database, values.json ? 1_000_000 : 20)
    process.stdout.write(values.json ? `${JSON.stringify(plans, null, 2)}\n` : describeStatus(plans, version))
    return plans.some(({failed}) => failed > 0) ? exitCodes.incomplete : exitCodes.fine
  })
}

async function retry(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('queue', args, common)
  const config = readConfig(values)
  return withDatabase(config, values.database, false, async database => {
    const queued = choosePlan(await listPlans(database), positionals[0] ?? null)
    const plan = await loadPlan(database, queued.hash)
    const count = await retryFailed(database, plan, queued.fingerprint)
    process.stdout.write(`${count} failed pages of plan ${queued.hash.slice(0, 12)} will be tried again\n`)
    return exitCodes.fine
  })
}

async function merge(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('queue', args, {
    ...common,
    ...engineOptions,
    store: {type: 'string'},
    format: {type: 'string', multiple: true},
    json: {type: 'boolean'},
  })
  const formats = parseFormats(values, reportFormats, 'text')
  const config = readConfig(values)
  const store = await theStore(values.store)
  return withDatabase(config, values.database, false, async database => {
    const {hash, toolVersion, fingerprint} = choosePlan(await listPlans(database), positionals[0] ?? null)
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
    const read = ({page}: {readonly page: ShardPage}) => readStored(store, page.recognition ?? '')
    return mergeAndReport(config, plan, [{name: label, blob}], [], read, formats, signal)
  })
}

/** Open the database that a command was told of, for as long as `use` takes. */
async function withDatabase<Result>(
  config: Config,
  flag: string | undefined,
  supervise: boolean,
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  const url = flag ?? readQueueEnvironment().database ?? readUrl(config)
  const database = await openDatabase(url, {install: false, supervise}, tell)
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}

/** Open the store that a command was told of. */
function theStore(flag: string | undefined): Promise<ObjectStore> {
  const {store, s3} = readQueueEnvironment()
  const place = flag ?? store
  if (place === null) {
    throw new UserError(
      'Unexpected queue without a store, expected --store or SCANPROOF_STORE, as in `file:/shared/scanproof` or `s3://bucket/prefix`',
    )
  }
  return openStore(place, s3)
}

async function engineIdentity(config: Config): Promise<Engine['identity']> {
  const engine = await openEngine(config)
  await engine.close()
  return engine.identity
}

const queueFolder = 'queue'

function urlFile(config: Config): string {
  return join(config.out, queueFolder, 'url')
}

function readUrl(config: Config): string {
  if (existsSync(urlFile(config))) return readFileSync(urlFile(config), 'utf8')
  throw new UserError(
    'Unexpected queue without a database, expected --database, SCANPROOF_DATABASE, or a running `scanproof queue start`',
  )
}

function scansPlace(flag: string | undefined): 'store' | 'root' {
  if (flag === undefined || flag === 'store') return 'store'
  if (flag === 'root') return 'root'
  throw new UserError(`Unexpected --scans \`${flag}\`, expected \`store\` or \`root\``)
}

function tell(message: string): void {
  process.stderr.write(`scanproof: ${visibleLine(message)}\n`)
}
