import process from 'node:process'
import {exitCodes} from './cli/exit-codes.ts'
import {help} from './cli/help.ts'
import {nearest} from './cli/options.ts'
import {InterruptedError, UserError} from './model.ts'
import {version} from './version.ts'

/** Takes the arguments after its name and a signal for Ctrl-C, and gives the exit code. */
type Command = (args: readonly string[], signal: AbortSignal) => Promise<number>

/** Loaded when called for, so that help does not wait for an engine. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./cli/run.ts')).run,
  plan: async () => (await import('./cli/plan.ts')).plan,
  queue: async () => (await import('./cli/queue.ts')).queue,
  merge: async () => (await import('./cli/merge.ts')).merge,
  check: async () => (await import('./cli/check.ts')).check,
  suspects: async () => (await import('./cli/suspects.ts')).suspects,
  accept: async () => (await import('./cli/accept.ts')).accept,
  review: async () => (await import('./cli/review.ts')).review,
  apply: async () => (await import('./cli/apply.ts')).apply,
  compare: async () => (await import('./cli/compare.ts')).compare,
  clean: async () => (await import('./cli/clean.ts')).clean,
  lint: async () => (await import('./cli/lint.ts')).lint,
  export: async () => (await import('./cli/export.ts')).exportReadings,
  init: async () => (await import('./cli/init.ts')).init,
}

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  process.once('SIGTERM', () => interrupt.abort())
  // A reader that has seen enough, as in `| head`, is no error.
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(exitCodes.fine)
    throw error
  })
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
    return await (await command())(rest, interrupt.signal)
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
