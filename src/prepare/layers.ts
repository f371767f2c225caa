import type {Box, Layer, Region, RegionKind} from '../model.ts'
import {findComponents} from './components.ts'
import {toPgm} from './netpbm.ts'
import type {Grey} from './raster.ts'
import {takeRuledLines} from './ruled-lines.ts'
import {straighten} from './straighten.ts'

/** Ink of one colour that lies together: a stamp, or what a pen wrote. */
export interface Patch {
  readonly kind: RegionKind
  /** In pixels of the image it was found on. */
  readonly box: Box
  /** The ink alone, its lines level; to be read by itself. */
  readonly layer: Omit<Layer, 'region'>
}

/** Side of the cells in which ink is gathered, in pixels: lines of a stamp are two of them apart. */
const cell = 12

/** How many empty cells may lie between the parts of a stamp. */
const gap = 2

/** Fewest pixels of ink of a stamp, about two letters; and most patches of a page, the largest first. */
const fewestPixels = 250
const mostPatches = 6

/** White pixels around a layer: the engine finds no letters at an edge. */
const margin = 12

/** Lighter than this an ink's own layer is paper. */
const paper = 225

/**
 * Find what is stamped or written on a layer of one ink, each patch turned so that its lines are level.
 *
 * @param image
 *   Dark where the ink is, 255 elsewhere.
 */
export async function findPatches(image: Grey): Promise<readonly Patch[]> {
  const found = gather(image).sort((a, b) => b.pixels - a.pixels)
  const patches: Patch[] = []
  for (const {box, cells} of found.slice(0, mostPatches)) {
    const own = cut(image, box, cells)
    const angle = angleOf(own)
    const {image: level} = await straighten(own, angle, 1)
    const ink = level.data.map(value => (value < paper ? 1 : 0))
    const framed = takeFrame(level, ink)
    const kind = framed || hasLetters(ink, level.width, level.height) ? 'stamp' : 'handwriting'
    const size = {imageWidth: level.width, imageHeight: level.height}
    patches.push({kind, box, layer: {image: toPgm(level), ...size, isSideways: Math.abs(angle) > 45}})
  }
  return patches
}

/** How sure a patch of coloured ink is none of the type: no type has a colour. */
const scores = {stamp: 0.9, handwriting: 0.6}

/**
 * Put patches among the regions of a page, from top to bottom, with the layers to be read.
 *
 * @param rotated
 *   Patches of lines on their side; they take the place of those lines' own regions.
 */
export function withPatches(
  regions: readonly Region[],
  coloured: readonly Patch[],
  rotated: readonly Patch[],
): {readonly regions: readonly Region[]; readonly layers: readonly Layer[]} {
  const lines = rotated.filter(({kind}) => kind === 'stamp')
  const rest = regions.filter(({kind, box}) => kind !== 'rotated' || !lines.some(line => holds(line.box, box)))
  const all: {readonly region: Region; readonly layer: Patch['layer'] | null}[] = [
    ...rest.map(region => ({region, layer: null})),
    ...coloured.map(({kind, box, layer}) => ({
      region: {kind, box, score: kind === 'stamp' ? scores.stamp : scores.handwriting, text: null},
      layer: kind === 'stamp' ? layer : null,
    })),
    ...lines.map(({box, layer}) => ({region: {kind: 'rotated' as const, box, score: 0.8, text: null}, layer})),
  ].sort((a, b) => a.region.box.y - b.region.box.y || a.region.box.x - b.region.box.x)
  return {
    regions: all.map(({region}) => region),
    layers: all.flatMap(({layer}, region) => (layer === null ? [] : [{...layer, region}])),
  }
}

/** Whether the middle of a box lies in another. */
function holds(outer: Box, {x, y, width, height}: Box): boolean {
  const [u, v] = [x + width / 2 - outer.x, y + height / 2 - outer.y]
  return u >= 0 && v >= 0 && u <= outer.width && v <= outer.height
}

interface Group {
  readonly box: Box
  readonly cells: ReadonlySet<number>
  readonly pixels: number
}

/** Cells of ink that lie near each other. */
function gather({data, width, height}: Grey): Group[] {
  const columns = Math.ceil(width / cell)
  const rows = Math.ceil(height / cell)
  const counts = new Uint16Array(columns * rows)
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns
    for (let x = 0; x < width; x++, i++) if (data[i]! < paper) counts[row + Math.floor(x / cell)]!++
  }
  const seen = new Uint8Array(counts.length)
  const groups: Group[] = []
  for (let start = 0; start < counts.length; start++) {
    if (seen[start] === 1 || counts[start]! < 4) continue
    const cells = [start]
    seen[start] = 1
    let pixels = 0
    for (const at of cells) {
      pixels += counts[at]!
      const [column, row] = [at % columns, Math.floor(at / columns)]
      for (let y = Math.max(0, row - gap - 1); y <= Math.min(rows - 1, row + gap + 1); y++) {
        for (let x = Math.max(0, column - gap - 1); x <= Math.min(columns - 1, column + gap + 1); x++) {
          const next = y * columns + x
          if (seen[next] === 1 || counts[next]! < 4) continue
          seen[next] = 1
          cells.push(next)
        }
      }
    }
    if (pixels < fewestPixels) continue
    const across = cells.map(at => at % columns)
    const down = cells.map(at => Math.floor(at / columns))
    const x = Math.min(...across) * cell
    const y = Math.min(...down) * cell
    const right = Math.min(width, (Math.max(...across) + 1) * cell)
    const bottom = Math.min(height, (Math.max(...down) + 1) * cell)
    groups.push({box: {x, y, width: right - x, height: bottom - y}, cells: new Set(cells), pixels})
  }
  return groups
}

/** The group's own ink with white around it, as dark as type. */
function cut({data, width}: Grey, box: Box, cells: ReadonlySet<number>): Grey {
  const columns = Math.ceil(width / cell)
  const wide = box.width + 2 * margin
  const own = new Uint8Array(wide * (box.height + 2 * margin)).fill(255)
  const levels = new Uint32Array(256)
  for (let y = box.y; y < box.y + box.height; y++) {
    const to = (y - box.y + margin) * wide + margin - box.x
    for (let x = box.x; x < box.x + box.width; x++) {
      if (!cells.has(Math.floor(y / cell) * columns + Math.floor(x / cell))) continue
      own[to + x] = data[y * width + x]!
      if (own[to + x]! < paper) levels[own[to + x]!]!++
    }
  }
  // Half of the ink becomes black.
  let below = levels.reduce((sum, count) => sum + count, 0) / 2
  let dark = 0
  while (dark < paper - 20 && below >= levels[dark]!) below -= levels[dark++]!
  const factor = 255 / (250 - dark)
  return {
    data: own.map(value => Math.max(0, Math.min(255, (value - dark) * factor))),
    width: wide,
    height: box.height + 2 * margin,
  }
}

/** Degrees by which the lines of ink fall to the right, -90 to 90: those along which it lies in the sharpest rows. */
function angleOf({data, width}: Grey): number {
  const points: number[] = []
  for (let i = 0; i < data.length; i++) if (data[i]! < 128) points.push(i)
  const step = Math.max(1, Math.floor(points.length / 1500))
  const sharpness = (angle: number) => {
    const [sine, cosine] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)]
    const rows = new Map<number, number>()
    let sum = 0
    for (let at = 0; at < points.length; at += step) {
      const row = Math.round((Math.floor(points[at]! / width) * cosine - (points[at]! % width) * sine) / 2)
      const count = rows.get(row) ?? 0
      // The sum of squares, as it grows.
      sum += 2 * count + 1
      rows.set(row, count + 1)
    }
    return sum
  }
  const sharpest = (from: number, to: number, by: number) => {
    let best = {angle: 0, sum: sharpness(0)}
    for (let angle = from; angle <= to; angle += by) {
      const sum = sharpness(angle)
      if (sum > best.sum) best = {angle, sum}
    }
    return best.angle
  }
  const near = sharpest(-90, 90, 2)
  return near === 0 ? sharpest(-1.5, 1.5, 0.5) : sharpest(near - 1.5, near + 1.5, 0.5)
}

/** Take the frame of a stamp, which is no letter, out of its layer and its ink; tells whether there was one. */
function takeFrame({data, width, height}: Grey, ink: Uint8Array): boolean {
  const all = Uint8Array.from(ink)
  let found = takeRuledLines(ink, width, height).length >= 2
  // Frames are rough and worn, and pass for drawn lines in part: what is left of one is thin and as wide or high as the stamp.
  const {count, left, top, right, bottom, area, labels} = findComponents(ink, width, height)
  const whole = Array.from({length: count}, (_, piece) => piece).filter(piece => area[piece]! >= 20)
  const across =
    Math.max(0, ...whole.map(piece => right[piece]!)) - Math.min(width, ...whole.map(piece => left[piece]!))
  const down = Math.max(0, ...whole.map(piece => bottom[piece]!)) - Math.min(height, ...whole.map(piece => top[piece]!))
  const thin = new Set<number>()
  for (let piece = 0; piece < count; piece++) {
    const [wide, high] = [right[piece]! - left[piece]!, bottom[piece]! - top[piece]!]
    const spans = wide > 0.5 * across || high > 0.6 * down
    if (spans && (area[piece]! < 0.25 * wide * high || Math.min(wide, high) <= 10)) thin.add(piece + 1)
  }
  found ||= thin.size > 0
  for (let i = 0; i < ink.length; i++) {
    if (thin.has(labels[i]!)) ink[i] = 0
    if (all[i] === 1 && ink[i] === 0) data[i] = 255
  }
  return found
}

/** Whether pieces of one height stand side by side; strokes of a pen have any. */
function hasLetters(ink: Uint8Array, width: number, height: number): boolean {
  const {count, top, bottom, left, right} = findComponents(ink, width, height)
  const heights: number[] = []
  for (let piece = 0; piece < count; piece++) {
    const high = bottom[piece]! - top[piece]!
    if (high >= 8 && right[piece]! - left[piece]! <= 2 * high) heights.push(high)
  }
  return heights.some(high => heights.filter(other => Math.abs(other - high) <= 1 + 0.1 * high).length >= 4)
}
