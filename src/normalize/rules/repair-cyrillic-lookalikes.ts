import type {DocumentView, Line} from '../document.ts'
import {cyrillicReadingOf, latinReadingOf} from '../lookalikes.ts'
import type {Found, MarkingRule} from '../rule.ts'
import {russianShare} from '../russian.ts'
import {isLookalike} from '../script.ts'
import type {Token} from '../tokens.ts'

/** Cyrillic letters in place of the Latin ones they look like. */
export const repairCyrillicLookalikes: MarkingRule = {
  kind: 'marking',
  id: 'repair-cyrillic-lookalikes',
  family: 'look-alikes',
  summary: 'Repair words spelled with letters of the other script that look the same: сору for copy, Сesar for Cesar.',
  why: 'An engine that knows both scripts takes Cyrillic letters for Latin ones of the same shape, for a whole word or in the middle of one.',
  source: 'Unicode confusables (UTS #39); 506 lines of declassified files in which every Cyrillic word is a Latin one.',
  find: document => document.lines.flatMap(line => repairs(line, document)),
  examples: [
    {name: 'whole words', before: 'The сору was sent in a Вох to Сива.', after: 'The copy was sent in a Box to Cuba.'},
    {name: 'a word of both scripts', before: 'The Sесretary of State came.', after: 'The Secretary of State came.'},
    {
      name: 'a Latin letter in a Russian word',
      before: 'Мы xотим мира, а не войны.',
      after: 'Мы хотим мира, а не войны.',
    },
    {
      name: 'Russian words',
      before: 'Он сказал: «мир», and I said: peace.\nНаше общее дело.',
      after: 'Он сказал: «мир», and I said: peace.\nНаше общее дело.',
    },
  ],
}

function isQuoted(text: string, {start, end}: Token): boolean {
  return /[«"“„'‘]$/u.test(text.slice(0, start)) && /^[»"”“'’]/u.test(text.slice(end))
}

function repairs(line: Line, document: DocumentView): readonly Found[] {
  const {tokens} = line.reading
  const cyrillic = tokens.filter(({scripts}) => scripts === 'cyrillic')
  const latin = tokens.filter(({scripts}) => scripts === 'latin')
  // In a line of Russian a word that could be read as Latin is Russian, and a Latin letter in a word is Cyrillic.
  const isRussian =
    cyrillic.length > latin.length && cyrillic.length >= 2 && russianShare(cyrillic.map(({text}) => text)) >= 0.4
  // Beside Russian that no Latin letters spell, and in quotation marks, a word that could be read as Latin is Russian, too.
  const spoken = cyrillic.some(({text, kind}) => kind === 'word' && text.length >= 3 && !isLookalike(text))
  return tokens.flatMap(token => {
    if (token.scripts !== 'cyrillic' && token.scripts !== 'mixed') return []
    const isWhole = token.scripts === 'cyrillic' && token.kind === 'word'
    if (isWhole && !isRussian && (spoken || isQuoted(line.text, token))) return []
    const reading = isRussian ? cyrillicReadingOf(token.text) : latinReadingOf(token.text, document)
    if (reading === null || reading === token.text) return []
    const script = isRussian ? 'Latin' : 'Cyrillic'
    return [
      {
        action: 'repair' as const,
        span: {start: line.start + token.start, end: line.start + token.end},
        line: line.index,
        wholeLine: false,
        replacement: reading,
        repeats: null,
        evidence: [{kind: 'script' as const, score: 2, reason: `${script} letters that look like \`${reading}\``}],
      },
    ]
  })
}
