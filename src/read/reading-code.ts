import {type Draft, write, writeLineEnd} from './writing.ts'

/**
 * Writes code between backticks. Its value is its source with line ends as blanks,
 * and with padding, line prefixes and the escape of `|` in a table left out: so
 * each character of the value is the next such character of the source.
 */
export function writeInlineCode(draft: Draft, value: string, start: number, end: number): void {
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
export function writeCode(draft: Draft, value: string, start: number): void {
  for (const [index, line] of sourceLines(draft, value, start, {skip: isFenced(draft, start) ? 1 : 0}).entries()) {
    if (index > 0) writeLineEnd(draft, line.previousEnd, line.previousNext)
    writeVerbatim(draft, line)
  }
}

/** A line of a verbatim value and the source that it is the end of. */
export interface CodeLine {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Where the line before ended, and where its line end ended. */
  readonly previousEnd: number
  readonly previousNext: number
}

/**
 * Pairs the lines of a verbatim value with the source lines they end.
 *
 * @param skip
 *   Source lines left aside before the first.
 * @param stop
 *   Where the last source line ends at the latest.
 */
export function sourceLines(
  draft: Draft,
  value: string,
  start: number,
  {skip = 0, stop = draft.body.length}: {readonly skip?: number; readonly stop?: number} = {},
): readonly CodeLine[] {
  const lines: CodeLine[] = []
  if (value === '') return lines
  let at = start
  let previousEnd = start
  for (const [index, text] of [...Array<string>(skip).fill(''), ...value.split(/\r\n|\r|\n/)].entries()) {
    let end = at
    while (end < stop && draft.body[end] !== '\n' && draft.body[end] !== '\r') end++
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

/** True for a code block between fences, false for an indented one. */
export function isFenced(draft: Draft, start: number): boolean {
  return draft.body[start] === '`' || draft.body[start] === '~'
}
