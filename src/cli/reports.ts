import {cpSync, existsSync, readFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import process from 'node:process'
import type {Config, Environment} from '../config.ts'
import {previewPages, type Run, renderJson, renderTerminal} from '../index.ts'
import type {Report} from '../model.ts'
import {exitCodes} from './exit-codes.ts'
import {type FormatRequest, writeFormats} from './format.ts'
import {picturesFolder, renderPage} from './page-files.ts'
import {previewStore} from './preview-store.ts'
import {readSettled} from './settled.ts'
import {writeWhole} from './write.ts'

export const reportFormats = ['text', 'json', 'html'] as const

/** Write all of reports/. */
export async function writeReports(config: Config, {report, texts, pages}: Run, signal?: AbortSignal): Promise<void> {
  const reports = join(config.out, 'reports')
  const previews = await previewPages(config, pages, previewStore(join(reports, 'previews')), signal)
  writeWhole(join(reports, 'report.json'), renderJson(report))
  const page = join(reports, 'index.html')
  writeWhole(page, renderPage(page, report, previews))
  for (const [id, {clean, raw}] of texts) {
    writeWhole(join(reports, 'text', `${id}.txt`), clean)
    writeWhole(join(reports, 'text', `${id}.raw.txt`), raw)
  }
}

/** Print what was asked for of a report that is written; gives the exit code of its verdict. */
export async function showReport(
  report: Report,
  {root, out}: Pick<Config, 'root' | 'out'>,
  formats: readonly FormatRequest<(typeof reportFormats)[number]>[],
  environment: Environment,
): Promise<number> {
  const reports = join(out, 'reports')
  // A ledger that cannot be read is for a check to tell.
  const settled = await readSettled(root, report).catch(() => undefined)
  const render = {
    text: () => `${renderTerminal(report, {...environment, settled})}\n${place('Report', join(reports, 'index.html'))}`,
    json: () => readFileSync(join(reports, 'report.json'), 'utf8'),
    html: () => readFileSync(join(reports, 'index.html'), 'utf8'),
  }
  writeFormats(
    formats,
    name => render[name](),
    text => process.stdout.write(text),
  )
  // Its pictures are looked for beside the page by the name of their folder.
  const pictures = picturesFolder(join(reports, 'index.html'))
  for (const {name, file} of formats) {
    if (name !== 'html' || file === null || !existsSync(pictures)) continue
    cpSync(pictures, join(dirname(file), 'index-files'), {recursive: true})
  }
  const {status} = report.verdict
  if (status === 'incomplete') return exitCodes.incomplete
  return status === 'failed' ? exitCodes.failed : exitCodes.fine
}

function place(label: string, file: string): string {
  return `${label}: ${relative(process.cwd(), file)}\n`
}
