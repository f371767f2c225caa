import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {capHeight, type Face, outline} from '../../scripts/facsimile/face.ts'
import {strikeOut, write} from '../../scripts/facsimile/pen.ts'
import {random} from '../../scripts/facsimile/random.ts'
import {drawMarking, type Stamp} from '../../scripts/facsimile/stamp.ts'
import {type Mark, type Typing, type, wrap} from '../../scripts/facsimile/type.ts'

const faces: readonly Face[] = [
  'courier-prime',
  'courier-prime-bold',
  'courier-prime-italic',
  'cutive-mono',
  'pt-mono',
  'special-elite',
]
const typing: Typing = {face: 'courier-prime', pitch: 10, leading: 6, left: 1, top: 2, wear: 0, density: 0.9}

describe('outline', () => {
  test.each(faces)('%s has all that the letters are typed with', face => {
    for (const character of "AZaz09.,:;-'/#()") expect(outline(face, character).contours.length).toBeGreaterThan(0)
    expect(capHeight(face)).toBeGreaterThan(0.3)
    expect(capHeight(face)).toBeLessThan(0.8)
  })

  test('Cyrillic comes from the second file of a face', () => {
    for (const character of 'СЕРТИФИКАТшлу') expect(outline('pt-mono', character).contours.length).toBeGreaterThan(0)
  })

  test('a character that the face lacks is an error that names both', () => {
    expect(() => outline('special-elite', 'Ж')).toThrow(
      'Unexpected character `Ж`, expected one that `special-elite` has',
    )
  })
})

describe('type', () => {
  test('words stand on the grid, blanks move on, an empty line is left empty', () => {
    const words = type(['', '  Mr.  Shultz'], typing, 1)
    expect(words.map(({text, line}) => [text, line])).toEqual([
      ['Mr.', 1],
      ['Shultz', 1],
    ])
    // Pica: the second word begins in the eighth cell, an inch and seven tenths from the edge.
    const [first = 0, last = 0] = span(words[1]?.marks ?? [], 0)
    expect(first).toBeGreaterThan(1.7)
    expect(first).toBeLessThan(1.72)
    expect(last).toBeLessThan(2.3)
    // The baseline of the second line is a sixth of an inch below the first.
    expect(span(words[1]?.marks.slice(0, 1) ?? [], 1)[1]).toBeCloseTo(2 + 1 / 6, 2)
  })

  test('a serviced machine strikes each letter alike, a worn one does not', () => {
    const gaps = (wear: number): Set<string> => {
      const lefts = type(['eeeeeeee'], {...typing, wear}, 1)[0]?.marks.map(mark => span([mark], 0)[0] ?? 0) ?? []
      return new Set(lefts.slice(1).map((left, index) => (left - (lefts[index] ?? 0)).toFixed(6)))
    }
    expect(gaps(0)).toEqual(new Set(['0.100000']))
    expect(gaps(1).size).toBeGreaterThan(5)
  })

  test('a slug has its fault wherever it strikes', () => {
    const drop = (letter: string): number => {
      const [word] = type([letter.repeat(30)], {...typing, wear: 1}, 5)
      const bottoms = word?.marks.map(mark => span([mark], 1)[1]) ?? []
      const [level] = type([letter], typing, 5)
      return bottoms.reduce((sum, bottom) => sum + bottom, 0) / 30 - span(level?.marks ?? [], 1)[1]
    }
    // Thirty strikes even out; what is left of the fault differs from slug to slug.
    const drops = [...'aeimnorsuvwxz'].map(drop)
    expect(Math.max(...drops) - Math.min(...drops)).toBeGreaterThan(0.003)
  })
})

describe('wrap', () => {
  test.each([
    ['indents the first line alone', 'one two three', 9, 3, ['   one', 'two three']],
    ['two blanks after a sentence', 'Yes. No? So', 20, 0, ['Yes.  No?  So']],
    ['one after a title or an initial', 'Mr. K. U. Chernenko', 30, 0, ['Mr. K. U. Chernenko']],
    ['divides a compound at its hyphen', 'Soviet-American', 10, 0, ['Soviet-', 'American']],
    ['keeps a dash apart', 'useful - though', 9, 0, ['useful -', 'though']],
    ['leaves a long word long', 'extraordinarily', 5, 2, ['  extraordinarily']],
    ['gives one empty line for no text', '', 5, 0, ['']],
  ])('%s', (_, text, columns, indent, lines) => {
    expect(wrap(text, columns, indent)).toEqual(lines)
  })

  test('loses no word and passes the margin only with a word that is longer', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/)
    fc.assert(
      fc.property(fc.array(word, {minLength: 1, maxLength: 40}), fc.integer({min: 9, max: 30}), (words, columns) => {
        const lines = wrap(words.join(' '), columns, 0)
        expect(lines.join(' ')).toBe(words.join(' '))
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns)
      }),
      {seed: 1},
    )
  })
})

describe('pen', () => {
  test('writes one mark a character and says where it ends', () => {
    const {marks, end} = write('6/14/00', 1, 2, 0.2, random(1, 'hand'))
    expect(marks).toHaveLength(7)
    expect(end).toBeGreaterThan(1.4)
    expect(end).toBeLessThan(2)
  })

  test('a character that the hand does not know is an error', () => {
    expect(() => write('Q', 0, 0, 1, random(1, 'hand'))).toThrow('Unexpected character `Q`')
  })

  test('a stroke goes from one point to the other and is not straight', () => {
    const stroke = strikeOut(1, 1, 3, 1, random(1, 'hand'))
    const [left = 0, right = 0] = span([stroke], 0)
    const [top = 0, bottom = 0] = span([stroke], 1)
    expect(left).toBeCloseTo(1, 1)
    expect(right).toBeCloseTo(3, 1)
    expect(bottom - top).toBeGreaterThan(0.018)
    expect(bottom - top).toBeLessThan(0.1)
  })
})

describe('drawMarking', () => {
  const stamp: Stamp = {
    kind: 'stamp',
    by: 'stamp',
    lines: ['DECLASSIFIED', 'By {djk} NARA, Date {6/14/00}'],
    ink: 'red',
    x: 4,
    y: 5,
    degrees: 0,
    sizes: [0.24, 0.12],
    density: 0.7,
    framed: false,
  }

  test('what stands in braces is written by hand over a rule, the rest is stamped', () => {
    const {words, frame} = drawMarking(stamp, 1)
    expect(words.map(({text, line, hand}) => [text, line, hand])).toEqual([
      ['DECLASSIFIED', 0, false],
      ['By', 1, false],
      ['djk', 1, true],
      ['NARA,', 1, false],
      ['Date', 1, false],
      ['6/14/00', 1, true],
    ])
    expect(frame).toHaveLength(2)
  })

  test('a stamp is centred on its place and has capitals of its size', () => {
    const marks = drawMarking({...stamp, lines: ['SECRET'], sizes: [0.24]}, 1).words.flatMap(word => word.marks)
    const [left = 0, right = 0] = span(marks, 0)
    const [top = 0, bottom = 0] = span(marks, 1)
    expect((left + right) / 2).toBeCloseTo(4, 1)
    expect((top + bottom) / 2).toBeCloseTo(5, 1)
    expect(bottom - top).toBeGreaterThan(0.24)
    expect(bottom - top).toBeLessThan(0.29)
  })

  test('a frame goes round every word, a quarter turn stands it on its side', () => {
    const {words, frame} = drawMarking({...stamp, lines: ['DECLASSIFIED'], framed: true, degrees: -90}, 1)
    const marks = words.flatMap(word => word.marks)
    for (const axis of [0, 1] as const) {
      expect(span(frame, axis)[0]).toBeLessThan(span(marks, axis)[0] ?? 0)
      expect(span(frame, axis)[1]).toBeGreaterThan(span(marks, axis)[1] ?? 0)
    }
    const [left = 0, right = 0] = span(marks, 0)
    const [top = 0, bottom = 0] = span(marks, 1)
    expect(bottom - top).toBeGreaterThan((right - left) * 5)
  })

  test('a pen strikes out the first line, typed or stamped', () => {
    const typed = drawMarking({kind: 'banner', by: 'typewriter', lines: ['SECRET'], typing, struck: true}, 1)
    for (const {strokes, words} of [typed, drawMarking({...stamp, struck: true}, 1)]) {
      expect(strokes).toHaveLength(1)
      const first = words.filter(({line}) => line === 0).flatMap(({marks}) => marks)
      const [left = 0, right = 0] = span(strokes, 0)
      expect(left).toBeLessThan(span(first, 0)[0] ?? 0)
      expect(right).toBeGreaterThan(span(first, 0)[1] ?? 0)
      const [top = 0, bottom = 0] = span(strokes, 1)
      expect(top).toBeGreaterThan(span(first, 1)[0] ?? 0)
      expect(bottom).toBeLessThan(span(first, 1)[1] ?? 0)
    }
    expect(drawMarking(stamp, 1).strokes).toEqual([])
  })
})

/** Least and greatest coordinate of the marks along an axis. */
function span(marks: readonly Mark[], axis: 0 | 1): [number, number] {
  const values = marks.flatMap(({contours}) => contours.flatMap(contour => contour.filter((_, i) => i % 2 === axis)))
  return [Math.min(...values), Math.max(...values)]
}
