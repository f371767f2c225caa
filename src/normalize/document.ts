import type {Box, PageText, PlacedWord, Region} from '../model.ts'
import {isWord} from './tokens.ts'
import type {LineReading} from './vocabulary.ts'

/** A line that is not blank, with all that rules may ask about it. */
export interface Line {
  /** Index into `DocumentView.lines`. */
  readonly index: number
  /** Index into `DocumentView.pages`. */
  readonly page: number
  /** In the document's raw text, without the white space around it. */
  readonly start: number
  readonly end: number
  readonly text: string
  /** Line ends between this line and the one before it on the page; 0 for the first. */
  readonly breaksBefore: number
  /** From 0, among the lines of its page that are not blank. */
  readonly rank: number
  /** Lines of its page that are not blank. */
  readonly ofRanks: number
  readonly words: readonly PlacedWord[]
  readonly box: Box | null
  /** Mean over its letters; null where no word is known. */
  readonly confidence: number | null
  readonly reading: LineReading
}

/** A document as rules see it. */
export interface DocumentView {
  /** Page texts joined by form feeds. */
  readonly raw: string
  readonly pages: readonly PageView[]
  /** Lines that are not blank, in order. */
  readonly lines: readonly Line[]
  /** True where nearly all words are capitals, so that capitals are no evidence. */
  readonly allCapitals: boolean
  /** Share of Cyrillic among its Latin and Cyrillic tokens, 0 to 1. */
  readonly cyrillicShare: number
  /** Whether the document writes a lower-case word elsewhere than at a line end. */
  readonly hasWord: (lower: string) => boolean
}

export interface PageView {
  readonly pageId: string
  /** In `DocumentView.raw`, without the form feed. */
  readonly start: number
  readonly end: number
  /** Of its lines in `DocumentView.lines`. */
  readonly firstLine: number
  readonly lastLine: number
  readonly height: number
  readonly regions: readonly Region[]
}

/**
 * Look at the pages of a document as lines; linear in their text.
 *
 * @param read
 *   What the vocabularies make of a line.
 * @param words
 *   Words that count as written in the document, in small letters.
 */
export function viewDocument(
  pages: readonly PageText[],
  read: (line: string) => LineReading,
  words: ReadonlySet<string>,
): DocumentView {
  const lines: Line[] = []
  const views: PageView[] = []
  let offset = 0
  for (const [index, page] of pages.entries()) {
    const firstLine = lines.length
    addLines(lines, page, index, offset, read)
    views.push({
      pageId: page.pageId,
      start: offset,
      end: offset + page.text.length,
      firstLine,
      lastLine: lines.length,
      height: page.height,
      regions: page.regions,
    })
    offset += page.text.length + 1
  }
  const raw = pages.map(({text}) => text).join('\f')
  return {raw, pages: views, lines, ...traits(lines), hasWord: vocabularyOf(raw, words)}
}

function addLines(
  lines: Line[],
  page: PageText,
  pageIndex: number,
  offset: number,
  read: (line: string) => LineReading,
): void {
  const places = linePlaces(page.text)
  let word = 0
  let lastEnd = 0
  for (const [rank, {start, end}] of places.entries()) {
    while ((page.words[word]?.span.end ?? Infinity) <= start) word++
    const words: PlacedWord[] = []
    for (let next = word; (page.words[next]?.span.start ?? Infinity) < end; next++) words.push(page.words[next]!)
    const text = page.text.slice(start, end)
    lines.push({
      index: lines.length,
      page: pageIndex,
      start: offset + start,
      end: offset + end,
      text,
      breaksBefore: rank === 0 ? 0 : countBreaks(page.text, lastEnd, start),
      rank,
      ofRanks: places.length,
      words,
      box: unionOf(words),
      confidence: meanConfidence(words),
      reading: read(text),
    })
    lastEnd = end
  }
}

/** Where the lines of a text stand that are not blank, without the white space around them. */
function linePlaces(text: string): {readonly start: number; readonly end: number}[] {
  const places: {start: number; end: number}[] = []
  // A line ends at LF, CR, CRLF or the separators of Unicode; imported text has any of them.
  for (const match of text.matchAll(/[^\n\r\u2028\u2029\f\v\x85]+/g)) {
    const inner = match[0].trim()
    if (inner === '') continue
    const start = match.index + match[0].indexOf(inner)
    places.push({start, end: start + inner.length})
  }
  return places
}

function countBreaks(text: string, from: number, to: number): number {
  let count = 0
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index)
    // Of CRLF only the LF counts.
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) count++
  }
  return Math.max(1, count)
}

/** The union of the boxes of words; null for none. */
export function unionOf(words: readonly {readonly box: Box}[]): Box | null {
  const first = words[0]
  if (first === undefined) return null
  let {x, y} = first.box
  let right = x + first.box.width
  let bottom = y + first.box.height
  for (const {box} of words) {
    x = Math.min(x, box.x)
    y = Math.min(y, box.y)
    right = Math.max(right, box.x + box.width)
    bottom = Math.max(bottom, box.y + box.height)
  }
  return {x, y, width: right - x, height: bottom - y}
}

function meanConfidence(words: readonly PlacedWord[]): number | null {
  let letters = 0
  let sum = 0
  for (const {span, confidence} of words) {
    letters += span.end - span.start
    sum += confidence * (span.end - span.start)
  }
  return letters === 0 ? null : sum / letters
}

function traits(lines: readonly Line[]): {readonly allCapitals: boolean; readonly cyrillicShare: number} {
  let lower = 0
  let words = 0
  let latin = 0
  let cyrillic = 0
  for (const {reading} of lines) {
    for (const token of reading.tokens) {
      if (token.scripts === 'latin') latin++
      if (token.scripts === 'cyrillic') cyrillic++
      if (!isWord(token) || token.text.length < 2) continue
      words++
      if (/\p{Ll}/u.test(token.text)) lower++
    }
  }
  return {
    allCapitals: words > 0 && lower < words * 0.2,
    cyrillicShare: latin + cyrillic === 0 ? 0 : cyrillic / (latin + cyrillic),
  }
}

/** The words of a text that no line end cuts, made when first asked for. */
function vocabularyOf(raw: string, known: ReadonlySet<string>): (lower: string) => boolean {
  let words: Set<string> | null = null
  return lower => {
    if (words === null) {
      words = new Set()
      let cut = false
      for (const [piece] of raw.matchAll(/[\p{L}\p{M}]+|[-\u00ad\u2010]\s*[\n\r\f]|[^\p{L}\p{M}]/gu)) {
        if (piece.length > 1 && /^[-\u00ad\u2010]/.test(piece)) {
          cut = true
        } else if (/^[\p{L}\p{M}]/u.test(piece)) {
          if (!cut) words.add(piece.toLowerCase())
          cut = false
        } else if (!/\s/.test(piece)) {
          cut = false
        }
      }
    }
    return known.has(lower) || words.has(lower)
  }
}
