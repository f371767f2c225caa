import type {Config} from '../config.ts'
import {acceptedOf, type Snapshot} from '../gate/accept.ts'
import {type GateDocument, judgeCorpus} from '../gate/judge.ts'
import {parseLedger} from '../gate/ledger.ts'
import type {PlacedAccepted} from '../gate/match.ts'
import {rate, sum} from '../measure/counts.ts'
import type {CheckedDocument, CheckReport, Document, DocumentReport, Ledger, Page, Rate, Report} from '../model.ts'
import {readLedgers} from '../read/ledgers.ts'
import type {Engine} from '../recognize/engine.ts'
import {belongsTo, type ReadCorpus} from './corpus.ts'
import type {ReadingEvents} from './reading.ts'
import {compareCorpus, readCorpus} from './run.ts'
import {inputsOf, type PageInputs, type Program, placesIn, snapshotOf} from './snapshot.ts'

export interface CheckOptions {
  /** An improvement that is not banked fails, and unchanged documents are compared again. */
  readonly strict: boolean
  /** Compare every document, for the whole report: else those of which nothing changed are not compared again. */
  readonly full: boolean
  /** Keep what is read in recognitions/; false writes nothing to disk. */
  readonly keep: boolean
  /** Ledgers of an older state to compare with, as text by file name; null for none. */
  readonly drift: {readonly revision: string; readonly ledgers: ReadonlyMap<string, string>} | null
}

/** What a check found, and what `accept` needs to act on it. */
export interface CheckRun {
  readonly report: CheckReport
  /** The report of `run` with the verdict of the check; null where unchanged documents were not compared again. */
  readonly full: Report | null
  readonly pages: readonly Page[]
  readonly ledgers: ReadonlyMap<string, Ledger>
  /** By document id; absent where nothing changed or nothing could be compared. */
  readonly snapshots: ReadonlyMap<string, Snapshot>
  /** Accepted differences that are gone for the better, by document id. */
  readonly improved: ReadonlyMap<string, readonly PlacedAccepted[]>
}

/**
 * Do what `run` does, and hold the result against ledger and limits.
 *
 * A document of which readings, rules, comparison and transcript are what its ledger remembers gives the result it
 * gave then: it is not compared again, unless that is asked for.
 *
 * @param names
 *   Documents to check; none for all, and for the ledgers of documents that are no more.
 * @throws UserError
 *   As `run`, and for a ledger that cannot be read.
 */
export async function check(
  config: Config,
  names: readonly string[],
  program: Program,
  openEngine: () => Promise<Engine>,
  options: CheckOptions,
  events: ReadingEvents = {},
  signal?: AbortSignal,
): Promise<CheckRun> {
  const ledgers = new Map(
    (await readLedgers(config.root)).map(({document, file, text}) => [document, parseLedger(text, file, document)]),
  )
  const corpus = await readCorpus(config, names, openEngine, events, signal, options.keep)
  const here = new Set(corpus.documents.map(({id}) => id))
  const asked = names.length === 0 ? ledgers : new Map([...ledgers].filter(([document]) => here.has(document)))
  return checkCorpus(corpus, asked, config, program, options)
}

/** Compare a corpus that was read, and hold it against ledgers and limits; parameters are those of `check`. */
export function checkCorpus(
  corpus: ReadCorpus,
  ledgers: ReadonlyMap<string, Ledger>,
  config: Config,
  program: Program,
  options: Omit<CheckOptions, 'keep'>,
): CheckRun {
  const {documents, recognitions, engine} = corpus
  const inputs = new Map(
    documents.map(document => [document.id, inputsOf(document, recognitions, engine, config, program)]),
  )
  const known = new Map(
    documents.flatMap(document => {
      const ledger = ledgers.get(document.id)
      const now = inputs.get(document.id) ?? null
      const isSound =
        !corpus.findings.some(finding => finding.severity === 'error' && belongsTo(finding, document)) &&
        document.pages.every(({id}) => recognitions.get(id)?.findings.every(({severity}) => severity !== 'error'))
      const isKnown = isSound && ledger !== undefined && now !== null && isUnchanged(ledger, now)
      return isKnown ? [[document.id, ledger] as const] : []
    }),
  )
  const isFull = options.full || options.strict
  const compared = compareCorpus(
    corpus,
    isFull ? documents : documents.filter(({id}) => !known.has(id)),
    config,
    program.version,
  )
  const reports = new Map(compared.report.documents.map(report => [report.id, report]))
  const snapshots = new Map<string, Snapshot>()
  const gated = documents.map((document): GateDocument => {
    const remembered = ledgers.get(document.id) ?? null
    // Who looked at doubts alone has accepted no page.
    const ledger = remembered?.pages.length === 0 && remembered.doubts !== undefined ? null : remembered
    const report = reports.get(document.id)
    if (report === undefined) {
      // What was not compared is known, and so has a ledger.
      const checked = checkedFromLedger(document, known.get(document.id)!)
      return {document: checked, findings: [], snapshot: null, ledger, unchanged: true, places: null, differences: 0}
    }
    const normalized = compared.texts.get(document.id)
    const now = inputs.get(document.id) ?? null
    const snapshot =
      report.status === 'compared' && normalized !== undefined && now !== null
        ? snapshotOf(report, normalized, now)
        : null
    if (snapshot !== null) snapshots.set(document.id, snapshot)
    return {
      document: checkedDocument(report),
      findings: report.findings,
      snapshot,
      ledger,
      unchanged: known.has(document.id),
      places: document.transcript === null ? null : placesIn(document.transcript),
      differences: report.differences.length,
    }
  })
  const here = new Set(documents.map(({id}) => id))
  const orphans = [...ledgers.values()].filter(({document}) => !here.has(document))
  const characters = rate(
    sum(
      gated.flatMap(({document: {status, characters}}) =>
        status === 'compared' && characters !== null ? [characters] : [],
      ),
    ),
  )
  const drift = options.drift && {
    revision: options.drift.revision,
    ledgers: [...options.drift.ledgers].map(([document, text]) =>
      parseLedger(text, `${options.drift?.revision}:ledger/${document}.json`, document),
    ),
  }
  const {verdict, improved} = judgeCorpus(gated, orphans, compared.report.findings, characters, {
    ...config,
    strict: options.strict,
    drift,
  })
  const {tool} = compared.report
  return {
    report: {tool, engine, characters, documents: gated.map(({document}) => document), verdict},
    full: isFull ? {...compared.report, verdict} : null,
    pages: documents.flatMap(({pages}) => pages),
    ledgers,
    snapshots,
    improved,
  }
}

/** Whether a ledger was made from these inputs, and accepts every error it counts. */
function isUnchanged(ledger: Ledger, now: ReadonlyMap<string, PageInputs>): boolean {
  const counted = sum(ledger.pages.map(({counts}) => counts))
  const accepted = acceptedOf(ledger).reduce((total, {errors}) => total + errors, 0)
  return (
    ledger.pages.length === now.size &&
    accepted === counted.substitutions + counted.insertions + counted.deletions &&
    ledger.pages.every(({page, fingerprints: {cleaned: _, ...then}}) => {
      const inputs = now.get(page)
      return (
        inputs !== undefined &&
        inputs.scan === then.scan &&
        inputs.engine === then.engine &&
        inputs.preparation === then.preparation &&
        inputs.reading === then.reading &&
        inputs.rules === then.rules &&
        inputs.comparison === then.comparison &&
        inputs.transcript === then.transcript
      )
    })
  )
}

/** A document as a check lists it, from its report. */
export function checkedDocument({id, status, transcript, totals, pages}: DocumentReport): CheckedDocument {
  return {
    id,
    status,
    transcript,
    characters: totals?.character.clean ?? null,
    pages: pages.map(({id, status, scan: {file, frame}, counts}) => ({
      id,
      status,
      scan: {file, frame},
      characters: counts?.character.clean ?? null,
    })),
  }
}

function checkedFromLedger({id, pages, transcript}: Document, ledger: Ledger): CheckedDocument {
  const rates = new Map<string, Rate>(ledger.pages.map(({page, counts}) => [page, rate(counts)]))
  return {
    id,
    status: 'compared',
    transcript: transcript?.file ?? null,
    characters: rate(sum(ledger.pages.map(({counts}) => counts))),
    pages: pages.map(({id, scan: {file, frame}}) => ({
      id,
      status: 'compared',
      scan: {file, frame},
      characters: rates.get(id) ?? null,
    })),
  }
}
