import type {Config} from '../config.ts'
import {judgeLimits} from '../gate/verdict.ts'
import {vocabularyWords} from '../judge/suspect.ts'
import {rate, sum} from '../measure/counts.ts'
import type {
  Counts,
  Document,
  DocumentReport,
  DocumentStatus,
  Finding,
  Normalized,
  Page,
  PageReport,
  PageText,
  Recognition,
  Report,
  Totals,
} from '../model.ts'
import {UserError} from '../model.ts'
import {normalize} from '../normalize/normalize.ts'
import {listDocuments} from '../read/documents.ts'
import type {Engine} from '../recognize/engine.ts'
import {pageText} from '../recognize/page-text.ts'
import {compareDocument} from './comparison.ts'
import {type ReadingEvents, readPages} from './reading.ts'

/** What a run gives: the report, and the texts it speaks of. */
export interface Run {
  readonly report: Report
  /** By document id; absent where nothing could be read. */
  readonly texts: ReadonlyMap<string, Normalized>
  /** The pages of the documents that were run, in order. */
  readonly pages: readonly Page[]
}

/**
 * Read what is new, clean it, compare it with the transcripts.
 *
 * @param names
 *   Documents to run; none for all.
 * @param openEngine
 *   Called once; the engine is closed before this returns or throws.
 * @throws UserError
 *   Where there is nothing to read or a name is unknown.
 */
export async function run(
  config: Config,
  names: readonly string[],
  version: string,
  openEngine: () => Promise<Engine>,
  events: ReadingEvents = {},
  signal?: AbortSignal,
): Promise<Run> {
  const corpus = await listDocuments(config.root)
  const documents = choose(corpus.documents, names)
  const pages = documents.flatMap(document => document.pages)
  const engine = await openEngine()
  const reading = await readPages(pages, engine, config, events, signal).finally(() => engine.close())

  const vocabulary = countWords(documents)
  const texts = new Map<string, Normalized>()
  const findings = [...corpus.findings, ...documents.flatMap(draftFindings), ...reading.findings]
  const reports = documents.map(document => {
    const own = findings.filter(finding => belongsTo(finding, document))
    const pageTexts = document.pages.flatMap(({id}) => {
      const recognition = reading.recognitions.get(id)
      return recognition === undefined ? [] : [pageText(recognition)]
    })
    const normalized = normalize(pageTexts, {profile: config.profile, disabled: config.disabledRules})
    if (pageTexts.length > 0) texts.set(document.id, normalized)
    return reportDocument(document, reading.recognitions, pageTexts, normalized, own, vocabulary, config)
  })
  const totals = sumTotals(reports.flatMap(({status, totals}) => (status === 'compared' && totals ? [totals] : [])))
  const rest = findings.filter(finding => !documents.some(document => belongsTo(finding, document)))
  const shown = names.length === 0 ? rest : []
  const report: Report = {
    schemaVersion: 1,
    tool: {name: 'scanproof', version},
    engine: engine.identity,
    config: {
      equality: config.equality,
      profile: config.profile,
      disabledRules: config.disabledRules,
      maxCharacterErrorRate: config.maxCharacterErrorRate,
    },
    totals,
    documents: reports,
    findings: shown,
    verdict: judgeLimits(reports, totals, shown, config),
  }
  return {report, texts, pages}
}

function choose(documents: readonly Document[], names: readonly string[]): readonly Document[] {
  const unknown = names.filter(name => !documents.some(({id}) => id === name))
  if (unknown.length > 0) {
    const known = documents.map(({id}) => `\`${id}\``).join(', ')
    throw new UserError(
      `Unexpected document ${unknown.map(name => `\`${name}\``).join(', ')}, expected one of ${known}, name a folder or file of scans/`,
    )
  }
  return names.length === 0 ? documents : documents.filter(({id}) => names.includes(id))
}

function reportDocument(
  document: Document,
  recognitions: ReadonlyMap<string, Recognition>,
  pageTexts: readonly PageText[],
  normalized: Normalized,
  corpusFindings: readonly Finding[],
  vocabulary: ReadonlyMap<string, number>,
  config: Config,
): DocumentReport {
  const {id, transcript, pages} = document
  const comparison =
    transcript === null || pageTexts.length === 0
      ? null
      : compareDocument(normalized, pageTexts, transcript, vocabulary, config)
  const pageTotals = new Map(normalized.pages.map(({pageId}, index) => [pageId, comparison?.pages[index] ?? null]))
  const findings = [...corpusFindings, ...pageTexts.flatMap(({pageId}) => recognitions.get(pageId)?.findings ?? [])]
  return {
    id,
    status: documentStatus(document, findings),
    title: transcript?.metadata.title ?? null,
    transcript: transcript?.file ?? null,
    totals: comparison?.totals ?? null,
    exact: comparison?.exact ?? true,
    pages: pages.map(page => reportPage(page, recognitions.get(page.id), pageTotals.get(page.id) ?? null)),
    differences: comparison?.differences ?? [],
    edits: normalized.edits,
    drawn: comparison?.drawn ?? [],
    findings,
  }
}

function documentStatus({pages, transcript}: Document, findings: readonly Finding[]): DocumentStatus {
  if (pages.length === 0) return 'no-scan'
  if (transcript === null) return 'no-transcript'
  return findings.some(({severity}) => severity === 'error') ? 'incomplete' : 'compared'
}

function reportPage(page: Page, recognition: Recognition | undefined, counts: Totals | null): PageReport {
  const {file, frame, sha256} = page.scan
  return {
    id: page.id,
    status: recognition === undefined ? 'failed' : counts === null ? 'read' : 'compared',
    scan: {file, frame, sha256},
    width: recognition?.width ?? 0,
    height: recognition?.height ?? 0,
    confidence: recognition?.confidence ?? null,
    fingerprint: recognition?.fingerprint ?? null,
    counts,
    regions: recognition?.regions ?? [],
  }
}

/** A draft agrees with the OCR because it was made from it. */
function draftFindings({transcript}: Document): readonly Finding[] {
  if (transcript?.metadata.draft !== 'true') return []
  return [
    {
      ruleId: 'read:draft-transcript',
      severity: 'error',
      reason: `Unexpected draft \`${transcript.file}\`, expected a transcript a person has read, proofread it and take \`draft: true\` out of its front matter`,
      file: transcript.file,
      page: null,
      point: null,
    },
  ]
}

function belongsTo({file, page}: Finding, {id, pages, transcript}: Document): boolean {
  if (page !== null) return page.startsWith(`${id}/`)
  return (
    file !== null &&
    (file === transcript?.file ||
      file === `transcripts/${id}.md` ||
      file === `scans/${id}` ||
      file.startsWith(`scans/${id}/`) ||
      pages.some(({scan}) => scan.file === file))
  )
}

function sumTotals(all: readonly Totals[]): Totals {
  const add = (pick: (totals: Totals) => Counts) => rate(sum(all.map(pick)))
  return {
    character: {raw: add(({character}) => character.raw), clean: add(({character}) => character.clean)},
    word: {raw: add(({word}) => word.raw), clean: add(({word}) => word.clean)},
  }
}

function countWords(documents: readonly Document[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const {transcript} of documents) {
    for (const word of vocabularyWords(transcript?.text ?? '')) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}
