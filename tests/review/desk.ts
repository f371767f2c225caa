import type {Config} from '../../src/config.ts'
import type {Decision, Difference, Ledger, LedgerVerdict} from '../../src/model.ts'
import {type CheckRun, checkCorpus} from '../../src/pipeline/check.ts'
import {sharedBy} from '../../src/pipeline/run.ts'
import {type ReviewedCorpus, type ReviewedDocument, reviewDocument} from '../../src/review/document.ts'
import {corpusOf, config as plain, program, type Texts} from '../gate/corpus.ts'

/** A corpus of one document under review. */
export function review(
  texts: Texts,
  ledger: Ledger | null = null,
  settings: Partial<Config> = {},
): {readonly corpus: ReviewedCorpus; readonly reviewed: ReviewedDocument} {
  const config = {...plain, ...settings}
  const read = corpusOf([texts])
  const corpus = {corpus: read, shared: sharedBy(read, config), config, program}
  return {corpus, reviewed: reviewDocument(corpus, read.documents[0]!, ledger)}
}

/** The difference that says `reference/hypothesis`, white space at the ends aside. */
export function differenceOf({compared}: ReviewedDocument, text: string): Difference {
  const said = ({reference, hypothesis}: Difference) => `${reference.trim()}/${hypothesis.trim()}`
  const found = compared.report.differences.find(difference => said(difference) === text)
  if (found === undefined) {
    throw new Error(`Unexpected \`${text}\`, expected one of ${compared.report.differences.map(said).join(', ')}`)
  }
  return found
}

/** A decision on a difference of a document. */
export function decide(
  reviewed: ReviewedDocument,
  text: string,
  verdict: LedgerVerdict,
  more: Partial<Decision> = {},
): Decision {
  const {id, kind, reference, hypothesis, before, after, scan} = differenceOf(reviewed, text)
  return {
    id,
    document: reviewed.document.id,
    page: scan?.page ?? null,
    kind,
    reference,
    hypothesis,
    before,
    after,
    verdict,
    reading: null,
    tags: [],
    note: '',
    author: 'A. Curator',
    date: '2026-11-24',
    ...more,
  }
}

/** Check a document with the transcript and ledger that a review left. */
export function checkAfter(texts: Texts, {document, ledger}: ReviewedDocument): CheckRun {
  return checkCorpus(
    corpusOf([{...texts, transcript: document.transcript?.source ?? ''}]),
    new Map(ledger === null ? [] : [[ledger.document, ledger]]),
    plain,
    program,
    {strict: true, full: false, drift: null},
  )
}
