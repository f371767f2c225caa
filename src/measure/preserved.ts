import type {Measured, Span} from '../model.ts'
import type {AlignedTexts} from './differences.ts'
import {ratio} from './measured.ts'

/** What a reader looks up: a figure, a date, a name. */
export type FactKind = 'number' | 'date' | 'name'

/** A number, date or name of the transcript that was not read as it stands. */
export interface LostFact {
  readonly kind: FactKind
  readonly reference: string
  /** In the reference text. */
  readonly span: Span
}

/** How many of each kind were preserved. */
export interface Preservation {
  readonly count: number
  readonly preserved: number
  /** preserved / count. */
  readonly rate: Measured
}

/**
 * Tell which numbers, dates and names of the transcript were read exactly, by the character alignment.
 *
 * A fact is preserved where each of its characters is matched, nothing stands in
 * between, and no letter or figure was made up at its ends (`1985` read as `19851` is lost). Dates are found first, so a year
 * inside one is not counted again. Names are capitalized words that do not begin a sentence, and words of capitals, two letters at least:
 * a guess from the spelling, the same on every run.
 */
export function preservedFacts(texts: AlignedTexts): {
  readonly kinds: Readonly<Record<FactKind, Preservation>>
  readonly lost: readonly LostFact[]
} {
  const damaged = damagedUnits(texts)
  const counts = {number: {count: 0, preserved: 0}, date: {count: 0, preserved: 0}, name: {count: 0, preserved: 0}}
  const lost: LostFact[] = []
  for (const {kind, span} of findFacts(texts.reference)) {
    counts[kind].count++
    let whole = damaged.inside[span.start] !== 1 && damaged.head[span.start] !== 1 && damaged.tail[span.end] !== 1
    for (let at = span.start + 1; whole && at < span.end; at++)
      whole = damaged.inside[at] !== 1 && damaged.gap[at] !== 1
    if (whole) counts[kind].preserved++
    else lost.push({kind, reference: texts.reference.slice(span.start, span.end), span})
  }
  const preservation = ({count, preserved}: {count: number; preserved: number}): Preservation => ({
    count,
    preserved,
    rate: ratio(preserved, count, 'The transcript holds none'),
  })
  return {
    kinds: {
      number: preservation(counts.number),
      date: preservation(counts.date),
      name: preservation(counts.name),
    },
    lost,
  }
}

const months =
  'January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec'

const patterns: readonly (readonly [FactKind, RegExp])[] = [
  [
    'date',
    new RegExp(
      [
        `\\b\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?:${months})\\b\\.?(?:,?\\s+\\d{2,4}\\b)?`,
        `\\b(?:${months})\\b\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?\\b(?:,?\\s+\\d{4}\\b)?`,
        `\\b(?:${months})\\b\\.?,?\\s+\\d{4}\\b`,
        '\\b\\d{4}-\\d{2}-\\d{2}\\b',
        '\\b\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}\\b',
      ].join('|'),
      'gi',
    ),
  ],
  ['number', /(?<![\p{L}\p{N}])\p{N}[\p{N}.,:/-]*(?<![.,:/-])/gu],
  [
    'name',
    /(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)?)(?:[ \n](?:de |von |van |of |the )?\p{Lu}[\p{L}\p{M}]+)*/gu,
  ],
]

/** Find what is to be preserved, in order; no two overlap. */
export function findFacts(text: string): readonly {readonly kind: FactKind; readonly span: Span}[] {
  const taken = new Uint8Array(text.length)
  const found: {kind: FactKind; span: Span}[] = []
  for (const [kind, pattern] of patterns) {
    for (const {0: match, index} of text.matchAll(pattern)) {
      const span = kind === 'name' ? nameSpan(text, index, match) : {start: index, end: index + match.length}
      if (span === null || taken.subarray(span.start, span.end).includes(1)) continue
      taken.fill(1, span.start, span.end)
      found.push({kind, span})
    }
  }
  return found.sort((one, other) => one.span.start - other.span.start)
}

/** Take the first word off a name that begins a sentence, as any word there is capitalized; null where nothing is left. */
function nameSpan(text: string, index: number, match: string): Span | null {
  const end = index + match.length
  const begins = /(?:^|[.!?:;]["'”’)]*\s+|\n\s*\n|["“‘(]\s*)$/.test(text.slice(Math.max(0, index - 8), index))
  if (/^\p{Lu}{2,}/u.test(match)) return {start: index, end}
  if (!begins) return match.length > 1 ? {start: index, end} : null
  const rest = /^\S+\s+/.exec(match)
  return rest === null || rest[0].length === match.length ? null : {start: index + rest[0].length, end}
}

/** Units of the reference, marked. */
interface Damage {
  /** The unit was not matched. */
  readonly inside: Uint8Array
  /** Something was made up before the unit. */
  readonly gap: Uint8Array
  /** What was made up before the unit ends in a letter or figure. */
  readonly head: Uint8Array
  /** What was made up after what ends before the unit begins with a letter or figure. */
  readonly tail: Uint8Array
}

function damagedUnits({reference, referenceTokens, hypothesisTokens, alignment}: AlignedTexts): Damage {
  const [inside, gap, head, tail] = Array.from({length: 4}, () => new Uint8Array(reference.length + 1))
  const {starts, ends} = referenceTokens
  const isWord = (token: number): boolean => /[\p{L}\p{N}]/u.test(hypothesisTokens.keys[token]!)
  for (const {operation, reference: own, hypothesis} of alignment.chunks) {
    if (operation === 'equal') continue
    for (let token = own.start; token < own.end; token++) inside!.fill(1, starts[token]!, ends[token]!)
    if (operation !== 'insert') continue
    const next = own.start < starts.length ? starts[own.start]! : reference.length
    const last = own.start > 0 ? ends[own.start - 1]! : 0
    gap![next] = 1
    // Only what touches counts at an end: a word made up behind a blank leaves the fact as it is.
    if (isWord(hypothesis.end - 1)) head![next] = 1
    if (isWord(hypothesis.start)) tail![last] = 1
  }
  return {inside: inside!, gap: gap!, head: head!, tail: tail!}
}
