import {describe, expect, test} from 'vitest'
import {align} from '../../src/align/align.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import {lineAssignmentAccuracy} from '../../src/measure/assignment.ts'
import {conventionNames, conventions} from '../../src/measure/compat/conventions.ts'
import {dinglehopper, dinglehopperSummary} from '../../src/measure/compat/dinglehopper.ts'
import {isriAccuracy} from '../../src/measure/compat/isri.ts'
import {costOfMoves, isriMoves} from '../../src/measure/compat/isri-moves.ts'
import {isriWords} from '../../src/measure/compat/isri-words.ts'
import {jiwer, jiwerErrorCounts} from '../../src/measure/compat/jiwer.ts'
import {ocrevaluation} from '../../src/measure/compat/ocrevaluation.ts'
import {transkribus, transkribusTokens} from '../../src/measure/compat/transkribus.ts'
import {flexibleCharacterAccuracy} from '../../src/measure/flexible.ts'

const tools = {tokenize, align}

describe('all conventions', () => {
  test('each name has one', () => {
    expect(Object.keys(conventions).sort()).toEqual([...conventionNames].sort())
  })

  test.each([
    ['two texts', 'Dear Mr. President:\n\nLet me first.', 'Dcar Mr. Presidcnt\nLet me frst'],
    ['an empty reference', '', 'a b'],
    ['an empty hypothesis', 'a b', ''],
    ['both empty', '', ''],
    ['a byte-order mark alone', '\uFEFF', 'a'],
    ['control characters and lone surrogates', 'a\u0000b\uD800', 'a\fb\uDC00'],
  ])('%s: numbers are numbers, or undefined with a reason', (_, reference, hypothesis) => {
    for (const name of conventionNames) {
      const report = JSON.stringify(conventions[name](reference, hypothesis, tools), (_key, value) =>
        typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value,
      )
      expect(report).not.toContain('not finite')
      expect(report.match(/"value":null,"reason":null/)).toBeNull()
    }
  })
})

describe('dinglehopper', () => {
  test('lines are stripped, line ends count, none stands at the end', () => {
    expect(dinglehopper('  ab \r\ncd\n', 'ab\ncx', tools)).toMatchObject({
      cer: {value: 1 / 5},
      n_characters: 5,
      n_words: 2,
    })
  })

  test('what it holds equal', () => {
    const equal = [
      ['ﬁ ﬃ ĳ', 'fi ffi ij'],
      ['a==b—c', 'a–b–c'],
      ['can’t', "can't"],
      ['a⸗b', 'a-b'],
      ['ko\u0364nnen', 'können'],
    ]
    for (const [one, other] of equal) expect(dinglehopper(one!, other!, tools).cer.value).toBe(0)
  })

  test('the summary is a mean of rates', () => {
    expect(dinglehopperSummary([0.1, 0.3]).value).toBe(0.2)
    expect(dinglehopperSummary([]).value).toBeNull()
  })
})

describe('isri', () => {
  test('white space is compressed, a mark on a blank that goes is kept by the one that stays', () => {
    const {characters, suspectMarkers, falseMarks} = isriAccuracy('\n a  b \n\n\nc\n', 'a^  b\nc\n', tools)
    expect([characters, suspectMarkers, falseMarks]).toEqual([6, 1, 1])
  })

  test('a long text is cut, and its errors are the distance', () => {
    const words = Array.from({length: 9000}, (_, i) => `word${(i * 7919) % 9001}`)
    const reference = `${words.join(' ')}\n`
    const hypothesis = `${words.map((word, i) => (i % 2 ? word.replace('word', 'vvord') : word)).join(' ')}\n`
    const report = isriAccuracy(reference, hypothesis, tools)
    expect([report.errors, report.confusions]).toEqual([
      9000,
      [{correct: 'w', generated: 'vv', errors: 9000, marked: 0}],
    ])
  })

  test('words by length, occurrence and phrase', () => {
    const {words, misrecognized, stopwords, nonStopwords, distinctNonStopwords, phrases} = isriWords(
      'The talks of the talks failed',
      'the tolks of the talks failed',
      tools,
    )
    expect([words, misrecognized]).toEqual([6, 1])
    const rows = (table: typeof phrases): (string | number)[][] =>
      table.map(({name, count, missed}) => [name, count, missed])
    expect(rows(stopwords)).toEqual([
      ['all', 3, 0],
      ['2', 1, 0],
      ['3', 2, 0],
    ])
    expect(rows(nonStopwords)).toEqual([
      ['all', 3, 1],
      ['5', 2, 1],
      ['6', 1, 0],
    ])
    expect(rows(distinctNonStopwords)).toEqual([
      ['all', 2, 0],
      ['1', 1, 0],
      ['2', 1, 0],
    ])
    expect(rows(phrases).slice(0, 3)).toEqual([
      ['1', 6, 1],
      ['2', 5, 2],
      ['3', 4, 2],
    ])
    expect(phrases.at(-1)).toMatchObject({name: '8', count: 0, right: {value: null}})
  })

  test('moves, and what they cost', () => {
    const swapped = isriMoves('one two\nthree four\nFIVE\n', 'three four\nFIVE\none two\n')
    expect(swapped).toEqual({insertions: 0, deletions: 0, moves: 1, lengths: [{length: 8, moves: 1}], reason: null})
    expect([0, 5, 20].map(price => costOfMoves(swapped, price).value)).toEqual([0, 5, 8])
    expect(isriMoves('a~b', 'ab')).toMatchObject({insertions: 0, deletions: 0})
  })

  test('a text too long for moves says so', () => {
    const long = 'a b c d e f '.repeat(1000)
    const moves = isriMoves(long, long)
    expect(moves.reason).toContain('page by page')
    expect(costOfMoves(moves, 5).value).toBeNull()
  })
})

describe('jiwer', () => {
  test('as many sentences on both sides', () => {
    expect(() => jiwer(['a'], ['a', 'b'], tools)).toThrow(RangeError)
  })

  test('blanks are runs of two and more, or a blank', () => {
    expect(jiwer(['a  b'], [' a b '], tools)).toMatchObject({wer: 0, hits: 2})
  })

  test('neighbours of one operation are one entry', () => {
    expect(jiwerErrorCounts(['a b c'], ['x y c'], tools).substitutions).toEqual({'a b>x y': 1})
  })
})

test('ocrevalUAtion never replaces a blank', () => {
  const {cer, distance} = ocrevaluation('a b', 'axb', tools)
  expect([cer.value, distance]).toEqual([2 / 3, 1])
})

describe('transkribus', () => {
  test('tokens', () => {
    expect(transkribusTokens(' It’s 3rd,\n“ﬁne” ')).toEqual(['It', '’', 's', '3', 'rd', ',', '“', 'fine', '”'])
    expect(transkribusTokens("it's", {lettersOnly: true, ignoreCase: true})).toEqual(['ITS'])
  })

  test('counts add up', () => {
    const {COR, SUB, INS, DEL, GT, HYP} = transkribus('a b c d', 'a x d e f')
    expect([COR + SUB + INS, COR + SUB + DEL]).toEqual([GT, HYP])
  })
})

describe('order-free accuracy', () => {
  const lines = (text: string): string[][] => text.split('\n').map(line => [...line])

  test.each([
    ['', '', 1],
    ['', 'a', null],
    ['a', '', 0],
  ])('%j against %j', (reference, hypothesis, expected) => {
    expect(flexibleCharacterAccuracy(lines(reference), lines(hypothesis)).value).toBe(expected)
    expect(lineAssignmentAccuracy(lines(reference), lines(hypothesis)).value).toBe(expected)
  })

  test('columns read across', () => {
    const [left, right] = [
      ['The President spoke', 'of new hopes'],
      ['The Premier', 'listened at length'],
    ]
    const across = left.map((line, i) => `${line} ${right[i]}`).join('\n')
    expect(flexibleCharacterAccuracy(lines([...left, ...right].join('\n')), lines(across)).value).toBeCloseTo(
      1 - 2 / 60,
      12,
    )
    expect(lineAssignmentAccuracy(lines([...left, ...right].join('\n')), lines(across)).value).toBeLessThan(0.6)
  })

  test('a line of thousands of characters is not tried', () => {
    const long = 'ab'.repeat(5000)
    expect(flexibleCharacterAccuracy(lines(long), lines(`${long}x`)).reason).toContain('page by page')
  })

  test('lines by the thousand are not assigned', () => {
    const many = Array.from({length: 1500}, () => ['a'])
    expect(lineAssignmentAccuracy(many, many).reason).toContain('page by page')
  })
})
