import {expect, test} from 'vitest'
import type {Report} from '../../src/model.ts'
import {renderHtml} from '../../src/report/html/render.ts'
import {renderJson} from '../../src/report/json.ts'
import {parseReport} from '../../src/report/schema.ts'
import {assets} from './assets.ts'
import {checkOf, hostile, judgement, manyFailing} from './checks.ts'
import {buildReport} from './fixture.ts'
import {letters} from './samples.ts'

const {report} = buildReport(letters)
const [letter] = report.documents
const [difference] = letter!.differences

const render = (verdict: Report['verdict']) => renderHtml({...report, verdict}, {previews: new Map(), assets})

test('a judgement leads to its difference, and ends with the command that mends it', () => {
  const {id, kind, reference, hypothesis, before, after, scan} = difference!
  const item = judgement({
    document: letter!.id,
    difference: {id, kind, reference, hypothesis, before, after, errors: 2, scan},
  })
  const page = render(checkOf({status: 'failed', judgements: [item]}).verdict)
  expect(page).toContain('<h2 id="gate-name">Against the ledger: 1 judgement</h2>')
  expect(page).toContain(`<a href="#d-${id}"><bdi class="path">transcripts/letter.md:12:5</bdi></a>`)
  expect(page).toContain('scanproof accept letter#1:0123456789abcdef')
})

test('a report that was not held against a ledger has no such section', () => {
  expect(render(report.verdict)).not.toContain('id="gate"')
})

test('hostile text is text', () => {
  const page = render(hostile.verdict)
  expect(page).toContain('EVIL')
  expect(page).not.toMatch(/<script>alert|<x a=|[\0\x1b\u202e]/)
})

test('of very many judgements the worst two hundred are shown, and how many are not', () => {
  const page = render(manyFailing(10_000).verdict)
  expect(page.match(/gate:new-difference/g)).toHaveLength(200)
  expect(page).toContain('and 9,800 more judgements in report.json')
})

test('report.json holds what was judged, and reads back as it was', () => {
  const checked = {...report, verdict: hostile.verdict}
  expect(parseReport(renderJson(checked))).toEqual(checked)
})
