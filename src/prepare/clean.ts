import type {Box, Region} from '../model.ts'
import {type Blot, takeBlots} from './blots.ts'
import {hasColumns} from './columns.ts'
import {type Components, findComponents, near} from './components.ts'
import {darken} from './darken.ts'
import {findOverlay, takeOverlay} from './overlay.ts'
import type {Grey} from './raster.ts'
import {findRegions} from './regions.ts'
import {type RuledLine, takeRuledLines} from './ruled-lines.ts'
import {type Selection, select} from './select.ts'
import {findSlant, type Slant} from './slant.ts'
import {type Rows, rowsUnder} from './strips.ts'
import {findInk} from './threshold.ts'
import {type TypeSize, typeSize} from './type.ts'

/** Radius and weight of the adaptive threshold (Sauvola) by which ink is told from paper. */
export const inkRadius = 15
export const inkWeight = 0.3

/** What is found on a whitened page before anything is taken off. */
export interface Look {
  /** The page as it was given. */
  readonly white: Grey
  /** The same, pale type darkened. */
  readonly grey: Grey
  /** All ink. */
  readonly ink: Uint8Array
  /** Pieces of ink, blots and drawn lines left out. */
  readonly components: Components
  readonly blots: readonly Blot[]
  readonly ruled: readonly RuledLine[]
  readonly type: TypeSize
  readonly slant: Slant
}

/** Look at a whitened page; null where it holds too little type to measure. */
export function look(white: Grey): Look | null {
  const {width, height} = white
  const found = findInk(white, inkRadius, inkWeight)
  const grey = darken(white, found)
  const ink = grey === white ? found : findInk(grey, inkRadius, inkWeight)
  const rest = Uint8Array.from(ink)
  const blots = takeBlots(rest, grey)
  const ruled = takeRuledLines(rest, width, height, {grey: grey.data, all: ink})
  const components = findComponents(rest, width, height)
  const type = typeSize(components)
  if (type === null) return null
  return {white, grey, ink, components, blots, ruled, type, slant: findSlant(components, type)}
}

/** A page with only its text left, and what was taken off. */
export interface Cleaned {
  readonly image: Grey
  /** Boxes in pixels of `image`. */
  readonly regions: readonly Region[]
  /** The lines that lie on their side, alone, of the same size; null where there are none. */
  readonly sideways: Grey | null
  /** Letters that were seen in lines of type; about as many should be read. */
  readonly letters: number
  /** `image` without what lies over its lines, and the rows of the lines concerned; null where nothing does. */
  readonly under: {readonly image: Grey; readonly rows: readonly Rows[]} | null
  /** Whether they stand in columns side by side. */
  readonly columns: boolean
}

/** Pixels around what is taken off that go with it: the grey edge of ink. */
const edge = 2

/** Take off a page what is not text: noise, frames, underlines, handwriting, text on its side, blots. */
export function clean(page: Look): Cleaned {
  const {white, grey, ink, components, blots, ruled, type, slant} = page
  const {width, height} = grey
  const selection = select(components, type, slant.angle, width, height)
  const kept = keptPixels(components, selection)
  const image = {data: Uint8Array.from(grey.data), width, height}
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (ink[i] === 0 || kept[i] === 1) continue
      const right = Math.min(width - 1, x + edge)
      const bottom = Math.min(height - 1, y + edge)
      for (let v = Math.max(0, y - edge); v <= bottom; v++) {
        for (let u = Math.max(0, x - edge); u <= right; u++) {
          if (kept[v * width + u] === 0) image.data[v * width + u] = 255
        }
      }
    }
  }
  for (const box of blots.flatMap(({boxes}) => boxes)) whitenBox(image, kept, box)
  return {
    image,
    regions: findRegions(components, selection, blots, ruled, type, width),
    sideways: sidewaysOf(white, components, selection, type),
    letters: selection.letters,
    under: underOf(image, page, selection),
    columns: hasColumns(selection.lines, type),
  }
}

function underOf(image: Grey, {grey, ink, components, type, slant}: Look, selection: Selection): Cleaned['under'] {
  // What a picture or a stain is made of lies over no line.
  if (!selection.understood) return null
  const overlay = findOverlay(components, selection, type, slant.angle, grey.width)
  if (overlay === null) return null
  const rows = rowsUnder(overlay, selection.lines, type, slant.angle, grey.width)
  if (rows.length === 0) return null
  const under = {...image, data: Uint8Array.from(image.data)}
  takeOverlay(under, grey, overlay, ink)
  return {image: under, rows}
}

/** Paint a solid surface white, the holes in its ink too. */
function whitenBox({data, width, height}: Grey, kept: Uint8Array, box: Box): void {
  const right = Math.min(width, box.x + box.width)
  const bottom = Math.min(height, box.y + box.height)
  for (let y = box.y; y < bottom; y++) {
    for (let x = box.x; x < right; x++) if (kept[y * width + x] === 0) data[y * width + x] = 255
  }
}

function sidewaysOf(
  {data, width, height}: Grey,
  components: Components,
  {marks, fates}: Selection,
  {tall}: TypeSize,
): Grey | null {
  const {count, left, top, right, bottom, labels} = components
  const known = marks.flatMap(({kind, pieces}) => (kind === 'rotated' ? pieces : []))
  if (known.length === 0) return null
  // Letters that run together chain badly: what is no text and lies by those that did belongs to them.
  const beside = near(components, known, 2 * tall, width, height)
  const belongs = new Uint8Array(count + 1)
  for (const piece of known) belongs[piece + 1] = 1
  for (let piece = 0; piece < count; piece++) {
    if (fates[piece] === 'stay') continue
    const [first, last] = [top[piece]! * width, (bottom[piece]! - 1) * width]
    const corners = [first + left[piece]!, first + right[piece]! - 1, last + left[piece]!, last + right[piece]! - 1]
    if (corners.every(at => beside[at] === 1)) belongs[piece + 1] = 1
  }
  return {data: data.map((value, i) => (belongs[labels[i]!] === 1 ? value : 255)), width, height}
}

function keptPixels({labels}: Components, {fates, band}: Selection): Uint8Array {
  const kept = new Uint8Array(labels.length)
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    if (label === 0) continue
    const fate = fates[label - 1]!
    if (fate === 'stay' || (fate === 'band' && band[i] === 1)) kept[i] = 1
  }
  return kept
}
