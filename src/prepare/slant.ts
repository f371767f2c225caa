import type {Components} from './components.ts'
import type {TypeSize} from './type.ts'

/** Quarter turns, clockwise, that bring a page upright. */
export type Turn = 0 | 1 | 2 | 3

/** How a page lies. */
export interface Slant {
  readonly turn: Turn
  /** Degrees by which the lines fall to the right once turned; between -15 and 15. */
  readonly angle: number
  /** Share of the letters that stand on a line, 0 to 1: how sure the angle is. */
  readonly sharpness: number
}

/** Steepest slant looked for, in degrees; the second where the first is not enough, or tells of a turned page. */
const steepest = 5
const steepestOfAll = 15

/** By how much another turn must be better than none. */
const turnFactor = 1.3

/**
 * Find how a page lies from its letters alone.
 *
 * Letters stand on lines: few reach below them, many above x-height. So the side
 * on which the letters' edges fall in line most sharply is the bottom.
 */
export function findSlant(components: Components, type: TypeSize): Slant {
  const {left, top, right, bottom} = components
  const letters = lettersOf(components, type)
  // For each turn: along the line, and down, of the edge that would be the bottom.
  const middle = (low: Int32Array, high: Int32Array) => letters.map(i => (low[i]! + high[i]!) / 2)
  const edge = (side: Int32Array, sign: number) => letters.map(i => sign * side[i]!)
  const across = middle(left, right)
  const down = middle(top, bottom)
  const edges = [
    [across, edge(bottom, 1)],
    // Turned clockwise once to stand upright: the right side comes to lie at the bottom.
    [down.map(y => -y), edge(right, 1)],
    [across.map(x => -x), edge(top, -1)],
    [down, edge(left, -1)],
  ] as const
  const near = sharpestTurn(edges, steepest, type)
  // Lines that lie steeper seem to run the other way.
  const isDoubtful = near.turn !== 0 || Math.abs(near.angle) > 0.9 * steepest
  return isDoubtful ? sharpestTurn(edges, steepestOfAll, type) : near
}

/** The turn whose letters stand in line best; none unless another is better by far. */
function sharpestTurn(
  edges: readonly (readonly [along: readonly number[], edge: readonly number[]])[],
  most: number,
  {small}: TypeSize,
): Slant {
  const candidates = edges.map(([along, edge]) => sharpest(along, edge, small, most))
  const upright = candidates[0]!.score
  const turn = ([0, 1, 2, 3] as const).reduce<Turn>(
    (best, at) =>
      candidates[at]!.score > turnFactor * upright && candidates[at]!.score > candidates[best]!.score ? at : best,
    0,
  )
  const {angle, score} = candidates[turn]!
  return {turn, angle, sharpness: score}
}

function lettersOf({count, left, top, right, bottom}: Components, {small, tall}: TypeSize): readonly number[] {
  const letters: number[] = []
  for (let i = 0; i < count; i++) {
    const long = Math.max(right[i]! - left[i]!, bottom[i]! - top[i]!)
    const short = Math.min(right[i]! - left[i]!, bottom[i]! - top[i]!)
    if (long >= 0.7 * small && long <= 1.4 * tall && short >= 0.25 * small) letters.push(i)
  }
  return letters
}

/** Angle, of at most so many degrees either way, at which most edges fall in line. */
function sharpest(
  along: readonly number[],
  edge: readonly number[],
  unit: number,
  most: number,
): {angle: number; score: number} {
  let best = {angle: 0, score: inLine(along, edge, 0, unit)}
  let step = 0.25
  for (let from = -most, to = most; step >= 0.02; from = best.angle - step, to = best.angle + step, step /= 4) {
    for (let angle = from; angle <= to + 1e-9; angle += step) {
      const score = inLine(along, edge, angle, unit)
      if (score > best.score) best = {angle, score}
    }
  }
  return best
}

/**
 * Share of letters whose edge lies where many others' lie. A line's worth of
 * letters in one row of bins counts fully, scattered ones hardly.
 */
function inLine(along: readonly number[], edge: readonly number[], angle: number, unit: number): number {
  const slope = Math.tan((angle * Math.PI) / 180)
  const bin = Math.max(1, unit / 6)
  const at = new Int32Array(along.length)
  let [least, most] = [0, 0]
  for (let i = 0; i < at.length; i++) {
    const row = Math.round((edge[i]! - slope * along[i]!) / bin)
    at[i] = row
    if (row < least) least = row
    if (row > most) most = row
  }
  const counts = new Int32Array(most - least + 1)
  for (let i = 0; i < at.length; i++) counts[at[i]! - least]!++
  let sum = 0
  for (let row = 0; row < counts.length; row++) sum += counts[row]! * counts[row]!
  return along.length === 0 ? 0 : sum / along.length
}
