import type {Span, Tokens} from '../model.ts'
import {alignLimits} from './align.ts'
import {findCuts} from './anchors.ts'
import {
  advance,
  clearPattern,
  createWorkspace,
  indexPattern,
  mark,
  type Range,
  unmark,
  type Workspace,
} from './distance.ts'
import {intern} from './intern.ts'

/** What was read where the transcript says that it does not tell. */
export interface MatchedGap {
  /** The gap's mark in the reference text. */
  readonly reference: Span
  /** What stands there in the hypothesis text; empty where nothing does. */
  readonly hypothesis: Span
  /** Tokens of the hypothesis that the gap stands for. */
  readonly tokens: number
}

/** Both sides without what gaps stand for. */
export interface WithoutGaps {
  readonly reference: Tokens
  readonly hypothesis: Tokens
  readonly gaps: readonly MatchedGap[]
}

/**
 * Set aside what the transcript marks as a gap (`[illegible]`, `[redacted]`, `[...]`) and what was read there.
 *
 * A gap matches text of any length at no cost: between the gaps the sides are
 * aligned at the least cost there can be, over all ways to place the ends of
 * the gaps; of equal ways the one whose gaps are shortest. The blank after a gap goes with
 * it, so that a gap that stands for nothing leaves one blank and not two. What is left is aligned, counted and shown as if
 * neither were there.
 *
 * @param gaps
 *   Spans of the marks in the reference text, ascending and disjoint.
 */
export function setGapsAside(reference: Tokens, hypothesis: Tokens, gaps: readonly Span[]): WithoutGaps {
  const marks = gaps.map(gap => tokensOf(reference, gap)).filter(({start, end}) => start < end)
  if (marks.length === 0) return {reference, hypothesis, gaps: gaps.map(emptyGap)}
  const sides = intern(reference.keys, hypothesis.keys)
  const work = createWorkspace(sides)
  const all = {aStart: 0, aEnd: sides.a.length, bStart: 0, bEnd: sides.b.length}
  const {whole, anchors} = alignLimits[reference.unit]
  const isLong = Math.max(all.aEnd, all.bEnd) > whole
  const cuts = isLong ? findCuts(sides, all, anchors) : []
  const found: Span[] = []
  let {aStart, bStart} = all
  for (const {a: aEnd, b: bEnd} of [...cuts, {a: all.aEnd, b: all.bEnd}]) {
    const inside = marks.filter(({start}) => aStart <= start && start < aEnd)
    // A cut inside a mark would need the mark's own text to stand in the OCR: such a cut is passed over.
    if (inside.some(({end}) => end > aEnd)) continue
    if (inside.length > 0) found.push(...placeGaps(work, {aStart, aEnd, bStart, bEnd}, inside))
    aStart = aEnd
    bStart = bEnd
  }
  let next = 0
  return {
    reference: leaveOut(reference, marks),
    hypothesis: leaveOut(hypothesis, found),
    gaps: gaps.map(gap => {
      const {start, end} = tokensOf(reference, gap)
      if (start === end) return emptyGap(gap)
      const tokens = found[next++]!
      return {reference: gap, hypothesis: textSpan(hypothesis, tokens), tokens: tokens.end - tokens.start}
    }),
  }
}

function emptyGap(gap: Span): MatchedGap {
  return {reference: gap, hypothesis: {start: 0, end: 0}, tokens: 0}
}

/** Tokens of a mark, with the blank after it, or else before it. */
function tokensOf({keys, starts}: Tokens, gap: Span): Span {
  let start = 0
  let high = starts.length
  while (start < high) {
    const middle = (start + high) >> 1
    if (starts[middle]! < gap.start) start = middle + 1
    else high = middle
  }
  let end = start
  while (end < starts.length && starts[end]! < gap.end) end++
  if (start === end) return {start, end}
  if (end < keys.length) return {start, end: keys[end] === ' ' ? end + 1 : end}
  return {start: start > 0 && keys[start - 1] === ' ' ? start - 1 : start, end}
}

function textSpan({starts, ends}: Tokens, {start, end}: Span): Span {
  const from = starts[start] ?? ends.at(-1) ?? 0
  return {start: from, end: start < end ? ends[end - 1]! : from}
}

function leaveOut({unit, keys, starts, ends}: Tokens, spans: readonly Span[]): Tokens {
  const kept: number[] = []
  let next = 0
  for (let token = 0; token < keys.length; token++) {
    while (next < spans.length && spans[next]!.end <= token) next++
    if (next === spans.length || token < spans[next]!.start) kept.push(token)
  }
  return {
    unit,
    keys: kept.map(token => keys[token]!),
    starts: kept.map(token => starts[token]!),
    ends: kept.map(token => ends[token]!),
  }
}

/** Find in a part the tokens of the hypothesis that each gap stands for. */
function placeGaps(work: Workspace, part: Range, marks: readonly Span[]): Span[] {
  const {bStart, bEnd} = part
  const m = bEnd - bStart
  const segments = [...marks, {start: part.aEnd, end: part.aEnd}].map(({start}, index) => ({
    start: index === 0 ? part.aStart : marks[index - 1]!.end,
    end: start,
  }))
  // ahead[k][j]: least cost of segments 0 to k with the first j tokens, gaps before free to end anywhere.
  const ahead: Int32Array[] = []
  let entry = Int32Array.from({length: m + 1}, (_, j) => j)
  for (const segment of segments) {
    const row = lastRow(work, segment, bStart, bEnd, entry, 'forward')
    ahead.push(row)
    entry = row.slice()
    // Whatever a gap stands for is free: the least so far holds for every place after.
    for (let j = 1; j <= m; j++) entry[j] = Math.min(entry[j]!, entry[j - 1]!)
  }
  const found: Span[] = []
  let end = m
  for (let k = segments.length - 1; k > 0; k--) {
    // behind[i]: cost of segment k against the i tokens before `end`.
    const length = end
    const ramp = Int32Array.from({length: length + 1}, (_, i) => i)
    const behind = lastRow(work, segments[k]!, bStart, bStart + length, ramp, 'backward')
    let least = Number.POSITIVE_INFINITY
    let reached = Number.POSITIVE_INFINITY
    let best: Span = {start: 0, end: 0}
    let start = 0
    for (let stop = 0; stop <= length; stop++) {
      // The latest start that costs as little as any before leaves the gap shortest.
      if (ahead[k - 1]![stop]! <= reached) {
        reached = ahead[k - 1]![stop]!
        start = stop
      }
      const cost = reached + behind[length - stop]!
      if (cost < least || (cost === least && stop - start < best.end - best.start)) {
        least = cost
        best = {start, end: stop}
      }
    }
    found.unshift({start: bStart + best.start, end: bStart + best.end})
    end = best.start
  }
  return found
}

/**
 * Compute the distances of all of a segment to every length of `b`, given the costs to begin with; bit-parallel.
 *
 * @param entry
 *   Costs before the segment, by tokens of `b`; neighbours differ by one at most.
 */
function lastRow(
  work: Workspace,
  {start, end}: Span,
  bStart: number,
  bEnd: number,
  entry: Int32Array,
  direction: 'forward' | 'backward',
): Int32Array {
  const n = end - start
  const m = bEnd - bStart
  if (n === 0) return entry.slice(0, m + 1)
  const blocks = (n + 31) >>> 5
  const lastBit = (n - 1) & 31
  const forward = direction === 'forward'
  const {placeOf, rows, list, scratch, positive, negative} = indexPattern(
    work,
    forward ? start : end - 1,
    forward ? 1 : -1,
    n,
  )
  positive.fill(-1, 0, blocks)
  negative.fill(0, 0, blocks)
  const row = new Int32Array(m + 1)
  row[0] = entry[0]! + n
  for (let j = 1; j <= m; j++) {
    const known = placeOf[work.b[forward ? bStart + j - 1 : bEnd - j]!]!
    let words = rows
    let offset = (known - 1) * blocks
    if (known <= 0) {
      words = scratch
      offset = 0
      if (known < 0) mark(list, -known - 1, scratch, 0, blocks - 1)
    }
    const carry = entry[j]! - entry[j - 1]!
    row[j] = row[j - 1]! + advance(words, offset, positive, negative, 0, blocks - 1, lastBit, carry)
    if (known < 0) unmark(list, -known - 1, scratch, blocks - 1)
  }
  clearPattern(work, start, end)
  return row
}
