import {expect, test} from 'vitest'
import type {Counts, Ledger} from '../../src/model.ts'
import {ledgerTrends} from '../../src/pipeline/ledger-trends.ts'
import {renderHtml} from '../../src/report/html/render.ts'
import {assets} from '../report/assets.ts'
import {buildReport} from '../report/fixture.ts'
import {letters} from '../report/samples.ts'

const {report} = buildReport(letters)
const document = report.documents.find(({pages}) => pages.filter(({counts}) => counts !== null).length > 1)!

/** A ledger that remembers these pages of the document. */
function ledgerOf(pages: readonly (readonly [string, Counts])[]): ReadonlyMap<string, Ledger> {
  const fingerprints = {scan: '', preparation: '', engine: '', rules: '', comparison: '', transcript: ''}
  const remembered = pages.map(([page, counts]) => ({page, fingerprints, counts, differences: []}))
  return new Map([[document.id, {schemaVersion: 1, document: document.id, pages: remembered} as unknown as Ledger]])
}
const counts = {correct: 90, substitutions: 6, insertions: 3, deletions: 4}

test('compares the pages that ledger and report both have, and leaves out documents without one', () => {
  const [page] = document.pages
  const ledgers = ledgerOf([
    [page!.id, counts],
    [`${document.id}/gone`, {...counts, substitutions: 60}],
  ])
  const trends = ledgerTrends(report.documents, ledgers)
  expect([...trends.keys()]).toEqual([document.id])
  const {before, now, pages} = trends.get(document.id)!
  expect(pages).toBe(1)
  expect(before).toEqual({...counts, reference: 100, errorRate: 0.13})
  expect(now).toEqual(page!.counts!.character.clean)
  expect(ledgerTrends(report.documents, ledgerOf([[`${document.id}/gone`, counts]])).size).toBe(0)
})

test('the page has a column for it where there is something to compare, in words, not by colour alone', () => {
  const trendOf = (substitutions: number) => {
    const clean = document.pages[0]!.counts!.character.clean
    const then = {...clean, substitutions: clean.substitutions + substitutions, correct: clean.correct - substitutions}
    const trends = ledgerTrends(report.documents, ledgerOf([[document.pages[0]!.id, then]]))
    return renderHtml(report, {previews: new Map(), assets, trends})
  }
  expect(trendOf(5)).toContain('>better, 1 page<')
  expect(trendOf(-1)).toContain('>worse, 1 page<')
  expect(trendOf(0)).toContain('>the same, 1 page<')
  expect(renderHtml(report, {previews: new Map(), assets})).not.toContain('Since the ledger')
})
