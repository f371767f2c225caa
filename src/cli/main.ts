import process from 'node:process'
import {InterruptedError, UserError} from '../model.ts'
import {version} from '../version.ts'
import {exitCodes} from './exit-codes.ts'
import {help} from './help.ts'
import {nearest} from './options.ts'

/** Takes the arguments after its name and a signal for Ctrl-C, and gives the exit code. */
type Command = (args: readonly string[], signal: AbortSignal) => Promise<number>

/** Loaded when called for, so that help does not wait for an engine. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run.ts')).run,
  plan: async () => (await import('./plan.ts')).plan,
  queue: async () => (await import('./queue.ts')).queue,
  merge: async () => (await import('./merge.ts')).merge,
  check: async () => (await import('./check.ts')).check,
  suspects: async () => (await import('./suspects.ts')).suspects,
  accept: async () => (await import('./accept.ts')).accept,
  review: async () => (await import('./review.ts')).review,
  apply: async () => (await import('./apply.ts')).apply,
  compare: async () => (await import('./compare.ts')).compare,
  clean: async () => (await import('./clean.ts')).clean,
  lint: async () => (await import('./lint.ts')).lint,
  export: async () => (await import('./export.ts')).exportReadings,
  init: async () => (await import('./init.ts')).init,
}

/** End by themselves, and in order, when they are asked to stop: others wait for their answer. */
const waits: ReadonlySet<string> = new Set(['review', 'queue'])

/** Milliseconds in which a command that was interrupted has to end. */
const grace = 400

/** Rejects some time after `signal`: files are written to other names first, so a command can be left at any moment. */
function overdue(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () =>
      setTimeout(() => reject(new InterruptedError('Interrupted; pages already read are stored')), grace).unref()
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, {once: true})
  })
}

/** Run a command of the program, as `scanproof ARGS` does; gives its exit code. */
export async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const [name = '', ...rest] = args
  try {
    if (name === '--version' || name === '-v') {
      process.stdout.write(`${version}\n`)
      return exitCodes.fine
    }
    if (name === '' || name === '--help' || name === '-h' || name === 'help') {
      process.stdout.write(help[rest[0] ?? ''] ?? help[''] ?? '')
      return name === '' ? exitCodes.usage : exitCodes.fine
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command === undefined) {
      const near = nearest(name, Object.keys(commands))
      throw new UserError(
        `Unexpected command \`${name}\`, expected one of ${Object.keys(commands).join(', ')}${near === null ? '' : `, perhaps \`${near}\``}, see \`scanproof --help\``,
      )
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      process.stdout.write(help[name] ?? '')
      return exitCodes.fine
    }
    const done = (async () => (await command())(rest, signal))()
    return await (waits.has(name) ? done : Promise.race([done, overdue(signal)]))
  } catch (error) {
    if (error instanceof UserError) {
      process.stderr.write(`scanproof: ${error.message}\n`)
      return exitCodes.usage
    }
    if (error instanceof InterruptedError) {
      process.stderr.write(`\nscanproof: ${error.message}\n`)
      return exitCodes.interrupted
    }
    process.stderr.write(
      `scanproof: a bug, not your fault. Please report it with what follows.\n${error instanceof Error ? error.stack : String(error)}\n`,
    )
    return exitCodes.bug
  }
}
