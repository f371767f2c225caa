import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {placeIn} from '../../src/pipeline/guess.ts'

const words = (count: number, seed: number) =>
  Array.from({length: count}, (_, at) => `w${((at + 1) * 7919 + seed * 104729) % 99991}`)

describe('a page stands in the transcript where most of its word pairs do', () => {
  test('with some words around it, wherever it is and whatever else was read on it', () => {
    fc.assert(
      fc.property(
        fc.record({before: fc.nat(400), own: fc.integer({min: 20, max: 200}), after: fc.nat(400), noise: fc.nat(9)}),
        ({before, own, after, noise}) => {
          const [head, page, tail] = [words(before, 1), words(own, 2), words(after, 3)]
          const text = [...head, ...page, ...tail].join(' ')
          // A stamp is read before the letter, and every ninth word otherwise.
          const read = [...words(noise, 4), ...page.map((word, at) => (at % 9 === 4 ? `${word}x` : word))].join(' ')
          const place = placeIn(text, read)
          expect(place).not.toBeNull()
          const found = text.slice(place!.start, place!.end)
          expect(` ${found} `).toContain(` ${page.join(' ')}`)
          expect(found.split(' ').length).toBeLessThanOrEqual(own + 2 * noise + 30)
        },
      ),
    )
  })

  test('a page that is not of the transcript has no place, nor has an empty one', () => {
    expect(placeIn(words(100, 1).join(' '), words(50, 2).join(' '))).toBeNull()
    expect(placeIn(words(100, 1).join(' '), '')).toBeNull()
    expect(placeIn('', words(5, 1).join(' '))).toBeNull()
  })
})
