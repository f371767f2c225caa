import {existsSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {evaluate, type Vector} from './conventions.ts'
import {vectors} from './vectors.ts'

/** Values published with so many digits; all others are exact to nine. */
const tolerances: Readonly<Record<string, number>> = {
  flexible_character_accuracy: 0.001,
  isri_char_accuracy_pct: 0.005,
}

function check(vector: Vector & {readonly expected: unknown}): void {
  const {metric, expected} = vector
  const asksAccuracy = metric === 'wordacc_ocreval7' && Object.hasOwn(expected as object, 'accuracy_pct')
  const found = evaluate(asksAccuracy ? {...vector, options: {accuracy: true}} : vector)
  if (typeof expected === 'number') {
    expect(Math.abs((found as number) - expected)).toBeLessThanOrEqual(tolerances[metric] ?? 1e-9)
  } else {
    expect(found).toEqual(expected)
  }
}

describe('conventions of other tools', () => {
  for (const vector of vectors) test(`${vector.metric}: ${vector.name}`, () => check(vector))
})

const file = fileURLToPath(new URL('../../../shared/data/conformance-vectors.json', import.meta.url))

describe.skipIf(!existsSync(file))('published values (needs ../shared)', () => {
  const published: readonly (Vector & {id: number; test: string; expected: unknown})[] = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : []
  for (const vector of published) test(`${vector.id} ${vector.metric}: ${vector.test}`, () => check(vector))
})
