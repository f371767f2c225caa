import {describe, expect, test} from 'vitest'
import {explain} from '../../src/normalize/explain.ts'
import {plainPages} from './plain-pages.ts'

const text = [
  'SECRET',
  '',
  'Dear Margaret:',
  '',
  'The сору was sent, and the report was marked',
  'SECRET',
  'by the ministry. We keep it in the safe.',
  '',
  'Group 1',
  '',
  'Unofficial translation',
].join('\n')

const lines = explain(plainPages(`${text}\f3\n\nNLS MR 2000-004 #5`), {profile: 'letter', disabled: []})
const at = (line: number) => lines.filter(item => item.line === line)

describe('explanations', () => {
  test('number the lines as an editor does, page breaks counting for none', () => {
    expect(lines.map(({line}) => line)).toEqual([1, 3, 5, 6, 7, 9, 11, 11, 13])
    expect(lines.map(({pageId}) => pageId).slice(-3)).toEqual(['text/1', 'text/2', 'text/2'])
  })

  test.each([
    [1, 'strip', /^Stripped: `strip-classification-banner` gives 5, and 4 is enough\.$/],
    [3, 'keep', /^Kept: no rule sees a marking; 1 of 2 words are of a language\.$/],
    [5, 'repair', /^Repaired: `сору` reads `copy`\.$/],
    [6, 'keep', /^Kept: `strip-classification-banner` gives 0; 1\.5 would flag it\.$/],
    [9, 'flag', /^Flagged: `strip-downgrading-block` gives 3\.5; 4 would strip it\.$/],
    [13, 'strip', /^Stripped: `strip-library-stamp` gives 4, and 4 is enough\.$/],
  ])('line %i: %s', (line, decision, summary) => {
    const [found] = at(line)
    expect(found?.decision).toBe(decision)
    expect(found?.summary).toMatch(summary)
  })

  test('say when the profile keeps a line', () => {
    expect(at(11)[0]?.summary).toMatch(/but the profile counts `translation-note` as the letter's\.$/)
  })

  test('hold the evidence against a candidate, too', () => {
    expect(at(6)[0]?.candidates[0]).toMatchObject({
      ruleId: 'strip-classification-banner',
      decision: 'keep',
      text: 'SECRET',
      evidence: [
        'reads `SECRET` (+2)',
        'the same marking stands twice on the page (+1)',
        'the sentence of the line before needs it (−3)',
      ],
    })
  })

  test('lead to the raw text', () => {
    for (const {span, text: line} of lines)
      expect(`${text}\f3\n\nNLS MR 2000-004 #5`.slice(span.start, span.end)).toBe(line)
  })
})
