import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {rewrite} from '../../src/read/rewrite.ts'
import {parseTranscript} from '../../src/read/transcript.ts'

const parse = (source: string) =>
  parseTranscript(new TextEncoder().encode(source), 'transcripts/letter.md', 'letter').transcript

/** Replace the first `from` of the reading text by `to`; the source that comes out, or null where it is refused. */
function replace(source: string, from: string, to: string, marks = false): string | null {
  const transcript = parse(source)
  const start = transcript.text.indexOf(from)
  if (start < 0) throw new Error(`no \`${from}\` in \`${transcript.text}\``)
  const change = {span: {start, end: start + from.length}, text: to, marks}
  const {transcript: made, results} = rewrite(transcript, [[change]])
  if (results[0]?.refusal !== null) {
    expect(made.source).toBe(source)
    return null
  }
  return made.source
}

/** Put `text` in before the first `before` of the reading text. */
function insert(source: string, before: string, text: string): string | null {
  const transcript = parse(source)
  const start = before === '' ? transcript.text.length : transcript.text.indexOf(before)
  if (start < 0) throw new Error(`no \`${before}\``)
  const {transcript: made, results} = rewrite(transcript, [[{span: {start, end: start}, text, marks: false}]])
  return results[0]?.refusal === null ? made.source : null
}

describe('only the bytes of the word', () => {
  test.each([
    ['a plain word', 'to Geneva we', 'Geneva', 'Vienna', 'to Vienna we'],
    ['emphasis', 'to *Geneva* we', 'Geneva', 'Vienna', 'to *Vienna* we'],
    ['strong emphasis, a part of the word', 'to **Gen**eva we', 'eva', 'oa', 'to **Gen**oa we'],
    ['over the edge of emphasis, one for one', 'to **Gen**eva we', 'Geneva', 'Xenoab', 'to **Xenoab** we'],
    ['a link', 'to [Geneva](https://x.y "t") we', 'Geneva', 'Vienna', 'to [Vienna](https://x.y "t") we'],
    ['a link by reference', 'to [Geneva][g] we\n\n[g]: https://x.y', 'Geneva', 'V', 'to [V][g] we\n\n[g]: https://x.y'],
    ['struck words', 'to ~~Geneva~~ we', 'Geneva', 'Vienna', 'to ~~Vienna~~ we'],
    ['code', 'to `Geneva` we', 'Geneva', 'Vienna', 'to `Vienna` we'],
    ['code of lines', 'to\n\n    Geneva\n\nwe', 'Geneva', 'Vienna', 'to\n\n    Vienna\n\nwe'],
    ['a fence', '```\nGeneva\n```\n', 'Geneva', 'Vienna', '```\nVienna\n```\n'],
    ['a reference beside it', 'A&amp;B Geneva &copy;', 'Geneva', 'Vienna', 'A&amp;B Vienna &copy;'],
    ['a reference itself', 'A&amp;B', '&', 'and', 'AandB'],
    ['an escape beside it', '\\*Geneva\\*', 'Geneva', 'Vienna', '\\*Vienna\\*'],
    ['an escape itself', 'a \\* b', '*', '+', 'a + b'],
    ['a heading', '## Geneva ##\n\ntext', 'Geneva', 'Vienna', '## Vienna ##\n\ntext'],
    ['an underlined heading', 'Geneva\n======\n\ntext', 'Geneva', 'Vienna', 'Vienna\n======\n\ntext'],
    ['a quote', '> to\n> Geneva\n> we', 'Geneva', 'Vienna', '> to\n> Vienna\n> we'],
    ['a lazy quote', '> to\nGeneva we', 'Geneva', 'Vienna', '> to\nVienna we'],
    ['an item', '1. one\n2. Geneva\n', 'Geneva', 'Vienna', '1. one\n2. Vienna\n'],
    ['an item within an item', '- a\n  - Geneva\n', 'Geneva', 'Vienna', '- a\n  - Vienna\n'],
    ['a number of an item', '1. one\n2. two\n', '1.', '3.', null],
    ['a cell', '| a | Geneva |\n|---|---|\n| b | c |\n', 'Geneva', 'Vienna', '| a | Vienna |\n|---|---|\n| b | c |\n'],
    ['HTML', 'to <u>Geneva</u> we', 'Geneva', 'Vienna', 'to <u>Vienna</u> we'],
    ['a block of HTML', '<div>\nGeneva\n</div>\n', 'Geneva', 'Vienna', '<div>\nVienna\n</div>\n'],
    ['text after a comment', 'to <!-- Geneva --> Geneva', 'Geneva', 'Vienna', 'to <!-- Geneva --> Vienna'],
    ['text after a page mark', 'to\n\n<!-- page 2 -->\n\nGeneva', 'Geneva', 'V', 'to\n\n<!-- page 2 -->\n\nV'],
    ['text beside a footnote', 'Geneva[^1] we\n\n[^1]: Geneva', 'Geneva', 'Vienna', 'Vienna[^1] we\n\n[^1]: Geneva'],
    ['text after front matter', '---\ntitle: Geneva\n---\n\nGeneva', 'Geneva', 'V', '---\ntitle: Geneva\n---\n\nV'],
    ['a byte order mark', '\ufeffGeneva', 'Geneva', 'Vienna', '\ufeffVienna'],
    ['Windows line ends', 'to\r\nGeneva\r\nwe\r\n', 'Geneva', 'Vienna', 'to\r\nVienna\r\nwe\r\n'],
    ['blanks at a line end', 'Geneva  \nwe', 'Geneva', 'Vienna', 'Vienna  \nwe'],
    ['a tab', '\tGeneva\n', 'Geneva', 'Vienna', '\tVienna\n'],
    ['letters of several units', 'to 𝔊𝔢𝔫 👩‍🚀 we', '𝔊𝔢𝔫', 'Gen', 'to Gen 👩‍🚀 we'],
    ['several words', 'in *May to* Geneva we', 'May to Geneva', 'June in Vienna', null],
    ['words over a line end', '> in May\n> to Geneva', 'May', 'June', '> in June\n> to Geneva'],
  ])('%s', (_, source, from, to, expected) => {
    if (expected !== null) expect(replace(source, from, to)).toBe(expected)
    else {
      const made = replace(source, from, to)
      if (made !== null) expect(parse(made).text).toBe(parse(source).text.replace(from, to))
    }
  })

  test('a decomposed file gets decomposed letters, a composed one composed ones', () => {
    expect(replace('Genève wo'.normalize('NFD'), 'wo', 'où')).toBe('Genève où'.normalize('NFD'))
    expect(replace('Genève wo', 'wo', 'où')).toBe('Genève où')
  })
})

describe('what Markdown would eat is escaped, and nothing else', () => {
  test.each([
    ['U.S.A. (of 1985)!', 'U.S.A. (of 1985)!'],
    ['2 * 3', '2 * 3'],
    ['*x*', '\\*x\\*'],
    ['_x_', '\\_x\\_'],
    ['a_b', 'a_b'],
    ['[x](y)', '\\[x\\](y)'],
    ['<b>', '\\<b\\>'],
    ['&amp;', '\\&amp;'],
    ['`x`', '\\`x\\`'],
    ['\\*', '\\\\\\*'],
    ['<!-- x -->', '\\<!-- x --\\>'],
  ])('%s', (text, written) => {
    expect(replace('to Geneva we', 'Geneva', text)).toBe(`to ${written} we`)
  })

  test.each([
    ['# x', '\\# x'],
    ['1. x', '1\\. x'],
    ['- x', '\\- x'],
    ['+ x', '\\+ x'],
    ['> x', '\\> x'],
    ['1985', '1985'],
    ['---', '\\---'],
    ['~~~', '\\~\\~\\~'],
  ])('%s at the start of a line', (text, written) => {
    expect(replace('Geneva\nwe', 'Geneva', text)).toBe(`${written}\nwe`)
    expect(parse(replace('to\nGeneva\nwe', 'Geneva', text) ?? '').text).toBe(`to\n${text}\nwe`)
  })

  test('what underlines a heading, only where it would', () => {
    expect(replace('Geneva\nwe', 'Geneva', '===')).toBe('===\nwe')
    expect(replace('to\nGeneva\nwe', 'Geneva', '===')).toBe('to\n\\===\nwe')
  })

  test('a bar in a cell', () => {
    const table = '| a | b |\n|---|---|\n| c | d |\n'
    expect(replace(table, 'd', 'x|y')).toBe('| a | b |\n|---|---|\n| c | x\\|y |\n')
  })

  test('a tag in HTML', () => {
    expect(replace('<div>\nGeneva\n</div>\n', 'Geneva', '<b>')).toBe('<div>\n&lt;b&gt;\n</div>\n')
  })
})

describe('what cannot be done is refused', () => {
  test.each([
    ['a backtick in code', 'to `Geneva` we', 'Geneva', 'a`b'],
    ['what reads as an editor’s mark', 'to Geneva we', 'Geneva', '[sic]'],
    ['what reads as a gap', 'to Geneva we', 'Geneva', '[illegible]'],
    ['a number of an item that makes another list', '1. one\n2. two\n', '1.', '5.'],
    ['half a surrogate', 'to Geneva we', 'Geneva', '\ud800'],
    ['the only word of a cell', '| a | b |\n|---|---|\n| c | d |\n', 'd', ''],
  ])('%s', (_, source, from, to) => {
    expect(replace(source, from, to)).toBe(null)
  })

  test('a person may type an editor’s mark', () => {
    expect(replace('to Geneva we', 'Geneva', '[illegible]', true)).toBe('to [illegible] we')
    expect(replace('to Geneva we', 'Geneva', 'Gneva [sic]', true)).toBe('to Gneva [sic] we')
    expect(replace('to Geneva we', 'Geneva', '[Vienna?]', true)).toBe('to [Vienna?] we')
  })
})

describe('words that come', () => {
  test.each([
    ['a plain word', 'to we', 'we', 'Geneva ', 'to Geneva we'],
    ['before emphasis, outside of it', 'to *we* met', 'we', 'Geneva ', 'to Geneva *we* met'],
    ['after emphasis, outside of it', 'to *we* met', ' met', ' all', 'to *we* all met'],
    ['within emphasis', '*to we*', 'we', 'Geneva ', '*to Geneva we*'],
    ['letters at the end of an emphasized word', 'to *word* we', ' we', 's', 'to *words* we'],
    ['letters at the start of an emphasized word', 'to *ords* we', 'ords', 'w', 'to *words* we'],
    ['before a link', 'to [we](x) met', 'we', 'Geneva ', 'to Geneva [we](x) met'],
    ['at the start of a line', 'to\nwe', 'we', 'Geneva ', 'to\nGeneva we'],
    ['at the start of an emphasized line', 'to\n*we*', 'we', 'Geneva ', 'to\nGeneva *we*'],
    ['at the start of a quoted line', '> to\n> we', 'we', 'Geneva ', '> to\n> Geneva we'],
    ['at the end of a line', 'to\nwe', '\nwe', ' Geneva', 'to Geneva\nwe'],
    ['at the end of a paragraph', 'to *all*\n\nwe', '\n\nwe', ' here', 'to *all* here\n\nwe'],
    ['at the start of a paragraph', 'to\n\nwe', 'we', 'Here ', 'to\n\nHere we'],
    ['at the start of a heading', '# we\n', 'we', 'Here ', '# Here we\n'],
    ['at the start of an item', '- to\n- we\n', 'we', 'Here ', '- to\n- Here we\n'],
    ['in the right cell', '| a | b |\n|---|---|\n| c | d |\n', 'b', 'x ', '| a | x b |\n|---|---|\n| c | d |\n'],
    ['in the cell before', '| a | b |\n|---|---|\n| c | d |\n', ' b', ' x', '| a x | b |\n|---|---|\n| c | d |\n'],
    ['at the end of the file', 'to *all*\n', '', ' here', 'to *all* here\n'],
    ['at the start of the file', '*to* all\n', 'to', 'Here ', 'Here *to* all\n'],
    ['after front matter', '---\na: b\n---\nto\n', 'to', 'Here ', '---\na: b\n---\nHere to\n'],
    ['a paragraph', 'to\n\nwe', '\n\nwe', '\n\nGeneva', 'to\n\nGeneva\n\nwe'],
    ['a paragraph in a quote', '> to\n>\n> we', '\n\nwe', '\n\nGeneva', '> to\n>\n> Geneva\n>\n> we'],
    ['a line in a quote', '> to\n> we', '\nwe', '\nGeneva', '> to\n> Geneva\n> we'],
    ['a line of Windows', 'to\r\nwe', '\nwe', '\nGeneva', 'to\r\nGeneva\r\nwe'],
    ['a paragraph after emphasis', '*to*\n\nwe', '\n\nwe', '\n\nGeneva', '*to*\n\nGeneva\n\nwe'],
  ])('%s', (_, source, before, text, expected) => {
    expect(insert(source, before, text)).toBe(expected)
  })
})

describe('words that go', () => {
  test.each([
    ['a word and its blank', 'to Geneva we', 'Geneva ', 'to we'],
    ['an emphasized word, its markers too', 'to *Geneva* we', 'Geneva ', 'to we'],
    ['a link of it', 'to [Geneva](x) we', 'Geneva ', 'to we'],
    ['a word within emphasis', '*to Geneva we*', 'Geneva ', '*to we*'],
    ['the last of emphasis', '*to Geneva* we', ' Geneva', '*to* we'],
    ['a line', 'to\nGeneva\nwe', 'Geneva\n', 'to\nwe'],
    ['a quoted line', '> to\n> Geneva\n> we', '\nGeneva', '> to\n> we'],
    ['the first quoted line', '> Geneva\n> we', 'Geneva\n', '> we'],
    ['a paragraph', 'to\n\nGeneva\n\nwe', 'Geneva\n\n', 'to\n\nwe'],
    ['the last paragraph', 'to\n\nGeneva\n', '\n\nGeneva', 'to\n'],
    ['a heading', '# to\n\n## Geneva ##\n\nwe', 'Geneva\n\n', '# to\n\nwe'],
    ['a quote', 'to\n\n> Geneva\n\nwe', 'Geneva\n\n', 'to\n\nwe'],
    ['an item', '- to\n- Geneva\n- we\n', '- Geneva\n', '- to\n- we\n'],
    ['a line end between two words', '> to\n> gether', '\n', '> together'],
    ['a hard line end', 'to  \ngether', '\n', 'together'],
    ['a hard line end of HTML', 'to<br>gether', '\n', 'together'],
  ])('%s', (_, source, from, expected) => {
    expect(replace(source, from, '')).toBe(expected)
  })
})

/** Markdown as letters have it: blocks of words with markup around and within them. */
const word = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'Geneva',
      'May',
      'to',
      'we',
      'the',
      'U.S.',
      'Mr.',
      'naïve',
      'где',
      '1985',
      'self-respect',
      'don’t',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'a&amp;b',
      '\\*x\\*',
      '&copy;1985',
      'a_b',
      '2*3',
      '$5',
      'x\\_y',
      '👩‍🚀',
      'e\u0301t\u00e9',
    ),
  },
)
const inline = fc.oneof(
  {weight: 6, arbitrary: word},
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          ['*', '*'],
          ['**', '**'],
          ['~~', '~~'],
          ['[', '](https://x.y)'],
          ['<u>', '</u>'],
          ['***', '***'],
        ),
        fc.array(word, {minLength: 1, maxLength: 3}),
      )
      .map(([[open, close], words]) => `${open}${words.join(' ')}${close}`),
  },
  {weight: 1, arbitrary: fc.constantFrom('[sic]', '[illegible]', '<!-- a note -->', 'Gen**ev**a', '`Geneva`', '[^1]')},
)
const lines = fc.array(
  fc.array(inline, {minLength: 1, maxLength: 5}).map(parts => parts.join(' ')),
  {minLength: 1, maxLength: 3},
)
const block = fc.oneof(
  {weight: 4, arbitrary: lines.map(text => text.join('\n'))},
  {weight: 1, arbitrary: lines.map(text => text.map(line => `> ${line}`).join('\n'))},
  {weight: 1, arbitrary: lines.map(text => text.map((line, index) => `${index + 1}. ${line}`).join('\n'))},
  {
    weight: 1,
    arbitrary: lines.map(text => text.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`).join('\n')),
  },
  {weight: 1, arbitrary: lines.map(([line]) => `## ${line}`)},
  {
    weight: 1,
    arbitrary: fc.tuple(word, word, word, word).map(([a, b, c, d]) => `| ${a} | *${b}* |\n|---|---|\n| ${c} | ${d} |`),
  },
  {weight: 1, arbitrary: fc.constantFrom('<!-- page 2 -->', '---', '```\nGeneva\n```', '<div>\nMay\n</div>')},
)
const markdown = fc
  .tuple(
    fc.array(block, {minLength: 1, maxLength: 6}),
    fc.constantFrom('', '\ufeff', '---\ntitle: x\n---\n\n'),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([blocks, head, windows, decomposed]) => {
    const text = `${head}${blocks.join('\n\n')}\n\n[^1]: note\n`
    const ended = windows ? text.replaceAll('\n', '\r\n') : text
    return decomposed ? ended.normalize('NFD') : ended
  })
const reading = fc.oneof(
  {weight: 3, arbitrary: word.map(text => text.replace(/&\w+;|\\/g, ''))},
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.constantFrom('a', 'é', 'п', '*', '_', '#', '1', '.', '<', '&', '`', '\\', '|', '-', '!', '~', '(', '"'),
        {minLength: 1, maxLength: 6},
      )
      .map(parts => parts.join('')),
  },
  {weight: 1, arbitrary: fc.constantFrom('two words', 'in June of', '* * *', '1. x', '# x')},
)

describe('laws', () => {
  const wordsOf = (text: string) =>
    [...text.matchAll(/[^\s[\]]+/g)].map(found => ({start: found.index, end: found.index + found[0].length}))

  test('a word that is replaced reads as it should, and its own source alone is touched', () => {
    let made = 0
    let refused = 0
    fc.assert(
      fc.property(markdown, fc.nat(), reading, (source, pick, text) => {
        const transcript = parse(source)
        const words = wordsOf(transcript.text)
        fc.pre(words.length > 0)
        const span = words[pick % words.length]!
        const result = rewrite(transcript, [[{span, text, marks: false}]])
        if (result.results[0]?.refusal !== null) {
          refused++
          expect(result.transcript).toBe(transcript)
          return
        }
        made++
        const {source: after} = result.transcript
        const expected = transcript.text.slice(0, span.start) + text + transcript.text.slice(span.end)
        expect(parse(after).text.normalize('NFC')).toBe(expected.normalize('NFC'))
        // From the first to the last unit of the word, markup in between included.
        const start = transcript.origin[span.start]!
        expect(after.slice(0, start)).toBe(source.slice(0, start))
        const rest = source.slice(transcript.origin[span.end - 1]! + 1)
        const tail = rest.slice(/^[^\s|<]*/.exec(rest)?.[0].length ?? 0)
        expect(after.endsWith(tail)).toBe(true)
      }),
      {numRuns: 400, seed: 6},
    )
    // A law about what is refused says nothing.
    expect(made).toBeGreaterThan(10 * refused)
  })

  test('a word that comes in stands between its neighbours, and taking it out again gives the file back', () => {
    let made = 0
    let refused = 0
    fc.assert(
      fc.property(markdown, fc.nat(), fc.boolean(), (source, pick, before) => {
        const transcript = parse(source)
        const words = wordsOf(transcript.text)
        fc.pre(words.length > 0)
        const neighbour = words[pick % words.length]!
        const at = before ? neighbour.start : neighbour.end
        const text = before ? 'Vienna ' : ' Vienna'
        const result = rewrite(transcript, [[{span: {start: at, end: at}, text, marks: false}]])
        if (result.results[0]?.refusal !== null) {
          refused++
          return
        }
        made++
        const expected = transcript.text.slice(0, at) + text + transcript.text.slice(at)
        expect(result.transcript.text).toBe(expected)
        expect(result.transcript.source.replace(text, '')).toBe(source)
        const back = rewrite(result.transcript, [[{span: {start: at, end: at + text.length}, text: '', marks: false}]])
        expect(back.transcript.source).toBe(source)
      }),
      {numRuns: 250, seed: 6},
    )
    expect(made).toBeGreaterThan(10 * refused)
  })

  test('many rewrites at once give what one after the other gives', () => {
    fc.assert(
      fc.property(markdown, fc.array(reading, {minLength: 2, maxLength: 8}), (source, readings) => {
        const transcript = parse(source)
        const words = wordsOf(transcript.text)
          .filter((_, index) => index % 2 === 0)
          .slice(0, readings.length)
        const rewrites = words.map((span, index) => [{span, text: readings[index]!, marks: false}])
        const together = rewrite(transcript, rewrites)
        let current = transcript
        const refusals: (string | null)[] = []
        for (const [change] of rewrites) {
          const by = current.text.length - transcript.text.length
          const span = {start: change!.span.start + by, end: change!.span.end + by}
          const one = rewrite(current, [[{...change!, span}]])
          refusals.push(one.results[0]?.refusal ?? null)
          current = one.transcript
        }
        expect(together.results.map(({refusal}) => refusal === null)).toEqual(refusals.map(reason => reason === null))
        expect(together.transcript.text).toBe(current.text)
      }),
      {numRuns: 50, seed: 6},
    )
  })
})
