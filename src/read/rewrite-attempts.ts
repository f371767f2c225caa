import type {Span, Transcript} from '../model.ts'
import type {TextChange} from './rewrite.ts'
import {escapings, newLine} from './rewrite-escape.ts'
import type {Markup} from './rewrite-markup.ts'
import {sourceSpan} from './source-span.ts'

/** A replacement in the source. */
export interface SourceEdit extends Span {
  readonly text: string
}

/**
 * Gives the ways in which a change of the reading text can be made in the source, the likeliest and gentlest first.
 *
 * Each is to be tried by reading what comes out. There are some dozens at most.
 */
export function* attempts(
  transcript: Transcript,
  markup: Markup,
  change: TextChange,
): Generator<readonly SourceEdit[]> {
  const {span, text} = change
  if (span.start === span.end && text === '') return
  const ways =
    span.start === span.end
      ? insertions(transcript, markup, span.start, text)
      : [...replacements(transcript, markup, span, text)]
  for (const way of ways) {
    for (const escaped of escapings(transcript.source, text)) {
      yield way.map(edit =>
        edit.takes ? {...edit, text: newLine(transcript.source, edit.start, escaped)} : {...edit, text: ''},
      )
    }
  }
}

/** A replaced place; the first that `takes` gets the new text, all others nothing. */
interface Place extends Span {
  readonly takes: boolean
}

function* replacements(transcript: Transcript, markup: Markup, span: Span, text: string): Generator<readonly Place[]> {
  const pieces = piecesOf(transcript, span)
  if (pieces.length === 0) return
  const emptied = emptiedNodes(transcript, markup.inline, span)
  // A block that holds nothing more goes whole, with its markers.
  if (text === '' && emptiedNodes(transcript, markup.blocks, span).length > 0) {
    yield* blockRemovals(transcript, markup, pieces[0]!, pieces.at(-1)!)
  }
  const takers = text === '' ? [-1] : pieces.length === 1 ? [0] : [0, pieces.length - 1]
  for (const taker of takers) {
    const places = pieces.map((piece, index) => ({...piece, takes: index === taker}))
    const grown = places.map(place => (place.takes ? place : {...grow(place, emptied), takes: false}))
    if (grown.some((place, index) => place.start !== places[index]!.start)) yield distinct(grown)
    yield places
  }
  if (text !== '') return
  // Line ends that go leave the next line's `> ` or indent behind.
  const first = pieces[0]!
  const last = pieces.at(-1)!
  const before = span.start === 0 ? first.start : unitEnd(transcript, span.start - 1)
  const after = transcript.origin[span.end] ?? last.end
  yield [{start: first.start, end: Math.max(last.end, after), takes: false}]
  yield [{start: Math.min(before, first.start), end: Math.max(last.end, after), takes: false}]
  yield [{start: Math.min(before, first.start), end: last.end, takes: false}]
}

/** Whole blocks, with the blank lines after or before them. */
function* blockRemovals({source}: Transcript, {blocks}: Markup, first: Span, last: Span): Generator<readonly Place[]> {
  const covered = blocks.filter(block => block.end > first.start && block.start < last.end)
  const start = covered[0]?.start
  const end = covered.at(-1)?.end
  if (start === undefined || end === undefined) return
  const lineStart = Math.max(source.lastIndexOf('\n', start - 1), source.lastIndexOf('\r', start - 1)) + 1
  const after =
    /^[ \t]*#*[ \t]*(?:(?:\r\n|\r|\n)[ \t>]*(?=[\r\n]|$))*(?:\r\n|\r|\n)?/.exec(source.slice(end))?.[0].length ?? 0
  const withAfter = {start: lineStart, end: end + after, takes: false}
  const before = /(?:(?:\r\n|\r|\n)[ \t>]*)*$/.exec(source.slice(0, lineStart))?.[0].length ?? 0
  const withBefore = {start: lineStart - before, end, takes: false}
  yield* source.slice(end).trim() === '' ? [[withBefore], [withAfter]] : [[withAfter], [withBefore]]
}

function insertions(transcript: Transcript, markup: Markup, at: number, text: string): readonly (readonly Place[])[] {
  const {text: reading, origin, source} = transcript
  const hasPrevious = at > 0 && !isBlank(reading[at - 1])
  const hasNext = at < reading.length && !isBlank(reading[at])
  // Letters belong to the word they touch, not to the punctuation.
  const joinsPrevious = hasPrevious && isLetter(reading[at - 1]) && !isBlank(text[0])
  const joinsNext = hasNext && isLetter(reading[at]) && !isBlank(text.at(-1))
  // What begins with a blank goes with the word before, what ends with one with the word after.
  const withNext = hasNext && !(hasPrevious && isBlank(text[0]))
  if (!hasNext && !hasPrevious) return [[{start: origin[at]!, end: origin[at]!, takes: true}]]
  const previousEnd = at > 0 ? unitEnd(transcript, at - 1) : 0
  const nextStart = origin[at]!
  const anchor = withNext ? nextStart : previousEnd
  const block = markup.blocks.findLast(({start, end}) => start <= anchor && anchor <= end) ?? {
    start: 0,
    end: source.length,
  }
  const gapStart = Math.max(block.start, previousEnd)
  const gapEnd = hasNext ? nextStart : block.end
  const places = new Set<number>([
    ...(hasPrevious || reading[at - 1] === ' ' ? [previousEnd] : []),
    ...(hasNext ? [nextStart] : []),
    ...markup.inline.flatMap(({start, end}) => [
      ...(start < gapStart && end >= gapStart && end <= gapEnd ? [end] : []),
      ...(start >= gapStart && start <= gapEnd && end > nextStart ? [start] : []),
    ]),
  ])
  // A line or paragraph of its own begins after all that closes with the last.
  const breaks = /^[\r\n]/.test(text)
  const inside = [...places].filter(
    place => place >= block.start && place <= block.end && (!breaks || place >= previousEnd),
  )
  const depth = (place: number) => markup.inline.filter(({start, end}) => start < place && place < end).length
  const nearNext = (a: number, b: number) => b - a
  const nearPrevious = (a: number, b: number) => a - b
  const order =
    joinsPrevious && !joinsNext
      ? nearPrevious
      : joinsNext && !joinsPrevious
        ? nearNext
        : (a: number, b: number) => depth(a) - depth(b) || (withNext ? nearNext(a, b) : nearPrevious(a, b))
  return inside.sort(order).map(place => [{start: place, end: place, takes: true}])
}

/** The parts of the source that a part of the text was read from, where nothing but markup lies between. */
function piecesOf(transcript: Pick<Transcript, 'text' | 'origin' | 'source'>, span: Span): readonly Span[] {
  const pieces: {start: number; end: number}[] = []
  for (let unit = span.start; unit < span.end; unit++) {
    const start = transcript.origin[unit]!
    const end = unitEnd(transcript, unit)
    const last = pieces.at(-1)
    if (
      last !== undefined &&
      (start <= last.end ||
        isLinePrefix(transcript.source.slice(last.start, last.end), transcript.source.slice(last.end, start)))
    ) {
      last.end = Math.max(last.end, end)
    } else if (end > start) pieces.push({start, end})
  }
  return pieces
}

function isLinePrefix(before: string, between: string): boolean {
  return /[\r\n]$/.test(before) && /^[ \t>]*$/.test(between)
}

/** Where the source of a unit of the text ends; where it begins, for a blank that parts blocks and has no source. */
function unitEnd(transcript: Pick<Transcript, 'text' | 'origin' | 'source'>, unit: number): number {
  const {text, origin, source} = transcript
  const start = origin[unit]!
  if (text[unit] === '\n') {
    const written = /^(?:\r\n|\r|\n|<br[^<>]*>)/i.exec(source.slice(start, start + 200))?.[0]
    return start + (written?.length ?? 0)
  }
  if (text[unit] === ' ' && !/[ \t&\r\n]/.test(source[start] ?? '')) return start
  return sourceSpan(transcript, {start: unit, end: unit + 1}).end
}

/** Inline nodes all of whose text lies in a span. */
function emptiedNodes({text, origin}: Transcript, inline: readonly Span[], span: Span): readonly Span[] {
  return inline.filter(({start, end}) => {
    const from = firstAtLeast(origin, start)
    let to = firstAtLeast(origin, end)
    // A blank that parts blocks stands where the last text ends.
    while (to > from && isBlank(text[to - 1])) to--
    return from < to && from >= span.start && to <= span.end
  })
}

function grow(place: Span, nodes: readonly Span[]): Span {
  return nodes.find(({start, end}) => start <= place.start && place.end <= end) ?? place
}

function distinct(places: readonly Place[]): readonly Place[] {
  return places.filter((place, index) => index === 0 || place.start !== places[index - 1]!.start)
}

/** Index of the first entry that is `value` or more, in a list that never falls. */
function firstAtLeast(list: readonly number[], value: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

function isLetter(unit: string | undefined): boolean {
  return /[\p{L}\p{N}\p{M}\ud800-\udfff]/u.test(unit ?? '')
}

function isBlank(unit: string | undefined): boolean {
  return unit === undefined || /\s/.test(unit)
}
