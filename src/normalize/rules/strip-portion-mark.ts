import type {Line} from '../document.ts'
import type {Found, MarkingRule} from '../rule.ts'

/** Grades of single paragraphs; part of the letter unless a profile says otherwise. */
export const stripPortionMark: MarkingRule = {
  kind: 'marking',
  id: 'strip-portion-mark',
  family: 'portion-mark',
  summary: 'Strip the grades of paragraphs, (S) or (TS), at their beginning or end; the built-in profiles keep them.',
  why: "Each paragraph of a graded paper bears its own grade in brackets. Editions print it, so it counts as the letter's; a corpus whose transcripts leave it out sets the family to `strip`. The line stays in any case.",
  source:
    'Foreign Relations of the United States, which prints portion marks; Information Security Oversight Office on portion marking.',
  find: document => document.lines.flatMap(marksOf),
  examples: [
    {
      name: 'at the beginning and the end of a paragraph',
      before: '(S) The minister was brief.\n\nHe left before noon. (TS/NF)',
      after: 'The minister was brief.\n\nHe left before noon.',
    },
    {
      name: 'a letter in brackets within a sentence',
      before: 'Vitamin (C) is sour, and so is plan (S) of the list.',
      after: 'Vitamin (C) is sour, and so is plan (S) of the list.',
    },
  ],
}

const grade = '\\((?:TS|S|C|U|R|SBU|LOU|FOUO|C\\/NF|S\\/NF|TS\\/NF|S\\/\\/NF|TS\\/\\/[A-Z\\/]{2,20})\\)'
const atStart = new RegExp(`^(?:(?:\\d{1,3}\\.|[-•–—*])\\s{0,3})?(${grade})\\s+(?=\\S)`, 'u')
const atEnd = new RegExp(`(?<=[.?!:;"”)\\p{L}])\\s{1,3}(${grade})$`, 'u')

function marksOf(line: Line): readonly Found[] {
  return [atStart.exec(line.text), atEnd.exec(line.text)].flatMap(match => {
    const mark = match?.[1]
    if (match === null || mark === undefined) return []
    const start = line.start + match.index + match[0].indexOf(mark)
    return [
      {
        action: 'strip' as const,
        span: {start, end: start + mark.length},
        line: line.index,
        wholeLine: false,
        replacement: '',
        repeats: null,
        evidence: [{kind: 'form' as const, score: 4, reason: 'is the grade of a paragraph'}],
      },
    ]
  })
}
