import {type ChildProcess, spawn} from 'node:child_process'
import {readdirSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {performance} from 'node:perf_hooks'
import process from 'node:process'
import {setTimeout as wait} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {random as createRandom} from '../../scripts/facsimile/random.ts'
import {type Embedded, startEmbedded} from '../../src/scale/queue/embedded.ts'
import {scanproof} from '../cli/command.ts'
import {freePort} from './s3-server.ts'
import {sql} from './sql.ts'

export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

export interface KillRunOptions {
  readonly node: string
  /** A corpus that is planned and added here. */
  readonly root: string
  /** Empty; takes database, store and reports. */
  readonly folder: string
  readonly workers: number
  /** `kill -9` of a worker, at random moments, `every` milliseconds on average. */
  readonly kills: number
  readonly every: number
  /** Times the database is ended at once and started anew, spread over the kills. */
  readonly restarts: number
  /** A worker is stopped for so many seconds, longer than its lease, and wakes up. */
  readonly frozenSeconds: number
  readonly batch: number
  readonly seed: number
}

export interface KillRun {
  /** Kills that met a worker while pages were open. */
  readonly kills: number
  readonly restarts: number
  readonly froze: boolean
  /** Pages that workers told of, those that were read twice among them. */
  readonly told: number
  readonly seconds: number
  /** What `queue status --json` says at the end. */
  readonly status: {readonly pages: number; readonly read: number; readonly failed: number}
  /** Rows of `scanproof.page`, counted one by one: what the status says must be that. */
  readonly rows: {readonly read: number; readonly failed: number}
  /** What `queue merge` ended with. */
  readonly merged: {readonly status: number | null; readonly stderr: string; readonly out: string}
}

/** Read a corpus with workers that are killed, frozen and cut off from their database, and merge what they did. */
export async function killRun(options: KillRunOptions): Promise<KillRun> {
  const {node, root, folder, workers, kills, every, restarts, frozenSeconds, seed} = options
  const random = createRandom(seed, 'queue').uniform
  const port = await freePort()
  const data = join(folder, 'database')
  let database: Embedded = await startEmbedded(data, port)
  const env = {
    ...process.env,
    SCANPROOF_DATABASE: database.url,
    SCANPROOF_STORE: join(folder, 'store'),
    NO_COLOR: '1',
  }
  const command = (...args: string[]) => scanproof(['queue', ...args], '', env, node)
  const demand = async (...args: string[]) => {
    const {status, stderr} = await command(...args)
    if (status !== 0) throw new Error(`queue ${args[0]} ended with ${status}: ${stderr}`)
  }
  const living = new Set<ChildProcess>()
  let told = 0
  let troubles = ''
  let respawn = true
  const start = () => {
    const child = spawn(node, [program, 'queue', 'work', '--drain', '--jobs', '1', '--root', root], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    living.add(child)
    child.stderr.setEncoding('utf8').on('data', text => {
      told += (String(text).match(/^ {2}letter/gm) ?? []).length
      troubles = (troubles + String(text).replace(/^ {2}letter.*\n/gm, '')).slice(-4000)
    })
    child.once('exit', (code, signal) => {
      living.delete(child)
      if (respawn && (signal !== null || code !== 0)) start()
    })
  }
  try {
    await demand('start')
    await demand('add', '--root', root, '--batch', String(options.batch))
    const begin = performance.now()
    for (let worker = 0; worker < workers; worker++) start()
    const pick = () => [...living][Math.floor(random() * living.size)]
    const frozen: {child: ChildProcess; until: number}[] = []
    let done = 0
    let restarted = 0
    let froze = false
    for (let round = 1; round <= kills && living.size > 0; round++) {
      await wait(every * (0.5 + random()))
      const thaw = frozen.filter(({until}) => performance.now() > until)
      for (const {child} of thaw) child.kill('SIGCONT')
      if (!froze && round > kills / 4) {
        const child = pick()
        if (child !== undefined) {
          child.kill('SIGSTOP')
          frozen.push({child, until: performance.now() + frozenSeconds * 1000})
          froze = true
        }
      }
      if (restarted < restarts && round >= ((restarted + 1) * kills) / (restarts + 1)) {
        database.process.kill('SIGQUIT')
        await new Promise<void>(resolve => database.process.once('exit', () => resolve()))
        await wait(1000)
        database = await startEmbedded(data, port)
        restarted++
      }
      const victim = [...living].filter(
        child => !frozen.some(({child: cold, until}) => cold === child && performance.now() < until),
      )
      const child = victim[Math.floor(random() * victim.length)]
      if (child?.kill('SIGKILL')) done++
    }
    for (const {child, until} of frozen) {
      await wait(Math.max(0, until - performance.now()))
      child.kill('SIGCONT')
    }
    while (living.size > 0) await wait(200)
    const seconds = (performance.now() - begin) / 1000
    const [status] = JSON.parse((await command('status', '--json')).stdout)
    if (status === undefined) throw new Error(`No plan is left: ${troubles}`)
    const [counted] = await sql(
      database.url,
      'SELECT count(recognition) AS read, count(failure) AS failed FROM scanproof.page',
    )
    const out = join(folder, 'merged')
    const merged = await command('merge', '--root', root, '--out', out)
    return {
      kills: done,
      restarts: restarted,
      froze,
      told,
      seconds,
      status,
      rows: {read: Number(counted?.read), failed: Number(counted?.failed)},
      merged: {status: merged.status, stderr: merged.stderr, out},
    }
  } finally {
    respawn = false
    for (const child of living) child.kill('SIGKILL')
    await database.stop()
  }
}

/** What a run writes for people and programs, by path. */
export function reportsOf(out: string): ReadonlyMap<string, string> {
  const reports = join(out, 'reports')
  const names = readdirSync(reports, {recursive: true, encoding: 'utf8'})
    .filter(name => !name.startsWith('previews') && name !== 'state.json')
    .filter(name => statSync(join(reports, name)).isFile())
  return new Map(names.sort().map(name => [name, readFileSync(join(reports, name), 'utf8')]))
}
