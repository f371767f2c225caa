import {relative, sep} from 'node:path'
import process from 'node:process'
import type {Config} from '../config.ts'
import {quoted} from '../index.ts'

/** Say how a path is called from here, `/` between parts. */
export function pathFromHere(path: string): string {
  return toPosix(relative(process.cwd(), path))
}

/** The way from here to the corpus, to be put before its paths: services look for files from where the command ran. */
export function basePath(root: string): string {
  const path = pathFromHere(root)
  return path === '' ? '' : `${path}/`
}

/** Make a command of scanproof run from here, with the folders that were given. */
export function commandFromHere(command: string, {root, out}: Pick<Config, 'root' | 'out'>): string {
  const base = basePath(root)
  const change = base === '' ? '' : `cd ${quoted(base)} && `
  const flag = out === root ? '' : ` --out ${quoted(toPosix(relative(root, out)))}`
  return change + command.replace(/\bscanproof (?:accept|check|run)\b/, `$&${flag}`)
}

function toPosix(path: string): string {
  return path.split(sep).join('/')
}
