import type {Measured} from '../model.ts'
import {measured, undefinedFor} from './measured.ts'

/**
 * Measure the accuracy of characters whatever the order of whole lines: lines are paired
 * so that the sum of their distances is least, and none is split (cinoc).
 *
 * Cheaper to understand than flexible accuracy, and blind to split and merged lines.
 */
export function lineAssignmentAccuracy(
  reference: readonly (readonly string[])[],
  hypothesis: readonly (readonly string[])[],
): Measured {
  const {truthText, readText} = intern(reference, hypothesis)
  const total = truthText.reduce((sum, line) => sum + line.length, 0)
  if (total === 0) {
    return readText.length === 0 ? measured(1) : undefinedFor('The reference is empty, the hypothesis is not')
  }
  const size = truthText.length + readText.length
  if (size > 2000) return undefinedFor('The text is too long to be tried in every order; measure it page by page')
  // A line may also be paired with nothing: as many empty lines stand on each side.
  const costs = Array.from({length: size}, (_, i) => {
    const truth = truthText[i] ?? new Int32Array()
    return Float64Array.from({length: size}, (_, j) => {
      const read = readText[j] ?? new Int32Array()
      return truth.length === 0 || read.length === 0 ? truth.length + read.length : distance(truth, read)
    })
  })
  return measured(Math.max(0, 1 - leastAssignment(costs) / total))
}

/** Give each character a number, the same on both sides; lines without characters are left out. */
function intern(
  reference: readonly (readonly string[])[],
  hypothesis: readonly (readonly string[])[],
): {readonly truthText: readonly Int32Array[]; readonly readText: readonly Int32Array[]} {
  const numbers = new Map<string, number>()
  const numberOf = (key: string): number => {
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  }
  const lines = (side: readonly (readonly string[])[]): readonly Int32Array[] =>
    side.filter(line => line.length > 0).map(line => Int32Array.from(line, numberOf))
  return {truthText: lines(reference), readText: lines(hypothesis)}
}

/** Unit-cost distance of two lines. */
function distance(a: Int32Array, b: Int32Array): number {
  const row = Int32Array.from({length: b.length + 1}, (_, column) => column)
  for (const symbol of a) {
    let across = row[0]!
    row[0] = across + 1
    for (let j = 1; j <= b.length; j++) {
      const cost = Math.min(across + (symbol === b[j - 1] ? 0 : 1), row[j]! + 1, row[j - 1]! + 1)
      across = row[j]!
      row[j] = cost
    }
  }
  return row[b.length]!
}

/** Least sum of costs when each row is paired with one column (Kuhn 1955, in the form of Jonker and Volgenant). */
function leastAssignment(costs: readonly Float64Array[]): number {
  const n = costs.length
  const rowPrice = new Float64Array(n + 1)
  const columnPrice = new Float64Array(n + 1)
  const rowOf = new Int32Array(n + 1)
  const cameFrom = new Int32Array(n + 1)
  for (let row = 1; row <= n; row++) {
    rowOf[0] = row
    let column = 0
    const slack = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
    const done = new Uint8Array(n + 1)
    do {
      done[column] = 1
      const current = rowOf[column]!
      let step = Number.POSITIVE_INFINITY
      let next = 0
      for (let j = 1; j <= n; j++) {
        if (done[j]) continue
        const left = costs[current - 1]![j - 1]! - rowPrice[current]! - columnPrice[j]!
        if (left < slack[j]!) {
          slack[j] = left
          cameFrom[j] = column
        }
        if (slack[j]! < step) {
          step = slack[j]!
          next = j
        }
      }
      for (let j = 0; j <= n; j++) {
        if (done[j]) {
          rowPrice[rowOf[j]!]! += step
          columnPrice[j]! -= step
        } else {
          slack[j]! -= step
        }
      }
      column = next
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      rowOf[column] = rowOf[cameFrom[column]!]!
      column = cameFrom[column]!
    }
  }
  let sum = 0
  for (let j = 1; j <= n; j++) sum += costs[rowOf[j]! - 1]![j - 1]!
  return sum
}
