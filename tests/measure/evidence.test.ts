import {describe, expect, test} from 'vitest'
import {align} from '../../src/align/align.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import {attributeEdits} from '../../src/measure/attribution.ts'
import {calibrate, type Outcome, outcomesOf, reviewEffort} from '../../src/measure/confidence.ts'
import type {AlignedTexts} from '../../src/measure/differences.ts'
import {findFact, isInOrder, isPresent} from '../../src/measure/facts.ts'
import {findFacts, preservedFacts} from '../../src/measure/preserved.ts'
import type {Edit, Normalized, Tokens} from '../../src/model.ts'

function characters(text: string): Tokens {
  return tokenize(text, 'character', 'reading')
}

function aligned(reference: string, hypothesis: string): AlignedTexts {
  const [referenceTokens, hypothesisTokens] = [characters(reference), characters(hypothesis)]
  return {reference, hypothesis, referenceTokens, hypothesisTokens, alignment: align(referenceTokens, hypothesisTokens)}
}

describe('findFacts', () => {
  test.each([
    [
      'dates are one fact',
      'On March 24, 1985 and 4 May 1942, 1986-04-21.',
      'date:March 24, 1985|date:4 May 1942|date:1986-04-21',
    ],
    ['numbers without their full stop', 'It cost $1,234.50, not 17.', 'number:1,234.50|number:17'],
    ['names inside a sentence', 'We met George Bush and he left.', 'name:George Bush'],
    ['the first word of a sentence is no name', 'Therefore I direct. The talks with Moscow failed.', 'name:Moscow'],
    ['but what follows it is', 'Secretary Shultz spoke.', 'name:Shultz'],
    ['capitals are names', 'The NATO and the USSR', 'name:NATO|name:USSR'],
    ['nothing', 'of the people', ''],
  ])('%s', (_, text, expected) => {
    const found = findFacts(text).map(({kind, span}) => `${kind}:${text.slice(span.start, span.end)}`)
    expect(found.join('|')).toBe(expected)
  })
})

describe('preservedFacts', () => {
  const reference = 'we met George Shultz on March 24, 1985 with 17 men'
  test.each([
    ['all read', reference, []],
    ['a figure misread', reference.replace('17', '11'), ['17']],
    ['a figure made up at the end', reference.replace('1985', '19851'), ['March 24, 1985']],
    ['a comma lost in a date', reference.replace('24,', '24'), ['March 24, 1985']],
    ['a letter made up in a name', reference.replace('Shultz', 'Shulttz'), ['George Shultz']],
    ['a word made up beside it', reference.replace('17', 'SECRET 17'), []],
    ['a stop made up beside it', reference.replace('17', '17.'), []],
    ['nothing read', '', ['George Shultz', 'March 24, 1985', '17']],
  ])('%s', (_, hypothesis, lost) => {
    const found = preservedFacts(aligned(reference, hypothesis))
    expect(found.lost.map(fact => fact.reference)).toEqual(lost)
    const {number, date, name} = found.kinds
    expect(number.count + date.count + name.count).toBe(3)
    expect(number.preserved + date.preserved + name.preserved).toBe(3 - lost.length)
  })

  test('where there is none the rate is undefined', () => {
    expect(preservedFacts(aligned('of the people', '')).kinds.number.rate.value).toBeNull()
  })
})

describe('confidence', () => {
  test('outcomes are those of the words that were read', () => {
    const words = (text: string): Tokens => tokenize(text, 'word', 'reading')
    const alignment = align(words('one two three'), words('one too four three'))
    expect(outcomesOf(alignment, [0.9, 0.4, null, 0.8])).toEqual([
      {confidence: 0.9, correct: true},
      {confidence: 0.4, correct: false},
      {confidence: 0.8, correct: true},
    ])
  })

  const outcomes: readonly Outcome[] = [
    {confidence: 0.25, correct: false},
    {confidence: 0.25, correct: true},
    {confidence: 0.95, correct: true},
    {confidence: 1, correct: true},
  ]

  test('calibration by bins', () => {
    const {bins, expectedError, greatestError} = calibrate(outcomes)
    expect(bins.filter(({words}) => words > 0).map(({from, words, accuracy}) => [from, words, accuracy.value])).toEqual(
      [
        [0.2, 2, 0.5],
        [0.9, 2, 1],
      ],
    )
    expect(expectedError.value).toBeCloseTo((2 * 0.25 + 2 * 0.025) / 4, 12)
    expect(greatestError.value).toBe(0.25)
    expect(calibrate([]).expectedError.value).toBeNull()
  })

  test('the least sure words are looked at first', () => {
    const {steps, area} = reviewEffort([...outcomes, {confidence: 0.9, correct: false}])
    expect(steps).toEqual([
      {confidence: 0.25, looked: 0.4, caught: 0.5},
      {confidence: 0.9, looked: 0.6, caught: 1},
      {confidence: 0.95, looked: 0.8, caught: 1},
      {confidence: 1, looked: 1, caught: 1},
    ])
    expect(area.value).toBeCloseTo(0.1 + 0.15 + 0.2 + 0.2, 12)
  })

  test('where confidence says nothing the area is a half, where nothing is wrong there is none', () => {
    expect(
      reviewEffort([
        {confidence: 1, correct: true},
        {confidence: 1, correct: false},
      ]).area.value,
    ).toBe(0.5)
    expect(reviewEffort([{confidence: 1, correct: true}]).area.value).toBeNull()
  })
})

describe('attributeEdits', () => {
  /** Text with edits of the form `{rule|raw|clean}`. */
  function normalized(notation: string): Normalized {
    const edits: Edit[] = []
    let [raw, clean, at] = ['', '', 0]
    for (const match of notation.matchAll(/\{(.*?)\|(.*?)\|(.*?)\}/gs)) {
      const before = notation.slice(at, match.index)
      at = match.index + match[0].length
      raw += before
      clean += before
      edits.push({
        ruleId: match[1]!,
        family: match[1]!,
        action: 'strip',
        span: {start: raw.length, end: raw.length + match[2]!.length},
        cleanSpan: {start: clean.length, end: clean.length + match[3]!.length},
        raw: match[2]!,
        replacement: match[3]!,
        score: 1,
        evidence: [],
        pageId: 'd/1',
        box: null,
      })
      raw += match[2]!
      clean += match[3]!
    }
    raw += notation.slice(at)
    clean += notation.slice(at)
    return {raw, clean, edits, pages: []}
  }

  function attribute(reference: string, notation: string) {
    const text = normalized(notation)
    return attributeEdits(reference, text, aligned(reference, text.clean), {align, characters})
  }

  test('what a rule repaired and what it damaged', () => {
    const {edits, rules} = attribute(
      'Dear Mr. President, the talks in SECRET session failed.',
      'Dear Mr. President, {strip-stamp|DECLASSIFIED |}the {fold|tolks|talks} in {strip-banner|SECRET |}session {flag|failed|failed}.',
    )
    expect(edits.map(({edit, gain}) => [edit.ruleId, gain])).toEqual([
      ['strip-stamp', 13],
      ['fold', 1],
      ['strip-banner', -7],
      ['flag', 0],
    ])
    expect(rules).toEqual([
      {ruleId: 'strip-stamp', edits: 1, repaired: 13, damaged: 0},
      {ruleId: 'fold', edits: 1, repaired: 1, damaged: 0},
      {ruleId: 'flag', edits: 1, repaired: 0, damaged: 0},
      {ruleId: 'strip-banner', edits: 1, repaired: 0, damaged: 7},
    ])
  })

  test('in a long text only the surroundings of an edit are looked at', () => {
    const words = Array.from({length: 3000}, (_, i) => `word${i}`)
    const reference = words.join(' ')
    const notation = words.map((word, i) => (i === 1500 ? `{strip|SECRET |}${word}` : word)).join(' ')
    expect(attribute(reference, notation).edits[0]!.gain).toBe(7)
  })

  test('no edits', () => {
    expect(attribute('a', 'a')).toEqual({edits: [], rules: []})
  })
})

describe('facts', () => {
  const document = characters('Dear Mr. Presidcnt,\n\nthe talks.\n\nSincerely, Mikhail')

  test('the first best place', () => {
    expect(findFact(characters('President'), document)).toEqual({edits: 1, end: 18})
    expect(findFact(characters(''), document)).toEqual({edits: 0, end: 0})
    expect(findFact(characters('abc'), characters(''))).toEqual({edits: 3, end: 0})
  })

  test('present, absent and in order', () => {
    expect(isPresent(characters('President'), document, 1)).toBe(true)
    expect(isPresent(characters('President'), document, 0)).toBe(false)
    expect(isInOrder(characters('Dear'), characters('Sincerely'), document, 0)).toBe(true)
    expect(isInOrder(characters('Sincerely'), characters('Dear'), document, 0)).toBe(false)
    expect(isInOrder(characters('Dear'), characters('Yours'), document, 1)).toBe(false)
  })
})
