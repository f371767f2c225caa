import {lexicalRule} from '../lexical-rule.ts'

/** Release lines of the JFK Assassination Records Collection Act. */
export const stripJfkActRelease = lexicalRule({
  id: 'strip-jfk-act-release',
  family: 'jfk-act',
  summary: 'Strip release lines of the Kennedy assassination records: the act, NW and DocId numbers.',
  why: 'Each page bears the year and the act across its top, and `NW 50955 DocId:32423532 Page 15` below.',
  source: 'Releases of 2017 to 2025 of the John F. Kennedy assassination records.',
  vocabulary: {
    headings: ['ASSASSINATION RECORDS'],
    phrases: [
      'RELEASED ON UNDER THE JOHN F KENNEDY ASSASSINATION RECORDS ACT OF 1992',
      'ASSASSINATION RECORDS ACT OF 1992',
      'KENNEDY ASSASSINATION RECORDS ACT OF 1992',
      'UNDER THE JOHN F KENNEDY ASSASSINATION RECORDS COLLECTION ACT OF 1992',
      'RELEASE UNDER THE PRESIDENT JOHN F KENNEDY',
      'REVIEWED UNDER THE JFK ACT',
      'RELEASED PER P L 102 526',
      'RELEASED UNDER P L 102 526',
      'JFK ACT 1992',
      'RELEASE UNDER THE PRESIDENT JOHN F KENNEDY ASSASSINATION RECORDS ACT OF 1992',
      'RELEASED UNDER THE JOHN F KENNEDY ASSASSINATION RECORDS COLLECTION ACT OF 1992',
      'RELEASED UNDER THE JOHN F KENNEDY',
      'ASSASSINATION RECORDS COLLECTION ACT OF 1992',
      'ASSASSINATION RECORDS COLLECTION ACT OF',
      'JFK ASSASSINATION RECORDS COLLECTION ACT OF 1992',
      'JFK ACT',
    ],
    stamps: [
      'RELEASE UNDER THE PRESIDENT JOHN F KENNEDY ASSASSINATION RECORDS ACT OF 1992',
      'RELEASED UNDER THE JOHN F KENNEDY ASSASSINATION RECORDS COLLECTION ACT OF 1992 44 USC 2107 NOTE CASE NW',
    ],
    identifiers: [
      {name: 'the year of a release', pattern: /\b20(?:17|18|21|22|23|25)\s?RELEASE\b(?=\s?UND|\W{0,3}$)/gu},
      {
        name: 'a page number of the release',
        pattern:
          /(?:(?<!\p{L})[NHWM]{2}[.:\s]{0,2}\d{4,6}\W{0,3})?(?<!\p{L})[DĐ][o0]{1,2}[coe]?[Il1]d\s?[:.]?\s?[\d{}|Il,]{6,9}(?:\W{1,3}(?:P|R)age\W{0,3}\d{1,4})?/giu,
      },
      {name: 'a number of the release', bare: true, pattern: /^\W{0,3}[NHW]W\s?(?!20[0-5]\d\d)\d{5}\W{0,3}$/gu},
      {name: 'the act a cut was made under', pattern: /(?<!\p{L})JFK\s?Act\s?[3-9]\s?(?:\(\w{1,2}\)\s?){1,3}/giu},
      {
        name: 'a citation of the act',
        pattern: /\b1992\s?\(44\s?U\.?S\.?C\.?\s?2107\s?Note\)?\.?(?:\s?Case\s?#?\s?:?\s?NW)?/giu,
      },
    ],
  },
  examples: [
    {
      name: 'a line at the foot of the page',
      before: 'latory control along with policy memoranda are intended to assure\nNH 50955 DocId:32423532 Page 15',
      after: 'latory control along with policy memoranda are intended to assure',
    },
    {
      name: 'a sentence about the act',
      before: 'In accordance with the President John F. Kennedy Assassination Records Collection Act',
      after: 'In accordance with the President John F. Kennedy Assassination Records Collection Act',
    },
  ],
})
