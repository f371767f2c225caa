import {expect, test} from 'vitest'
import type {Report} from '../../src/model.ts'
import {renderGithub} from '../../src/report/github.ts'
import {renderSarif} from '../../src/report/sarif.ts'
import {checkOfSuspects, renderSuspects, renderSuspectsJson, suspectsOf} from '../../src/report/suspects.ts'
import {buildReport} from './fixture.ts'
import {hostileDocuments, letters} from './samples.ts'

const named = (report: Report, pattern: string | null): Report => ({
  ...report,
  documents: report.documents.map(document => ({
    ...document,
    differences: document.differences.map((difference, index) => ({
      ...difference,
      suspect: 'transcript' as const,
      probabilities: {transcript: 0.6 + 0.01 * index, ocr: 0.2, editorial: 0.2 - 0.01 * index},
      pattern,
    })),
  })),
})
const target = ({document, id}: {readonly document: string; readonly id: string}) => `${document}:${id}`
const shown = {base: '', width: 100, crops: new Map(), accept: 'scanproof accept TARGET', target}
const text = (report: Report) => renderSuspects(suspectsOf(report), shown)

test('only what is probably the transcript’s fault is listed, the most probable first', () => {
  const {report} = buildReport(letters)
  expect(suspectsOf(report)).toHaveLength(
    report.documents.flatMap(({differences}) => differences).filter(({suspect}) => suspect === 'transcript').length,
  )
  const probabilities = suspectsOf(named(report, null)).map(({probability}) => probability)
  expect(probabilities.length).toBeGreaterThan(3)
  expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a))
})

test('a pattern is told once in a document, with its other places', () => {
  const {report} = buildReport(letters)
  const all = suspectsOf(named(report, '`a` for `b`'))
  const documents = new Set(all.map(({document}) => document))
  expect(text(named(report, '`a` for `b`')).match(/^ {2}because /gm)).toHaveLength(documents.size)
  expect(text(named(report, null)).match(/^ {2}because /gm)).toHaveLength(all.length)
  expect(text(report)).toMatch(/\nscanproof accept TARGET\n$/)
  for (const suspect of all)
    expect(text(named(report, null))).toMatch(new RegExp(`^  accept +${target(suspect)}$`, 'm'))
})

test('nothing found is said', () => {
  expect(renderSuspects([], shown)).toBe('No place where the transcript is probably wrong\n')
})

test('each stands at its transcript line, and is an error only where there are more than may be', () => {
  const report = named(buildReport(letters).report, null)
  const suspects = suspectsOf(report)
  const results = (isFailing: boolean) =>
    JSON.parse(
      renderSarif(
        checkOfSuspects(report, [], suspects, isFailing, () => 'scanproof accept'),
        {base: ''},
      ),
    ).runs[0].results
  expect(results(true)).toHaveLength(suspects.length)
  expect(results(true)[0].level).toBe('error')
  expect(results(false)[0].level).toBe('note')
  expect(results(false)[0].locations[0].physicalLocation.region.startLine).toBe(suspects[0]?.place.transcript?.line)
  const command = renderGithub(
    checkOfSuspects(report, [], suspects, true, () => ''),
    {base: ''},
  ).split('\n')[0]
  expect(command).toMatch(/^::error file=transcripts\/.*line=\d+/)
})

test('text from outside cannot act on a terminal, and JSON holds the list', () => {
  const report = named(buildReport(hostileDocuments).report, null)
  expect(text(report)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  expect(JSON.parse(renderSuspectsJson(suspectsOf(report), new Map()))).toHaveLength(suspectsOf(report).length)
})
