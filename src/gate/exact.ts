import type {Cause, Judgement, LedgerVerdict, Point, Span} from '../model.ts'
import {causes as allCauses, type DocumentHistory, isTextUnchanged} from './changes.ts'
import {acceptCommand} from './command.ts'
import type {Matching, PlacedAccepted, PlacedDifference} from './match.ts'

/** A stretch of a transcript's source. */
export interface SourcePlace {
  readonly point: Point
  readonly end: Point
}

/** Finds places in the transcript of a document; null where there is none. */
export interface Places {
  /** Where a part of a difference's reference stands, by UTF-16 offsets into `difference.reference`. */
  readonly inReference: (difference: PlacedDifference, part: Span) => SourcePlace | null
  /** Where a text stands between the words around it. */
  readonly ofText: (before: string, text: string, after: string) => SourcePlace | null
}

/** What the exact tier takes: a document's differences against its ledger, and what changed. */
export interface ExactInput {
  readonly document: string
  /** Path of the transcript. */
  readonly file: string
  readonly history: DocumentHistory
  readonly matching: Matching
  readonly places: Places
}

/**
 * Judge a document difference by difference: no statistics.
 *
 * A difference that was never accepted is a regression, a vanished one an improvement to bank. Where the transcript
 * was edited the direction counts: an edit that made it say what the OCR says, where a person had found the OCR
 * wrong, is a regression although a difference less is left. Differences on pages the ledger does not know are not
 * judged one by one: their page is, and so is one that is missing.
 */
export function judgeDifferences({document, file, history, matching, places}: ExactInput): readonly Judgement[] {
  const added = new Set(history.added.map(({page}) => page))
  const missing = new Set(history.missing.map(({page}) => page))
  const gone = matching.gone.filter(({page}) => !missing.has(page))
  const changed = new Map(matching.fresh.map(difference => [difference, formerOf(difference, gone)]))
  const superseded = new Set(changed.values())
  const edited = causesOf(history, null).includes('transcript')
  // Where the cleaned text is what it was, whatever came or went is the edit's doing.
  const onlyEdited = edited && isTextUnchanged(history)
  return [
    ...matching.fresh
      .filter(({page}) => !added.has(page))
      .map(difference => newDifference(difference, changed.get(difference) ?? null)),
    ...gone.filter(accepted => !superseded.has(accepted)).map(goneDifference),
  ]

  function newDifference(difference: PlacedDifference, former: PlacedAccepted | null): Judgement {
    const causes = causesOf(history, difference.page)
    const {id, kind, reference, hypothesis, before, after, characters, scan, page} = difference
    const place = places.inReference(difference, changedPart(reference, former?.reference ?? null))
    return {
      ruleId: 'gate:new-difference',
      outcome: 'regression',
      reason: reasonOf(difference, former, onlyEdited),
      remedy: 'Mend the transcript if it is wrong, or accept the difference',
      command: acceptCommand({document, page, difference: id}),
      causes,
      document,
      page,
      file,
      point: place?.point ?? null,
      end: place?.end ?? null,
      difference: {
        id,
        kind,
        reference,
        hypothesis,
        before,
        after,
        errors: characters.substitutions + characters.insertions + characters.deletions,
        scan,
      },
    }
  }

  function goneDifference(accepted: PlacedAccepted): Judgement {
    const {id, kind, reference, hypothesis, before, after, errors, verdict, author, date, page} = accepted
    const adopted = places.ofText(before, hypothesis, after)
    const against = edited && ocrWasWrong.includes(verdict) && (onlyEdited || adopted !== null)
    const place = adopted ?? places.ofText(before, reference, after) ?? places.ofText(before, '', after)
    const difference = {id, kind, reference, hypothesis, before, after, errors, scan: null}
    const common = {
      causes: causesOf(history, page),
      document,
      page,
      file,
      point: place?.point ?? null,
      end: place?.end ?? null,
      difference,
    }
    if (against) {
      return {
        ...common,
        ruleId: 'gate:towards-ocr',
        outcome: 'regression',
        reason: `Unexpected ${quote(hypothesis)} in the transcript, which is what the OCR reads, expected ${quote(reference)}: ${author} found on ${date} that ${verdictWords[verdict]}`,
        remedy: `Put ${quote(reference)} back, or accept the page if the edit is right`,
        command: acceptCommand({document, page}),
      }
    }
    return {
      ...common,
      ruleId: 'gate:gone-difference',
      outcome: 'improvement',
      reason: `Expected the accepted difference between ${quote(reference)} in the transcript and ${quote(hypothesis)} on the scan, found both the same`,
      remedy: 'Bank it, so that it cannot come back unseen',
      command: 'scanproof accept --improved',
    }
  }
}

/** Verdicts by which the transcript was right, or as right as can be, before it was edited. */
const ocrWasWrong: readonly LedgerVerdict[] = ['ocr', 'editorial', 'illegible']

const verdictWords: Readonly<Record<LedgerVerdict, string>> = {
  ocr: 'the OCR is wrong here',
  transcript: 'the transcript is wrong here',
  both: 'both are wrong here',
  editorial: 'the editor means it',
  illegible: 'the scan cannot be read here',
  unsure: 'either may be wrong here',
}

/** What changed for a page: its own causes, or where it has none those of the document; in the order they act. */
function causesOf({kept}: DocumentHistory, page: string | null): readonly Cause[] {
  const own = kept.find(({after}) => after.page === page)?.causes ?? []
  const found = new Set(own.length > 0 ? own : kept.flatMap(({causes}) => causes))
  return allCauses.filter(cause => found.has(cause))
}

function reasonOf(
  {reference, hypothesis, kind}: PlacedDifference,
  former: PlacedAccepted | null,
  onlyEdited: boolean,
): string {
  const was = former === null ? '' : `; accepted was ${quote(former.reference)} for ${quote(former.hypothesis)}`
  if (onlyEdited) {
    if (kind === 'insertion')
      return `Expected ${quote(hypothesis)} in the transcript, as the scan was read, found nothing${was}`
    if (kind === 'deletion')
      return `Unexpected ${quote(reference)} in the transcript, expected nothing, as the scan was read${was}`
    return `Unexpected ${quote(reference)} in the transcript, expected ${quote(hypothesis)}, as the scan was read${was}`
  }
  if (kind === 'insertion')
    return `Unexpected ${quote(hypothesis)} read on the scan, expected nothing, as in the transcript${was}`
  if (kind === 'deletion') return `Expected ${quote(reference)} on the scan, as in the transcript, read nothing${was}`
  return `Unexpected ${quote(hypothesis)} read on the scan, expected ${quote(reference)}, as in the transcript${was}`
}

const longestQuote = 120

/** A text in backticks, on one line, its middle left out where it is long. */
function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line === '') return 'nothing'
  if (line.length <= longestQuote) return `\`${line}\``
  const half = longestQuote >> 1
  return `\`${line.slice(0, half).trimEnd()} … ${line.slice(-half).trimStart()}\``
}

/**
 * The accepted difference that a new one came from: the one of which it shares most, where that is at least half of
 * the shorter side's text. An edit inside or beside an accepted difference makes it a new one.
 */
function formerOf(fresh: PlacedDifference, gone: readonly PlacedAccepted[]): PlacedAccepted | null {
  let best: PlacedAccepted | null = null
  let most = 0
  for (const candidate of gone) {
    const shared = Math.max(
      likeness(fresh.reference, candidate.reference),
      likeness(fresh.hypothesis, candidate.hypothesis),
    )
    const near = fresh.before === candidate.before || fresh.after === candidate.after
    if (shared >= 0.5 && shared + (near ? 1 : 0) > most) {
      most = shared + (near ? 1 : 0)
      best = candidate
    }
  }
  return best
}

/** Share of the shorter text that both begin and end with; 0 where either is empty. */
function likeness(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  if (shorter === 0) return 0
  if (a.includes(b) || b.includes(a)) return 1
  const start = commonStart(a, b)
  return Math.min(1, (start + commonEnd(a, b, shorter - start)) / shorter)
}

/**
 * The part of a new reference that the former one had otherwise, grown to whole words; all of it where there is no
 * former one. A page of text that the OCR lost is one difference: an error planted into it must still be found.
 */
function changedPart(reference: string, former: string | null): Span {
  const whole = {start: 0, end: reference.length}
  if (former === null || former === '' || former === reference) return whole
  const shorter = Math.min(former.length, reference.length)
  const start = commonStart(reference, former)
  const end = reference.length - commonEnd(reference, former, shorter - start)
  const wordStart = reference.slice(0, start).search(/\S+$/)
  const wordEnd = reference.slice(end).search(/\s|$/)
  return {start: wordStart < 0 ? start : wordStart, end: Math.max(end + wordEnd, start)}
}

function commonStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function commonEnd(a: string, b: string, most: number): number {
  let length = 0
  while (length < most && a.at(-1 - length) === b.at(-1 - length)) length++
  return length
}
