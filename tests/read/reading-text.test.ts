import fc from 'fast-check'
import type {Nodes} from 'mdast'
import {describe, expect, test} from 'vitest'
import {decodeReference, parseMarkdown} from '../../src/read/markdown.ts'
import {readMarkdown} from '../../src/read/reading-text.ts'
import {sourceSpan} from '../../src/read/source-span.ts'

describe('reads as a reader does', () => {
  for (const [name, source, expected] of [
    ['emphasis', 'a *b* **c** ~~d~~ __e__', 'a b c d e'],
    ['an underscore within a word', 'Julieta_Frank_x', 'Julieta_Frank_x'],
    ['links and images', '[a](b) ![c](d) <http://e> www.f.org', 'a  http://e www.f.org'],
    ['headings', '# a #\nb\n\nc\n===', 'a\n\nb\n\nc'],
    ['escapes', '1\\. a\\*b\\\\', '1. a*b\\'],
    ['character references', '&amp;&lt;&#65;&eacute;&nosuch;&amp;amp;', '&<Aé&nosuch;&amp;'],
    ['a reference of two units', '&Afr;', '\u{1d504}'],
    ['comments', 'a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf', 'a  c\n\nf'],
    ['text behind a block comment', '<!-- a --> b', 'b'],
    ['inline tags', 'a<sup>1</sup> <b>c</b>', 'a1 c'],
    ['line breaks', 'a<br>b<br/>\nc  \nd\\\ne\nf', 'a\nb\nc\nd\ne\nf'],
    ['an HTML block', '<div>\n  a &amp; <br> b\n</div>', 'a &\nb'],
    ['an HTML table', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['a script', '<script>\na\n</script>\n\nb', 'b'],
    ['blocks', 'a\n\n\nb\n\n* * *\n\nc', 'a\n\nb\n\nc'],
    ['ordered items', '1. a\n2. b\n\n3) c', '1. a\n2. b\n\n3) c'],
    ['bullet items', '- a\n  b\n- c', '- a\nb\n- c'],
    ['a loose list', '* a\n\n* b\n\n  c', '* a\n\n* b\n\nc'],
    ['nested items', '1. a\n   - b\n2. - c', '1. a\n- b\n2. - c'],
    ['check boxes', '- [x] a\n- [ ] b', '- [x] a\n- [ ] b'],
    ['a quote', '> a\nb\n> > c', 'a\nb\n\nc'],
    ['a quote that holds its own sign', '> a\n> \\> b\n> &gt; c', 'a\n> b\n> c'],
    ['a sign too far in to be a quote', 'a\n     > b', 'a\n> b'],
    ['an indented first line', '    WHEREAS the\nrequires', 'WHEREAS the\nrequires'],
    ['indented code', '    a\n\n      b\n\nc', 'a\n\n  b\n\nc'],
    ['a tab cut by an indent', '- a\n\n\t\tb', '- a\n\n  b'],
    ['fenced code', '```txt\na *b*\n\n c\n```', 'a *b*\n\n c'],
    ['code in a quote', '> ```\n> a\n> b\n> ```', 'a\nb'],
    ['code between backticks', '`` a`b `` `c\nd`', 'a`b c\nd'],
    ['a table', '| a | b\\|c |\n|---|:--|\n| `d\\|e` | |\n| f | *g* |', 'a b|c\nd|e\nf g'],
    ['lines before a table', 'a\nb\nc\n|--|\n| d |', 'a\nb\n\nc\nd'],
    ['a table that an indented line ends', '| a |\n|--|\nb\n     c\n\nd', 'a\nb\n c\n\nd'],
    ['footnotes', 'a[^1] b\n\n[^1]: c', 'a b'],
    ['a footnote without its note', 'a[^1] b', 'a[^1] b'],
    ['definitions', '[a] [b]\n\n[a]: c', 'a [b]'],
    ['front matter', '---\na: b\n---\nc', 'c'],
    ['white space at the ends of lines', '  a \t\n  b ', 'a\nb'],
    ['NUL', 'a\0b `c\0`', 'a\ufffdb c\ufffd'],
    ['a byte order mark', '\ufeffa', 'a'],
    ['CRLF', 'a\r\nb\r\n\r\nc  \r\nd', 'a\nb\n\nc\nd'],
    ['lone CR', 'a\rb\r\rc', 'a\nb\n\nc'],
    ['nothing', '', ''],
    ['a comment only', '<!-- a -->', ''],
  ] as const) {
    test(name, () => {
      expect(readMarkdown(source).text).toBe(expected)
      expectExact(source)
    })
  }
})

test('the end of the text is the end of its last character in the source', () => {
  const {origin, text} = readMarkdown('*a&amp;*\n')
  expect(text).toBe('a&')
  expect(origin).toEqual([1, 2, 7])
})

test('offsets count the byte order mark', () => {
  expect(readMarkdown('\ufeffa').origin).toEqual([1, 2])
  expect(readMarkdown('\ufeff---\na: b\n---\nc').frontMatter).toEqual({start: 1, end: 13})
})

test('a comment that nothing closes is told', () => {
  expect(readMarkdown('a\n\n<!-- page 2\n\nb').unclosedComments).toEqual([3])
  expect(readMarkdown('a <!-- b').unclosedComments).toEqual([])
})

test('what is left out is told with its place', () => {
  expect(readMarkdown('a <!-- b -->\n\nc[^1]\n\n[^1]: d').omissions).toEqual([
    {at: 2, kind: 'comment', source: '<!-- b -->'},
    {at: 5, kind: 'footnote', source: '[^1]'},
  ])
})

// ---------------------------------------------------------------- laws

const word = fc.constantFrom('alpha', 'Beta', 'gamma', 'Дом', 'e\u0301clair', 'it’s', '\u{1f600}x', 'U.S.', 'delta')
const inline = fc.oneof(
  {weight: 12, arbitrary: word},
  word.map(text => `*${text}*`),
  word.map(text => `**${text}**`),
  word.map(text => `[${text}](http://x.y "z")`),
  word.map(text => `\`${text}\``),
  fc.constantFrom(
    '&amp;',
    '&#65;',
    '&eacute;',
    '&nosuch;',
    '&gt;',
    '\\*',
    '\\>',
    '\\\\',
    '\\[',
    '1\\.',
    '&Afr;',
    '&#32;',
  ),
  fc.constantFrom(
    '<b>',
    '</b>',
    '<br>',
    '<!-- page 2 -->',
    '[^1]',
    '![a](b)',
    '[sic]',
    '[illegible]',
    '>',
    '#',
    '|',
    '*',
    '_',
    '`',
    '<',
    '~~',
    '\\',
  ),
  fc.constantFrom('a@b.org', 'http://a.b/c', '\t', '\0', '\u00a0', '\u2028'),
)
const line = fc.array(inline, {minLength: 1, maxLength: 6}).map(parts => parts.join(' '))
const paragraph = fc
  .array(
    fc.tuple(fc.constantFrom('', '', '', ' ', '    ', '\t', '     > '), line, fc.constantFrom('', '', ' ', '  ', '\\')),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map(lines => lines.map(parts => parts.join('')).join('\n'))
const block: fc.Arbitrary<string> = fc.letrec<{block: string}>(tie => ({
  block: fc.oneof(
    {maxDepth: 3, withCrossShrink: true},
    paragraph,
    line.map(text => `# ${text}`),
    line.map(text => `${text}\n---`),
    line.map(text => `\`\`\`\n${text}\n\n  ${text}\n\`\`\``),
    line.map(text => `    ${text}\n\t  ${text}`),
    line.map(text => `<div>\n${text}\n</div>`),
    fc.tuple(word, line, line).map(([head, a, b]) => `| ${head} | b |\n|--|--|\n| ${a} |\n| ${b} | c |`),
    fc.constantFrom('* * *', '<!-- page 3 -->', '[^1]: note', '[alpha]: http://x.y'),
    fc.array(tie('block'), {minLength: 1, maxLength: 3}).map(blocks => prefix('> ', blocks.join('\n\n'))),
    fc.array(tie('block'), {minLength: 1, maxLength: 3}).map(blocks => prefix('>', blocks.join('\n'))),
    fc
      .tuple(
        fc.constantFrom('- ', '1. ', '* [x] ', '10) ', '-\t'),
        fc.array(tie('block'), {minLength: 1, maxLength: 3}),
      )
      .map(([bullet, items]) =>
        items.map(item => bullet + prefix(' '.repeat(bullet.length), item).trimStart()).join('\n'),
      ),
  ),
})).block
const document = fc
  .tuple(
    fc.constantFrom('', '', '\ufeff', '---\ntitle: a\n---\n'),
    fc.array(block, {maxLength: 5}),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
    fc.constantFrom('\n\n', '\n'),
  )
  .map(([head, blocks, lineEnd, between]) => (head + blocks.join(between)).replace(/\n/g, lineEnd))

const runs = {seed: 1, numRuns: 600}

test('every character leads back to itself, in order', () => {
  fc.assert(fc.property(document, expectExact), runs)
})

test('no letter is lost or made', () => {
  fc.assert(
    fc.property(document, source => {
      const expected = letters(naive(parseMarkdown(source.replace(/^\ufeff/, ''))))
      expect(letters(readMarkdown(source).text)).toBe(expected)
    }),
    runs,
  )
})

test('any text at all is read', () => {
  const unit = fc.constantFrom(
    ...'ab \t\n\r>-*_`~#[]()<>!|\\&;:1.^=+\0'.split(''),
    '&amp;',
    '<!--',
    '-->',
    '\ud800',
    '    ',
  )
  fc.assert(
    fc.property(
      fc.array(unit, {maxLength: 40}).map(units => units.join('')),
      expectExact,
    ),
    runs,
  )
})

test('replacing the source of a word changes that word and no other', () => {
  fc.assert(
    fc.property(
      document.filter(source => !/^\s*>*\s*\[alpha\]:/m.test(source)),
      fc.nat(),
      (source, pick) => {
        const reading = readMarkdown(source)
        const words = [...reading.text.matchAll(/(?<![^\s])[A-Za-z]{2,}(?![^\s])/g)]
        const chosen = words[pick % words.length]
        if (!chosen) return
        const start = chosen.index
        const end = start + chosen[0].length
        const place = sourceSpan({...reading, source}, {start, end})
        // A word that markup cuts (`al*pha*`) is more than its letters in the source.
        if (source.slice(place.start, place.end) !== chosen[0]) return
        const changed = `${source.slice(0, place.start)}Quu${source.slice(place.end)}`
        expect(readMarkdown(changed).text).toBe(`${reading.text.slice(0, start)}Quu${reading.text.slice(end)}`)
      },
    ),
    runs,
  )
})

test('plain lines read as they do where the parser sees them', () => {
  fc.assert(
    fc.property(document, source => {
      // With a `&` in each of its words, a line is not plain; and what it is to the blocks around it stays.
      const seen = readMarkdown(source.replace(/alpha|gamma|delta|Beta/g, word => `${word[0]}&${word.slice(1)}`))
      expect(seen.text.replace(/(?<=[agdB])&/g, '')).toBe(readMarkdown(source).text)
    }),
    runs,
  )
})

function prefix(mark: string, text: string): string {
  return text
    .split('\n')
    .map(part => mark + part)
    .join('\n')
}

/** The text of a tree, without a thought for places: what the reading must agree with. */
function naive(node: Nodes): string {
  if (node.type === 'html') {
    return node.value
      .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
      .replace(/<[!/?A-Za-z][^<>]*>/g, '')
      .replace(/&[#A-Za-z0-9]+;/g, decodeReference)
  }
  if (node.type === 'yaml' || node.type === 'footnoteDefinition') return ''
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(naive).join(' ') : ''
}

/** Letters only: white space and list markers are the reading's own. */
function letters(text: string): string {
  return text
    .replace(/\[x\]/g, '')
    .replace(/[^\p{L}\p{M}\p{S}]/gu, '')
    .replace(/[+>|<~`^=]/g, '')
}

function expectExact(source: string): void {
  const {text, origin} = readMarkdown(source)
  expect(origin).toHaveLength(text.length + 1)
  let last = 0
  for (let index = 0; index <= text.length; index++) {
    const at = origin[index]!
    const unit = text[index] ?? '\n'
    const right = at >= last && at <= source.length && (/[ \t\n]/.test(unit) || standsFor(source, at, unit))
    if (!right) throw new Error(`${JSON.stringify(text)}: unit ${index} is not at ${at} of ${JSON.stringify(source)}`)
    last = at
  }
}

function standsFor(source: string, at: number, unit: string): boolean {
  if (source[at] === unit) return true
  if (source[at] === '\0' && unit === '\ufffd') return true
  if (source[at] === '\\' && source[at + 1] === unit) return true
  const reference = /^&[#A-Za-z0-9]+;/.exec(source.slice(at, at + 40))
  return reference !== null && decodeReference(reference[0]).includes(unit)
}
