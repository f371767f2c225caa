import type {DocumentView, Line} from '../document.ts'
import {latinReadingOf} from '../lookalikes.ts'
import type {Found, MarkingRule} from '../rule.ts'
import {russianShare} from '../russian.ts'

/** Cyrillic letters in place of the Latin ones they look like. */
export const repairCyrillicLookalikes: MarkingRule = {
  kind: 'marking',
  id: 'repair-cyrillic-lookalikes',
  family: 'look-alikes',
  summary: 'Repair Latin words spelled with Cyrillic letters of the same look: сору for copy, ЗECRET for SECRET.',
  why: 'An engine that knows both scripts takes Cyrillic letters for Latin ones of the same shape, for a whole word or in the middle of one.',
  source: 'Unicode confusables (UTS #39); 506 lines of declassified files in which every Cyrillic word is a Latin one.',
  find: document => document.lines.flatMap(line => repairs(line, document)),
  examples: [
    {name: 'whole words', before: 'The сору was sent in a Вох to Сива.', after: 'The copy was sent in a Box to Cuba.'},
    {name: 'a word of both scripts', before: 'The Sесretary of State came.', after: 'The Secretary of State came.'},
    {
      name: 'Russian words',
      before: 'Он сказал: «мир», and I said: peace.\nНаше общее дело.',
      after: 'Он сказал: «мир», and I said: peace.\nНаше общее дело.',
    },
  ],
}

function repairs(line: Line, document: DocumentView): readonly Found[] {
  const foreign = line.reading.tokens.filter(({scripts}) => scripts === 'cyrillic' || scripts === 'mixed')
  if (foreign.length === 0) return []
  const read = foreign.map(({text}) => latinReadingOf(text, document))
  const cyrillic = foreign.filter(({scripts}) => scripts === 'cyrillic').map(({text}) => text)
  // In a line of Russian a word that could be read as Latin is Russian.
  if (cyrillic.length >= 2 && russianShare(cyrillic) >= 0.4 && read.some(reading => reading === null)) return []
  return foreign.flatMap((token, index) => {
    const reading = read[index]
    if (reading === null || reading === undefined || reading === token.text) return []
    return [
      {
        action: 'repair' as const,
        span: {start: line.start + token.start, end: line.start + token.end},
        line: line.index,
        wholeLine: false,
        replacement: reading,
        repeats: null,
        evidence: [{kind: 'script' as const, score: 2, reason: `Cyrillic letters that look like \`${reading}\``}],
      },
    ]
  })
}
