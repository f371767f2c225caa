import type {Measured} from '../model.ts'
import {measured, undefinedFor} from './measured.ts'

/** Comparisons of 32 characters after which the measure is given up: a page takes some millions. */
const mostSteps = 2 ** 28

/** Characters of the longest line that is compared: past it a text is hardly in lines. */
const longestLine = 4096

/**
 * Measure the accuracy of characters whatever the order of lines and parts of lines:
 * Flexible Character Accuracy (Clausner, Pletschacher, Antonacopoulos 2020, doi:10.1016/j.patrec.2020.02.003).
 *
 * Longest lines first, each is laid along every line that was read, at the place
 * where the two differ least; the pair with the least penalty is matched, what
 * is left of either line goes back among the lines, and so on. Lines left over
 * at the end are lost or made up. The penalty weighs distance, difference of
 * lengths, offset and length; the best result over 768 sets of weights is the measure.
 *
 * As in dinglehopper's pull request 47, whose cases are tests here: of the lines of the reference at least as long as
 * the longest that was read all are tried; a match may grow at its end over what
 * was lost; a line may also be taken as lost; white space at line ends counts, the line end
 * itself does not; the result may be negative. (PRImA's published source compares
 * strings one character short, and starts from the ordinary accuracy.)
 *
 * Fast, and the same result: the same text is compared once, wherever it stands;
 * no set of weights can prefer a pair that is much dearer than another, so most
 * pairs fall out by a lower bound of their distance (bit-parallel longest common subsequence); and what
 * is left is decided once for all sets of weights that decide alike.
 *
 * @param reference
 *   Characters of each line; lines without any are left out.
 */
export function flexibleCharacterAccuracy(
  reference: readonly (readonly string[])[],
  hypothesis: readonly (readonly string[])[],
): Measured {
  const total = reference.reduce((sum, line) => sum + line.length, 0)
  const given = hypothesis.reduce((sum, line) => sum + line.length, 0)
  if (total === 0) return given === 0 ? measured(1) : undefinedFor('The reference is empty, the hypothesis is not')
  const tooLong = undefinedFor('The text is too long to be tried in every order; measure it page by page')
  if ([...reference, ...hypothesis].some(line => line.length > longestLine)) return tooLong
  const state = createState(reference, hypothesis)
  let best = Number.NEGATIVE_INFINITY
  for (const weights of allWeights) {
    const errors = matchAll(state, weights)
    if (errors === null) return tooLong
    best = Math.max(best, 1 - errors / total)
    if (best >= 1) break
  }
  return measured(best)
}

/** Weights of the penalty. */
interface Weights {
  readonly cost: number
  readonly difference: number
  readonly offset: number
  readonly length: number
}

const allWeights: readonly Weights[] = [15, 20, 25, 30].flatMap(cost =>
  [0, 3, 6, 9, 12, 15, 18, 21].flatMap(difference =>
    [0, 1, 2, 3].flatMap(offset => [0, 1, 2, 3, 4, 5].map(length => ({cost, difference, offset, length}))),
  ),
)

/** A line or a part of one, by what it says: parts that say the same are one. */
interface Part {
  readonly id: number
  /** One unit a character. */
  readonly text: string
}

/** Where two parts differ least. */
interface Match {
  /** Part of the line of the reference that is matched. */
  readonly truthStart: number
  readonly truthEnd: number
  readonly readStart: number
  readonly readEnd: number
  /** Deletions + insertions + 2 × substitutions of the alignment with the most matches. */
  readonly cost: number
  /** Unit-cost distance of the matched parts. */
  readonly errors: number
}

/** Two parts, what their match costs at least, and the match once it is needed. */
interface Pair {
  readonly truth: Part
  readonly read: Part
  readonly bound: number
  match: Match | null
}

/** What is still to be matched, and what became of it under the weights tried so far. */
interface Node {
  /** Longest first. */
  readonly truth: readonly Part[]
  readonly read: readonly Part[]
  /** Errors of the matches made so far. */
  readonly errors: number
  /** By line of the reference, the pairs that some set of weights may choose; null until they are looked for. */
  options: readonly (readonly Pair[])[] | null
  readonly next: Map<Pair, Node>
}

interface State {
  readonly root: Node
  readonly parts: Map<string, Part>
  readonly pairs: Map<number, Pair>
  steps: number
}

function createState(reference: readonly (readonly string[])[], hypothesis: readonly (readonly string[])[]): State {
  const units = new Map<string, string>()
  const parts = new Map<string, Part>()
  const lines = (side: readonly (readonly string[])[]): readonly Part[] =>
    side
      .filter(line => line.length > 0)
      .map(line => {
        const text = line.map(key => {
          const unit = units.get(key) ?? String.fromCharCode(units.size)
          units.set(key, unit)
          return unit
        })
        return partOf(parts, text.join(''))
      })
      .sort(longestFirst)
  return {
    root: {truth: lines(reference), read: lines(hypothesis), errors: 0, options: null, next: new Map()},
    parts,
    pairs: new Map(),
    steps: 0,
  }
}

function longestFirst(one: Part, other: Part): number {
  return other.text.length - one.text.length
}

function partOf(parts: Map<string, Part>, text: string): Part {
  const known = parts.get(text)
  if (known !== undefined) return known
  const part = {id: parts.size, text}
  parts.set(text, part)
  return part
}

/** Match everything under one set of weights; returns the errors, or null where it takes too long. */
function matchAll(state: State, weights: Weights): number | null {
  let node = state.root
  while (node.truth.length > 0 && node.read.length > 0) {
    node.options ??= findOptions(state, node)
    if (state.steps > mostSteps) return null
    const pair = choose(node.options, weights)
    let next = node.next.get(pair)
    if (next === undefined) {
      next = takeOut(state, node, pair)
      node.next.set(pair, next)
    }
    node = next
  }
  return [...node.truth, ...node.read].reduce((sum, {text}) => sum + text.length, node.errors)
}

/** The best pair of each line by penalty, and the most accurate of these; the first of equals. */
function choose(options: readonly (readonly Pair[])[], weights: Weights): Pair {
  let best: Pair | null = null
  let bestScore = Number.NEGATIVE_INFINITY
  for (const pairs of options) {
    let chosen = pairs[0]!
    if (pairs.length > 1) {
      let least = Number.POSITIVE_INFINITY
      for (const pair of pairs) {
        const penalty = penaltyOf(pair, weights)
        if (penalty < least) {
          least = penalty
          chosen = pair
        }
      }
    }
    const {truthStart, truthEnd, errors} = chosen.match!
    const score = truthStart === truthEnd ? -errors : 1 - errors / (truthEnd - truthStart)
    if (score > bestScore) {
      bestScore = score
      best = chosen
    }
  }
  return best!
}

function penaltyOf({truth, read, match}: Pair, weights: Weights): number {
  const difference = Math.abs(truth.text.length - read.text.length)
  return (
    match!.cost * weights.cost +
    difference * weights.difference +
    offsetOf(difference, match!) * weights.offset -
    Math.min(truth.text.length, read.text.length) * weights.length
  )
}

/** How far a match lies from the nearer end of the longer part. */
function offsetOf(difference: number, {truthStart, readStart}: Match): number {
  return difference > 1 ? difference / 2 - Math.abs(Math.max(truthStart, readStart) - difference / 2) : 0
}

/** Take a matched pair out; what is left of either line goes back in order of length. */
function takeOut({parts}: State, node: Node, {truth, read, match}: Pair): Node {
  const {truthStart, truthEnd, readStart, readEnd, errors} = match!
  return {
    truth: without(node.truth, truth, truthStart, truthEnd, parts),
    read: without(node.read, read, readStart, readEnd, parts),
    errors: node.errors + errors,
    options: null,
    next: new Map(),
  }
}

function without(lines: readonly Part[], part: Part, start: number, end: number, parts: Map<string, Part>): Part[] {
  const rest = [...lines]
  rest.splice(rest.indexOf(part), 1)
  const {text} = part
  if (start > 0) insert(rest, partOf(parts, text.slice(0, start)))
  if (end < text.length) insert(rest, partOf(parts, text.slice(end)))
  return rest
}

/** Put a part behind those at least as long. */
function insert(lines: Part[], part: Part): void {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (lines[middle]!.text.length >= part.text.length) low = middle + 1
    else high = middle
  }
  lines.splice(low, 0, part)
}

/** Find for each of the longest lines the pairs that some set of weights may choose. */
function findOptions(state: State, {truth, read}: Node): Pair[][] {
  const most = Math.min(truth[0]!.text.length, read[0]!.text.length)
  const lines = new Set<Part>()
  for (const line of truth) {
    if (line.text.length < most) break
    lines.add(line)
  }
  const readings = [...new Set(read)]
  const options: Pair[][] = []
  for (const line of lines) {
    const pairs = readings.map(reading => pairOf(state, line, reading))
    let nearest = pairs[0]!
    let least = Number.POSITIVE_INFINITY
    for (const pair of pairs) {
      const weight = pair.bound * 20 + Math.abs(line.text.length - pair.read.text.length) * 10
      if (weight < least) {
        least = weight
        nearest = pair
      }
    }
    nearest.match ??= findMatch(state, nearest)
    const {cost} = nearest.match
    const difference = Math.abs(line.text.length - nearest.read.text.length)
    const offset = offsetOf(difference, nearest.match)
    const length = Math.min(line.text.length, nearest.read.text.length)
    // What is left are pairs that no weights, each at the end of its range that favours the pair, make cheaper.
    const kept = pairs.filter(pair => {
      const dearer = pair.bound - cost
      return (
        pair === nearest ||
        dearer * (dearer > 0 ? 15 : 30) -
          21 * Math.max(0, difference - Math.abs(line.text.length - pair.read.text.length)) -
          3 * offset -
          5 * Math.max(0, Math.min(line.text.length, pair.read.text.length) - length) <=
          0
      )
    })
    for (const pair of kept) pair.match ??= findMatch(state, pair)
    options.push(kept)
  }
  return options
}

function pairOf(state: State, truth: Part, read: Part): Pair {
  const key = truth.id * 0x4000000 + read.id
  const known = state.pairs.get(key)
  if (known !== undefined) return known
  const pair = {truth, read, bound: boundOf(state, truth.text, read.text), match: null}
  state.pairs.set(key, pair)
  return pair
}

/**
 * Bound the cost of a match from below.
 *
 * Whatever of the longer part is matched, it is no shorter than the shorter part, and each side
 * pays for what it does not share; a line taken as lost costs its length.
 */
function boundOf(state: State, truth: string, read: string): number {
  const [short, long] = truth.length <= read.length ? [truth, read] : [read, truth]
  if (long.includes(short)) return 0
  const common = commonLength(state, short, long)
  return Math.min(truth.length, 2 * (short.length - common))
}

/**
 * Find where two parts differ least.
 *
 * The shorter is laid along the longer, then the whole of the longer is tried, and
 * then a match that lost or replaced characters is let grow at its end; the first of equals
 * stays. Taking the line as lost must cost less than that.
 */
function findMatch(state: State, {truth, read}: Pair): Match {
  const [t, r] = [truth.text, read.text]
  const length = Math.min(t.length, r.length)
  let best: Match | null = null
  let least = Number.POSITIVE_INFINITY
  let lacks = 0
  /** Take the first of the sizes from `from` to `size` that costs less than the best so far, then one that costs less than that, and so on. */
  const consider = (truthStart: number, readStart: number, size: number, from = size): void => {
    const a = t.slice(truthStart, truthStart + size)
    const b = r.slice(readStart, readStart + size)
    let promising = false
    for (let k = from; k <= size && !promising; k++) {
      const shared = commonLength(state, a.slice(0, k), b.slice(0, k))
      promising = Math.min(k, a.length) + Math.min(k, b.length) - 2 * shared < least
    }
    if (!promising) return
    for (const [index, {cost, errors, substitutions, lacks: missing}] of compare(state, a, b, from).entries()) {
      if (cost >= least || substitutions >= length) continue
      const k = from + index
      best = {
        truthStart,
        truthEnd: truthStart + Math.min(k, a.length),
        readStart,
        readEnd: readStart + Math.min(k, b.length),
        cost,
        errors,
      }
      least = cost
      lacks = missing
    }
  }
  const exact = t.length >= r.length ? t.indexOf(r) : r.indexOf(t)
  if (exact >= 0) {
    const [truthStart, readStart] = t.length >= r.length ? [exact, 0] : [0, exact]
    return {truthStart, truthEnd: truthStart + length, readStart, readEnd: readStart + length, cost: 0, errors: 0}
  }
  for (let at = 0; at + length <= t.length; at++) {
    for (let on = 0; on + length <= r.length; on++) consider(at, on, length)
  }
  consider(0, 0, Math.max(t.length, r.length))
  const found: Match | null = best
  if (found !== null && lacks > 0) {
    const {truthStart, truthEnd, readStart} = found as Match
    const grown = truthEnd - truthStart
    consider(truthStart, readStart, grown + lacks, grown + 1)
  }
  if (best === null || t.length < least) {
    return {truthStart: 0, truthEnd: t.length, readStart: 0, readEnd: 0, cost: t.length, errors: t.length}
  }
  return best
}

/** How two texts compare by the least unit-cost alignment with the most matches. */
interface Comparison {
  readonly errors: number
  readonly substitutions: number
  /** Deletions + insertions + 2 × substitutions. */
  readonly cost: number
  /** Deletions + substitutions. */
  readonly lacks: number
}

const units = new Uint16Array(longestLine)
const row = new Int32Array(longestLine + 1)

/**
 * Compare the first `from` characters of two texts, then one character more of each, and so on to the end of both; a text that
 * is shorter stays as it is.
 */
function compare(state: State, a: string, b: string, from: number): Comparison[] {
  const [n, m] = [a.length, b.length]
  state.steps += (n * m) >>> 4
  const weight = Math.min(n, m) + 1
  const comparisons: Comparison[] = []
  const note = (i: number, j: number): void => {
    const errors = Math.floor(row[j]! / weight)
    const substitutions = row[j]! % weight
    // Deletions - insertions is what `a` is longer, and both together are the errors that are not substitutions.
    const deletions = (errors - substitutions + i - j) / 2
    comparisons.push({errors, substitutions, cost: errors + substitutions, lacks: deletions + substitutions})
  }
  for (let j = 0; j < m; j++) {
    units[j] = b.charCodeAt(j)
    row[j + 1] = (j + 1) * weight
  }
  row[0] = 0
  for (let i = 0; i < n; i++) {
    const unit = a.charCodeAt(i)
    let across: number = row[0]!
    let left: number = across + weight
    row[0] = left
    for (let j = 0; j < m; j++) {
      let best = across
      if (unit !== units[j]) best = Math.min(across + weight + 1, row[j + 1]! + weight, left + weight)
      across = row[j + 1]!
      row[j + 1] = best
      left = best
    }
    if (i + 1 >= from && i + 1 < n) note(i + 1, Math.min(i + 1, m))
  }
  for (let k = Math.max(n, from); k <= Math.max(n, m); k++) note(n, Math.min(k, m))
  return comparisons
}

const masks = new Int32Array(0x10000)

/**
 * Length of the longest common subsequence of two texts, 32 rows a word:
 * Hyyrö, "Bit-parallel LCS-length computation revisited", 2004.
 */
function commonLength(state: State, a: string, b: string): number {
  state.steps += b.length * ((a.length + 31) >>> 5)
  const carries = a.length > 32 ? new Uint8Array(b.length) : null
  let common = 0
  for (let from = 0; from < a.length; from += 32) {
    const rows = Math.min(32, a.length - from)
    for (let row = 0; row < rows; row++) masks[a.charCodeAt(from + row)]! |= 1 << row
    let vector = -1
    for (let column = 0; column < b.length; column++) {
      const matches = vector & masks[b.charCodeAt(column)]!
      const sum = (vector >>> 0) + (matches >>> 0) + (carries === null ? 0 : carries[column]!)
      if (carries !== null) carries[column] = sum > 0xffffffff ? 1 : 0
      vector = sum | 0 | (vector & ~matches)
    }
    for (let row = 0; row < rows; row++) {
      masks[a.charCodeAt(from + row)] = 0
      common += ~(vector >>> row) & 1
    }
  }
  return common
}
