import type {LintRule} from './lint-rule.ts'

/** The same word twice in a row, over a line end as well. */
export const noDoubledWord: LintRule = {
  id: 'no-doubled-word',
  summary: 'The same word twice in a row.',
  examples: [
    {name: 'over a line end', text: 'We look forward to the\nthe next meeting.', actual: ['the\nthe']},
    {
      name: 'words that may stand twice',
      text: 'He had had enough, and he knew that that was all. New York, New York. 50 50. Ha ha.',
      actual: [],
    },
  ],
  find: text =>
    [...text.matchAll(doubled)].flatMap(match => {
      const [actual, word = ''] = match
      if (mayStandTwice.has(word.toLowerCase())) return []
      const span = {start: match.index, end: match.index + actual.length}
      const reason = `Unexpected second \`${word}\`, expected it once, remove one or mark it \`[sic]\``
      return [{severity: 'warning' as const, reason, span, actual, expected: [word]}]
    }),
}

/** A paragraph's end lies between the same words by chance. */
const doubled =
  /(?<![\p{L}\p{N}\p{M}'’-])(\p{L}[\p{L}\p{M}'’]*)(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)\1(?![\p{L}\p{N}\p{M}'’-])/giu
const mayStandTwice = new Set([
  'had',
  'that',
  'very',
  'ha',
  'no',
  'so',
  'bye',
  'tut',
  'hear',
  'da',
  'нет',
  'да',
  'очень',
  'еле',
])
