import type {Components} from './components.ts'

/** Depth that nine in ten letters do not pass, in thirds of a pixel. */
export function usualDepth(components: Components, letters: readonly number[], pageWidth: number): number {
  const step = Math.max(1, Math.floor(letters.length / 300))
  const deepest: number[] = []
  for (let at = 0; at < letters.length; at += step) {
    deepest.push(depthsOf(components, letters[at]!, pageWidth).reduce((most, depth) => Math.max(most, depth), 0))
  }
  deepest.sort((a, b) => a - b)
  return deepest[Math.floor(0.9 * deepest.length)] ?? 0
}

/**
 * Tell whether a pen struck out what a piece was: strokes much thicker than the
 * type's own run across most of it.
 *
 * @param usual
 *   From `usualDepth`, of letters that are not struck.
 */
export function isStruck(components: Components, piece: number, usual: number, pageWidth: number): boolean {
  const {left, top, right, bottom, area} = components
  const width = right[piece]! - left[piece]!
  const height = bottom[piece]! - top[piece]!
  const depth = depthsOf(components, piece, pageWidth)
  let ink = 0
  let [first, last, upper, lower] = [width, -1, height, -1]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const own = depth[(y + 1) * (width + 2) + x + 1]!
      if (own <= 1.2 * usual) continue
      // Each pixel of a stroke's middle stands for the ink across it.
      ink += (2 * own) / 3
      first = Math.min(first, x)
      last = Math.max(last, x)
      upper = Math.min(upper, y)
      lower = Math.max(lower, y)
    }
  }
  return ink >= 0.25 * area[piece]! && last - first >= 0.4 * width && lower - upper >= 0.4 * height
}

/**
 * Distance of each pixel of a piece to the nearest paper, in thirds of a pixel,
 * by rows of the piece's box with a margin of one.
 *
 * Source: Borgefors, "Distance transformations in digital images" (1986), chamfer 3-4.
 */
export function depthsOf({left, top, right, bottom, labels}: Components, piece: number, pageWidth: number): Int32Array {
  const width = right[piece]! - left[piece]! + 2
  const height = bottom[piece]! - top[piece]! + 2
  const depth = new Int32Array(width * height)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      if (labels[(top[piece]! + y - 1) * pageWidth + left[piece]! + x - 1] !== piece + 1) continue
      depth[i] = Math.min(
        depth[i - 1]! + 3,
        depth[i - width]! + 3,
        depth[i - width - 1]! + 4,
        depth[i - width + 1]! + 4,
      )
    }
  }
  for (let y = height - 2; y > 0; y--) {
    for (let x = width - 2, i = y * width + x; x > 0; x--, i--) {
      if (depth[i] === 0) continue
      const ahead = Math.min(depth[i + 1]! + 3, depth[i + width]! + 3)
      depth[i] = Math.min(depth[i]!, ahead, depth[i + width + 1]! + 4, depth[i + width - 1]! + 4)
    }
  }
  return depth
}
