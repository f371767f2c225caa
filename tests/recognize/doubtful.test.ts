import {expect, test} from 'vitest'
import type {Recognition} from '../../src/model.ts'
import {doubtsOfReading} from '../../src/recognize/doubtful.ts'

const box = {x: 0, y: 0, width: 9, height: 9}
const reading = (text: string, confidence: number): Recognition => ({
  schemaVersion: 1,
  pageId: 'd/1',
  fingerprint: '',
  engine: {name: 'e', version: '', model: '', modelSha256: '', parameters: {}},
  width: 9,
  height: 9,
  confidence,
  lines: text === '' ? [] : [{box, angle: 0, paragraphStart: true, words: [{text, box, confidence}]}],
  regions: [],
  findings: [],
})

test.each([
  ['an empty page is said, and is no fault', reading('', 0), [['recognize:no-text', 'info']]],
  ['so is one that the engine trusts', reading('', 0.95), [['recognize:no-text', 'info']]],
  [
    'one that the engine did not trust is a warning',
    reading('x'.repeat(30), 0.59),
    [['recognize:doubtful-reading', 'warning']],
  ],
  ['not where there are few letters', reading('x'.repeat(29), 0.2), []],
  ['nor where it trusts it', reading('x'.repeat(30), 0.6), []],
] as const)('%s', (_, page, expected) => {
  expect(doubtsOfReading(page).map(({ruleId, severity}) => [ruleId, severity])).toEqual(expected)
})

test('the page is named, with what was found, expected and to do', () => {
  expect(doubtsOfReading(reading('x'.repeat(99), 0.234))[0]).toMatchObject({
    page: 'd/1',
    reason:
      'Unexpected confidence of `23 %` on page `d/1`, expected more than `60 %` as of type, look at its scan: it may be mirrored, handwritten or too faint',
  })
})
