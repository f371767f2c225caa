import {join} from 'node:path'
import process from 'node:process'
import {readConfig, readEnvironment} from '../config.ts'
import {previewPages, readCorpus} from '../index.ts'
import {UserError} from '../model.ts'
import {openDesk} from '../review/server/desk.ts'
import {startServer} from '../review/server/server.ts'
import {version} from '../version.ts'
import {readAssets} from './assets.ts'
import {openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {gitAuthor} from './git.ts'
import {parseOptions} from './options.ts'
import {previewStore} from './preview-store.ts'
import {showProgress} from './progress.ts'
import {prepareFolder} from './write.ts'

export async function review(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('review', args, {
    root: {type: 'string'},
    out: {type: 'string'},
    jobs: {type: 'string'},
    config: {type: 'string'},
    author: {type: 'string'},
    port: {type: 'string'},
  })
  const environment = readEnvironment()
  const config = readConfig(values)
  const author = values.author?.trim() || gitAuthor(config.root)
  if (author === null) {
    throw new UserError('Unexpected review without an author, expected --author or a name in git config user.name')
  }
  prepareFolder(join(config.out, 'recognitions'))
  const progress = showProgress(
    text => process.stderr.write(text),
    environment,
    () => performance.now(),
  )
  const corpus = await readCorpus(config, positionals, () => openEngine(config), progress, signal)
  const pages = corpus.documents.flatMap(document => document.pages)
  const previews = await previewPages(config, pages, previewStore(join(config.out, 'reports', 'previews')))
  const desk = openDesk({config, version, author, corpus, previews, assets: readAssets()})
  const server = await startServer(desk, parsePort(values.port))
  process.stdout.write(`Review: ${server.url}\n`)
  process.stderr.write('Ctrl-C ends it\n')
  if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve, {once: true}))
  await server.close()
  return exitCodes.fine
}

function parsePort(value: string | undefined): number {
  const port = Number(value ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UserError(`Unexpected --port \`${value}\`, expected a whole number from 0 (any that is free) to 65535`)
  }
  return port
}
