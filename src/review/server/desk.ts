import {join} from 'node:path'
import {
  acceptedDoubts,
  acceptedOf,
  draftFindings,
  drawScan,
  ledgerFile,
  ledgerTrends,
  matchDifferences,
  parseLedger,
  parseTranscript,
  renderHtml,
  reportCorpus,
} from '../../index.ts'
import {
  type Decision,
  type Document,
  type Finding,
  type Ledger,
  type Preview,
  type Report,
  UserError,
} from '../../model.ts'
import type {DecideAnswer, DecideRequest, DocumentAnswer, ReviewState} from '../api.ts'
import {parseDecisions, serializeDecisions} from '../decisions.ts'
import {compareDecisions} from '../disagreements.ts'
import {type ReviewedCorpus, type ReviewedDocument, reviewDocument} from '../document.ts'
import {pairDifferences} from '../pair.ts'
import {patchOf} from '../patch.ts'
import {decideCorpus, type OpenDocument, standingAfter} from '../review.ts'
import {type FileChange, pathInside, readBytes, readText, writeTogether} from './files.ts'
import type {Desk} from './routes.ts'
import {writeCase} from './write-case.ts'

/** What the desk is given to start with. */
export interface DeskOptions {
  readonly corpus: ReviewedCorpus
  readonly ledgers: ReadonlyMap<string, Ledger>
  /** Who decides in this run. */
  readonly author: string
  /** What other people decided, to be held against what is decided here. */
  readonly others: readonly Decision[]
  readonly previews: ReadonlyMap<string, Preview>
  readonly assets: {readonly script: string; readonly style: string}
  /** Today, as in `2026-11-22`. */
  readonly today: () => string
}

/** Where the decisions of a review are kept, under the folder of reports. */
export function decisionsFile(out: string): string {
  return join(out, 'reports', 'decisions.json')
}

/** Something that was written, and can be taken back. */
interface Step {
  readonly files: readonly FileChange[]
  /** What was decided on its documents before it and after it, and what that was decided on. */
  readonly documents: ReadonlyMap<string, {readonly before: History; readonly after: History}>
}

type History = Pick<OpenDocument, 'base' | 'since'>

/**
 * Opens a corpus that was read for review.
 *
 * Files are read again before they are written: what another program changed meanwhile is compared anew, and never
 * overwritten. Requests are answered one after the other.
 *
 * @throws UserError
 *   Where decisions of an earlier review cannot be read.
 */
export function openDesk({corpus: given, ledgers, author, others, previews, assets, today}: DeskOptions): Desk {
  const {config, program} = given
  let corpus = given
  const documents = new Map<string, OpenDocument>()
  for (const document of given.corpus.documents) {
    const now = reviewDocument(given, document, ledgers.get(document.id) ?? null)
    documents.set(document.id, {base: now, since: [], now})
  }
  const pages = new Map(
    given.corpus.documents.flatMap(document => document.pages.map(page => [page.id, page] as const)),
  )
  const decisionsPath = decisionsFile(config.out)
  const stored = readText(decisionsPath)
  let standing = stored === null ? [] : parseDecisions(stored, decisionsPath)
  /** What each file held when it was read or written last, by absolute path. */
  const known = new Map<string, string | null>([[decisionsPath, stored]])
  for (const {now} of documents.values()) {
    const {transcript} = now.document
    if (transcript !== null) known.set(pathInside(config.root, transcript.file), transcript.source)
    known.set(ledgerPath(now.document), readText(ledgerPath(now.document)))
  }
  /** What each file held before this run changed it, by path relative to the corpus. */
  const first = new Map<string, string | null>()
  const newIds = new Map<string, Map<string, string>>()
  const superseded: Decision[] = []
  let undo: readonly Step[] = []
  let redo: readonly Step[] = []
  let revision = 0

  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => T | Promise<T>): Promise<T> => {
    const turn = last.then(act)
    last = turn.catch(() => {})
    return turn
  }

  return {
    page: token =>
      inTurn(() => {
        refresh(documents.keys())
        const now = report()
        const ledgers = new Map(
          [...documents].flatMap(([id, {now}]) => (now.ledger === null ? [] : [[id, now.ledger]])),
        )
        return renderHtml(now, {previews, assets, live: {token}, trends: ledgerTrends(now.documents, ledgers)})
      }),
    async scan(id) {
      const page = pages.get(id)
      if (page === undefined) return null
      const {data, mime} = await drawScan(config, page)
      return {type: mime, data}
    },
    state: () =>
      inTurn(() => {
        refresh(documents.keys())
        return state()
      }),
    document: id =>
      inTurn(() => {
        refresh([id])
        return documentAnswer(id)
      }),
    decisions: () => inTurn(() => serializeDecisions(standing)),
    patch: () =>
      inTurn(() =>
        [...first]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([file, before]) => patchOf(file, before, known.get(pathInside(config.root, file)) ?? null))
          .join(''),
      ),
    decide: request => inTurn(() => decide(request)),
    undo: () => inTurn(() => stepBack()),
    redo: () => inTurn(() => stepForth()),
    restore: ({document, edit}) =>
      inTurn(() => {
        const open = documents.get(document)
        if (open === undefined) throw new UserError(`Unexpected document \`${document}\`, expected one of the corpus`)
        return {folder: writeCase(corpus, open.now, edit, {author, date: today()})}
      }),
  }

  function ledgerPath({id}: Document): string {
    return pathInside(config.root, ledgerFile(id))
  }

  function report(): Report {
    const compared = [...documents.values()].map(({now}) => now.compared)
    return reportCorpus(corpus.corpus, compared, config, program.version)
  }

  function state(): ReviewState {
    const {disagreements} = compareDecisions([...others, ...superseded, ...standing])
    return {revision, author, decisions: standing, disagreements, undo: undo.length, redo: redo.length}
  }

  function documentAnswer(id: string): string | null {
    const open = documents.get(id)
    if (open === undefined) return null
    const {compared, snapshot, ledger} = open.now
    const {carried} = matchDifferences(acceptedOf(ledger), snapshot?.differences ?? [])
    const accepted = carried.map(({accepted: {verdict, reason, author, date}, difference}) => [
      difference.id,
      {verdict, reason, author, date},
    ])
    const doubts = [...acceptedDoubts(ledger, snapshot?.doubts ?? [])].map(
      ([doubt, {verdict, reason, author, date}]) => [doubt.id, {verdict, reason, author, date}] as const,
    )
    const answer: DocumentAnswer = {
      revision,
      report: compared.report,
      accepted: Object.fromEntries([...accepted, ...doubts]),
    }
    return JSON.stringify(answer)
  }

  function answer(
    changed: readonly string[],
    renamed: ReadonlyMap<string, ReadonlyMap<string, string>>,
    outcomes: DecideAnswer['outcomes'] = [],
  ): DecideAnswer {
    const ids = [...renamed].map(([document, names]) => [document, Object.fromEntries(names)] as const)
    return {outcomes, changed, renamed: Object.fromEntries(ids), state: state()}
  }

  function decide({decisions: sent, preview = false}: DecideRequest): DecideAnswer {
    const asked = sent.map(
      ({author: by = author, date = today(), ...decision}): Decision => ({
        ...decision,
        id: currentId(decision.document, decision.id),
        author: by,
        date,
      }),
    )
    const outside = refresh(new Set(asked.map(({document}) => document)))
    const step = decideCorpus(corpus, documents, asked, standing)
    const outcomes = step.outcomes.map((outcome, index) => ({...outcome, id: sent[index]!.id}))
    if (preview) return answer(outside, new Map(), outcomes)
    if (step.made.length === 0) return answer(outside, new Map(), outcomes)
    const after = standingAfter(standing, step.made)
    const files = new Map([...step.files].map(([file, text]) => [pathInside(config.root, file), text] as const))
    const changes = [...files, [decisionsPath, serializeDecisions(after)] as const].map(
      ([path, text]): FileChange => ({path, before: known.get(path) ?? null, after: text}),
    )
    writeTogether(changes)
    for (const file of step.files.keys()) {
      if (!first.has(file)) first.set(file, known.get(pathInside(config.root, file)) ?? null)
    }
    const own = new Set(step.made.map(({document, id}) => `${document}\0${id}`))
    superseded.push(...standing.filter(({document, id}) => own.has(`${document}\0${id}`)))
    const changedDocuments = [...step.documents].map(([id, after]) => {
      const history = ({base, since}: OpenDocument): History => ({base, since})
      return [id, {before: history(documents.get(id)!), after: history(after)}] as const
    })
    undo = [...undo, {files: changes, documents: new Map(changedDocuments)}]
    redo = []
    take(changes, step.documents)
    for (const [id, names] of step.renamed) remember(id, names)
    return answer([...new Set([...outside, ...step.documents.keys()])], step.renamed, outcomes)
  }

  function stepBack(): DecideAnswer {
    const step = undo.at(-1)
    if (step === undefined) throw new UserError('Unexpected undo, expected something that was decided in this run')
    const changes = step.files.map(({path, before, after}) => ({path, before: after, after: before}))
    writeTogether(changes)
    undo = undo.slice(0, -1)
    redo = [...redo, step]
    return stepTaken(changes, new Map([...step.documents].map(([id, {before}]) => [id, before])))
  }

  function stepForth(): DecideAnswer {
    const step = redo.at(-1)
    if (step === undefined) throw new UserError('Unexpected redo, expected something that was undone in this run')
    writeTogether(step.files)
    redo = redo.slice(0, -1)
    undo = [...undo, step]
    return stepTaken(step.files, new Map([...step.documents].map(([id, {after}]) => [id, after])))
  }

  function stepTaken(changes: readonly FileChange[], histories: ReadonlyMap<string, History>): DecideAnswer {
    for (const {path, after} of changes) known.set(path, after)
    const next = new Map([...histories].map(([id, history]) => [id, {...history, now: compareAgain(id)}] as const))
    const renamed = new Map<string, ReadonlyMap<string, string>>()
    for (const [id, open] of next) {
      const names = new Map<string, string>()
      const [before, after] = [documents.get(id)?.now.snapshot?.differences, open.now.snapshot?.differences]
      for (const pair of pairDifferences(before ?? [], after ?? [])) {
        const [from, to] = [pair.before[0], pair.after[0]]
        if (pair.same && from && to && from.id !== to.id) names.set(from.id, to.id)
      }
      renamed.set(id, names)
      remember(id, names)
    }
    take(changes, next)
    return answer([...next.keys()], renamed)
  }

  function take(changes: readonly FileChange[], next: ReadonlyMap<string, OpenDocument>): void {
    for (const {path, after} of changes) known.set(path, after)
    for (const [id, open] of next) documents.set(id, open)
    const text = known.get(decisionsPath) ?? null
    standing = text === null ? [] : parseDecisions(text, decisionsPath)
    revision++
  }

  /** The id that a difference has now, of which the page may know only the one it had. */
  function currentId(document: string, id: string): string {
    const differences = documents.get(document)?.now.compared.report.differences ?? []
    let current = id
    for (let steps = 0; steps < 1000 && !differences.some(difference => difference.id === current); steps++) {
      const next = newIds.get(document)?.get(current)
      if (next === undefined) return id
      current = next
    }
    return current
  }

  function remember(document: string, names: ReadonlyMap<string, string>): void {
    const own = newIds.get(document) ?? new Map<string, string>()
    for (const [from, to] of names) own.set(from, to)
    newIds.set(document, own)
  }

  /** Compare a document as its files are known to be. */
  function compareAgain(id: string): ReviewedDocument {
    const {document} = documents.get(id)!.now
    const path = document.transcript === null ? null : pathInside(config.root, document.transcript.file)
    const again = readAgain(document, path === null ? null : readBytes(path))
    const ledger = known.get(ledgerPath(document)) ?? null
    return reviewDocument(corpus, again, ledger === null ? null : parseLedger(ledger, ledgerFile(id), id))
  }

  /** Read again what another program changed; gives the documents that did. */
  function refresh(ids: Iterable<string>): readonly string[] {
    const changed: string[] = []
    for (const id of ids) {
      const open = documents.get(id)
      if (open === undefined) continue
      const {document} = open.now
      const path = document.transcript === null ? null : pathInside(config.root, document.transcript.file)
      const source = path === null ? null : readText(path)
      const ledger = readText(ledgerPath(document))
      const isSame = (place: string | null, text: string | null) =>
        place === null || (known.get(place) ?? null) === text
      if (isSame(path, source) && isSame(ledgerPath(document), ledger)) continue
      if (path !== null) known.set(path, source)
      known.set(ledgerPath(document), ledger)
      const now = compareAgain(id)
      documents.set(id, {base: now, since: [], now})
      changed.push(id)
      revision++
    }
    return changed
  }

  /** Parse a transcript that changed, and put what is wrong with it in place of what was. */
  function readAgain(document: Document, bytes: Uint8Array | null): Document {
    const {transcript} = document
    if (transcript === null) return document
    const {findings} = corpus.corpus
    const others = findings.filter(({file, ruleId}) => file !== transcript.file || !ruleId.startsWith('read:'))
    const parsed = bytes === null ? null : parseTranscript(bytes, transcript.file, document.id)
    const gone: Finding = {
      ruleId: 'read:no-transcript',
      severity: 'error',
      reason: `Unexpected loss of \`${transcript.file}\`, expected the transcript, put it back`,
      file: transcript.file,
      page: null,
      point: null,
    }
    const own = parsed === null ? [gone] : [...parsed.findings, ...draftFindings(parsed)]
    corpus = {...corpus, corpus: {...corpus.corpus, findings: [...others, ...own]}}
    return {
      ...document,
      transcript: parsed?.transcript ?? {...transcript, source: '', text: '', origin: [0], marks: []},
    }
  }
}
