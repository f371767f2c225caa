import {expect, test} from 'vitest'
import {takeRuledLines} from '../../src/prepare/ruled-lines.ts'

const [width, height] = [100, 30]

/** Ink of a line three pixels thick at row 14, and two rows of ink against it at some places. */
function lineWith(arcs: readonly (readonly [x: number, row: number])[]): Uint8Array {
  const ink = new Uint8Array(width * height)
  const fill = (x: number, y: number, wide: number, high: number) => {
    for (let row = y; row < y + high; row++) ink.fill(1, row * width + x, row * width + x + wide)
  }
  fill(5, 14, 90, 3)
  for (const [x, row] of arcs) fill(x, row, 5, 2)
  return ink
}

const inkIn = (ink: Uint8Array, x: number, row: number) => {
  let sum = 0
  for (let y = row; y < row + 2; y++) for (let at = x; at < x + 5; at++) sum += ink[y * width + at]!
  return sum
}

test('a line through letters leaves the arcs that lie against it', () => {
  const arcs = [
    [20, 12],
    [40, 17],
    [60, 12],
    [80, 17],
  ] as const
  const ink = lineWith(arcs)
  expect(takeRuledLines(ink, width, height)).toHaveLength(1)
  for (const [x, row] of arcs) expect(inkIn(ink, x, row)).toBeGreaterThanOrEqual(5)
  expect(ink.subarray(15 * width, 16 * width).includes(1)).toBe(false)
})

test('what lies against one side of a line only goes with it', () => {
  const ink = lineWith([
    [20, 12],
    [40, 12],
    [60, 12],
    [80, 12],
  ])
  takeRuledLines(ink, width, height)
  expect(ink.includes(1)).toBe(false)
})
