import type {Span} from '../model.ts'
import type {DocumentView} from './document.ts'
import type {Gap} from './rule.ts'

/** Lines that are stripped whole, and the white space that goes with them. */
export interface LineStrips {
  /** By index of the line: its span, grown over white space; disjoint, in order of the lines. */
  readonly spans: ReadonlyMap<number, Span>
  /** What stands between neighbouring lines of the letter, where lines were stripped or blank lines or page breaks stand. */
  readonly gaps: readonly Gap[]
}

/**
 * Grow the spans of stripped lines so that neither blank lines nor line ends are left over.
 *
 * Of the white space around a run of stripped lines within a page, the longest
 * stays, so that a paragraph's end stays one; at the top and bottom of a page
 * none stays.
 */
export function lineStrips(document: DocumentView, stripped: ReadonlySet<number>): LineStrips {
  const spans = new Map<number, Span>()
  for (const {start, end, firstLine, lastLine} of document.pages) {
    for (let line = firstLine; line < lastLine; line++) {
      if (!stripped.has(line)) continue
      let after = line + 1
      while (after < lastLine && stripped.has(after)) after++
      growRun(document, line, after, start, end, spans)
      line = after
    }
  }
  return {spans, gaps: gapsOf(document, stripped, spans)}
}

/** Share the white space around and in a run `[from, to)` out among its lines, but for the piece that stays. */
function growRun(
  document: DocumentView,
  from: number,
  to: number,
  pageStart: number,
  pageEnd: number,
  spans: Map<number, Span>,
): void {
  const page = document.pages[document.lines[from]?.page ?? 0]
  const startOf = (line: number) => (line === page?.lastLine ? pageEnd : (document.lines[line]?.start ?? pageEnd))
  const endOf = (line: number) => (line < (page?.firstLine ?? 0) ? pageStart : (document.lines[line]?.end ?? pageStart))
  // White space number `line` lies before that line; number `to` after the run.
  const inside = from !== page?.firstLine && to !== page?.lastLine
  let stays = -1
  if (inside) {
    stays = from
    for (let line = from + 1; line <= to; line++) {
      const breaks = (index: number) => document.lines[index]?.breaksBefore ?? 0
      if (breaks(line) > breaks(stays)) stays = line
    }
  }
  for (let line = from; line < to; line++) {
    // Lines before the piece that stays take what lies before them, the others what follows.
    const takesBefore = inside ? line < stays : true
    const takesAfter = inside ? line >= stays : line === to - 1
    spans.set(line, {
      start: takesBefore ? endOf(line - 1) : startOf(line),
      end: takesAfter ? startOf(line + 1) : endOf(line),
    })
  }
}

function gapsOf(
  document: DocumentView,
  stripped: ReadonlySet<number>,
  spans: ReadonlyMap<number, Span>,
): readonly Gap[] {
  const gaps: Gap[] = []
  let before: number | null = null
  for (const {index, page, breaksBefore} of document.lines) {
    if (stripped.has(index)) continue
    if (before !== null) {
      const skipped = index - before > 1
      const previous = document.lines[before]
      if (skipped || previous?.page !== page || breaksBefore > 1 || isHyphenated(previous.text)) {
        gaps.push({before, after: index, separators: separators(document, before, index, spans), stripped: skipped})
      }
    }
    before = index
  }
  return gaps
}

function isHyphenated(text: string): boolean {
  return /[\p{L}\p{N}][-\u00ad\u2010]$/u.test(text)
}

/** The white space between two lines that no stripped line took. */
function separators(
  document: DocumentView,
  before: number,
  after: number,
  spans: ReadonlyMap<number, Span>,
): readonly Span[] {
  const pieces: Span[] = []
  let start = document.lines[before]?.end ?? 0
  for (let line = before + 1; line < after; line++) {
    const span = spans.get(line)
    if (span === undefined) continue
    if (span.start > start) pieces.push({start, end: span.start})
    start = span.end
  }
  const end = document.lines[after]?.start ?? start
  if (end > start) pieces.push({start, end})
  return pieces
}
