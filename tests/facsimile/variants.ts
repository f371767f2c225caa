import sharp, {type Sharp} from 'sharp'
import {blankPage, drawPage, type PageSpec, type Pixels} from '../../scripts/facsimile/page.ts'
import type {Stamp} from '../../scripts/facsimile/stamp.ts'
import type {ScanFormat} from '../../src/model.ts'

/** One page of a kind that scanners and archives make, to be made on the fly: none of them is kept in the repository. */
export interface Variant {
  readonly name: string
  readonly format: ScanFormat
  /** What a reader finds on it, lines parted by `\n`; empty where there is no letter. */
  readonly text: string
  /** Clockwise quarter turns by which the text lies turned in the upright scan, that is after the EXIF orientation. */
  readonly quarterTurns: 0 | 1 | 2 | 3
  /** Of the upright scan, in pixels. */
  readonly width: number
  readonly height: number
  /** Frames of the file. */
  readonly frames: number
  readonly make: () => Promise<Uint8Array>
}

/** The lines typed on every variant that has text. */
export const lines = [
  'As we resume the negotiating process, I want to assure',
  'you that we will continue to pay the closest attention to the',
  'security interests of our friends and allies, particularly on',
  'the subject of INF. The Secretary of State will be prepared',
  'to consult on these questions at the meeting of the North',
  'Atlantic Council in Brussels next month.',
] as const

const stamp: Stamp = {
  kind: 'stamp',
  by: 'stamp',
  lines: ['DECLASSIFIED', 'NLS MR 2000-004 #5'],
  ink: 'red',
  x: 4,
  y: 5,
  degrees: -5,
  sizes: [0.24, 0.12],
  density: 0.75,
  framed: true,
}

const page: PageSpec = {...blankPage, lines, dpi: 150, seed: 41}
const coloured: PageSpec = {...page, colour: true}

/** Every variant, by name; each is made only when asked for. */
export const variants: readonly Variant[] = [
  letter('upright', 'png', () => image(page).png()),
  letter('turned-90', 'png', () => image(page).rotate(90).png(), 1),
  letter('turned-180', 'png', () => image(page).rotate(180).png(), 2),
  letter('turned-270', 'png', () => image(page).rotate(270).png(), 3),
  // The file lies turned and its EXIF orientation says how to turn it back: upright for every viewer.
  letter('exif-3', 'jpeg', () => image(coloured).rotate(180).withMetadata({orientation: 3}).jpeg()),
  letter('exif-6', 'jpeg', () => image(coloured).rotate(270).withMetadata({orientation: 6}).jpeg()),
  letter('exif-8', 'jpeg', () => image(coloured).rotate(90).withMetadata({orientation: 8}).jpeg()),
  letter('one-bit-png', 'png', () => image(page).threshold(150).png({palette: true, colours: 2, dither: 0})),
  letter('one-bit-tiff', 'tiff', () => image(page).threshold(150).tiff({bitdepth: 1, compression: 'ccittfax4'})),
  letter('sixteen-bit-png', 'png', () => deep(page).png()),
  letter('sixteen-bit-tiff', 'tiff', () => deep(page).tiff({compression: 'deflate'})),
  letter('cmyk-jpeg', 'jpeg', () => image(coloured).toColourspace('cmyk').jpeg({quality: 90})),
  letter('palette-png', 'png', () => image(coloured).png({palette: true, colours: 32, dither: 0})),
  // Black type on glass: what is not ink is transparent, and its hidden colour is black.
  letter('alpha-png', 'png', () => glass(page).png()),
  letter('negative', 'png', () => image(page).negate().png()),
  letter('webp', 'webp', () => image(coloured).webp({quality: 85})),
  letter('noisy-150', 'jpeg', () => image({...page, noise: 16, blur: 0.005}).jpeg({quality: 60})),
  letter('skewed', 'png', () => image({...page, skew: 1.5}).png()),
  letter('stamped', 'png', () => image({...coloured, markings: [{...stamp, x: 3.6, y: 1.6}]}).png()),
  {...letter('two-frames', 'tiff', () => twoFrames(page)), frames: 2},
  {...letter('blank', 'png', () => image({...page, lines: []}).png()), text: ''},
  {...letter('white', 'png', () => white(page).png()), text: ''},
  {...letter('stamp-only', 'png', () => image({...coloured, lines: [], markings: [stamp]}).png()), text: ''},
]

function letter(
  name: string,
  format: ScanFormat,
  make: () => Sharp,
  quarterTurns: Variant['quarterTurns'] = 0,
): Variant {
  const [width, height] = quarterTurns % 2 === 0 ? [1275, 1650] : [1650, 1275]
  return {name, format, text: lines.join('\n'), quarterTurns, width, height, frames: 1, make: () => make().toBuffer()}
}

/** Drawn once for each spec: most variants are the same page in another coat. */
const drawn = new Map<string, Pixels>()

function pixels(spec: PageSpec): Pixels {
  const key = JSON.stringify(spec)
  const known = drawn.get(key) ?? drawPage(spec)
  drawn.set(key, known)
  return known
}

function image(spec: PageSpec): Sharp {
  const {data, width, height, channels} = pixels(spec)
  const made = sharp(data, {raw: {width, height, channels}})
  return channels === 1 ? made.toColourspace('b-w') : made
}

function deep(spec: PageSpec): Sharp {
  const {data, width, height, channels} = pixels(spec)
  return sharp(
    Uint16Array.from(data, value => value * 257),
    {raw: {width, height, channels}},
  ).toColourspace('grey16')
}

function glass(spec: PageSpec): Sharp {
  const {data, width, height} = pixels(spec)
  const channels = new Uint8Array(data.length * 4)
  for (const [i, value] of data.entries()) channels[i * 4 + 3] = 255 - value
  return sharp(channels, {raw: {width, height, channels: 4}})
}

function twoFrames(spec: PageSpec): Sharp {
  const {data, width, height, channels} = pixels(spec)
  const both = new Uint8Array(data.length * 2)
  both.set(data)
  both.set(data, data.length)
  return sharp(both, {raw: {width, height: height * 2, channels, pageHeight: height}})
    .toColourspace('b-w')
    .tiff({compression: 'deflate'})
}

function white({dpi}: PageSpec): Sharp {
  return sharp({create: {width: 8.5 * dpi, height: 11 * dpi, channels: 3, background: 'white'}})
}
