import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {randomFrom} from '../../bench/generate.ts'
import {type Certificate, type Course, certify, type Station} from '../../src/align/certify.ts'
import {createWorkspace} from '../../src/align/distance.ts'

/** Distances of all parts from the start, cell by cell. */
function table(a: Int32Array, b: Int32Array): Int32Array[] {
  const rows = [Int32Array.from({length: b.length + 1}, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = new Int32Array(b.length + 1)
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const across = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(across, rows[i - 1]![j]! + 1, row[j - 1]! + 1)
    }
    rows.push(row)
  }
  return rows
}

/** A course that climbs as it likes, and claims to have cost nothing, so that the margin stays as small as asked. */
function courseBy(random: () => number, n: number, m: number): Course {
  const blocks = (n + 31) >>> 5
  const columns = Int32Array.from({length: blocks + 1}, () => Math.floor(random() * (m + 1))).sort()
  columns[0] = 0
  columns[blocks] = m
  return {columns, costs: new Int32Array(blocks + 1)}
}

interface Case {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly stations: readonly Station[]
  readonly proof: Certificate
}

function run(seed: number, letters: number, period: number, seeds: readonly number[], margin: number): Case {
  const random = randomFrom(seed)
  const row = Array.from({length: period}, () => Math.floor(random() * letters))
  const side = (length: number): number[] =>
    Array.from({length}, (_, i) => (random() < 0.03 ? Math.floor(random() * letters) : row[i % period]!))
  const a = Int32Array.from(side(1 + Math.floor(random() * 500)))
  const shift = Math.floor(random() * 150)
  const b = Int32Array.from([...side(random() < 0.5 ? shift : 0), ...a.subarray(random() < 0.5 ? shift : 0), 0])
  const work = createWorkspace({a, b, symbols: letters})
  const straight = random() < 0.5
  const course = courseBy(straight ? () => 0.5 : random, a.length, b.length)
  const stations: Station[] = []
  for (const [block, column] of course.columns.entries()) {
    if (column > (stations.at(-1)?.b ?? 0)) stations.push({a: Math.min(a.length, block * 32), b: column})
  }
  const proof = certify(work, course, a.length + b.length, stations, seeds, margin, Number.POSITIVE_INFINITY)
  return {a, b, stations, proof: proof!}
}

const cases = fc.tuple(
  fc.nat(),
  fc.integer({min: 2, max: 60}),
  fc.integer({min: 3, max: 90}),
  fc.constantFrom([1], [2, 1, 3], [5], [8, 4, 6], [32]),
)

describe('certify', () => {
  test('the bound never passes the distance, whatever the course and however narrow the band', () => {
    let lower = 0
    fc.assert(
      fc.property(cases, fc.integer({min: 1, max: 60}), ([seed, letters, period, seeds], margin) => {
        const {a, b, stations, proof} = run(seed, letters, period, seeds, margin)
        const distances = table(a, b)
        expect(proof.bound).toBeLessThanOrEqual(distances[a.length]![b.length]!)
        if (proof.bound < distances[a.length]![b.length]!) lower++
        for (const [index, station] of stations.entries()) {
          expect(proof.stations[index]).toBeLessThanOrEqual(distances[station.a]![station.b]!)
        }
      }),
      {seed: 1, numRuns: 500},
    )
    expect(lower).toBeGreaterThan(50)
  })

  test('where the band holds everything the bound is the distance', () => {
    fc.assert(
      fc.property(cases, ([seed, letters, period, seeds]) => {
        const {a, b, proof} = run(seed, letters, period, seeds, 2000)
        expect(proof.bound).toBe(table(a, b)[a.length]![b.length])
      }),
      {seed: 1, numRuns: 100},
    )
  })

  test('text that occurs nowhere else is proven in a narrow band', () => {
    const random = randomFrom(1)
    const a = Int32Array.from({length: 20_000}, () => Math.floor(random() * 60))
    const b = a.map((symbol, i) => (i % 40 === 7 ? (symbol + 1) % 60 : symbol))
    const course = {
      columns: Int32Array.from({length: 626}, (_, block) => Math.min(20_000, block * 32)),
      costs: Int32Array.from({length: 626}, (_, block) => Math.floor((Math.min(20_000, block * 32) + 32) / 40)),
    }
    const proof = certify(createWorkspace({a, b, symbols: 60}), course, 500, [], [8, 4, 5, 6], 64, 1e6)
    expect(proof).toMatchObject({bound: 500, margin: 64})
  })

  test('nothing is tried that would take more than the steps allowed', () => {
    const a = new Int32Array(1000)
    const course = {columns: Int32Array.from({length: 33}, (_, i) => Math.min(1000, i * 32)), costs: new Int32Array(33)}
    expect(certify(createWorkspace({a, b: a, symbols: 1}), course, 10, [], [8], 64, 1000)).toBeNull()
  })
})
