import type {Alignment, Difference, DrawnPart, Span, Tokens} from '../model.ts'
import {hash} from './hash.ts'

/** Both sides as text and as characters, and how they are aligned. */
export interface AlignedTexts {
  readonly reference: string
  readonly hypothesis: string
  /** Characters of each side; words would give words. */
  readonly referenceTokens: Tokens
  readonly hypothesisTokens: Tokens
  readonly alignment: Alignment
}

/** A difference as far as the two texts alone tell it. */
export interface FoundDifference
  extends Pick<Difference, 'id' | 'kind' | 'reference' | 'hypothesis' | 'before' | 'after' | 'characters'> {
  /** In the reference text; empty for an insertion, where the inserted text would begin. */
  readonly referenceSpan: Span
  /** In the hypothesis text; empty for a deletion. */
  readonly hypothesisSpan: Span
}

/** Words of the transcript that are kept on either side of a difference. */
const contextWords = 3

/**
 * Find where two texts differ: runs of edits, grown to whole words on both sides.
 *
 * Words here are what white space parts; a word that came or went is that word, not letters of two words that
 * would do as well. Runs that touch after growing are one difference. Every edit is in exactly one
 * difference, so the `characters` of all of them sum to the numerator of the error rate.
 * A blank that came or went with a word is part of the difference: replacing one
 * span's text by the other's gives the other reading.
 *
 * Ids are hashes of the kind, both texts and the words around, white space and
 * normal form aside; only differences alike in all of that are told apart by their order.
 */
export function findDifferences(texts: AlignedTexts): readonly FoundDifference[] {
  const seen = new Map<string, number>()
  return growRuns(texts).map(run => describe(run, texts, seen))
}

/** A page's place in the hypothesis text. */
export interface DrawnPage {
  readonly pageId: string
  readonly span: Span
}

/**
 * Cut both texts into parts that are equal and parts that are differences.
 *
 * Concatenated, the parts give back both texts to the last unit. Parts are
 * cut where a page begins, between tokens; what was never read has no page, and a
 * difference over a page end is drawn on the page it begins on.
 *
 * @param pages
 *   Ascending; may be empty, and then no part has a page.
 */
export function draw(
  texts: AlignedTexts,
  differences: readonly FoundDifference[],
  pages: readonly DrawnPage[],
): readonly DrawnPart[] {
  const {reference, hypothesis} = texts
  const breaks = pageBreaks(texts, pages)
  const parts: DrawnPart[] = []
  let at = {reference: 0, hypothesis: 0}
  let page = 0
  let next = 0
  const pushTo = (to: {reference: number; hypothesis: number}, difference: string | null): void => {
    const part = {
      reference: reference.slice(at.reference, to.reference),
      hypothesis: hypothesis.slice(at.hypothesis, to.hypothesis),
    }
    // An own table can make several words of one spelling, whose spans overlap: never go back.
    at = {reference: Math.max(at.reference, to.reference), hypothesis: Math.max(at.hypothesis, to.hypothesis)}
    if (part.reference === '' && part.hypothesis === '') return
    parts.push({difference, ...part, page: part.hypothesis === '' ? null : (pages[page]?.pageId ?? null)})
  }
  const pushEqual = (to: {reference: number; hypothesis: number}): void => {
    // A deletion at a page's head stands before the page's first token, so both sides decide what comes first.
    while (next < breaks.length) {
      const found = breaks[next]!
      if (found.hypothesis > to.hypothesis || found.reference > to.reference) break
      pushTo(found, null)
      page = found.page
      next++
    }
    pushTo(to, null)
  }
  for (const {id, referenceSpan, hypothesisSpan} of differences) {
    pushEqual({reference: referenceSpan.start, hypothesis: hypothesisSpan.start})
    pushTo({reference: referenceSpan.end, hypothesis: hypothesisSpan.end}, id)
    for (; next < breaks.length && breaks[next]!.hypothesis < hypothesisSpan.end; next++) page = breaks[next]!.page
  }
  pushEqual({reference: reference.length, hypothesis: hypothesis.length})
  return parts
}

/** A run of edits in tokens of both sides, and what it costs. */
export interface Run {
  reference: Span
  hypothesis: Span
  /** Its edits as they were before it grew, in order: what was read for what. */
  confused: readonly {readonly reference: Span; readonly hypothesis: Span}[]
  substitutions: number
  insertions: number
  deletions: number
}

/** Join edits to runs and grow them to whole words; one entry a difference, in the order of `findDifferences`. */
export function growRuns({referenceTokens, hypothesisTokens, alignment}: AlignedTexts): readonly Run[] {
  const a = referenceTokens.keys
  const b = hypothesisTokens.keys
  const runs: Run[] = []
  for (const {operation, reference, hypothesis} of alignment.chunks) {
    if (operation === 'equal') continue
    const length = Math.max(reference.end - reference.start, hypothesis.end - hypothesis.start)
    const run: Run = {
      reference,
      hypothesis,
      confused: [],
      substitutions: operation === 'substitute' ? length : 0,
      insertions: operation === 'insert' ? length : 0,
      deletions: operation === 'delete' ? length : 0,
    }
    const last = runs.at(-1)
    if (last !== undefined && last.reference.end === reference.start && last.hypothesis.end === hypothesis.start) {
      join(last, run)
    } else {
      runs.push(run)
    }
  }
  const grown: Run[] = []
  for (let index = 0; index < runs.length; index++) {
    const previous = grown.at(-1)
    const run = slide(runs[index]!, previous, runs[index + 1], a, b)
    // Between two runs all tokens are equal, so both sides are grown by the same number of them.
    let back = run.reference.start - (previous?.reference.end ?? 0)
    back = Math.min(back, run.hypothesis.start - (previous?.hypothesis.end ?? 0))
    let left = 0
    while (left < back && (splits(a, run.reference, left) || splits(b, run.hypothesis, left))) left++
    const ahead = (runs[index + 1]?.reference.start ?? a.length) - run.reference.end
    const whole: Run = {
      ...run,
      confused: [{reference: run.reference, hypothesis: run.hypothesis}],
      reference: {start: run.reference.start - left, end: run.reference.end},
      hypothesis: {start: run.hypothesis.start - left, end: run.hypothesis.end},
    }
    let right = 0
    while (right < ahead && (splitsAfter(a, whole.reference, right) || splitsAfter(b, whole.hypothesis, right))) right++
    whole.reference = {start: whole.reference.start, end: run.reference.end + right}
    whole.hypothesis = {start: whole.hypothesis.start, end: run.hypothesis.end + right}
    if (
      previous !== undefined &&
      previous.reference.end === whole.reference.start &&
      previous.hypothesis.end === whole.hypothesis.start
    ) {
      join(previous, whole)
    } else {
      grown.push(whole)
    }
  }
  return grown
}

/**
 * Move a run that only deletes or only inserts to whole words, where equal tokens beside it allow.
 *
 * `one two three` against `one three` lacks `two `, and as well `wo t`: the same cost and the same
 * texts, but only the first is a word. Of places that split no word, one that begins with a word wins.
 */
function slide(
  run: Run,
  previous: Run | undefined,
  next: Run | undefined,
  a: readonly string[],
  b: readonly string[],
): Run {
  const deletes = run.hypothesis.start === run.hypothesis.end
  if (!deletes && run.reference.start !== run.reference.end) return run
  const keys = deletes ? a : b
  const {start, end} = deletes ? run.reference : run.hypothesis
  const first =
    start -
    Math.min(
      run.reference.start - (previous?.reference.end ?? 0),
      run.hypothesis.start - (previous?.hypothesis.end ?? 0),
    )
  const last =
    (next === undefined ? keys.length : deletes ? next.reference.start : next.hypothesis.start) - (end - start)
  const isWhole = (at: number) =>
    !splits(keys, {start: at, end: at}, 0) && !splits(keys, {start: at + end - start, end: 0}, 0)
  if (isWhole(start)) return run
  let from = start
  while (from > first && keys[from - 1] === keys[from - 1 + end - start]) from--
  let to = start
  while (to < last && keys[to] === keys[to + end - start]) to++
  const places = Array.from({length: to - from + 1}, (_, index) => from + index).filter(isWhole)
  const place = places.find(at => !isBlank(keys[at]!)) ?? places[0]
  if (place === undefined) return run
  const by = place - start
  const moved = ({start, end}: Span): Span => ({start: start + by, end: end + by})
  return {...run, reference: moved(run.reference), hypothesis: moved(run.hypothesis)}
}

function join(first: Run, second: Run): void {
  first.reference = {start: first.reference.start, end: second.reference.end}
  first.hypothesis = {start: first.hypothesis.start, end: second.hypothesis.end}
  first.confused = [...first.confused, ...second.confused]
  first.substitutions += second.substitutions
  first.insertions += second.insertions
  first.deletions += second.deletions
}

/** True where a run that begins `left` tokens earlier would begin inside a word. */
function splits(keys: readonly string[], {start}: Span, left: number): boolean {
  const at = start - left
  return at > 0 && at < keys.length && !isBlank(keys[at - 1]!) && !isBlank(keys[at]!)
}

/** True where a run that ends `right` tokens later would end inside a word. */
function splitsAfter(keys: readonly string[], {end}: Span, right: number): boolean {
  const at = end + right
  return at > 0 && at < keys.length && !isBlank(keys[at - 1]!) && !isBlank(keys[at]!)
}

function isBlank(key: string): boolean {
  return key === ' ' || (key.length === 1 && key.trim() === '')
}

function describe(run: Run, texts: AlignedTexts, seen: Map<string, number>): FoundDifference {
  const referenceSpan = textSpan(run.reference, texts.referenceTokens, texts.reference.length)
  const hypothesisSpan = textSpan(run.hypothesis, texts.hypothesisTokens, texts.hypothesis.length)
  const reference = texts.reference.slice(referenceSpan.start, referenceSpan.end)
  const hypothesis = texts.hypothesis.slice(hypothesisSpan.start, hypothesisSpan.end)
  const kind =
    run.reference.start === run.reference.end
      ? 'insertion'
      : run.hypothesis.start === run.hypothesis.end
        ? 'deletion'
        : 'substitution'
  const before = contextBefore(texts.reference, referenceSpan.start)
  const after = contextAfter(texts.reference, referenceSpan.end)
  const content = [kind, reference, hypothesis, before, after].map(plain).join('\0')
  const ordinal = (seen.get(content) ?? 0) + 1
  seen.set(content, ordinal)
  return {
    id: hash(ordinal === 1 ? content : `${content}\0${ordinal}`),
    kind,
    reference,
    hypothesis,
    before,
    after,
    characters: {substitutions: run.substitutions, insertions: run.insertions, deletions: run.deletions},
    referenceSpan,
    hypothesisSpan,
  }
}

function textSpan({start, end}: Span, {starts, ends}: Tokens, length: number): Span {
  if (start < end) return {start: starts[start]!, end: ends[end - 1]!}
  const at = start < starts.length ? starts[start]! : (ends.at(-1) ?? length)
  return {start: at, end: at}
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** A few words before an offset. */
export function contextBefore(text: string, end: number): string {
  return wordsOf(text.slice(Math.max(0, end - 200), end))
    .slice(-contextWords)
    .join(' ')
}

/** A few words from an offset on. */
export function contextAfter(text: string, start: number): string {
  return wordsOf(text.slice(start, start + 200))
    .slice(0, contextWords)
    .join(' ')
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(word => word !== '')
}

/** Where each page but the first begins, at a token of the hypothesis, and where that is in the reference. */
function pageBreaks(
  {referenceTokens, hypothesisTokens, reference, alignment}: AlignedTexts,
  pages: readonly DrawnPage[],
): {page: number; reference: number; hypothesis: number}[] {
  const breaks: {page: number; reference: number; hypothesis: number}[] = []
  let page = 1
  for (const {reference: from, hypothesis: read} of alignment.chunks) {
    for (let token = read.start; token < read.end && page < pages.length; token++) {
      const start = hypothesisTokens.starts[token]!
      if (start < pages[page]!.span.start) continue
      while (page + 1 < pages.length && pages[page + 1]!.span.start <= start) page++
      const own = Math.min(from.start + token - read.start, from.end)
      breaks.push({page, reference: referenceTokens.starts[own] ?? reference.length, hypothesis: start})
      page++
    }
  }
  return breaks
}
