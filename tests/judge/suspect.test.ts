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

test.each([
  ['every look repeats it', '1938,/1939,', ['1939,', '1939.', '1939', '1939,'], 'every look is nearer to the first'],
  ['the looks misread what both share', '840.4/840.1', ['240.1', '840.1', '80.1', 'gio'], 'half the looks'],
  ['one look repeats it', '840.4/840.1', ['840.1', '', 'bio', 'gio'], 'a look is nearer to the first'],
  ['one look reads the transcript', '78/75', ['75', '75', '75', '78'], 'most looks are nearer to the first'],
  ['half the looks read the transcript', '78/75', ['75', '75', '78', '78'], 'looks are nearer to the transcript'],
  ['the looks read nothing', '4./9.', ['', 'by', 'by', ''], 'no look tells'],
  ['the looks agree on another', '32,412/32,41k', ['32,414', '32,414', '32.414', '32,414'], 'every look is nearer'],
  ['digits within a name', 'SS–20/SS-25', ['§8-25', 'SS-25', 'SS-25', 'S8-25'], 'every look is nearer to the first'],
  ['nobody looked', '5./9.', [], 'no second look'],
] as const)('what is said of a number: %s', (_, difference, looks, name) => {
  const {features} = signs(placeOf(difference, {readings: looks.map(read)}))
  expect(Object.keys(features).filter(sign => sign.startsWith('number: '))).toEqual([expect.stringContaining(name)])
})

test.each([
  ['891/91', 'number: digits lost or added'],
  ['4,/by', 'number: letters came'],
] as const)('a number of which %s was read: %s', (difference, name) => {
  expect(signs(placeOf(difference, {readings: [read('x')]})).features[name]).toBe(1)
})

test('no word of a number weighs: neither that it stands elsewhere, nor that it is none of the language', () => {
  const place = placeOf('1937/1939', {readings: [read('1939')]})
  const elsewhere = judgeDifferences([place], {...around([]), read: countWords(['1937 1937'])}, learned)
  expect(elsewhere[0]?.probabilities).toEqual(judge([place])[0]?.probabilities)
})

test('cleanup that took out a page number other than the transcript has', () => {
  const sign = 'cleanup took out another number'
  const of = (takenOut: string) => signs(placeOf('-9-/', {confidence: null, takenOut})).features[sign]
  expect([of('- 5 -'), of('- 9 -'), of(''), of('SECRET')]).toEqual([1, undefined, undefined, undefined])
})

test('words on two lines are two words, as are those with a blank between them; a line’s hyphen parts none', () => {
  const of = (difference: string, blank: number | null) => signs(placeOf(difference, {blank})).features
  expect(of('hadabout/had\nabout', null)['a blank on the scan']).toBe(1)
  expect(of('hadabout/had-\nabout', null)['a blank on the scan']).toBeUndefined()
  expect(of('hadabout/had about', 0.8)['a blank on the scan']).toBe(1)
  expect(of('Parliament/Parl iament', 0.4)).toMatchObject({'a narrow gap on the scan': 1})
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

test('a change made throughout the document is judged once, by all of its places', () => {
  const places = [
    placeOf('Romania/Rumania', {readings: [read('Rumania'), read('Rumania')]}),
    placeOf('Romanian/Rumanian', {readings: [read('Rumanian'), read('Rumanian')]}),
    placeOf('Romanians/Rumanians', {confidence: 0.4, readings: [read('Rumenians'), read('Romanians')]}),
    placeOf('fiven/given', {readings: [read('given')]}),
  ]
  const [first, second, third, other] = judge(places).map(({probabilities}) => probabilities)
  expect(second).toEqual(first)
  expect(third).toEqual(first)
  expect(other).not.toEqual(first)
  const alone = places.slice(0, 3).map(place => probabilitiesOf(signs(place, allSides(places)).features, learned))
  const chances = alone.map(({transcript}) => transcript)
  expect(first!.transcript).toBeGreaterThan(Math.min(...chances))
  expect(first!.transcript).toBeLessThan(Math.max(...chances))
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

function allSides(places: readonly Place[]): readonly string[] {
  return places.map(({reference, hypothesis}) => `${reference}/${hypothesis}`)
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
