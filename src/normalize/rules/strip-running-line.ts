import type {DocumentView, Line} from '../document.ts'
import {type Found, type MarkingRule, stripLine} from '../rule.ts'
import {isProse} from '../sentence.ts'

/** Headers and footers that no other rule knows, by their standing on page after page. */
export const stripRunningLine: MarkingRule = {
  kind: 'marking',
  id: 'strip-running-line',
  family: 'running-line',
  summary:
    'Strip damaged lines that stand at the same edge of three pages or more, but for their numbers, and flag readable ones.',
  why: 'A stamp that is read the same way each time, or a release line no wording fits, runs along the top or bottom of the pages. A line of mere words may as well be the salutation or signature of letters bound together, so it is only flagged.',
  source: 'Page tops and bottoms of declassified files, where the same line with another number stands on each page.',
  find: running,
  examples: [
    {
      name: 'a stamp that is read the same way each time',
      before:
        'dtbx ltb 12-1\n\nThe talks began.\nThey were long.\nWe had tea.\n\fdtbx ltb 12-2\n\nThe talks went on.\nThey were cold.\nWe had none.\n\fdtbx ltb 12-3\n\nThe talks ended.\nThey were over.\nWe left.',
      after:
        'The talks began.\nThey were long.\nWe had tea.\n\fThe talks went on.\nThey were cold.\nWe had none.\n\fThe talks ended.\nThey were over.\nWe left.',
    },
    {
      name: 'letters bound together',
      before:
        'Dear Mr. President:\n\nI thank you.\nIt is late.\n\nRonald Reagan\n\fDear Mr. President:\n\nI do so again.\nIt is later.\n\nRonald Reagan\n\fDear Mr. President:\n\nIt is over.\nWe are glad.\n\nRonald Reagan',
      after:
        'Dear Mr. President:\n\nI thank you.\nIt is late.\n\nRonald Reagan\n\fDear Mr. President:\n\nI do so again.\nIt is later.\n\nRonald Reagan\n\fDear Mr. President:\n\nIt is over.\nWe are glad.\n\nRonald Reagan',
    },
    {
      name: 'an answer that is given again',
      before: 'He asked me.\nI said no.\n\fHe asked again.\nI said no.\n\fHe asked once more.\nI said no.',
      after: 'He asked me.\nI said no.\n\fHe asked again.\nI said no.\n\fHe asked once more.\nI said no.',
    },
  ],
}

/** Lines from the top or bottom of a page within which headers and footers stand. */
const edge = 3
/** Pages that must bear the line, and the share of all pages. */
const leastPages = 3
const leastShare = 0.3
/** Nothing printed at the edge of a page is longer. */
const longestLine = 160
/** Shorter lines may be answers, list marks or initials. */
const leastLetters = 4

function running(document: DocumentView): readonly Found[] {
  const pages = new Map<string, Set<number>>()
  const places = document.lines.flatMap(line => {
    const key = keyOf(line)
    if (key === null) return []
    const seen = pages.get(key)
    if (seen === undefined) pages.set(key, new Set([line.page]))
    else seen.add(line.page)
    return [{line, key}]
  })
  const least = Math.max(leastPages, document.pages.length * leastShare)
  return places.flatMap(({line, key}) => {
    const count = pages.get(key)?.size ?? 0
    return count < least ? [] : [found(line, count)]
  })
}

/** Running text without a marking's wording, and no editor's remark in brackets. */
function isSentence(line: Line): boolean {
  return isProse(line) && line.reading.matches.length === 0 && !/^\[.*\]$/u.test(line.text)
}

/** The edge a line stands at and its letters, numbers masked; null where it is no header or footer. */
function keyOf(line: Line): string | null {
  const side = line.rank < edge ? 'top' : line.rank >= line.ofRanks - edge ? 'bottom' : null
  // A page of fewer lines is all edge.
  if (side === null || line.ofRanks < edge * 2 - 2) return null
  if (line.text.length > longestLine || isSentence(line)) return null
  const letters = line.reading.letters.replace(/\d+/g, '#')
  if (letters.replaceAll('#', '').length < leastLetters) return null
  return `${side} ${letters}`
}

/** Share of tokens that are no words, from which a line is damaged print. */
const leastOdd = 1 / 3
/** What registries and release offices write of, and letters hardly above or below their text. */
const officeWord =
  /\b(?:releas\w+|copy|copies|document\w*|files?|records?|classif\w+|declassif\w+|review\w*|approved|case|archiv\w+|library|reproduc\w+|contributed|source|draft|form|distribution|marked|exempt\w*|authority|folder|box)\b/iu
const date = /\b(?:19|20)\d\d$/u

/**
 * Whether a line may be a heading, a salutation, a date or a signature, which
 * letters bound together bear on page after page.
 */
function mayBeText({text, reading}: Line): boolean {
  const {tokens, matches} = reading
  if (matches.length > 0) return matches.some(({ofLetter}) => ofLetter)
  const odd = tokens.filter(({kind, text}) => kind === 'fragment' && (text.length > 2 || /\d/.test(text)))
  const digits = text.replace(/\D/g, '').length
  if (odd.length >= tokens.length * leastOdd || /[[\]#_/|]/u.test(text)) return false
  return date.test(text) || (digits < 4 && !officeWord.test(text))
}

function found(line: Line, count: number): Found {
  return {
    ...(mayBeText(line) ? {flagOnly: true as const} : {}),
    ...stripLine(line, [
      {kind: 'form', score: 1, reason: 'reads the same at the edge of other pages'},
      {kind: 'repetition', score: 2, reason: `the same line stands there on ${count} pages`},
    ]),
  }
}
