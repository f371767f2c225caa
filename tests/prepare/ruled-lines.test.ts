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

test('upon a line paler than the type, what is as dark as type stays, and where letters hide the line it is followed', () => {
  const grey = new Uint8Array(width * height).fill(250)
  const paint = (x: number, y: number, wide: number, high: number, level: number) => {
    for (let row = y; row < y + high; row++) grey.fill(level, row * width + x, row * width + x + wide)
  }
  paint(0, 14, width, 2, 160)
  // An arc upon the line from one side, and the foot of a letter that goes no further than the line.
  paint(15, 13, 5, 2, 60)
  paint(70, 14, 5, 2, 60)
  const ink = Uint8Array.from(grey, value => (value < 200 ? 1 : 0))
  // Near letters the threshold finds no line.
  for (const row of [14, 15]) ink.fill(0, row * width + 42, row * width + 55)
  const all = Uint8Array.from(ink)
  expect(takeRuledLines(ink, width, height, {grey, all}).length).toBe(2)
  for (let at = 0; at < ink.length; at++) if (grey[at] === 160) expect(ink[at]).toBe(0)
  expect(inkIn(ink, 15, 13)).toBe(10)
  expect(inkIn(ink, 70, 14)).toBe(10)
  expect(all.every((value, at) => value === (grey[at]! < 200 ? 1 : 0))).toBe(true)
})

test('a line goes on where so many letters stand on it that it is not thin', () => {
  const [wide, high] = [200, 30]
  const ink = new Uint8Array(wide * high)
  ink.fill(1, 14 * wide, 15 * wide)
  ink[14 * wide + 100] = 0
  for (let x = 102; x < 198; x++) if (x % 8 < 5) for (let row = 6; row < 14; row++) ink[row * wide + x] = 1
  expect(takeRuledLines(ink, wide, high)).toHaveLength(2)
})
