import {latinCapital, scriptsOf} from '../script.ts'
import type {LintRule} from './lint-rule.ts'

/** Words of Latin and Cyrillic letters, or of Cyrillic look-alikes alone. */
export const noMixedScript: LintRule = {
  id: 'no-mixed-script',
  summary: 'Words spelled with letters of another script that look the same.',
  examples: [
    {name: 'one Cyrillic letter', text: 'The Sеcretary of State came.', actual: ['Sеcretary']},
    {name: 'a word of look-alikes', text: 'The сору was sent on time.', actual: ['сору']},
    {name: 'Russian words', text: 'Доверяй, но проверяй: he said мир, and I said peace.', actual: []},
  ],
  find: (_, {document, candidates}) => {
    const repairs = candidates.filter(({action}) => action === 'repair')
    return document.lines.flatMap(line =>
      line.reading.tokens.flatMap(({start, end, text: actual}) => {
        const span = {start: line.start + start, end: line.start + end}
        const repair = repairs.find(candidate => candidate.span.start === span.start)
        if (repair === undefined && scriptsOf(actual) !== 'mixed') return []
        const expected = repair === undefined ? [] : [repair.replacement]
        const wanted = expected[0] === undefined ? 'letters of one script' : `\`${expected[0]}\``
        const reason = `Unexpected ${lettersOf(actual)} in \`${actual}\`, expected ${wanted}, type the word again`
        return [{severity: 'warning' as const, reason, span, actual, expected}]
      }),
    )
  },
}

/** The letters that are foreign to a word, with their code points. */
function lettersOf(word: string): string {
  const cyrillic = [...word].filter(character => scriptsOf(character) === 'cyrillic')
  const latin = [...word].filter(character => scriptsOf(character) === 'latin')
  const fewer = latin.length > 0 && latin.length < cyrillic.length ? latin : cyrillic
  const name = fewer === latin ? 'Latin' : 'Cyrillic'
  const [first = ''] = fewer
  const twin = latinCapital(first) === null ? '' : ', which only looks the same,'
  const code = (first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `${name} \`${first}\` (U+${code})${twin}`
}
