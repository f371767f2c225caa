import type {Mark, MarkKind, Span} from '../model.ts'
import type {ReadingText} from './reading-text.ts'
import {sourceSpan} from './source-span.ts'

/** A text without its editor's marks, but for gaps. */
export interface MarkedText {
  readonly text: string
  readonly origin: readonly number[]
  /** In text order. */
  readonly marks: readonly Mark[]
}

/**
 * Takes page marks and remarks out of a text, leaves gaps in, and lists all three.
 *
 * - Gaps stand where the scan shows what the editor does not give: `[illegible]`,
 *   `[redacted]`, `[...]`, `[2 lines not declassified]`, `[handwritten: …]`.
 * - Page marks are `<!-- page 2 -->`, `[end p1]`, `[Page 529]`, `[page break]`.
 * - Remarks are `[sic]`, `[?]` and references to footnotes; `[word?]`, up to three words,
 *   leaves `word`.
 * - Double brackets are as single ones.
 *
 * Other brackets are the letter's own. Of the white space around what is taken out
 * the stronger stays (blank line, line end, blank), so a sentence that runs over a
 * page mark is whole; before closing punctuation none stays.
 */
export function takeOutMarks(reading: ReadingText, source: string): MarkedText {
  const found = findMarks(reading, source)
  const groups = groupTaken(found, reading.text)
  const cuts = [...groups.map(group => group.cut), ...found.flatMap(doubtCuts)].sort((a, b) => a.start - b.start)
  const places = new Map(groups.flatMap(group => group.members.map(member => [member, group.place] as const)))
  const after = cutter(cuts)
  const marks = found.flatMap((mark): Mark[] => {
    if (mark.kind === null) return []
    const start = after(mark.kind === 'gap' ? mark.start : (places.get(mark) ?? mark.end))
    return [{kind: mark.kind, span: {start, end: mark.kind === 'gap' ? after(mark.end) : start}, source: mark.source}]
  })
  return {...applyCuts(reading, cuts), marks}
}

/** Something found in the text; `kind` is null for a comment that marks nothing. */
interface Found extends Span {
  readonly kind: MarkKind | null
  readonly source: string
  /** Length of the brackets of `[word?]`, whose word stays; 0 for all others. */
  readonly doubt: number
}

const inner = String.raw`((?:[^[\]\n]|\n(?!\n)){1,200})`
const bracket = new RegExp(String.raw`\[\[${inner}\]\]|\[${inner}\]`, 'g')

function findMarks({text, origin, omissions}: ReadingText, source: string): readonly Found[] {
  const found: Found[] = omissions.map(({at, kind, source: written}) => ({
    start: at,
    end: at,
    kind: kind === 'footnote' ? 'remark' : isPageMark(written.replace(/^<!--|-->$/g, '')) ? 'page' : null,
    source: written,
    doubt: 0,
  }))
  for (const match of text.matchAll(bracket)) {
    const [whole, doubled, single] = match
    const kind = kindOf(doubled ?? single ?? '')
    if (!kind) continue
    const span = {start: match.index, end: match.index + whole.length}
    const at = sourceSpan({text, origin, source}, span)
    const doubt = kind !== 'doubt' ? 0 : doubled === undefined ? 1 : 2
    found.push({...span, kind: kind === 'doubt' ? 'remark' : kind, source: source.slice(at.start, at.end), doubt})
  }
  found.sort((a, b) => a.start - b.start || a.end - b.end)
  // A comment inside brackets that are taken out goes with them.
  return found.filter((mark, index) => index === 0 || mark.start >= found[index - 1]!.end)
}

function kindOf(inner: string): MarkKind | 'doubt' | null {
  const words = inner.replace(/\s+/g, ' ').trim()
  if (/^(?:sic\b.*|[?!]+|\^\S+)$/i.test(words)) return 'remark'
  if (isPageMark(words)) return 'page'
  if (isGap(words)) return 'gap'
  return /^(?:[^\s?]+ ){0,2}[^\s?]+\?$/.test(inner) ? 'doubt' : null
}

function isPageMark(words: string): boolean {
  return pageMark.test(words.replace(/\s+/g, ' ').trim())
}

const pageMark =
  /^(?:(?:end|start|beginning|new)(?: of)? )?(?:(?:pages?|pp?\.?|pb|folio|fol\.?) ?(?:break|\d{1,4}[a-z]?|[ivxlc]{1,7})?(?: (?:of|\/) ?\d{1,4})?)$/i

/** What an editor says of text that he does not give; at the start, or at the end after what it is said of. */
function isGap(words: string): boolean {
  return /^(?:\.{2,}|…|(?:\. ){2,}\.|_{2,}|-{2,})$/.test(words) || gapStart.test(words) || gapEnd.test(words)
}

const gapStart =
  /^(?:illegible|unreadable|undecipherable|indecipherable|unclear|redacted|redaction|excised|sanitized|withheld|not declassified|obliterated|crossed out|struck out|remainder|handwritten|handwriting|in handwriting|manuscript|signature|signed|initials|initialed|stamp|stamped|seal|torn|faded|blank|missing|omitted|gap|lacuna)\b(?!\w)/i
const gapEnd =
  /^.{0,80}\b(?:illegible|unreadable|undecipherable|indecipherable|unclear|redacted|excised|sanitized|withheld|not declassified|not released|obliterated|crossed out|torn|missing|omitted|cut off)$/i

/** Marks to be cut, neighbours parted by white space only taken as one. */
interface Group {
  readonly members: readonly Found[]
  readonly cut: Span
  /** Where its marks stand: after the last character before it. */
  readonly place: number
}

function groupTaken(found: readonly Found[], text: string): readonly Group[] {
  const groups: Found[][] = []
  for (const mark of found) {
    if (mark.kind === 'gap' || mark.doubt > 0) continue
    const last = groups.at(-1)?.at(-1)
    if (last && skipBlank(text, last.end, 1) >= mark.start) groups.at(-1)!.push(mark)
    else groups.push([mark])
  }
  return groups.map(members => {
    const start = members[0]!.start
    const end = members.at(-1)!.end
    const place = skipBlank(text, start, -1)
    return {members, cut: cutOf(text, place, start, end), place}
  })
}

/** Chooses which white space goes with what stands from `start` to `end`; `before` is where the white space before begins. */
function cutOf(text: string, before: number, start: number, end: number): Span {
  const after = skipBlank(text, end, 1)
  if (before === 0) return {start: 0, end: after}
  if (after === text.length) return {start: before, end: after}
  if (after === end) return {start: /[.,;:!?)\]”’"']/.test(text[end]!) && end > start ? before : start, end}
  if (before === start) return {start, end}
  return strength(text.slice(end, after)) > strength(text.slice(before, start))
    ? {start: before, end}
    : {start, end: after}
}

function strength(blank: string): number {
  return blank.split('\n').length
}

function skipBlank(text: string, from: number, step: 1 | -1): number {
  let at = from
  while (/[ \t\n]/.test(text[step > 0 ? at : at - 1] ?? '')) at += step
  return at
}

function doubtCuts({start, end, doubt}: Found): Span[] {
  if (doubt === 0) return []
  return [
    {start, end: start + doubt},
    {start: end - doubt - 1, end},
  ]
}

/** Makes the function that says where an offset of the text stands once the cuts are made. */
function cutter(cuts: readonly Span[]): (offset: number) => number {
  const removed = [0]
  for (const cut of cuts) removed.push(removed.at(-1)! + cut.end - cut.start)
  return offset => {
    let low = 0
    let high = cuts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (cuts[middle]!.end <= offset) low = middle + 1
      else high = middle
    }
    const inside = cuts[low]
    return Math.min(offset, inside ? inside.start : offset) - removed[low]!
  }
}

function applyCuts({text, origin}: ReadingText, cuts: readonly Span[]): Pick<MarkedText, 'text' | 'origin'> {
  if (cuts.length === 0) return {text, origin}
  const pieces: string[] = []
  const kept: number[] = []
  let done = 0
  for (const cut of [...cuts, {start: text.length, end: text.length}]) {
    pieces.push(text.slice(done, cut.start))
    for (let unit = done; unit < cut.start; unit++) kept.push(origin[unit]!)
    done = cut.end
  }
  kept.push(origin.at(-1)!)
  return {text: pieces.join(''), origin: kept}
}
