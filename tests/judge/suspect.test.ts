import fc from 'fast-check'
import {expect, test} from 'vitest'
import {type Place, signsOf} from '../../src/judge/features.ts'
import {patternsOf} from '../../src/judge/patterns.ts'
import {countWords, surroundingsOf} from '../../src/judge/surroundings.ts'
import {judgeDifferences, probabilitiesOf} from '../../src/judge/suspect.ts'
import {learned} from '../../src/judge/weights.ts'
import type {LookReading} from '../../src/model.ts'

const vocabulary = countWords(['The Secretary of the negotiations was not given the Houses now and now of Rumania'])

test.each([
  {
    about: 'a typing error that every look reads as the scan has it',
    difference: 'negotations/negotiations',
    confidence: 0.95,
    looks: ['negotiations', 'negotiations', 'negotiations', 'negotiations'],
    suspect: 'transcript',
    evidence: 'a second look reads `negotiations` in every way',
  },
  {
    about: 'a misreading that a second look does not repeat',
    difference: 'Secretary/Secrelary',
    confidence: 0.9,
    looks: ['Secretary', 'Secretary', 'Secretary', 'Secrelary'],
    suspect: 'ocr',
    evidence: 'a second look reads `Secretary` in 3 of 4 ways',
  },
  {
    about: 'a word for another, read the same every time',
    difference: 'now/not',
    confidence: 0.96,
    looks: ['not', 'not', 'not', 'not'],
    suspect: 'transcript',
    evidence: 'a second look reads `not` in every way',
  },
  {
    about: 'a digit, read the same every time',
    difference: '1937/1939',
    confidence: 0.95,
    looks: ['1939', '1939', '1939', '1939'],
    suspect: 'transcript',
    evidence: 'digits differ',
  },
  {
    about: 'a word left out of the transcript',
    difference: '/not',
    confidence: 0.96,
    looks: ['not', 'not', 'not', 'not'],
    suspect: 'transcript',
    evidence: 'a second look reads `not` in every way',
  },
  {
    about: 'a stain',
    difference: '/~«',
    confidence: 0.1,
    looks: [],
    suspect: 'ocr',
    evidence: 'read with confidence 0.10',
  },
] as const)('$about', ({difference, confidence, looks, suspect, evidence}) => {
  const [judged] = judge([placeOf(difference, {confidence, readings: looks.map(read)})])
  expect(judged?.suspect).toBe(suspect)
  expect(judged?.evidence).toContain(evidence)
})

test('a word that the transcript repeats and the scan has no room for', () => {
  const [judged] = judge([
    placeOf('the /', {confidence: null, before: 'regardless of the', after: 'fact that', room: 0.2}),
  ])
  expect(judged?.suspect).toBe('transcript')
  expect(judged?.evidence).toEqual([
    'the transcript repeats a word',
    'the scan has no room for it',
    'nothing read at this place',
  ])
})

test('a word that is lost where the scan has room for it is the OCR’s fault', () => {
  const [judged] = judge([
    placeOf('(S) /', {confidence: null, before: 'arms control', after: 'Before taking', room: 12}),
  ])
  expect(judged?.suspect).toBe('ocr')
})

test('what cleanup took out is not the transcript’s fault', () => {
  const [judged] = judge([placeOf('- 2 -/', {confidence: null, room: null, takenOut: '- 2 -'})])
  expect(judged?.suspect).toBe('ocr')
  expect(judged?.evidence).toContain('cleanup took out `- 2 -` here')
})

test('words around a difference are no part of it', () => {
  const {features} = signs(placeOf('April/WASHINGTON April', {confidence: 0.9}))
  expect(features['is insertion']).toBe(1)
  expect(features['one word came']).toBe(1)
})

test('one confusion in many words speaks for the OCR, one word in many forms does not', () => {
  const many = ['war/wer', 'Stat/Stet', 'amended/emended', 'Military/Militery']
  const one = ['Romania/Rumania', 'Romanian/Rumanian', 'Romanians/Rumanians']
  const elsewhere = (all: readonly string[]) =>
    signs(placeOf(all[0]!, {}), all).features['the same confusion elsewhere'] ?? 0
  expect(elsewhere(many)).toBeGreaterThan(0)
  expect(elsewhere(one)).toBe(0)
})

test('a change made throughout the document is one pattern, by the name of its first', () => {
  const differences = [
    'Romania/Rumania',
    'Romanian/Rumanian',
    'fiven/given',
    'Romanians./Rumanians.',
    '—/--',
    '—/--',
  ].map(sides)
  expect(patternsOf(differences)).toEqual([
    '`Romania` for `Rumania`',
    '`Romania` for `Rumania`',
    null,
    '`Romania` for `Rumania`',
    null,
    null,
  ])
})

test('probabilities are shares: none below 0 or above 1, their sum 1', () => {
  fc.assert(
    fc.property(anyPlace, place => {
      const {transcript, ocr, editorial} = judge([place])[0]!.probabilities
      for (const share of [transcript, ocr, editorial]) expect(share >= 0 && share <= 1).toBe(true)
      expect(transcript + ocr + editorial).toBeCloseTo(1, 6)
    }),
  )
})

test('no sign is above 1 or below -1, and every judged place has a reason', () => {
  fc.assert(
    fc.property(anyPlace, place => {
      for (const value of Object.values(signs(place).features)) expect(Math.abs(value)).toBeLessThanOrEqual(1)
      expect(judge([place])[0]?.evidence.length).toBeGreaterThan(0)
    }),
  )
})

test('an unknown sign weighs nothing', () => {
  expect(probabilitiesOf({never: 1}, {signs: {}})).toEqual({transcript: 0.333, ocr: 0.334, editorial: 0.333})
})

const anyText = fc.oneof(
  fc.string({maxLength: 12}),
  fc.constantFrom('the ', '1939', '(S)', '- 2 -', 'a\n\nb', 'Parl iament'),
)
const anyPlace = fc
  .tuple(anyText, anyText, fc.option(fc.float({min: 0, max: 1, noNaN: true})), fc.array(fc.string(), {maxLength: 4}))
  .filter(([reference, hypothesis]) => reference !== hypothesis)
  .map(([reference, hypothesis, confidence, texts]) =>
    placeOf(`${reference.replaceAll('/', '')}/${hypothesis.replaceAll('/', '')}`, {
      confidence,
      readings: texts.map(read),
    }),
  )

function judge(places: readonly Place[]) {
  return judgeDifferences(places, around(places.map(({reference, hypothesis}) => ({reference, hypothesis}))), learned)
}

function signs(place: Place, all: readonly string[] = []) {
  return signsOf(place, around(all.map(sides)), {})
}

function around(differences: readonly {readonly reference: string; readonly hypothesis: string}[]) {
  return surroundingsOf(differences, {vocabulary, read: vocabulary, isWord: word => vocabulary.has(word)})
}

/** `transcript/reading`. */
function placeOf(notation: string, evidence: Partial<Place>): Place {
  const {reference, hypothesis} = sides(notation)
  return {
    kind: reference === '' ? 'insertion' : hypothesis === '' ? 'deletion' : 'substitution',
    ...{reference, hypothesis, before: 'before it', after: 'after it', confidence: 0.9, readings: []},
    ...{room: null, takenOut: '', blank: null, isHead: false, isBeside: false},
    ...evidence,
  }
}

function sides(notation: string) {
  const [reference = '', hypothesis = ''] = notation.split('/')
  return {reference, hypothesis}
}

/** A reading whose letters are sure. */
function read(text: string): LookReading {
  const spelled = text.replace(/\s/g, '')
  return {text: spelled, confidence: 0.9, letters: [...spelled].map(letter => [[letter, 0.95]])}
}
