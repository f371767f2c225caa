import type {DocumentView, Line} from '../document.ts'
import {type Evidence, type Found, type MarkingRule, stripLine} from '../rule.ts'

/** Page numbers alone on their line, at the edge of a page. */
export const stripPageNumber: MarkingRule = {
  kind: 'marking',
  id: 'strip-page-number',
  family: 'page-number',
  summary: 'Strip page numbers: - 2 -, Page 5, and a bare number that counts on from page to page.',
  why: 'Page numbers stand between two halves of a sentence and are no part of it. A number alone on a line is also a figure of a table or the end of a paragraph, so it takes a second witness.',
  source: 'Despatches of 1939 to 1943, directives of 1986, and counts over declassified files.',
  // A figure of the text is as easily misread.
  ignores: ['confidence'],
  find: document => {
    const numbers = document.lines.map(line => numberOf(line))
    return document.lines.flatMap((line, index) => pageNumber(line, numbers[index] ?? null, document, numbers))
  },
  examples: [
    {
      name: 'dashes around the number at a page top',
      before:
        'its first page, on which much is said\nof the young men and of the work they\ndid for the town, and so the police\nspeedily came to arrest\n\f- 2 -\n\nthe young men who were\nresponsible for the work they\ndid in the town. Respectfully\nyours',
      after:
        'its first page, on which much is said\nof the young men and of the work they\ndid for the town, and so the police\nspeedily came to arrest\fthe young men who were\nresponsible for the work they\ndid in the town. Respectfully\nyours',
    },
    {
      name: 'a figure in a table',
      before: 'Heavy bombers:\n130\nSubmarines:\n41\nMissiles:\n1000\nThese are the figures.',
      after: 'Heavy bombers:\n130\nSubmarines:\n41\nMissiles:\n1000\nThese are the figures.',
    },
  ],
}

interface PageNumber {
  readonly value: number
  /** How sure the form alone makes. */
  readonly score: number
  readonly form: string
}

/** `- 2 -`, `•-62-`, `= 56 =`, `220-`. */
const dashed = /^[\W_]{0,2}[-–—=~_•.]{1,2}\s?([\dOIl]{1,4})\s?[-–—=~_•.]{0,2}[\W_]?$|^([\dOIl]{1,4})\s?[-–—=~]{1,2}$/u
/** `Page 5`, `Page 5 of 9`, `p. 5`. */
const named = /^\W{0,3}(?:page|pg\.?|p\.)\s?(?:no\.?\s?)?([\dOIl]{1,4})(?:\s?(?:of|\/)\s?\d{1,4})?\W{0,2}$/iu
const bare = /^[([]?(\d{1,4})[)\].]?$/u
/** A footer of word processing: `3 of 9`. */
const counted = /^(\d{1,4})\s?(?:of|\/)\s?(\d{1,4})$/u

function numberOf({text}: Line): PageNumber | null {
  const inDashes = dashed.exec(text)
  if (inDashes !== null && /\d/.test(text)) {
    return {value: digitsValue(inDashes[1] ?? inDashes[2] ?? ''), score: 2, form: 'is a number between dashes'}
  }
  const byName = named.exec(text)
  if (byName !== null) return {value: digitsValue(byName[1] ?? ''), score: 2, form: 'says that it is a page number'}
  const ofAll = counted.exec(text)
  if (ofAll !== null && Number(ofAll[1]) <= Number(ofAll[2])) {
    return {value: Number(ofAll[1]), score: 1, form: 'is one number of another'}
  }
  const alone = bare.exec(text)
  return alone === null ? null : {value: Number(alone[1]), score: 1, form: 'is a number alone on its line'}
}

function digitsValue(digits: string): number {
  return Number(digits.replaceAll('O', '0').replace(/[Il]/g, '1'))
}

function pageNumber(
  line: Line,
  number: PageNumber | null,
  document: DocumentView,
  numbers: readonly (PageNumber | null)[],
): readonly Found[] {
  if (number === null) return []
  const evidence: Evidence[] = [{kind: 'form', score: number.score, reason: number.form}]
  const onward = countsOn(line, number.value, document, numbers)
  // A year, or a figure of a table that goes on over the page.
  if (number.value > mostPages && !onward) return []
  if (onward) {
    evidence.push({kind: 'repetition', score: 2, reason: 'it counts on from page to page'})
  }
  // On pages too short to have a top and bottom, next to the page break.
  if (line.ofRanks < 4 && document.pages.length > 1 && (line.rank === 0 || line.rank === line.ofRanks - 1)) {
    evidence.push({kind: 'place', score: 1, reason: 'it stands next to a page break'})
  }
  // Of several pages one that is not its own and does not count on is rather a figure.
  const isOther = number.score < 2 && !onward && document.pages.length > 1 && number.value !== line.page + 1
  return [
    {
      ...(isOther || (number.score < 2 && !onward && /[.)]$/.test(line.text)) ? {flagOnly: true as const} : {}),
      ...stripLine(line, evidence),
    },
  ]
}

/** A number alone above this is rather a year. */
const mostPages = 999

/** Lines from the top or bottom of a page within which its number stands. */
const edge = 3

/** Whether the page before or after bears the number before or after, near its edge as well. */
function countsOn(line: Line, value: number, document: DocumentView, numbers: readonly (PageNumber | null)[]): boolean {
  if (!isNearEdge(line)) return false
  return [-1, 1].some(step => {
    const page = document.pages[line.page + step]
    if (page === undefined) return false
    for (let index = page.firstLine; index < page.lastLine; index++) {
      // Only the edges: a page may have any number of lines.
      if (index === page.firstLine + edge) index = Math.max(index, page.lastLine - edge)
      if (numbers[index]?.value === value + step) return true
    }
    return false
  })
}

function isNearEdge({rank, ofRanks}: Line): boolean {
  return rank < edge || rank >= ofRanks - edge
}
