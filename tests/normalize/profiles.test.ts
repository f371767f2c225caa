import {describe, expect, test} from 'vitest'
import {normalize} from '../../src/normalize/normalize.ts'
import type {Profile} from '../../src/normalize/profiles.ts'
import {plainPages} from './plain-pages.ts'

const letter = [
  'THE WHITE HOUSE',
  'WASHINGTON',
  '',
  'SECRET',
  '',
  'Declassified F96-107#248',
  '',
  'Unofficial translation',
  '',
  'Dear Mr. Prеsident:',
  '',
  'This is the first line of the let-',
  'ter, and this is the second.',
  '',
  'Sincerely,',
  '',
  '/S/',
  'Ron',
  '',
  'SECRET',
].join('\n')

const clean = (profile: Profile) => normalize(plainPages(letter), {profile, disabled: []})

test('letter keeps the letter, its head, its notes and /S/', () => {
  expect(clean('letter').clean).toBe(
    'THE WHITE HOUSE\nWASHINGTON\n\nUnofficial translation\n\nDear Mr. President:\n\nThis is the first line of the letter,\nand this is the second.\n\nSincerely,\n\n/S/\nRon',
  )
})

test('frus drops head, note and /S/ as well', () => {
  expect(clean('frus').clean).toBe(
    'Dear Mr. President:\n\nThis is the first line of the letter,\nand this is the second.\n\nSincerely,\n\nRon',
  )
})

test('thatcher keeps grade and declassification stamp, and notes them', () => {
  const {clean: text, edits} = clean('thatcher')
  expect(text).toContain('SECRET\n\nDeclassified F96-107#248\n\nUnofficial translation')
  expect(edits.filter(({action}) => action === 'flag').map(({raw}) => raw)).toEqual([
    'SECRET',
    'Declassified F96-107#248',
    'SECRET',
  ])
})

test('diplomatic keeps all that is on the paper, lines as they are, and repairs misreadings', () => {
  const {clean: text, edits} = clean('diplomatic')
  expect(text).toBe(letter.replace('Prеsident', 'President'))
  expect(edits.filter(({action}) => action === 'flag').map(({raw}) => raw)).toEqual([
    'SECRET',
    'Declassified F96-107#248',
    'SECRET',
  ])
})

test('raw changes nothing and notes what letter would do', () => {
  const {clean: text, edits} = clean('raw')
  expect(text).toBe(letter)
  expect(edits.map(({raw}) => raw)).toEqual(['SECRET', 'Declassified F96-107#248', 'Prеsident', 'SECRET'])
})

describe('settings by family', () => {
  test('strip what a profile keeps, and keep what it strips', () => {
    const families = {letterhead: 'strip', 'classification-banner': 'keep'} as const
    const {clean: text} = normalize(plainPages(letter), {profile: 'letter', disabled: [], families})
    expect(text.startsWith('SECRET\n\nUnofficial translation')).toBe(true)
  })
})
