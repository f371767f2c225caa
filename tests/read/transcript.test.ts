import {existsSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {fileURLToPath} from 'node:url'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type Transcript, UserError} from '../../src/model.ts'
import {sourceSpan} from '../../src/read/source-span.ts'
import {parseTranscript, pointAt, readTranscript} from '../../src/read/transcript.ts'
import {makeCorpus} from './fixtures.ts'

function parse(source: string | Uint8Array): ReturnType<typeof parseTranscript> {
  return parseTranscript(typeof source === 'string' ? Buffer.from(source) : source, 'transcripts/a.md', 'a')
}

describe('front matter', () => {
  for (const [name, source, expected] of [
    [
      'values as text, as written',
      'title: "A: b"\ndate: 1985-03-24\nnumber: 007\nyes: true\nnone:',
      {title: 'A: b', date: '1985-03-24', number: '007', yes: 'true', none: ''},
    ],
    ['nested values are left out', 'a: [1, 2]\nb: {c: d}\ne: &x f\ng: *x', {e: 'f'}],
    ['folded text', 'a: >-\n  b\n  c', {a: 'b c'}],
    [
      'keys that are names of Object',
      '__proto__: a\nconstructor: b',
      Object.fromEntries([
        ['__proto__', 'a'],
        ['constructor', 'b'],
      ]),
    ],
    ['nothing', '', {}],
  ] as const) {
    test.each(['\n', '\r\n', '\r'])(`${name} (line ends %j)`, lineEnd => {
      const {transcript, findings} = parse(`---\n${source}\n---\n\ntext\n`.replace(/\n/g, lineEnd))
      expect(transcript.metadata).toEqual(expected)
      expect(transcript.text).toBe('text')
      expect(findings).toEqual([])
    })
  }

  test('that is broken is a warning with its place', () => {
    const {transcript, findings} = parse('\ufeff---\r\na: b\r\nc: [d\r\n---\r\ntext')
    expect(transcript).toMatchObject({metadata: {}, text: 'text'})
    expect(findings).toMatchObject([
      {ruleId: 'read:front-matter', severity: 'warning', file: 'transcripts/a.md', point: {line: 3}},
    ])
  })

  test.each([
    ['a list', '---\n- a\n---\ntext', {line: 2, column: 1, offset: 4}],
    ['a key twice', '---\na: b\na: c\n---\ntext', {line: 3, column: 1, offset: 9}],
    ['without an end', '---\ntitle: b\n\ntext', {line: 1, column: 1, offset: 0}],
  ])('%s is a warning', (_, source, point) => {
    expect(parse(source).findings).toMatchObject([{ruleId: 'read:front-matter', severity: 'warning', point}])
  })
})

describe('marks', () => {
  for (const [name, source, text, marks] of [
    ['gaps stay', 'a [illegible] b', 'a [illegible] b', ['gap 2-13 [illegible]']],
    [
      'gaps in emphasis',
      'a [*text not declassified*] b',
      'a [text not declassified] b',
      ['gap 2-25 [*text not declassified*]'],
    ],
    ['escaped gaps', 'a \\[redacted\\]', 'a [redacted]', ['gap 2-12 \\[redacted\\]']],
    [
      'gaps of dots',
      '[...] [\u2026] [. . .]',
      '[...] [\u2026] [. . .]',
      ['gap 0-5 [...]', 'gap 6-9 [\u2026]', 'gap 10-17 [. . .]'],
    ],
    [
      'gaps that say how much',
      '[1½ lines not declassified]',
      '[1½ lines not declassified]',
      ['gap 0-27 [1½ lines not declassified]'],
    ],
    ['what stands there', '[handwritten: Ron]', '[handwritten: Ron]', ['gap 0-18 [handwritten: Ron]']],
    ['the rest', '[Remainder in own hand]', '[Remainder in own hand]', ['gap 0-23 [Remainder in own hand]']],
    [
      'double brackets',
      '[[unclear]] [[guess?]]',
      '[[unclear]] guess',
      ['gap 0-11 [[unclear]]', 'remark 17-17 [[guess?]]'],
    ],
    ['a gap over a line end', '[not\ndeclassified]', '[not\ndeclassified]', ['gap 0-18 [not\ndeclassified]']],
    ['a remark goes with its blank', 'teh [sic] cat', 'teh cat', ['remark 3-3 [sic]']],
    ['a remark before a stop', 'teh [sic].', 'teh.', ['remark 3-3 [sic]']],
    ['a remark on a word', 'teh[?] cat', 'teh cat', ['remark 3-3 [?]']],
    ['a doubtful word', 'a [Minsk?] b', 'a Minsk b', ['remark 7-7 [Minsk?]']],
    ['footnotes', 'a[^1] b[^2]\n\n[^1]: c', 'a b', ['remark 1-1 [^1]', 'remark 3-3 [^2]']],
    ['a page mark in a sentence', 'a [end p1] b', 'a b', ['page 1-1 [end p1]']],
    ['a page mark between paragraphs', 'a\n\n<!-- page 2 -->\n\nb', 'a\n\nb', ['page 1-1 <!-- page 2 -->']],
    ['a page mark as a paragraph', 'a\n\n[Page 529]\n\nb', 'a\n\nb', ['page 1-1 [Page 529]']],
    ['a page mark at a line end', 'a [page 2]\nb', 'a\nb', ['page 1-1 [page 2]']],
    ['a page mark in a line', 'a <!-- page --> b', 'a b', ['page 1-1 <!-- page -->']],
    [
      'page marks at both ends',
      '<!-- page 1 -->\n\na\n\n[p. 2 of 2]',
      'a',
      ['page 0-0 <!-- page 1 -->', 'page 1-1 [p. 2 of 2]'],
    ],
    [
      'marks side by side',
      'a [sic] [end of page 1] <!-- page 2 --> b',
      'a b',
      ['remark 1-1 [sic]', 'page 1-1 [end of page 1]', 'page 1-1 <!-- page 2 -->'],
    ],
    ['a mark right before a gap', 'a [sic] [illegible]', 'a [illegible]', ['remark 1-1 [sic]', 'gap 2-13 [illegible]']],
    ['a comment that marks nothing', 'a <!-- check --> b', 'a b', []],
    [
      'brackets of the letter',
      'a [Secretary Shultz] b [ ] [1] [Did he go there at all?]',
      'a [Secretary Shultz] b [ ] [1] [Did he go there at all?]',
      [],
    ],
    [
      'brackets that do not match',
      '[illegible]] [[sic] [b',
      '[illegible]] [ [b',
      ['gap 0-11 [illegible]', 'remark 14-14 [sic]'],
    ],
    ['a mark at the start of a line', '[Page 1] a [p. 2]', 'a', ['page 0-0 [Page 1]', 'page 1-1 [p. 2]']],
    ['only a mark', '[sic]', '', ['remark 0-0 [sic]']],
  ] as const) {
    test(name, () => {
      const {transcript} = parse(source)
      expect(transcript.text).toBe(text)
      expect(
        transcript.marks.map(({kind, span, source: written}) => `${kind} ${span.start}-${span.end} ${written}`),
      ).toEqual(marks)
      expect(transcript.origin).toHaveLength(text.length + 1)
      expectOrder(transcript)
    })
  }

  test('lie where they say, whatever surrounds them', () => {
    const part = fc.constantFrom(
      'a',
      'b.',
      ' ',
      '\n',
      '\n\n',
      '[sic]',
      '[illegible]',
      '[c?]',
      '<!-- page 2 -->',
      '[^1]',
      '[end p1]',
      '*',
      '[',
      ']',
      '<!-- x -->',
    )
    fc.assert(
      fc.property(fc.array(part, {maxLength: 25}), parts => {
        const {transcript} = parse(parts.join(''))
        expectOrder(transcript)
        let last = 0
        for (const {kind, span} of transcript.marks) {
          const marked = transcript.text.slice(span.start, span.end)
          if (span.start < last || (kind === 'gap' ? !marked.includes('[illegible]') : marked !== ''))
            throw new Error(JSON.stringify(transcript))
          last = span.start
        }
        expect(transcript.text).not.toMatch(/\[sic\]|\[end p1\]|\[c\?\]/)
      }),
      {seed: 1, numRuns: 1000},
    )
  })
})

describe('findings', () => {
  test.each([
    ['an empty file', ''],
    ['a byte order mark only', '\ufeff'],
    ['front matter only', '---\ntitle: a\n---\n'],
    ['a comment only', '<!-- to do -->'],
  ])('%s is an error', (_, source) => {
    expect(parse(source).findings).toMatchObject([{ruleId: 'read:empty-transcript', severity: 'error', page: null}])
  })

  test.each([
    ['a byte of Latin-1', [0x61, 0x0a, 0x62, 0xe9, 0x63], 3, 2, 'a\nb\ufffdc', '0xe9'],
    ['a sequence that breaks off', [0x61, 0xe2, 0x82, 0x61], 1, 1, 'a\ufffda', '0xe2'],
    ['a sequence that begins as U+FFFD does', [0x61, 0xef, 0xbf, 0x41], 1, 1, 'a\ufffdA', '0xef'],
    ['the end of a sequence', [0x80, 0x61], 0, 1, '\ufffda', '0x80'],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1, 1, 'a\ufffd\ufffd\ufffd', '0xed'],
    ['a bad byte after U+FFFD itself', [0xef, 0xbf, 0xbd, 0xff], 3, 1, '\ufffd\ufffd', '0xff'],
    ['a bad byte after a byte order mark', [0xef, 0xbb, 0xbf, 0xff], 3, 1, '\ufffd', '0xff'],
  ])('%s is an error that names byte and line', (_, bytes, at, line, text, byte) => {
    const {transcript, findings} = parse(Uint8Array.from(bytes))
    expect(transcript.text).toBe(text)
    expect(findings).toMatchObject([{ruleId: 'read:invalid-utf8', severity: 'error', point: {line}}])
    expect(findings[0]?.reason).toBe(
      `Unexpected byte \`${byte}\` at byte ${at} (line ${line}) of \`transcripts/a.md\`, expected UTF-8, save the file as UTF-8`,
    )
  })

  test.each([
    ['quotes', '>'.repeat(100_000)],
    ['lists', '- 1. '.repeat(51)],
  ])('%s too deep are an error, and the text is read as it stands', (_, deep) => {
    const {transcript, findings} = parse(`a\n${deep}b`)
    expect(findings).toMatchObject([
      {ruleId: 'read:too-deep', severity: 'error', point: {line: 2, column: 1, offset: 2}},
    ])
    expect(transcript.text).toBe(`a\n${deep}b`)
  })

  test('a typed rule is not deep, nor is a letter', () => {
    expect(parse(`a\n\n${'- '.repeat(150)}\n\n${'-'.repeat(150)}\n\n${'> '.repeat(100)}b`).findings).toEqual([])
  })

  test('a comment that hides the rest is a warning', () => {
    expect(parse('a\n\n<!-- page 2\n\nb').findings).toMatchObject([
      {ruleId: 'read:unclosed-comment', severity: 'warning', point: {line: 3, column: 1, offset: 3}},
    ])
  })
})

describe('pointAt', () => {
  test.each([
    ['LF', 'ab\nc *d*', 5, {line: 2, column: 4, offset: 6}],
    ['CRLF', 'ab\r\nc d', 4, {line: 2, column: 2, offset: 5}],
    ['lone CR', 'ab\rc d', 5, {line: 2, column: 3, offset: 5}],
    ['a byte order mark', '\ufeffab', 1, {line: 1, column: 3, offset: 2}],
    ['UTF-16 units', '\u{1f600}a', 2, {line: 1, column: 3, offset: 2}],
    ['the end', 'ab\n', 2, {line: 1, column: 3, offset: 2}],
  ])('counts %s', (_, source, offset, expected) => {
    const {transcript} = parse(source)
    expect(pointAt(transcript, offset)).toEqual(expected)
  })

  test('refuses what is not in the text', () => {
    expect(() => pointAt(parse('ab').transcript, 3)).toThrow(RangeError)
    expect(() => pointAt(parse('ab').transcript, -1)).toThrow(RangeError)
  })
})

describe('sourceSpan', () => {
  test.each([
    ['a word in emphasis', 'a *bc* d', 'bc', 'bc'],
    ['an escape', 'a 1\\. b', '1.', '1\\.'],
    ['a reference', 'a AT&amp;T b', 'AT&T', 'AT&amp;T'],
    ['a reference at the end', '*a&amp;*', 'a&', 'a&amp;'],
    ['a reference of two units', 'x &Afr;* y', '\u{1d504}', '&Afr;'],
    ['an ampersand', '`a&`amp;', 'a&', 'a&'],
    ['an escaped backslash', 'a\\\\b', '\\', '\\\\'],
    ['backslashes in code', '`\\\\`', '\\', '\\'],
    ['a line end', 'a\r\nb', '\n', '\r\n'],
    ['markup within', 'a*b*c', 'abc', 'a*b*c'],
  ])('%s', (_, source, part, expected) => {
    const {transcript} = parse(source)
    const start = transcript.text.indexOf(part)
    const span = sourceSpan(transcript, {start, end: start + part.length})
    expect(source.slice(span.start, span.end)).toBe(expected)
  })

  test('an empty span is empty, and one outside is refused', () => {
    const {transcript} = parse('*a* b')
    expect(sourceSpan(transcript, {start: 1, end: 1})).toEqual({start: 3, end: 3})
    expect(() => sourceSpan(transcript, {start: 2, end: 4})).toThrow(RangeError)
    expect(() => sourceSpan(transcript, {start: 2, end: 1})).toThrow(RangeError)
  })
})

test('NFD stays as it is', () => {
  expect(parse('e\u0301').transcript.text).toBe('e\u0301')
})

test('readTranscript names a file that cannot be read', async () => {
  const root = await makeCorpus({'transcripts/a.md': 'x'})
  expect((await readTranscript(root, 'transcripts/a.md', 'a')).transcript.text).toBe('x')
  await expect(readTranscript(root, 'transcripts/b.md', 'b')).rejects.toThrow(UserError)
  await expect(readTranscript(root, 'transcripts/b.md', 'b')).rejects.toThrow('Cannot read `transcripts/b.md` (ENOENT)')
})

const shared = fileURLToPath(new URL('../../../shared', import.meta.url))
describe.skipIf(!existsSync(shared))('real transcripts (needs ../shared)', () => {
  test.each([
    'letters/1984-11-22-reagan-to-thatcher.txt',
    'letters/1985-03-24-gorbachev-to-reagan.txt',
    'corpus/transcripts/executive-order-9066.md',
    'corpus/transcripts/executive-order-9981.md',
    'corpus/transcripts/legation-1939-04-04.md',
    'corpus/transcripts/legation-1939-05-19.md',
    'corpus/transcripts/legation-1943-01-27.md',
    'corpus/transcripts/nsdd222.md',
    'corpus/transcripts/nsdd236.md',
  ])('%s leads back to every word', async name => {
    const {transcript, findings} = parse(await readFile(`${shared}/${name}`))
    expect(findings).toEqual([])
    expectOrder(transcript)
    const words = [...transcript.text.matchAll(/\S+/g)]
    expect(words.length).toBeGreaterThan(150)
    for (const found of words) {
      const span = sourceSpan(transcript, {start: found.index, end: found.index + found[0].length})
      expect(transcript.source.slice(span.start, span.end).replace(/\\(?=\W)/g, '')).toBe(found[0])
    }
  })

  test('page marks of the legation papers are as many as their page ends', async () => {
    const {transcript} = parse(await readFile(`${shared}/corpus/transcripts/legation-1939-05-19.md`))
    expect(transcript.marks.map(({kind}) => kind)).toEqual(['page', 'page', 'page'])
    expect(transcript.text).toContain('of its\n\n-2-\nof its introduction')
  })
})

function expectOrder({text, origin, source}: Transcript): void {
  if (origin.length !== text.length + 1) throw new Error(`${origin.length} places for ${text.length} units`)
  for (let index = 0; index < text.length; index++) {
    const unit = text[index]!
    const right = /\s/.test(unit) || source[origin[index]!] === unit || /[\\&]/.test(source[origin[index]!] ?? '')
    if (origin[index]! > origin[index + 1]! || !right) throw new Error(`unit ${index} of ${JSON.stringify(text)}`)
  }
}
