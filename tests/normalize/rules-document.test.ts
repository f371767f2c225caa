import {existsSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {figuresIn, renderFigures, renderRules} from '../../bench/rules-document.ts'
import {measureRules, totalOf} from '../../bench/rules-figures.ts'
import {letterProse} from '../../bench/rules-prose.ts'
import {rules} from '../../src/normalize/rules/index.ts'

const document = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')
const data = new URL('../../../shared/data/', import.meta.url)

test('docs/rules.md is what the rules say; `npm run bench:rules -- --write` makes it so', () => {
  expect(figuresIn(document, 'figures')).toContain('| markings, clean | held-out |')
  expect(document).toBe(renderRules(rules, figuresIn(document, 'figures'), figuresIn(document, 'corpus')))
})

describe.skipIf(!existsSync(data))('labelled lines (needs ../shared/data)', () => {
  const figures = measureRules(data, letterProse())
  const all = [...figures.halves.tune, ...figures.halves['held-out']]

  test('docs/rules.md holds what is measured; `npm run bench:rules -- --write` makes it so', () => {
    expect(figuresIn(document, 'figures')).toBe(renderFigures(figures))
  })

  test.each([false, true])('no body line is stripped and few are flagged (garbled: %s)', garbled => {
    const {lines, stripped, flagged} = totalOf(all, 'body', garbled)
    expect(stripped).toBe(0)
    expect(flagged).toBeLessThanOrEqual(lines * 0.03)
  })

  test.each([
    ['clean', false, 0.9],
    ['garbled', true, 0.7],
  ])('markings are detected: %s', (_, garbled, least) => {
    for (const families of Object.values(figures.halves)) {
      const {lines, stripped, flagged} = totalOf(families, 'marking', garbled)
      expect((stripped + flagged) / lines).toBeGreaterThanOrEqual(least)
    }
  })

  test('in documents nearly all go, and no character of the body', () => {
    const {repeated, single} = figures.documents
    expect(repeated.stripped / repeated.markings).toBeGreaterThanOrEqual(0.97)
    expect(repeated.bodyCharactersLost + single.bodyCharactersLost).toBe(0)
  })

  test('interrupted sentences are whole again', () => {
    const {sentences, right} = figures.interruptions
    expect(right / sentences).toBeGreaterThanOrEqual(0.9)
  })
})
