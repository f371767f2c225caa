import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {checkExamples} from '../../src/normalize/check-examples.ts'
import {normalize} from '../../src/normalize/normalize.ts'
import {profiles} from '../../src/normalize/profiles.ts'
import {rules} from '../../src/normalize/rules/index.ts'
import {plainPages} from './plain-pages.ts'

const folder = join(import.meta.dirname, '../../src/normalize/rules')

test('every rule file is in the list, under its id', () => {
  const files = readdirSync(folder).filter(name => name !== 'index.ts')
  expect(files.sort()).toEqual(rules.map(({id}) => `${id}.ts`).sort())
})

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
  test('keeps the word of its examples', () => {
    expect(checkExamples(rule, rules)).toEqual([])
  })

  test('is left out where it is disabled', () => {
    for (const {before} of rule.examples) {
      const families = {[rule.family]: 'strip'} as const
      const {edits} = normalize(plainPages(before), {profile: 'letter', disabled: [rule.id], families})
      expect(edits.map(({ruleId}) => ruleId)).not.toContain(rule.id)
    }
  })

  test('says what it does in whole sentences', () => {
    expect(rule.id).toMatch(/^(?:strip|repair|join|fold)(?:-[a-z]+)+$/)
    for (const text of [rule.summary, rule.why, rule.source]) expect(text).toMatch(/^[\p{Lu}`].*\.$/su)
  })
})

test('profiles name only families that rules have', () => {
  const families = new Set(rules.map(({family}) => family))
  for (const [name, profile] of Object.entries(profiles)) {
    for (const family of Object.keys(profile.families)) expect(families, name).toContain(family)
  }
})
