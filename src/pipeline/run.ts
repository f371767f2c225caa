import type {Config} from '../config.ts'
import {judgeLimits} from '../gate/verdict.ts'
import {countWords} from '../judge/surroundings.ts'
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
  PageReport,
  PageText,
  Recognition,
  Report,
  SecondLook,
  Totals,
} from '../model.ts'
import {UserError} from '../model.ts'
import {type NormalizeOptions, normalize} from '../normalize/normalize.ts'
import {type Corpus, listDocuments} from '../read/documents.ts'
import type {Engine} from '../recognize/engine.ts'
import {pageText} from '../recognize/page-text.ts'
import {cleaningOf} from './cleaning.ts'
import {type Comparison, compareDocument, judgeAgain} from './comparison.ts'
import {doubtsOf} from './doubts.ts'
import {isImported, type LazyEngine, openWhenAsked, readDocuments} from './imported.ts'
import type {Reading, ReadingEvents} from './reading.ts'
import {corpusReview, gainsOf, type Reviewed} from './review.ts'
import {lookAgain, openQuestions, readLooks} from './second-look.ts'

/** What a run gives: the report, and the texts it speaks of. */
export interface Run {
  readonly report: Report
  /** By document id; absent where nothing could be read. */
  readonly texts: ReadonlyMap<string, Normalized>
  /** The pages of the documents that were run, in order. */
  readonly pages: readonly Page[]
}

/** What was found and read, before anything is compared. */
export interface ReadCorpus {
  /** Those that were asked for, in natural order. */
  readonly documents: readonly Document[]
  /** By page id; a page that failed is absent. */
  readonly recognitions: ReadonlyMap<string, Recognition>
  /** By page id: what a second look has read before; a page without one is absent. */
  readonly looks: ReadonlyMap<string, SecondLook>
  /** Of files and pages; those of a document that was not asked for are left out. */
  readonly findings: readonly Finding[]
  readonly engine: EngineIdentity
}

/**
 * Read what is new, clean it, compare it with the transcripts.
 *
 * @param names
 *   Documents to run; none for all.
 * @param openEngine
 *   Called once, where a page has no reading of another program; the engine is closed before this returns or throws.
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
  const engine = openWhenAsked(openEngine)
  try {
    const corpus = await readWith(engine, config, names, events, signal, true)
    return await compareAndJudge(corpus, config, version, engine, signal)
  } finally {
    await engine.close()
  }
}

/**
 * Do all of a run that comes after reading.
 *
 * @param engine
 *   Asked for where a word has to be looked at again.
 */
export async function compareAndJudge(
  corpus: ReadCorpus,
  config: Config,
  version: string,
  engine: LazyEngine,
  signal?: AbortSignal,
): Promise<Run> {
  const shared = sharedBy(corpus, config)
  const compared = corpus.documents.map(document => compareOne(corpus, document, shared, config))
  const judged = await judgeOnSecondLook(corpus, compared, engine, config, signal)
  return {
    report: reportCorpus(corpus, judged, config, version),
    texts: textsOf(judged),
    pages: corpus.documents.flatMap(document => document.pages),
  }
}

/**
 * Find scans and transcripts and read what is new; parameters and errors are those of `run`.
 *
 * @param keep
 *   False to write nothing to disk.
 */
export async function readCorpus(
  config: Config,
  names: readonly string[],
  openEngine: () => Promise<Engine>,
  events: ReadingEvents = {},
  signal?: AbortSignal,
  keep = true,
): Promise<ReadCorpus> {
  const engine = openWhenAsked(openEngine)
  return readWith(engine, config, names, events, signal, keep).finally(() => engine.close())
}

async function readWith(
  engine: LazyEngine,
  config: Config,
  names: readonly string[],
  events: ReadingEvents,
  signal: AbortSignal | undefined,
  keep: boolean,
): Promise<ReadCorpus> {
  const corpus = await listDocuments(config.root)
  const documents = chooseDocuments(corpus.documents, names)
  const reading = await readDocuments(documents, config, engine.open, events, signal, keep)
  const looks = await readLooks(reading.recognitions, config.out)
  return selectCorpus(corpus, names, {...reading, looks}, reading.engine)
}

/**
 * Put a corpus and what was read of it together, for the documents that were asked for.
 *
 * @param names
 *   None for all.
 */
export function selectCorpus(
  corpus: Corpus,
  names: readonly string[],
  reading: Reading & Partial<Pick<ReadCorpus, 'looks'>>,
  engine: EngineIdentity,
): ReadCorpus {
  const documents = chooseDocuments(corpus.documents, names)
  const findings = [...corpus.findings, ...documents.flatMap(draftFindings), ...reading.findings].filter(
    finding => names.length === 0 || documents.some(document => belongsTo(finding, document)),
  )
  return {documents, recognitions: reading.recognitions, looks: reading.looks ?? new Map(), findings, engine}
}

/**
 * Clean and compare documents of a corpus that was read, and report on them.
 *
 * @param documents
 *   Those to compare: all of `corpus`, or some.
 */
export function compareCorpus(
  corpus: ReadCorpus,
  documents: readonly Document[],
  config: Config,
  version: string,
): Pick<Run, 'report' | 'texts'> {
  const shared = sharedBy(corpus, config)
  const compared = documents.map(document => compareOne(corpus, document, shared, config))
  return {report: reportCorpus(corpus, compared, config, version), texts: textsOf(compared)}
}

function textsOf(compared: readonly ComparedDocument[]): ReadonlyMap<string, Normalized> {
  return new Map(
    compared.flatMap(({report, normalized}) => (normalized === null ? [] : [[report.id, normalized] as const])),
  )
}

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

/** What all documents of a corpus are cleaned and compared with. */
export interface Shared {
  /** How often each word stands in the transcripts. */
  readonly vocabulary: ReadonlyMap<string, number>
  readonly cleaning: NormalizeOptions
}

/** Make what the documents of a corpus share; errors are those of `cleaningOf`. */
export function sharedBy({documents}: ReadCorpus, config: Config): Shared {
  return {vocabulary: countWords(documents.map(({transcript}) => transcript?.text ?? '')), cleaning: cleaningOf(config)}
}

/** Clean and compare one document. */
export function compareOne(
  {recognitions, looks, findings}: ReadCorpus,
  document: Document,
  {vocabulary, cleaning}: Shared,
  config: Config,
): ComparedDocument {
  const own = findings.filter(finding => belongsTo(finding, document))
  const pageTexts = document.pages.flatMap(({id}) => {
    const recognition = recognitions.get(id)
    return recognition === undefined ? [] : [pageText(recognition)]
  })
  const normalized = normalize(pageTexts, cleaning)
  const comparison =
    document.transcript === null || pageTexts.length === 0
      ? null
      : compareDocument(normalized, pageTexts, document.transcript, vocabulary, config, looks)
  return {
    report: reportDocument(document, recognitions, pageTexts, normalized, comparison, own),
    normalized: pageTexts.length > 0 ? normalized : null,
    comparison,
    pair:
      comparison === null ? null : {document: document.id, file: document.transcript?.file ?? '', ...comparison.words},
    reviewed: comparison?.reviewed ?? null,
  }
}

/** Look again at what is in question and was not looked at before, and judge the differences once more. */
async function judgeOnSecondLook(
  corpus: ReadCorpus,
  compared: readonly ComparedDocument[],
  engine: LazyEngine,
  config: Config,
  signal: AbortSignal | undefined,
): Promise<readonly ComparedDocument[]> {
  const questions = compared.flatMap(({comparison}) =>
    comparison === null ? [] : [...comparison.questions, ...comparison.doubtful],
  )
  const pages = corpus.documents.flatMap(document => document.pages)
  // What another program read is judged by its own words.
  const own = pages.filter(({id}) => !isImported(corpus.recognitions.get(id)))
  const open = openQuestions(questions, own, corpus)
  if (open.length === 0) return compared
  const fresh = await lookAgain(open, await engine.open(), config, signal)
  const looks = new Map([...corpus.looks, ...fresh])
  return compared.map(document => {
    const {comparison, report} = document
    if (comparison === null) return document
    const doubts = doubtsOf(comparison.doubtful, looks, comparison.surroundings)
    const differences = judgeAgain(comparison, looks)
    // What a review would gain follows from what is judged now.
    const review = report.review && {
      ...report.review,
      gains: gainsOf(
        report.review.gains.map(({page}) => page),
        differences,
      ),
    }
    return {...document, report: {...report, differences, doubts, review}}
  })
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

/**
 * Take the documents of these names; all for none.
 *
 * @throws UserError
 *   Where a name is unknown.
 */
export function chooseDocuments<D extends {readonly id: string}>(
  documents: readonly D[],
  names: readonly string[],
): readonly D[] {
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
  comparison: Comparison | null,
  corpusFindings: readonly Finding[],
): DocumentReport {
  const {id, transcript, pages} = document
  const pageTotals = new Map(normalized.pages.map(({pageId}, index) => [pageId, comparison?.pages[index] ?? null]))
  const findings = [
    ...corpusFindings,
    ...pageTexts.flatMap(({pageId}) => recognitions.get(pageId)?.findings ?? []),
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
    counts,
    regions: recognition?.regions ?? [],
  }
}

/** A draft agrees with the OCR because it was made from it. */
export function draftFindings({transcript}: Pick<Document, 'transcript'>): readonly Finding[] {
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

/** Whether a finding is about this document: its pages, scans or transcript. */
export function belongsTo({file, page}: Finding, {id, pages, transcript}: Document): boolean {
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
