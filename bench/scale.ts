/**
 * What spreading work costs: `npm run bench:scale -- [plan|status|overhead|workers|kill] [--pages N] [--kills N] [--workers N]`.
 *
 * Each part prints a row for docs/scale.md. All of it runs on this machine, the database too; seeded.
 */
import {spawn, spawnSync} from 'node:child_process'
import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {performance} from 'node:perf_hooks'
import process from 'node:process'
import {parseArgs} from 'node:util'
import {startEmbedded} from '../src/scale/queue/embedded.ts'
import {makeTiff} from '../tests/read/fixtures.ts'
import {killRun, program, reportsOf} from '../tests/scale/kill-run.ts'
import {node22} from '../tests/scale/node22.ts'
import {makeFullCorpus, makeQuickCorpus} from '../tests/scale/queue-corpus.ts'
import {sql} from '../tests/scale/sql.ts'

const {values, positionals} = parseArgs({
  args: process.argv.slice(2),
  options: {pages: {type: 'string'}, kills: {type: 'string'}, workers: {type: 'string'}, seed: {type: 'string'}},
  allowPositionals: true,
})
const seed = Number(values.seed ?? 1)
if (node22 === null) throw new Error('No Node 22 in tests/node22, see `npm test`')
const node = node22
const parts = {plan: planAndStatus, overhead, workers, kill}
const base = mkdtempSync(join(tmpdir(), 'scanproof-bench-'))
chmodSync(base, 0o711)
try {
  for (const name of positionals.length === 0 ? Object.keys(parts) : positionals) {
    await parts[name as keyof typeof parts]()
  }
} finally {
  rmSync(base, {recursive: true, force: true})
}

/** A million pages in files of a thousand: planned, enqueued, and asked after. */
async function planAndStatus(): Promise<void> {
  const pages = Number(values.pages ?? 1_000_000)
  const root = join(base, 'many')
  mkdirSync(join(root, 'scans'), {recursive: true})
  mkdirSync(join(root, 'transcripts'))
  const perFile = Math.min(1000, pages)
  const tiff = makeTiff(Array.from({length: perFile}, () => ({})))
  for (let file = 0; file < pages / perFile; file++) {
    writeFileSync(join(root, `scans/volume-${file}.tif`), Buffer.concat([tiff, Buffer.from(`volume ${file}`)]))
  }
  const server = await startEmbedded(join(base, 'server'), 0)
  const env = {...process.env, SCANPROOF_DATABASE: server.url, SCANPROOF_STORE: join(base, 'store')}
  try {
    const plan = await measured(['plan', '--root', root], env)
    row('plan', `${pages} pages, ${megabytes(statSync(join(root, 'plan.ndjson')).size)}`, plan)
    await measured(['queue', 'start', '--root', root], env)
    row(
      'queue add --scans root',
      `plan and enqueue ${pages} pages, 50 a job`,
      await measured(['queue', 'add', '--scans', 'root', '--root', root], env),
    )
    const [size] = await sql(server.url, 'SELECT pg_database_size(current_database()) AS bytes')
    row('database after add', megabytes(Number(size?.bytes)), null)
    // Half of the pages done, as workers would have it.
    await sql(
      server.url,
      `INSERT INTO scanproof.page (page, plan, fingerprint, recognition, milliseconds, done_at)
       SELECT 'volume-' || n / 1000 || '/' || n % 1000, p.hash, md5(n::text) || md5(n::text), md5(n::text) || md5(n::text), 2000,
         now() - interval '1 second' * (n / 100)
       FROM scanproof.plan p, generate_series(0, ${pages - 1}) n`,
    )
    await sql(server.url, 'VACUUM ANALYZE scanproof.page')
    // A million rows in some seconds are no state of a run: the server is left to write them down first.
    await sql(server.url, 'CHECKPOINT')
    for (let time = 1; time <= 3; time++) {
      row(`queue status (${time})`, `${pages} pages done`, await measured(['queue', 'status', '--root', root], env))
    }
    const [full] = await sql(server.url, 'SELECT pg_database_size(current_database()) AS bytes')
    row('database when done', megabytes(Number(full?.bytes)), null)
  } finally {
    await server.stop()
  }
}

/** Database and store alone: pages whose reading is at hand, so that all that takes time is handing out and keeping. */
async function overhead(): Promise<void> {
  const pages = Number(values.pages ?? 1000)
  const server = await startEmbedded(join(base, 'server-overhead'), 0)
  const script = join(base, 'overhead.mjs')
  const dist = new URL('../dist/', import.meta.url).href
  writeFileSync(
    script,
    `
    import {openDatabase} from '${dist}scale/queue/database.js'
    import {addPlan} from '${dist}scale/queue/plans.js'
    import {queueName} from '${dist}scale/queue/queued.js'
    import {work} from '${dist}scale/queue/work.js'
    import {openStore, putHashed, getHashed} from '${dist}scale/store/open.js'
    import {hashPlan, planLines} from '${dist}scale/plan.js'
    const [, , url, place, count] = process.argv
    const tell = text => console.error(text)
    const database = await openDatabase(url, {install: true, supervise: true}, tell)
    const store = await openStore(place, null)
    const scan = await putHashed(store, 'scans', Buffer.alloc(500_000, 7))
    const pages = Array.from({length: Number(count)}, (_, n) => ({id: 'a/' + n, document: 'a', name: String(n),
      scan: {file: 'scans/a/' + n + '.png', format: 'png', frame: 0, sha256: scan}, bytes: 1, cost: 1}))
    const plan = {toolVersion: '0', names: [], findings: [], documents: [{id: 'a', place: 'scans/a', pages}]}
    const fingerprint = '0'.repeat(64)
    const fingerprintOf = () => fingerprint
    const lines = [...planLines(plan)].map(line => line.slice(0, -1))
    await addPlan(database, {hash: hashPlan(plan), toolVersion: '0', lines: () => lines, name: 'plan'}, fingerprint, fingerprintOf, 50)
    const start = performance.now()
    const cpu = process.cpuUsage()
    const counts = await work(database, queueName('0', fingerprint), async page => {
      await getHashed(store, 'scans', page.scan.sha256)
      return {recognition: await putHashed(store, 'recognitions', Buffer.from(page.id.padEnd(15_000))), failure: null}
    }, {lanes: 1, drain: true, memory: 1e12, freeMemory: async () => {}, fingerprintOf, onPage: () => {}, onTrouble: tell}, new AbortController().signal)
    const {user, system} = process.cpuUsage(cpu)
    console.log(JSON.stringify({...counts, wall: performance.now() - start, cpu: (user + system) / 1000}))
    await database.close()
    `,
  )
  try {
    const {stdout, stderr} = spawnSync(node, [script, server.url, join(base, 'store-overhead'), String(pages)], {
      encoding: 'utf8',
    })
    if (stdout === '') throw new Error(stderr)
    const {read, wall, cpu} = JSON.parse(stdout)
    row('queue and store', `${read} pages, 50 a job, one after the other`, null)
    row('', `${(wall / read).toFixed(2)} ms a page, ${(cpu / read).toFixed(2)} ms of processor time`, null)
  } finally {
    await server.stop()
  }
}

/** Workers beside as many jobs of one process, over the same whole pages; both read, take second looks, and do nothing else. */
async function workers(): Promise<void> {
  const pages = Number(values.pages ?? 16)
  const root = join(base, 'pages')
  await makeFullCorpus(root, pages, seed)
  for (const count of values.workers === undefined ? [1, 2] : [Number(values.workers)]) {
    const server = await startEmbedded(join(base, `server-${count}`), 0)
    const env = {...process.env, SCANPROOF_DATABASE: server.url}
    await measured(['queue', 'start', '--root', root], env)
    const local = async (round: number) => {
      const out = join(base, `local-${count}-${round}`)
      return measured(['run', '--shard', '1/1', '--root', root, '--out', out, '--jobs', String(count)], process.env)
    }
    const queue = async (round: number): Promise<Measured> => {
      await sql(server.url, 'TRUNCATE scanproof.plan, scanproof.plan_part, scanproof.page, scanproof.tally')
      const own = {...env, SCANPROOF_STORE: join(base, `store-${count}-${round}`)}
      await measured(['queue', 'add', '--root', root, '--batch', String(Math.ceil(pages / 8))], own)
      const start = performance.now()
      const all = await Promise.all(
        Array.from({length: count}, () => measured(['queue', 'work', '--drain', '--jobs', '1', '--root', root], own)),
      )
      return {
        seconds: (performance.now() - start) / 1000,
        cpu: all.reduce((sum, one) => sum + one.cpu, 0),
        memory: Math.max(...all.map(one => one.memory)),
      }
    }
    // There and back, so that what slows the machine down with time slows both.
    const [first, second] = [await local(1), await queue(1)]
    const [third, fourth] = [await queue(2), await local(2)]
    row(`run --shard 1/1 --jobs ${count}`, `twice ${pages} pages`, sum(first, fourth))
    row(`${count} queue work --jobs 1`, `twice ${pages} pages`, sum(second, third))
    await server.stop()
  }
}

function sum(one: Measured, other: Measured): Measured {
  return {
    seconds: one.seconds + other.seconds,
    cpu: one.cpu + other.cpu,
    memory: Math.max(one.memory, other.memory),
  }
}

/** The kill test at full length. */
async function kill(): Promise<void> {
  const pages = Number(values.pages ?? 240)
  const kills = Number(values.kills ?? 100)
  const root = join(base, 'kill')
  await makeQuickCorpus(root, pages, seed)
  const run = await killRun({
    node,
    root,
    folder: join(base, 'kill-run'),
    workers: 3,
    kills,
    every: 1500,
    restarts: 2,
    frozenSeconds: 30,
    batch: 25,
    seed,
  })
  const {status, merged} = run
  row(
    'kill -9',
    `${run.kills} of ${kills}, database restarted ${run.restarts} times, frozen and woken: ${run.froze}`,
    null,
  )
  row(
    '',
    `${status.read} of ${status.pages} pages read, ${status.failed} failed, ${run.told} readings, ${run.seconds.toFixed(0)} s; rows: ${run.rows.read} read, ${run.rows.failed} failed`,
    null,
  )
  const alone = spawnSync(process.execPath, [program, 'run', '--root', root, '--out', join(base, 'kill-alone')], {
    encoding: 'utf8',
  })
  const same = JSON.stringify([...reportsOf(merged.out)]) === JSON.stringify([...reportsOf(join(base, 'kill-alone'))])
  row('', `merge ended with ${merged.status}, run with ${alone.status}; reports byte-identical: ${same}`, null)
}

interface Measured {
  readonly seconds: number
  /** Processor seconds of the process and its threads. */
  readonly cpu: number
  /** Most memory it had, in bytes. */
  readonly memory: number
}

/** Run the program and see what it took, from what the system says of the process. */
async function measured(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const start = performance.now()
  const child = spawn(node, [program, ...args], {env: {...env, NO_COLOR: '1'}, stdio: ['ignore', 'ignore', 'pipe']})
  let memory = 0
  let ticks = 0
  let told = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    told = (told + text).slice(-1000)
  })
  const look = setInterval(() => {
    try {
      memory = Math.max(
        memory,
        1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
      )
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      ticks = Math.max(ticks, Number(fields[11]) + Number(fields[12]))
    } catch {}
  }, 50)
  const code = await new Promise<number | null>(resolve => child.once('exit', resolve))
  clearInterval(look)
  if (code !== 0 && code !== 3) throw new Error(`${args.join(' ')} ended with ${code}: ${told}`)
  return {seconds: (performance.now() - start) / 1000, cpu: ticks / 100, memory}
}

function row(what: string, of: string, took: Measured | null): void {
  const cost =
    took === null ? '' : ` | ${took.seconds.toFixed(1)} s | ${took.cpu.toFixed(1)} s | ${megabytes(took.memory)}`
  console.log(`| ${what} | ${of}${cost} |`)
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
