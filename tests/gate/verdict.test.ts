import {describe, expect, test} from 'vitest'
import {judgeLimits} from '../../src/gate/verdict.ts'
import type {DocumentReport, DocumentStatus, Finding, Rate, Totals} from '../../src/model.ts'

describe('a run without limits', () => {
  test('passes when every document was compared', () => {
    expect(judge([document('compared', 0.5)])).toEqual({status: 'passed', checks: []})
  })
  test.each(['incomplete', 'no-transcript', 'no-scan'] as const)('is incomplete with a document that is %s', status => {
    expect(judge([document('compared', 0), document(status, 0)]).status).toBe('incomplete')
  })
  test('is incomplete with an error finding of the corpus', () => {
    expect(judge([document('compared', 0)], null, [finding('error')]).status).toBe('incomplete')
  })
  test('passes with warnings', () => {
    expect(judge([document('compared', 0)], null, [finding('warning'), finding('info')]).status).toBe('passed')
  })
  test('is incomplete without any document: nothing was judged', () => {
    expect(judge([]).status).toBe('incomplete')
  })
})

describe('a limit on the character error rate', () => {
  test('holds for the corpus and for each document', () => {
    const {status, checks} = judge([document('compared', 0.01), document('compared', 0.03)], 0.02)
    expect(status).toBe('failed')
    expect(checks.map(({place, passed}) => [place, passed])).toEqual([
      ['corpus', true],
      ['letter', true],
      ['letter', false],
    ])
  })
  test('passes at the limit itself', () => {
    expect(judge([document('compared', 0.02)], 0.02).status).toBe('passed')
  })
  test('cannot be judged where the rate is undefined', () => {
    expect(judge([document('compared', null)], 0.02).status).toBe('incomplete')
  })
  test('exceeded in an incomplete run is still incomplete', () => {
    expect(judge([document('incomplete', 0.9)], 0.02).status).toBe('incomplete')
  })
})

function judge(documents: DocumentReport[], limit: number | null = null, findings: Finding[] = []) {
  return judgeLimits(documents, totals(0.02), findings, {maxCharacterErrorRate: limit})
}

function document(status: DocumentStatus, errorRate: number | null): DocumentReport {
  return {
    id: 'letter',
    status,
    title: null,
    transcript: null,
    totals: totals(errorRate),
    exact: true,
    pages: [],
    differences: [],
    edits: [],
    drawn: [],
    findings: [],
  }
}

function totals(errorRate: number | null): Totals {
  const rate: Rate = {correct: 0, substitutions: 0, insertions: 0, deletions: 0, reference: 0, errorRate}
  return {character: {raw: rate, clean: rate}, word: {raw: rate, clean: rate}}
}

function finding(severity: Finding['severity']): Finding {
  return {ruleId: 'read:test', severity, reason: 'a reason', file: null, page: null, point: null}
}
