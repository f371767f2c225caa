import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import type {Normalized} from '../../src/model.ts'
import {normalize} from '../../src/normalize/normalize.ts'
import {profiles} from '../../src/normalize/profiles.ts'
import {restore} from '../../src/normalize/restore.ts'
import {rules} from '../../src/normalize/rules/index.ts'
import {plainPages} from './plain-pages.ts'

const folder = join(import.meta.dirname, '../../src/normalize/rules')

test('every rule file is in the list, under its id', () => {
  const files = readdirSync(folder).filter(name => name !== 'index.ts')
  expect(files.sort()).toEqual(rules.map(({id}) => `${id}.ts`).sort())
})

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
  /** A family that the profile keeps is shown at work where the settings strip it. */
  const families = {[rule.family]: 'strip'} as const
  const run = (text: string): Normalized => normalize(plainPages(text), {profile: 'letter', disabled: [], families})

  test.each(rule.examples.map(({name, before, after}) => [name, before, after] as const))('%s', (_, before, after) => {
    const once = run(before)
    expect(once.clean).toBe(after)
    expect(restore(once.edits, once.clean)).toBe(before)
    const twice = run(once.clean)
    expect(twice.clean, 'second run changes nothing').toBe(after)
    expect(twice.edits.filter(({action}) => action !== 'flag')).toEqual([])
  })

  test('one example is this rule at work, one must not change', () => {
    const changing = rule.examples.filter(({before, after}) => before !== after)
    expect(rule.examples.some(({before, after}) => before === after)).toBe(true)
    expect(changing.some(({before}) => run(before).edits.some(({ruleId}) => ruleId === rule.id))).toBe(true)
  })

  test('is left out where it is disabled', () => {
    for (const {before} of rule.examples) {
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
