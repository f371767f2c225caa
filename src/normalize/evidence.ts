import type {Box} from '../model.ts'
import type {DocumentView, Line} from './document.ts'
import type {Evidence, Found} from './rule.ts'
import {mention, sentence} from './sentence.ts'
import type {RuledFound, Surroundings} from './surroundings.ts'

/** What the document around a find says for or against it. */
export function contextEvidence(found: RuledFound, document: DocumentView, around: Surroundings): readonly Evidence[] {
  const line = document.lines[found.line]
  if (line === undefined) return []
  const evidence = [
    repetition(found, around),
    place(found, line, document, around),
    ink(found, line, document),
    confidence(found, line),
    mention(found, line),
    ...(found.wholeLine ? [sentence(found, line, document, around)] : []),
  ]
  return evidence.filter(item => item !== null).filter(({kind}) => found.rule.ignores?.includes(kind) !== true)
}

function repetition({repeats}: Found, {occurrences}: Surroundings): Evidence | null {
  if (repeats === null) return null
  const {count, pages} = occurrences(repeats)
  if (pages >= 2) return {kind: 'repetition', score: 2, reason: `the same marking stands on ${pages} pages`}
  if (count >= 3) return {kind: 'repetition', score: 2, reason: `the same marking stands ${count} times on the page`}
  return count === 2 ? {kind: 'repetition', score: 1, reason: 'the same marking stands twice on the page'} : null
}

/** Pages of fewer lines have no top and bottom. */
const leastLines = 4
/** So many times the step from line to line part a line from the letter. */
const apartSteps = 1.6

/** Whether a find stands above or below all lines of the letter on its page. */
function place(found: Found, line: Line, document: DocumentView, around: Surroundings): Evidence | null {
  const page = document.pages[line.page]
  if (page === undefined || line.ofRanks < leastLines) return null
  const body = around.body(line.page)
  if (body === null) return null
  const edge =
    line.box !== null && body.box !== null
      ? edgeByBox(line.box, body.box, body.pitch ?? line.box.height * 2)
      : edgeByOrder(line, body)
  if (edge === null) return null
  const apart =
    found.wholeLine && (edge.gap === null ? isApart(document, around, line, edge.name) : edge.gap >= apartSteps)
  return {kind: 'place', score: apart ? 2 : 1, reason: `it stands at the ${edge.name} of the page`}
}

interface Edge {
  readonly name: 'top' | 'bottom'
  /** To the nearest line of the letter, in steps from line to line; null where no box is known. */
  readonly gap: number | null
}

function edgeByBox(box: Box, body: Box, pitch: number): Edge | null {
  const middle = box.y + box.height / 2
  if (middle < body.y) return {name: 'top', gap: (body.y - box.y) / pitch}
  const bottom = body.y + body.height
  // The bottom of a line lies about half a step below its top.
  return middle > bottom ? {name: 'bottom', gap: (box.y - bottom) / pitch + 0.5} : null
}

function edgeByOrder(line: Line, {first, last}: {readonly first: number; readonly last: number}): Edge | null {
  if (line.index <= first) return {name: 'top', gap: null}
  return line.index >= last ? {name: 'bottom', gap: null} : null
}

/** Whether a blank line parts a line, and the suspects next to it, from the letter. */
function isApart(document: DocumentView, {isSuspect}: Surroundings, line: Line, edge: 'top' | 'bottom'): boolean {
  const step = edge === 'top' ? 1 : -1
  // Bounded, as a page may be nothing but suspects.
  for (let index = line.index; Math.abs(index - line.index) < 40; index += step) {
    const next = document.lines[index + step]
    if (next === undefined || next.page !== line.page) return true
    const breaks = step === 1 ? next.breaksBefore : (document.lines[index]?.breaksBefore ?? 0)
    if (breaks >= 2) return true
    if (!isSuspect(index + step)) return false
  }
  return false
}

function ink(found: Found, line: Line, document: DocumentView): Evidence | null {
  const page = document.pages[line.page]
  const words = line.words.filter(({span}) => overlaps(span, found.span, page?.start ?? 0))
  if (page === undefined || words.length === 0) return null
  for (const {kind, box, score} of page.regions) {
    if (kind === 'rule' || score < 0.3) continue
    const inside = words.filter(word => share(word.box, box) > 0.4).length
    if (inside * 2 > words.length)
      return {kind: 'ink', score: 1, reason: `preparation found ${regionNames[kind]} there`}
  }
  return null
}

const regionNames = {
  stamp: 'a stamp',
  strike: 'a line struck through',
  rotated: 'turned text',
  handwriting: 'handwriting',
  redaction: 'a redaction',
  margin: 'the margin',
} as const

function overlaps(span: {readonly start: number; readonly end: number}, found: Found['span'], offset: number): boolean {
  return span.start + offset < found.end && span.end + offset > found.start
}

/** Share of a box that lies within another. */
function share(box: Box, within: Box): number {
  const width = Math.min(box.x + box.width, within.x + within.width) - Math.max(box.x, within.x)
  const height = Math.min(box.y + box.height, within.y + within.height) - Math.max(box.y, within.y)
  const area = box.width * box.height
  return width <= 0 || height <= 0 || area === 0 ? 0 : (width * height) / area
}

function confidence({wholeLine}: Found, {confidence}: Line): Evidence | null {
  if (!wholeLine || confidence === null || confidence >= 0.6) return null
  const percent = Math.round(confidence * 100)
  return {kind: 'confidence', score: confidence < 0.3 ? 2 : 1, reason: `the engine was ${percent} % sure of it`}
}
