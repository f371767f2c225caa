import type {Components} from './components.ts'

/** What a page's type measures, in pixels; null of `typeSize` where the page has too little of it. */
export interface TypeSize {
  /** Height of the letters without ascender, as in x. */
  readonly small: number
  /** Height of capitals and of letters with ascender. */
  readonly tall: number
}

/**
 * Measure the type from the heights of its pieces: most letters are as high as x,
 * most others as high as a capital.
 */
export function typeSize({count, left, top, right, bottom, area}: Components): TypeSize | null {
  const heights = new Uint32Array(64)
  let total = 0
  for (let i = 0; i < count; i++) {
    const width = right[i]! - left[i]!
    const height = bottom[i]! - top[i]!
    if (height < 5 || height >= heights.length || width > 3 * height || height > 5 * width) continue
    if (area[i]! < 0.1 * width * height || area[i]! > 0.9 * width * height) continue
    heights[height]!++
    total++
  }
  if (total < 30) return null
  const small = peak(heights, 5, heights.length)
  const tall = peak(heights, Math.ceil(1.2 * small), Math.min(heights.length, Math.round(1.6 * small) + 1))
  // Text in capitals alone has one height, its capitals'; it is taken for the small one, which does no harm.
  return {small, tall: Math.max(tall, Math.round(1.2 * small))}
}

/** Height with most pieces, counting its neighbours in part. */
function peak(heights: Uint32Array, from: number, to: number): number {
  let best = from
  let most = -1
  for (let height = from; height < to; height++) {
    const below = height > from ? heights[height - 1]! : 0
    const above = height + 1 < to ? heights[height + 1]! : 0
    const pieces = heights[height]! + 0.5 * (below + above)
    if (pieces > most) {
      most = pieces
      best = height
    }
  }
  return best
}
