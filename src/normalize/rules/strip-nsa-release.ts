import {lexicalRule} from '../lexical-rule.ts'

/** Release lines of the National Security Agency. */
export const stripNsaRelease = lexicalRule({
  id: 'strip-nsa-release',
  family: 'nsa-release',
  summary: 'Strip NSA release and classification lines: Approved for Release by NSA, FOIA case and document numbers.',
  why: 'Pages that the NSA released bear `Approved for Release by NSA on 11-09-2020, FOIA Case #68177` and the manual by which they were classified.',
  source: 'Releases of the National Security Agency.',
  vocabulary: {
    phrases: [
      'RELEASED BY NSA',
      'APPROVED FOR RELEASE BY NSA ON PURSUANT TO E O 13526',
      'APPROVED FOR RELEASE BY NATIONAL SECURITY AGENCY',
      'APPROVED FOR RELEASE BY THE NATIONAL SECURITY AGENCY',
      'CLASSIFIED BY NSA CSSM 123 2',
      'DERIVED FROM NSA CSSM 1 52',
      'DECLASSIFY ON ORIGINATING AGENCYS DETERMINATION REQUIRED',
      'DECLASSIFIED BY NSA CSS',
      'DECLASSIFIED UNDER AUTHORITY OF THE INTERAGENCY SECURITY CLASSIFICATION APPEALS PANEL',
      'INTERAGENCY SECURITY CLASSIFICATION APPEALS PANEL',
      'ISCAP APPEAL NO',
      'APPROVED FOR RELEASE BY NRO',
      'APPROVED FOR RELEASE BY DIA',
      'APPROVED FOR PUBLIC RELEASE',
      'CLEARED FOR PUBLIC RELEASE',
      'CLEARED FOR OPEN PUBLICATION',
      'APPROVED FOR RELEASE BY NSA ON',
      'APPROVED FOR RELEASE BY NSA',
      'DECLASSIFIED AND APPROVED FOR RELEASE BY NSA ON',
      'CLASSIFIED BY DIRNSA CHCSS NSA CSSM 123 2',
      'DERIVED FROM NSA CSSM 123 2',
      'DECLASSIFY UPON NOTIFICATION BY THE ORIGINATOR',
      'PURSUANT TO E O 12958 AS AMENDED',
      'PURSUANT TO E O 13526',
      'TRANSPARENCY CASE',
    ],
    identifiers: [
      {
        name: 'a case of the appeals panel',
        pattern:
          /(?<!\p{L})(?:ISCAP|NRO|DIA)\s?(?:APPEAL)?\s?(?:NO\.?|CASE)?\s?#?\s?\d{4}-\d{2,4}(?:,\s?document\s(?:no\.\s?)?\d{1,3})?/giu,
      },
      {name: 'a FOIA case number', pattern: /(?<!\p{L})(?:FOIA|MDR|Transparency)\s?Case\s?#?\s?\d{2,6}/giu},
      {name: 'a document number', pattern: /(?<!\p{L})DOC(?:ID| ID| REF ID)\s?:\s?[A-Z]?\d{5,8}/giu},
    ],
  },
  examples: [
    {
      name: 'a release line',
      before: 'Approved for Release by NSA on 11 09 - 2020 , FOIA Case #68177\n\nChapter one treats of the problem.',
      after: 'Chapter one treats of the problem.',
    },
    {
      name: 'a sentence about an approval',
      before: 'the plan was approved for release by the director in the spring',
      after: 'the plan was approved for release by the director in the spring',
    },
  ],
})
