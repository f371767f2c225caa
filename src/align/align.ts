import type {Alignment, Chunk, Operation, Tokens} from '../model.ts'
import {type AnchorSize, findAnchors} from './anchors.ts'
import {measureDistance, type Piece} from './distance.ts'
import {type Emit, findPath} from './path.ts'

/** What the aligner may spend; a parameter so that tests can reach every path with small texts. */
export interface AlignLimits {
  /** Up to this many tokens on the longer side a text is aligned whole. */
  readonly whole: number
  /** Steps of 32 cells that may be spent on one piece, and on the proof. */
  readonly steps: number
  readonly anchors: AnchorSize
}

/** Limits by unit; an anchor of 16 characters is about three words. */
export const alignLimits: Readonly<Record<Tokens['unit'], AlignLimits>> = {
  character: {whole: 8192, steps: 50_000_000, anchors: {length: 16, apart: 400}},
  word: {whole: 4096, steps: 50_000_000, anchors: {length: 3, apart: 80}},
}

/**
 * Align two texts at the least number of edits.
 *
 * Unit-cost Levenshtein. Of the alignments with the least distance it is one with the most matches, so
 * that correct, substitutions, insertions and deletions are each unique; of
 * those the first, read from the start, where equal goes before substitute, delete and insert.
 *
 * Long texts are cut where a run of tokens occurs once on each side, and the
 * pieces are aligned. `exact` says that the sum is proven to be the distance of the
 * whole: by measuring that distance within the band the sum leaves. Where the measure finds less, the whole is
 * aligned in that band. Where a proof would cost more than `limits.steps`, `exact` is false.
 */
export function align(
  reference: Tokens,
  hypothesis: Tokens,
  limits: AlignLimits = alignLimits[reference.unit],
): Alignment {
  const piece = intern(reference.keys, hypothesis.keys)
  const {emit, chunks} = gatherChunks()
  const distance = alignPieces(piece, limits, emit)
  if (isWhole(piece, limits)) return {chunks, distance, exact: true}
  if (piece.b.length * ((distance >> 5) + 1) > limits.steps) return {chunks, distance, exact: false}
  const least = measureDistance(piece, distance).distance ?? distance
  if (least === distance) return {chunks, distance, exact: true}
  const better = gatherChunks()
  findPath(piece, better.emit, least)
  return {chunks: better.chunks, distance: least, exact: true}
}

/** Give each key a number, the same on both sides. */
function intern(reference: readonly string[], hypothesis: readonly string[]): Piece {
  const short = new Int32Array(0x10000).fill(-1)
  const long = new Map<string, number>()
  let symbols = 0
  const numbers = (keys: readonly string[]): Int32Array => {
    const result = new Int32Array(keys.length)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!
      if (key.length === 1) {
        const code = key.charCodeAt(0)
        if (short[code]! < 0) short[code] = symbols++
        result[i] = short[code]!
      } else {
        let symbol = long.get(key)
        if (symbol === undefined) {
          symbol = symbols++
          long.set(key, symbol)
        }
        result[i] = symbol
      }
    }
    return result
  }
  const a = numbers(reference)
  const b = numbers(hypothesis)
  return {a, b, symbols}
}

function isWhole({a, b}: Piece, {whole}: AlignLimits): boolean {
  return Math.max(a.length, b.length) <= whole
}

/** Align piece by piece; returns the sum of distances. */
function alignPieces(piece: Piece, limits: AlignLimits, emit: Emit): number {
  if (isWhole(piece, limits)) return findPath(compact(piece), emit)
  const {a, b, symbols} = piece
  const anchors = findAnchors(piece, limits.anchors)
  if (anchors.length === 0) return alignWithoutAnchors(piece, limits, emit)
  let distance = 0
  let fromA = 0
  let fromB = 0
  for (const {a: toA, b: toB} of [...anchors, {a: a.length, b: b.length}]) {
    // A run that occurs twice in the whole may occur once in a piece: pieces that are still long are cut again.
    const part = {a: a.subarray(fromA, toA), b: b.subarray(fromB, toB), symbols}
    distance += alignPieces(part, limits, emit)
    fromA = toA
    fromB = toB
  }
  return distance
}

/**
 * Align a long piece that has no anchors, as a table of like rows: whole if the
 * budget allows it, else window by window, half of each window kept.
 */
function alignWithoutAnchors(piece: Piece, limits: AlignLimits, emit: Emit): number {
  const {a, b, symbols} = piece
  const longer = Math.max(a.length, b.length)
  // The dearest case: no token in common, both directions, all rounds of doubling.
  if ((longer / 8) * Math.min(a.length, b.length) <= limits.steps) return findPath(compact(piece), emit)
  const size = limits.whole
  let i = 0
  let j = 0
  let distance = 0
  while (a.length - i > size && b.length - j > size) {
    const window = compact({a: a.subarray(i, i + size), b: b.subarray(j, j + size), symbols})
    let left = size
    findPath(window, (operation, length) => {
      const kept = Math.min(length, left)
      if (kept === 0) return
      left -= kept
      if (operation !== 'insert') i += kept
      if (operation !== 'delete') j += kept
      if (operation !== 'equal') distance += kept
      emit(operation, kept)
    })
  }
  return distance + findPath(compact({a: a.subarray(i), b: b.subarray(j), symbols}), emit)
}

/** Number the symbols of a piece anew, so that what is kept for each symbol fits the piece and not the text. */
function compact({a, b, symbols}: Piece): Piece {
  if (symbols <= a.length + b.length) return {a, b, symbols}
  const numbers = new Map<number, number>()
  const renumber = (tokens: Int32Array): Int32Array =>
    tokens.map(token => {
      const known = numbers.get(token)
      if (known !== undefined) return known
      numbers.set(token, numbers.size)
      return numbers.size - 1
    })
  const from = renumber(a)
  return {a: from, b: renumber(b), symbols: numbers.size}
}

/** Collect runs of operations as chunks, neighbours of one operation as one chunk. */
function gatherChunks(): {readonly emit: Emit; readonly chunks: readonly Chunk[]} {
  const chunks: Chunk[] = []
  let reference = 0
  let hypothesis = 0
  const emit = (operation: Operation, length: number): void => {
    const last = chunks.at(-1)
    const joins = last !== undefined && last.operation === operation
    const start = joins ? last : {reference: {start: reference}, hypothesis: {start: hypothesis}}
    if (operation !== 'insert') reference += length
    if (operation !== 'delete') hypothesis += length
    const chunk = {
      operation,
      reference: {start: start.reference.start, end: reference},
      hypothesis: {start: start.hypothesis.start, end: hypothesis},
    }
    if (joins) chunks[chunks.length - 1] = chunk
    else chunks.push(chunk)
  }
  return {emit, chunks}
}
