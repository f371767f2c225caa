import {expect, test} from 'vitest'
import {historyEntry, parseHistory, serializeHistory} from '../../src/gate/history.ts'
import {acceptAll, checkTexts, type Texts} from './corpus.ts'

const letter: Texts = {id: 'letter', transcript: 'The modern world.\n', pages: {1: 'The modem world.'}}
const {report} = checkTexts([letter], acceptAll([letter]))
const entry = historyEntry(report, {date: '2026-11-22', revision: 'abc123'})

test('an entry holds the counts of corpus and documents', () => {
  expect(entry).toEqual({
    date: '2026-11-22',
    revision: 'abc123',
    status: 'passed',
    pages: 1,
    characters: report.characters,
    documents: {letter: report.characters},
  })
})

test('a line an entry, and back', () => {
  const text = serializeHistory([entry, {...entry, revision: null}])
  expect(text.match(/\n/g)).toHaveLength(2)
  expect(parseHistory(text, 'history.ndjson')).toEqual([entry, {...entry, revision: null}])
  expect(parseHistory(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'history.ndjson')).toHaveLength(2)
  expect(parseHistory('', 'history.ndjson')).toEqual([])
})

test.each(['{', '{}', '{"date": 1}', 'null'])('a line that is no entry is named: %j', line => {
  const text = `${serializeHistory([entry])}${line}\n`
  expect(() => parseHistory(text, 'history.ndjson')).toThrow(/^Unexpected line 2 in `history\.ndjson`/)
})
