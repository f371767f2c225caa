/** Logistic regression over three answers, by counted signs: the same samples give the same weights. */
import type {Features} from '../../src/judge/features.ts'
import type {Probabilities} from '../../src/model.ts'
import type {Answer} from './subjects.ts'

export interface Sample {
  readonly features: Features
  readonly answer: Answer
  readonly weight: number
}

const answers = ['transcript', 'ocr', 'editorial'] as const
/** How strongly weights are drawn to 0 (L2): a sign seen a few times says little. */
const pull = 1
const steps = 600

/** Find the weights under which the answers are most probable, by gradient descent (Adam, all samples at each step). */
export function weigh(samples: readonly Sample[]): Readonly<Record<string, Probabilities>> {
  const names = [...new Set(samples.flatMap(({features}) => Object.keys(features)))].sort()
  const index = new Map(names.map((name, at) => [name, at]))
  const rows = samples.map(({features, answer, weight}) => ({
    signs: Object.entries(features).map(([name, value]) => [index.get(name)!, value] as const),
    answer: answers.indexOf(answer),
    weight,
  }))
  const size = names.length * 3
  const [weights, gradient, mean, square] = Array.from({length: 4}, () => new Float64Array(size))
  const rate = 0.05
  for (let step = 1; step <= steps; step++) {
    for (let at = 0; at < size; at++) gradient![at] = pull * weights![at]!
    for (const {signs, answer, weight} of rows) {
      const sums = [0, 0, 0]
      for (const [sign, value] of signs) for (let k = 0; k < 3; k++) sums[k]! += value * weights![3 * sign + k]!
      const most = Math.max(...sums)
      const shares = sums.map(sum => Math.exp(sum - most))
      const total = shares[0]! + shares[1]! + shares[2]!
      for (let k = 0; k < 3; k++) {
        const error = weight * (shares[k]! / total - (k === answer ? 1 : 0))
        for (const [sign, value] of signs) gradient![3 * sign + k]! += error * value
      }
    }
    for (let at = 0; at < size; at++) {
      mean![at] = 0.9 * mean![at]! + 0.1 * gradient![at]!
      square![at] = 0.999 * square![at]! + 0.001 * gradient![at]! ** 2
      const corrected = mean![at]! / (1 - 0.9 ** step)
      weights![at]! -= (rate * corrected) / (Math.sqrt(square![at]! / (1 - 0.999 ** step)) + 1e-8)
    }
  }
  return Object.fromEntries(
    names.map((name, at) => {
      const [transcript = 0, ocr = 0, editorial = 0] = [0, 1, 2].map(
        k => Math.round(1000 * weights![3 * at + k]!) / 1000,
      )
      return [name, {transcript, ocr, editorial}]
    }),
  )
}
