import type {DocumentView, Line} from '../document.ts'
import {isBaseForm, isEnglishWord} from '../lexicon.ts'
import type {Gap, Join, JoinRule} from '../rule.ts'

/** Make a word whole that a line end cut at a hyphen. */
export const joinHyphenatedWord: JoinRule = {
  kind: 'join',
  id: 'join-hyphenated-word',
  family: 'continuity',
  summary: 'Join words cut by a hyphen at a line end, over stripped markings and page breaks as well.',
  why: 'Typists cut words at line ends, and a stamp or page break may lie between the halves. `assassi-/nation` is one word, `re-/negotiation` keeps its hyphen, and a dash is no hyphen.',
  source: 'Despatches of 1939 to 1943; sentences of declassified files cut by banners and page ends.',
  find: (document, gaps) => gaps.flatMap((gap, index) => joinOf(document, gap, index)),
  examples: [
    {
      name: 'a line end',
      before: 'The grouping is or-\nganized along these lines.',
      after: 'The grouping is organized\nalong these lines.',
    },
    {
      name: 'a page break',
      before: 'concluded as a re-\n\fsult of the interviews',
      after: 'concluded as a result\fof the interviews',
    },
    {
      name: 'a compound keeps its hyphen',
      before: 'the subject of re-\n\fnegotiation had it not been',
      after: 'the subject of re-negotiation\fhad it not been',
    },
    {
      name: 'columns out of order are not joined',
      before: 'a component of the American Depart-\n\fallegedly in the Tourist Department',
      after: 'a component of the American Depart-\n\fallegedly in the Tourist Department',
    },
    {
      name: 'a dash',
      before: 'in many cases he should -\nhave used them',
      after: 'in many cases he should -\nhave used them',
    },
  ],
}

/** Prefixes that typists set off with a hyphen. */
const loosePrefixes = new Set([
  're',
  'non',
  'anti',
  'co',
  'pre',
  'post',
  'pro',
  'self',
  'ex',
  'semi',
  'quasi',
  'ultra',
  'counter',
  'inter',
  'intra',
  'multi',
  'mid',
  'vice',
  'sub',
  'neo',
  'all',
  'half',
  'well',
  'ill',
  'cross',
  'near',
  'long',
  'short',
  'high',
  'low',
  'so',
  'then',
  'two',
  'three',
  'four',
  'five',
  'six',
  'ten',
  'one',
  'first',
  'second',
  'third',
  'twenty',
  'thirty',
  'forty',
  'fifty',
])

function joinOf(document: DocumentView, gap: Gap, index: number): readonly Join[] {
  const before = document.lines[gap.before]
  const after = document.lines[gap.after]
  if (before === undefined || after === undefined) return []
  const halves = halvesOf(before, after)
  if (halves === null) return []
  const turnsPage = before.page !== after.page
  // A blank line within a page is a paragraph's end, and no word is cut by one.
  if (!gap.stripped && !turnsPage && after.breaksBefore > 1) return []
  const keeps = keepsHyphen(halves.left, halves.right, document)
  if (keeps === null) return []
  return joinsFor(document, gap, index, before, after, keeps)
}

function halvesOf(before: Line, after: Line): {readonly left: string; readonly right: string} | null {
  const left = /([\p{L}\p{M}'’]+)[-\u00ad\u2010]$/u.exec(before.text)?.[1]
  const right = /^[\p{L}\p{M}]+/u.exec(after.text)?.[0]
  if (left === undefined || right === undefined) return null
  // A half begins small, but for lines in capitals.
  return /^\p{Ll}/u.test(right) || left === left.toUpperCase() ? {left, right} : null
}

/** A word this long is no half of another: `Depart`, not `in`. */
const wholeLength = 4

/**
 * Whether the hyphen belongs to the word; null where the halves seem not to
 * belong together, or may be two words.
 */
function keepsHyphen(left: string, right: string, document: DocumentView): boolean | null {
  const [first, second] = [left.toLowerCase(), right.toLowerCase()]
  const whole = first + second
  if (loosePrefixes.has(first) ? isBaseForm(whole) || document.hasWord(whole) : isKnown(whole, document)) return false
  const isFirst = isKnown(first, document)
  const isSecond = isKnown(second, document) && second.length > 2
  if (loosePrefixes.has(first)) return isSecond
  if (isFirst && (isSecond || first.length >= wholeLength)) return null
  return false
}

function isKnown(lower: string, document: DocumentView): boolean {
  return isEnglishWord(lower) || document.hasWord(lower)
}

/** Take out the hyphen and what follows it, and put the line end or page break behind the word. */
function joinsFor(
  document: DocumentView,
  gap: Gap,
  index: number,
  before: Line,
  after: Line,
  keeps: boolean,
): readonly Join[] {
  const {raw} = document
  const reason = keeps ? 'a compound was cut at its hyphen' : 'a word was cut at a line end'
  const pieces = keeps ? gap.separators : withHyphen(before, gap)
  const breaks = gap.separators
    .map(({start, end}) => raw.slice(start, end))
    .join('')
    .replace(/[^\f]/g, '')
  const wordEnd = after.start + (/^\S+/u.exec(after.text)?.[0].length ?? 0)
  // A word that ends its line with a hyphen is cut once more: its line end stays where it is.
  if (/[-\u00ad\u2010]$/u.test(raw.slice(after.start, wordEnd)) && wordEnd === after.end) return []
  const next = raw.slice(wordEnd, wordEnd + 1)
  const moved = breaks === '' ? '\n' : breaks
  const joins: Join[] = pieces.map(span => ({gap: index, span, replacement: '', reason}))
  if (/[^\S\n\r\f]/.test(next)) {
    joins.push({gap: index, span: {start: wordEnd, end: wordEnd + 1}, replacement: moved, reason})
  } else if (breaks !== '') {
    joins.push({gap: index, span: {start: wordEnd, end: wordEnd}, replacement: breaks, reason})
  }
  return joins
}

/** The separators of a gap with the hyphen before the first of them. */
function withHyphen(before: Line, {separators}: Gap): readonly {readonly start: number; readonly end: number}[] {
  const [first, ...others] = separators
  const hyphen = {start: before.end - 1, end: before.end}
  if (first === undefined) return [hyphen]
  return first.start === before.end ? [{start: hyphen.start, end: first.end}, ...others] : [hyphen, first, ...others]
}
