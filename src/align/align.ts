import type {Alignment, Chunk, Operation, Tokens} from '../model.ts'
import {type AnchorSize, findCuts} from './anchors.ts'
import {type Course, certify} from './certify.ts'
import {createWorkspace, type Range, type Sides, type Workspace} from './distance.ts'
import {intern} from './intern.ts'
import {findPath} from './path.ts'

/** What the aligner may spend; a parameter so that tests can reach every path with small texts. */
export interface AlignLimits {
  /** Up to this many tokens on the longer side a text is aligned whole. */
  readonly whole: number
  /** Steps of 32 cells that may be spent on one piece without anchors, and on one attempt at a proof. */
  readonly steps: number
  readonly anchors: AnchorSize
  /** Tokens of a seed of the proof; see `certify`. */
  readonly seeds: readonly number[]
  /** Least tokens on either side of the path that the proof computes. */
  readonly margin: number
}

/** Limits by unit; an anchor of 16 characters is about three words. */
export const alignLimits: Readonly<Record<Tokens['unit'], AlignLimits>> = {
  character: {
    whole: 8192,
    steps: 80_000_000,
    anchors: {length: 16, apart: 400},
    seeds: [8, 4, 5, 6],
    margin: 256,
  },
  word: {whole: 4096, steps: 80_000_000, anchors: {length: 3, apart: 80}, seeds: [2, 1, 3], margin: 128},
}

/** Attempts at a proof, each after what the last one found wanting was mended. */
const attempts = 6

/**
 * Align two texts at the least number of edits.
 *
 * Unit-cost Levenshtein. Of the alignments with the least distance it is one with the most matches, so
 * that correct, substitutions, insertions and deletions are each unique; of
 * those the first, read from the start, where equal goes before substitute, delete and insert.
 *
 * Long texts are cut where a run of tokens occurs once on each side, and the
 * pieces are aligned: what is said of ties then holds within each piece. `exact`
 * says that the sum is proven to be the distance of the whole (see `certify`).
 * Where the proof finds a cut that may cost an edit, the pieces beside it are
 * aligned as one, and the proof is tried again. Where it would cost more than `limits.steps`, `exact` is false.
 */
export function align(
  reference: Tokens,
  hypothesis: Tokens,
  limits: AlignLimits = alignLimits[reference.unit],
): Alignment {
  const sides = intern(reference.keys, hypothesis.keys)
  const work = createWorkspace(sides)
  const all = {aStart: 0, aEnd: sides.a.length, bStart: 0, bEnd: sides.b.length}
  if (isWhole(all, limits)) return alignAsOne(work, all, limits)
  let pieces: readonly Piece[] = alignPieces(work, cutPieces(work, all, limits), limits)
  let cost = sumCosts(pieces)
  let margin = limits.margin
  // A proof in time linear in the text is always allowed.
  const steps = Math.max(limits.steps, (limits.margin / 4) * sides.b.length)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const cuts = pieces.slice(0, -1).map(({range}) => ({a: range.aEnd, b: range.bEnd}))
    const proof = certify(work, courseOf(pieces, sides), cost, cuts, limits.seeds, margin, steps)
    if (proof === null) break
    if (proof.bound >= cost) return {chunks: toChunks(pieces), distance: cost, exact: true}
    pieces = joinPieces(work, pieces, proof.stations, limits)
    const mended = sumCosts(pieces)
    if (mended === cost) margin = proof.margin + cost - proof.bound + 64
    cost = mended
  }
  if (sides.b.length * (cost / 16 + 2) > steps) return {chunks: toChunks(pieces), distance: cost, exact: false}
  return alignAsOne(work, all, {...limits, whole: Number.POSITIVE_INFINITY}, cost)
}

function alignAsOne(work: Workspace, all: Range, limits: AlignLimits, expected?: number): Alignment {
  const piece = alignPiece(work, all, limits, expected)
  return {chunks: toChunks([piece]), distance: piece.cost, exact: true}
}

/** An aligned part: its cost, and its operations as pairs of number and length. */
interface Piece {
  readonly range: Range
  readonly cost: number
  readonly runs: readonly number[]
}

const operations: readonly Operation[] = ['equal', 'substitute', 'delete', 'insert']
const equalRun = 0
const deleteRun = 2
const insertRun = 3

function isWhole({aStart, aEnd, bStart, bEnd}: Range, {whole}: AlignLimits): boolean {
  return Math.max(aEnd - aStart, bEnd - bStart) <= whole
}

/** Cut a part at anchors, and pieces that are still long again: a run that occurs twice in all may occur once in a piece. */
function cutPieces(sides: Sides, range: Range, limits: AlignLimits): Range[] {
  const cuts = isWhole(range, limits) && range.aStart > 0 ? [] : findCuts(sides, range, limits.anchors)
  if (cuts.length === 0) return [range]
  const pieces: Range[] = []
  let {aStart, bStart} = range
  for (const {a: aEnd, b: bEnd} of [...cuts, {a: range.aEnd, b: range.bEnd}]) {
    pieces.push(...cutPieces(sides, {aStart, aEnd, bStart, bEnd}, limits))
    aStart = aEnd
    bStart = bEnd
  }
  return pieces
}

/** Align pieces one after the other, each expected to be about as bad as those before it. */
function alignPieces(work: Workspace, ranges: readonly Range[], limits: AlignLimits): readonly Piece[] {
  let cost = 0
  return ranges.map(range => {
    const {aStart, aEnd} = range
    const expected = Math.ceil(((aEnd - aStart) * cost * 1.25) / Math.max(1, aStart)) + 8
    const piece = alignPiece(work, range, limits, expected)
    cost += piece.cost
    return piece
  })
}

/**
 * Align a piece: whole if the budget allows it, else, as a long table of like rows has no
 * anchors, window by window, half of each window kept.
 */
function alignPiece(work: Workspace, range: Range, limits: AlignLimits, expected?: number): Piece {
  const runs: number[] = []
  const emit = (operation: Operation, length: number): void => {
    runs.push(operations.indexOf(operation), length)
  }
  const n = range.aEnd - range.aStart
  const m = range.bEnd - range.bStart
  // The dearest case: no token in common, both directions, all rounds of doubling.
  if (isWhole(range, limits) || (n / 8) * m <= limits.steps) {
    return {range, cost: findPath(work, range, emit, expected), runs}
  }
  const size = limits.whole
  let {aStart, bStart} = range
  let cost = 0
  while (range.aEnd - aStart > size && range.bEnd - bStart > size) {
    let left = size
    findPath(work, {aStart, aEnd: aStart + size, bStart, bEnd: bStart + size}, (operation, length) => {
      const kept = Math.min(length, left)
      if (kept === 0) return
      left -= kept
      if (operation !== 'insert') aStart += kept
      if (operation !== 'delete') bStart += kept
      if (operation !== 'equal') cost += kept
      emit(operation, kept)
    })
  }
  cost += findPath(work, {...range, aStart, bStart}, emit)
  return {range, cost, runs}
}

function sumCosts(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, {cost}) => sum + cost, 0)
}

/** Join pieces over every cut where the proven bound falls further behind what was paid, and align them anew. */
function joinPieces(
  work: Workspace,
  pieces: readonly Piece[],
  bounds: readonly number[],
  limits: AlignLimits,
): Piece[] {
  const joined: Piece[] = []
  let paid = 0
  let lag = 0
  let open: Range | null = null
  let changed = false
  for (const [index, piece] of pieces.entries()) {
    const range: Range = open === null ? piece.range : {...piece.range, aStart: open.aStart, bStart: open.bStart}
    paid += piece.cost
    const newLag = index < bounds.length ? paid - bounds[index]! : lag
    const next = index + 1 < bounds.length ? paid + pieces[index + 1]!.cost - bounds[index + 1]! : newLag
    // A detour around a cut shows as a lag at the next one.
    if ((newLag > 0 && newLag > lag) || next > newLag) {
      open = range
      changed = true
    } else {
      joined.push(range === piece.range ? piece : alignPiece(work, range, limits))
      open = null
    }
    lag = newLag
  }
  if (open !== null) joined.push(alignPiece(work, open, limits))
  return changed ? joined : [...pieces]
}

/** Read from the pieces where the path stands at every 32nd token of the reference, and what it has cost. */
function courseOf(pieces: readonly Piece[], {a, b}: Sides): Course {
  const blocks = (a.length + 31) >>> 5
  const columns = new Int32Array(blocks + 1)
  const costs = new Int32Array(blocks + 1)
  let row = 0
  let column = 0
  let cost = 0
  let block = 1
  for (const {runs} of pieces) {
    for (let index = 0; index < runs.length; index += 2) {
      const operation = runs[index]!
      const length = runs[index + 1]!
      const endRow = operation === insertRun ? row : row + length
      for (; block * 32 <= endRow && block < blocks; block++) {
        const passed = block * 32 - row
        columns[block] = operation === deleteRun ? column : column + passed
        costs[block] = operation === equalRun ? cost : cost + passed
      }
      if (operation !== deleteRun) column += length
      if (operation !== equalRun) cost += length
      row = endRow
    }
  }
  columns[blocks] = b.length
  costs[blocks] = cost
  return {columns, costs}
}

/** Write operations as chunks, neighbours of one operation as one chunk. */
function toChunks(pieces: readonly Piece[]): readonly Chunk[] {
  const chunks: Chunk[] = []
  let reference = 0
  let hypothesis = 0
  let pending = -1
  let length = 0
  const flush = (): void => {
    if (length === 0) return
    const endReference = pending === insertRun ? reference : reference + length
    const endHypothesis = pending === deleteRun ? hypothesis : hypothesis + length
    chunks.push({
      operation: operations[pending]!,
      reference: {start: reference, end: endReference},
      hypothesis: {start: hypothesis, end: endHypothesis},
    })
    reference = endReference
    hypothesis = endHypothesis
  }
  for (const {runs} of pieces) {
    for (let index = 0; index < runs.length; index += 2) {
      if (runs[index] === pending) {
        length += runs[index + 1]!
      } else {
        flush()
        pending = runs[index]!
        length = runs[index + 1]!
      }
    }
  }
  flush()
  return chunks
}
