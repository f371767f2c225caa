import type {Box} from '../model.ts'
import type {DocumentView, Line} from './document.ts'
import type {Evidence, Found, MarkingRule} from './rule.ts'
import {isWord} from './tokens.ts'

/** A find with the rule that made it. */
export interface RuledFound extends Found {
  readonly rule: MarkingRule
}

/** What lines around a candidate are asked for. */
export interface Surroundings {
  /** Whether a line looks like a marking, by what rules saw in its text. */
  readonly isSuspect: (line: number) => boolean
  /** The first and last line of a page that is no suspect; both null where all are. */
  readonly body: (page: number) => {readonly first: number | null; readonly last: number | null}
  /** How often a marking stands in the document, and on how many pages. */
  readonly occurrences: (repeats: string) => {readonly count: number; readonly pages: number}
}

/** Least score of the text itself for a line to count as a marking around others. */
const suspectScore = 1

/** Gather what all finds of a document say about each other. */
export function surroundingsOf(found: readonly RuledFound[], document: DocumentView): Surroundings {
  const suspects = new Set<number>()
  const seen = new Map<string, {count: number; pages: Set<number>}>()
  for (const {wholeLine, evidence, line, repeats} of found) {
    if (wholeLine && scoreOf(evidence) >= suspectScore) suspects.add(line)
    if (repeats === null) continue
    const page = document.lines[line]?.page ?? 0
    const entry = seen.get(repeats)
    if (entry === undefined) seen.set(repeats, {count: 1, pages: new Set([page])})
    else {
      entry.count++
      entry.pages.add(page)
    }
  }
  const bodies = document.pages.map(({firstLine, lastLine}) => {
    let first: number | null = null
    let last: number | null = null
    for (let line = firstLine; line < lastLine; line++) {
      if (suspects.has(line)) continue
      first ??= line
      last = line
    }
    return {first, last}
  })
  return {
    isSuspect: line => suspects.has(line),
    body: page => bodies[page] ?? {first: null, last: null},
    occurrences: repeats => {
      const entry = seen.get(repeats)
      return {count: entry?.count ?? 0, pages: entry?.pages.size ?? 0}
    },
  }
}

/** Sum of the evidence. */
export function scoreOf(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, {score}) => sum + score, 0)
}

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
  return evidence.filter(item => item !== null)
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

function place(found: Found, line: Line, document: DocumentView, around: Surroundings): Evidence | null {
  const page = document.pages[line.page]
  if (page === undefined || line.ofRanks < leastLines) return null
  const {first, last} = around.body(line.page)
  const edge =
    first === null || last === null ? null : line.index <= first ? 'top' : line.index >= last ? 'bottom' : null
  const height = line.box === null || page.height === 0 ? null : (line.box.y + line.box.height / 2) / page.height
  if (edge !== null) {
    const apart = found.wholeLine && isApart(document, around, line, edge === 'top' ? 1 : -1)
    return {kind: 'place', score: apart ? 2 : 1, reason: `it stands at the ${edge} of the page`}
  }
  if (height !== null && (height < 0.1 || height > 0.9)) {
    return {kind: 'place', score: 1, reason: `it stands in the ${height < 0.5 ? 'top' : 'bottom'} tenth of the page`}
  }
  return null
}

/** Whether a blank line parts a line, and the suspects next to it, from the letter. */
function isApart(document: DocumentView, {isSuspect}: Surroundings, line: Line, step: 1 | -1): boolean {
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

function confidence({wholeLine}: Found, line: Line): Evidence | null {
  if (!wholeLine || line.confidence === null || line.confidence >= 0.6) return null
  const percent = Math.round(line.confidence * 100)
  return {kind: 'confidence', score: 1, reason: `the engine was ${percent} % sure of it`}
}

const subject = /^\W{0,3}(?:subject|subj|re|title|тема)\s*[:;]/iu
const openingQuote = /["“„«‘']\s*$/u
const closingQuote = /^\s*["”“»’']/u

function mention(found: Found, line: Line): Evidence | null {
  if (subject.test(line.text)) return {kind: 'mention', score: -3, reason: 'the line says what the letter is about'}
  const before = line.text.slice(0, Math.max(0, found.span.start - line.start))
  const after = line.text.slice(Math.max(0, found.span.end - line.start))
  const quoted = found.wholeLine
    ? /^["“„«].*["”“»][.,]?$/u.test(line.text) || /^[‘'].*[’'][.,]?$/u.test(line.text)
    : openingQuote.test(before) && closingQuote.test(after)
  return quoted ? {kind: 'mention', score: -2, reason: 'it stands in quotation marks'} : null
}

/** Words after which a grade is part of the sentence. */
const takesGrade =
  /\b(?:marked|classified|stamped|graded|labell?ed|designated|rated|considered|declared|termed|called|remains?|remained|kept|keep|held|top|strictly|highly|most|very|word|words|reads?|said|says)[,:]?\s*$/iu
/** Words after which a grade may be part of the sentence, or the next line go on. */
const mayTakeGrade = /\b(?:a|an|as|be|been|being|in|is|it|of|the|this|that|to|was|were|are|from|and|or)\s*$/iu

/** Whether the sentence around a line goes on without it, or needs it. */
function sentence(found: Found, line: Line, document: DocumentView, around: Surroundings): Evidence | null {
  const before = neighbour(document, around, line.index, -1)
  const after = neighbour(document, around, line.index, 1)
  if (before === undefined || !isUnfinished(before)) return null
  const startsLower = /^\P{L}{0,2}\p{Ll}{2}/u.test(line.text)
  if (startsLower && before.index === line.index - 1 && line.breaksBefore === 1 && isProse(before)) {
    return {kind: 'sentence', score: -2, reason: 'it goes on with the sentence of the line before'}
  }
  const bare = found.evidence.every(({kind, score}) => kind !== 'form' || score < 3.5)
  if (bare && takesGrade.test(before.text)) {
    return {kind: 'sentence', score: -3, reason: 'the sentence of the line before needs it'}
  }
  if (after === undefined || document.allCapitals || !isProse(before) || !goesOn(after)) return null
  if (bare && mayTakeGrade.test(before.text)) return null
  return {kind: 'interruption', score: 2, reason: 'the sentence around it goes on without it'}
}

function neighbour(document: DocumentView, {isSuspect}: Surroundings, index: number, step: 1 | -1): Line | undefined {
  // Bounded, as a page may be nothing but suspects.
  for (let next = index + step; Math.abs(next - index) <= 40; next += step) {
    const line = document.lines[next]
    if (line === undefined || !isSuspect(next)) return line
  }
  return undefined
}

/** Whether a line ends within a sentence. */
export function isUnfinished(line: Line): boolean {
  return /[\p{L}\p{N}),][’'"”]?$|[-,–—]$/u.test(line.text) && !/[.?!:;…][)’'"”]*$/u.test(line.text)
}

/** Whether a line begins within a sentence. */
export function goesOn(line: Line): boolean {
  return (
    /^[(“"‘']?\p{Ll}/u.test(line.text) && line.reading.tokens.filter(isWord).length * 2 >= line.reading.tokens.length
  )
}

/** Whether a line reads as running text: three words or more, most of them known. */
export function isProse(line: Line): boolean {
  const {tokens} = line.reading
  const words = tokens.filter(isWord).length
  return words >= 3 && words * 2 >= tokens.length
}
