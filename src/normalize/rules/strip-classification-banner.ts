import {lexicalRule} from '../lexical-rule.ts'

/** Banners at the top and bottom of a page: a grade alone or with its caveats. */
export const stripClassificationBanner = lexicalRule({
  id: 'strip-classification-banner',
  family: 'classification-banner',
  summary: 'Strip lines that hold nothing but a classification grade, spelled out, set apart, struck or misread.',
  why: 'Every page of a classified letter bears its grade at the top and bottom; on release the grade is struck, and `SECRET` is read as `SEGRET`, `S!CREI` or `S E C R E T`. A grade is also a word of letters, so alone it is only flagged.',
  source:
    'Executive Orders 10501, 11652, 12065, 12356, 12958 and 13526 on the grades; counts of 82,459 exact and 10,255 misread lines in declassified files for the costs of letters.',
  vocabulary: {
    grades: true,
    words: [
      'SECRET',
      'TOP SECRET',
      'CONFIDENTIAL',
      'UNCLASSIFIED',
      'RESTRICTED',
      'CLASSIFIED',
      'UNCLASS',
      'UNCLAS',
      'SECRET SECRET',
      'STRICTLY CONFIDENTIAL',
      'MOST SECRET',
      'MOST SECRET AND PERSONAL',
      'OFFICIAL USE ONLY',
      'PERSONAL AND CONFIDENTIAL',
    ],
    phrases: [
      'FOR OFFICIAL USE ONLY',
      'LIMITED OFFICIAL USE',
      'CLASSIFICATION SECRET',
      'CLASSIFICATION TOP SECRET',
      'CLASSIFICATION CONFIDENTIAL',
      'SENSITIVE BUT UNCLASSIFIED',
      'CONTROLLED UNCLASSIFIED INFORMATION',
      'UNCLASSIFIED WHEN DETACHED',
      'UNCLASSIFIED UPON REMOVAL OF CLASSIFIED ATTACHMENTS',
      'SECRET WITH ATTACHMENT',
      'CLASSIFIED WHEN BLANK',
    ],
  },
  examples: [
    {
      name: 'a banner at the top and bottom of a page',
      before: 'SECRET\n\nDear Margaret:\n\nI write to you today.\n\nSincerely,\n\nRon\n\nSECRET',
      after: 'Dear Margaret:\n\nI write to you today.\n\nSincerely,\n\nRon',
    },
    {
      name: 'a struck banner, read badly',
      before: 'S!CREI\n\nDear Margaret:\n\nI write to you today.\n\nSincerely,\n\nRon\n\nSEGRET',
      after: 'Dear Margaret:\n\nI write to you today.\n\nSincerely,\n\nRon',
    },
    {
      name: 'a grade that the sentence needs',
      before: 'this document, which was marked\nSECRET\nwas kept in the safe of the embassy.',
      after: 'this document, which was marked\nSECRET\nwas kept in the safe of the embassy.',
    },
    {
      name: 'a grade within a sentence',
      before: 'We keep the channel SECRET.\nThe Secret Service was told.',
      after: 'We keep the channel SECRET.\nThe Secret Service was told.',
    },
  ],
})
