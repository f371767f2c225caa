import {createHash} from 'node:crypto'
import {closeSync, openSync, readSync} from 'node:fs'
import {UserError} from '../model.ts'
import {type PlannedPage, readPlanLines} from './plan.ts'

/** A plan in a file, which is read as often as it is needed and never held: it may have a million pages. */
export interface PlanFile {
  /** SHA-256 of the file, lower-case hex. */
  readonly hash: string
  readonly toolVersion: string
  /** Without their ends. */
  readonly lines: () => Iterable<string>
  /** What to call it in messages. */
  readonly name: string
}

/**
 * Open a plan.
 *
 * @throws UserError
 *   Where it cannot be read, or its head is none. The rest is looked at when its lines are read.
 */
export function openPlanFile(file: string): PlanFile {
  const hash = createHash('sha256')
  for (const chunk of chunksOf(file)) hash.update(chunk)
  const lines = () => linesOf(file)
  const [first] = readPlanLines(lines(), file)
  const toolVersion = first !== undefined && 'head' in first ? first.head.toolVersion : ''
  return {hash: hash.digest('hex'), toolVersion, lines, name: file}
}

/** The pages of a plan; errors are those of `readPlanLines`. */
export function* pagesIn({lines, name}: PlanFile): Generator<PlannedPage> {
  for (const line of readPlanLines(lines(), name)) if ('page' in line) yield line.page
}

function* linesOf(file: string): Generator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for (const chunk of chunksOf(file)) {
    const lines = (rest + decoder.decode(chunk, {stream: true})).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

function* chunksOf(file: string): Generator<Uint8Array> {
  const buffer = new Uint8Array(1 << 20)
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (error) {
    throw unreadable(file, error)
  }
  try {
    for (;;) {
      const count = readSync(descriptor, buffer)
      if (count === 0) return
      yield buffer.subarray(0, count)
    }
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(file, error)
  } finally {
    closeSync(descriptor)
  }
}

function unreadable(file: string, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return new UserError(`Cannot read \`${file}\` (${code}), expected a plan, make it with \`scanproof plan\``)
}
