import {apart, hueOf, hueReach, hues} from './hue.ts'
import {firstOf, type Grey, isColourless, type Raster} from './raster.ts'

/** A scan parted by the colour of its inks. */
export interface Inks {
  /** What black ink leaves of the paper: stamps are as if they were not there, type under them stays. */
  readonly type: Grey
  /** What each coloured ink leaves of the paper, the one that covers most first; type is as if it were not there. */
  readonly coloured: readonly Grey[]
}

/** A pixel is coloured where its darkest channel has at most this share of its brightest. */
const colouredShare = 0.8

/** Nearer to grey than this, a pixel's hue is noise. */
const greyShare = 0.94

/** Darker than this, of 255, a pixel's colour is noise. */
const tooDark = 64

/** Least share of the page that an ink covers, and most inks of a page. */
const leastCover = 0.0002
const mostInks = 4

/**
 * Part black ink from coloured ones.
 *
 * Ink takes its part of the light in each channel, so black over a stamp darkens all
 * three alike: the darkest channel's share in the brightest stays as the stamp made
 * it, and tells what the stamp alone would let through. Divided by that, the
 * brightest channel shows the black ink alone. How an ink's channels go together is
 * learned from the page.
 *
 * Where the page's own text is coloured, as of a blue ribbon, nothing is taken off.
 */
export function separateInks(scan: Raster): Inks {
  return partInks(scan, findInks(scan))
}

/** What is to be known of a page to part its inks. */
export interface PageInks {
  readonly paper: Paper
  readonly inks: readonly Ink[]
  /** Whether the page's own text is coloured. */
  readonly own: boolean
}

/** Find the inks of a page; null where it has no colour. */
export function findInks(scan: Raster): PageInks | null {
  if (scan.channels === 1 || isColourless(scan.data, 3)) return null
  const paper = paperOf(scan.data)
  return {paper, ...inksOf(scan, paper)}
}

/**
 * Part the inks of a page, or of a piece of one, as `separateInks` does.
 *
 * @param page
 *   That of the whole page: a word shows too little to tell its inks by.
 */
export function partInks({data, width, height, channels}: Raster, page: PageInks | null): Inks {
  if (page === null) return {type: {data: channels === 1 ? data : firstOf(data, 3), width, height}, coloured: []}
  const {paper, inks, own} = page
  const owners = Int8Array.from({length: hues}, (_, hue) => nearest(hue, inks))
  const type = new Uint8Array(width * height)
  const layers = inks.map(() => new Uint8Array(width * height).fill(255))
  const [byRed, byGreen, byBlue] = scaleOf(paper)
  for (let to = 0, from = 0; to < type.length; to++, from += 3) {
    const red = data[from]! * byRed
    const green = data[from + 1]! * byGreen
    const blue = data[from + 2]! * byBlue
    const most = Math.max(red, green, blue)
    const least = Math.min(red, green, blue)
    const plain = own ? least : most
    type[to] = plain > 255 ? 255 : plain
    if (inks.length === 0 || least > greyShare * most) continue
    const owner = owners[hueOf(red, green, blue)]!
    if (owner === -1) continue
    if (most >= tooDark) layers[owner]![to] = 255 * Math.max(least / most, tintedShare(data, from, paper))
  }
  for (const [at, {evenness}] of inks.entries()) takeOff(type, layers[at]!, evenness, width, height)
  return {type: {data: type, width, height}, coloured: layers.map(layer => ({data: layer, width, height}))}
}

/**
 * Divide the brightest channel by what an ink lets through, in place.
 *
 * A pixel's share is the least of those around it: JPEG files keep colour at half the
 * size, so thin strokes show too little of it, and under black none is to be seen.
 *
 * @param layer
 *   Share of the darkest channel in the brightest, of 255.
 */
function takeOff(type: Uint8Array, layer: Uint8Array, evenness: number, width: number, height: number): void {
  const plain = Float32Array.from({length: 256}, (_, share) => (1 - (evenness * share) / 255) / (1 - evenness))
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const above = i - width
      const below = i + width
      const share = Math.min(
        layer[above - 1]!,
        layer[above]!,
        layer[above + 1]!,
        layer[i - 1]!,
        layer[i]!,
        layer[i + 1]!,
        layer[below - 1]!,
        layer[below]!,
        layer[below + 1]!,
      )
      if (share < 255) type[i] = Math.min(255, type[i]! * plain[share]!)
    }
  }
}

/** A coloured ink: its hue, and what it takes of the light that it takes least of, as a share of what it takes most of. */
interface Ink {
  readonly hue: number
  readonly evenness: number
}

type Paper = readonly [number, number, number]

/** Brightness of the paper in each channel. */
function paperOf(data: Uint8Array): Paper {
  const level = (channel: number) => {
    const histogram = new Uint32Array(256)
    let count = 0
    for (let i = channel; i < data.length; i += 3 * 7) {
      histogram[data[i]!]!++
      count++
    }
    let above = 0.15 * count
    let at = 255
    while (at > 96 && above >= histogram[at]!) above -= histogram[at--]!
    return at
  }
  return [level(0), level(1), level(2)]
}

function scaleOf([red, green, blue]: Paper): Paper {
  return [255 / red, 255 / green, 255 / blue]
}

/**
 * Share of the darkest channel in the brightest if the paper's tint is added rather than multiplied.
 *
 * JPEG files keep colour at half the size, so it reaches from tinted paper into the
 * type. Type is grey one way or the other, stamps are coloured both ways.
 */
function tintedShare(data: Uint8Array, at: number, paper: Paper): number {
  const red = data[at]! - paper[0]
  const green = data[at + 1]! - paper[1]
  const blue = data[at + 2]! - paper[2]
  return (255 + Math.min(red, green, blue)) / (255 + Math.max(red, green, blue))
}

/** Number of the ink that a hue belongs to, -1 for none. */
function nearest(hue: number, inks: readonly Ink[]): number {
  let found = -1
  let least = hueReach + 1
  for (const [at, ink] of inks.entries()) {
    const away = apart(hue, ink.hue)
    if (away < least) {
      least = away
      found = at
    }
  }
  return found
}

/** Steps in which evenness is counted. */
const steps = 64

/** Even ink is black: what little colour it shows is the scanner's. */
const mostEven = 0.85

/** Parts of a page's width and height by which is told whether an ink is all over it. */
const parts = 24

function inksOf({data, width, height}: Raster, paper: Paper): Pick<PageInks, 'inks' | 'own'> {
  // Pixels of each hue, by their evenness.
  const evenness = new Uint32Array(hues * steps)
  const where = new Uint16Array(hues * parts * parts)
  const black = new Uint16Array(parts * parts)
  const [byRed, byGreen, byBlue] = scaleOf(paper)
  let looked = 0
  for (let y = 0; y < height; y += 2) {
    const row = Math.floor((y * parts) / height) * parts
    for (let x = 0, i = 3 * y * width; x < width; x += 2, i += 6) {
      looked++
      const red = data[i]! * byRed
      const green = data[i + 1]! * byGreen
      const blue = data[i + 2]! * byBlue
      const most = Math.max(red, green, blue)
      if (most > 245 && Math.min(red, green, blue) > 200) continue
      const least = Math.min(red, green, blue)
      const part = row + Math.floor((x * parts) / width)
      if (most < 128 && least > colouredShare * most) black[part]!++
      if (most < tooDark || least > colouredShare * most) continue
      const share = Math.max(least / most, tintedShare(data, i, paper))
      if (share > colouredShare) continue
      const hue = hueOf(red, green, blue)
      const even = Math.max(0, (255 - most) / (255 - share * most))
      evenness[hue * steps + Math.floor((steps - 1) * even)]!++
      where[hue * parts * parts + part]!++
    }
  }
  const inks: Ink[] = []
  for (let hue = nextHue(evenness, [], leastCover * looked); hue !== -1 && inks.length < mostInks; ) {
    inks.push({hue, evenness: usualEvenness(hue, evenness)})
    hue = nextHue(evenness, inks, leastCover * looked)
  }
  // Stamps over coloured type make hues of neither: none is told from the type there.
  const own = inks.some(({hue}) => isAllOver(hue, where, black, looked))
  return {inks: own ? [] : inks.filter(({evenness}) => evenness <= mostEven), own}
}

/** Hue with most pixels that belong to no ink yet; -1 where they are fewer than `fewest`. */
function nextHue(evenness: Uint32Array, inks: readonly Ink[], fewest: number): number {
  const pixels = Array.from({length: hues}, (_, hue) =>
    evenness.subarray(hue * steps, (hue + 1) * steps).reduce((sum, count) => sum + count, 0),
  )
  let best = -1
  let most = fewest
  for (let hue = 0; hue < hues; hue++) {
    if (inks.some(ink => apart(hue, ink.hue) <= hueReach)) continue
    const near = pixels[hue]! + 0.9 * (pixels[(hue + 1) % hues]! + pixels[(hue + hues - 1) % hues]!)
    if (near > most) {
      most = near
      best = hue
    }
  }
  return best
}

/** The median: most of a stamp lies on bare paper. */
function usualEvenness(middle: number, evenness: Uint32Array): number {
  const histogram = new Uint32Array(steps)
  for (let hue = middle - hueReach; hue <= middle + hueReach; hue++) {
    const from = ((hue + hues) % hues) * steps
    for (let step = 0; step < steps; step++) histogram[step]! += evenness[from + step]!
  }
  let below = histogram.reduce((sum, count) => sum + count, 0) / 2
  let step = 0
  while (step < steps - 1 && below >= histogram[step]!) below -= histogram[step++]!
  return (step + 0.5) / steps
}

/** Whether an ink stands in more parts of the page than black does, and in a good share of them: the letter is written in it. */
function isAllOver(middle: number, where: Uint16Array, black: Uint16Array, looked: number): boolean {
  const fewest = (0.01 * looked) / black.length
  let inked = 0
  for (let part = 0; part < black.length; part++) {
    let pixels = 0
    for (let hue = middle - hueReach; hue <= middle + hueReach; hue++) {
      pixels += where[((hue + hues) % hues) * black.length + part]!
    }
    if (pixels >= fewest) inked++
  }
  return inked > 0.15 * black.length && inked > 1.5 * black.filter(count => count >= fewest).length
}
