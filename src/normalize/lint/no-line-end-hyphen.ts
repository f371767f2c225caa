import {lineStrips} from '../gaps.ts'
import {joinHyphenatedWord} from '../rules/join-hyphenated-word.ts'
import type {LintRule} from './lint-rule.ts'

/** Words that a line end cuts, as on the typewritten page. */
export const noLineEndHyphen: LintRule = {
  id: 'no-line-end-hyphen',
  summary: 'Words cut by a hyphen at a line end, which a transcript writes whole.',
  examples: [
    {name: 'a word cut in two', text: 'The grouping is or-\nganized along these lines.', actual: ['or-\nganized']},
    {name: 'a compound and a dash', text: 'the cease-\nfire -\nas he said', actual: []},
  ],
  find: (text, {document}) => {
    const {gaps} = lineStrips(document, new Set())
    const joined = new Set(joinHyphenatedWord.find(document, gaps).map(({gap}) => gap))
    return gaps.flatMap((gap, index) => {
      const before = document.lines[gap.before]
      const after = document.lines[gap.after]
      if (!joined.has(index) || before === undefined || after === undefined) return []
      const left = /[\p{L}\p{M}'’]+.$/u.exec(before.text)?.[0] ?? ''
      const right = /^[\p{L}\p{M}]+/u.exec(after.text)?.[0] ?? ''
      const span = {start: before.end - left.length, end: after.start + right.length}
      const actual = text.slice(span.start, span.end)
      const expected = left.slice(0, -1) + right
      const reason = `Unexpected hyphen at a line end in \`${left}\` \`${right}\`, expected \`${expected}\`, write the word whole`
      return [{severity: 'warning' as const, reason, span, actual, expected: [expected]}]
    })
  },
}
