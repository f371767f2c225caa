import type {Components} from './components.ts'

/**
 * Distance of each pixel of a piece to the nearest paper, in thirds of a pixel,
 * rows of the piece's own box.
 *
 * Source: Borgefors, "Distance transformations in digital images" (1986), 3-4 chamfer.
 */
function depths({left, top, right, bottom, labels}: Components, piece: number, pageWidth: number): Int32Array {
  // A margin of one pixel of paper saves every test for an edge.
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
      depth[i] = Math.min(
        depth[i]!,
        depth[i + 1]! + 3,
        depth[i + width]! + 3,
        depth[i + width + 1]! + 4,
        depth[i + width - 1]! + 4,
      )
    }
  }
  return depth
}

/** Depth that nine in ten letters do not pass; in thirds of a pixel. */
export function usualDepth(components: Components, letters: readonly number[], pageWidth: number): number {
  const step = Math.max(1, Math.floor(letters.length / 300))
  const deepest: number[] = []
  for (let at = 0; at < letters.length; at += step) {
    deepest.push(depths(components, letters[at]!, pageWidth).reduce((most, depth) => Math.max(most, depth), 0))
  }
  deepest.sort((a, b) => a - b)
  return deepest[Math.floor(0.9 * deepest.length)] ?? 0
}

/**
 * Find the strokes by which a hand struck out type: much thicker than the type's
 * own, and across most of the piece.
 *
 * @returns
 *   Offsets in the page of the pixels of such strokes; null where the piece is not struck out.
 */
export function strikingStrokes(
  components: Components,
  piece: number,
  usual: number,
  pageWidth: number,
): readonly number[] | null {
  const {left, top, right, bottom, area} = components
  const width = right[piece]! - left[piece]!
  const height = bottom[piece]! - top[piece]!
  const depth = depths(components, piece, pageWidth)
  const thick = 1.2 * usual
  const stroke = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const own = depth[(y + 1) * (width + 2) + x + 1]!
      if (own <= thick) continue
      // All ink as near to the middle of a thick stroke as its edge belongs to it.
      const radius = Math.ceil(own / 3 + 0.5)
      for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
        for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
          if ((u - x) ** 2 + (v - y) ** 2 <= radius * radius + 1) stroke[v * width + u] = 1
        }
      }
    }
  }
  const pixels: number[] = []
  let ink = 0
  let [first, last, upper, lower] = [width, -1, height, -1]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (stroke[y * width + x] === 0) continue
      pixels.push((top[piece]! + y) * pageWidth + left[piece]! + x)
      if (depth[(y + 1) * (width + 2) + x + 1]! > 0) ink++
      first = Math.min(first, x)
      last = Math.max(last, x)
      upper = Math.min(upper, y)
      lower = Math.max(lower, y)
    }
  }
  const struck = ink >= 0.25 * area[piece]! && last - first >= 0.45 * width && lower - upper >= 0.5 * height
  return struck ? pixels : null
}
