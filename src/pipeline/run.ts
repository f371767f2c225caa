import type {Config} from '../config.ts'
import {countWords} from '../judge/surroundings.ts'
import type {Document, Normalized, Page, Recognition, Report, SecondLook} from '../model.ts'
import {type NormalizeOptions, normalize} from '../normalize/normalize.ts'
import {listDocuments} from '../read/documents.ts'
import type {Engine} from '../recognize/engine.ts'
import {pageText} from '../recognize/page-text.ts'
import {workAhead} from './ahead.ts'
import {cleaningOf} from './cleaning.ts'
import {compareDocument, judgeAgain} from './comparison.ts'
import {chooseDocuments, type ReadCorpus, selectCorpus} from './corpus.ts'
import {doubtsOf} from './doubts.ts'
import {isImported, type LazyEngine, openWhenAsked, readDocuments} from './imported.ts'
import {listen} from './interrupt.ts'
import {limit, preparationsFor, type ReadingEvents} from './reading.ts'
import {type ComparedDocument, type ComparedTexts, comparedOf, reportCorpus} from './reporting.ts'
import {gainsOf} from './review.ts'
import {lookAgain, openQuestions, readLooks} from './second-look.ts'

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
    const listed = await listDocuments(config.root)
    await listen(signal)
    const documents = chooseDocuments(listed.documents, names)
    const shared = sharedBy({documents}, config)
    const inTurn = limit(preparationsFor(config.jobs))
    const compare: Parameters<typeof workAhead>[1] = (document, recognitions) =>
      compareTexts(document, recognitions, new Map(), shared, config)
    const ahead = workAhead(documents, compare, engine, config, inTurn, signal)
    const hooks = {...events, onRead: ahead.onRead, inTurn}
    const reading = await readDocuments(documents, config, engine.open, hooks, signal, true)
    await ahead.settle()
    const looks = await readLooks(reading.recognitions, config.out)
    const corpus = selectCorpus(listed, names, {...reading, looks}, reading.engine)
    return await compareAndJudge(corpus, config, version, engine, signal, ahead.compared)
  } finally {
    await engine.close()
  }
}

/**
 * Do all of a run that comes after reading.
 *
 * @param engine
 *   Asked for where a word has to be looked at again.
 * @param ahead
 *   Documents that were compared while others were read, by id.
 */
export async function compareAndJudge(
  corpus: ReadCorpus,
  config: Config,
  version: string,
  engine: LazyEngine,
  signal?: AbortSignal,
  ahead: ReadonlyMap<string, ComparedTexts> = new Map(),
): Promise<Run> {
  const shared = sharedBy(corpus, config)
  const compared: ComparedDocument[] = []
  for (const document of corpus.documents) {
    await listen(signal)
    const texts = ahead.get(document.id)
    compared.push(
      texts === undefined
        ? compareOne(corpus, document, shared, config)
        : judgeOnLooks(comparedOf(corpus, document, texts), corpus.looks),
    )
  }
  const judged = await judgeOnSecondLook(corpus, compared, engine, config, signal)
  await listen(signal)
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
  try {
    const corpus = await listDocuments(config.root)
    await listen(signal)
    const documents = chooseDocuments(corpus.documents, names)
    const reading = await readDocuments(documents, config, engine.open, events, signal, keep)
    const looks = await readLooks(reading.recognitions, config.out)
    return selectCorpus(corpus, names, {...reading, looks}, reading.engine)
  } finally {
    await engine.close()
  }
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

/** What all documents of a corpus are cleaned and compared with. */
export interface Shared {
  /** How often each word stands in the transcripts. */
  readonly vocabulary: ReadonlyMap<string, number>
  readonly cleaning: NormalizeOptions
}

/** Make what the documents of a corpus share; errors are those of `cleaningOf`. */
export function sharedBy({documents}: Pick<ReadCorpus, 'documents'>, config: Config): Shared {
  return {vocabulary: countWords(documents.map(({transcript}) => transcript?.text ?? '')), cleaning: cleaningOf(config)}
}

/** Clean and compare one document. */
export function compareOne(corpus: ReadCorpus, document: Document, shared: Shared, config: Config): ComparedDocument {
  return comparedOf(corpus, document, compareTexts(document, corpus.recognitions, corpus.looks, shared, config))
}

function compareTexts(
  document: Document,
  recognitions: ReadonlyMap<string, Recognition>,
  looks: ReadonlyMap<string, SecondLook>,
  {vocabulary, cleaning}: Shared,
  config: Config,
): ComparedTexts {
  const pageTexts = document.pages.flatMap(({id}) => {
    const recognition = recognitions.get(id)
    return recognition === undefined ? [] : [pageText(recognition)]
  })
  const normalized = normalize(pageTexts, cleaning)
  const comparison =
    document.transcript === null || pageTexts.length === 0
      ? null
      : compareDocument(normalized, pageTexts, document.transcript, vocabulary, config, looks)
  return {pageTexts, normalized, comparison}
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
  return compared.map(document => judgeOnLooks(document, looks))
}

/** Judge a document's differences on what second looks have read. */
function judgeOnLooks(document: ComparedDocument, looks: ReadonlyMap<string, SecondLook>): ComparedDocument {
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
}
