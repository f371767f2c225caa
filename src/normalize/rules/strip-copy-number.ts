import {lexicalRule} from '../lexical-rule.ts'

/** Copy and log numbers that registries put on a paper. */
export const stripCopyNumber = lexicalRule({
  id: 'strip-copy-number',
  family: 'copy-number',
  summary: 'Strip copy numbers and registry numbers: Copy No. 3, COPY 1 OF 2 COPIES, SYSTEM II 90555.',
  why: 'The first page bears which copy it is and its number in the registry: `SYSTEM II / 90555`, `COPY 1 OF 2 COPIES`, `NSC 8590123`.',
  source: 'National Security Decision Directives of 1986; routing practice of the National Security Council.',
  vocabulary: {
    words: ['COPY NO OF', 'LOG NUMBER', 'COPY NO', 'COPY NUMBER', 'NSC LOG'],
    phrases: ['SYSTEM II', 'SYSTEM IV', 'COPIES PRINTED', 'SERIES A COPY'],
    identifiers: [
      {
        name: 'the number of pages and copies',
        pattern:
          /^\W{0,3}(?:this (?:document|cable|letter) (?:consists of|contains) \d{1,3} pages?\.?|(?:no|number|copy)\.? ?\d{1,3} of \d{1,3} copies(?:,? series [A-Z])?)[.,;\s]{0,3}(?:(?:no|number|copy)\.? ?\d{1,3} of \d{1,3} copies(?:,? series [A-Z])?)?\W{0,3}$/giu,
      },
      {
        name: 'a copy number',
        bare: true,
        pattern:
          /(?<!\p{L})cop(?:y|ies)\s?(?:no\.?|number|#)?\s?\d{1,3}(?:\s?of\s?\d{1,3}(?:\s?cop(?:y|ies))?)?(?:,?\s?series\s?[A-Z])?(?=\W*$)/giu,
      },
      {
        name: 'a registry number',
        pattern:
          /^\W{0,3}(?:NSC\s?[#/]?\s?|SYSTEM\s(?:I{1,3}|IV)\s?#?\s?|LOG\s?#?\s?|S\/S\s?)\d{4,8}(?:\s?(?:add[\s-]?on|redo|re-do)\s?\d?)?\W{0,3}$/giu,
      },
      {
        name: 'a number of the National Security Council',
        pattern: /(?<=NATIONAL SECURITY COUNCIL\W{1,5})\d{4,6}\W{0,2}$/gu,
      },
    ],
  },
  examples: [
    {
      name: 'a registry number at the top',
      before: 'SYSTEM II 90555\n\nI have completed my review of the reports.\n\nThey are good.\n\nI thank you.',
      after: 'I have completed my review of the reports.\n\nThey are good.\n\nI thank you.',
    },
    {
      name: 'copies in a sentence',
      before: 'We sent copy 1 of the treaty by courier and kept 2 copies.',
      after: 'We sent copy 1 of the treaty by courier and kept 2 copies.',
    },
  ],
})
