import {lexicalRule} from '../lexical-rule.ts'

/** Release lines of the Department of State. */
export const stripStateRelease = lexicalRule({
  id: 'strip-state-release',
  family: 'state-release',
  summary:
    'Strip State Department release lines: case and document numbers, RELEASE IN PART, systematic review, decision stamps.',
  why: 'A line with case and document number stands at the top and bottom of each released page; older releases have a stamp of boxes to tick; cables are closed by `Declassified/Released US Department of State EO Systematic Review`, also in the middle of a sentence.',
  source: 'Releases of the Department of State of 1986 and of 2013 to 2017; cables of the Central Foreign Policy File.',
  vocabulary: {
    words: ['EXCISE', 'DECAPTIONED', 'DECONTROLLED', 'DENIED IN FULL'],
    headings: ['REVIEW AUTHORITY', 'EO CITATIONS', 'FOIA EXEMPTIONS', 'PA EXEMPTIONS'],
    phrases: [
      'DECONTROLLED UNCLASSIFIED',
      'UNITED STATES DEPARTMENT OF STATE REVIEW AUTHORITY',
      'DECLASSIFIED PA HO DEPARTMENT OF STATE E O 12958 AS AMENDED',
      'DEPARTMENT OF STATE E O 12958 AS AMENDED',
      'DECLASSIFIED RELEASED US DEPARTMENT OF STATE',
      'RELEASED US DEPARTMENT OF STATE EO SYSTEMATIC REVIEW',
      'EO SYSTEMATIC REVIEW',
      'RELEASE IN PART B6',
      'SENSITIVE INFORMATION AND REDACTIONS NO FOIA WAIVER',
      'STATE DEPT PRODUCED TO HOUSE SELECT BENGHAZI COMM',
      'CLASSIFIED BY DAS A GIS DOS',
      'RELEASE AS RECOMMENDED',
      'EXCISE AS RECOMMENDED',
      'DELETIONS MADE BY',
      'THE FOLLOWING EXEMPTIONS APPLY',
      'DEPARTMENT OF STATE APPEALS REVIEW PANEL ACTION',
      'APPEALS REVIEW PANEL',
      'RDS OR XDS EXT DATE',
      'REASON FOR ENDORSE EXISTING MARKINGS',
      'ENDORSE EXISTING MARKINGS',
      'DECLASSIFIED RELEASABLE',
      'RELEASE DENIED',
      'DECLASSIFIED BY DEPARTMENT OF STATE',
      'RELEASE IN PART',
      'RELEASE IN FULL',
      'RELEASED IN PART',
      'UNCLASSIFIED US DEPARTMENT OF STATE CASE NO',
      'US DEPARTMENT OF STATE CASE NO',
      'UNCLASSIFIED STATE DEPT PRODUCED TO HOUSE SELECT BENGHAZI COMM',
      'SUBJECT TO AGREEMENT ON SENSITIVE INFORMATION AND REDACTIONS NO FOIA WAIVER',
      'DECLASSIFIED RELEASED US DEPARTMENT OF STATE EO SYSTEMATIC REVIEW',
      'MARGARET P GRAFELD DECLASSIFIED RELEASED US DEPARTMENT OF STATE EO SYSTEMATIC REVIEW',
      'SHERYL P WALTER DECLASSIFIED RELEASED US DEPARTMENT OF STATE EO SYSTEMATIC REVIEW',
      'US DEPARTMENT OF STATE EO SYSTEMATIC REVIEW',
      'CLASSIFIED BY DAS A GIS DOS ON',
      'FOI EO OR PA EXEMPTIONS',
      'TS AUTHORITY TO',
      'NON RESPONSIVE INFO',
      'MR CASES ONLY',
      'DECLASSIFY IN PART',
      'DEPARTMENT OF STATE A CDC MR',
    ],
    stamps: [
      'UNCLASSIFIED US DEPARTMENT OF STATE CASE NO F DOC NO C DATE',
      'RELEASE DECLASSIFY EXCISE DECLASSIFY IN PART DENY DELETE NON RESPONSIVE INFO FOIA EXEMPTIONS PA EXEMPTIONS',
      'DEPARTMENT OF STATE IS FPC CDR MR CASES ONLY EO CITATIONS TS AUTHORITY TO CLASSIFY AS DOWNGRADE TS TO S OR C OADR',
      'DECLASSIFIED RELEASED US DEPARTMENT OF STATE EO SYSTEMATIC REVIEW',
    ],
    identifiers: [
      {
        name: 'review authority and case of the Department of State',
        pattern:
          /(?<!\p{L})REVIEW\sAUTHORITY\s?:\s?\p{L}[\p{L}.\s-]{3,40}$|(?<!\p{L})(?:DATE\/)?CASE\s?ID\s?:\s?(?:\d{2}\s[A-Z]{3}\s\d{4}\s{1,3})?\d{8,9}/gu,
      },
      {
        name: 'a case number of the Department of State',
        pattern: /(?<!\p{L})case\s?no[.,:]?\s{0,2}[FMS]?-?[\dn-]{2,5}[-\d]{0,7}/giu,
      },
      {
        name: 'a document number of the Department of State',
        pattern: /(?<!\p{L})(?:doc\s?no[.,:]?\s{0,2})?C[O0][56]\d{6}\b(?:\s?date:?\s?\d{1,2}\/\d{1,2}\/\d{4})?/giu,
      },
      {
        name: 'a release in part with its exemptions',
        pattern:
          /\brelease[d]?\s?in\s?(?:part|full)[\s:]{0,3}(?:B[\dSGe]|1\.[45]\s?\([A-D]\))(?:[\s,;.]{1,3}(?:B[\dSGe]|1\.[45]\s?\([A-D]\)|CIA|DIA|NSA))*/giu,
      },
    ],
  },
  examples: [
    {
      name: 'a line with case and document number',
      before:
        'UNCLASSIFIED U.S. Department of Slate Case No. F-2016-07895 Doc No, CO6131108 Date: 10/20/2016\n\nSee the note below.',
      after: 'See the note below.',
    },
    {
      name: 'the systematic review in a sentence',
      before:
        'he asked that the embassy\n\nMargaret P Grafeld Declassified Released US Department of State EO Systematic Review 22 May 2009\n\ntell the minister at once.',
      after: 'he asked that the embassy tell the minister at once.',
    },
    {
      name: 'an appointment at the department',
      before: '8:25 am ARRIVE State Department\nThe State Department will direct the release of funds.',
      after: '8:25 am ARRIVE State Department\nThe State Department will direct the release of funds.',
    },
  ],
})
