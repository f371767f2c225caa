import {describe, expect, test} from 'vitest'
import type {HistoryEntry} from '../../src/model.ts'
import {renderTrend} from '../../src/report/trend.ts'
import {evil, failing} from './checks.ts'
import {type Element, parseXml} from './xml.ts'

describe('renderTrend', () => {
  test('a mark for each check, at the height of its rate, with what it stands for in words', () => {
    const svg = parseXml(renderTrend([entry(0.02), entry(0.01, 'failed'), entry(0.015)]))
    const marks = all(svg, 'circle')
    expect(marks.map(({attributes}) => [attributes.cx, attributes.cy])).toEqual([
      ['70.0', '40.0'],
      ['425.0', '145.0'],
      ['780.0', '92.5'],
    ])
    expect(marks[1]?.attributes.fill).toBe('none')
    expect(all(svg, 'desc')[0]?.text).toBe(
      '3 checks from 2026-11-22 to 2026-11-22: 2.00 % at first, 1.50 % at last, least 1.00 %, greatest 2.00 %; 1 did not pass.',
    )
  })
  test('a gap where no rate is defined', () => {
    const svg = parseXml(renderTrend([entry(0.02), entry(null), entry(0.01), entry(0.01)]))
    expect(all(svg, 'circle')).toHaveLength(3)
    expect(all(svg, 'path')[0]?.attributes.d).toBe('M70.0 40.0 M543.3 145.0 L780.0 145.0')
  })
  test.each([
    ['nothing', []],
    ['one check', [entry(0.02)]],
    ['no errors at all', [entry(0), entry(0)]],
  ])('%s is drawn without NaN', (_, entries) => {
    expect(renderTrend(entries)).not.toMatch(/NaN|Infinity/)
    parseXml(renderTrend(entries))
  })
  test('hostile text is text, and a long history stays readable', () => {
    parseXml(renderTrend([{...entry(0.1), date: evil, revision: evil}]))
    expect(all(parseXml(renderTrend(Array.from({length: 5000}, () => entry(0.02)))), 'circle')).toHaveLength(400)
  })
})

function entry(errorRate: number | null, status: HistoryEntry['status'] = 'passed'): HistoryEntry {
  return {
    date: '2026-11-22',
    revision: 'abc',
    status,
    pages: 3,
    characters: {...failing.characters, errorRate},
    documents: {},
  }
}

function all(element: Element, name: string): readonly Element[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap(child => all(child, name))]
}
