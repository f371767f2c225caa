import type {Edit, Span} from '../model.ts'
import type {Proposal} from './apply.ts'
import {rawOffsets} from './restore.ts'

/**
 * Make two rounds of edits one: `second` was found in the text that `first` made.
 *
 * Where the second strips over something the first changed, it is cut into the
 * pieces before, between and after, and the first's replacement goes.
 *
 * @returns
 *   Edits of the text that `first` was made on, ascending and disjoint. A flag
 *   of the second round that lies over an edit of the first is cut short.
 */
export function compose(first: readonly Edit[], second: readonly Edit[]): readonly Proposal[] {
  const toRaw = rawOffsets(first)
  const result: Proposal[] = []
  let next = 0
  for (const edit of second) {
    while (next < first.length && isBefore(first[next]!, edit.span)) result.push(first[next++]!)
    const covered: Edit[] = []
    while (next < first.length && isWithin(first[next]!, edit.span)) covered.push(first[next++]!)
    if (edit.action === 'flag') result.push(...flagAround(edit, covered, toRaw))
    else result.push(...stripAround(edit, covered, toRaw))
    // An edit of the first round that reaches beyond this one goes on behind it.
    const last = covered.at(-1)
    if (last !== undefined && last.cleanSpan.end > edit.span.end) {
      const rest = last.replacement.slice(edit.span.end - last.cleanSpan.start)
      const kept = result.pop()
      if (kept !== undefined) result.push({...kept, replacement: kept.replacement + rest})
    }
  }
  result.push(...first.slice(next))
  return result
}

/** Whether an edit ends where a span begins, or before; a strip at its very start is before it. */
function isBefore({cleanSpan}: Edit, span: Span): boolean {
  return cleanSpan.end <= span.start
}

function isWithin({cleanSpan}: Edit, span: Span): boolean {
  return cleanSpan.start < span.end && (cleanSpan.end > span.start || cleanSpan.start > span.start)
}

function stripAround(edit: Edit, covered: readonly Edit[], toRaw: (offset: number) => number): Proposal[] {
  const {span} = edit
  const pieces: Proposal[] = []
  let replacement = edit.replacement
  const {raw: _raw, cleanSpan: _cleanSpan, ...bare} = edit
  const addPiece = (start: number, end: number) => {
    if (start === end && !(span.start === span.end)) return
    const rawStart = toRaw(start)
    pieces.push({...bare, span: {start: rawStart, end: start === end ? rawStart : toRaw(end - 1) + 1}, replacement})
    replacement = ''
  }
  let start = span.start
  for (const other of covered) {
    const {cleanSpan} = other
    if (cleanSpan.start > start) addPiece(start, cleanSpan.start)
    const before = other.replacement.slice(0, Math.max(0, span.start - cleanSpan.start))
    const evidence = [...other.evidence, ...edit.evidence]
    pieces.push({...other, replacement: before + replacement, evidence})
    replacement = ''
    start = Math.max(start, cleanSpan.end)
  }
  if (start < span.end || covered.length === 0) addPiece(start, span.end)
  return pieces
}

/** A flag over an edit of the first round marks the longest piece that is as read; the edits stay. */
function flagAround(edit: Edit, covered: readonly Edit[], toRaw: (offset: number) => number): Proposal[] {
  const {raw: _raw, cleanSpan: _cleanSpan, ...bare} = edit
  const bounds = [edit.span.start, ...covered.flatMap(({cleanSpan}) => [cleanSpan.start, cleanSpan.end]), edit.span.end]
  let best: Span = {start: 0, end: 0}
  for (let index = 0; index + 1 < bounds.length; index += 2) {
    const piece = {start: bounds[index] ?? 0, end: bounds[index + 1] ?? 0}
    if (piece.end - piece.start > best.end - best.start) best = piece
  }
  const flag: Proposal[] =
    best.end > best.start
      ? [
          {
            ...bare,
            span: {start: toRaw(best.start), end: toRaw(best.end - 1) + 1},
            replacement: edit.replacement.slice(best.start - edit.span.start, best.end - edit.span.start),
          },
        ]
      : []
  return [...covered, ...flag].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
}
