import type {
  Box,
  Difference,
  Normalized,
  PageText,
  PlacedWord,
  ScanPlace,
  Span,
  Transcript,
  TranscriptPlace,
} from '../model.ts'
import {sourceSpan} from '../read/source-span.ts'
import {pointAt} from '../read/transcript.ts'

/**
 * Finds where a span of the clean text lies on the scan.
 *
 * @param toRaw
 *   Maps an offset of the clean text to one of the raw text.
 */
export function scanPlaces(
  normalized: Normalized,
  pages: readonly PageText[],
  toRaw: (cleanOffset: number) => number,
): (span: Span) => ScanPlace | null {
  const locate = wordPlaces(normalized, pages, toRaw)
  return span => {
    const found = locate(span)
    if (found === null) return null
    const {page, words, start, isEmpty} = found
    if (!isEmpty) return {page: page.pageId, box: union(words), confidence: leastConfidence(words)}
    return {page: page.pageId, box: gapBox(page.words, start), confidence: null}
  }
}

/** Words as the engine read them, at a span of the clean text. */
export interface WordPlace {
  readonly page: PageText
  readonly words: readonly PlacedWord[]
  /** In the page's text as read. */
  readonly start: number
  /** True for an empty span, where text is missing. */
  readonly isEmpty: boolean
  /** The words around it on the page. */
  readonly before: PlacedWord | null
  readonly after: PlacedWord | null
}

/** Finds the words that a span of the clean text was read from; parameters are those of `scanPlaces`. */
export function wordPlaces(
  normalized: Normalized,
  pages: readonly PageText[],
  toRaw: (cleanOffset: number) => number,
): (span: Span) => WordPlace | null {
  return whole => {
    // Text that begins a page brings the form feed before it along: the page is where its first letter stands.
    const blank = /^\s*/.exec(normalized.clean.slice(whole.start, whole.end))?.[0].length ?? 0
    const span = whole.start + blank < whole.end ? {start: whole.start + blank, end: whole.end} : whole
    const index = pageAt(normalized, span.start)
    const share = normalized.pages[index]
    const page = pages[index]
    if (share === undefined || page === undefined) return null
    const start = toRaw(span.start) - share.raw.start
    const end = span.end > span.start ? toRaw(span.end - 1) + 1 - share.raw.start : start
    const next = firstEndingAfter(page.words, start)
    const words = wordsIn(page.words, {start, end})
    const before = page.words[next - 1] ?? null
    return {page, words, start, isEmpty: end <= start, before, after: page.words[next + words.length] ?? null}
  }
}

/** Find where a span of the reading text lies in the Markdown source; an empty span is the point where text is missing. */
export function transcriptPlace(transcript: Transcript, span: Span): TranscriptPlace {
  return {...pointAt(transcript, span.start), endOffset: sourceSpan(transcript, span).end}
}

/** Finds where a difference begins in the reading text; null where it has no place in the transcript. */
export function readingOffset(
  {origin, text}: Pick<Transcript, 'origin' | 'text'>,
  {transcript: place, reference}: Pick<Difference, 'transcript' | 'reference'>,
): number | null {
  if (place === null) return null
  let low = 0
  let high = origin.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (origin[middle]! < place.offset) low = middle + 1
    else high = middle
  }
  // Several units may have been read from one place of the source.
  for (let at = low; origin[at] === place.offset; at++) if (text.startsWith(reference, at)) return at
  return null
}

/** The page whose share holds an offset of the clean text; a form feed belongs to the page before it. */
export function pageAt(normalized: Normalized, cleanOffset: number): number {
  const {pages} = normalized
  let low = 0
  let high = pages.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pages[middle]?.clean.end ?? 0) < cleanOffset) low = middle + 1
    else high = middle
  }
  return low
}

/** The union of boxes; null for none. */
function union(words: readonly PlacedWord[]): Box | null {
  const boxes = words.map(({box}) => box)
  if (boxes.length === 0) return null
  const x = Math.min(...boxes.map(box => box.x))
  const y = Math.min(...boxes.map(box => box.y))
  const right = Math.max(...boxes.map(box => box.x + box.width))
  const bottom = Math.max(...boxes.map(box => box.y + box.height))
  return {x, y, width: right - x, height: bottom - y}
}

function leastConfidence(words: readonly PlacedWord[]): number | null {
  return words.length === 0 ? null : Math.min(...words.map(({confidence}) => confidence))
}

/** Find the words that lie in a span of their page's text, in whole or in part. */
export function wordsIn(words: readonly PlacedWord[], span: Span): readonly PlacedWord[] {
  const found: PlacedWord[] = []
  for (let index = firstEndingAfter(words, span.start); index < words.length; index++) {
    const word = words[index]
    if (word === undefined || word.span.start >= span.end) break
    found.push(word)
  }
  return found
}

/** Where text is missing: the space between its neighbours on one line, else the end of the word before it. */
function gapBox(words: readonly PlacedWord[], offset: number): Box | null {
  const next = firstEndingAfter(words, offset)
  const before = words[next - 1]?.box
  const after = words[next]?.box
  if (before === undefined) return after ?? null
  if (after === undefined) return before
  const sameLine = after.y < before.y + before.height && before.y < after.y + after.height
  const left = before.x + before.width
  if (!sameLine || after.x <= left) return before
  return {x: left, y: before.y, width: after.x - left, height: before.height}
}

/** Index of the first word that ends after `offset`; `words.length` for none. Words are in text order. */
function firstEndingAfter(words: readonly PlacedWord[], offset: number): number {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((words[middle]?.span.end ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
