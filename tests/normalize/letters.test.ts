/** Nothing of a letter is lost: lines and pages that speak of all that markings are made of. */
import {expect, test} from 'vitest'
import {letterLines} from '../../bench/letter-lines.ts'
import {measureLetters} from '../../bench/rules-figures.ts'
import {letterProse} from '../../bench/rules-prose.ts'
import {normalize} from '../../src/normalize/normalize.ts'
import {plainPages} from './plain-pages.ts'

test('no line of a letter is changed, and few are flagged', () => {
  const lines = letterLines(2, 300)
  const edits = lines.flatMap(({text}) => {
    const {edits} = normalize(plainPages(text), {profile: 'letter', disabled: []})
    return edits.map(({action, ruleId}) => `${action} by ${ruleId}: ${text}`)
  })
  expect(edits.filter(edit => !edit.startsWith('flag'))).toEqual([])
  expect(edits.length).toBeLessThanOrEqual(lines.length * 0.05)
})

test('no character of letters without markings is lost, alone or among markings', () => {
  const {characters, charactersLost, charactersLostAmongMarkings} = measureLetters(letterProse(), 60)
  expect(characters).toBeGreaterThan(100_000)
  expect(charactersLost).toBe(0)
  expect(charactersLostAmongMarkings).toBe(0)
})
