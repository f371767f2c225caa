import {decodeReference} from './markdown.ts'
import {append, type Draft, write, writeLineEnd} from './writing.ts'

const escapeOrReference = /\\([!-/:-@[-`{-~])|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{0,30});|\0/g

/** Lines that were cut short before parsing. */
export interface PlainText {
  readonly text: string
  /** Where it starts in the source. */
  readonly origin: number
}

/** Plain texts not come across yet, by the place of their letter in the body. */
export type PlainTexts = Map<number, PlainText>

/**
 * Writes a text node: `body.slice(start, end)` decoded.
 *
 * Its lines after the first begin behind what the containers put there (`> `, an
 * indent). What that is cannot be told from the line alone (`>` may be text), so
 * the place is taken at which the rest of the line reads as the node does.
 */
export function writeText(draft: Draft, plain: PlainTexts, value: string, start: number, end: number): void {
  const raw = draft.body.slice(start, end)
  if (raw === value && !/[\r\n]/.test(raw) && !plain.has(start)) {
    write(draft, raw, start, 1)
    return
  }
  let read = 0
  for (const [index, line] of splitLines(raw).entries()) {
    const lineStart = start + line.start
    let lineEnd = start + line.end
    if (line.ended) while (lineEnd > lineStart && isBlank(draft.body.charCodeAt(lineEnd - 1))) lineEnd--
    const from = index === 0 ? lineStart : skipPrefix(draft, lineStart, lineEnd, value, read)
    const cut = plain.get(from)
    if (cut) {
      plain.delete(from)
      writePlain(draft, cut)
      read += lineEnd - from
    } else {
      const decoded = decode(draft, draft.body.slice(from, lineEnd), from)
      for (const piece of decoded.pieces) write(draft, piece.text, piece.from, piece.step, piece.to)
      read += decoded.length
    }
    if (line.ended) {
      writeLineEnd(draft, start + line.end, start + line.next)
      read += line.next - line.end
    }
  }
}

/** Writes lines without markup, white space around each left out. */
function writePlain(draft: Draft, {text, origin}: PlainText): void {
  for (const line of splitLines(text)) {
    let {start, end} = line
    while (start < end && isBlank(text.charCodeAt(start))) start++
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--
    append(draft, text.slice(start, end), origin + start, 1, origin + end)
    if (line.ended) append(draft, '\n', origin + line.end, 0, origin + line.next)
  }
}

/** A part of a line, decoded. */
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

/**
 * Finds where the text of a continued line begins, given that `value` reads so from `read` on.
 *
 * What is neither blank nor `>` is text. Of the blanks and `>` before it those are
 * text that the value has, less those that an escape or reference stands for.
 */
function skipPrefix(draft: Draft, start: number, end: number, value: string, read: number): number {
  let from = start
  while (from < end && isPrefix(draft.body[from])) from++
  let wanted = 0
  while (isPrefix(value[read + wanted])) wanted++
  const first = decode(draft, draft.body.slice(from, end), from)
    .pieces.map(({text}) => text)
    .join('')
  let decoded = 0
  while (isPrefix(first[decoded])) decoded++
  return Math.max(start, from - Math.max(0, wanted - decoded))
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09
}

function isPrefix(unit: string | undefined): boolean {
  return unit === '>' || unit === ' ' || unit === '\t'
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

/** Decodes a character reference; each is looked up once. */
export function reference(draft: Draft, source: string): string {
  let text = draft.references.get(source)
  if (text === undefined) {
    text = decodeReference(source)
    draft.references.set(source, text)
  }
  return text
}
