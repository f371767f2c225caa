import type {
  CheckedDocument,
  Finding,
  Gate,
  Judgement,
  Ledger,
  LedgerVerdict,
  Outcome,
  Population,
  Rate,
  Verdict,
} from '../model.ts'
import {acceptedOf, type Snapshot} from './accept.ts'
import {type DocumentHistory, historyOf, isSweeping, listChanges, sweepingCauses} from './changes.ts'
import {acceptCommand} from './command.ts'
import {judgeDifferences, type Places} from './exact.ts'
import {ledgerFile} from './ledger.ts'
import {type Matching, matchDifferences, type PlacedAccepted} from './match.ts'
import {judgePopulation, leastDocuments} from './population.ts'
import {baselineOf, driftCheck, driftSince, exceeded, riseChecks} from './rise.ts'
import {
  findingJudgement,
  isEditUnseen,
  missingDocument,
  noLedger,
  pageJudgements,
  unexplainedChanges,
  unseenEdit,
} from './unjudged.ts'
import {judgeLimits, type Limits} from './verdict.ts'

/** A document as the gate sees it. */
export interface GateDocument {
  readonly document: CheckedDocument
  readonly findings: readonly Finding[]
  /** Null where the document was not compared. */
  readonly snapshot: Snapshot | null
  /** Null where there is none. */
  readonly ledger: Ledger | null
  /** True where all that its result is made from is as the ledger says, so that it need not be compared again. */
  readonly unchanged: boolean
  /** Null where there is no transcript. */
  readonly places: Places | null
  readonly differences: number
}

export interface GateOptions extends Limits {
  /** How much the clean CER of a document and of the corpus may rise above the ledger's, as a fraction; null for no limit. */
  readonly maxCharacterErrorRateRise: number | null
  /** An improvement that is not banked fails. */
  readonly strict: boolean
  /** Ledgers of an older state to compare with; null where none was asked for. */
  readonly drift: {readonly revision: string; readonly ledgers: readonly Ledger[]} | null
}

/** What the gate says, and what `accept` may do about it. */
export interface Judged {
  readonly verdict: Verdict & {readonly gate: Gate}
  /** Accepted differences that are gone for the better, by document. */
  readonly improved: ReadonlyMap<string, readonly PlacedAccepted[]>
}

/**
 * Hold documents against their ledgers and the limits.
 *
 * Documents of which only a tool's version or settings changed are judged together, by statistics, where enough of
 * them changed for that; all else difference by difference. Where nothing changed but the result did, nothing is
 * judged. Whatever could not be judged makes the verdict `incomplete`.
 *
 * @param orphans
 *   Ledgers whose documents are no more.
 * @param findings
 *   Of the corpus.
 * @param characters
 *   Clean characters of the corpus.
 */
export function judgeCorpus(
  documents: readonly GateDocument[],
  orphans: readonly Ledger[],
  findings: readonly Finding[],
  characters: Rate,
  options: GateOptions,
): Judged {
  const checked = documents.map(({document}) => document)
  const limits = judgeLimits(
    checked,
    characters,
    [...findings, ...documents.flatMap(document => document.findings)],
    options,
  )
  const examined = documents.flatMap(examine)
  const swept = examined.filter(({history, unexplained}) => isSweeping(history) && unexplained.length === 0)
  const population = judgeSweep(swept)
  const byStatistics = new Set(population === null ? [] : swept)
  const exact = examined.map(document => ({
    document,
    judgements: byStatistics.has(document) || document.unexplained.length > 0 ? [] : judgeDifferences(document),
  }))
  const baselines = documents.flatMap(({document, ledger}) => baselineOf(document, ledger) ?? [])
  const drift = options.drift && driftSince(options.drift.revision, checked, options.drift.ledgers)
  const checks = [
    ...limits.checks,
    ...riseChecks(baselines, options.maxCharacterErrorRateRise),
    ...(drift === null ? [] : [driftCheck(drift, options.maxCharacterErrorRateRise)]),
  ]
  const judgements = [
    ...findings.flatMap(finding => findingJudgement(finding, null) ?? []),
    ...documents.flatMap(({document: {id}, findings}) => findings.flatMap(item => findingJudgement(item, id) ?? [])),
    ...orphans.map(missingDocument),
    ...documents.flatMap(({document, ledger, differences}) =>
      document.status === 'compared' && ledger === null ? [noLedger(document, differences)] : [],
    ),
    ...examined.flatMap(({document, file, history, matching, unexplained}) => [
      ...unexplained,
      ...pageJudgements(document, file, history, matching),
      ...(isEditUnseen(history, matching) ? [unseenEdit(document, file)] : []),
    ]),
    ...exact.flatMap(({judgements}) => judgements),
    ...(population === null ? [] : [sweepJudgement(population, swept)]),
    ...checks.filter(({passed}) => !passed).map(exceeded),
  ].sort(compareJudgements)
  const has = (outcome: Outcome) => judgements.some(judgement => judgement.outcome === outcome)
  const isIncomplete = limits.status === 'incomplete' || has('unjudged')
  const isFailed = has('regression') || (options.strict && has('improvement'))
  const gate: Gate = {
    strict: options.strict,
    changes: listChanges(examined.map(({history}) => history)),
    judgements,
    population,
    drift,
    tolerated: countTolerated(documents, examined),
    unchanged: documents.filter(({unchanged}) => unchanged).map(({document: {id}}) => id),
  }
  return {
    verdict: {status: isIncomplete ? 'incomplete' : isFailed ? 'failed' : 'passed', checks, gate},
    improved: new Map(
      exact.flatMap(({document: {document, matching}, judgements}) => {
        const ids = new Set(
          judgements.filter(({outcome}) => outcome === 'improvement').map(({difference}) => difference?.id),
        )
        const gone = matching.gone.filter(({id}) => ids.has(id))
        return gone.length === 0 ? [] : [[document, gone] as const]
      }),
    ),
  }
}

/** A document beside its ledger. */
interface Examined {
  readonly document: string
  readonly file: string
  readonly history: DocumentHistory
  readonly matching: Matching
  readonly places: Places
  readonly unexplained: readonly Judgement[]
}

function examine({document: {id, transcript}, snapshot, ledger, places}: GateDocument): readonly Examined[] {
  if (snapshot === null || ledger === null || places === null) return []
  const history = historyOf(snapshot, ledger)
  const matching = matchDifferences(acceptedOf(ledger), snapshot.differences)
  const file = transcript ?? ledgerFile(id)
  return [{document: id, file, history, matching, places, unexplained: unexplainedChanges(id, history)}]
}

/** Judge by statistics what a new tool or setting changed; null where too few documents changed to ever reach the level. */
function judgeSweep(documents: readonly Examined[]): Population | null {
  if (!documents.some(({matching: {fresh, gone}}) => fresh.length + gone.length > 0)) return null
  const population = judgePopulation(
    documents.flatMap(({document, history}) =>
      history.kept.map(({before, after}) => ({page: after.page, document, before: before.counts, after: after.counts})),
    ),
  )
  return population.changedDocuments < leastDocuments ? null : population
}

function sweepJudgement(population: Population, documents: readonly Examined[]): Judgement {
  const {result, pages, worsePages, betterPages, rise, smallestDetectable, pValue} = population
  const changed = new Set(documents.flatMap(({history}) => history.kept.flatMap(({causes}) => causes)))
  const over = `over ${pages} pages of ${documents.length} documents (${worsePages} worse, ${betterPages} better)`
  const common = {
    ruleId: 'gate:population',
    causes: sweepingCauses.filter(cause => changed.has(cause)),
    document: null,
    page: null,
    file: null,
    point: null,
    end: null,
    difference: null,
  }
  const change = points(rise ?? 0)
  if (result === 'regressed') {
    return {
      ...common,
      outcome: 'regression',
      reason: `Unexpected rise of the character error rate by ${change} ${over}, p = ${pValue.toFixed(4)}, expected none`,
      remedy: 'Look at the pages that lost most and undo the change, or accept it if it is wanted',
      command: acceptCommand({document: null}),
    }
  }
  const found =
    result === 'improved'
      ? `The character error rate fell by ${change} ${over}`
      : `No detectable change of the character error rate (${change}) ${over}`
  return {
    ...common,
    outcome: result === 'improved' ? 'improvement' : 'note',
    reason: `${found}; a rise of ${points(smallestDetectable)} or more would have been seen`,
    remedy: 'Make it the state to compare with',
    command: acceptCommand({document: null}),
  }
}

/** A difference of two rates in percentage points, as in `0.21 points`. */
function points(rise: number): string {
  return `${Math.abs(rise * 100).toFixed(2)} points`
}

/** How many differences are let through, by verdict. */
function countTolerated(
  documents: readonly GateDocument[],
  examined: readonly Examined[],
): Readonly<Record<LedgerVerdict, number>> {
  const counts = {ocr: 0, transcript: 0, both: 0, editorial: 0, illegible: 0, unsure: 0}
  const tolerated = [
    ...documents.flatMap(({unchanged, snapshot, ledger}) => (unchanged && snapshot === null ? acceptedOf(ledger) : [])),
    ...examined.flatMap(({matching}) => matching.carried.map(({accepted}) => accepted)),
  ]
  for (const {verdict} of tolerated) counts[verdict]++
  return counts
}

const outcomes: readonly Outcome[] = ['regression', 'unjudged', 'improvement', 'note']

/** Worst first: by outcome, by wrong characters, what is about more than one difference before all; then by place. */
function compareJudgements(a: Judgement, b: Judgement): number {
  const weight = ({difference}: Judgement) => difference?.errors ?? Number.MAX_SAFE_INTEGER
  return (
    outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) ||
    weight(b) - weight(a) ||
    compareText(a.document ?? '', b.document ?? '') ||
    (a.point?.offset ?? -1) - (b.point?.offset ?? -1) ||
    compareText(a.page ?? '', b.page ?? '') ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.difference?.id ?? '', b.difference?.id ?? '') ||
    compareText(a.reason, b.reason)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
