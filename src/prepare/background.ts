import type {Grey} from './raster.ts'

/** Side of a tile in pixels: wide enough to hold paper between the lines, small enough to follow a shadow. */
const tile = 32

/** Paper darker than this is no paper: borders and redactions stay dark. */
const darkest = 96

/**
 * Make the paper white: divide by the brightness of the paper around.
 *
 * Paper is the 90th percentile of a tile, taken at its brightest among the
 * neighbouring tiles, so that a tile full of ink borrows from the next. Evens out
 * yellowed paper, gutter shadows and uneven lamps.
 */
export function whiten({data, width, height}: Grey): Grey {
  const columns = Math.max(1, Math.ceil(width / tile))
  const rows = Math.max(1, Math.ceil(height / tile))
  const paper = brightestAround(paperOf({data, width, height}, columns, rows), columns, rows)
  const white = new Uint8Array(width * height)
  // Between the centres of four tiles the paper is interpolated.
  const left = new Int32Array(width)
  const share = new Float32Array(width)
  for (let x = 0; x < width; x++) {
    const at = Math.min(columns - 1, Math.max(0, (x + 0.5) / tile - 0.5))
    left[x] = Math.min(Math.max(0, columns - 2), Math.floor(at))
    share[x] = at - left[x]!
  }
  const between = new Float32Array(columns)
  for (let y = 0; y < height; y++) {
    const at = Math.min(rows - 1, Math.max(0, (y + 0.5) / tile - 0.5))
    const top = Math.min(Math.max(0, rows - 2), Math.floor(at))
    const bottom = Math.min(rows - 1, top + 1)
    for (let column = 0; column < columns; column++) {
      const upper = paper[top * columns + column]!
      between[column] = upper + (paper[bottom * columns + column]! - upper) * (at - top)
    }
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const column = left[x]!
      const start = between[column]!
      const level = start + (between[Math.min(columns - 1, column + 1)]! - start) * share[x]!
      const value = (data[i]! * 255) / level
      white[i] = value > 255 ? 255 : value
    }
  }
  return {data: white, width, height}
}

function paperOf({data, width, height}: Grey, columns: number, rows: number): Uint8Array {
  const paper = new Uint8Array(columns * rows)
  const histogram = new Uint32Array(256)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      histogram.fill(0)
      const right = Math.min(width, (column + 1) * tile)
      const bottom = Math.min(height, (row + 1) * tile)
      let count = 0
      // Every other row is enough for a percentile.
      for (let y = row * tile; y < bottom; y += 2) {
        for (let x = column * tile; x < right; x++) histogram[data[y * width + x]!]!++
        count += right - column * tile
      }
      let above = count * 0.1
      let level = 255
      while (level > darkest && above >= histogram[level]!) above -= histogram[level--]!
      paper[row * columns + column] = level
    }
  }
  return paper
}

function brightestAround(paper: Uint8Array, columns: number, rows: number): Uint8Array {
  const around = new Uint8Array(paper.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let most = 0
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
          most = Math.max(most, paper[y * columns + x]!)
        }
      }
      around[row * columns + column] = most
    }
  }
  return around
}
