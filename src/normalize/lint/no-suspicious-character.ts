import type {LintRule} from './lint-rule.ts'

/** Characters that stand for something that was lost, or that nobody sees. */
export const noSuspiciousCharacter: LintRule = {
  id: 'no-suspicious-character',
  summary: 'Replacement and invisible characters, ligatures, and signs or figures within words.',
  examples: [
    {name: 'a lost character', text: 'The na\uFFFDve view prevailed.', actual: ['\uFFFD']},
    {name: 'a sign within a word', text: 'thie informat{on was g0od', actual: ['informat{on', 'g0od']},
    {name: 'a soft hyphen and a ligature', text: 'the con\u00adfidential ofﬁce', actual: ['\u00ad', 'ﬁ']},
    {name: 'names and numbers', text: 'the B52s, MI5, U2s, 1980s, 20th, F-16s and K.U. Chernenko – «мир»', actual: []},
  ],
  find: text => {
    const found = kinds.flatMap(({pattern, what, expected, action}) =>
      [...text.matchAll(pattern)].map(match => {
        const actual = match[0]
        const span = {start: match.index, end: match.index + actual.length}
        const wanted = expected(actual)
        const shown = wanted === null ? 'a letter' : wanted === '' ? 'nothing' : `\`${wanted}\``
        return {
          severity: 'warning' as const,
          reason: `Unexpected ${what} ${show(actual)}, expected ${shown}, ${action}`,
          span,
          actual,
          expected: wanted === null ? [] : [wanted],
        }
      }),
    )
    return found.sort((a, b) => a.span.start - b.span.start)
  },
}

interface Kind {
  readonly pattern: RegExp
  readonly what: string
  /** What should stand there; null where only a person can say. */
  readonly expected: (actual: string) => string | null
  readonly action: string
}

const kinds: readonly Kind[] = [
  {
    pattern: /\uFFFD/gu,
    what: 'replacement character',
    expected: () => null,
    action: 'read it on the scan',
  },
  {
    pattern:
      /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]/gu,
    what: 'invisible character',
    expected: () => '',
    action: 'remove it',
  },
  {
    pattern: /[\ufb00-\ufb06]/gu,
    what: 'ligature',
    expected: actual => actual.normalize('NFKC'),
    action: 'write its letters',
  },
  {
    pattern: /\p{Co}/gu,
    what: 'private character',
    expected: () => null,
    action: 'read it on the scan',
  },
  {
    pattern: /(?<![\p{L}\p{N}])\p{L}*\p{Ll}[{}|¦¬~^<>\\§©®][\p{L}{}|¦¬~^<>\\§©®]*\p{L}/gu,
    what: 'sign within the word',
    expected: () => null,
    action: 'read it on the scan',
  },
  {
    // A figure with small letters on both sides, or in place of the first letter: `g0od`, `0f`.
    pattern: /(?<![\p{L}\p{N}./@#_-])(?:\p{L}*\p{Ll}\d\p{Ll}+|[0158](?:f|n|t|r|s)(?=\s))(?![\p{L}\p{N}./@_-])/gu,
    what: 'figure within the word',
    expected: () => null,
    action: 'read it on the scan',
  },
]

/** A character that nobody sees by its code point. */
function show(actual: string): string {
  if (actual.length > 2 || /[\p{L}\ufffd]/u.test(actual)) return `\`${actual}\``
  return `U+${(actual.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
