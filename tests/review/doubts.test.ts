import {expect, test} from 'vitest'
import {acceptDoubt, acceptedDoubts} from '../../src/gate/doubts.ts'
import {parseLedger, serializeLedger} from '../../src/gate/ledger.ts'
import type {Decision, Ledger, LedgerVerdict, LookReading} from '../../src/model.ts'
import {settledSuspects} from '../../src/pipeline/snapshot.ts'
import {decideDocument} from '../../src/review/decide.ts'
import {type ReviewedDocument, reviewDocument} from '../../src/review/document.ts'
import {checkTexts, corpusOf, decision, judged, type Texts} from '../gate/corpus.ts'
import {checkAfter, decide, review} from './desk.ts'

const letter: Texts = {
  id: 'letter',
  transcript: 'We did not *recieve* the answer of the **Governrnent**.\n\nIt came to late for us.\n',
  pages: {1: 'We did not recieve the answer of the Governrnent.\n\nIt came too late for us.'},
}
const read = {recieve: 'receive', Governrnent: 'Government'}

test('a doubt that is right as it is stays decided, on this scan and of this word', () => {
  const {corpus, reviewed} = reviewWithLooks(letter)
  expect(doubtsOf(reviewed)).toEqual(['recieve/receive', 'Governrnent/Government'])
  const {reviewed: after, outcomes} = decideDocument(corpus, reviewed, [doubt(reviewed, 'recieve', 'ocr')], new Set())
  expect(outcomes.map(({status}) => status)).toEqual(['written'])
  expect(after.document.transcript).toBe(reviewed.document.transcript)
  const ledger = again(after.ledger)
  expect(settled(reviewWithLooks(letter, ledger).reviewed)).toEqual(['recieve'])
  expect(settled(reviewWithLooks({...letter, transcript: edited('did not', 'do not')}, ledger).reviewed)).toEqual([
    'recieve',
  ])

  const {corpus: same, reviewed: once} = reviewWithLooks(letter, ledger)
  const twice = decideDocument(same, once, [doubt(once, 'recieve', 'ocr')], new Set())
  expect([twice.outcomes[0]?.status, twice.reviewed]).toEqual(['unchanged', once])

  expect(settled(reviewWithLooks({...letter, scans: {1: 'another scan'}}, ledger).reviewed)).toEqual([])
  const other = {
    ...letter,
    transcript: edited('*recieve*', '*recieves*'),
    pages: {1: pageEdited('recieve', 'recieves')},
  }
  const changed = reviewWithLooks(other, ledger, {recieves: 'receives'}).reviewed
  expect([doubtsOf(changed), settled(changed)]).toEqual([['recieves/receives'], []])
})

test.each(['transcript', 'unsure'] as const)('a doubt that is accepted as `%s` is still to be mended', verdict => {
  const {snapshot, ...reviewed} = reviewWithLooks(letter).reviewed
  const ledger = acceptDoubt(null, snapshot!, idOf(reviewed.compared, 'recieve'), {...decision, verdict})
  expect(acceptedDoubts(again(ledger), snapshot!.doubts).size).toBe(1)
  expect(settledSuspects(reviewed.compared.report, ledger).size).toBe(0)
})

test('whoever looks at a doubt accepts no page, and accepting pages keeps what was said of doubts', () => {
  const {reviewed} = reviewWithLooks(letter)
  const ledger = acceptDoubt(null, reviewed.snapshot!, idOf(reviewed.compared, 'recieve'), decision)
  expect(judged(checkTexts([letter], [ledger]))).toEqual(judged(checkTexts([letter], [])))
  const {corpus, reviewed: open} = reviewWithLooks(letter, ledger)
  const decided = decideDocument(corpus, open, [decide(open, 'to/too', 'ocr')], new Set())
  expect(decided.reviewed.ledger).toMatchObject({pages: [{page: 'letter/1'}], doubts: [{reference: 'recieve'}]})
  expect(() => acceptDoubt(null, reviewed.snapshot!, 'ffffffffffffffff', decision)).toThrow(RangeError)
})

test.each([
  ['what the second look reads', 'transcript', null, 'receive'],
  ['what a person read', 'both', 'relieve', 'relieve'],
] as const)(
  '%s is put into the transcript, and that the OCR is wrong there into the ledger',
  (_, verdict, typed, now) => {
    const {corpus, reviewed} = reviewWithLooks(letter)
    const decisions = [
      doubt(reviewed, 'recieve', verdict, typed),
      doubt(reviewed, 'Governrnent', 'editorial'),
      decide(reviewed, 'to/too', 'transcript'),
    ]
    const {reviewed: after, outcomes} = decideDocument(corpus, reviewed, decisions, new Set())
    expect(outcomes.map(({status, reason}) => reason ?? status)).toEqual(['written', 'written', 'written'])
    expect(after.document.transcript?.source).toBe(edited('recieve', now).replace('to late', 'too late'))
    expect(after.ledger).toMatchObject({
      pages: [{differences: [{reference: now, hypothesis: 'recieve', verdict: 'ocr'}]}],
      doubts: [{reference: 'Governrnent', verdict: 'editorial', scan: expect.stringMatching(/^[0-9a-f]{16}$/)}],
    })
    expect(judged(checkAfter(letter, after))).toEqual([])
    const repeated = decideDocument(corpus, after, [decisions[0]!], new Set())
    expect(repeated.outcomes.map(({status}) => status)).toEqual(['unchanged'])
  },
)

test('a decision on a doubt that is no more is refused', () => {
  const {reviewed} = reviewWithLooks(letter)
  const {corpus, reviewed: without} = review(letter)
  const {outcomes} = decideDocument(corpus, without, [doubt(reviewed, 'recieve', 'ocr')], new Set())
  expect(outcomes).toMatchObject([{status: 'refused', reason: expect.stringContaining('difference or doubt')}])
})

function reviewWithLooks(texts: Texts, ledger: Ledger | null = null, wrong: Readonly<Record<string, string>> = read) {
  const {corpus, reviewed} = review(texts, ledger)
  const looks = new Map(
    [...corpusOf([texts]).recognitions].map(([pageId, {fingerprint, lines}]) => {
      const words = lines.flatMap(line =>
        line.words.map(({text, box}) => {
          const seen = Object.entries(wrong).reduce((word, [from, to]) => word.replace(from, to), text)
          const look: LookReading = {text: seen, confidence: 0.9, letters: []}
          return {box, readings: [look, look, look, look]}
        }),
      )
      return [pageId, {schemaVersion: 1 as const, pageId, fingerprint, words}]
    }),
  )
  const looked = {...corpus, corpus: {...corpus.corpus, looks}}
  return {corpus: looked, reviewed: reviewDocument(looked, reviewed.document, ledger)}
}

function doubtsOf({compared}: ReviewedDocument): readonly string[] {
  return compared.report.doubts.map(({text, reading}) => `${text}/${reading}`)
}

function settled({compared: {report}, ledger}: ReviewedDocument): readonly string[] {
  const ids = settledSuspects(report, ledger)
  return report.doubts.filter(({id}) => ids.has(id)).map(({text}) => text)
}

function idOf({report}: ReviewedDocument['compared'], word: string): string {
  return report.doubts.find(({text}) => text === word)!.id
}

/** As the page sends it. */
function doubt(
  {compared, document}: ReviewedDocument,
  word: string,
  verdict: LedgerVerdict,
  reading: string | null = null,
): Decision {
  const found = compared.report.doubts.find(({text}) => text === word)!
  const {id, text, before, after, scan} = found
  return {
    ...{id, document: document.id, page: scan?.page ?? null, kind: 'substitution', before, after, verdict, reading},
    ...{reference: text, hypothesis: found.reading, tags: [], note: '', author: 'A. Curator', date: '2026-11-24'},
  }
}

/** What the file of a ledger gives. */
function again(ledger: Ledger | null): Ledger {
  const text = serializeLedger(ledger!)
  const parsed = parseLedger(text, 'ledger/letter.json', 'letter')
  expect(serializeLedger(parsed)).toBe(text)
  return parsed
}

function edited(from: string, to: string): string {
  return letter.transcript.replace(from, to)
}

function pageEdited(from: string, to: string): string {
  return letter.pages[1]!.replace(from, to)
}
