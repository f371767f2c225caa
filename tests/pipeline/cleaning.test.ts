/** Rules, families and words of the settings, as every command takes them. */
import {describe, expect, test} from 'vitest'
import type {Cleanup} from '../../src/config.ts'
import {normalize} from '../../src/normalize/normalize.ts'
import {cleaningOf} from '../../src/pipeline/cleaning.ts'
import {inputsOf} from '../../src/pipeline/snapshot.ts'
import {plainPages} from '../../src/pipeline/texts.ts'
import {config, corpusOf, program} from '../gate/corpus.ts'

const rule: Cleanup['rules'][number] = {
  id: 'strip-embassy-stamp',
  family: 'embassy-stamp',
  phrases: ['Received at the Chancery'],
  examples: [
    {name: 'a stamp', before: 'Received at the Chancery\n\nDear Sir,', after: 'Dear Sir,'},
    {name: 'a sentence', before: 'It was received at the chancery.', after: 'It was received at the chancery.'},
  ],
}

const settings = (cleanup: Partial<Cleanup>, disabledRules: readonly string[] = []) => ({
  ...config,
  disabledRules,
  cleanup: {...config.cleanup, ...cleanup},
})
const clean = (text: string, cleanup: Partial<Cleanup>) =>
  normalize(plainPages(text, 'text'), cleaningOf(settings(cleanup))).clean

describe('settings of a corpus', () => {
  test('bring rules of their own', () => {
    expect(clean('Received at the Chancery\n\nDear Sir,', {rules: [rule]})).toBe('Dear Sir,')
  })

  test('treat a family otherwise, their own as well', () => {
    const text = 'THE WHITE HOUSE\nWASHINGTON\n\nReceived at the Chancery\n\nDear Sir,\n\nI write.\n\nYours'
    const families = {letterhead: 'strip', 'embassy-stamp': 'keep'} as const
    expect(clean(text, {rules: [rule], families})).toBe('Received at the Chancery\n\nDear Sir,\n\nI write.\n\nYours')
  })

  test('name words of the letters, which line ends cut and no stamp is misread as', () => {
    const text = 'he went to Zembla\nand to Ruri-\ntania by train.\n\nSEORET'
    expect(clean(text, {})).not.toContain('Ruritania')
    expect(clean('he went to Ze-\nmbla by train.', {words: ['Zembla']})).toBe('he went to Zembla\nby train.')
    const line = (words: readonly string[]) =>
      normalize(plainPages('SEORET', 'text'), cleaningOf(settings({words}))).edits.map(({action}) => action)
    expect([line([]), line(['Seoret'])]).toEqual([['flag'], []])
  })

  test('are part of what a page was made from', () => {
    const corpus = corpusOf([{id: 'letter', transcript: 'Dear Sir,', pages: {1: 'Dear Sir,'}}])
    const rules = (cleanup: Partial<Cleanup>) =>
      inputsOf(corpus.documents[0]!, corpus.recognitions, corpus.engine, settings(cleanup), program)?.get('letter/1')
        ?.rules
    expect(rules({})).toBe('letter rules-1')
    expect(rules({words: ['Zembla']})).toMatch(/^letter own-[0-9a-f]{16} rules-1$/)
  })
})

describe('settings that are wrong say so', () => {
  test.each([
    ['an example that does not come out', {rules: [{...rule, phrases: ['Sent by bag']}]}, 'Unexpected text'],
    ['a second rule of one id', {rules: [rule, rule]}, 'Unexpected second rule `strip-embassy-stamp`'],
    ['a family that no rule has', {families: {letterhed: 'strip'} as const}, 'Unexpected family `letterhed`'],
  ])('%s', (_, cleanup, message) => {
    expect(() => cleaningOf(settings(cleanup))).toThrow(message)
  })

  test('a rule to disable that is none', () => {
    expect(() => cleaningOf(settings({}, ['strip-everything']))).toThrow('Unexpected rule `strip-everything`')
    expect(cleaningOf(settings({}, ['no-marking', 'strip-noise'])).disabled).toEqual(['no-marking', 'strip-noise'])
  })
})
