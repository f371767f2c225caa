import {describe, expect, test} from 'vitest'
import {tokenize} from '../../src/align/tokenize.ts'
import {checkPages, checkPairs} from '../../src/measure/pairing.ts'
import type {Tokens} from '../../src/model.ts'

function words(text: string): Tokens {
  return tokenize(text, 'word', 'reading')
}

/** Twenty-five sentences that share no two neighbouring words with those of another seed. */
function letter(seed: number, sentences = 25): string {
  return Array.from(
    {length: sentences},
    (_, i) => `word${seed}x${i} stands${i} before${seed * 7 + i} the${i % 3} end${seed}y${i}.`,
  ).join(' ')
}

describe('checkPairs', () => {
  const pair = (document: string, reference: string, hypothesis: string) => ({
    document,
    file: `transcripts/${document}.md`,
    reference: words(reference),
    hypothesis: words(hypothesis),
  })

  test('pairs that fit give no finding, errors or not', () => {
    const read = letter(1)
      .replace(/s3/g, 'z3')
      .replace(/e/g, (e, at) => (at % 90 < 3 ? 'c' : e))
    expect(checkPairs([pair('a', letter(1), read), pair('b', letter(2), letter(2))])).toEqual([])
  })

  test('transcripts set against each other’s scans name the better match', () => {
    const findings = checkPairs([pair('a', letter(1), letter(2)), pair('b', letter(2), letter(1))])
    expect(findings.map(({ruleId, file, severity}) => [ruleId, file, severity])).toEqual([
      ['measure:wrong-pair', 'transcripts/a.md', 'warning'],
      ['measure:wrong-pair', 'transcripts/b.md', 'warning'],
    ])
    expect(findings[0]!.reason).toBe(
      'Unexpected transcript for `a`: 0 % of its word pairs stand on the scan, expected most, the scan of `b` fits better (100 %), check the names',
    )
  })

  test('where nothing fits that is said', () => {
    const [finding] = checkPairs([pair('a', letter(1), letter(2))])
    expect(finding!.reason).toContain('no other scan fits better')
  })

  test('a side five times longer than the other', () => {
    const [finding, ...more] = checkPairs([pair('a', letter(1), letter(1, 5))])
    expect(finding).toMatchObject({ruleId: 'measure:length', page: null})
    expect(finding!.reason).toContain('the transcript of `a` holds 125 words, the other side 25')
    expect(more).toEqual([])
    expect(checkPairs([pair('a', letter(1), '')])).toHaveLength(1)
  })

  test('of a few words nothing is said', () => {
    expect(checkPairs([pair('a', 'Top secret', 'Dear Mr. President')])).toEqual([])
    expect(checkPairs([])).toEqual([])
  })
})

describe('checkPages', () => {
  const parts = [letter(1), letter(2), letter(3), letter(4)]
  const reference = words(parts.join('\n'))
  const check = (...order: readonly number[]): string[] =>
    checkPages(
      reference,
      order.map((part, index) => ({pageId: `d/${index + 1}`, words: words(parts[part]!)})),
      'transcripts/d.md',
    ).map(({ruleId, page}) => `${ruleId} ${page}`)

  test.each([
    ['in order', [0, 1, 2, 3], []],
    ['two swapped', [0, 2, 1, 3], ['measure:swapped-page d/3']],
    ['one twice', [0, 1, 1, 2, 3], ['measure:doubled-page d/3']],
    ['one missing', [0, 1, 3], ['measure:missing-page d/2']],
    ['a single page', [0], []],
  ])('%s', (_, order, expected) => expect(check(...order)).toEqual(expected))

  test('a page that is not of this letter is passed over', () => {
    const pages = [parts[0]!, letter(9), parts[1]!].map((text, index) => ({pageId: `d/${index}`, words: words(text)}))
    expect(checkPages(words(parts.slice(0, 2).join('\n')), pages, 'd.md')).toEqual([])
  })
})
