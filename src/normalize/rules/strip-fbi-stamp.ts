import type {DocumentView, Line} from '../document.ts'
import {findByVocabulary} from '../lexical-rule.ts'
import {type Found, type MarkingRule, stripLine} from '../rule.ts'

const id = 'strip-fbi-stamp'

/** Stamps and blocks of the Federal Bureau of Investigation. */
export const stripFbiStamp: MarkingRule = {
  kind: 'marking',
  id,
  family: 'fbi-stamp',
  summary: 'Strip FBI declassification and filing stamps: all information contained herein, date by, searched indexed.',
  why: 'A stamp `ALL INFORMATION CONTAINED / HEREIN IS UNCLASSIFIED EXCEPT / WHERE SHOWN OTHERWISE / DATE 10/31/00 BY SP…` lies across the first page, a filing stamp `SEARCHED … INDEXED …` at its foot, the list of readers from Tolson on at its side.',
  source: 'FBI files among the John F. Kennedy assassination records.',
  vocabulary: {
    words: [
      'NOT RECORDED',
      'UNRECORDED COPY',
      'ENCLOSURE ATTACHED',
      'SEARCHED',
      'INDEXED',
      'SERIALIZED',
      'TELE ROOM',
      'HEREIN IS',
    ],
    headings: ['DATE OF REVIEW'],
    phrases: [
      'ALL FBI INFORMATION CONTAINED',
      'ALL INFORMATION CONTAINED HEREIN',
      'INFORMATION CONTAINED HEREIN IS UNCLASSIFIED',
      'UNCLASSIFIED EXCEPT WHERE SHOWN OTHERWISE',
      'FBI INFO CLASSIFIED BY',
      'AUTHORITY DERIVED FROM FBI AUTOMATIC DECLASSIFICATION GUIDE',
      'FBI AUTOMATIC DECLASSIFICATION GUIDE',
      'CLASSIFIED DECISIONS FINALIZED BY DEPARTMENT REVIEW COMMITTEE',
      'DEPARTMENT REVIEW COMMITTEE',
      'UNRECORDED COPY FILED IN',
      'ORIGINAL FILED IN',
      'DELETED COPY SENT',
      'DELETED PAGE INFORMATION SHEET',
      'FOIPA DELETED PAGE INFORMATION SHEET',
      'NO DUPLICATION FEE FOR THIS PAGE',
      'X NO DUPLICATION FEE X FOR THIS PAGE',
      'PAGE WITHHELD ENTIRELY',
      'EXEMPT FROM GDS CATEGORY',
      'SEARCHED INDEXED SERIALIZED FILED',
      'APPROPRIATE AGENCIES AND FIELD OFFICES',
      'ADVISED BY ROUTING SLIP',
      'DECLASSIFIED BY',
      'CLASSIFIED AND EXTENDED BY',
      'REASON FOR EXTENSION FCIM II',
      'DATE OF REVIEW FOR DECLASSIFICATION',
      'HEREIN IS UNCLASSIFIED WHERE SHOWN OTHERWISE',
      'ALL INFORMATION CONTAINED',
      'ALL INFORMATION CONTAINED HEREIN IS UNCLASSIFIED',
      'ALL FBI INFORMATION CONTAINED HEREIN IS UNCLASSIFIED',
      'HEREIN IS UNCLASSIFIED',
      'HEREIN IS UNCLASSIFIED EXCEPT',
      'EXCEPT WHERE SHOWN OTHERWISE',
      'WHERE SHOWN OTHERWISE',
      'EXCEPT WHERE SHOWN',
      'SEARCHED INDEXED',
      'SERIALIZED FILED',
      'DECLASSIFIED BY SP',
      'CLASSIFIED BY SP',
      'CLASSIFICATION PER OGA LETTER DATED',
      'CLASS AND EXT BY',
      'APPROPRIATE AGENCIES AND FIELD OFFICES ADVISED BY ROUTING SLIP',
      'REASON FCIM II',
    ],
    stamps: [
      'ALL INFORMATION CONTAINED HEREIN IS UNCLASSIFIED EXCEPT WHERE SHOWN OTHERWISE',
      'SEARCHED SERIALIZED INDEXED FILED',
    ],
    identifiers: [
      {
        name: 'the number of a reviewer',
        bare: true,
        pattern: /^\W{0,3}(?:BY\s)?SP-?\d{1,2}[\p{L}\d]{2,8}(?:\/[\p{L}\d]{2,8}){0,2}\W{0,3}$/gu,
      },
      {
        name: 'date and initials of the reviewer',
        pattern: /(?<!\p{L})date\W{0,3}(?=[^\d]{0,4}\d)[\d[\]()|Il/.,\s-]{1,12}\s?by\W{0,2}(?:\S{1,12})?/giu,
      },
      {name: "a reviewer's number", pattern: /(?<!\p{L})(?:DE)?CLASS?IF\w{2,4}\s?BY\s?SP\s?-?\w{2,12}/giu},
    ],
  },
  find: document => [...findByVocabulary(document, id), ...readerLists(document)],
  examples: [
    {
      name: 'the list of readers',
      before: 'Mr. Tolson\nMr. Belmont ____\nMr. Mohr\nMr. DeLoach\nTele. Room\n\nThe informant was told.\n\nHe left.',
      after: 'The informant was told.\n\nHe left.',
    },
    {
      name: 'a signature that is a name of the list',
      before: 'The informant was told.\n\nHe left.\n\nCALLAHAN',
      after: 'The informant was told.\n\nHe left.\n\nCALLAHAN',
    },
    {
      name: 'a stamp over three lines',
      before: 'ALL INFORMATION CONTANED\nHEREIN IS UNPLASSINICI\nDATE 10/31/00 BY SPRALMIS\n\nThe informant was told.',
      after: 'The informant was told.',
    },
    {
      name: 'a sentence with the same words',
      before: 'all information contained in the files of the office was searched and indexed',
      after: 'all information contained in the files of the office was searched and indexed',
    },
  ],
}

/** Assistants of the Director, whose names are printed one below the other; each alone is anybody's. */
const reader =
  /^\W{0,3}(?:mr|miss)?\.?\s?(?:tolson|belmont|mohr|de\s?loach|casper|callahan|conrad|evans|felt|gale|malone|rosen|sullivan|tavel|trotter|parsons|mcguire|ingram|w\.?\s?c\.?\s?sullivan|bishop|soyars|walters|cleveland|ponder|bates|waikart|dalbey|tele\.?\s?room|holmes|gandy|nease|nichols|boardman|winterrowd|holloman)[\s._:–—-]{0,30}\W{0,2}\w?$/iu
const leastReaders = 3

function readerLists({lines}: DocumentView): readonly Found[] {
  const isReader = lines.map(({text}) => text.length < 60 && reader.test(text))
  const found: Found[] = []
  for (let from = 0; from < lines.length; from++) {
    let to = from
    while (to < lines.length && isReader[to] === true && lines[to]?.page === lines[from]?.page) to++
    if (to - from >= leastReaders) found.push(...lines.slice(from, to).map(readerFound))
    if (to > from) from = to - 1
  }
  return found
}

function readerFound(line: Line): Found {
  return stripLine(line, [{kind: 'form', score: 4, reason: 'is one of a list of readers'}])
}
