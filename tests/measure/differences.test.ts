import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {align} from '../../src/align/align.ts'
import {compounds, equalityOf, type Profile} from '../../src/align/fold.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import {type AlignedTexts, draw, findDifferences} from '../../src/measure/differences.ts'

function texts(reference: string, hypothesis: string, profile: Profile = 'reading'): AlignedTexts {
  const equality = equalityOf(profile, compounds(reference, hypothesis))
  const referenceTokens = tokenize(reference, 'character', equality)
  const hypothesisTokens = tokenize(hypothesis, 'character', equality)
  return {reference, hypothesis, referenceTokens, hypothesisTokens, alignment: align(referenceTokens, hypothesisTokens)}
}

function pagesOf(text: string): {pageId: string; span: {start: number; end: number}}[] {
  let start = 0
  return text.split('\f').map((page, index) => {
    const span = {start, end: start + page.length}
    start = span.end + 1
    return {pageId: `d/${index + 1}`, span}
  })
}

function find(reference: string, hypothesis: string): string[] {
  return findDifferences(texts(reference, hypothesis)).map(found => {
    const {substitutions, insertions, deletions} = found.characters
    return `${found.kind} [${found.reference}/${found.hypothesis}] ${substitutions}/${insertions}/${deletions}`
  })
}

describe('findDifferences', () => {
  test.each([
    ['nothing differs', 'one two', 'one\ntwo', []],
    ['one letter grows to its word', 'the cat sat', 'the cot sat', ['substitution [cat/cot] 1/0/0']],
    ['so does a letter too many', 'NATO side', 'NATO, side', ['substitution [NATO/NATO,] 0/1/0']],
    ['edits of one word are one difference', 'strategic', 'stnategc', ['substitution [strategic/stnategc] 1/0/1']],
    ['neighbours are two', 'one two', 'ore twa', ['substitution [one/ore] 1/0/0', 'substitution [two/twa] 1/0/0']],
    ['a word lost, with its blank', 'one big two', 'one two', ['deletion [big /] 0/0/4']],
    ['a word too many', 'one two', 'one big two', ['insertion [/big ] 0/4/0']],
    ['at the end of the text', 'one two', 'one', ['deletion [ two/] 0/0/4']],
    ['words run together', 'one two', 'onetwo', ['substitution [one two/onetwo] 0/0/1']],
    ['a word broken by a blank', 'onetwo x', 'one two x', ['substitution [onetwo/one two] 0/1/0']],
    ['m read as rn', 'ambassador', 'arnbassador', ['substitution [ambassador/arnbassador] 1/1/0']],
    ['the text is shown as it stands', 'so “nice” it', 'so "mice" it', ['substitution [“nice”/"mice"] 1/0/0']],
    ['everything is lost', 'a b', '', ['deletion [a b/] 0/0/3']],
    ['everything is new', '', 'a b', ['insertion [/a b] 0/3/0']],
  ])('%s', (_, reference, hypothesis, expected) => expect(find(reference, hypothesis)).toEqual(expected))

  test('a few words of the transcript stand on either side', () => {
    const [found] = findDifferences(texts('a b c\nd cat e f\n\ng h', 'a b c d cot e f g h'))
    expect([found?.before, found?.after]).toEqual(['b c d', 'e f g'])
  })

  test('ids hang on content and context, not on place, white space or normal form', () => {
    const ids = (reference: string, hypothesis: string): string[] =>
      findDifferences(texts(reference, hypothesis)).map(({id}) => id)
    const before = ids('nought one two caf\u00E9 three four five six', 'nought one two cafo three four five six')
    const after = ids(
      'zero nought\n\none  two cafe\u0301\nthree four five six seven',
      'zero bought one two cafo three four five six seven',
    )
    expect(before[0]).toMatch(/^[0-9a-f]{16}$/)
    expect(after[1]).toBe(before[0])
    expect(ids('one two caf\u00E9 four five six', 'one two cafo four five six')).not.toEqual(before)
  })

  test('differences alike in all are told apart by their order', () => {
    const text = 'x y z bad x y z '.repeat(3)
    const ids = findDifferences(texts(text, text.replaceAll('bad', 'bed'))).map(({id}) => id)
    expect(new Set(ids).size).toBe(3)
  })
})

describe('draw', () => {
  function drawn(reference: string, hypothesis: string): string[] {
    const given = texts(reference, hypothesis)
    return draw(given, findDifferences(given), pagesOf(hypothesis)).map(
      part =>
        `${part.page?.slice(2) ?? null}${part.difference ? '!' : '='}${JSON.stringify(part.reference)}${JSON.stringify(part.hypothesis)}`,
    )
  }

  test.each([
    ['one page', 'a cat b', 'a cot b', ['1="a ""a "', '1!"cat""cot"', '1=" b"" b"']],
    ['cut where a page begins', 'a b\nc d', 'a b\fc d', ['1="a b\\n""a b\\f"', '2="c d""c d"']],
    ['lost at a page end', 'a b lost c', 'a b\fc', ['1="a b ""a b\\f"', 'null!"lost """', '2="c""c"']],
    ['over a page end', 'a bad c', 'a ba\fd c', ['1="a ""a "', '1!"bad""ba\\fd"', '2=" c"" c"']],
    ['an empty page', 'a b', 'a\f\fb', ['1="a ""a\\f\\f"', '3="b""b"']],
    ['nothing', '', '', []],
  ])('%s', (_, reference, hypothesis, expected) => expect(drawn(reference, hypothesis)).toEqual(expected))

  test('without pages no part has one', () => {
    const given = texts('a', 'a')
    expect(draw(given, [], [])).toEqual([{difference: null, reference: 'a', hypothesis: 'a', page: null}])
  })
})

describe('laws', () => {
  const side = fc
    .array(
      fc.constantFrom(
        'a',
        'b',
        ' ',
        ' ',
        '\n',
        '\f',
        '-',
        'e\u0301',
        'é',
        'ﬁ',
        '“',
        "''",
        '\uFEFF',
        '\u00AD',
        '😀',
        '\uD800',
      ),
      {
        maxLength: 60,
        size: 'max',
      },
    )
    .map(parts => parts.join(''))
  const profile = fc.constantFrom<Profile>('strict', 'reading', 'caseless')

  test('parts rebuild both texts, and each difference is one part', () => {
    fc.assert(
      fc.property(side, side, profile, (reference, hypothesis, equality) => {
        const given = texts(reference, hypothesis, equality)
        const differences = findDifferences(given)
        const parts = draw(given, differences, pagesOf(hypothesis))
        expect(parts.map(part => part.reference).join('')).toBe(reference)
        expect(parts.map(part => part.hypothesis).join('')).toBe(hypothesis)
        expect(parts.flatMap(part => part.difference ?? [])).toEqual(differences.map(({id}) => id))
        for (const {id, reference: r, hypothesis: h} of differences) {
          expect(parts.find(part => part.difference === id)).toMatchObject({reference: r, hypothesis: h})
        }
      }),
      {seed: 1, numRuns: 500},
    )
  })

  test('what is shown sums to the numerator of the error rate', () => {
    fc.assert(
      fc.property(side, side, profile, (reference, hypothesis, equality) => {
        const given = texts(reference, hypothesis, equality)
        const total = findDifferences(given)
          .flatMap(({characters}) => [characters.substitutions, characters.insertions, characters.deletions])
          .reduce((all, edits) => all + edits, 0)
        expect(total).toBe(given.alignment.distance)
      }),
      {seed: 1, numRuns: 500},
    )
  })

  test('one line more is one difference more', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{3,9}( [a-z]{3,9})*$/), {minLength: 1, maxLength: 8}), lines => {
        const page = lines.join('\n')
        const found = find(page, `${lines[0]}\nNEW LINE 1\n${lines.slice(1).join('\n')}`)
        expect(found).toHaveLength(1)
      }),
      {seed: 1, numRuns: 300},
    )
  })
})
