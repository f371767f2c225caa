import {expect, test} from 'vitest'
import {doubtReason, judgeDoubt} from '../../src/judge/doubts.ts'
import {countWords} from '../../src/judge/surroundings.ts'
import type {LookReading} from '../../src/model.ts'

const words = new Set(['government', 'receive', 'form', 'from', 'not', 'now'])
const text = 'Romania Romania Gunther recieve governrnent Stuttgart'
const known = {vocabulary: countWords([text]), read: countWords([text]), isWord: (word: string) => words.has(word)}
const looks = (...texts: readonly string[]): readonly LookReading[] =>
  texts.map(text => ({text, confidence: 0.9, letters: []}))

test.each([
  ['a word with letters swapped', 'recieve', 0.95, 'unknown'],
  ['a word with a shape read for another', 'Governrnent', 0.95, 'unknown'],
  ['a known word', 'receive', 0.95, null],
  ['a word known from elsewhere in the corpus', 'Romania', 0.95, null],
  ['a name with no known word beside it', 'Stuttgart', 0.95, null],
  ['a known word read without confidence', 'form', 0.4, 'unsure'],
  ['a word with digits', 'rec1eve', 0.4, null],
] as const)('worth a second look? %s: %s', (_, word, confidence, reason) => {
  expect(doubtReason(word, confidence, known)).toBe(reason)
})

test.each([
  ['every look reads the known word', 'recieve', looks('receive,', 'receive', 'receive', 'receive'), 'receive'],
  ['one look repeats the word', 'recieve', looks('receive', 'receive', 'recieve', 'receive'), null],
  ['the looks agree on no known word', 'recieve', looks('reciewe', 'reciewe', 'reciewe', 'reciewe'), null],
  ['the looks read only another case', 'Recieve', looks('recieve', 'recieve', 'recieve', 'recieve'), null],
  ['the looks read a word far off', 'recieve', looks('government', 'government', 'government', 'government'), null],
  ['nobody looked', 'recieve', [], null],
] as const)('named? %s', (_, word, readings, reading) => {
  expect(judgeDoubt(word, 'unknown', 0.9, readings, known)?.reading ?? null).toBe(reading)
})

test('the evidence says what was seen, and a word that is known itself is less probably wrong', () => {
  const unknown = judgeDoubt('recieve', 'unknown', 0.9, looks('receive', 'receive'), known)
  const other = judgeDoubt('form', 'unsure', 0.4, looks('from', 'from'), known)
  expect(unknown?.evidence).toEqual([
    'a second look reads `receive` in every way',
    'only that word is known',
    'transcript and OCR agree, read with confidence 0.90',
  ])
  expect(other?.evidence).toContain('both are known words')
  expect(other!.probability).toBeLessThan(unknown!.probability)
})
