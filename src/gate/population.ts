import type {Counts, Population} from '../model.ts'
import {randomFrom} from './random.ts'

/** A page before and after a change of engine, preparation or rules. */
export interface PagePair {
  readonly page: string
  readonly document: string
  readonly before: Counts
  readonly after: Counts
}

/** Fewer changed documents than this can never reach the level: 2 ** -4 is above 0.05. */
export const leastDocuments = 5

/** Level of the one-sided test. */
const level = 0.05
/** A rise up to this, as a fraction of the characters, is of no practical weight. */
const practicalFloor = 0.0005
/** Up to this many documents all signs are tried; above, as many as `draws`. */
const exactDocuments = 14
const draws = 9999
const resamples = 1999
const seed = 20_261_122
const worstPages = 10

/**
 * Judge whether a change made the readings of a corpus worse, by its pages before and after.
 *
 * What is tested is the rise of the character error rate over all pages together. Pages of a document err alike, so
 * documents are the blocks: under the null hypothesis the sign of each document's change is open (sign-flip
 * permutation, all signs up to 14 documents, else 9,999 seeded draws), and the interval is a seeded bootstrap over
 * documents. A regression must pass the level and a floor. What could not have been seen is said:
 * `smallestDetectable` is the least rise that such data would have shown nine times of ten, 1 where there is none.
 *
 * Source: Liu & Peng, "Statistical Testing on ASR Performance via Blockwise Bootstrap" (2020); Good, "Permutation,
 * Parametric and Bootstrap Tests of Hypotheses".
 *
 * @param pairs
 *   At least one, in any order.
 */
export function judgePopulation(pairs: readonly PagePair[]): Population {
  const documents = blocksOf(pairs)
  const length = sumOf(documents, block => block.length)
  const change = sumOf(documents, block => block.change)
  const rise = length === 0 ? 0 : change / length
  const pValue = signFlip(documents, change)
  const resampled = bootstrap(documents)
  const interval = {low: quantile(resampled, 0.025), high: quantile(resampled, 0.975)}
  const smallestDetectable = detectable(documents, length, rise)
  const regressed = pValue < level && rise > practicalFloor
  const improved = !regressed && rise < -practicalFloor && signFlip(negated(documents), -change) < level
  const worst = pairs
    .map(({page, before, after}) => ({page, before: errors(before), after: errors(after)}))
    .filter(({before, after}) => after > before)
    .sort((a, b) => b.after - b.before - (a.after - a.before) || compareText(a.page, b.page))
  return {
    pages: pairs.length,
    documents: documents.length,
    changedDocuments: documents.filter(({change}) => change !== 0).length,
    before: total(pairs.map(({before}) => before)),
    after: total(pairs.map(({after}) => after)),
    rise,
    worsePages: worst.length,
    betterPages: pairs.filter(({before, after}) => errors(after) < errors(before)).length,
    pValue,
    interval,
    floor: practicalFloor,
    smallestDetectable,
    result: regressed ? 'regressed' : improved ? 'improved' : 'no-detectable-change',
    worst: worst.slice(0, worstPages),
  }
}

/** Substitutions + insertions + deletions. */
export function errors({substitutions, insertions, deletions}: Counts): number {
  return substitutions + insertions + deletions
}

/** Counts added up. */
export function total(all: readonly Counts[]): Counts {
  return {
    correct: sumOf(all, ({correct}) => correct),
    substitutions: sumOf(all, ({substitutions}) => substitutions),
    insertions: sumOf(all, ({insertions}) => insertions),
    deletions: sumOf(all, ({deletions}) => deletions),
  }
}

/** A document's part in the test. */
interface Block {
  /** Errors now minus errors then. */
  readonly change: number
  /** Characters of its transcript, then. */
  readonly length: number
  /** Errors then. */
  readonly errors: number
}

function blocksOf(pairs: readonly PagePair[]): readonly Block[] {
  const blocks = new Map<string, {change: number; length: number; errors: number}>()
  // By name, so that the draws do not depend on the order of the pages.
  for (const {document, before, after} of [...pairs].sort((a, b) => compareText(a.document, b.document))) {
    const block = blocks.get(document) ?? {change: 0, length: 0, errors: 0}
    block.errors += errors(before)
    block.change += errors(after) - errors(before)
    block.length += before.correct + before.substitutions + before.deletions
    blocks.set(document, block)
  }
  return [...blocks.values()]
}

/** Share of the sign choices under which the change is at least as great as it was. */
function signFlip(blocks: readonly Block[], observed: number): number {
  const changes = blocks.map(({change}) => change).filter(change => change !== 0)
  if (changes.length === 0) return 1
  if (changes.length <= exactDocuments) {
    let reached = 0
    const choices = 2 ** changes.length
    for (let signs = 0; signs < choices; signs++) {
      let flipped = 0
      for (const [index, change] of changes.entries()) flipped += (signs >> index) & 1 ? change : -change
      if (flipped >= observed) reached++
    }
    return reached / choices
  }
  const reached = flips(changes).filter(flipped => flipped >= observed).length
  // The signs as they are count as one draw more (Phipson & Smyth 2010): no p of 0.
  return (reached + 1) / (draws + 1)
}

function flips(changes: readonly number[]): number[] {
  const random = randomFrom(seed)
  return Array.from({length: draws}, () => {
    let flipped = 0
    for (const change of changes) flipped += random() < 0.5 ? change : -change
    return flipped
  })
}

/** Rises of resampled corpora, ascending. */
function bootstrap(blocks: readonly Block[]): readonly number[] {
  const random = randomFrom(seed + 1)
  const rises = Array.from({length: resamples}, () => {
    let change = 0
    let length = 0
    for (let i = 0; i < blocks.length; i++) {
      const block = blocks[Math.floor(random() * blocks.length)]!
      change += block.change
      length += block.length
    }
    return length === 0 ? 0 : change / length
  })
  return rises.sort((a, b) => a - b)
}

/**
 * The least rise that would be found nine times of ten; at most 1, which says that none would.
 *
 * Errors that are added fall where errors are. They must pass what sign-flips reach in one of twenty, which they widen
 * as they are unequal themselves; and in one of ten, chance takes from them 1.28 standard errors, by Student's t.
 */
function detectable(blocks: readonly Block[], length: number, rise: number): number {
  const freedom = blocks.length - 1
  if (length === 0 || freedom < 1) return 1
  const inflation = Math.sqrt(blocks.length / freedom)
  const noise = blocks.map(block => (block.change - rise * block.length) * inflation)
  const variance = sumOf(noise, change => change ** 2)
  const before = sumOf(blocks, block => block.errors)
  const shares = blocks.map(({errors, length: own}) => (before > 0 ? errors / before : own / length))
  // The same signs for both, so that their sum is a draw of the sum.
  const noiseFlips = flips(noise)
  const shareFlips = flips(shares)
  const isFound = (added: number) => {
    const chance = noiseFlips.map((flipped, draw) => flipped + added * shareFlips[draw]!).sort((a, b) => a - b)
    // Added errors come one by one: their variance is their number.
    const shortfall = studentQuantile(1.2816, freedom) * Math.sqrt(variance + added)
    return added - shortfall > quantile(chance, 1 - level)
  }
  let low = practicalFloor * length
  let high = length
  if (isFound(low)) return practicalFloor
  if (!isFound(high)) return 1
  while (high - low > Math.max(0.5, high / 200)) {
    const middle = (low + high) / 2
    if (isFound(middle)) high = middle
    else low = middle
  }
  return high / length
}

/**
 * Turn a quantile of the normal distribution into that of Student's t.
 *
 * Source: Abramowitz & Stegun, "Handbook of Mathematical Functions", 26.7.5; within 1 % from 4 degrees of freedom.
 */
function studentQuantile(z: number, freedom: number): number {
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2)
}

function negated(blocks: readonly Block[]): readonly Block[] {
  return blocks.map(block => ({...block, change: -block.change}))
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? 0
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0)
}
