import {compounds, type Equality, equalityOf} from '../align/fold.ts'
import type {Config} from '../config.ts'
import type {Difference, DrawnPart, Normalized, Span, Transcript} from '../model.ts'
import type {Rewrite, TextChange} from '../read/rewrite.ts'
import {hold} from './hold.ts'
import {readingOffset} from './places.ts'

/** A compared document, as far as taking a reading must know it. */
export interface TakingFrom {
  readonly transcript: Transcript
  readonly normalized: Normalized
  readonly drawn: readonly DrawnPart[]
}

/** A difference, or a doubt. */
export type Taken = Pick<Difference, 'id' | 'reference' | 'hypothesis' | 'transcript'>

/**
 * Tells what must change in a transcript so that it reads as the OCR does where a difference lies, or as a person read
 * the scan.
 *
 * What counts as equal stays as the transcript has it: its quotes, dashes and line ends, and all letters that the
 * reading has too. Of the white space around words that go the stronger stays; words that come are parted from their
 * neighbours as on the scan.
 *
 * @param typed
 *   What a person read; null for the OCR's reading.
 * @returns
 *   Null where the difference has no place in the transcript; empty where nothing must change.
 */
export function takeReading(
  {transcript, normalized, drawn}: TakingFrom,
  difference: Taken,
  typed: string | null,
  {equality, equivalences}: Pick<Config, 'equality' | 'equivalences'>,
): Rewrite | null {
  const start = readingOffset(transcript, difference)
  if (start === null) return null
  const {text} = transcript
  const span = {start, end: start + difference.reference.length}
  const marks = typed !== null
  const reading = flat(typed ?? difference.hypothesis)
  const core = trimmed(text, span)
  if (reading === '') return removal(text, core).map(part => ({span: part, text: '', marks}))
  if (core.start === core.end) {
    const around = typed === null ? surroundings(drawn, difference) : {before: ' ', after: ' '}
    return [{...insertion(text, start, typed ?? difference.hypothesis, around), marks}]
  }
  // An editor's mark is one with the word it is said of.
  if (typed !== null && /[[\]]/.test(typed + text.slice(core.start, core.end))) {
    return flat(text.slice(core.start, core.end)) === reading ? [] : [{span: core, text: reading, marks}]
  }
  const equal: Equality =
    typed === null
      ? equalityOf(equality, compounds(text, normalized.raw, normalized.clean), equivalences)
      : {folds: ['white-space'], table: {}, compounds: new Set()}
  return changes(text, core, reading, equal).flatMap(change =>
    change.text === '' && /\S/.test(text.slice(change.span.start, change.span.end)) && touchesBlank(text, change.span)
      ? removal(text, trimmed(text, change.span)).map(part => ({span: part, text: '', marks}))
      : [{...change, marks}],
  )
}

/** Where two spellings differ, letter by letter; what is equal on both sides is in no change. */
function changes(text: string, span: Span, reading: string, equality: Equality): Omit<TextChange, 'marks'>[] {
  const {alignment, referenceTokens, hypothesisTokens} = hold(
    text.slice(span.start, span.end),
    reading,
    'character',
    equality,
  )
  const found: Omit<TextChange, 'marks'>[] = []
  let open: {reference: Span; hypothesis: Span} | null = null
  const close = (): void => {
    if (open === null) return
    const {reference, hypothesis} = open
    const {starts, ends} = referenceTokens
    const at = reference.start === 0 ? 0 : ends[reference.start - 1]!
    const part =
      reference.start < reference.end
        ? {start: starts[reference.start]!, end: ends[reference.end - 1]!}
        : {start: at, end: at}
    found.push({
      span: {start: span.start + part.start, end: span.start + part.end},
      text: written(reading, hypothesisTokens, hypothesis),
    })
    open = null
  }
  for (const {operation, reference, hypothesis} of alignment.chunks) {
    if (operation === 'equal') close()
    else if (open === null) open = {reference, hypothesis}
    else {
      open = {
        reference: {start: open.reference.start, end: reference.end},
        hypothesis: {start: open.hypothesis.start, end: hypothesis.end},
      }
    }
  }
  close()
  return found
}

/** The letters of some tokens: without what the comparison passes over between them, as a hyphen at a line end. */
function written(
  text: string,
  {starts, ends}: {readonly starts: readonly number[]; readonly ends: readonly number[]},
  {start, end}: Span,
): string {
  let result = ''
  let done = -1
  for (let token = start; token < end; token++) {
    // Letters of one ligature stand in one place.
    const from = Math.max(starts[token]!, done)
    if (from < ends[token]!) result += text.slice(from, ends[token]!)
    done = ends[token]!
  }
  return result.replace(/\s+/g, ' ')
}

/** The parts to take out so that words go, and with them the weaker white space beside them. */
function removal(text: string, core: Span): readonly Span[] {
  if (core.start === core.end) return []
  const paragraphs = [...text.slice(core.start, core.end).matchAll(/\n\n\s*/g)]
  const first = paragraphs[0]
  const last = paragraphs.at(-1)
  // Words before and after a paragraph's end go, and it stays, where either paragraph keeps some.
  if (first !== undefined && core.start > 0 && strength(blanksBefore(text, core.start)) < 2) {
    const end = core.start + first.index
    return [...removal(text, {start: core.start, end}), ...removal(text, {start: end + first[0].length, end: core.end})]
  }
  if (last !== undefined && core.end < text.length && strength(blanksAfter(text, core.end)) < 2) {
    const end = core.start + last.index
    return [...removal(text, {start: core.start, end}), ...removal(text, {start: end + last[0].length, end: core.end})]
  }
  const before = blanksBefore(text, core.start)
  const after = blanksAfter(text, core.end)
  const isFirst = core.start - before.length === 0
  const isLast = core.end + after.length === text.length
  const takesAfter = isFirst || (!isLast && strength(before) >= strength(after))
  return [
    takesAfter ? {start: core.start, end: core.end + after.length} : {start: core.start - before.length, end: core.end},
  ]
}

/** How words are parted from those before and after them. */
interface Surroundings {
  readonly before: string
  readonly after: string
}

/** How what was read in a difference is parted from its neighbours on the scan. */
function surroundings(drawn: readonly DrawnPart[], {id}: Taken): Surroundings {
  const first = drawn.findIndex(({difference}) => difference === id)
  const last = drawn.findLastIndex(({difference}) => difference === id)
  if (first < 0) return {before: ' ', after: ' '}
  const own = drawn.slice(first, last + 1).map(({hypothesis}) => hypothesis)
  const before = lastOf(drawn, first - 1, -1)
  const after = lastOf(drawn, last + 1, 1)
  return {
    before: blanksBefore(before, before.length) + blanksAfter(own.join(''), 0),
    after: blanksBefore(own.join(''), own.join('').length) + blanksAfter(after, 0),
  }
}

/** What was read next to a part, on one side; empty at the end of the text. */
function lastOf(drawn: readonly DrawnPart[], from: number, step: 1 | -1): string {
  for (let index = from; index >= 0 && index < drawn.length; index += step) {
    const {hypothesis} = drawn[index]!
    if (hypothesis !== '') return hypothesis
  }
  return '\n\n'
}

/** Where words come in, and with which white space: where they stand alone on the scan, as a line or paragraph, so here. */
function insertion(text: string, at: number, words: string, around: Surroundings): Omit<TextChange, 'marks'> {
  const gapStart = at - blanksBefore(text, at).length
  const gapEnd = at + blanksAfter(text, at).length
  const gap = strength(text.slice(gapStart, gapEnd))
  const put = (place: number, written: string) => ({span: {start: place, end: place}, text: written})
  const keepsLines = /\S\n\S/.test(text.slice(Math.max(0, at - 500), at + 500))
  const join = (amount: number) => (amount === 1 && keepsLines ? '\n' : ' ')
  const isFirst = gapStart === 0
  const isLast = gapEnd === text.length
  const before = Math.min(strength(around.before), isFirst || isLast ? 2 : gap)
  const after = Math.min(strength(around.after), isFirst || isLast ? 2 : gap)
  const own = (amount: number) => (amount === 2 ? '\n\n' : '\n')
  if (isFirst && isLast) return put(at, flat(words))
  if (isFirst) return put(gapEnd, after === 2 ? `${block(words)}\n\n` : `${flat(words)}${join(after)}`)
  if (isLast) return put(gapStart, before === 2 ? `\n\n${block(words)}` : `${join(before)}${flat(words)}`)
  if (gapStart === gapEnd) return put(at, flat(words))
  if (gap === 0) return put(gapEnd, `${flat(words)} `)
  if (before === gap && after === gap) return put(gapStart, own(gap) + (gap === 2 ? block(words) : flat(words)))
  return before >= after ? put(gapEnd, flat(words) + join(after)) : put(gapStart, join(before) + flat(words))
}

/** Words on one line. */
function flat(text: string): string {
  return joined(text).replace(/\s+/g, ' ').trim()
}

/** Words that stand alone: their lines and paragraphs stay. */
function block(text: string): string {
  return joined(text)
    .trim()
    .replaceAll('\f', '\n')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{2,}/g, '\n\n')
    .replace(/[^\S\n]+/g, ' ')
}

/** Words that a line end parts are one. */
function joined(text: string): string {
  return text.replace(/(\p{Ll})[-\u2010]\n(?=\p{Ll})/gu, '$1')
}

/** 0 for a blank or nothing, 1 for a line end, 2 for the end of a paragraph. */
function strength(blanks: string): number {
  const lines = blanks.match(/[\n\f]/g)?.length ?? 0
  return Math.min(lines, 2)
}

function blanksBefore(text: string, at: number): string {
  return /\s*$/.exec(text.slice(Math.max(0, at - 100), at))?.[0] ?? ''
}

function blanksAfter(text: string, at: number): string {
  return /^\s*/.exec(text.slice(at, at + 100))?.[0] ?? ''
}

function trimmed(text: string, {start, end}: Span): Span {
  const part = text.slice(start, end)
  const lead = part.length - part.trimStart().length
  return part.trim() === '' ? {start, end: start} : {start: start + lead, end: start + part.trimEnd().length}
}

/** Whether a part of the text is parted by a blank on either side, or brings one along. */
function touchesBlank(text: string, {start, end}: Span): boolean {
  return (
    /\s/.test(text.slice(start, end)) ||
    (/^\s?$/.test(text.slice(start - 1, start)) && /^\s?$/.test(text.slice(end, end + 1)))
  )
}
