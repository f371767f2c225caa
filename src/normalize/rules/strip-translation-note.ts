import {lexicalRule} from '../lexical-rule.ts'

/** The remark that a letter is a translation; part of the letter unless a profile says otherwise. */
export const stripTranslationNote = lexicalRule({
  id: 'strip-translation-note',
  family: 'translation-note',
  summary: 'Strip `Unofficial translation` and the like; the profile `letter` keeps it.',
  why: 'The remark is typed above the letter. The Thatcher Foundation prints it as the first line, the Office of the Historian says it in a note.',
  source: 'Gorbachev to Reagan, 12 October 1985, in both editions.',
  vocabulary: {
    phrases: [
      'UNOFFICIAL TRANSLATION',
      'INFORMAL TRANSLATION',
      'COURTESY TRANSLATION',
      'TRANSLATION FROM THE RUSSIAN',
      'TRANSLATED FROM THE RUSSIAN',
      'НЕОФИЦИАЛЬНЫЙ ПЕРЕВОД',
      'ПЕРЕВОД С АНГЛИЙСКОГО',
    ],
  },
  examples: [
    {
      name: 'the first line',
      before: 'Unofficial translation\n\nDear Mr. President,\n\nI thank you.\n\nYours',
      after: 'Dear Mr. President,\n\nI thank you.\n\nYours',
    },
    {
      name: 'a sentence about a translation',
      before: 'An unofficial translation was made by the embassy.',
      after: 'An unofficial translation was made by the embassy.',
    },
  ],
})
