import {rmSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {readConfig, readQueueEnvironment} from '../config.ts'
import {openDatabase, startEmbedded} from '../index.ts'
import {UserError} from '../model.ts'
import {exitCodes} from './exit-codes.ts'
import {parseOptions} from './options.ts'
import {tell} from './queue-database.ts'
import {common, queueFolder, urlFile} from './queue-options.ts'
import {writeWhole} from './write.ts'

export async function start(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values} = parseOptions('queue', args, {...common, port: {type: 'string'}})
  const config = readConfig(values)
  const given = values.database ?? readQueueEnvironment().database
  if (given !== null) {
    const database = await openDatabase(given, {install: true, supervise: false}, tell)
    await database.close()
    process.stdout.write('The queue is ready\n')
    return exitCodes.fine
  }
  const port = Number(values.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UserError(`Unexpected --port \`${values.port}\`, expected a number from 0 to 65535`)
  }
  const embedded = await startEmbedded(join(config.out, queueFolder), port)
  try {
    const database = await openDatabase(embedded.url, {install: true, supervise: false}, tell)
    await database.close()
    writeWhole(urlFile(config), embedded.url, 0o600)
    process.stdout.write(
      `The queue is ready, until this ends; its address is in ${urlFile(config)}, its data in ${embedded.folder}\n`,
    )
    await new Promise<void>(resolve => {
      signal.addEventListener('abort', () => resolve(), {once: true})
      embedded.process.once('exit', () => resolve())
      if (signal.aborted) resolve()
    })
  } finally {
    rmSync(urlFile(config), {force: true})
    await embedded.stop()
  }
  return exitCodes.fine
}
