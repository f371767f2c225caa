import type {JoinRule} from '../rule.ts'

/** Leave one blank line between paragraphs. */
export const foldBlankLines: JoinRule = {
  kind: 'join',
  id: 'fold-blank-lines',
  family: 'spacing',
  summary: 'Leave one blank line where several stand between paragraphs.',
  why: 'Where a page ended or a stamp stood, transcripts and readings leave a hole.',
  source: 'The two letters of the sample.',
  find: (document, gaps) =>
    gaps.flatMap(({separators}, gap) =>
      separators.flatMap(span => {
        const text = document.raw.slice(span.start, span.end)
        if (text.includes('\f') || (text.match(/\n/g)?.length ?? 0) < 3) return []
        return [{gap, span, replacement: '\n\n', reason: 'several blank lines stand between paragraphs'}]
      }),
    ),
  examples: [
    {name: 'a hole between paragraphs', before: 'our countries.\n\n\n\nI think', after: 'our countries.\n\nI think'},
    {name: 'one blank line', before: 'our countries.\n\nI think', after: 'our countries.\n\nI think'},
  ],
}
