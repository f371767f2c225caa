import type {Difference, Probabilities, Suspect} from '../model.ts'
import {type Confusions, type Features, type Place, signsOf} from './features.ts'
import {patternsOf} from './patterns.ts'
import type {Surroundings} from './surroundings.ts'
import {explain} from './words.ts'

/** What was learned, as in weights.json. */
export interface Weights {
  /** What a sign adds to the logarithm of each answer's odds, by the sign's name. */
  readonly signs: Readonly<Record<string, Probabilities>>
  readonly confusions: Confusions
}

/** What is said of a difference. */
export type Judged = Pick<Difference, 'suspect' | 'probabilities' | 'pattern' | 'evidence'>

/** Below this no answer is given. */
const leastProbability = 0.5

/**
 * Say of each difference of a document which side is probably wrong, and why.
 *
 * `transcript`: the scan says otherwise than the transcript. `ocr`: the transcript is right. `editorial`: the scan
 * says otherwise, and somebody meant it so: house style, a letterhead left out. A change that is made throughout
 * the document is named as a pattern, and judged once, by all of its places. Nothing is certain: the probabilities are those of docs/suspects.md.
 */
export function judgeDifferences(places: readonly Place[], around: Surroundings, weights: Weights): readonly Judged[] {
  const patterns = patternsOf(places)
  const taken = places.map(place => signsOf(place, around, weights.confusions))
  const alone = taken.map(({features}) => probabilitiesOf(features, weights))
  const together = new Map<string, Probabilities>()
  for (const pattern of new Set(patterns)) {
    if (pattern !== null) together.set(pattern, joined(alone.filter((_, index) => patterns[index] === pattern)))
  }
  return places.map((place, index) => {
    const signs = taken[index]!
    const probabilities = together.get(patterns[index] ?? '') ?? alone[index]!
    return {
      suspect: suspectOf(probabilities),
      probabilities,
      pattern: patterns[index] ?? null,
      evidence: explain(place, signs, around, weights.confusions),
    }
  })
}

/** Weigh signs: the logistic function of the sums, over the three answers; to three decimals, and their sum is 1. */
export function probabilitiesOf(features: Features, {signs}: Pick<Weights, 'signs'>): Probabilities {
  const sums = {transcript: 0, ocr: 0, editorial: 0}
  for (const [name, value] of Object.entries(features)) {
    const weight = signs[name]
    if (weight === undefined) continue
    for (const side of sides) sums[side] += value * weight[side]
  }
  const most = Math.max(...sides.map(side => sums[side]))
  const shares = sides.map(side => Math.exp(sums[side] - most))
  const total = shares.reduce((sum, share) => sum + share, 0)
  return rounded(shares.map(share => share / total))
}

/** Shares in the order of `sides`, to three decimals; their sum is 1. */
function rounded(shares: readonly number[]): Probabilities {
  const [transcript = 0, editorial = 0] = shares.map(share => Math.round(1000 * share) / 1000)
  return {transcript, ocr: Math.max(0, Math.round(1000 * (1 - transcript - editorial)) / 1000), editorial}
}

/** What is made throughout a document has one cause: the geometric mean of what each place says by itself. */
function joined(all: readonly Probabilities[]): Probabilities {
  const means = sides.map(side =>
    Math.exp(all.reduce((sum, one) => sum + Math.log(Math.max(one[side], 0.001)), 0) / all.length),
  )
  const total = means.reduce((sum, mean) => sum + mean, 0)
  return rounded(means.map(mean => mean / total))
}

const sides = ['transcript', 'editorial', 'ocr'] as const

function suspectOf(probabilities: Probabilities): Suspect {
  return sides.find(side => probabilities[side] >= leastProbability) ?? 'unsure'
}
