/** Documents that were read and accepted once, to be judged again and again with other transcripts. */

import {acceptPages} from '../../src/gate/accept.ts'
import {judgeCorpus} from '../../src/gate/judge.ts'
import {parseLedger, serializeLedger} from '../../src/gate/ledger.ts'
import {type Config, compareDocument, createTesseract, normalize, parseTranscript, readConfig} from '../../src/index.ts'
import type {
  CheckedDocument,
  Document,
  DocumentReport,
  Judgement,
  Ledger,
  Normalized,
  PageReport,
  PageText,
  Transcript,
} from '../../src/model.ts'
import {cleaningOf} from '../../src/pipeline/cleaning.ts'
import type {ReadCorpus} from '../../src/pipeline/corpus.ts'
import {readCorpus} from '../../src/pipeline/run.ts'
import {inputsOf, placesIn, snapshotOf} from '../../src/pipeline/snapshot.ts'
import {pageText} from '../../src/recognize/page-text.ts'

const program = {version: '0', rules: 'bench', comparison: 'bench'}

/** A document with all that does not depend on its transcript. */
export interface Subject {
  readonly corpus: ReadCorpus
  readonly config: Config
  readonly document: Document & {readonly transcript: Transcript}
  readonly pages: readonly PageText[]
  readonly normalized: Normalized
  readonly ledger: Ledger
}

/** Read a corpus, or take what was read before from `out`, and accept every difference: the OCR is wrong, as editors found. */
export async function readSubjects(root: string, out: string): Promise<readonly Subject[]> {
  const config = readConfig({root, out})
  const corpus = await readCorpus(
    config,
    [],
    () => createTesseract({jobs: config.jobs, timeout: config.pageTimeout, language: 'eng', tessdata: null}),
    {onPlan: ({toRead}) => toRead > 0 && console.error(`reading ${toRead} pages of ${root}`)},
  )
  return corpus.documents.flatMap(document => {
    const {transcript} = document
    if (transcript === null || document.pages.length === 0) return []
    const pages = document.pages.map(({id}) => pageText(corpus.recognitions.get(id)!))
    const normalized = normalize(pages, cleaningOf(config))
    const open = {corpus, config, document: {...document, transcript}, pages, normalized}
    const decision = {verdict: 'ocr', reason: 'bench', author: 'bench', date: '2026-11-22'} as const
    return [{...open, ledger: acceptPages(null, compare(open, transcript).snapshot, null, decision)}]
  })
}

/** Judge a document with another source of its transcript; the ledger goes through its file form on the way. */
export function judgeSource(subject: Subject, source: string): readonly Judgement[] {
  const {document, config} = subject
  const {transcript} = parseTranscript(new TextEncoder().encode(source), document.transcript.file, document.id)
  const {checked, snapshot} = compare(subject, transcript)
  const file = `ledger/${document.id}.json`
  const ledger = parseLedger(serializeLedger(subject.ledger), file, document.id)
  const rate = checked.characters!
  const {verdict} = judgeCorpus(
    [
      {
        document: checked,
        findings: [],
        snapshot,
        ledger,
        unchanged: false,
        places: placesIn(transcript),
        differences: 0,
      },
    ],
    [],
    [],
    rate,
    {...config, strict: false, drift: null},
  )
  return verdict.gate.judgements
}

/** Whether two sources read the same under the equality of the settings. */
export function readsAlike({corpus, config, document}: Subject, source: string): boolean {
  const textOf = (transcript: Transcript) =>
    inputsOf({...document, transcript}, corpus.recognitions, corpus.engine, config, program)
      ?.values()
      .next().value?.transcript
  const {transcript} = parseTranscript(new TextEncoder().encode(source), document.transcript.file, document.id)
  return textOf(transcript) === textOf(document.transcript)
}

function compare({corpus, config, document, pages, normalized}: Omit<Subject, 'ledger'>, transcript: Transcript) {
  const comparison = compareDocument(normalized, pages, transcript, new Map(), config)
  const inputs = inputsOf({...document, transcript}, corpus.recognitions, corpus.engine, config, program)!
  const reports = document.pages.map(
    ({id, scan}, index): PageReport => ({
      id,
      status: 'compared',
      scan,
      width: 0,
      height: 0,
      confidence: null,
      fingerprint: null,
      counts: comparison.pages[index]!,
      regions: [],
    }),
  )
  const report: DocumentReport = {
    id: document.id,
    status: 'compared',
    title: null,
    transcript: transcript.file,
    totals: comparison.totals,
    exact: comparison.exact,
    pages: reports,
    differences: comparison.differences,
    doubts: [],
    edits: [],
    drawn: [],
    makeup: null,
    review: null,
    findings: [],
  }
  const checked: CheckedDocument = {
    id: document.id,
    status: 'compared',
    transcript: transcript.file,
    characters: comparison.totals.character.clean,
    pages: reports.map(({id, scan, counts}) => ({id, status: 'compared', scan, characters: counts!.character.clean})),
  }
  return {checked, snapshot: snapshotOf(report, normalized, inputs)}
}
