import {join, relative} from 'node:path'
import process from 'node:process'
import {readConfig, readEnvironment} from '../config.ts'
import {previewPages, renderHtml, renderJson, renderTerminal, run as runPipeline} from '../index.ts'
import type {Normalized, Report} from '../model.ts'
import {version} from '../version.ts'
import {readAssets} from './assets.ts'
import {openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {parseFormats, writeFormats} from './format.ts'
import {parseOptions} from './options.ts'
import {previewStore} from './preview-store.ts'
import {showProgress} from './progress.ts'
import {prepareFolder, writeWhole} from './write.ts'

export async function run(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('run', args, {
    root: {type: 'string'},
    out: {type: 'string'},
    jobs: {type: 'string'},
    config: {type: 'string'},
    format: {type: 'string', multiple: true},
    json: {type: 'boolean'},
  })
  const formats = parseFormats(values, ['text', 'json', 'html'], 'text')
  const config = readConfig(values)
  const environment = readEnvironment()
  const reports = join(config.out, 'reports')
  prepareFolder(reports)
  prepareFolder(join(config.out, 'recognitions'))

  const events = showProgress(
    text => process.stderr.write(text),
    environment,
    () => performance.now(),
  )
  const {report, texts, pages} = await runPipeline(
    config,
    positionals,
    version,
    () => openEngine(config),
    events,
    signal,
  )
  const previews = await previewPages(config, pages, previewStore(join(reports, 'previews')))
  const html = renderHtml(report, {previews, assets: readAssets()})
  writeWhole(join(reports, 'report.json'), renderJson(report))
  writeWhole(join(reports, 'index.html'), html)
  writeTexts(reports, texts)
  const render = {
    text: () => `${renderTerminal(report, environment)}\n${place('Report', join(reports, 'index.html'))}`,
    json: () => renderJson(report),
    html: () => html,
  }
  writeFormats(
    formats,
    name => render[name](),
    text => process.stdout.write(text),
  )
  return exitCode(report)
}

function exitCode({verdict}: Report): number {
  if (verdict.status === 'incomplete') return exitCodes.incomplete
  return verdict.status === 'failed' ? exitCodes.failed : exitCodes.fine
}

function writeTexts(reports: string, texts: ReadonlyMap<string, Normalized>): void {
  for (const [id, {clean, raw}] of texts) {
    writeWhole(join(reports, 'text', `${id}.txt`), clean)
    writeWhole(join(reports, 'text', `${id}.raw.txt`), raw)
  }
}

function place(label: string, file: string): string {
  return `${label}: ${relative(process.cwd(), file)}\n`
}
