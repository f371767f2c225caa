import type {Check, CheckedDocument, Counts, CountsBeforeAfter, Gate, Judgement, Ledger} from '../model.ts'
import {quoted} from './command.ts'
import {errors, total} from './population.ts'
import {undefinedRate} from './verdict.ts'

/** A document's clean characters as a ledger counts them, and now. */
export interface Baseline {
  readonly id: string
  readonly pages: number
  readonly before: Counts
  readonly after: Counts
}

/** Drift up to this is rounding where no limit is set: the floor of the statistics, as a fraction. */
const driftFloor = 0.0005

/** Hold a document against a ledger; null where it was not compared or there is none. */
export function baselineOf({id, status, characters}: CheckedDocument, ledger: Ledger | null): Baseline | null {
  if (ledger === null || characters === null || status !== 'compared') return null
  return {id, pages: ledger.pages.length, before: total(ledger.pages.map(({counts}) => counts)), after: characters}
}

/** Check how much the error rates of corpus and documents rose above the ledger's. */
export function riseChecks(baselines: readonly Baseline[], limit: number | null): readonly Check[] {
  if (limit === null) return []
  const rows = [
    {place: 'corpus', sides: baselines},
    ...baselines.map(baseline => ({place: baseline.id, sides: [baseline]})),
  ]
  return rows.map(({place, sides}) => riseCheck('maxCharacterErrorRateRise', place, beforeAfter(sides).rise, limit))
}

/** Add up how far the corpus has come since an older state; `rise` is null where it has no document in common with it. */
export function driftSince(
  revision: string,
  documents: readonly CheckedDocument[],
  ledgers: readonly Ledger[],
): NonNullable<Gate['drift']> {
  const old = new Map(ledgers.map(ledger => [ledger.document, ledger]))
  const both = documents.flatMap(document => baselineOf(document, old.get(document.id) ?? null) ?? [])
  const sums = beforeAfter(both)
  return {revision, ...sums, rise: both.length === 0 ? null : sums.rise}
}

/** Check the drift: many steps, each within its limit, may lead far. */
export function driftCheck({revision, rise}: NonNullable<Gate['drift']>, limit: number | null): Check {
  return riseCheck(`drift since ${revision}`, 'corpus', rise, limit ?? driftFloor)
}

/** Turn a check that did not pass into a judgement. */
export function exceeded({name, place, expected, found}: Check): Judgement {
  const document = place === 'corpus' ? null : place
  const undecided = found === undefinedRate
  return {
    ruleId: name.startsWith('drift since ') ? 'gate:drift' : 'gate:limit',
    outcome: undecided ? 'unjudged' : 'regression',
    reason: `Unexpected ${name} of ${document === null ? 'the corpus' : `\`${document}\``}: ${undecided ? 'no rate is defined' : found}, expected ${expected}`,
    remedy: 'Look at what differs and mend it, or set another limit in scanproof.config.json',
    command: `scanproof run${document === null ? '' : ` ${quoted(document)}`}`,
    causes: [],
    document,
    page: null,
    file: null,
    point: null,
    end: null,
    difference: null,
  }
}

function riseCheck(name: string, place: string, rise: number | null, limit: number): Check {
  return {
    name,
    place,
    expected: `<= ${limit}`,
    found: rise === null ? undefinedRate : String(rise),
    passed: rise !== null && rise <= limit,
  }
}

function beforeAfter(baselines: readonly Baseline[]): CountsBeforeAfter {
  const before = total(baselines.map(side => side.before))
  const after = total(baselines.map(side => side.after))
  const rateBefore = rateOf(before)
  const rateAfter = rateOf(after)
  return {
    pages: baselines.reduce((sum, {pages}) => sum + pages, 0),
    before,
    after,
    rise: rateBefore === null || rateAfter === null ? null : rateAfter - rateBefore,
  }
}

function rateOf(counts: Counts): number | null {
  const length = counts.correct + counts.substitutions + counts.deletions
  if (errors(counts) === 0) return 0
  return length === 0 ? null : errors(counts) / length
}
