import {type ParseArgsConfig, parseArgs} from 'node:util'
import {UserError} from '../model.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** Flags that say where a corpus lies, how many pages are worked on at once, and which settings hold. */
export const corpusOptions = {
  root: {type: 'string'},
  out: {type: 'string'},
  jobs: {type: 'string'},
  config: {type: 'string'},
} as const

/** Flags that say what is printed; `parseFormats` takes them. */
export const formatOptions = {
  format: {type: 'string', multiple: true},
  json: {type: 'boolean'},
} as const

/** What `parseArgs` gives for these options: flags by name, and the rest. */
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{args: string[]; options: T; allowPositionals: true; strict: true}>
>

/**
 * Parse the arguments of a command.
 *
 * @throws UserError
 *   For a flag the command does not have, or one without its value.
 */
export function parseOptions<const T extends Options>(command: string, args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({args: [...args], options, allowPositionals: true, strict: true})
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const known = Object.keys(options).map(name => `--${name}`)
    const flag = /'(--?[^\s',]+)/.exec(error.message)?.[1] ?? ''
    const near = nearest(flag, known)
    const hint = near === null ? '' : `, perhaps \`${near}\``
    const what =
      'code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
        ? `Unexpected flag \`${flag}\``
        : error.message.replace(/\.$/, '')
    throw new UserError(`${what}${hint}, see \`scanproof ${command} --help\``)
  }
}

/** The candidate that shares most of its letters in order with `name`; null where none is near. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  const scored = candidates
    .map(candidate => ({candidate, score: commonLength(name, candidate) / Math.max(name.length, candidate.length, 1)}))
    .sort((a, b) => b.score - a.score)
  const best = scored[0]
  return best !== undefined && best.score >= 0.6 ? best.candidate : null
}

/** Length of the longest common subsequence. */
function commonLength(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const unit of a) {
    const next = [0]
    for (let j = 1; j <= b.length; j++) {
      next[j] = unit === b[j - 1] ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0)
    }
    row = next
  }
  return row[b.length] ?? 0
}
