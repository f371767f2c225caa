import {describe, expect, test} from 'vitest'
import {judgeLimits, type Limits} from '../../src/gate/verdict.ts'
import type {DocumentStatus, Finding, Rate} from '../../src/model.ts'

describe('a run without limits', () => {
  test('passes when every document was compared', () => {
    expect(judge([document('compared', 0.5)])).toEqual({status: 'passed', checks: []})
  })
  test.each(['incomplete', 'no-transcript', 'no-scan'] as const)('is incomplete with a document that is %s', status => {
    expect(judge([document('compared', 0), document(status, 0)]).status).toBe('incomplete')
  })
  test('is incomplete with an error finding', () => {
    expect(judge([document('compared', 0)], {}, [finding('error')]).status).toBe('incomplete')
  })
  test('passes with warnings', () => {
    expect(judge([document('compared', 0)], {}, [finding('warning'), finding('info')]).status).toBe('passed')
  })
  test('is incomplete without any document: nothing was judged', () => {
    expect(judge([]).status).toBe('incomplete')
  })
})

describe('a limit on the character error rate', () => {
  const limit = {maxCharacterErrorRate: 0.02}

  test('holds for the corpus and for each document', () => {
    const {status, checks} = judge([document('compared', 0.01), document('compared', 0.03)], limit)
    expect(status).toBe('failed')
    expect(checks.map(({place, passed}) => [place, passed])).toEqual([
      ['corpus', true],
      ['letter', true],
      ['letter', false],
    ])
  })
  test('passes at the limit itself', () => {
    expect(judge([document('compared', 0.02)], limit).status).toBe('passed')
  })
  test('cannot be judged where the rate is undefined', () => {
    expect(judge([document('compared', null)], limit).status).toBe('incomplete')
  })
  test('exceeded in an incomplete run is still incomplete', () => {
    expect(judge([document('incomplete', 0.9)], limit).status).toBe('incomplete')
  })
  test('may be another for the corpus, or for the corpus alone', () => {
    const strict = judge([document('compared', 0.02)], {...limit, maxCorpusCharacterErrorRate: 0.01})
    expect(strict.checks.map(({name, place, passed}) => [name, place, passed])).toEqual([
      ['maxCorpusCharacterErrorRate', 'corpus', false],
      ['maxCharacterErrorRate', 'letter', true],
    ])
    const alone = judge([document('compared', 0.9)], {maxCorpusCharacterErrorRate: 0.02})
    expect(alone.checks.map(({place, passed}) => [place, passed])).toEqual([['corpus', true]])
  })
})

function judge(
  documents: readonly ReturnType<typeof document>[],
  limits: Partial<Limits> = {},
  findings: Finding[] = [],
) {
  return judgeLimits(documents, rate(0.02), findings, {
    maxCharacterErrorRate: null,
    maxCorpusCharacterErrorRate: null,
    ...limits,
  })
}

function document(status: DocumentStatus, errorRate: number | null) {
  return {id: 'letter', status, characters: rate(errorRate)}
}

function rate(errorRate: number | null): Rate {
  return {correct: 0, substitutions: 0, insertions: 0, deletions: 0, reference: 0, errorRate}
}

function finding(severity: Finding['severity']): Finding {
  return {ruleId: 'read:test', severity, reason: 'a reason', file: null, page: null, point: null}
}
