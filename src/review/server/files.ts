import {chmodSync, lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join, sep} from 'node:path'
import process from 'node:process'
import {UserError} from '../../model.ts'

/** What a file holds before and after a step; null where it is not there. */
export interface FileChange {
  /** Absolute. */
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** Reads a file as UTF-8, a byte order mark included; null where there is none. */
export function readText(path: string): string | null {
  const bytes = readBytes(path)
  return bytes === null ? null : new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes)
}

/** Reads a file; null where there is none. */
export function readBytes(path: string): Uint8Array | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw unusable(path, error)
  }
}

/**
 * Gives the real path of a file of the corpus, links followed.
 *
 * @param file
 *   Relative to `root`, `/` between parts; it need not exist, and neither need its folder.
 * @throws UserError
 *   Where it leads out of the corpus.
 */
export function pathInside(root: string, file: string): string {
  const base = realpathSync(root)
  const parts = file.split('/')
  const isBad = (part: string) => part === '' || part === '.' || part === '..' || /[\0\\]/.test(part)
  let real = base
  for (const part of parts) {
    if (isBad(part)) throw outside(file)
    const next = join(real, part)
    const stats = lstatSync(next, {throwIfNoEntry: false})
    real = stats === undefined ? next : realOf(next, file)
    if (!real.startsWith(base.endsWith(sep) ? base : base + sep)) throw outside(file)
  }
  return real
}

/** The real path of what is there; a link that leads nowhere leads out. */
function realOf(path: string, file: string): string {
  try {
    return realpathSync(path)
  } catch {
    throw outside(file)
  }
}

/**
 * Writes files together: each to a temporary name beside it, then all are renamed. Where one cannot be, those before it
 * are put back.
 *
 * @throws UserError
 *   Where a file no longer holds what it held before, and then nothing is written; or where it cannot be written.
 */
export function writeTogether(changes: readonly FileChange[]): void {
  for (const {path, before} of changes) {
    if (readText(path) !== before) {
      throw new UserError(
        `Unexpected change of \`${path}\` by another program, expected what was read, reload the page`,
      )
    }
  }
  const prepared = changes.map(change => ({...change, temporary: `${change.path}.${process.pid}.tmp`}))
  const done: FileChange[] = []
  try {
    for (const {path, temporary, after} of prepared) {
      if (after === null) continue
      mkdirSync(dirname(path), {recursive: true})
      writeFileSync(temporary, after)
      const mode = lstatSync(path, {throwIfNoEntry: false})?.mode
      if (mode !== undefined) chmodSync(temporary, mode & 0o7777)
    }
    for (const change of prepared) {
      if (change.after === null) rmSync(change.path, {force: true})
      else renameSync(change.temporary, change.path)
      done.push(change)
    }
  } catch (error) {
    for (const {path, before} of done) {
      if (before === null) rmSync(path, {force: true})
      else writeFileSync(path, before)
    }
    throw unusable('path' in Object(error) ? String(Object(error).path) : (changes[0]?.path ?? ''), error)
  } finally {
    for (const {temporary} of prepared) rmSync(temporary, {force: true})
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

function unusable(path: string, error: unknown): UserError {
  return new UserError(`Cannot use \`${path}\` (${codeOf(error)}), expected a file that may be read and written`)
}

function outside(file: string): UserError {
  return new UserError(`Unexpected \`${file}\` that leads out of the corpus, expected a file within, copy it there`)
}
