import type {Config} from '../config.ts'
import {writeAlto} from '../export/alto.ts'
import {writeHocr} from '../export/hocr.ts'
import {writePageXml} from '../export/page-xml.ts'
import {type PdfPage, writePdf} from '../export/pdf.ts'
import {writeTsv} from '../export/tsv.ts'
import type {Document, Finding, Recognition} from '../model.ts'
import {embeddable} from '../prepare/embed.ts'
import {readScan} from '../read/scans.ts'
import type {Engine} from '../recognize/engine.ts'
import {pageText} from '../recognize/page-text.ts'
import {listen} from './interrupt.ts'
import {type ReadingEvents, rememberLast} from './reading.ts'
import {readCorpus} from './run.ts'

export const exportFormats = ['hocr', 'alto', 'page', 'tsv', 'pdf', 'txt'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A file of another format, made piece by piece. */
export interface ExportedFile {
  /** Path below the folder of exports, `/` between parts. */
  readonly file: string
  readonly pieces: AsyncIterable<string | Uint8Array>
}

/**
 * Read what is new, and write what was read in formats of other programs.
 *
 * A format lies as `--readings` looks for it: a file a page for ALTO and PAGE, a file a
 * document for the rest. A document of which a page could not be read is left out.
 *
 * @returns
 *   Files, each to be used up before the next is asked for, and what is wrong with scans and pages.
 */
export async function exportCorpus(
  config: Config,
  names: readonly string[],
  formats: readonly ExportFormat[],
  openEngine: () => Promise<Engine>,
  events: ReadingEvents = {},
  signal?: AbortSignal,
): Promise<{readonly files: Iterable<ExportedFile>; readonly findings: readonly Finding[]}> {
  const {documents, recognitions, findings} = await readCorpus(config, names, openEngine, events, signal)
  const whole = documents.filter(({pages}) => pages.length > 0 && pages.every(({id}) => recognitions.has(id)))
  // Transcripts are not looked at here.
  const own = findings.filter(
    ({file, ruleId}) => !file?.startsWith('transcripts/') && !['read:no-transcript', 'read:no-scan'].includes(ruleId),
  )
  const files = whole.flatMap(document =>
    formats.flatMap(format => filesOf(document, format, recognitions, config, signal)),
  )
  return {files, findings: own}
}

function filesOf(
  document: Document,
  format: ExportFormat,
  recognitions: ReadonlyMap<string, Recognition>,
  config: Config,
  signal: AbortSignal | undefined,
): readonly ExportedFile[] {
  const pages = document.pages.map(({id}) => recognitions.get(id)!)
  const scans = document.pages.map(({scan}) => scan.file)
  const wholeDocument = (extension: string, pieces: () => AsyncIterable<string | Uint8Array>) => [
    {file: `${format}/${document.id}.${extension}`, pieces: lazily(pieces, signal)},
  ]
  const pageByPage = (write: (page: Recognition, scan: string) => string) =>
    pages.map((page, index) => ({
      file: `${format}/${page.pageId}.xml`,
      pieces: lazily(() => one(write(page, scans[index] ?? '')), signal),
    }))
  switch (format) {
    case 'hocr':
      return wholeDocument('hocr', () => one(writeHocr(pages, scans)))
    case 'tsv':
      return wholeDocument('tsv', () => one(writeTsv(pages)))
    case 'txt':
      return wholeDocument('txt', () => one(pages.map(page => `${pageText(page).text}\n`).join('\f')))
    case 'pdf':
      return wholeDocument('pdf', () => writePdf(document.id, pdfPages(document, pages, config, signal)))
    case 'alto':
      return pageByPage(writeAlto)
    case 'page':
      return pageByPage(writePageXml)
  }
}

async function* pdfPages(
  {pages}: Document,
  recognitions: readonly Recognition[],
  {root}: Config,
  signal: AbortSignal | undefined,
): AsyncGenerator<PdfPage> {
  const scanBytes = rememberLast(scan => readScan(root, scan))
  for (const [index, page] of pages.entries()) {
    await listen(signal)
    const image = await embeddable(await scanBytes(page.scan), page)
    yield {recognition: recognitions[index]!, image, density: densityOf(image)}
  }
}

/** What cameras and programs write that know of none is no density: then the page is as long as a sheet of letter paper. */
function densityOf({density, width, height}: {density: number | null; width: number; height: number}): number {
  return density !== null && density > 96 && density <= 2400 ? density : Math.max(1, Math.max(width, height) / 11)
}

async function* lazily(
  pieces: () => AsyncIterable<string | Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string | Uint8Array> {
  await listen(signal)
  yield* pieces()
}

async function* one(text: string): AsyncGenerator<string> {
  yield text
}
