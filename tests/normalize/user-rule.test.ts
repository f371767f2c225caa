import {describe, expect, test} from 'vitest'
import {checkExamples} from '../../src/normalize/check-examples.ts'
import {normalize} from '../../src/normalize/normalize.ts'
import {rules} from '../../src/normalize/rules/index.ts'
import {type UserRule, userRule} from '../../src/normalize/user-rule.ts'
import {plainPages} from './plain-pages.ts'

const settings: UserRule = {
  id: 'strip-embassy-stamp',
  family: 'embassy-stamp',
  words: ['Registratur'],
  phrases: ['Received at the Chancery'],
  stamps: ['Embassy of Ruritania, declassified by order of the Archivist of the Kingdom'],
  numbers: [{name: 'a chancery number', pattern: 'Z\\.\\s?\\d{3}/\\d{2}'}],
  examples: [
    {name: 'a stamp', before: 'Received at the Chancery\nZ. 123/85\n\nDear Sir,', after: 'Dear Sir,'},
    {
      name: 'a sentence',
      before: 'It was received at the chancery today.',
      after: 'It was received at the chancery today.',
    },
  ],
}

describe('a rule of the settings', () => {
  const own = userRule(settings)
  const all = [...rules, own]

  test('keeps the word of its examples', () => {
    expect(checkExamples(own, all)).toEqual([])
  })

  test('is found by each kind of wording, misread as well', () => {
    const text =
      'REGISTRATUR\nRece1ved at the Chancerv\nZ. 123/85\ndeclassified by order of the\n\nDear Sir,\n\nI write.\n\nYours'
    const {clean, edits} = normalize(plainPages(text), {profile: 'letter', disabled: [], rules: all})
    expect(clean).toBe('Dear Sir,\n\nI write.\n\nYours')
    expect(new Set(edits.map(({ruleId}) => ruleId))).toEqual(new Set([own.id]))
  })

  test('is one of its family for the profile', () => {
    const options = {profile: 'letter', disabled: [], rules: all, families: {'embassy-stamp': 'note'}} as const
    const {clean, edits} = normalize(plainPages('Z. 123/85'), options)
    expect(clean).toBe('Z. 123/85')
    expect(edits.map(({action}) => action)).toEqual(['flag'])
  })

  test('says which example it does not keep', () => {
    const wrong = userRule({
      ...settings,
      examples: [
        {name: 'wrong', before: 'Z. 123/85', after: 'Z. 123/85'},
        {name: 'idle', before: 'Dear Sir,', after: 'Dear Sir,'},
      ],
    })
    expect(checkExamples(wrong, [...rules, wrong])).toEqual([
      'Unexpected text `` from example `wrong` of `strip-embassy-stamp`, expected `Z. 123/85`, mend the rule or its example',
      'Unexpected examples of `strip-embassy-stamp`, expected one that the rule changes, add one',
    ])
  })
})

test.each([
  ['an id that is no verb', {id: 'embassy'}, 'Unexpected rule id `embassy`, expected `strip-` and words'],
  ['a wording of no letters', {words: ['--']}, 'Unexpected wording `--` of `strip-embassy-stamp`'],
  ['a pattern that is none', {numbers: [{name: 'x', pattern: '('}]}, 'Unexpected pattern `(` of `strip-embassy-stamp`'],
  ['no examples', {examples: []}, 'Unexpected examples of `strip-embassy-stamp`'],
])('refuses %s', (_, change, message) => {
  expect(() => userRule({...settings, ...change})).toThrow(message)
})
