import type {Config} from '../config.ts'
import {judgeLimits} from '../gate/verdict.ts'
import {rate, sum} from '../measure/counts.ts'
import {checkPairs, type Pair} from '../measure/pairing.ts'
import type {
  Counts,
  Document,
  DocumentReport,
  DocumentStatus,
  EngineIdentity,
  Finding,
  Normalized,
  Page,
  PageReader,
  PageReport,
  PageText,
  Recognition,
  Report,
  Totals,
} from '../model.ts'
import {doubtsOfReading} from '../recognize/doubtful.ts'
import type {Comparison} from './comparison.ts'
import {belongsTo, type ReadCorpus} from './corpus.ts'
import {corpusReview, type Reviewed} from './review.ts'

/** A document that was compared, and what a report on its corpus needs of it. */
export interface ComparedDocument {
  readonly report: DocumentReport
  /** Null where nothing could be read. */
  readonly normalized: Normalized | null
  /** Null where there was nothing to compare. */
  readonly pair: Pair | null
  /** Null where there was nothing to compare. */
  readonly reviewed: Reviewed | null
  readonly comparison: Comparison | null
}

/** The texts of a document, cleaned and compared. */
export interface ComparedTexts {
  readonly pageTexts: readonly PageText[]
  readonly normalized: Normalized
  /** Null where there was nothing to compare. */
  readonly comparison: Comparison | null
}

/** Report on one document of a corpus, whose texts were compared. */
export function comparedOf(
  {recognitions, findings}: ReadCorpus,
  document: Document,
  {pageTexts, normalized, comparison}: ComparedTexts,
): ComparedDocument {
  const own = findings.filter(finding => belongsTo(finding, document))
  return {
    report: reportDocument(document, recognitions, pageTexts, normalized, comparison, own),
    normalized: pageTexts.length > 0 ? normalized : null,
    comparison,
    pair:
      comparison === null ? null : {document: document.id, file: document.transcript?.file ?? '', ...comparison.words},
    reviewed: comparison?.reviewed ?? null,
  }
}

/** Report on documents of a corpus that were compared. */
export function reportCorpus(
  {documents, findings, engine}: ReadCorpus,
  compared: readonly ComparedDocument[],
  config: Config,
  version: string,
): Report {
  const strange = checkPairs(compared.flatMap(({pair}) => pair ?? []))
  const reports = compared.map(({report}) => ({
    ...report,
    findings: [...report.findings, ...strange.filter(({file}) => file === report.transcript)],
  }))
  const totals = sumTotals(reports.flatMap(({status, totals}) => (status === 'compared' && totals ? [totals] : [])))
  const shown = findings.filter(finding => !documents.some(document => belongsTo(finding, document)))
  return {
    schemaVersion: 1,
    tool: {name: 'scanproof', version},
    engine,
    config: {
      equality: config.equality,
      equivalences: config.equivalences,
      profile: config.profile,
      disabledRules: config.disabledRules,
      cleanup: {...config.cleanup, rules: config.cleanup.rules.map(({id}) => id)},
      maxCharacterErrorRate: config.maxCharacterErrorRate,
    },
    totals,
    review: corpusReview(compared.flatMap(({reviewed}) => reviewed ?? [])),
    documents: reports,
    findings: shown,
    verdict: judgeLimits(
      reports.map(({id, status, totals}) => ({id, status, characters: totals?.character.clean ?? null})),
      totals.character.clean,
      [...shown, ...reports.flatMap(({findings}) => findings)],
      config,
    ),
  }
}

function reportDocument(
  document: Document,
  recognitions: ReadonlyMap<string, Recognition>,
  pageTexts: readonly PageText[],
  normalized: Normalized,
  comparison: Comparison | null,
  corpusFindings: readonly Finding[],
): DocumentReport {
  const {id, transcript, pages} = document
  const pageTotals = new Map(normalized.pages.map(({pageId}, index) => [pageId, comparison?.pages[index] ?? null]))
  const findings = [
    ...corpusFindings,
    ...pageTexts.flatMap(({pageId}) => {
      const recognition = recognitions.get(pageId)
      return recognition === undefined ? [] : [...recognition.findings, ...doubtsOfReading(recognition)]
    }),
    ...(comparison?.findings ?? []),
  ]
  return {
    id,
    status: documentStatus(document, findings),
    title: transcript?.metadata.title ?? null,
    transcript: transcript?.file ?? null,
    totals: comparison?.totals ?? null,
    exact: comparison?.exact ?? true,
    pages: pages.map(page => reportPage(page, recognitions.get(page.id), pageTotals.get(page.id) ?? null)),
    differences: comparison?.differences ?? [],
    doubts: comparison?.doubts ?? [],
    edits: normalized.edits,
    drawn: comparison?.drawn ?? [],
    makeup: comparison?.makeup ?? null,
    review: comparison?.reviewed.review ?? null,
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
    engine: recognition === undefined ? null : readerOf(recognition.engine),
    counts,
    regions: recognition?.regions ?? [],
  }
}

function readerOf({name, version, model}: EngineIdentity): PageReader {
  return {name, version, model}
}

function sumTotals(all: readonly Totals[]): Totals {
  const add = (pick: (totals: Totals) => Counts) => rate(sum(all.map(pick)))
  return {
    character: {raw: add(({character}) => character.raw), clean: add(({character}) => character.clean)},
    word: {raw: add(({word}) => word.raw), clean: add(({word}) => word.clean)},
  }
}
