import {lexicalRule} from '../lexical-rule.ts'

/** Declassification stamps of the National Archives. */
export const stripNaraStamp = lexicalRule({
  id: 'strip-nara-stamp',
  family: 'nara-release',
  summary:
    'Strip National Archives stamps: Authority NND, reproduced at the National Archives, declassification projects.',
  why: 'Copies from the National Archives bear `DECLASSIFIED / Authority NND 841508 / By … NARA Date …` in a box laid over the page when it is copied.',
  source: 'Copies from the National Archives; pages of the Air Force among declassified files.',
  vocabulary: {
    headings: ['ACCESS RESTRICTED', 'SECURITY CLASSIFIED INFORMATION'],
    phrases: [
      'NND PROJECT NUMBER',
      'NND PROJECT',
      'DECLASSIFIED NND',
      'DECLASSIFICATION REVIEW PROJECT',
      'DECLASSIFIED PER SEC 3 3 EO 12958',
      'DECLASSIFIED PER EO 12958',
      'DECLASSIFIED PER EO 13526',
      'DECLASSIFIED EO 11652 SEC 3 E AND 5 D',
      'DECLASSIFIED PURSUANT TO E O',
      'REPRODUCED AT THE NATIONAL ARCHIVES AT COLLEGE PARK',
      'COPY FROM THE NATIONAL ARCHIVES',
      'THE ITEM IDENTIFIED BELOW HAS BEEN WITHDRAWN FROM THIS FILE',
      'IN THE REVIEW OF THIS FILE THIS ITEM WAS REMOVED BECAUSE ACCESS TO IT IS RESTRICTED',
      'NATIONAL ARCHIVES AND RECORDS SERVICE WITHDRAWAL SHEET',
      'OSD LETTER MAY 3 1972',
      'DOD LETTER MAY 3 1972',
      'JCS DECLASSIFICATION BRANCH',
      'DECLASSIFICATION BRANCH JCS',
      'CLASSIFICATION CHANGED BY AUTHORITY OF',
      'AUTHORITY NND',
      'DECLASSIFIED AUTHORITY NND',
      'DECLASSIFIED AUTHORITY',
      'REPRODUCED FROM THE UNCLASSIFIED DECLASSIFIED HOLDINGS OF THE NATIONAL ARCHIVES',
      'REPRODUCED FROM THE HOLDINGS OF THE NATIONAL ARCHIVES',
      'REPRODUCED FROM THE DECLASSIFIED HOLDINGS OF THE NATIONAL ARCHIVES',
      'THIS FILE IS MADE AVAILABLE THROUGH THE DECLASSIFICATION EFFORTS AND RESEARCH OF',
      'THE BLACK VAULT',
      'DECLASSIFIED PER EXECUTIVE ORDER 12356',
      'DECLASSIFIED IAW EO 12958',
    ],
    identifiers: [
      {
        name: 'a declassification project of the National Archives',
        pattern: /(?<!\p{L})(?:authority\W{0,3})?N\W?N\W?D\W{0,2}\d[\d\s.-]{3,9}/giu,
      },
      {
        name: 'the order a paper was declassified under',
        pattern:
          /(?<!\p{L})declassified\W{1,3}(?:per|under|by|iaw|pursuant to|authority)?\W{0,3}E\.?\s?O\.?\s?1\d{4}(?:[,.\s]{1,3}sec(?:tion|\.)?\s?\d(?:[.(]\w{1,3}\)?){0,3})?/giu,
      },
    ],
  },
  examples: [
    {
      name: 'a box laid over the page',
      before: 'DECLASSIFIED\nAuthority NND 841508\nBy JB NARA Date 9/19/80\n\nThe squadron left at dawn.',
      after: 'The squadron left at dawn.',
    },
    {
      name: 'an authority in a sentence',
      before: 'HAS THE AUTHORITY TO GIVE FINAL APPROVAL TO THE CANDIDATES. ON',
      after: 'HAS THE AUTHORITY TO GIVE FINAL APPROVAL TO THE CANDIDATES. ON',
    },
  ],
})
