import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Edit} from '../../src/model.ts'
import {applyEdits} from '../../src/normalize/apply.ts'
import {normalize} from '../../src/normalize/normalize.ts'
import {rawOffsets, restore} from '../../src/normalize/restore.ts'
import {plainPages} from './plain-pages.ts'

/** Lines that rules act on, lines of letters, and any text at all. */
const line = fc.oneof(
  fc.constantFrom(
    'SECRET',
    'SEGRET',
    'S E C R E T',
    'UNCLASSIFIED',
    'NLS MR 2000-004 #5',
    'DECLASSIFIED/Released',
    'this document, which was marked',
    'the security of the United States by the develop-',
    'ment of relations between the two of us',
    'СЕРТИФИКАТ',
    'сору',
    'Доверяй, но проверяй.',
    '- 2 -',
    '3',
    '',
    '  ',
    '\f',
    '-',
    're-',
  ),
  fc.string({unit: 'grapheme', maxLength: 30}),
)
const text = fc.array(line, {maxLength: 24}).map(lines => lines.join('\n'))

describe('any text', () => {
  test('is restored from its clean text and edits', () => {
    fc.assert(
      fc.property(text, raw => {
        const {clean, edits} = normalize(plainPages(raw), {profile: 'letter', disabled: []})
        expect(restore(edits, clean)).toBe(raw)
      }),
      {seed: 1, numRuns: 300},
    )
  })

  test('has ascending, disjoint edits that say what stood and what stands there', () => {
    fc.assert(
      fc.property(text, raw => {
        const {clean, edits} = normalize(plainPages(raw), {profile: 'letter', disabled: []})
        let last = 0
        for (const {span, cleanSpan, raw: stood, replacement, action} of edits) {
          expect(span.start).toBeGreaterThanOrEqual(last)
          expect(stood).toBe(raw.slice(span.start, span.end))
          expect(replacement).toBe(clean.slice(cleanSpan.start, cleanSpan.end))
          if (action === 'flag') expect(replacement).toBe(stood)
          last = span.end
        }
      }),
      {seed: 1, numRuns: 300},
    )
  })

  test('keeps its form feeds and its page shares', () => {
    fc.assert(
      fc.property(text, raw => {
        const {clean, pages} = normalize(plainPages(raw), {profile: 'letter', disabled: []})
        expect(clean.split('\f')).toEqual(pages.map(share => clean.slice(share.clean.start, share.clean.end)))
        expect(raw.split('\f')).toEqual(pages.map(share => raw.slice(share.raw.start, share.raw.end)))
      }),
      {seed: 1, numRuns: 300},
    )
  })

  test('is left as it is by a second run', () => {
    fc.assert(
      fc.property(text, raw => {
        const {clean} = normalize(plainPages(raw), {profile: 'letter', disabled: []})
        const again = normalize(plainPages(clean), {profile: 'letter', disabled: []})
        expect(again.clean).toBe(clean)
        expect(again.edits.filter(({action}) => action !== 'flag')).toEqual([])
      }),
      {seed: 1, numRuns: 300},
    )
  })

  test('maps clean offsets to raw ones that never fall and are exact on kept text', () => {
    fc.assert(
      fc.property(text, raw => {
        const {clean, edits} = normalize(plainPages(raw), {profile: 'letter', disabled: []})
        const map = rawOffsets(edits)
        let last = 0
        for (let offset = 0; offset <= clean.length; offset++) {
          const mapped = map(offset)
          expect(mapped).toBeGreaterThanOrEqual(last)
          expect(mapped).toBeLessThanOrEqual(raw.length)
          const touched = edits.some(
            ({cleanSpan, action}) => action !== 'flag' && offset >= cleanSpan.start && offset < cleanSpan.end,
          )
          if (!touched && offset < clean.length) expect(raw[mapped]).toBe(clean[offset])
          last = mapped
        }
        expect(map(clean.length)).toBeLessThanOrEqual(raw.length)
      }),
      {seed: 1, numRuns: 200},
    )
  })
})

describe('applyEdits', () => {
  const edit = (start: number, end: number, replacement: string): Edit => ({
    ruleId: 'strip-test',
    family: 'test',
    action: 'strip',
    span: {start, end},
    cleanSpan: {start: 0, end: 0},
    raw: '',
    replacement,
    score: 4,
    evidence: [],
    pageId: 'text/1',
    box: null,
  })

  test('makes edits and says where they stand', () => {
    const {clean, edits} = applyEdits('one two three', [edit(0, 4, ''), edit(4, 7, 'deux')])
    expect(clean).toBe('deux three')
    expect(edits.map(({cleanSpan, raw}) => [cleanSpan.start, cleanSpan.end, raw])).toEqual([
      [0, 0, 'one '],
      [0, 4, 'two'],
    ])
  })

  test.each([
    ['overlapping', [edit(0, 4, ''), edit(3, 5, '')]],
    ['backwards', [edit(4, 3, '')]],
    ['beyond the text', [edit(0, 99, '')]],
  ])('throws on edits that are %s', (_, edits) => {
    expect(() => applyEdits('one two', edits)).toThrow('Cannot apply `strip-test`')
  })

  test('maps an offset behind a strip to what follows it, and a repair letter by letter', () => {
    const {edits} = applyEdits('SECRET\nDear сору', [edit(0, 7, ''), edit(12, 16, 'copy')])
    const map = rawOffsets(edits)
    expect([0, 4, 5, 7, 8, 9].map(map)).toEqual([7, 11, 12, 14, 15, 16])
  })
})
