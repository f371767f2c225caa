import {lexicalRule} from '../lexical-rule.ts'

/** Lines that the telegraph repeats on every page of a cable. */
export const stripCableScaffolding = lexicalRule({
  id: 'strip-cable-scaffolding',
  family: 'cable-scaffolding',
  summary: 'Strip page and section lines of telegrams; date, sender, addressee and subject stay.',
  why: 'A telegram repeats its grade, post, number and time at the top of every page: `SECRET PAGE 02 MOSCOW 16276 01 OF 02 092013Z`.',
  source: 'Cables of the Central Foreign Policy File.',
  vocabulary: {
    words: ['END OF MESSAGE', 'NNNN', 'UNQUOTE SIGNED'],
    headings: [
      'LINE COUNT',
      'CAPTURE DATE',
      'END OF DOCUMENT',
      'SHERYL P WALTER',
      'MARGARET P GRAFELD',
      'HANDLING RESTRICTIONS',
      'ORIGINAL CLASSIFICATION',
      'PREVIOUS CLASSIFICATION',
      'REVIEW AUTHORITY',
      'MESSAGE ATTRIBUTES',
      'DISPOSITION ACTION',
      'REVIEW MARKINGS',
    ],
    phrases: [
      'TELEGRAPHIC FILE COPY',
      'PERMANENT FILE COPY',
      'ACTION COPY INFORMATION COPY',
      'LIMITED OFFICIAL USE PAGE',
      'MESSAGE ATTRIBUTES AUTOMATIC DECAPTIONING',
      'CHANNEL INDICATORS',
      'CURRENT CLASSIFICATION UNCLASSIFIED',
      'DECLASSIFICATION EVENT',
      'DOCUMENT SOURCE CORE',
      'DOCUMENT UNIQUE ID',
      'CURRENT HANDLING RESTRICTIONS',
      'ENTIRE TEXT NOT RELEASABLE',
      'AUTOMATIC DECAPTIONING',
      'DECAPTION DATE',
      'DISPOSITION APPROVED ON DATE',
      'DISPOSITION CASE NUMBER',
      'EXECUTIVE ORDER GS',
      'FROM POST OR DEPT',
      'IMAGE PATH',
      'LEGACY KEY',
      'LOCATOR TEXT ON LINE',
      'ORIGINAL HANDLING RESTRICTIONS',
      'REVIEW ACTION RELEASED',
    ],
    identifiers: [
      {
        name: 'routing indicators of a telegram',
        pattern: /\bZN[YR]\s[A-Z]{5}\s?(?:ZZH)?|\bVZCZC[A-Z]{2,6}\d{0,5}|\bRU[A-Z]{4,6}\s?#\d{4}(?:\/\d{2})?\s?\d{7}/gu,
      },
      {
        name: 'a page line of a telegram',
        pattern: /\bPAGE\s?0\d\s(?:[A-Z]{3,12}\s)?(?:[A-Z]{3,12}\s)?\d{4,6}(?:\s\d{2}\sOF\s\d{2})?(?:\s{1,3}\d{6}Z)?/gu,
      },
      {
        name: 'a section line of a telegram',
        pattern:
          /\b(?:SECTION|FINAL SECTION)\s?[0O]?\d\s?OF\s?[0O]?\d(?:\s[A-Z]{3,12}){0,2}(?:\s\d{3,6})?|(?<=(?:[A-Z]\s){5}[A-Z]\s)(?:[A-Z]{4,12}\s){1,2}\d{4,6}$/gu,
      },
      {
        name: 'the number and section of a telegram',
        pattern: /^\W{0,2}[A-Z]{4,12}\s\d{4,6}\s\d{2}\sOF\s\d{2}(?:\s{1,3}\d{6}Z)?/gu,
      },
      {
        name: 'the distribution of a telegram',
        pattern: /\b(?:ACTION|INFO)\s(?:[A-Z]{2,5}-\d{2}\s{0,3}){1,20}(?:\/\d{3}\s?W)?/gu,
      },
      {
        // Aircraft and missiles have numbers of the same form: one symbol must be an office.
        name: 'distribution symbols of a telegram',
        pattern:
          /(?=(?:[A-Z]{2,5}-\d{2}\s{0,3}){0,20}(?:ISO|NSC|NSCE|CIAE|INR|DODE|SSO|NSAE|INRE|ACDA|ACDE|USIA|USIE|OMB|TRSE|PRS|EUR|ARA|NEA|ADS)-\d\d)(?:\b[A-Z]{2,5}-\d{2}\s{0,3}){3,20}(?:\/\d{3}\s?W)?/gu,
      },
    ],
  },
  examples: [
    {
      name: 'a page line in a sentence',
      before: 'the ambassador said that he\nSECRET PAGE 02 MOSCOW 16276 01 OF 02 092013Z\nhad no instructions on this.',
      after: 'the ambassador said that he had no instructions on this.',
    },
    {
      name: 'subject and addressee',
      before:
        'FM AMEMBASSY MOSCOW\nTO SECSTATE WASHDC IMMEDIATE 4711\nSUBJECT: CLASSIFICATION/DECLASSIFICATION PROCEDURES',
      after:
        'FM AMEMBASSY MOSCOW\nTO SECSTATE WASHDC IMMEDIATE 4711\nSUBJECT: CLASSIFICATION/DECLASSIFICATION PROCEDURES',
    },
  ],
})
