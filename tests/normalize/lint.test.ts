import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {lint, lintRules} from '../../src/normalize/lint/lint.ts'

const folder = join(import.meta.dirname, '../../src/normalize/lint')

test('every rule file is in the list, under its id', () => {
  const files = readdirSync(folder).filter(name => name.startsWith('no-'))
  expect(files.sort()).toEqual(lintRules.map(({id}) => `${id}.ts`).sort())
})

describe.each(lintRules.map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(rule.examples.map(({name, text, actual}) => [name, text, actual] as const))('%s', (_, text, actual) => {
    const own = lint(text, {disabled: []}).filter(({ruleId}) => ruleId === rule.id)
    expect(own.map(finding => finding.actual)).toEqual(actual)
    for (const {span, reason} of own) {
      expect(reason).toMatch(/^Unexpected .*, expected .*, .*[^.]$/su)
      expect(actual).toContain(text.slice(span.start, span.end))
    }
    expect(lint(text, {disabled: [rule.id]}).map(({ruleId}) => ruleId)).not.toContain(rule.id)
  })

  test('has a text with a finding and one without', () => {
    expect(rule.examples.some(({actual}) => actual.length > 0)).toBe(true)
    expect(rule.examples.some(({actual}) => actual.length === 0)).toBe(true)
  })
})

test('says what could stand there', () => {
  const expected = lint('The сору of the\nthe or-\nganized ofﬁce', {disabled: []}).map(finding => finding.expected)
  expect(expected).toEqual([['copy'], ['the'], ['organized'], ['fi']])
})

test('a normalizer rule that is disabled finds nothing', () => {
  expect(lint('NLS MR 2000-004 #5', {disabled: ['strip-library-stamp']})).toEqual([])
})

test('finds spans of any text, in order, and throws on none', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 200}), text => {
      let last = 0
      for (const {span, actual} of lint(text, {disabled: []})) {
        expect(span.start).toBeGreaterThanOrEqual(last)
        expect(text.slice(span.start, span.end)).toBe(actual)
        last = span.start
      }
    }),
    {seed: 1, numRuns: 300},
  )
})

const transcripts = new URL('../../transcripts/', import.meta.url)
describe.skipIf(!existsSync(transcripts))('the curated transcripts of the sample', () => {
  const names = readdirSync(transcripts).filter(name => name.endsWith('.md'))

  test.each(names)('%s holds nothing that does not belong', name => {
    const body = readFileSync(new URL(name, transcripts), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '')
    expect(lint(body, {disabled: []}).filter(({severity}) => severity === 'warning')).toEqual([])
  })
})
