import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {align} from '../../src/align/align.ts'
import {setGapsAside} from '../../src/align/gaps.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import type {Unit} from '../../src/model.ts'

/** Marks of the form `[…]` in the reference are gaps. */
function run(reference: string, hypothesis: string, unit: Unit = 'character') {
  const gaps = [...reference.matchAll(/\[[^\]]*\]/g)].map(({index, 0: mark}) => ({
    start: index,
    end: index + mark.length,
  }))
  const found = setGapsAside(tokenize(reference, unit, 'reading'), tokenize(hypothesis, unit, 'reading'), gaps)
  return {
    distance: align(found.reference, found.hypothesis).distance,
    gaps: found.gaps.map(({hypothesis: span, tokens}) => `${hypothesis.slice(span.start, span.end)}|${tokens}`),
    reference: found.reference,
    hypothesis: found.hypothesis,
  }
}

describe('setGapsAside', () => {
  test.each([
    [
      'a gap stands for what was read there',
      'the [illegible] of State',
      'the Sccrctory of State',
      0,
      ['Sccrctory |10'],
    ],
    ['or for nothing, without a blank too many', 'the [illegible] of State', 'the of State', 0, ['|0']],
    ['at the start', '[...] of State', 'DEPARTMENT of State', 0, ['DEPARTMENT |11']],
    ['at the end', 'to the [redacted]', 'to the KGB and GRU', 0, [' KGB and GRU|12']],
    ['the whole text', '[illegible]', 'anything at all', 0, ['anything at all|15']],
    ['errors outside it count', 'the [illegible] of State', 'tho Sccrctory ol State', 2, ['Sccrctory |10']],
    ['several gaps', 'a b [x] c d [y] e f', 'a b 111 c d 22 e f', 0, ['111 |4', '22 |3']],
    ['two side by side: the first has all', 'a [x] [y] b', 'a 12345 b', 0, ['12345 |6', '|0']],
    ['nothing was read', 'a [x] b', '', 3, ['|0']],
    ['no gap', 'a b', 'a c', 1, []],
  ])('%s', (_, reference, hypothesis, distance, gaps) => {
    const found = run(reference, hypothesis)
    expect({distance: found.distance, gaps: found.gaps}).toEqual({distance, gaps})
  })

  test('words too', () => {
    expect(run('the [illegible text] of State', 'the Sccrctory General of State', 'word')).toMatchObject({
      distance: 0,
      gaps: ['Sccrctory General|2'],
    })
  })

  test('a mark that the tokenizer does not see is an empty gap', () => {
    const tokens = tokenize('a b', 'word', 'reading')
    expect(setGapsAside(tokens, tokens, [{start: 1, end: 1}])).toEqual({
      reference: tokens,
      hypothesis: tokens,
      gaps: [{reference: {start: 1, end: 1}, hypothesis: {start: 0, end: 0}, tokens: 0}],
    })
  })

  test('tokens left keep their places in the texts', () => {
    const {reference, hypothesis} = run('a [x] b', 'a 1 b')
    expect([reference.starts, hypothesis.starts]).toEqual([
      [0, 1, 6],
      [0, 1, 4],
    ])
  })

  test('a long document is cut at anchors, and gaps are found where they are', () => {
    const words = Array.from({length: 4000}, (_, i) => `word${(i * 7919) % 4001}`)
    const reference = words.map((word, i) => (i % 1000 === 500 ? '[illegible]' : word)).join(' ')
    const hypothesis = words.map((word, i) => (i % 1000 === 500 ? 'what stood here' : word)).join(' ')
    expect(run(reference, hypothesis)).toMatchObject({distance: 0, gaps: Array(4).fill('what stood here |16')})
  })
})

test('no other place of the gaps costs less', () => {
  const text = fc.string({unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7})
  fc.assert(
    fc.property(text, text, text, text, (first, second, third, hypothesis) => {
      const found = run(`${first}[x]${second}[y]${third}`, hypothesis)
      let least = Number.POSITIVE_INFINITY
      const distance = (from: string, to: string): number =>
        align(tokenize(from, 'character', 'strict'), tokenize(to, 'character', 'strict')).distance
      for (let i = 0; i <= hypothesis.length; i++)
        for (let j = i; j <= hypothesis.length; j++)
          for (let k = j; k <= hypothesis.length; k++)
            for (let l = k; l <= hypothesis.length; l++) {
              const cost =
                distance(first, hypothesis.slice(0, i)) +
                distance(second, hypothesis.slice(j, k)) +
                distance(third, hypothesis.slice(l))
              least = Math.min(least, cost)
            }
      // What stands on either side of a gap may match beyond it, for less.
      expect(found.distance).toBeLessThanOrEqual(least)
      const kept = found.hypothesis.keys.length
      expect(kept + found.gaps.reduce((sum, gap) => sum + Number(gap.split('|')[1]), 0)).toBe(hypothesis.length)
    }),
    {seed: 1, numRuns: 40},
  )
})
