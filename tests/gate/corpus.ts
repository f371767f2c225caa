import {createHash} from 'node:crypto'
import type {Config} from '../../src/config.ts'
import type {Acceptance} from '../../src/gate/accept.ts'
import {acceptPages} from '../../src/gate/accept.ts'
import type {Document, EngineIdentity, Finding, Ledger, Page, Recognition} from '../../src/model.ts'
import {type CheckOptions, type CheckRun, checkCorpus} from '../../src/pipeline/check.ts'
import type {ReadCorpus} from '../../src/pipeline/corpus.ts'
import type {Program} from '../../src/pipeline/snapshot.ts'
import {parseTranscript} from '../../src/read/transcript.ts'

/** A document as texts: its Markdown, and what was read on each page, by name. */
export interface Texts {
  readonly id: string
  readonly transcript: string
  readonly pages: Readonly<Record<string, string>>
  /** Seeds of the scans, by page: another seed is another scan. */
  readonly scans?: Readonly<Record<string, string>>
  readonly findings?: readonly Finding[]
}

export const program: Program = {version: '0.1.0', rules: 'rules-1', comparison: 'comparison-1'}

export const engine: EngineIdentity = {
  name: 'typist',
  version: '1',
  model: 'eng',
  modelSha256: 'ab'.repeat(32),
  parameters: {},
}

export const config: Config = {
  root: '/corpus',
  out: '/corpus',
  equality: 'reading',
  profile: 'letter',
  equivalences: {},
  disabledRules: [],
  cleanup: {families: {}, rules: [], words: []},
  engine: 'tesseract.js',
  lang: 'eng',
  tessdata: null,
  symbols: false,
  readings: null,
  jobs: 1,
  pageTimeout: 1,
  maxCharacterErrorRate: null,
  maxCorpusCharacterErrorRate: null,
  maxCharacterErrorRateRise: null,
}

export const decision: Acceptance = {
  verdict: 'ocr',
  reason: 'read by a person',
  author: 'A. Curator',
  date: '2026-11-22',
}

/** A corpus as if it had been read by the engine. */
export function corpusOf(documents: readonly Texts[], reader: EngineIdentity = engine): ReadCorpus {
  const made = documents.map(texts => ({texts, document: documentOf(texts)}))
  return {
    documents: made.map(({document}) => document),
    recognitions: new Map(
      made.flatMap(({texts, document}) =>
        document.pages.map(({id, name}) => [id, recognitionOf(id, texts.pages[name] ?? '', reader)] as const),
      ),
    ),
    looks: new Map(),
    findings: made.flatMap(({texts}) => texts.findings ?? []),
    engine: reader,
  }
}

/** Check texts against ledgers, the way the command does, without a disk. */
export function checkTexts(
  documents: readonly Texts[],
  ledgers: readonly Ledger[],
  {
    settings = {},
    options = {},
    made = program,
    reader = engine,
  }: {
    readonly settings?: Partial<Config>
    readonly options?: Partial<CheckOptions>
    readonly made?: Program
    readonly reader?: EngineIdentity
  } = {},
): CheckRun {
  return checkCorpus(
    corpusOf(documents, reader),
    new Map(ledgers.map(ledger => [ledger.document, ledger])),
    {...config, ...settings},
    made,
    {strict: false, full: false, drift: null, ...options},
  )
}

/** Accept everything, as `accept --all` does. */
export function acceptAll(documents: readonly Texts[], decided: Acceptance = decision): readonly Ledger[] {
  const {snapshots} = checkTexts(documents, [])
  return [...snapshots.values()].map(snapshot => acceptPages(null, snapshot, null, decided))
}

/** What a check judged, as `outcome rule page reference/hypothesis`, worst first. */
export function judged({report}: CheckRun): readonly string[] {
  return report.verdict.gate.judgements.map(({outcome, ruleId, page, difference}) =>
    [
      outcome,
      ruleId.replace('gate:', ''),
      ...(page === null ? [] : [page]),
      ...(difference === null ? [] : [`${difference.reference.trim()}/${difference.hypothesis.trim()}`]),
    ].join(' '),
  )
}

function documentOf({id, transcript, pages, scans = {}}: Texts): Document {
  const file = `transcripts/${id}.md`
  return {
    id,
    pages: Object.keys(pages).map(
      (name): Page => ({
        id: `${id}/${name}`,
        document: id,
        name,
        scan: {
          file: `scans/${id}/${name}.png`,
          format: 'png',
          frame: 0,
          sha256: sha256(scans[name] ?? `${id}/${name}`),
        },
      }),
    ),
    transcript: parseTranscript(new TextEncoder().encode(transcript), file, id).transcript,
  }
}

/** Words of twelve pixels a letter, lines of thirty; an empty line begins a paragraph. */
function recognitionOf(pageId: string, text: string, reader: EngineIdentity): Recognition {
  let paragraphStart = true
  const lines = text.split('\n').flatMap((line, row) => {
    const words = [...line.matchAll(/\S+/g)].map(({0: word, index}) => ({
      text: word,
      box: {x: 100 + index * 12, y: 100 + row * 30, width: word.length * 12, height: 24},
      confidence: 0.95,
    }))
    if (words.length === 0) {
      paragraphStart = true
      return []
    }
    const start = paragraphStart
    paragraphStart = false
    const box = {x: 100, y: 100 + row * 30, width: line.length * 12, height: 24}
    return [{box, angle: 0, paragraphStart: start, words}]
  })
  return {
    schemaVersion: 1,
    pageId,
    fingerprint: '',
    engine: reader,
    width: 1275,
    height: 1650,
    confidence: 0.95,
    lines,
    regions: [],
    findings: [],
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
