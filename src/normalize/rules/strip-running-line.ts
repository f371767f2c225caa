import type {DocumentView, Line} from '../document.ts'
import type {Found, MarkingRule} from '../rule.ts'
import {isProse} from '../sentence.ts'

/** Headers and footers that no other rule knows, by their standing on page after page. */
export const stripRunningLine: MarkingRule = {
  kind: 'marking',
  id: 'strip-running-line',
  family: 'running-line',
  summary: 'Strip lines that stand at the same edge of three pages or more, but for their numbers.',
  why: 'A file title, a release line of an agency no rule knows or a stamp read the same way each time runs along the top or bottom of the pages; no sentence of a letter does.',
  source: 'Page tops and bottoms of declassified files, where the same line with another number stands on each page.',
  find: running,
  examples: [
    {
      name: 'a file title at each page top',
      before:
        'Geneva file 12-1\n\nThe talks began.\nThey were long.\nWe had tea.\n\fGeneva file 12-2\n\nThe talks went on.\nThey were cold.\nWe had none.\n\fGeneva file 12-3\n\nThe talks ended.\nThey were over.\nWe left.',
      after:
        'The talks began.\nThey were long.\nWe had tea.\n\fThe talks went on.\nThey were cold.\nWe had none.\n\fThe talks ended.\nThey were over.\nWe left.',
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
/** Shorter lines may be answers, list marks or initials. */
const leastLetters = 5

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

/** The edge a line stands at and its letters, numbers masked; null where it is no header or footer. */
function keyOf(line: Line): string | null {
  const side = line.rank < edge ? 'top' : line.rank >= line.ofRanks - edge ? 'bottom' : null
  // A page of fewer lines is all edge.
  if (side === null || line.ofRanks < edge * 2 - 2) return null
  const letters = String.fromCharCode(...line.reading.letters.codes).replace(/\d+/g, '#')
  if (letters.replaceAll('#', '').length < leastLetters || isProse(line)) return null
  return `${side} ${letters}`
}

function found({index, start, end}: Line, count: number): Found {
  return {
    action: 'strip',
    span: {start, end},
    line: index,
    wholeLine: true,
    replacement: '',
    repeats: null,
    evidence: [
      {kind: 'form', score: 1, reason: 'reads the same at the edge of other pages'},
      {kind: 'repetition', score: 2, reason: `the same line stands there on ${count} pages`},
    ],
  }
}
