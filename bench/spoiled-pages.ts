import sharp from 'sharp'
import {blankPage, drawPage, type PageSpec, type Pixels} from '../scripts/facsimile/page.ts'
import {hash, plainNoise, random} from '../scripts/facsimile/random.ts'
import {faces, letter} from './facsimile-pages.ts'

/** A typed page as a scanner, a camera or time spoiled it. */
export interface SpoiledPage {
  readonly name: string
  readonly image: Uint8Array
  readonly format: 'jpeg' | 'tiff'
  readonly truth: string
}

type Spoil = (pixels: Pixels, seed: number) => Pixels

interface Condition {
  readonly lines?: (lines: readonly string[]) => readonly string[]
  readonly spec?: Partial<PageSpec>
  readonly paper?: Partial<PageSpec['paper']>
  readonly typing?: Partial<PageSpec['typing']>
  readonly spoil?: Spoil
  /** A second page to the right of it, as of a book opened flat. */
  readonly isSpread?: true
  /** Sent by fax, with so many rows an inch. */
  readonly fax?: {readonly rows: number; readonly tagged: boolean}
}

/** What can be wrong with a page that still has nothing over its text. */
const conditions: Readonly<Record<string, Condition>> = {
  plain: {},
  'askew-4': {spec: {skew: 4}},
  'askew-9': {spec: {skew: -9}},
  gutter: {paper: {gutter: 'left', shadow: 0.75}},
  'black-lid': {paper: {border: 0.35, lid: 18}},
  'microfilm-negative': {paper: {border: 0.3, lid: 18}, spoil: negate},
  faint: {typing: {density: 0.42, wear: 0.9}, spec: {noise: 6}},
  carbon: {typing: {density: 0.55, wear: 0.8}, spec: {blur: 0.008, noise: 6}},
  fading: {spoil: fading},
  'bleed-through': {spoil: bleed(0.3)},
  'dark-paper': {paper: {tone: [150, 122, 84], mottling: 1}, spec: {colour: true}},
  stained: {spec: {colour: true}, spoil: stain},
  'uneven-light': {spoil: unevenLight},
  photocopy: {spoil: photocopy},
  'one-bit-100': {spec: {dpi: 100}, spoil: oneBit},
  fax: {spec: {dpi: 204}, spoil: oneBit, fax: {rows: 98, tagged: true}},
  'fax-fine': {spec: {dpi: 204}, spoil: oneBit, fax: {rows: 196, tagged: true}},
  'fax-untagged': {spec: {dpi: 204}, spoil: oneBit, fax: {rows: 98, tagged: false}},
  'dpi-72': {spec: {dpi: 72}},
  'dpi-100': {spec: {dpi: 100}},
  'dpi-600': {spec: {dpi: 600}},
  'jpeg-15': {spec: {quality: 15}},
  bowed: {spoil: bowed},
  keystone: {spoil: keystone},
  'ruled-paper': {spoil: ruled},
  'punch-holes': {spoil: holes},
  highlighter: {spec: {colour: true}, spoil: highlighter},
  capitals: {lines: lines => lines.map(line => line.toUpperCase())},
  elite: {typing: {pitch: 12}},
  'one-and-half': {lines: lines => lines.slice(0, 33), typing: {leading: 4}},
  folded: {paper: {folds: [3.7, 7.3]}},
  spread: {isSpread: true},
}

export const conditionNames: readonly string[] = Object.keys(conditions)

/** Make pages of each condition whose name fits; the same seed gives the same pages. */
export async function spoiledPages(count: number, seed: number, only: RegExp): Promise<readonly SpoiledPage[]> {
  const pages: SpoiledPage[] = []
  for (const [name, condition] of Object.entries(conditions)) {
    for (let index = 0; index < count && only.test(`spoiled/${name}-${index + 1}`); index++) {
      const own = hash(seed, `${name} ${index}`)
      pages.push({name: `${name}-${index + 1}`, ...(await spoiledPage(condition, faces[index % faces.length]!, own))})
    }
  }
  return pages
}

async function spoiledPage(
  {lines: change = lines => lines, spec = {}, paper = {}, typing = {}, spoil, isSpread, fax}: Condition,
  face: PageSpec['typing']['face'],
  seed: number,
): Promise<Omit<SpoiledPage, 'name'>> {
  const source = random(seed, 'spoiled page')
  const page: PageSpec = {
    ...blankPage,
    lines: change(letter(source.uniform())),
    typing: {...blankPage.typing, face, wear: 0.6, ...typing},
    seed,
    skew: 1.6 * source.uniform() - 0.8,
    noise: 3,
    quality: 80,
    ...spec,
    paper: {...blankPage.paper, ...paper},
  }
  const other = {...page, lines: letter(source.uniform()), seed: seed + 1}
  const drawn = isSpread ? beside(drawPage(page), drawPage(other)) : drawPage(page)
  const pixels = spoil === undefined ? drawn : spoil(drawn, seed)
  const truth = [...page.lines, ...(isSpread ? other.lines : [])].join('\n')
  if (fax !== undefined) return {image: await sent(pixels, fax), format: 'tiff', truth}
  const image = await raw(pixels).withDensity(page.dpi).jpeg({quality: page.quality}).toBuffer()
  return {image, format: 'jpeg', truth}
}

function raw({data, width, height, channels}: Pixels) {
  const image = sharp(data, {raw: {width, height, channels}})
  return channels === 1 ? image.toColourspace('b-w') : image
}

/** Leave rows out, as fax machines do, and tell the two resolutions or none. */
async function sent(pixels: Pixels, {rows, tagged}: NonNullable<Condition['fax']>): Promise<Uint8Array> {
  const resolution = tagged ? {xres: 204 / 25.4, yres: rows / 25.4} : {}
  return raw(pixels)
    .resize(pixels.width, Math.round((pixels.height * rows) / 204), {fit: 'fill', kernel: 'nearest'})
    .threshold(128)
    .tiff({compression: 'ccittfax4', bitdepth: 1, resolutionUnit: 'inch', ...resolution})
    .toBuffer()
}

function mapped(pixels: Pixels, value: (x: number, y: number, channel: number, old: number) => number): Pixels {
  const {width, height, channels, data} = pixels
  const out = new Uint8Array(data.length)
  let at = 0
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++, at++)
        out[at] = Math.max(0, Math.min(255, Math.round(value(x, y, c, data[at]!))))
  return {...pixels, data: out}
}

function negate(pixels: Pixels): Pixels {
  return mapped(pixels, (_x, _y, _c, old) => 255 - old)
}

/** Bilinear sample of another place. */
function moved(pixels: Pixels, from: (x: number, y: number) => readonly [number, number]): Pixels {
  const {width, height, channels, data} = pixels
  return mapped(pixels, (x, y, c) => {
    const [u, v] = from(x, y)
    if (u < 0 || v < 0 || u >= width - 1 || v >= height - 1) return 200
    const [i, j] = [Math.floor(u), Math.floor(v)]
    const [s, t] = [u - i, v - j]
    const at = (p: number, q: number) => data[(q * width + p) * channels + c]!
    return (1 - t) * ((1 - s) * at(i, j) + s * at(i + 1, j)) + t * ((1 - s) * at(i, j + 1) + s * at(i + 1, j + 1))
  })
}

/** The ribbon runs dry: black at the top, pale at the foot. */
function fading(pixels: Pixels): Pixels {
  return mapped(pixels, (_x, y, _c, old) => 238 - (238 - old) * (1 - (0.75 * y) / pixels.height))
}

function bleed(share: number): Spoil {
  return pixels => {
    const {width, height, channels, data} = pixels
    return mapped(pixels, (x, y, c, old) => {
      const [u, v] = [width - 1 - x, Math.min(height - 1, y + 9)]
      let sum = 0
      for (let k = -2; k <= 2; k++) sum += data[(v * width + Math.max(0, Math.min(width - 1, u + k))) * channels + c]!
      return old - share * (235 - sum / 5)
    })
  }
}

function stain(pixels: Pixels, seed: number): Pixels {
  const [cx, cy, r] = [pixels.width * 0.55, pixels.height * 0.4, pixels.width * 0.28]
  return mapped(pixels, (x, y, c, old) => {
    const d = Math.hypot(x - cx, y - cy) / r
    const ring = Math.exp(-(((d - 1) / 0.04) ** 2))
    const inside = d < 1 ? 0.25 + 0.15 * plainNoise(seed, x / 90, y / 90) : 0
    const share = Math.min(0.7, inside + 0.45 * ring)
    return old * (1 - share * [0.3, 0.55, 0.9][c]!)
  })
}

function unevenLight(pixels: Pixels): Pixels {
  return mapped(pixels, (x, y, _c, old) => old * (0.3 + (0.7 * (x / pixels.width + y / pixels.height)) / 2))
}

function photocopy(pixels: Pixels, seed: number): Pixels {
  return mapped(pixels, (x, y, c, old) => {
    const grain = plainNoise(seed, x / 2, y / 2)
    const speck = plainNoise(seed + 7, x / 1.5, y / 1.5)
    return speck > 0.93 ? 20 : old + 60 * grain < 150 ? 15 : 250 + 0 * c
  })
}

function oneBit(pixels: Pixels): Pixels {
  return mapped(pixels, (_x, _y, _c, old) => (old < 150 ? 0 : 255))
}

/** The sheet rises towards the binding: lines bend up at the left. */
function bowed(pixels: Pixels): Pixels {
  const reach = pixels.width * 0.3
  return moved(pixels, (x, y) => {
    const near = Math.max(0, 1 - x / reach)
    return [x + 0.06 * reach * near * near, y + 0.02 * pixels.width * near * near]
  })
}

/** A photograph from below: the top is smaller than the bottom. */
function keystone(pixels: Pixels): Pixels {
  const {width, height} = pixels
  return moved(pixels, (x, y) => {
    const scale = 1.08 - (0.08 * y) / height
    return [width / 2 + (x - width / 2) * scale, y * (0.97 + (0.03 * y) / height)]
  })
}

function ruled(pixels: Pixels): Pixels {
  const step = Math.round(pixels.width * 0.0392)
  return mapped(pixels, (_x, y, _c, old) => (y % step < 2 ? Math.min(old, 150) : old))
}

function holes(pixels: Pixels): Pixels {
  const {width, height} = pixels
  const r = width * 0.016
  return mapped(pixels, (x, y, _c, old) =>
    [0.12, 0.5, 0.88].some(at => Math.hypot(x - width * 0.05, y - height * at) < r) ? 25 : old,
  )
}

function highlighter(pixels: Pixels): Pixels {
  const {width, height} = pixels
  const bands = [0.2, 0.33, 0.5]
  return mapped(pixels, (x, y, c, old) =>
    bands.some((at, i) => Math.abs(y / height - at) < 0.009 && x > width * 0.2 && x < width * (0.5 + 0.15 * i))
      ? old * [0.98, [0.97, 0.75, 0.95][bands.findIndex(at => Math.abs(y / height - at) < 0.009)]!, 0.35][c]!
      : old,
  )
}

function beside(left: Pixels, right: Pixels): Pixels {
  const {width, height, channels} = left
  const data = new Uint8Array(left.data.length * 2)
  for (let y = 0; y < height; y++) {
    data.set(left.data.subarray(y * width * channels, (y + 1) * width * channels), 2 * y * width * channels)
    data.set(right.data.subarray(y * width * channels, (y + 1) * width * channels), (2 * y + 1) * width * channels)
  }
  return {width: 2 * width, height, channels, data}
}
