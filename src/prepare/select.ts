import type {RegionKind} from '../model.ts'
import {type Components, near} from './components.ts'
import {findLines, type Line, type Placed, place} from './lines.ts'
import type {TypeSize} from './type.ts'

/** What becomes of a piece of ink: `band` = only what lies in a line's band stays. */
export type Fate = 'stay' | 'go' | 'band'

/** Which pieces of ink are text, and what the others are. */
export interface Selection {
  /** One entry a piece. */
  readonly fates: readonly Fate[]
  /** Lines that read from left to right. */
  readonly lines: readonly Line[]
  /** 1 where a line's letters may stand, from the top of a capital to the foot of a g. */
  readonly band: Uint8Array
  /** Pieces of a kind; regions are made of them. */
  readonly marks: readonly {readonly kind: RegionKind; readonly pieces: readonly number[]}[]
  /** Letters in lines of the page's own type. */
  readonly letters: number
  /** Whether most of what has the size of letters was found in lines; where not, every piece stays. */
  readonly understood: boolean
}

/** Tell text from noise, handwriting, and stamps on their side. */
export function select(
  components: Components,
  type: TypeSize,
  angle: number,
  width: number,
  height: number,
): Selection {
  const {count, top, bottom} = components
  const placed = place(components, angle)
  const chains = findLines(placed, type)
  const sideways = findSideways(placed, chains, type, count)
  const lines = chains.filter(
    line =>
      isText(line, placed, components) &&
      line.members.filter(piece => sideways.inside[piece] === 1).length < 0.5 * line.members.length,
  )
  const band = drawBands(lines, findColumn(lines, type, width), type, angle, width, height)
  const fates = Array<Fate>(count).fill('go')
  for (const line of lines) {
    for (const piece of line.members) if (sideways.inside[piece] === 0) fates[piece] = 'stay'
  }
  const marks: {kind: RegionKind; pieces: readonly number[]}[] = sideways.lines.map(({members}) => ({
    kind: 'rotated',
    pieces: members,
  }))
  const staying = Array.from(fates.keys()).filter(piece => fates[piece] === 'stay')
  const close = near(components, staying, 0.35 * type.small, width, height)
  for (let piece = 0; piece < count; piece++) {
    if (fates[piece] === 'stay' || sideways.inside[piece] === 1) continue
    if (isLarge(piece, components, type)) {
      fates[piece] = 'band'
      if (bottom[piece]! - top[piece]! > 1.5 * type.tall) marks.push({kind: 'handwriting', pieces: [piece]})
    }
    // Crumbs of faint letters stay with them, noise does not.
    else if (close[middle(piece, components, width)] === 1) fates[piece] = 'stay'
    else if (isPunctuation(piece, components, placed, lines, band, type, width)) fates[piece] = 'stay'
  }
  const letters = lines.filter(({typed}) => typed >= 0.5).reduce((sum, {members}) => sum + members.length, 0)
  const understood = isUnderstood(components, fates, type)
  return {fates: understood ? fates : fates.map(() => 'stay'), lines, band, marks, letters, understood}
}

/** Whether most of what has the size of letters was found in lines. */
function isUnderstood({count, left, top, right, bottom}: Components, fates: readonly Fate[], type: TypeSize): boolean {
  let found = 0
  let all = 0
  for (let piece = 0; piece < count; piece++) {
    const wide = right[piece]! - left[piece]!
    const high = bottom[piece]! - top[piece]!
    if (high < 0.8 * type.small || high > 1.3 * type.tall || wide < 0.3 * type.small || wide > 2 * type.small) continue
    all++
    if (fates[piece] === 'stay') found++
  }
  return found >= 0.5 * all
}

function isLarge(piece: number, {left, top, right, bottom}: Components, {small}: TypeSize): boolean {
  return bottom[piece]! - top[piece]! >= 0.5 * small || right[piece]! - left[piece]! > 2 * small
}

/** Offset in the page of the middle of a piece's box. */
function middle(piece: number, {left, top, right, bottom}: Components, width: number): number {
  return ((top[piece]! + bottom[piece]!) >> 1) * width + ((left[piece]! + right[piece]!) >> 1)
}

/** A chain of letters is text where most are of the type's size and stand in line, or are all of one other size. */
function isText({members, typed, aligned, height, left, right}: Line, placed: Placed, {area}: Components): boolean {
  if (members.length <= 2) {
    const solid = members.some(piece => {
      const box = (placed.right[piece]! - placed.left[piece]!) * (placed.bottom[piece]! - placed.top[piece]!)
      return area[piece]! > 0.75 * box
    })
    return typed === 1 && aligned === 1 && !solid
  }
  if (typed >= 0.5 && aligned >= 0.5) return true
  const alike = members.filter(
    piece => Math.abs(placed.bottom[piece]! - placed.top[piece]! - height) <= 0.15 * height + 1,
  ).length
  return members.length >= 4 && aligned >= 0.6 && alike >= 0.6 * members.length && right - left > 2.5 * height
}

/** Letters that stand below each other: text that lies on its side. */
function findSideways(
  {left, right, top, bottom}: Placed,
  chains: readonly Line[],
  type: TypeSize,
  count: number,
): {readonly inside: Uint8Array; readonly lines: readonly Line[]} {
  // Letters of upright lines stand below each other too, at every line's distance.
  const upright = new Uint8Array(count)
  for (const chain of chains) {
    if (chain.members.length < 4 || chain.typed < 0.5 || chain.aligned < 0.5) continue
    for (const piece of chain.members) upright[piece] = 1
    // What stands off a line's end and not on its foot may be a letter of a stamp in the margin.
    for (const piece of looseEnds(chain, {left, right, top, bottom}, type)) upright[piece] = 0
  }
  const lines = findLines({left: top, right: bottom, top: left, bottom: right}, type).filter(
    ({members, aligned}) =>
      members.length >= 5 &&
      aligned >= 0.4 &&
      members.filter(piece => upright[piece] === 0).length >= 0.7 * members.length,
  )
  const inside = new Uint8Array(count)
  for (const {members} of lines) for (const piece of members) if (upright[piece] === 0) inside[piece] = 1
  return {inside, lines}
}

/** Pieces at the ends of a line, parted from the rest by more than a blank, that do not stand on its foot. */
function looseEnds({members, base, height}: Line, {left, right, bottom}: Placed, {small}: TypeSize): readonly number[] {
  const loose: number[] = []
  for (const fromLeft of [true, false]) {
    const order = fromLeft ? members : members.toReversed()
    for (const at of [2, 1]) {
      const inner = order[at]
      const outer = order[at - 1]
      if (inner === undefined || outer === undefined) continue
      const gap = fromLeft ? left[inner]! - right[outer]! : left[outer]! - right[inner]!
      if (gap <= 1.8 * small) continue
      loose.push(...order.slice(0, at).filter(piece => Math.abs(bottom[piece]! - base) > 0.2 * height + 1))
      break
    }
  }
  return loose
}

interface Column {
  readonly left: number
  readonly right: number
  /** False where it is the whole page for want of lines. */
  readonly isKnown: boolean
}

/** Where the body of the text stands; the whole page where it has too few lines to tell. */
function findColumn(lines: readonly Line[], {small}: TypeSize, width: number): Column {
  const body = lines.filter(({members, typed}) => members.length >= 12 && typed >= 0.6)
  if (body.length < 3) return {left: 0, right: width, isKnown: false}
  const lefts = body.map(line => line.left).sort((a, b) => a - b)
  const rights = body.map(line => line.right).sort((a, b) => a - b)
  return {
    left: lefts[Math.floor(0.1 * (lefts.length - 1))]! - 2 * small,
    right: rights[Math.floor(0.95 * (rights.length - 1))]! + 2 * small,
    isKnown: true,
  }
}

/** How far a line of type may reach beyond its letters, in x-heights: a bullet, a struck mark, a letter run together with a stain. */
const reach = 8

/** The same behind a line below another of the text: a mark of more letters, and the pen that struck it. */
const markReach = 11
/** How far below the line above it a line of a paragraph stands at most, in x-heights. */
const leading = 4.5

function drawBands(
  lines: readonly Line[],
  column: Column,
  {small, tall}: TypeSize,
  angle: number,
  width: number,
  height: number,
): Uint8Array {
  const band = new Uint8Array(width * height)
  const slope = Math.tan((angle * Math.PI) / 180)
  for (const {members, typed, left, right, base} of lines) {
    if (members.length < 3) continue
    const body = typed >= 0.5 && members.length >= 5 && right > column.left && left < column.right
    const from = body ? Math.min(left - 0.3 * small, Math.max(column.left, left - reach * small)) : left - 0.3 * small
    const isBelow =
      column.isKnown &&
      lines.some(
        above =>
          above.members.length >= 25 &&
          above.typed >= 0.6 &&
          base > above.base &&
          base - above.base < leading * small &&
          above.right > right,
      )
    const behind = isBelow ? markReach : reach
    const to = body
      ? Math.max(right + 0.3 * small, Math.min(column.right, right + behind * small))
      : right + 0.3 * small
    for (let x = Math.max(0, Math.floor(from)); x < Math.min(width, Math.ceil(to)); x++) {
      const fall = x * slope
      const upper = Math.max(0, Math.round(base - 1.1 * tall + fall))
      const lower = Math.min(height, Math.round(base + 0.4 * tall + fall))
      for (let y = upper; y < lower; y++) band[y * width + x] = 1
    }
  }
  return band
}

/** Small ink is a point, comma, quote or accent where it stands close by letters, or a hyphen in a line. */
function isPunctuation(
  piece: number,
  components: Components,
  placed: Placed,
  lines: readonly Line[],
  band: Uint8Array,
  {small, tall}: TypeSize,
  width: number,
): boolean {
  const {left, top, right, bottom, area} = components
  if (area[piece]! < Math.max(2, (0.14 * small) ** 2)) return false
  const wide = right[piece]! - left[piece]!
  const high = bottom[piece]! - top[piece]!
  const hyphen = wide >= 0.4 * small && wide <= 1.6 * small && high <= 0.45 * small
  if (hyphen && band[middle(piece, components, width)] === 1) return true
  const u = (placed.left[piece]! + placed.right[piece]!) / 2
  const v = (placed.top[piece]! + placed.bottom[piece]!) / 2
  return lines.some(
    line =>
      u > line.left - 1.3 * small &&
      u < line.right + 1.3 * small &&
      v > Math.min(line.top, line.base - 1.2 * tall) &&
      v < Math.max(line.bottom, line.base + 0.5 * tall),
  )
}
