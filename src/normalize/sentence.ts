import type {DocumentView, Line} from './document.ts'
import type {Evidence, Found} from './rule.ts'
import type {RuledFound, Surroundings} from './surroundings.ts'
import {isWord} from './tokens.ts'

const subject = /^\W{0,3}(?:subject|subj|re|title|тема)\s*[:;]/iu
const openingQuote = /["“„«‘']\s*$/u
const closingQuote = /^\s*["”“»’']/u

/** What quotation marks around a find, or a subject line, say against it. */
export function mention(found: Found, line: Line): Evidence | null {
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

/** Words that a grade follows as their predicate. */
const predicate = /\b(?:is|are|was|were|be|been|being|as|it|them|this)\s*$/iu
/** How a sentence ends; no stamp has a stop. */
const closes = /\p{L}[.?!]["”’]?$/u

/** Whether the sentence around a line goes on without it, or needs it. */
export function sentence(found: RuledFound, line: Line, document: DocumentView, around: Surroundings): Evidence | null {
  const before = neighbour(document, around, line.index, -1)
  const after = neighbour(document, around, line.index, 1)
  if (before === undefined || !isUnfinished(before)) return null
  const startsLower = /^\P{L}{0,2}\p{Ll}{2}/u.test(line.text)
  if (startsLower && before.index === line.index - 1 && isProse(before) && isNextLine(before, line, around)) {
    return {kind: 'sentence', score: -2, reason: 'it goes on with the sentence of the line before'}
  }
  const isGrade =
    found.rule.vocabulary?.grades === true && found.evidence.every(({kind, score}) => kind !== 'form' || score < 3.5)
  if (isGrade && takesGrade.test(before.text)) {
    return {kind: 'sentence', score: -3, reason: 'the sentence of the line before needs it'}
  }
  // `The talks were / CONFIDENTIAL.`: the last line of a paragraph.
  if (isGrade && before.index === line.index - 1 && isProse(before) && isNextLine(before, line, around)) {
    if (closes.test(line.text) || (predicate.test(before.text) && after !== undefined && !goesOn(after))) {
      return {kind: 'sentence', score: -3, reason: 'it ends the sentence of the line before'}
    }
    if (predicate.test(before.text)) {
      return {kind: 'sentence', score: -2, reason: 'the sentence of the line before may end in it'}
    }
  }
  // A line with words of its own is as likely the sentence itself.
  if (found.evidence.some(({kind}) => kind === 'words')) return null
  if (after === undefined || document.allCapitals || !isProse(before) || !goesOn(after)) return null
  if (isGrade && mayTakeGrade.test(before.text)) return null
  return {kind: 'interruption', score: 2, reason: 'the sentence around it goes on without it'}
}

/** Whether a line stands where the next line of a paragraph stands. */
function isNextLine(before: Line, line: Line, around: Surroundings): boolean {
  const pitch = around.body(line.page)?.pitch ?? null
  if (pitch === null || before.box === null || line.box === null) return line.breaksBefore === 1
  return before.page === line.page && line.box.y - before.box.y < pitch * 1.6
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
