import {lexicalRule} from '../lexical-rule.ts'

/** Release lines of the CIA records search tool. */
export const stripCrestFooter = lexicalRule({
  id: 'strip-crest-footer',
  family: 'crest-footer',
  summary: 'Strip release lines of the CIA records search tool: Approved For Release, CIA-RDP numbers, STAT, 25X1.',
  why: 'Every page bears `Approved For Release 2001/03/04 : CIA-RDP80-01601R000100140001-8` at its top and bottom, often glued to a line of the text, and `STAT` or `25X1` in the margin where a name was cut out.',
  source: 'Pages of the CIA reading room.',
  vocabulary: {
    words: [
      'STAT',
      'STATINTL',
      'STATSPEC',
      'ILLEGIB',
      '25X1',
      '25X1A',
      '25X1A9A',
      '25X1X',
      '25X6',
      '50X1',
      '50X1 HUM',
      'CPYRGHT',
      'FOIAB3B',
    ],
    phrases: [
      'APPROVED FOR RELEASE',
      'SANITIZED COPY APPROVED FOR RELEASE',
      'SANITIZED APPROVED FOR RELEASE',
      'DECLASSIFIED AND APPROVED FOR RELEASE',
      'DECLASSIFIED IN PART SANITIZED COPY APPROVED FOR RELEASE',
      'NO OBJECTION TO DECLASSIFICATION IN FULL',
      'NO OBJECTION TO DECLASSIFICATION IN PART',
      'NO OBJECTION TO DECLASSIFICATION',
      'NSS REVIEW COMPLETED',
      'NSC REVIEW COMPLETED',
      'NSA REVIEW COMPLETED',
      'DIA REVIEW COMPLETED',
      'DOE REVIEW COMPLETED',
      'DOJ REVIEW COMPLETED',
      'OSD REVIEW COMPLETED',
      'JCS REVIEW COMPLETED',
      'FBI REVIEW COMPLETED',
      'ARMY REVIEW COMPLETED',
      'NAVY REVIEW COMPLETED',
      'USAF REVIEW COMPLETED',
      'STATE DEPT REVIEW COMPLETED',
      'ON FILE DEPT OF STATE RELEASE INSTRUCTIONS APPLY',
      'ON FILE RELEASE INSTRUCTIONS APPLY',
      'STATE DEPT DECLASSIFICATION AND RELEASE INSTRUCTIONS ON FILE',
      'DOCUMENT NO NO CHANGE IN CLASS',
      'CLASS CHANGED TO',
      'NEXT REVIEW DATE',
      'PAGE DENIED',
      'PAGES DENIED',
      'NEXT PAGES IN DOCUMENT DENIED',
    ],
    identifiers: [
      {
        name: 'a CIA-RDP number',
        pattern:
          /(?:[CGS€(][I1l!|t][A4a]\s?[-–—.]?\s?)?(?<!\p{L})R[DO0]P\s?-?[\dOIlSBT]{2}[-–—]?[\dOIlSBTMR]\w{1,20}(?:[\s–—-]{1,3}[\dOIlSBTR]\w{0,14}){0,8}/gu,
      },
      {
        name: 'a release date',
        pattern:
          /A\s?p{1,2}roved\s[Ff]or\s[Rr]elease\s{0,2}(?:@?\s?50-?\s?Yr\s?)?[@:\s]{0,3}(?:(?:19|20)[\dOoIl\s]{2,3}[/.-]?\d{0,2}[/.-]?\d{0,2})(?:\s?:)?/gu,
      },
      {
        name: 'the beginning of a CIA-RDP number',
        pattern: /(?<!\p{L})[CGS][I1l]A\s?[-–—]\s?RDP[\d\s–—-]{0,6}\W{0,3}$/gu,
      },
      {name: 'the end of a CIA-RDP number', pattern: /(?<![\p{L}\d-])R?[O0\d]{8,16}\s?-\s?\d(?![\d-])/gu},
      {name: 'a number of the Kissinger files', pattern: /(?<!\p{L})LOC-HAK-[\d-]{4,20}/gu},
    ],
  },
  examples: [
    {
      name: 'glued to a heading',
      before: '22. Distracting Factors Approved For Release 2003/09/10: CIA-RDP96-00788R001700210016-5',
      after: '22. Distracting Factors',
    },
    {
      name: 'a misread agency',
      before: 'Approved For Release 2003/09/10: SIA-RDP96-00788R001700210016-5\n\nThe test began at noon.',
      after: 'The test began at noon.',
    },
    {
      name: 'a sentence about release',
      before:
        'individuals have already been cleared for release but remain\nin the camp, and none was approved for release.',
      after:
        'individuals have already been cleared for release but remain\nin the camp, and none was approved for release.',
    },
  ],
})
