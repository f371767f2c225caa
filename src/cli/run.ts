import {readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import process from 'node:process'
import {type Environment, readConfig, readEnvironment} from '../config.ts'
import {parseReport, previewPages, renderHtml, renderJson, renderTerminal, run as runPipeline} from '../index.ts'
import type {Normalized, Report} from '../model.ts'
import {codeHash, version} from '../version.ts'
import {readAssets} from './assets.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {type FormatRequest, parseFormats, writeFormats} from './format.ts'
import {parseOptions} from './options.ts'
import {previewStore} from './preview-store.ts'
import {showProgress} from './progress.ts'
import {isUnchanged, rememberRun, sourcesOf} from './unchanged.ts'
import {prepareFolder, writeWhole} from './write.ts'

export async function run(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('run', args, {
    root: {type: 'string'},
    out: {type: 'string'},
    jobs: {type: 'string'},
    config: {type: 'string'},
    ...engineOptions,
    format: {type: 'string', multiple: true},
    json: {type: 'boolean'},
  })
  const formats = parseFormats(values, formatNames, 'text')
  const config = readConfig(values)
  const environment = readEnvironment()
  const reports = join(config.out, 'reports')
  prepareFolder(reports)
  prepareFolder(join(config.out, 'recognitions'))

  const engine = await openEngine(config)
  const sources = sourcesOf(config.root, [config, positionals, engine.identity, version, codeHash('.')])
  if (isUnchanged(config.out, sources)) {
    await engine.close()
    return show(readReport(reports), reports, formats, environment)
  }

  const events = showProgress(
    text => process.stderr.write(text),
    environment,
    () => performance.now(),
  )
  const {report, texts, pages} = await runPipeline(config, positionals, version, async () => engine, events, signal)
  const previews = await previewPages(config, pages, previewStore(join(reports, 'previews')))
  const html = renderHtml(report, {previews, assets: readAssets()})
  writeWhole(join(reports, 'report.json'), renderJson(report))
  writeWhole(join(reports, 'index.html'), html)
  writeTexts(reports, texts)
  // A page that failed may be read the next time.
  if (report.documents.every(({pages}) => pages.every(({status}) => status !== 'failed'))) {
    rememberRun(config.out, sources)
  }
  return show(report, reports, formats, environment)
}

const formatNames = ['text', 'json', 'html'] as const

function show(
  report: Report,
  reports: string,
  formats: readonly FormatRequest<(typeof formatNames)[number]>[],
  environment: Environment,
): number {
  const render = {
    text: () => `${renderTerminal(report, environment)}\n${place('Report', join(reports, 'index.html'))}`,
    json: () => readFileSync(join(reports, 'report.json'), 'utf8'),
    html: () => readFileSync(join(reports, 'index.html'), 'utf8'),
  }
  writeFormats(
    formats,
    name => render[name](),
    text => process.stdout.write(text),
  )
  return exitCode(report)
}

function readReport(reports: string): Report {
  return parseReport(readFileSync(join(reports, 'report.json'), 'utf8'))
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
