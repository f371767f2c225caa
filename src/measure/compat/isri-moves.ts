import type {Measured} from '../../model.ts'
import {measured, undefinedFor} from '../measured.ts'
import {internIsri, readIsriText} from './isri.ts'

/** The numbers of ISRI's `editop`: what a corrector does who can also move blocks of text. */
export interface IsriMoves {
  /** Characters to type, lost by the OCR. */
  readonly insertions: number
  /** Characters to take out, made up by the OCR. */
  readonly deletions: number
  readonly moves: number
  /** How many moves there are of each length in characters; ISRI tells lengths over 99 together as 100. */
  readonly lengths: readonly {readonly length: number; readonly moves: number}[]
  /** Null, or why nothing was counted. */
  readonly reason: string | null
}

/** Longest move length that is told apart. */
const longestMove = 100

/** Pairs of characters that are tried; a page of 3,000 has nine million. */
const mostPairs = 2 ** 25

/**
 * Count insertions, deletions and block moves as ISRI's `editop` does.
 *
 * The longest text that stands unmatched on both sides is matched, again and
 * again, wherever it stands; what then stands in another order is moved, first what saves the most moves, then the
 * shortest. Greedy, so there may be a cheaper way.
 */
export function isriMoves(reference: string, hypothesis: string): IsriMoves {
  const correct = readIsriText(reference).characters.map(({value}) => value)
  const generated = readIsriText(hypothesis).characters.map(({value}) => value)
  if (correct.length * generated.length > mostPairs) {
    const reason = 'The text is too long to be searched for moved blocks; measure it page by page'
    return {insertions: 0, deletions: 0, moves: 0, lengths: [], reason}
  }
  const {a, b} = internIsri(
    correct.map(value => (value === '~' ? '\0reference' : value)),
    generated.map(value => (value === '~' ? '\0hypothesis' : value)),
  )
  const blocks = matchBlocks(a, b)
  const covered = blocks.reduce((sum, {length}) => sum + length, 0)
  const wildcards = correct.filter(value => value === '~').length
  const {moves, lengths} = countMoves(blocks)
  return {
    insertions: correct.length - wildcards - covered,
    deletions: generated.length - covered,
    moves,
    lengths,
    reason: null,
  }
}

/**
 * Price the moves as ISRI's `editopcost`: a move costs `price` insertions, or its own length where that is less.
 */
export function costOfMoves({insertions, lengths, reason}: IsriMoves, price: number): Measured {
  if (reason !== null) return undefinedFor(reason)
  return measured(lengths.reduce((sum, {length, moves}) => sum + moves * Math.min(length, price), insertions))
}

interface Block {
  readonly a: number
  readonly b: number
  readonly length: number
}

/** A stretch of one side that is still unmatched. */
interface Gap {
  readonly start: number
  readonly end: number
}

/** Match the longest common run again and again; of equal ones that in the first gaps, then at the first places. */
function matchBlocks(a: Int32Array, b: Int32Array): Block[] {
  const blocks: Block[] = []
  let gapsA: Gap[] = [{start: 0, end: a.length}]
  let gapsB: Gap[] = [{start: 0, end: b.length}]
  for (;;) {
    // All runs of the greatest length are found in one pass; taking one can only shorten others.
    let runs = longestRuns(a, gapsA, b, gapsB)
    if (runs.length === 0) break
    while (runs.length > 0) {
      const best = runs.reduce((one, other) => (comesBefore(other, one, gapsA, gapsB) ? other : one))
      blocks.push(best)
      gapsA = cutGap(gapsA, best.a, best.length)
      gapsB = cutGap(gapsB, best.b, best.length)
      const {length} = best
      runs = runs.filter(
        run =>
          (run.a + length <= best.a || best.a + length <= run.a) &&
          (run.b + length <= best.b || best.b + length <= run.b),
      )
    }
  }
  return blocks
}

function longestRuns(a: Int32Array, gapsA: readonly Gap[], b: Int32Array, gapsB: readonly Gap[]): Block[] {
  let longest = 0
  let runs: Block[] = []
  for (const gapA of gapsA) {
    for (const gapB of gapsB) {
      if (gapA.end - gapA.start < longest || gapB.end - gapB.start < longest) continue
      // lengths[j] is the length of the common run that ends before a[i] and b[j].
      const lengths = new Int32Array(gapB.end - gapB.start + 1)
      for (let i = gapA.start; i < gapA.end; i++) {
        for (let j = gapB.end - 1; j >= gapB.start; j--) {
          const length = a[i] === b[j] ? lengths[j - gapB.start]! + 1 : 0
          lengths[j - gapB.start + 1] = length
          if (length === 0 || length < longest) continue
          if (length > longest) {
            longest = length
            runs = []
          }
          runs.push({a: i + 1 - length, b: j + 1 - length, length})
        }
      }
    }
  }
  return runs
}

function comesBefore(one: Block, other: Block, gapsA: readonly Gap[], gapsB: readonly Gap[]): boolean {
  return (
    (gapStart(gapsA, one.a) - gapStart(gapsA, other.a) ||
      gapStart(gapsB, one.b) - gapStart(gapsB, other.b) ||
      one.a - other.a ||
      one.b - other.b) < 0
  )
}

function gapStart(gaps: readonly Gap[], at: number): number {
  return gaps.find(({start, end}) => start <= at && at < end)!.start
}

function cutGap(gaps: readonly Gap[], at: number, length: number): Gap[] {
  return gaps.flatMap(gap => {
    if (at < gap.start || at >= gap.end) return [gap]
    return [
      {start: gap.start, end: at},
      {start: at + length, end: gap.end},
    ].filter(({start, end}) => start < end)
  })
}

/** Sort the blocks of the hypothesis into the order of the reference, a move at a time. */
function countMoves(blocks: readonly Block[]): Pick<IsriMoves, 'moves' | 'lengths'> {
  const order = [...blocks].sort((one, other) => one.a - other.a)
  const rank = new Map(order.map((block, index) => [block, index + 1]))
  let line = [...blocks]
    .sort((one, other) => one.b - other.b)
    .map(block => ({rank: rank.get(block)!, length: block.length}))
  const lengths = new Map<number, number>()
  let moves = 0
  const combine = (): void => {
    const joined: {rank: number; length: number}[] = []
    for (const block of line) {
      const last = joined.at(-1)
      if (last === undefined || block.rank !== last.rank + 1) {
        joined.push({...block})
        continue
      }
      // The two are one block now; ranks above close up, both of those before and those to come.
      last.length += block.length
      for (const other of [...joined, ...line]) if (other.rank > last.rank) other.rank--
    }
    line = joined
  }
  combine()
  while (line.length > 1) {
    const at = bestMove(line)
    const [block] = line.splice(at, 1)
    const {rank: own, length} = block!
    const target =
      own === 1 ? line.findIndex(other => other.rank === 2) : line.findIndex(other => other.rank === own - 1) + 1
    line.splice(target, 0, block!)
    moves++
    const told = Math.min(length, longestMove)
    lengths.set(told, (lengths.get(told) ?? 0) + 1)
    combine()
  }
  return {
    moves,
    lengths: [...lengths].sort(([one], [other]) => one - other).map(([length, count]) => ({length, moves: count})),
  }
}

/** Choose the block whose move leaves the fewest blocks; of equals the shortest, then the first in order. */
function bestMove(line: readonly {readonly rank: number; readonly length: number}[]): number {
  const place = new Map(line.map((block, index) => [block.rank, index]))
  let best = -1
  let bestReduction = 0
  for (let rank = 1; rank <= line.length; rank++) {
    const at = place.get(rank)!
    // Put between its neighbours in order it joins one block, or two where they stand side by side.
    const before = place.get(rank - 1)
    const after = place.get(rank + 1)
    const joinsBoth = before !== undefined && after !== undefined && after === before + 1
    // What stood around it may be neighbours in order once it is gone.
    const left = line[at - 1]
    const right = line[at + 1]
    const closes = left !== undefined && right !== undefined && right.rank === left.rank + 1
    const reduction = 1 + (joinsBoth ? 1 : 0) + (closes ? 1 : 0)
    if (reduction > bestReduction || (reduction === bestReduction && line[at]!.length < line[best]!.length)) {
      best = at
      bestReduction = reduction
    }
  }
  return best
}
