import type {Nodes} from 'mdast'
import {decodeReference, parseMarkdown} from './markdown.ts'

/** Something that stands in the source and not in the text: a comment or a footnote reference. */
export interface Omission {
  /** Offset in the text at which it was left out. */
  readonly at: number
  readonly kind: 'comment' | 'footnote'
  readonly source: string
}

/** Markdown as a reader reads it, editor's marks in square brackets still in place. */
export interface ReadingText {
  readonly text: string
  /** Offset in the source of every unit of `text`, and the end of the last. Never falls. */
  readonly origin: readonly number[]
  readonly omissions: readonly Omission[]
  /** Offsets in the source at which a comment opens that nothing closes: it hides all that follows. */
  readonly unclosedComments: readonly number[]
  /** Where the YAML front matter stands in the source, fences included; null where there is none. */
  readonly frontMatter: {readonly start: number; readonly end: number} | null
}

/**
 * Reads Markdown as a reader does and keeps the way back to every character.
 *
 * Emphasis, links, headings, quotes and HTML tags leave their text; escapes and
 * character references are decoded; comments, images, definitions, footnotes and
 * rules leave nothing. The marker of a list item and its check box are text, as
 * the source has them: letters are typed with them. Code is text, verbatim.
 * Source line ends, hard breaks and `<br>` are `\n`; blocks are parted by a blank
 * line, items of a tight list and an indented line before an adjoining paragraph
 * by `\n`; cells of a table by a blank, its rows by `\n`.
 *
 * @param source
 *   Whole file, byte order mark included if there is one.
 */
export function readMarkdown(source: string): ReadingText {
  // The parser drops a byte order mark without counting it.
  const base = source.startsWith('\ufeff') ? 1 : 0
  const draft: Draft = {
    body: source.slice(base),
    base,
    pieces: [],
    origin: [],
    end: base,
    pending: '',
    broken: false,
    references: new Map(),
    omissions: [],
    unclosedComments: [],
  }
  const tree = parseMarkdown(draft.body)
  walk(draft, tree)
  const first = 'children' in tree ? tree.children[0] : undefined
  return {
    text: draft.pieces.join(''),
    origin: [...draft.origin, draft.end],
    omissions: draft.omissions,
    unclosedComments: draft.unclosedComments,
    frontMatter: first?.type === 'yaml' ? {start: base + startOf(first), end: base + endOf(first)} : null,
  }
}

/** The text as far as it is written. Offsets into `body` are without the byte order mark, `origin` and `end` with it. */
interface Draft {
  readonly body: string
  readonly base: number
  readonly pieces: string[]
  readonly origin: number[]
  /** Where the source of the last unit ends. */
  end: number
  /** What parts the next text from the last; written only when there is a next text. */
  pending: Separator
  /** True right after a `<br>`: a source line end that follows is the same line end. */
  broken: boolean
  readonly references: Map<string, string>
  readonly omissions: Omission[]
  readonly unclosedComments: number[]
}

type Separator = '' | ' ' | '\n' | '\n\n'

function walk(draft: Draft, node: Nodes): void {
  switch (node.type) {
    case 'text':
      writeText(draft, node.value, startOf(node), endOf(node))
      break
    case 'inlineCode':
      writeInlineCode(draft, node.value, startOf(node), endOf(node))
      break
    case 'code':
      writeCode(draft, node.value, startOf(node))
      break
    case 'break':
      writeBreak(draft, startOf(node), endOf(node))
      break
    case 'html':
      writeHtml(draft, node.value, startOf(node))
      break
    case 'footnoteReference':
      omit(draft, 'footnote', draft.body.slice(startOf(node), endOf(node)))
      break
    case 'footnoteDefinition':
      break
    case 'listItem':
      writeMarker(draft, startOf(node), node.checked != null)
      walkBlocks(draft, node.children, true)
      break
    case 'table':
    case 'tableRow':
      for (const child of node.children) {
        part(draft, node.type === 'table' ? '\n' : ' ')
        walk(draft, child)
      }
      break
    case 'root':
    case 'blockquote':
      walkBlocks(draft, node.children, false)
      break
    case 'list':
      walkBlocks(draft, node.children, true)
      break
    default:
      if ('children' in node) for (const child of node.children) walk(draft, child)
  }
}

function walkBlocks(draft: Draft, blocks: readonly Nodes[], inList: boolean): void {
  let last: Nodes | null = null
  for (const block of blocks) {
    if (last) {
      const blank = /(?:\r\n|\r|\n)[\s>]*?(?:\r\n|\r|\n)/.test(draft.body.slice(endOf(last), startOf(block)))
      const adjoining = inList || isIndented(draft, last) || isIndented(draft, block)
      part(draft, adjoining && !blank ? '\n' : '\n\n')
    }
    walk(draft, block)
    last = block
  }
}

/** An indented line is code to Markdown, but in a typed letter it begins a paragraph. */
function isIndented(draft: Draft, node: Nodes): boolean {
  return node.type === 'code' && !isFenced(draft, startOf(node))
}

function isFenced(draft: Draft, start: number): boolean {
  return draft.body[start] === '`' || draft.body[start] === '~'
}

// ---------------------------------------------------------------- text

const escapeOrReference = /\\([!-/:-@[-`{-~])|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{0,30});|\0/g

/**
 * Writes a text node: `body.slice(start, end)` decoded.
 *
 * Its lines after the first begin behind what the containers put there (`> `, an
 * indent). What that is cannot be told from the line alone (`>` may be text), so
 * the place is taken at which the rest of the line reads as the node does.
 */
function writeText(draft: Draft, value: string, start: number, end: number): void {
  const raw = draft.body.slice(start, end)
  if (raw === value && !/[\r\n]/.test(raw)) {
    write(draft, raw, start, 1)
    return
  }
  let read = 0
  for (const [index, line] of splitLines(raw).entries()) {
    const lineStart = start + line.start
    let lineEnd = start + line.end
    if (line.ended) while (lineEnd > lineStart && isBlank(draft.body.charCodeAt(lineEnd - 1))) lineEnd--
    const from = index === 0 ? lineStart : skipPrefix(draft, lineStart, lineEnd, value, read)
    const decoded = decode(draft, draft.body.slice(from, lineEnd), from)
    for (const piece of decoded.pieces) write(draft, piece.text, piece.from, piece.step, piece.to)
    read += decoded.length
    if (line.ended) {
      writeLineEnd(draft, start + line.end, start + line.next)
      read += line.next - line.end
    }
  }
}

interface Piece {
  readonly text: string
  readonly from: number
  /** How far the source moves with each unit: 1 for text as it stands, 0 for an escape or reference. */
  readonly step: 0 | 1
  readonly to: number
}

function decode(
  draft: Draft,
  raw: string,
  offset: number,
): {readonly pieces: readonly Piece[]; readonly length: number} {
  const pieces: Piece[] = []
  let length = 0
  let done = 0
  const add = (text: string, from: number, to: number, step: 0 | 1): void => {
    if (text === '') return
    pieces.push({text, from: offset + from, to: offset + to, step})
    length += text.length
  }
  for (const found of raw.matchAll(escapeOrReference)) {
    const to = found.index + found[0].length
    const text = found[1] ?? (found[0] === '\0' ? '\ufffd' : reference(draft, found[0]))
    add(raw.slice(done, found.index), done, found.index, 1)
    add(text, found.index, to, text === found[0] ? 1 : 0)
    done = to
  }
  add(raw.slice(done), done, raw.length, 1)
  return {pieces, length}
}

function reference(draft: Draft, source: string): string {
  let text = draft.references.get(source)
  if (text === undefined) {
    text = decodeReference(source)
    draft.references.set(source, text)
  }
  return text
}

/** Finds where the text of a continued line begins, given that `value` reads so from `read` on. */
function skipPrefix(draft: Draft, start: number, end: number, value: string, read: number): number {
  let widest = start
  while (widest < end && (draft.body[widest] === '>' || isBlank(draft.body.charCodeAt(widest)))) widest++
  for (let from = widest; from >= start; from--) {
    const {pieces, length} = decode(draft, draft.body.slice(from, end), from)
    const text = pieces.map(piece => piece.text).join('')
    const next = value[read + length]
    if (value.startsWith(text, read) && (next === undefined || next === '\n' || next === '\r')) return from
  }
  return widest
}

/**
 * Writes code between backticks. Its value is its source with line ends as blanks,
 * and with padding, line prefixes and the escape of `|` in a table left out: so
 * each character of the value is the next such character of the source.
 */
function writeInlineCode(draft: Draft, value: string, start: number, end: number): void {
  let fence = start
  while (draft.body[fence] === '`') fence++
  const stop = end - (fence - start)
  let at = fence
  for (let index = 0; index < value.length && at < stop; at++) {
    const line = /[\r\n]/.test(draft.body[at]!)
    if (line && value[index] === ' ') {
      const next = draft.body.startsWith('\r\n', at) ? at + 2 : at + 1
      writeLineEnd(draft, at, next)
      at = next - 1
      index++
    } else if (draft.body[at] === value[index] || draft.body[at] === '\0') {
      write(draft, value[index]!, at, 1)
      index++
    } else if (draft.body[at] === '\t') {
      // A tab cut by an indent leaves blanks that the source does not have: they stand at the tab.
      for (; value[index] === ' '; index++) write(draft, ' ', at, 0, at + 1)
    }
  }
}

/** Writes a code block: the lines of its value are the ends of its source lines. */
function writeCode(draft: Draft, value: string, start: number): void {
  for (const [index, line] of sourceLines(draft, value, start, isFenced(draft, start) ? 1 : 0).entries()) {
    if (index > 0) writeLineEnd(draft, line.previousEnd, line.previousNext)
    writeVerbatim(draft, line)
  }
}

interface CodeLine {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Where the line before ended, and where its line end ended. */
  readonly previousEnd: number
  readonly previousNext: number
}

/** Pairs the lines of a verbatim value with the source lines they end, the first `skip` left aside. */
function sourceLines(draft: Draft, value: string, start: number, skip: number): readonly CodeLine[] {
  const lines: CodeLine[] = []
  if (value === '') return lines
  let at = start
  let previousEnd = start
  for (const [index, text] of [...Array<string>(skip).fill(''), ...value.split(/\r\n|\r|\n/)].entries()) {
    let end = at
    while (end < draft.body.length && draft.body[end] !== '\n' && draft.body[end] !== '\r') end++
    if (index >= skip) lines.push({text, start: Math.max(at, end - text.length), end, previousEnd, previousNext: at})
    previousEnd = end
    at = draft.body.startsWith('\r\n', end) ? end + 2 : end + 1
  }
  return lines
}

/** A tab cut by an indent leaves blanks that the source does not have: they stand at the tab. */
function writeVerbatim(draft: Draft, {text, start, end}: CodeLine): void {
  let same = 0
  while (same < end - start && sameUnit(draft.body[end - 1 - same], text[text.length - 1 - same])) same++
  const from = end - same
  for (const unit of text.slice(0, text.length - same)) write(draft, unit, Math.max(from - 1, 0), 0, from)
  write(draft, text.slice(text.length - same), from, 1)
}

function sameUnit(source: string | undefined, value: string | undefined): boolean {
  return source === value || (source === '\0' && value === '\ufffd')
}

function writeBreak(draft: Draft, start: number, end: number): void {
  const at = draft.body.slice(start, end).search(/[\r\n]/)
  writeLineEnd(draft, at < 0 ? end : start + at, end)
}

const marker = /(?:[-+*]|[0-9]{1,9}[.)])/y
const checkBox = /[ \t]+(\[[ \txX]\])/y

function writeMarker(draft: Draft, start: number, checked: boolean): void {
  marker.lastIndex = start
  const found = marker.exec(draft.body)
  if (!found) return
  write(draft, found[0], start, 1)
  part(draft, ' ')
  checkBox.lastIndex = start + found[0].length
  const box = checked ? checkBox.exec(draft.body)?.[1] : undefined
  if (!box) return
  write(draft, box, checkBox.lastIndex - box.length, 1)
  part(draft, ' ')
}

// ---------------------------------------------------------------- HTML

const htmlToken =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)|<[!?][^<>]*>|<(\/?[A-Za-z][A-Za-z0-9-]*)[^<>]*>|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{0,30});|\s+|\0/gi
const lineTags =
  /^(?:br|hr|\/?(?:p|div|center|h[1-6]|li|ul|ol|dl|dt|dd|tr|table|thead|tbody|pre|blockquote|section|article|header|footer|address))$/i
const cellTags = /^\/?t[dh]$/i

/** Writes what a reader sees of HTML: the text between tags. White space of a block is folded as a browser does, but line ends stay. */
function writeHtml(draft: Draft, value: string, start: number): void {
  const lines = sourceLines(draft, value, start, 0)
  const origins: number[] = []
  for (const [index, line] of lines.entries()) {
    if (index > 0) origins.push(...Array<number>(line.previousNext - line.previousEnd).fill(line.previousEnd))
    const lead = line.text.length - (line.end - line.start)
    // `start` is exact for the first line: a node of inline HTML ends before its line does.
    for (let unit = 0; unit < line.text.length; unit++) {
      origins.push(index === 0 ? start + unit : line.start + Math.max(0, unit - lead))
    }
  }
  let done = 0
  for (const found of value.matchAll(htmlToken)) {
    writeFrom(draft, value, origins, done, found.index)
    done = found.index + found[0].length
    const at = origins[found.index] ?? start
    const [token, , tag] = found
    if (token.startsWith('<!--')) {
      omit(draft, 'comment', token)
      if (!token.endsWith('-->')) draft.unclosedComments.push(draft.base + at)
    } else if (tag !== undefined) {
      if (/^br$/i.test(tag)) writeBr(draft, at, at + token.length)
      else if (lineTags.test(tag)) part(draft, '\n')
      else if (cellTags.test(tag)) part(draft, ' ')
    } else if (token[0] === '&') {
      const text = reference(draft, token)
      write(draft, text, at, text === token ? 1 : 0, at + token.length)
    } else if (token === '\0') {
      write(draft, '\ufffd', at, 1)
    } else if (/\s/.test(token[0]!)) {
      part(draft, /[\r\n]/.test(token) ? '\n' : ' ')
    }
  }
  writeFrom(draft, value, origins, done, value.length)
}

function writeFrom(draft: Draft, value: string, origins: readonly number[], from: number, to: number): void {
  if (from < to) write(draft, value.slice(from, to), origins[from]!, 1)
}

function writeBr(draft: Draft, start: number, end: number): void {
  if (draft.pending === ' ') draft.pending = ''
  write(draft, '\n', start, 0, end)
  draft.broken = true
}

// ---------------------------------------------------------------- writing

/** Appends text of which unit `i` starts at `from + i * step`, and which ends at `to`. */
function write(draft: Draft, text: string, from: number, step: 0 | 1, to: number = from + text.length): void {
  if (text === '') return
  if (draft.pending !== '' && draft.pieces.length > 0) {
    draft.pieces.push(draft.pending)
    for (let unit = 0; unit < draft.pending.length; unit++) draft.origin.push(draft.end)
  }
  draft.pending = ''
  draft.broken = false
  draft.pieces.push(text)
  for (let unit = 0; unit < text.length; unit++) draft.origin.push(draft.base + from + unit * step)
  draft.end = draft.base + to
}

function writeLineEnd(draft: Draft, start: number, end: number): void {
  if (!draft.broken) write(draft, '\n', start, 0, end)
  draft.broken = false
}

/** Parts what comes next from what stands, by at least `separator`. */
function part(draft: Draft, separator: Separator): void {
  // A `<br>` has already ended the line.
  if (draft.broken && separator !== '\n\n') return
  if (rank(separator) > rank(draft.pending)) draft.pending = separator
}

function rank(separator: Separator): number {
  return separator === '' ? 0 : separator === ' ' ? 1 : separator === '\n' ? 2 : 3
}

function omit(draft: Draft, kind: Omission['kind'], source: string): void {
  draft.omissions.push({at: draft.origin.length, kind, source})
}

interface Line {
  readonly start: number
  readonly end: number
  /** Where the next line starts. */
  readonly next: number
  /** False for the last line, which no line end closes. */
  readonly ended: boolean
}

function splitLines(text: string): readonly Line[] {
  const lines: Line[] = []
  let start = 0
  for (const found of text.matchAll(/\r\n|\r|\n/g)) {
    const next = found.index + found[0].length
    lines.push({start, end: found.index, next, ended: true})
    start = next
  }
  lines.push({start, end: text.length, next: text.length, ended: false})
  return lines
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09
}

function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0
}

function endOf(node: Nodes): number {
  return node.position?.end.offset ?? 0
}
