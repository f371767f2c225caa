import fc from 'fast-check'
import {expect, test} from 'vitest'
import {align} from '../../src/align/align.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import {count, sum} from '../../src/measure/counts.ts'
import {share} from '../../src/measure/share.ts'
import type {Span} from '../../src/model.ts'

function pagesOf(text: string): Span[] {
  let start = 0
  return text.split('\f').map(page => {
    const span = {start, end: start + page.length}
    start = span.end + 1
    return span
  })
}

function shares(reference: string, hypothesis: string): string[] {
  const tokens = tokenize(hypothesis, 'character', 'reading')
  const alignment = align(tokenize(reference, 'character', 'reading'), tokens)
  return share(alignment, tokens, pagesOf(hypothesis)).map(
    ({correct, substitutions, insertions, deletions}) => `${correct}/${substitutions}/${insertions}/${deletions}`,
  )
}

test.each([
  ['a page each', 'ab cd', 'ab\fcx', ['3/0/0/0', '1/1/0/0']],
  ['the blank at a page end belongs to the page it ends', 'abcd', 'ab\fcd', ['2/0/1/0', '2/0/0/0']],
  ['a deletion goes to the page read before it', 'ab lost cd', 'ab\fcd', ['3/0/0/5', '2/0/0/0']],
  ['before anything was read, to the first page', 'xab', 'ab', ['2/0/0/1']],
  ['an empty page has nothing', 'ab cd', 'ab\f\fcd', ['3/0/0/0', '0/0/0/0', '2/0/0/0']],
  ['nothing was read', 'abc', '', ['0/0/0/3']],
])('%s', (_, reference, hypothesis, expected) => expect(shares(reference, hypothesis)).toEqual(expected))

test('without pages there is nothing to give', () => {
  const tokens = tokenize('', 'character', 'reading')
  expect(share(align(tokens, tokens), tokens, [])).toEqual([])
  const some = tokenize('a', 'character', 'reading')
  expect(() => share(align(some, some), some, [])).toThrow(RangeError)
})

test('pages sum to the document', () => {
  const text = fc.string({unit: fc.constantFrom('a', 'b', ' ', '\f', '-', '\n', 'é'), maxLength: 80, size: 'max'})
  fc.assert(
    fc.property(text, text, fc.constantFrom('character', 'word'), (reference, hypothesis, unit) => {
      const tokens = tokenize(hypothesis, unit, 'reading')
      const alignment = align(tokenize(reference, unit, 'reading'), tokens)
      expect(sum(share(alignment, tokens, pagesOf(hypothesis)))).toEqual(count(alignment))
    }),
    {seed: 1, numRuns: 400},
  )
})
