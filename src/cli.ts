import process from 'node:process'
import {exitCodes} from './cli/exit-codes.ts'
import {main} from './cli/main.ts'

const interrupt = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // Who asks twice does not want to wait.
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted)
    interrupt.abort()
  })
}
// A reader that has seen enough, as in `| head`, is no error.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(exitCodes.fine)
  throw error
})
const code = await main(process.argv.slice(2), interrupt.signal)
// What was left open, as a file that is being read, holds an interrupted program no longer.
if (code === exitCodes.interrupted) process.exit(code)
process.exitCode = code
