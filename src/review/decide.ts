import {
  type Acceptance,
  acceptDoubt,
  acceptedDoubts,
  acceptedOf,
  decideDifferences,
  findDifference,
  foldTypography,
  keyOf,
  matchDifferences,
  type PlacedAccepted,
  type PlacedDifference,
  type PlacedDoubt,
  type Rewrite,
  reasonOf,
  rewrite,
  takeReading,
} from '../index.ts'
import type {Decision, DecisionOutcome, Ledger, Transcript} from '../model.ts'
import {type ReviewedCorpus, type ReviewedDocument, reviewDocument} from './document.ts'
import {pairDifferences} from './pair.ts'
import {patchOf} from './patch.ts'

/** A document after decisions. */
export interface DecidedDocument {
  readonly reviewed: ReviewedDocument
  /** One a decision, in their order. */
  readonly outcomes: readonly DecisionOutcome[]
  /** One a decision: as it was made, with the difference as it was found; null where it was refused. */
  readonly made: readonly (Decision | null)[]
  /** New ids of differences that are still there, by old id. */
  readonly renamed: ReadonlyMap<string, string>
}

/**
 * Make decisions on a document: nothing is written to disk.
 *
 * They are made in their order, as many at once as can be found: one that was made on a later state of the transcript
 * is found when the others are done. A difference that is no more, or that is one of several alike, is refused.
 *
 * @param pages
 *   Pages that earlier decisions of this review are about.
 */
export function decideDocument(
  corpus: ReviewedCorpus,
  start: ReviewedDocument,
  decisions: readonly Decision[],
  pages: ReadonlySet<string>,
): DecidedDocument {
  const outcomes: DecisionOutcome[] = []
  const made: (Decision | null)[] = decisions.map(() => null)
  const renamed = new Map<string, string>()
  const about = new Set(pages)
  let state = start
  const settle = (index: number, status: DecisionOutcome['status'], reason: string | null, diff = ''): void => {
    const {document, id} = decisions[index]!
    outcomes[index] = {document, id, status, reason, diff}
  }
  let waiting = decisions.map((_, index) => index)
  while (waiting.length > 0) {
    const batch = new Map<Decidable, number>()
    for (const index of waiting) {
      const decision = decisions[index]!
      // Of several alike the one is meant that it was when the decisions before it were made.
      const found = findNow(state, decision, renamed, batch.size === 0)
      if (found !== null && !batch.has(found)) batch.set(found, index)
      else if (batch.size > 0) break
      else {
        if (isSo(state, decision)) {
          settle(index, 'unchanged', null)
          made[index] = decision
        } else settle(index, 'refused', notFound(state, decision))
        waiting = waiting.filter(other => other !== index)
        break
      }
    }
    if (batch.size === 0) continue
    const step = decideBatch(corpus, state, batch, decisions, about)
    for (const [index, {status, reason, diff, decision}] of step.results) {
      settle(index, status, reason, diff)
      made[index] = decision
    }
    for (const [old, id] of renamed) renamed.set(old, step.renamed.get(id) ?? id)
    for (const [old, id] of step.renamed) renamed.set(old, id)
    state = step.reviewed
    waiting = waiting.filter(index => !step.results.has(index))
  }
  return {reviewed: state, outcomes, made, renamed}
}

/** What can be decided: a difference, or a word that both sides share. */
type Decidable = PlacedDifference | PlacedDoubt

interface BatchResult {
  readonly status: DecisionOutcome['status']
  readonly reason: string | null
  readonly diff: string
  readonly decision: Decision | null
}

interface Batch {
  readonly reviewed: ReviewedDocument
  /** By index; those that must wait for the others are left out. */
  readonly results: ReadonlyMap<number, BatchResult>
  readonly renamed: ReadonlyMap<string, string>
}

function decideBatch(
  corpus: ReviewedCorpus,
  state: ReviewedDocument,
  batch: ReadonlyMap<Decidable, number>,
  decisions: readonly Decision[],
  pages: Set<string>,
): Batch {
  const {transcript} = state.document
  const results = new Map<number, BatchResult>()
  const renamed = new Map<string, string>()
  if (state.snapshot === null || transcript === null) {
    for (const index of batch.values()) results.set(index, refused(notJudged(state)))
    return {reviewed: state, results, renamed}
  }
  const {snapshot} = state
  const lines = new Map(
    matchDifferences(acceptedOf(state.ledger), snapshot.differences).carried.map(
      ({accepted, difference}) => [difference, accepted] as const,
    ),
  )
  const doubts = acceptedDoubts(state.ledger, snapshot.doubts)
  const taken = takeReadings(corpus, state, transcript, batch, decisions, results)
  const staying = new Map<PlacedDifference, Acceptance>()
  let ledger = state.ledger
  for (const [item, index] of batch) {
    const decision = recordOf(decisions[index]!, item)
    if (takes(decision)) continue
    const line = isDoubt(item) ? doubts.get(item) : lines.get(item)
    const acceptance = acceptanceOf(decision)
    const isSaid = line !== undefined && line.verdict === acceptance.verdict && line.reason === acceptance.reason
    if (!isSaid && isDoubt(item)) ledger = acceptDoubt(ledger, snapshot, item.id, acceptance)
    else if (!isSaid && !isDoubt(item)) staying.set(item, acceptance)
    results.set(index, {status: isSaid ? 'unchanged' : 'written', reason: null, diff: '', decision})
  }
  // A doubt that stays says nothing of its page.
  if (staying.size + taken.made.size === 0) {
    return {reviewed: ledger === state.ledger ? state : {...state, ledger}, results, renamed}
  }
  for (const item of [...staying.keys(), ...taken.made.keys()]) pages.add(item.page)
  const after =
    taken.transcript === transcript
      ? state
      : reviewDocument(corpus, {...state.document, transcript: taken.transcript}, state.ledger)
  if (after.snapshot === null) throw new Error(`Unexpected loss of \`${state.document.id}\`, expected it to be judged`)
  const carried = carryOver(snapshot.differences, {...after, ledger}, after.snapshot, {
    ...{lines, staying, made: taken.made, pages, renamed},
  })
  return {reviewed: {...after, ledger: carried}, results, renamed}
}

/** What was decided, and on what. */
interface Carrying {
  readonly lines: ReadonlyMap<PlacedDifference, PlacedAccepted>
  readonly staying: ReadonlyMap<PlacedDifference, Acceptance>
  /** Differences and doubts of before of which a reading was taken into the transcript. */
  readonly made: ReadonlyMap<Decidable, Decision>
  readonly pages: ReadonlySet<string>
  /** Written to. */
  readonly renamed: Map<string, string>
}

/** Find each difference of before again, and write the ledger of after. */
function carryOver(
  before: readonly PlacedDifference[],
  after: ReviewedDocument,
  snapshot: NonNullable<ReviewedDocument['snapshot']>,
  {lines, staying, made, pages, renamed}: Carrying,
): Ledger {
  const accepted = new Map<PlacedDifference, Acceptance>()
  const settled = new Set<string>()
  const carried = new Map<string, PlacedDifference>()
  const all = withDoubts(before, [...made.keys()].filter(isDoubt))
  for (const pair of pairDifferences(all, snapshot.differences, made)) {
    const typed = pair.before.flatMap(item => made.get(item) ?? []).find(({verdict}) => verdict === 'both')
    const kept = pair.before.filter(item => !isDoubt(item) && !made.has(item)) as readonly PlacedDifference[]
    for (const item of pair.before) {
      const line = isDoubt(item) ? undefined : lines.get(item)
      if (line !== undefined && made.has(item)) settled.add(keyOf(line))
    }
    const knows = (difference: PlacedDifference) => staying.get(difference) ?? lines.get(difference)
    for (const [index, difference] of pair.after.entries()) {
      const former = kept[Math.min(index, kept.length - 1)]
      if (former !== undefined && former.id !== difference.id) renamed.set(former.id, difference.id)
      // What two differences became is accepted where both were: it says no more than they did.
      const acceptance =
        typed !== undefined
          ? acceptanceOf(typed)
          : kept.every(knows) && former !== undefined
            ? knows(former)
            : undefined
      if (acceptance !== undefined) accepted.set(difference, acceptance)
      const line = former === undefined ? undefined : lines.get(former)
      const key = line === undefined ? null : keyOf(line)
      if (key !== null && !settled.has(key) && !carried.has(key)) carried.set(key, difference)
    }
  }
  return decideDifferences(after.ledger, snapshot, {accepted, settled, carried, pages})
}

/** Take readings into the transcript; what became of each is written to `results`. */
function takeReadings(
  {config}: ReviewedCorpus,
  {compared: {report, normalized}}: ReviewedDocument,
  transcript: Transcript,
  batch: ReadonlyMap<Decidable, number>,
  decisions: readonly Decision[],
  results: Map<number, BatchResult>,
): {readonly transcript: Transcript; readonly made: ReadonlyMap<Decidable, Decision>} {
  const made = new Map<Decidable, Decision>()
  const items: {readonly difference: Decidable; readonly index: number; readonly changes: Rewrite}[] = []
  for (const [difference, index] of batch) {
    const decision = recordOf(decisions[index]!, difference)
    if (!takes(decision) || normalized === null) continue
    const from = {transcript, normalized, drawn: report.drawn}
    const changes = takeReading(from, difference, decision.verdict === 'both' ? decision.reading : null, config)
    const fault =
      changes === null
        ? 'The difference has no place in the transcript, edit the file by hand'
        : /[^\P{Cc}\t\n]/u.test(decision.reading ?? '')
          ? 'Unexpected control character in the reading, expected text, type it again'
          : changes.length === 0
            ? 'Unexpected reading that the transcript has already, expected another, decide that the transcript is right'
            : null
    if (changes === null || fault !== null) results.set(index, refused(fault ?? ''))
    else items.push({difference, index, changes})
  }
  items.sort((a, b) => a.changes[0]!.span.start - b.changes[0]!.span.start)
  // White space may go with either of two neighbours: the second waits until the first is done.
  let done = -1
  const together = items.filter(({changes}) => {
    if (changes[0]!.span.start < done) return false
    done = Math.max(done, changes.at(-1)!.span.end)
    return true
  })
  const rewritten = rewrite(
    transcript,
    together.map(({changes}) => changes),
  )
  for (const [place, {difference, index}] of together.entries()) {
    const result = rewritten.results[place]!
    if (result.refusal !== null) results.set(index, refused(result.refusal))
    else {
      const decision = recordOf(decisions[index]!, difference)
      // Of a doubt both sides were wrong: what was read first differs from now on.
      const reading = decision.reading ?? difference.hypothesis
      made.set(difference, isDoubt(difference) ? {...decision, verdict: 'both', reading} : decision)
      const diff = patchOf(transcript.file, result.from, result.to, 0)
      results.set(index, {status: 'written', reason: null, diff, decision})
    }
  }
  return {transcript: rewritten.transcript, made}
}

/** Whether a decision changes the transcript. */
export function takes({verdict}: Decision): boolean {
  return verdict === 'transcript' || verdict === 'both'
}

/** A decision on a difference as it is now. */
function recordOf(decision: Decision, {id, kind, reference, hypothesis, before, after, page}: Decidable): Decision {
  return {...decision, id, kind, reference, hypothesis, before, after, page}
}

/** The line of the ledger: of a reading that was taken, what still differs is the OCR's fault. */
function acceptanceOf({verdict, tags, note, author, date}: Decision): Acceptance {
  const stays = verdict === 'both' ? 'ocr' : verdict
  return {verdict: stays, reason: reasonOf({verdict: stays}, tags, note), author, date}
}

function findNow(
  {snapshot}: ReviewedDocument,
  decision: Decision,
  renamed: ReadonlyMap<string, string>,
  alike: boolean,
): Decidable | null {
  if (snapshot === null) return null
  const {differences, doubts} = snapshot
  const id = renamed.get(decision.id)
  return (
    findDifference(decision, differences, alike) ??
    (id === undefined ? null : findDifference({...decision, id}, differences, alike)) ??
    findDifference(decision, doubts, alike)
  )
}

function isDoubt(item: Decidable): item is PlacedDoubt {
  return typeof item.scan === 'string'
}

/** Put doubts among differences, in the order of the transcript. */
function withDoubts(differences: readonly PlacedDifference[], doubts: readonly PlacedDoubt[]): readonly Decidable[] {
  const all: Decidable[] = [...differences]
  for (const doubt of doubts) {
    const offset = doubt.transcript?.offset ?? 0
    const next = all.findIndex(({transcript}) => transcript !== null && transcript.offset > offset)
    all.splice(next < 0 ? all.length : next, 0, doubt)
  }
  return all
}

/** Whether a transcript says already what a decision would put there. */
function isSo({document: {transcript}}: ReviewedDocument, decision: Decision): boolean {
  if (transcript === null || !takes(decision)) return false
  const reading = decision.verdict === 'both' ? decision.reading : decision.hypothesis
  const there = foldTypography([decision.before, reading, decision.after].join(' '))
  return there.includes(' ') && ` ${foldTypography(transcript.text)} `.includes(` ${there} `)
}

function notFound(state: ReviewedDocument, {reference, hypothesis}: Decision): string {
  if (state.snapshot === null) return notJudged(state)
  const shown = (text: string) => (text.trim() === '' ? 'nothing' : `\`${text.replace(/\s+/g, ' ').trim()}\``)
  return `Unexpected decision on ${shown(reference)} in the transcript and ${shown(hypothesis)} on the scan, expected a difference or doubt that \`${state.document.id}\` has now, in one place only: reload the page and decide again`
}

function notJudged({document: {id}}: ReviewedDocument): string {
  return `The document \`${id}\` cannot be judged, see the findings of \`scanproof run\` and mend them first`
}

function refused(reason: string): BatchResult {
  return {status: 'refused', reason, diff: '', decision: null}
}
