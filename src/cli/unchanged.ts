import {createHash} from 'node:crypto'
import {lstatSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {writeWhole} from './write.ts'

/**
 * What a run was made from and what it wrote, so that a run of which nothing changed need not be done again.
 *
 * Files are known by what the file system says of them, as in git's index: path, size, inode, and the times of the last
 * change of content and of state. A link could lead to what changes unseen: where there is one, nothing is remembered.
 */
export interface RunState {
  /** Hash of settings, program, engine, scans and transcripts. */
  readonly sources: string
  /** Hash of what the file system says of recognitions and reports. */
  readonly results: string
}

const fileName = 'state.json'

/**
 * Hash what a run is made from; take it before the run, so that what changes meanwhile shows.
 *
 * @param settings
 *   All that can change the result besides files, JSON-safe.
 * @param readings
 *   Folder or file of readings outside of the corpus; null for none.
 * @returns
 *   Null where it cannot be told.
 */
export function sourcesOf(root: string, settings: unknown, readings: string | null): string | null {
  const files = filesState(root, ['scans', 'transcripts'])
  const given = readings === null ? '' : filesState(readings, [''])
  return files === null || given === null ? null : hash(JSON.stringify(settings), files, given)
}

/** Whether the last run in this folder was made from `sources`, and what it wrote is as it wrote it. */
export function isUnchanged(out: string, sources: string | null): boolean {
  if (sources === null) return false
  try {
    const state: unknown = JSON.parse(readFileSync(join(out, 'reports', fileName), 'utf8'))
    const results = resultsOf(out)
    return results !== null && JSON.stringify(state) === JSON.stringify({sources, results})
  } catch {
    return false
  }
}

/** Remember a whole run, after all that it writes is written. */
export function rememberRun(out: string, sources: string | null): void {
  const results = resultsOf(out)
  if (sources === null || results === null) return
  const state: RunState = {sources, results}
  writeWhole(join(out, 'reports', fileName), `${JSON.stringify(state)}\n`)
}

function resultsOf(out: string): string | null {
  const files = filesState(out, ['recognitions', 'reports/report.json', 'reports/index.html', 'reports/text'])
  return files === null ? null : hash(files)
}

function filesState(folder: string, names: readonly string[]): string | null {
  const rows: string[] = []
  const pending = [...names]
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const path = join(folder, name)
    const stats = lstatSync(path, {bigint: true, throwIfNoEntry: false})
    if (stats?.isSymbolicLink()) return null
    if (stats?.isDirectory()) for (const inner of readdirSync(path)) pending.push(`${name}/${inner}`)
    rows.push([name, stats?.mode, stats?.size, stats?.ino, stats?.mtimeNs, stats?.ctimeNs].join(' '))
  }
  return rows.sort().join('\n')
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}
