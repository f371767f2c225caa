import {spawn, spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {PlannedPage} from '../../src/scale/plan.ts'
import {planLines} from '../../src/scale/plan.ts'
import {type Embedded, startEmbedded} from '../../src/scale/queue/embedded.ts'
import {loadJob} from '../../src/scale/queue/jobs.ts'
import {version} from '../../src/version.ts'
import {folder, inside, pageImage, scanproof} from '../cli/command.ts'
import {killRun, program, reportsOf} from './kill-run.ts'
import {isNewEnough, node22} from './node22.ts'
import {makeQuickCorpus} from './queue-corpus.ts'
import {freePort, startS3, until} from './s3-server.ts'
import {onSmallDisk, smallDisk} from './small-disk.ts'
import {sql} from './sql.ts'

test.skipIf(isNewEnough)('on a Node that is too old the queue says so plainly, and nothing else does', async () => {
  const {status, stderr} = await scanproof(['queue', 'status', '--database', 'postgres://127.0.0.1/x'])
  expect(status).toBe(2)
  expect(stderr).toMatch(/Unexpected Node \S+ for `scanproof queue`, expected 22\.12 or newer/)
})

test.each([
  [['queue'], 'start, add, work, status, retry, merge'],
  [['queue', 'statu'], 'perhaps `status`'],
  [['queue', 'work', '--store', 'x', '--memory', 'much'], '--memory `much`'],
  [['queue', 'add', '--store', 'x', '--batch', '0'], '--batch `0`'],
  [['queue', 'add', '--store', 'x', '--scans', 'moon'], '--scans `moon`'],
  [['queue', 'start', '--port', '99999'], '--port `99999`'],
  [['queue', 'work'], '--store or SCANPROOF_STORE'],
  [['queue', 'status'], '--database, SCANPROOF_DATABASE'],
])('%j is a usage error that says what to do', async (args, reason) => {
  const root = folder()
  const {status, stderr} = await inside(...args, ...(args.length > 1 ? ['--root', root] : []))
  expect(status).toBe(2)
  expect(stderr).toContain(reason)
})

// Two at a time: the longest waits most of its time for leases to run out.
describe.skipIf(node22 === null).concurrent('with a queue', () => {
  const node = node22 ?? ''
  let base: string
  let server: Embedded
  let whole: ReadonlyMap<string, string>
  const databases = {count: 0}

  /** A corpus of two small pages and one that is torn, and its report by one machine. */
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'scanproof-queue-'))
    chmodSync(base, 0o711)
    server = await startEmbedded(join(base, 'server'), 0)
    await sql(server.url, 'CREATE DATABASE ready')
    const made = await scanproof(['queue', 'start', '--database', urlOf('ready'), '--root', base], '', {}, node)
    expect(made.status, made.stderr).toBe(0)
    await makeQuickCorpus(join(base, 'corpus'), 2, 7)
    mkdirSync(join(base, 'corpus/scans/torn'), {recursive: true})
    writeFileSync(join(base, 'corpus/scans/torn/1.png'), (await pageImage(['Torn.'])).subarray(0, 400))
    writeFileSync(join(base, 'corpus/transcripts/torn.md'), 'Torn.\n')
    const {status, stderr} = await scanproof(['run', '--root', join(base, 'corpus'), '--out', join(base, 'alone')])
    expect(status, stderr).toBe(3)
    whole = reportsOf(join(base, 'alone'))
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(base, {recursive: true, force: true})
  })

  /** A folder, gone after all tests: those that run together cannot tell whose `onTestFinished` is whose. */
  const folder = () => mkdtempSync(join(base, 'folder-'))

  const urlOf = (database: string) => {
    const url = new URL(server.url)
    url.pathname = `/${database}`
    return url.href
  }

  /** A database of its own, a store and a copy of the corpus. */
  async function place({ready = true, store = join(folder(), 'store')} = {}) {
    const name = `test_${++databases.count}`
    await sql(server.url, `CREATE DATABASE ${name} ${ready ? 'TEMPLATE ready' : ''}`)
    const url = urlOf(name)
    const root = folder()
    cpSync(join(base, 'corpus'), root, {recursive: true})
    const env = {...process.env, SCANPROOF_DATABASE: url, SCANPROOF_STORE: store, NO_COLOR: '1'}
    const queue = (...args: string[]) => scanproof(['queue', ...args, '--root', root], '', env, node)
    return {url, root, store, env, queue}
  }

  test('workers that are killed, frozen past their lease or cut off lose no page and count none twice', async () => {
    const root = folder()
    await makeQuickCorpus(root, 24, 11)
    const place = folder()
    chmodSync(place, 0o711)
    const alone = scanproof(['run', '--root', root, '--out', join(root, 'alone')])
    const run = await killRun({
      node,
      root,
      folder: place,
      workers: 3,
      kills: 6,
      every: 1500,
      restarts: 1,
      frozenSeconds: 22,
      batch: 6,
      seed: 5,
    })
    expect(run.status).toMatchObject({pages: 24, read: 24, failed: 0})
    expect(run.rows).toEqual({read: 24, failed: 0})
    expect(run.kills).toBeGreaterThan(0)
    expect(run.merged.stderr).toBe('')
    await alone
    expect(reportsOf(run.merged.out)).toEqual(reportsOf(join(root, 'alone')))
  })

  test('pages are added, read and merged into what one machine writes; a page that fails is tried thrice, told, and retried when asked for', async () => {
    const {root, url, store, queue} = await place()
    const added = await queue('add', '--batch', '25')
    expect(added.stdout, added.stderr).toMatch(
      /^Plan [0-9a-f]{12}: 3 pages, 1 jobs added, 3 scan files put into the store/,
    )
    const early = await queue('merge', '--out', join(root, 'early'))
    expect(early.status).toBe(3)
    expect(early.stderr).toContain('missing 3 pages: `letter-1/1`')
    expect(existsSync(join(root, 'early/reports/report.json'))).toBe(false)

    const worked = await queue('work', '--drain', '--jobs', '1')
    expect(worked.status, worked.stderr).toBe(0)
    expect(worked.stderr.match(/torn\/1: failed/g)).toHaveLength(3)
    // The page that fails did not keep the others of its job.
    expect(worked.stderr.match(/letter-1\/[12]\n/g)).toHaveLength(2)
    const status = await queue('status')
    expect(status.status).toBe(3)
    expect(status.stdout).toMatch(/3 of 3 pages \(100 %\), 1 of them failed.*, done; jobs: 0 in work, 0 waiting/)
    expect(status.stdout).toContain('torn/1: ')
    expect(JSON.parse((await queue('status', '--json')).stdout)).toMatchObject([
      {pages: 3, read: 2, failed: 1, secondsLeft: 0},
    ])

    const [looked] = await sql(url, 'SELECT count(looks) AS looks FROM scanproof.page WHERE recognition IS NOT NULL')
    expect(Number(looked?.looks)).toBeGreaterThan(0)

    const merged = await queue('merge', '--out', join(root, 'merged'))
    expect(merged.status, merged.stderr).toBe(3)
    expect(reportsOf(join(root, 'merged'))).toEqual(whole)

    // A page whose row is gone is added again, and it alone. A scan that is missing in the store fails its own page alone.
    await sql(url, "DELETE FROM scanproof.page WHERE page = 'letter-1/2'")
    expect((await queue('add')).stdout).toContain('3 pages, 1 jobs added, 0 scan files')
    expect((await queue('retry')).stdout).toMatch(/^1 failed pages of plan/)
    expect(JSON.parse((await queue('status', '--json')).stdout)).toMatchObject([{read: 1, failed: 0, waitingJobs: 2}])
    const torn = createHash('sha256')
      .update(readFileSync(join(root, 'scans/torn/1.png')))
      .digest('hex')
    rmSync(join(store, 'v1/scans', torn.slice(0, 2), torn))
    const again = await queue('work', '--drain', '--jobs', '1')
    expect(again.stderr.match(/torn\/1: failed: Missing `v1\/scans/g)).toHaveLength(3)
    expect(again.stderr.match(/letter-1\/\d+\n/g)).toEqual(['letter-1/2\n'])
    expect(JSON.parse((await queue('status', '--json')).stdout)).toMatchObject([{read: 2, failed: 1}])

    // A plan that is done is added without a job; another plan takes what is read over.
    expect((await queue('add')).stdout).toContain('3 pages, 0 jobs added, 1 scan files')
    rmSync(join(root, 'scans/torn'), {recursive: true})
    expect((await queue('add')).stdout).toContain('2 pages, 1 jobs added, 0 scan files')
    expect((await queue('work', '--drain')).stdout).toContain('0 pages read, 0 failed')
    const [row] = await sql(url, 'SELECT count(*) AS rows, count(DISTINCT recognition) AS readings FROM scanproof.page')
    expect(row).toEqual({rows: '5', readings: '2'})
    const recognitions = readdirSync(join(store, 'v1/recognitions'), {recursive: true, encoding: 'utf8'})
    expect(recognitions.filter(name => name.length > 60)).toHaveLength(2)
  })

  test('the status counts every page that is done, whatever is written in whatever order', async () => {
    const {url, queue} = await place()
    await sql(
      url,
      "INSERT INTO scanproof.plan VALUES (repeat('a', 64), '1', repeat('b', 64), 100), (repeat('c', 64), '1', repeat('b', 64), 9)",
    )
    const page = (name: string, plan: string, failure: string | null) =>
      `('${name}', repeat('${plan}', 64), '', ${failure === null ? "'read', NULL" : `NULL, '${failure}'`}, 0)`
    const insert = 'INSERT INTO scanproof.page (page, plan, fingerprint, recognition, failure, milliseconds) VALUES'
    await Promise.all(
      Array.from({length: 12}, (_, at) =>
        sql(url, `${insert} ${page(`x/${at}`, 'a', at % 3 === 0 ? 'torn' : null)}, ${page(`y/${at}`, 'c', null)}`),
      ),
    )
    await sql(
      url,
      `${insert} ${page('x/0', 'a', null)} ON CONFLICT (page, plan) DO UPDATE SET recognition = '', failure = NULL`,
    )
    await sql(url, `${insert} ${page('x/1', 'a', null)} ON CONFLICT DO NOTHING`)
    await sql(url, `DELETE FROM scanproof.page WHERE page IN ('x/3', 'x/4', 'y/5')`)
    await sql(url, `BEGIN; DELETE FROM scanproof.page; ROLLBACK`)
    const status = JSON.parse((await queue('status', '--json')).stdout)
    expect(status).toMatchObject([
      {read: 8, failed: 2, failures: [{page: 'x/6'}, {page: 'x/9'}]},
      {read: 11, failed: 0},
    ])
  })

  test('a plan of many rows: its jobs have every page once, each as it was planned, and so has a page that is tried again', async () => {
    const {url, root, queue} = await place()
    const documents = [1, 2, 3].map(number => {
      const document = `volume „${number}“`
      const pages = Array.from({length: 500}, (_, frame) => ({
        ...{id: `${document}/${frame}`, document, name: String(frame), bytes: frame, cost: 1 + frame},
        scan: {file: `scans/${document}.tif`, format: 'tiff' as const, frame, sha256: '0123456789abcdef'.repeat(4)},
      }))
      return {id: document, place: `scans/${document}.tif`, pages}
    })
    const lines = [...planLines({toolVersion: version, names: [], documents, findings: []})]
    writeFileSync(join(root, 'big.ndjson'), lines.join(''))
    const added = await queue('add', '--plan', join(root, 'big.ndjson'), '--scans', 'root', '--batch', '70')
    expect(added.stdout, added.stderr).toContain('1500 pages, 22 jobs added')
    const [rows] = await sql(url, 'SELECT count(*) FROM scanproof.plan_part')
    expect(Number(rows?.count)).toBeGreaterThan(3)
    const pagesOfJobs = async () => {
      const jobs = await sql(url, "SELECT data FROM scanproof_queue.job WHERE state = 'created'")
      const loaded = await Promise.all(jobs.map(({data}) => loadJob((text, values) => sql(url, text, values), data)))
      return loaded.flatMap(job => job?.pages ?? []).map(({part: _, line: __, ...page}) => page)
    }
    const byId = (pages: readonly PlannedPage[]) => [...pages].sort((a, b) => (a.id < b.id ? -1 : 1))
    const all = documents.flatMap(({pages}) => pages)
    expect(byId(await pagesOfJobs())).toEqual(byId(all))
    const early = await queue('merge', '--out', join(root, 'early'))
    expect(early.stderr).toContain('missing 1500 pages: `volume „1“/0`')

    await sql(url, "UPDATE scanproof_queue.job SET state = 'completed', completed_on = now()")
    await sql(
      url,
      `INSERT INTO scanproof.page (page, plan, fingerprint, failure, milliseconds)
       SELECT 'volume „3“/499', hash, '', 'torn', 0 FROM scanproof.plan`,
    )
    expect((await queue('retry')).stdout).toContain('1 failed pages')
    expect(await pagesOfJobs()).toEqual([all.at(-1)])
  })

  test('a store of S3 does as a folder does', async () => {
    const s3 = await startS3()
    try {
      const {root, env, queue} = await place({store: 's3://scans/letters'})
      Object.assign(env, {
        AWS_ACCESS_KEY_ID: s3.access.accessKeyId,
        AWS_SECRET_ACCESS_KEY: s3.access.secretAccessKey,
        AWS_ENDPOINT_URL: s3.access.endpoint,
      })
      rmSync(join(root, 'scans/torn'), {recursive: true})
      const added = await queue('add')
      expect(added.stdout, added.stderr).toContain('2 pages, 1 jobs added')
      expect((await queue('work', '--drain')).stdout).toContain('2 pages read, 0 failed')
      expect((await queue('merge', '--out', join(root, 'merged'))).status).toBe(3)
      // Only the transcript of the torn page is left of it.
      cpSync(join(base, 'alone/recognitions'), join(root, 'alone/recognitions'), {recursive: true})
      const alone = await scanproof(['run', '--root', root, '--out', join(root, 'alone')])
      expect(alone.status).toBe(3)
      expect(reportsOf(join(root, 'merged'))).toEqual(reportsOf(join(root, 'alone')))
    } finally {
      await s3.stop()
    }
  })

  test('SIGTERM ends a worker after the pages it is at, with the rest handed back at once', async () => {
    const {env, root, queue} = await place()
    await makeQuickCorpus(root, 16, 8)
    expect((await queue('add', '--batch', '25')).stdout).toContain('17 pages')
    const child = spawn(node, [program, 'queue', 'work', '--jobs', '1', '--root', root], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let told = ''
    let out = ''
    child.stderr.setEncoding('utf8').on('data', text => {
      told += text
    })
    child.stdout.setEncoding('utf8').on('data', text => {
      out += text
    })
    await until(() => told.includes('letter-1/'))
    const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(out).toMatch(/pages read, \d failed, stopped/)
    const [{read, activeJobs, waitingJobs}] = JSON.parse((await queue('status', '--json')).stdout)
    expect(read).toBe((told.match(/letter-1\/\d+\n/g) ?? []).length)
    expect(read).toBeLessThan(16)
    expect(activeJobs).toBe(0)
    expect(waitingJobs).toBeGreaterThan(0)
  })

  describe('what is wrong is said clearly, and nothing is lost', () => {
    test('a wrong password, which is not told', async () => {
      const {env, queue} = await place({ready: false})
      const url = new URL(env.SCANPROOF_DATABASE)
      url.password = 'hunter2'
      env.SCANPROOF_DATABASE = url.href
      const {status, stderr} = await queue('status')
      expect(status).toBe(2)
      expect(stderr).toMatch(
        /^scanproof: Cannot use the database `postgres:\/\/127\.0\.0\.1:\d+\/test_\d+`: wrong user or password/m,
      )
      expect(stderr).not.toContain('hunter2')
    })

    test('a database that is not there, and none at all', async () => {
      const {env, queue} = await place({ready: false})
      env.SCANPROOF_DATABASE = `postgres://127.0.0.1:${await freePort()}/x`
      expect(await queue('status')).toMatchObject({status: 2, stderr: expect.stringContaining('nothing listens there')})
      env.SCANPROOF_DATABASE = server.url.replace(/\w+$/, 'nowhere')
      expect(await queue('status')).toMatchObject({status: 2, stderr: expect.stringContaining('no such database')})
      env.SCANPROOF_DATABASE = 'mysql://x'
      expect(await queue('status')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('--database, expected `postgres://'),
      })
    })

    test('a database without tables, or with those of another version', async () => {
      const {url, queue} = await place({ready: false})
      expect(await queue('status')).toMatchObject({status: 2, stderr: expect.stringContaining('scanproof queue start')})
      expect((await queue('start')).status).toBe(0)
      expect((await queue('status')).stdout).toContain('No plan was added yet')
      await sql(url, 'UPDATE scanproof.version SET version = 99')
      const {status, stderr} = await queue('status')
      expect(status).toBe(2)
      expect(stderr).toContain('tables of version `99`')
      expect(await queue('start')).toMatchObject({status: 2, stderr: expect.stringContaining('install a newer one')})
      await sql(url, 'UPDATE scanproof.version SET version = 1')
      expect(await queue('start')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('an older scanproof made them'),
      })
      await sql(url, 'UPDATE scanproof.version SET version = 2; UPDATE scanproof_queue.version SET version = 1')
      expect(await queue('retry')).toMatchObject({status: 2, stderr: expect.stringContaining('Unexpected tables')})
    })

    test('plans of another version: workers leave them to those that made them', async () => {
      const {url, queue} = await place()
      expect(await queue('work', '--drain')).toMatchObject({status: 2, stderr: expect.stringContaining('queue add')})
      expect((await queue('add')).status).toBe(0)
      await sql(url, `UPDATE scanproof.plan SET tool_version = '9.9.9'`)
      const {status, stderr} = await queue('work', '--drain')
      expect(status).toBe(2)
      expect(stderr).toContain('plans by scanproof `9.9.9`')
      expect((await queue('status')).stdout).toContain('added by scanproof 9.9.9: workers of that version read it')
      await sql(
        url,
        `UPDATE scanproof.plan SET tool_version = (SELECT split_part(name, '-', 2) FROM scanproof_queue.queue WHERE name LIKE 'read-%' LIMIT 1), fingerprint = repeat('0', 64)`,
      )
      expect(await queue('work', '--drain')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('another engine'),
      })
    })

    test('a store that cannot be reached', async () => {
      const {env, queue} = await place({store: 's3://scans/x'})
      Object.assign(env, {
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'b',
        AWS_ENDPOINT_URL: `http://127.0.0.1:${await freePort()}`,
      })
      expect(await queue('add')).toMatchObject({status: 2, stderr: expect.stringContaining('Cannot reach the store')})
      expect((await queue('status')).stdout).toContain('No plan was added yet')
    })

    test.skipIf(!smallDisk())(
      'a full disk ends the worker at once; what it had is handed back, and read by the next',
      async () => {
        const {env, root, store, queue} = await place()
        rmSync(join(root, 'scans/torn'), {recursive: true})
        expect((await queue('add', '--scans', 'root')).status).toBe(0)
        mkdirSync(store, {recursive: true})
        // The disk takes the place of the store, and is full.
        const fill =
          'dd if=/dev/zero of="$1/full" bs=1k count=256 2>/dev/null; exec "$2" "$3" queue work --drain --scans root --root "$4"'
        const asWorker = [
          'env',
          ...Object.entries(env).flatMap(([name, value]) => (name.startsWith('SCANPROOF') ? [`${name}=${value}`] : [])),
        ]
        const script = `set -- "$@" ; ${fill}`
        const {status, stderr} = onSmallDisk(
          [...asWorker, 'sh', '-c', script.replace('"$1/full"', `"${store}/full"`), 'sh', '-', node, program, root],
          store,
        )
        expect(status, stderr).toBe(2)
        expect(stderr).toContain('the disk is full')
        expect(JSON.parse((await queue('status', '--json')).stdout)).toMatchObject([
          {read: 0, failed: 0, activeJobs: 0, waitingJobs: 1},
        ])
        expect((await queue('work', '--drain', '--scans', 'root')).stdout).toContain('2 pages read, 0 failed')
      },
    )

    test.skipIf(process.getuid?.() !== 0)(
      'a folder that only root may enter: PostgreSQL, which is not root, takes another',
      async () => {
        const closed = folder()
        chmodSync(closed, 0o700)
        const embedded = await startEmbedded(join(closed, 'server'), 0)
        await embedded.stop()
        expect(embedded.folder.startsWith(closed)).toBe(false)
        expect(statSync(embedded.folder).mode & 0o777).toBe(0o700)
        rmSync(embedded.folder, {recursive: true})
      },
    )
  })

  test('a PostgreSQL of our own runs until told to end, and knows its data again', async () => {
    const root = folder()
    cpSync(join(base, 'corpus'), root, {recursive: true})
    const out = join(root, 'out')
    chmodSync(root, 0o711)
    const url = join(out, 'queue/url')
    const env = {...process.env, SCANPROOF_STORE: join(root, 'store'), NO_COLOR: '1'}
    const queue = (...args: string[]) => scanproof(['queue', ...args, '--root', root, '--out', out], '', env, node)
    for (const [command, expected] of [
      ['add', '3 pages, 1 jobs added'],
      ['status', '0 of 3 pages'],
    ] as const) {
      const child = spawn(node, [program, 'queue', 'start', '--root', root, '--out', out], {env, stdio: 'ignore'})
      const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
      await until(() => existsSync(url))
      expect((await queue(command)).stdout).toContain(expected)
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
      expect(existsSync(url)).toBe(false)
    }
    expect(await queue('status')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('a running `scanproof queue start`'),
    })
  })
})

test('the Node of the tests is one the queue runs on', () => {
  if (node22 === null) return
  const {stdout} = spawnSync(node22, ['--version'], {encoding: 'utf8'})
  expect(Number(/^v(\d+)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(22)
  expect(existsSync(fileURLToPath(new URL('../../dist/cli.js', import.meta.url)))).toBe(true)
})
