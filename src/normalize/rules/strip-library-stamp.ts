import {lexicalRule} from '../lexical-rule.ts'

/** Declassification stamps of the presidential libraries. */
export const stripLibraryStamp = lexicalRule({
  id: 'strip-library-stamp',
  family: 'library-stamp',
  summary: 'Strip declassification stamps of presidential libraries: the word, the case number, initials and date.',
  why: 'A presidential library stamps what it releases, often across the text and between two lines of one sentence: `DECLASSIFIED/Released`, `NLS MR 2000-004 #5`, `By SMF, NARA, Date 3/28/00`.',
  source:
    'Stamps on scans of the Reagan, Ford, Kennedy and Johnson libraries; transcripts of the Margaret Thatcher Foundation, which print them.',
  vocabulary: {
    words: [
      'DECLASSIFIED',
      'RELEASED',
      'SANITIZED',
      'SANITIZED COPY',
      'NARA',
      'NARS',
      'RONALD REAGAN LIBRARY',
      'REAGAN PRESIDENTIAL LIBRARY',
      'GEORGE BUSH PRESIDENTIAL LIBRARY',
      'GERALD R FORD LIBRARY',
      'GR FORD LIBRARY',
      'JIMMY CARTER LIBRARY',
      'LYNDON BAINES JOHNSON LIBRARY',
      'LBJ LIBRARY',
      'JOHN F KENNEDY LIBRARY',
      'DWIGHT D EISENHOWER LIBRARY',
      'HARRY S TRUMAN LIBRARY',
      'FRANKLIN D ROOSEVELT LIBRARY',
      'NIXON PRESIDENTIAL LIBRARY',
      'WILLIAM J CLINTON PRESIDENTIAL LIBRARY',
      'NATIONAL ARCHIVES',
      'NATIONAL ARCHIVES AND RECORDS ADMINISTRATION',
      'WITHDRAWAL SHEET',
    ],
    phrases: [
      'DECLASSIFIED RELEASED',
      'DECLASSIFIED IN PART',
      'DECLASSIFIED IN FULL',
      'RELEASED IN PART',
      'RELEASED IN FULL',
      'AUTHORITY NLS',
      'AUTHORITY NLR',
      'NARA DATE',
      'NARS DATE',
      'BY NARA DATE',
      'REPRODUCED AT THE NATIONAL ARCHIVES',
      'REPRODUCED AT THE RONALD REAGAN LIBRARY',
      'REAGAN LIBRARY PHOTOCOPY',
      'PHOTOCOPY FROM GERALD R FORD LIBRARY',
      'PHOTOCOPY FROM FORD LIBRARY',
      'COPY LBJ LIBRARY',
      'CLINTON LIBRARY PHOTOCOPY',
      'DETERMINED TO BE AN ADMINISTRATIVE MARKING',
      'PHOTOCOPY PRESERVATION',
    ],
    stamps: [
      'DECLASSIFIED PER E O 12958 AS AMENDED SEC 3.5 WHITE HOUSE GUIDELINES SEPT 11 2006 BY NARA DATE',
      'DECLASSIFIED UNDER PROVISIONS OF E O 12356 BY NATIONAL SECURITY COUNCIL',
      'DECLASSIFIED AUTHORITY BY NARA DATE',
      'THIS DOCUMENT HAS BEEN REVIEWED PURSUANT TO E O AND DETERMINED TO BE UNCLASSIFIED',
    ],
    identifiers: [
      {
        name: 'a case number of a presidential library',
        pattern:
          /(?<![\p{L}\p{N}])(?:\[?SC-)?N[L1I](?:RR|R|S|C|J|K|N|F|E|T|B|H|P|GB|WJC)(?![\p{L}])[-\s.]{0,3}(?:(?:MR|F|M|RAC|CASE|SAFE|S|Project)\b[-\s]{0,2})?[\dOIl(#][\dOIlSB\-/.\s]{1,14}(?:[-/]?\s?\(?#\s?\w{1,6}\)?)?(?:\s?B\/\d)?\]?/giu,
      },
      {
        name: 'a case number',
        pattern: /(?<=\bdeclassified\b\W{1,3})[FMS]?\d{2,4}-\d{2,5}(?:\/\d+)?\s?#?\s?\d{1,5}\b/giu,
      },
      {
        name: 'the case and folder number of a mandatory review',
        pattern: /(?<![\p{L}\p{N}])(?:MR|RAC|F)\s?(?:19|20)?\d{2}-\d{2,5}(?:\/\d+)?\s?#\s?\w{1,6}/gu,
      },
      {
        name: 'who declassified it',
        bare: true,
        withoutDigits: true,
        pattern:
          /(?<!\p{L})by\s\W{0,2}\p{Lu}[.,]?\s?\p{L}{2,12}[,.]?\s+nat\p{L}{4,7}\s+secur\p{L}{1,3}\s+coun\p{L}{0,3}/giu,
      },
      {
        name: 'initials and date of the archivist',
        pattern:
          /(?<![\p{L}])(?:by[:\s_.]{1,4}[\p{L}.]{1,8}[,.\s_]{1,4})?a?N[AR]{1,2}[AR]S?\s?[,.]?\s{0,2}dat[ec][:\s_.]{0,4}\d{1,4}[/.-]\d{1,4}(?:[/.-]\d{1,4})?/giu,
      },
    ],
  },
  examples: [
    {
      name: 'the stamp of the National Security Council, badly read, at the foot of a page',
      before:
        'than does the Soviet Union.\n\nDeclassified/Released on\nunder provisions of € 0. 12358\nby S. Tilley, National Security Counc',
      after: 'than does the Soviet Union.',
    },
    {
      name: 'who wrote a paper, in a sentence',
      before: 'The paper was written\nby R. Lehman, National Security Council staff, in May.',
      after: 'The paper was written\nby R. Lehman, National Security Council staff, in May.',
    },
    {
      name: 'the stamp in the middle of a sentence',
      before:
        'in the direction the two of us\n\nDECLASSIFIED/Released\n\nNLS MR 2000-004 #5\n\nare talking about, to translate',
      after: 'in the direction the two of us are talking about, to translate',
    },
    {
      name: 'initials and date',
      before: 'Declassified F96-107#248\nBy SMF, NARA, Date 3/28/00\n\nDear Ron,',
      after: 'Dear Ron,',
    },
    {
      name: 'a sentence about a library',
      before: 'The Ford Library holds two sets of files.',
      after: 'The Ford Library holds two sets of files.',
    },
  ],
})
