import {expect, test} from 'vitest'
import {renderNdjson} from '../../src/report/ndjson.ts'
import {failing, hostile, manyFailing} from './checks.ts'

test('a line a judgement, worst first, and the verdict last', () => {
  const lines = parse(renderNdjson(failing, {base: 'archive/'}))
  expect(lines.map(({type}) => type)).toEqual([...failing.verdict.gate.judgements.map(() => 'judgement'), 'verdict'])
  expect(lines[0]).toMatchObject({...failing.verdict.gate.judgements[0], file: 'archive/transcripts/letter.md'})
  expect(lines.at(-1)).toMatchObject({status: 'incomplete', judgements: 5, documents: 2, strict: false})
})

test('hostile text comes back as it was, and breaks no line for any reader', () => {
  const text = renderNdjson(hostile, {base: ''})
  expect(text.split(/[\n\r\u2028\u2029\u0085]/)).toHaveLength(4)
  expect(parse(text)[0]).toMatchObject({difference: hostile.verdict.gate.judgements[0]?.difference})
})

test('10,000 failing pages', () => {
  expect(parse(renderNdjson(manyFailing(10_000), {base: ''}))).toHaveLength(10_001)
})

function parse(text: string): {readonly type: string}[] {
  expect(text.endsWith('\n')).toBe(true)
  return text
    .slice(0, -1)
    .split('\n')
    .map(line => JSON.parse(line))
}
