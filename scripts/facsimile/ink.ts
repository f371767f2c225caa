import type {Matrix} from './matrix.ts'
import {plainNoise} from './random.ts'
import type {Mark} from './type.ts'

/** Ink on a page: 0 where the paper is bare, 1 where it is covered; row by row. */
export interface Layer {
  readonly width: number
  readonly height: number
  readonly density: Float32Array
  /** 1 for each row that has ink. */
  readonly inked: Uint8Array
}

/** How a kind of ink lies on the paper; lengths in inches. */
export interface Medium {
  /** Deviation of its spread into the paper. */
  readonly spread: number
  /** Size of the grain that makes edges rough, and how strong it is, 0 to 1. */
  readonly grain: number
  readonly roughness: number
  /** Size of the patches where ink is missing, and how strong they are, 0 to 1. */
  readonly patch: number
  readonly mottling: number
}

/** Cloth ribbon under a metal type. */
export const ribbon: Medium = {spread: 0.0034, grain: 0.011, roughness: 0.24, patch: 0.009, mottling: 0.2}
/** Rubber stamp from a pad. */
export const rubber: Medium = {spread: 0.005, grain: 0.013, roughness: 0.3, patch: 0.03, mottling: 0.48}
/** Ball pen. */
export const pen: Medium = {spread: 0.003, grain: 0.02, roughness: 0.1, patch: 0.05, mottling: 0.12}

/** How the sheet meets the scanner. */
export interface Scanner {
  /** From inches of the sheet to pixels of the scan. */
  readonly toPixels: Matrix
  /** Pixels an inch. */
  readonly dpi: number
  /** Deviation of its blur, in inches. */
  readonly blur: number
}

/**
 * Inks one mark onto a layer; one that would pass the edge of the scan is left out.
 *
 * The shape is covered exactly (signed areas), spread, and cut again at a level that its weight
 * and the grain move: so a heavy strike is bolder and a light one breaks up, as on paper.
 */
export function ink(layer: Layer, mark: Mark, medium: Medium, {toPixels, dpi, blur}: Scanner, seed: number): void {
  const tile = cover(mark, toPixels, layer, Math.ceil((medium.spread + blur) * dpi * 2) + 2)
  if (tile === null) return
  spread(tile, medium.spread * dpi)
  const {left, top, width, height, cells} = tile
  const grain = 1 / (medium.grain * dpi)
  const patch = 1 / (medium.patch * dpi)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const covered = cells[row * width + column] ?? 0
      if (covered < 0.02) {
        cells[row * width + column] = 0
        continue
      }
      const x = left + column
      const y = top + row
      const lean = mark.lean[0] * (column / width - 0.5) + mark.lean[1] * (row / height - 0.5)
      const level = 0.46 - 0.3 * (mark.weight + lean) + medium.roughness * 0.5 * plainNoise(seed, x * grain, y * grain)
      const body = step((covered - level + 0.28) / 0.56)
      const lack = Math.max(0, mottle(seed ^ 0x5bd1, x * patch, y * patch) + 0.15) * medium.mottling
      cells[row * width + column] = Math.max(0, Math.min(1, body * mark.density * (1 + 0.5 * lean) * (1 - lack)))
    }
  }
  spread(tile, blur * dpi)
  layer.inked.fill(1, top, top + height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = (top + row) * layer.width + left + column
      layer.density[at] = 1 - (1 - (layer.density[at] ?? 0)) * (1 - (cells[row * width + column] ?? 0))
    }
  }
}

/** A part of a layer: cell `(column, row)` is pixel `(left + column, top + row)`. */
export interface Tile {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly cells: Float32Array
}

/** Gives the share of each cell that the mark covers, 0 to 1, `margin` cells round it too; null where it passes the edge. */
export function cover(mark: Mark, toPixels: Matrix, layer: Layer, margin: number): Tile | null {
  const [a, b, c, d, e, f] = toPixels
  const points = mark.contours.map(contour => {
    const moved = new Float64Array(contour.length)
    for (let i = 0; i < contour.length; i += 2) {
      const x = contour[i] ?? 0
      const y = contour[i + 1] ?? 0
      moved[i] = a * x + c * y + e
      moved[i + 1] = b * x + d * y + f
    }
    return moved
  })
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const contour of points) {
    for (let i = 0; i < contour.length; i += 2) {
      minX = Math.min(minX, contour[i] ?? 0)
      maxX = Math.max(maxX, contour[i] ?? 0)
      minY = Math.min(minY, contour[i + 1] ?? 0)
      maxY = Math.max(maxY, contour[i + 1] ?? 0)
    }
  }
  const left = Math.max(0, Math.floor(minX) - margin)
  const top = Math.max(0, Math.floor(minY) - margin)
  const width = Math.min(layer.width, Math.ceil(maxX) + margin) - left
  const height = Math.min(layer.height, Math.ceil(maxY) + margin) - top
  if (!(minX >= 1 && minY >= 1 && maxX < layer.width - 1 && maxY < layer.height - 1)) return null

  const stride = width + 2
  const areas = new Float32Array(stride * height)
  for (const contour of points) {
    let x0 = contour[contour.length - 2] ?? 0
    let y0 = contour[contour.length - 1] ?? 0
    for (let i = 0; i < contour.length; i += 2) {
      const x1 = contour[i] ?? 0
      const y1 = contour[i + 1] ?? 0
      addEdge(areas, stride, x0 - left, y0 - top, x1 - left, y1 - top)
      x0 = x1
      y0 = y1
    }
  }
  const cells = new Float32Array(width * height)
  for (let row = 0; row < height; row++) {
    let sum = 0
    for (let column = 0; column < width; column++) {
      sum += areas[row * stride + column] ?? 0
      cells[row * width + column] = Math.min(1, Math.abs(sum))
    }
  }
  return {left, top, width, height, cells}
}

/**
 * Adds what one edge changes from cell to cell; summed along a row this is the area covered.
 *
 * Source: the accumulation buffer of Raph Levien's font-rs, in our own words.
 */
function addEdge(areas: Float32Array, stride: number, ax: number, ay: number, bx: number, by: number): void {
  if (ay === by) return
  const sign = ay < by ? 1 : -1
  const [x0, y0, x1, y1] = sign > 0 ? [ax, ay, bx, by] : [bx, by, ax, ay]
  const slope = (x1 - x0) / (y1 - y0)
  let x = x0
  for (let row = Math.floor(y0); row < y1; row++) {
    const height = Math.min(row + 1, y1) - Math.max(row, y0)
    const next = x + slope * height
    const from = Math.min(x, next)
    const to = Math.max(x, next)
    const first = Math.floor(from)
    const last = Math.max(first, Math.ceil(to) - 1)
    const start = row * stride
    // The share of the edge in each column, times how far left of that column's right side it lies.
    let passed = 0
    for (let column = first; column <= last; column++) {
      const begin = Math.max(from, column)
      const end = Math.min(to, column + 1)
      const share = to === from ? 1 : (end - begin) / (to - from)
      const covered = share * (column + 1 - (begin + end) / 2)
      areas[start + column] = (areas[start + column] ?? 0) + sign * height * (covered + passed)
      passed = share - covered
    }
    areas[start + last + 1] = (areas[start + last + 1] ?? 0) + sign * height * passed
    x = next
  }
}

/** Blurs a tile to the deviation, in pixels, by short passes: no exponential, the same on every machine. */
function spread({width, height, cells}: Tile, deviation: number): void {
  const passes = Math.ceil(deviation * deviation * 2)
  if (passes === 0) return
  const side = (deviation * deviation) / (2 * passes)
  for (let pass = 0; pass < passes; pass++) {
    blurLines(cells, height, width, width, 1, side)
    blurLines(cells, width, height, 1, width, side)
  }
}

/** Blurs each of `lines` lines of `length` cells in place with the kernel `side, 1 - 2 side, side`. */
function blurLines(
  cells: Float32Array,
  lines: number,
  length: number,
  lineStep: number,
  cellStep: number,
  side: number,
): void {
  for (let line = 0; line < lines; line++) {
    let at = line * lineStep
    let before = cells[at] ?? 0
    let here = before
    for (let i = 0; i < length; i++) {
      const after = i + 1 < length ? (cells[at + cellStep] ?? 0) : here
      cells[at] = here + side * (before - 2 * here + after)
      before = here
      here = after
      at += cellStep
    }
  }
}

/** Noise of two sizes, turned against each other so that no grid shows. */
function mottle(seed: number, x: number, y: number): number {
  return (
    0.65 * plainNoise(seed, 0.8 * x + 0.6 * y, 0.8 * y - 0.6 * x) +
    0.65 * plainNoise(seed + 1, 2.1 * (0.92 * x - 0.38 * y), 2.1 * (0.92 * y + 0.38 * x))
  )
}

function step(t: number): number {
  const held = Math.max(0, Math.min(1, t))
  return held * held * (3 - 2 * held)
}
