import {join} from 'node:path'
import process from 'node:process'
import {readConfig, readEnvironment} from '../config.ts'
import {previewPages} from '../index.ts'
import {type Decision, UserError} from '../model.ts'
import {parseDecisions} from '../review/decisions.ts'
import {openDesk} from '../review/server/desk.ts'
import {startServer} from '../review/server/server.ts'
import {readAssets} from './assets.ts'
import {openBrowser} from './browser.ts'
import {exitCodes} from './exit-codes.ts'
import {gitAuthor} from './git.ts'
import {corpusOptions, parseOptions} from './options.ts'
import {previewStore} from './preview-store.ts'
import {readInput} from './read-input.ts'
import {readForReview} from './reviewed.ts'
import {prepareFolder} from './write.ts'

export async function review(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('review', args, {
    ...corpusOptions,
    author: {type: 'string'},
    decisions: {type: 'string', multiple: true},
    port: {type: 'string'},
  })
  const environment = readEnvironment()
  const config = readConfig(values)
  const port = parsePort(values.port)
  const author = values.author?.trim() || gitAuthor(config.root)
  if (author === null) {
    throw new UserError('Unexpected review without an author, expected --author or a name in git config user.name')
  }
  const others = readDecisions(values.decisions ?? [])
  const reports = join(config.out, 'reports')
  prepareFolder(reports)
  prepareFolder(join(config.out, 'recognitions'))
  const tell = (text: string) => process.stderr.write(text)
  const {corpus, ledgers} = await readForReview(config, positionals, environment, tell, signal)
  const pages = corpus.corpus.documents.flatMap(document => document.pages)
  const previews = await previewPages(config, pages, previewStore(join(reports, 'previews')))
  const desk = openDesk({
    corpus,
    ledgers,
    author,
    others,
    previews,
    assets: readAssets(),
    today: () => new Date().toISOString().slice(0, 10),
  })
  const server = await startServer(desk, port)
  process.stdout.write(`Review: ${server.url}\n`)
  tell('Ctrl-C ends it\n')
  const close = environment.screen ? openBrowser(server.url) : () => {}
  if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve, {once: true}))
  close()
  await server.close()
  return exitCodes.fine
}

/** Read files of decisions, one after the other; errors are those of reading and of their form. */
export function readDecisions(files: readonly string[]): readonly Decision[] {
  return files.flatMap(file => parseDecisions(new TextDecoder().decode(readInput(file)), file))
}

function parsePort(value: string | undefined): number {
  const port = Number(value ?? 0)
  if (!/^\d{0,5}$/.test(value ?? '') || port > 65_535) {
    throw new UserError(`Unexpected --port \`${value}\`, expected a whole number from 0 (any that is free) to 65535`)
  }
  return port
}
