import process from 'node:process'
import {exitCodes} from './cli/exit-codes.ts'
import {main} from './cli/main.ts'

const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort())
process.once('SIGTERM', () => interrupt.abort())
// A reader that has seen enough, as in `| head`, is no error.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(exitCodes.fine)
  throw error
})
process.exitCode = await main(process.argv.slice(2), interrupt.signal)
