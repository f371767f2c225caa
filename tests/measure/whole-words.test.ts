import {expect, test} from 'vitest'
import {align} from '../../src/align/align.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import {findDifferences} from '../../src/measure/differences.ts'

test.each([
  ['a word that was lost', 'one two three', 'one three', 'deletion', 'two', ''],
  ['a word that came, alike in its first letters with the next', 'one three', 'one two three', 'insertion', '', 'two'],
  ['a word that was doubled', 'the three areas', 'the the three areas', 'insertion', '', 'the'],
  ['a last word that was lost', 'areas are', 'areas', 'deletion', 'are', ''],
  ['letters lost inside a word grow to the word', 'a systems b', 'a system b', 'substitution', 'systems', 'system'],
])('%s is that word', (_, reference, hypothesis, kind, lost, came) => {
  const referenceTokens = tokenize(reference, 'character', 'reading')
  const hypothesisTokens = tokenize(hypothesis, 'character', 'reading')
  const alignment = align(referenceTokens, hypothesisTokens)
  const found = findDifferences({reference, hypothesis, referenceTokens, hypothesisTokens, alignment})
  expect(found.map(difference => [difference.kind, difference.reference.trim(), difference.hypothesis.trim()])).toEqual(
    [[kind, lost, came]],
  )
})
