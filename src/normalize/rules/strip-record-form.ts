import {lexicalRule} from '../lexical-rule.ts'

/** The identification form in front of each record of the Kennedy collection. */
export const stripRecordForm = lexicalRule({
  id: 'strip-record-form',
  family: 'record-form',
  summary: 'Strip the fields of record identification forms: agency information, record number, current status.',
  why: 'A computer-printed form stands before each record of the collection and is not the record: `RECORD NUMBER : 144-10001-10276`, `CURRENT STATUS : RELEASED IN PART`.',
  source: 'Identification aids of the John F. Kennedy assassination records.',
  vocabulary: {
    words: ['RESTRICTIONS', 'OPENING CRITERIA', 'POSTPONED IN FULL', 'REDACT', 'AGENCY', 'ORIGINATOR'],
    headings: [
      'IDENTIFICATION FORM',
      'AGENCY INFORMATION',
      'DOCUMENT INFORMATION',
      'RECORD NUMBER',
      'RECORD SERIES',
      'RECORDS SERIES',
      'AGENCY FILE NUMBER',
      'DOCUMENT TYPE',
      'CURRENT STATUS',
      'DATE OF LAST REVIEW',
    ],
    phrases: [
      'JFK ASSASSINATION SYSTEM',
      'CURRENT STATUS REDACT',
      'CURRENT STATUS OPEN',
      'CURRENT STATUS RELEASED IN PART PUBLIC RELEASED WITH DELETIONS',
      'CURRENT STATUS RELEASED IN FULL',
      'RELEASED WITH DELETIONS',
      'CLASSIFICATION UNCLASSIFIED',
      'CLASSIFICATION SECRET',
      'RESTRICTIONS OPEN IN FULL',
      'RECORD IDENTIFICATION FORM',
      'ASSASSINATION ARCHIVES',
    ],
    identifiers: [
      {
        name: 'a record number',
        pattern: /(?:record\s(?:number|no)\s?[:.]?\W{0,4})?(?<![\d-])1\d{2}-1\d{4}-1\d{4}(?![\d-])/giu,
      },
    ],
  },
  examples: [
    {
      name: 'a record number',
      before: 'AGENCY INFORMATION\nRECORD NUMBER : 144-10001-10276\n\nThe source was told on 3 May.',
      after: 'The source was told on 3 May.',
    },
    {
      name: 'a sentence with a number and a status',
      before: 'The record number of visitors shows the current status of the town.',
      after: 'The record number of visitors shows the current status of the town.',
    },
  ],
})
