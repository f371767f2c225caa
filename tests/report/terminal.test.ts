import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Finding} from '../../src/model.ts'
import {formatAmount, formatConfidence, formatCount, formatRate} from '../../src/report/figures.ts'
import {renderTerminal} from '../../src/report/terminal.ts'
import {visibleLine, visibleParts} from '../../src/report/visible.ts'
import {cutMiddle, displayWidth, padEnd, padStart, wrap} from '../../src/report/width.ts'
import {buildReport} from './fixture.ts'
import {attack, hostileDocuments, letters} from './samples.ts'

const {report} = buildReport(letters)

describe('renderTerminal', () => {
  test('a row for each document, totals, findings with errors first, verdict, next steps', async () => {
    await expect(renderTerminal(report, {color: false, width: 120})).toMatchFileSnapshot('terminal-120.txt')
  })

  test('a narrow terminal loses columns, not documents', async () => {
    await expect(renderTerminal(report, {color: false, width: 72})).toMatchFileSnapshot('terminal-72.txt')
  })

  test('a very narrow terminal gets lines in place of a table', async () => {
    await expect(renderTerminal(report, {color: false, width: 30})).toMatchFileSnapshot('terminal-30.txt')
  })

  test.each([20, 30, 40, 56, 72, 80, 100, 120, 200])('no line is wider than a terminal of %i columns', width => {
    for (const documents of [letters, hostileDocuments]) {
      const lines = renderTerminal(buildReport(documents).report, {color: false, width}).split('\n')
      expect(lines.filter(line => displayWidth(line) > width)).toEqual([])
    }
  })

  test('colour adds nothing but colour', () => {
    const colored = renderTerminal(report, {color: true, width: 100})
    expect(colored).toContain('\x1b[')
    expect(colored.replace(/\x1b\[\d+m/g, '')).toBe(renderTerminal(report, {color: false, width: 100}))
  })

  test('hostile names and reasons do not reach the terminal', () => {
    const finding: Finding = {
      ruleId: `x:${attack.terminal}`,
      severity: 'error',
      reason: `${attack.terminal}${attack.bidi}`,
      file: attack.terminal,
      page: null,
      point: {line: 3, column: 4, offset: 9},
    }
    const text = renderTerminal(buildReport(hostileDocuments, [finding]).report, {color: false, width: 120})
    expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
    expect(text).toContain('<U+001B>[31mred')
    expect(text).toContain('user<U+202E> nimda')
  })

  test('of many findings the first fifty are shown, and the rest is said', () => {
    const findings = Array.from(
      {length: 60},
      (_, index): Finding => ({
        ruleId: 'read:x',
        severity: index < 55 ? 'warning' : 'error',
        reason: `Reason ${index}`,
        file: `scans/${String(index).padStart(2, '0')}.png`,
        page: null,
        point: null,
      }),
    )
    const text = renderTerminal(buildReport([], findings).report, {color: false, width: 80})
    expect(text.match(/Reason \d+/g)).toHaveLength(50)
    expect(text.match(/Reason \d+/g)!.slice(0, 6)).toEqual([55, 56, 57, 58, 59, 0].map(index => `Reason ${index}`))
    expect(text).toContain('and 10 more findings in report.json')
  })

  test('failed checks stand below the verdict', () => {
    const verdict = {
      status: 'failed' as const,
      checks: [
        {name: 'CER', place: 'a', expected: 'up to 3 %', found: '4 %', passed: false},
        {name: 'CER', place: 'b', expected: 'up to 3 %', found: '1 %', passed: true},
      ],
    }
    const text = renderTerminal({...report, verdict}, {color: false, width: 80})
    expect(text).toContain('Verdict: failed\n  a: CER: expected up to 3 %, found 4 %\n')
    expect(text).not.toContain('found 1 %')
  })
})

describe('figures', () => {
  test.each([
    [0, '0 %'],
    [0.00001, '<0.01 %'],
    [0.0001, '0.01 %'],
    [0.01868, '1.87 %'],
    [0.09994, '9.99 %'],
    [0.09996, '10.0 %'],
    [0.4567, '45.7 %'],
    [0.9996, '100 %'],
    [2.5, '250 %'],
    [null, '–'],
  ])('a rate of %s is %s', (rate, expected) => {
    expect(formatRate(rate)).toBe(expected)
  })

  test('counts, confidence and amounts', () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567'])
    expect([null, 0, 0.945, 1].map(formatConfidence)).toEqual(['–', '0 %', '95 %', '100 %'])
    expect([formatAmount(1, 'page'), formatAmount(0, 'page'), formatAmount(2, 'entry', 'entries')]).toEqual([
      '1 page',
      '0 pages',
      '2 entries',
    ])
  })
})

describe('visible', () => {
  test.each([
    ['ANSI', '\x1b[2J', '<U+001B>[2J'],
    ['C1', '\x9b2J', '<U+009B>2J'],
    ['bidi', 'a\u202eb', 'a<U+202E>b'],
    ['lone surrogate', 'a\ud800b', 'a<U+D800>b'],
    ['tag', 'a\u{e0041}b', 'a<U+E0041>b'],
    ['line feed and tab', 'a\n\tb', 'a b'],
    ['line separator', 'a\u2028b', 'a<U+2028>b'],
    ['joiners that scripts need', 'نمی\u200cدانم', 'نمی\u200cدانم'],
    ['a pair of surrogates', 'a😀b', 'a😀b'],
  ])('%s', (_, text, expected) => {
    expect(visibleLine(text)).toBe(expected)
  })

  test('plain parts are the text without what acts', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), text => {
        const parts = visibleParts(text)
        const plain = parts
          .filter(part => !part.isName)
          .map(part => part.text)
          .join('')
        const named = parts
          .filter(part => part.isName)
          .map(part => String.fromCodePoint(Number.parseInt(part.text.slice(2), 16)))
        expect(plain).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/)
        expect(plain.length + named.join('').length).toBe(text.length)
      }),
      {seed: 1},
    )
  })
})

describe('width', () => {
  test.each([
    ['letters', 'abc', 3],
    ['Cyrillic', 'Сертификат', 10],
    ['wide', '漢字', 4],
    ['hangul', '한국', 4],
    ['full width', 'ＡＢ', 4],
    ['combining', 'e\u0301', 1],
    ['a combining mark alone', '\u0301', 0],
    ['emoji', '😀', 2],
    ['emoji of several', '👩‍👩‍👧', 2],
    ['nothing', '', 0],
  ])('%s', (_, text, expected) => {
    expect(displayWidth(text)).toBe(expected)
  })

  test('cuts in the middle, never through a cluster, never too wide', () => {
    expect(cutMiddle('1985-03-24-gorbachev-to-reagan', 15)).toBe('1985-03…-reagan')
    expect(cutMiddle('漢字漢字漢字', 6)).toBe('漢…字')
    expect(cutMiddle('abc', 0)).toBe('')
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), fc.nat(40), (text, width) => {
        expect(displayWidth(cutMiddle(visibleLine(text), width))).toBeLessThanOrEqual(width)
      }),
      {seed: 1},
    )
  })

  test('wraps at blanks, breaks words that are longer than a line', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh'])
    expect(wrap('', 5)).toEqual([''])
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 2, max: 40}), (text, width) => {
        const lines = wrap(visibleLine(text), width)
        expect(lines.filter(line => displayWidth(line) > width)).toEqual([])
        expect(lines.join('').replace(/ /g, '')).toBe(visibleLine(text).replace(/ /g, ''))
      }),
      {seed: 1},
    )
  })

  test('pads by display width', () => {
    expect(padEnd('漢', 4)).toBe('漢  ')
    expect(padStart('漢', 4)).toBe('  漢')
  })
})
