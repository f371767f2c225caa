import {createTwoFilesPatch} from 'diff'

/**
 * Writes what changes in a file as a unified patch, which `git apply` and `patch -p1` take; empty for no change.
 *
 * @param file
 *   Path relative to the corpus root, `/` between parts.
 * @param before
 *   Null for a file that is not there.
 * @param context
 *   Lines around each change.
 */
export function patchOf(file: string, before: string | null, after: string | null, context = 3): string {
  if (before === after) return ''
  const [from, to] = [before === null ? '/dev/null' : `a/${file}`, after === null ? '/dev/null' : `b/${file}`]
  return createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, {context}).replace(/^=+\n/, '')
}
