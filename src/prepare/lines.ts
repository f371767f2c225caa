import type {Components} from './components.ts'
import type {TypeSize} from './type.ts'

/** A run of letters that stand side by side, in coordinates turned by the page's slant. */
export interface Line {
  /** Numbers of its pieces, from left to right. */
  readonly members: readonly number[]
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Median foot of its letters. */
  readonly base: number
  /** Median height of its letters. */
  readonly height: number
  /** Share of letters that stand on the base. */
  readonly aligned: number
  /** Share of letters of the page's own type size. */
  readonly typed: number
}

/** Pieces in coordinates along the lines (`left`, `right`) and down (`top`, `bottom`). */
export interface Placed {
  readonly left: Float32Array
  readonly right: Float32Array
  readonly top: Float32Array
  readonly bottom: Float32Array
}

/** Turn the boxes of pieces by the slant of the page, about the origin; sizes stay. */
export function place({count, left, top, right, bottom}: Components, angle: number): Placed {
  const cosine = Math.cos((angle * Math.PI) / 180)
  const sine = Math.sin((angle * Math.PI) / 180)
  const placed: Placed = {
    left: new Float32Array(count),
    right: new Float32Array(count),
    top: new Float32Array(count),
    bottom: new Float32Array(count),
  }
  for (let i = 0; i < count; i++) {
    const x = (left[i]! + right[i]!) / 2
    const y = (top[i]! + bottom[i]!) / 2
    const u = x * cosine + y * sine
    const v = y * cosine - x * sine
    const halfWidth = (right[i]! - left[i]!) / 2
    const halfHeight = (bottom[i]! - top[i]!) / 2
    placed.left[i] = u - halfWidth
    placed.right[i] = u + halfWidth
    placed.top[i] = v - halfHeight
    placed.bottom[i] = v + halfHeight
  }
  return placed
}

/** Widest gap within a line, in x-heights: two blanks of a typewriter, and a letter lost. */
const widestGap = 4

/** Chain letters that stand side by side. */
export function findLines({left, right, top, bottom}: Placed, type: TypeSize): readonly Line[] {
  const letters: number[] = []
  for (let i = 0; i < left.length; i++) {
    const width = right[i]! - left[i]!
    const height = bottom[i]! - top[i]!
    if (height < 0.5 * type.small || height > 3 * type.tall) continue
    if (width < 0.1 * type.small || width > 12 * type.small) continue
    letters.push(i)
  }
  letters.sort((a, b) => left[a]! - left[b]! || top[a]! - top[b]!)

  const open: {
    members: number[]
    right: number
    top: number
    bottom: number
  }[] = []
  const done: number[][] = []
  for (const i of letters) {
    let best = -1
    let most = 0
    for (let at = open.length - 1; at >= 0; at--) {
      const chain = open[at]!
      if (left[i]! - chain.right > widestGap * type.small) {
        done.push(chain.members)
        open.splice(at, 1)
        if (best > at) best--
        continue
      }
      const shared = Math.min(bottom[i]!, chain.bottom) - Math.max(top[i]!, chain.top)
      const share = shared / Math.min(bottom[i]! - top[i]!, chain.bottom - chain.top)
      // A letter over another one, as of the next line, is none beside it.
      const overlap = chain.right - left[i]!
      if (share < 0.5 || overlap > 0.6 * (right[i]! - left[i]!)) continue
      const closeness = share - Math.max(0, left[i]! - chain.right) / (10 * type.small)
      if (closeness > most) {
        most = closeness
        best = at
      }
    }
    if (best === -1)
      open.push({
        members: [i],
        right: right[i]!,
        top: top[i]!,
        bottom: bottom[i]!,
      })
    else {
      const chain = open[best]!
      chain.members.push(i)
      chain.right = Math.max(chain.right, right[i]!)
      // The band follows a line that bends, and is not widened by a single g or f.
      chain.top += (top[i]! - chain.top) * 0.3
      chain.bottom += (bottom[i]! - chain.bottom) * 0.3
    }
  }
  for (const chain of open) done.push(chain.members)
  return done.map(members => describe(members, {left, right, top, bottom}, type))
}

function describe(members: readonly number[], {left, right, top, bottom}: Placed, type: TypeSize): Line {
  const base = median(members.map(i => bottom[i]!))
  const height = median(members.map(i => bottom[i]! - top[i]!))
  const aligned = members.filter(i => Math.abs(bottom[i]! - base) <= 0.2 * height + 1).length
  // Figures and brackets of some typewriters are a good deal taller than its capitals.
  const typed = members.filter(i => {
    const own = bottom[i]! - top[i]!
    return own >= 0.85 * type.small - 1 && own <= 1.3 * type.tall + 1
  }).length
  return {
    members,
    left: Math.min(...members.map(i => left[i]!)),
    right: Math.max(...members.map(i => right[i]!)),
    top: Math.min(...members.map(i => top[i]!)),
    bottom: Math.max(...members.map(i => bottom[i]!)),
    base,
    height,
    aligned: aligned / members.length,
    typed: typed / members.length,
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
