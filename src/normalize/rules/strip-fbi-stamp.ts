import {lexicalRule} from '../lexical-rule.ts'

/** Stamps and blocks of the Federal Bureau of Investigation. */
export const stripFbiStamp = lexicalRule({
  id: 'strip-fbi-stamp',
  family: 'fbi-stamp',
  summary: 'Strip FBI declassification and filing stamps: all information contained herein, date by, searched indexed.',
  why: 'A stamp `ALL INFORMATION CONTAINED / HEREIN IS UNCLASSIFIED EXCEPT / WHERE SHOWN OTHERWISE / DATE 10/31/00 BY SP…` lies across the first page, a filing stamp `SEARCHED … INDEXED …` at its foot, the list of readers from Tolson on at its side.',
  source: 'FBI files among the John F. Kennedy assassination records.',
  vocabulary: {
    words: [
      'SEARCHED',
      'INDEXED',
      'SERIALIZED',
      'TELE ROOM',
      'MISS GANDY',
      'TOLSON',
      'DELOACH',
      'CALLAHAN',
      'TAVEL',
      'TROTTER',
      'BELMONT',
      'MOHR',
      'HEREIN IS',
    ],
    phrases: [
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
      'DATE OF REVIEW',
      'APPROPRIATE AGENCIES AND FIELD OFFICES ADVISED BY ROUTING SLIP',
      'REASON FCIM II',
    ],
    stamps: [
      'ALL INFORMATION CONTAINED HEREIN IS UNCLASSIFIED EXCEPT WHERE SHOWN OTHERWISE',
      'SEARCHED SERIALIZED INDEXED FILED',
    ],
    identifiers: [
      {
        name: 'date and initials of the reviewer',
        pattern: /(?<!\p{L})date\W{0,3}[\d[\]()|Il/.,\s-]{1,12}\s?by\W{0,2}(?:\S{1,12})?/giu,
      },
      {name: "a reviewer's number", pattern: /(?<!\p{L})(?:DE)?CLASS?IF\w{2,4}\s?BY\s?SP\s?-?\w{2,12}/giu},
    ],
  },
  examples: [
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
})
