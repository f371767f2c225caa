import {describe, expect, test} from 'vitest'
import {count, errorRate, errors, hypothesisLength, rate, referenceLength, sum} from '../../src/measure/counts.ts'
import type {Alignment, Counts} from '../../src/model.ts'

const counts: Counts = {correct: 5, substitutions: 2, insertions: 4, deletions: 1}

test('an alignment is counted in tokens of the side that has them', () => {
  const alignment: Alignment = {
    distance: 6,
    exact: true,
    chunks: [
      {operation: 'equal', reference: {start: 0, end: 3}, hypothesis: {start: 0, end: 3}},
      {operation: 'substitute', reference: {start: 3, end: 5}, hypothesis: {start: 3, end: 5}},
      {operation: 'insert', reference: {start: 5, end: 5}, hypothesis: {start: 5, end: 8}},
      {operation: 'delete', reference: {start: 5, end: 6}, hypothesis: {start: 8, end: 8}},
      {operation: 'equal', reference: {start: 6, end: 7}, hypothesis: {start: 8, end: 9}},
    ],
  }
  expect(count(alignment)).toEqual({correct: 4, substitutions: 2, insertions: 3, deletions: 1})
})

test('counts add up, and none is nothing', () => {
  expect(sum([counts, counts])).toEqual({correct: 10, substitutions: 4, insertions: 8, deletions: 2})
  expect(sum([])).toEqual({correct: 0, substitutions: 0, insertions: 0, deletions: 0})
})

test('lengths and the numerator follow from the counts', () => {
  expect([errors(counts), referenceLength(counts), hypothesisLength(counts)]).toEqual([7, 8, 11])
})

describe('errorRate', () => {
  const none: Counts = {correct: 0, substitutions: 0, insertions: 0, deletions: 0}
  test.each([
    ['both sides empty', none, 0],
    ['only the reference empty', {...none, insertions: 3}, null],
    ['only the hypothesis empty', {...none, deletions: 3}, 1],
    ['one of four wrong', {...none, correct: 3, substitutions: 1}, 1 / 4],
    ['more insertions than reference', {...none, correct: 2, insertions: 3}, 3 / 2],
  ])('%s', (_, given, expected) => expect(errorRate(given)).toBe(expected))
})

test('rate holds the counts, the reference and the error rate', () => {
  expect(rate(counts)).toEqual({...counts, reference: 8, errorRate: 7 / 8})
})
