import {lexicalRule} from '../lexical-rule.ts'

/** Release stamps of the CIA's historical review, and the block numbers beside what was cut out. */
export const stripCiaReleaseStamp = lexicalRule({
  id: 'strip-cia-release-stamp',
  family: 'cia-release',
  summary: 'Strip CIA release and return stamps and block numbers: no objection, RETURN TO CIA, 13-00000.',
  why: 'Files that the CIA released bear `CIA HAS NO OBJECTION TO / DECLASSIFICATION AND/OR / RELEASE OF CIA INFORMATION / IN THIS DOCUMENT`, `RETURN TO CIA / Background Use Only / Do Not Reproduce`, and `13-00000` at the top of the page.',
  source: 'Pages of the John F. Kennedy assassination records.',
  vocabulary: {
    words: ['RELEASE OF THIS DOCUMENT', 'IN THIS DOCUMENT', 'RECORD COPY', 'AS SANITIZED'],
    phrases: [
      'RELEASE IN PART',
      'APPROVED FOR RELEASE AS SANITIZED',
      'CIA HISTORICAL REVIEW PROGRAM RELEASE AS SANITIZED',
      'CIA HISTORICAL REVIEW PROGRAM RELEASE IN FULL',
      'NO OBJECTION TO DECLASSIFICATION AND OR RELEASE',
      'NO CIA OBJECTION TO DECLASSIFICATION AND OR',
      'RETURN TO RECORDS CENTER',
      'RETURN TO ARCHIVES AND RECORDS CENTER',
      'IMMEDIATELY AFTER USE',
      'MATERIAL REVIEWED AT CIA HEADQUARTERS BY',
      'REVIEWED AT CIA HEADQUARTERS',
      'RETURN TO CIA BACKGROUND USE ONLY',
      'SECRET RETURN TO CIA',
      'ABSTRACT INDEX',
      'NO RELEASE WITHOUT CIA APPROVAL',
      'DOCUMENT TRANSFER AND CROSS REFERENCE',
      'CIA HAS NO OBJECTION TO',
      'DECLASSIFICATION AND OR',
      'RELEASE OF CIA INFORMATION',
      'IN THIS DOCUMENT AS SANITIZED',
      'NO OBJECTION TO RELEASE',
      'RETURN TO CIA',
      'RETURN TO CIA BACKGROUND USE ONLY DO NOT REPRODUCE',
      'DO NOT REPRODUCE',
      'BACKGROUND USE ONLY',
      'CIA HISTORICAL REVIEW PROGRAM',
      'RELEASE AS SANITIZED',
      'RELEASE IN FULL',
      'APPROVED FOR RELEASE CIA HISTORICAL REVIEW PROGRAM',
      'APPROVED FOR RELEASE THROUGH THE HISTORICAL REVIEW PROGRAM OF THE CENTRAL INTELLIGENCE AGENCY',
      'CIA SPECIAL COLLECTIONS RELEASE',
      'THIS MATERIAL REVIEWED AT CIA HEADQUARTERS BY',
      'HOUSE SELECT COMMITTEE ON ASSASSINATIONS STAFF MEMBERS',
    ],
    stamps: [
      'CIA HAS NO OBJECTION TO DECLASSIFICATION AND OR RELEASE OF THIS DOCUMENT',
      'THIS MATERIAL REVIEWED AT CIA HEADQUARTERS BY HOUSE SELECT COMMITTEE ON ASSASSINATIONS STAFF MEMBERS',
      'CIA HAS NO OBJECTION TO DECLASSIFICATION AND OR RELEASE OF CIA INFORMATION IN THIS DOCUMENT AS SANITIZED',
      'RETURN TO CIA BACKGROUND USE ONLY DO NOT REPRODUCE',
      'APPROVED FOR RELEASE 1994 CIA HISTORICAL REVIEW PROGRAM',
    ],
    identifiers: [
      {
        name: 'a block number of released files',
        pattern: /^\W{0,3}[1IlL|tf(]?\W?[0-9lS]{1,2}\W{1,3}[0O]{4,6}\W{0,3}$/gu,
      },
    ],
  },
  examples: [
    {
      name: 'the stamp over four lines',
      before:
        'GIA HAS NO OBJECTION TO\nDECLASSIFICATION AND/OR\nRELEASE OF CIA INFORMATION\nIN THIS DOCUMENT\n\nThe source was told on 3 May.',
      after: 'The source was told on 3 May.',
    },
    {
      name: 'a sentence about an objection',
      before: 'he said that he had no objection to a stenographer being\npresent, and that the release of information',
      after: 'he said that he had no objection to a stenographer being\npresent, and that the release of information',
    },
  ],
})
