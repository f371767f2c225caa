import sharp from 'sharp'
import type {Box} from '../../src/model.ts'
import {ink, type Layer, type Medium, pen, ribbon, rubber, type Scanner} from './ink.ts'
import {compose, type Matrix, place} from './matrix.ts'
import {sensorOf} from './noise.ts'
import {lightOf, type Paper, specks} from './paper.ts'
import {hash} from './random.ts'
import {drawMarking, type InkColour, type Marking, type MarkingKind} from './stamp.ts'
import {type Mark, type Typing, type, type Word} from './type.ts'

/** Everything that decides a page: the same spec gives the same bytes. */
export interface PageSpec {
  /** The letter's own text, typed line by line. */
  readonly lines: readonly string[]
  readonly typing: Typing
  /** What is not the letter's own text, in reading order. */
  readonly markings: readonly Marking[]
  readonly seed: number
  /** Pixels an inch. */
  readonly dpi: number
  /** Clockwise degrees by which the sheet lies askew. */
  readonly skew: number
  readonly paper: Paper
  /** Specks of dust on the page. */
  readonly specks: number
  /** Deviation of the scanner's noise, in levels of 255. */
  readonly noise: number
  /** Deviation of the scanner's blur, in inches. */
  readonly blur: number
  /** True for three channels, false for one. */
  readonly colour: boolean
  /** Steps of each channel, 2 to 256; a JPEG does not keep them. */
  readonly levels: number
  readonly format: 'png' | 'jpeg'
  /** JPEG quality, 1 to 100. */
  readonly quality: number
}

/** A letter-size page with nothing on it, to spread and fill: grey PNG, 200 dpi, pica. */
export const blankPage: PageSpec = {
  lines: [],
  typing: {face: 'courier-prime', pitch: 10, leading: 6, left: 1.1, top: 1.2, wear: 0.6, density: 0.9},
  markings: [],
  seed: 1,
  dpi: 200,
  skew: 0,
  paper: {tone: [242, 238, 227], mottling: 0.6, gutter: null, shadow: 0, folds: [], border: 0, lid: 225},
  specks: 20,
  noise: 3,
  blur: 0.003,
  colour: false,
  levels: 256,
  format: 'png',
  quality: 80,
}

/** Size of the sheet in inches. */
export const sheet = [8.5, 11] as const

/** Where a word of the letter stands. */
export interface WordBox {
  readonly text: string
  /** The bounds of its ink. */
  readonly box: Box
  /** Line of `PageSpec.lines`, 0-based. */
  readonly line: number
}

/** Where a marking lies. */
export interface MarkingBox {
  readonly kind: MarkingKind
  readonly ink: InkColour
  /** As a reader reads it; lines parted by `\n`. */
  readonly text: string
  /** The bounds of all its ink, with frame and strokes. */
  readonly box: Box
  /** Clockwise degrees of its lines against the scan's horizontal. */
  readonly angle: number
  /** True where a pen struck it out. */
  readonly struck: boolean
  readonly words: readonly WordBox[]
}

/** The truth about a page: what stands where, in pixels of the scan. */
export interface PageTruth {
  readonly width: number
  readonly height: number
  readonly words: readonly WordBox[]
  readonly markings: readonly MarkingBox[]
}

/** Pixels of a page, row by row, channels interleaved. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly data: Uint8Array
}

/** Says where everything on the page stands, without drawing it. */
export function layoutPage(spec: PageSpec): PageTruth {
  const {width, height, scanner} = scan(spec)
  const box = (words: readonly Word[]): WordBox[] =>
    words.map(({text, line, marks}) => ({text, line, box: bounds(marks, scanner.toPixels)}))
  const markings = spec.markings.map((marking, index) => {
    const {words, frame, strokes} = drawMarking(marking, hash(spec.seed, `marking ${index}`))
    const lines = marking.lines.map((_, line) => words.filter(word => word.line === line).map(({text}) => text))
    return {
      kind: marking.kind,
      ink: marking.by === 'stamp' ? marking.ink : 'black',
      text: lines.map(line => line.join(' ')).join('\n'),
      box: bounds([...words.flatMap(({marks}) => marks), ...frame, ...strokes], scanner.toPixels),
      angle: spec.skew + (marking.by === 'stamp' ? marking.degrees : 0),
      struck: marking.struck === true,
      words: box(words),
    }
  })
  return {width, height, words: box(type(spec.lines, spec.typing, spec.seed)), markings}
}

/** Draws the page; arithmetic alone, so its pixels are the same on every machine. */
export function drawPage(spec: PageSpec): Pixels {
  const {width, height, scanner} = scan(spec)
  const layers = new Map<InkColour, Layer>()
  const inkAll = (colour: InkColour, marks: readonly Mark[], medium: Medium): void => {
    const layer = layers.get(colour) ?? {
      width,
      height,
      density: new Float32Array(width * height),
      inked: new Uint8Array(height),
    }
    layers.set(colour, layer)
    for (const mark of marks) ink(layer, mark, medium, scanner, hash(spec.seed, `ink ${colour}`))
  }

  for (const {marks} of type(spec.lines, spec.typing, spec.seed)) inkAll('black', marks, ribbon)
  for (const [index, marking] of spec.markings.entries()) {
    const {words, frame, strokes} = drawMarking(marking, hash(spec.seed, `marking ${index}`))
    const [colour, medium] = marking.by === 'stamp' ? [marking.ink, rubber] : (['black', ribbon] as const)
    for (const {marks, hand} of words) inkAll(hand ? 'blue' : colour, marks, hand ? pen : medium)
    inkAll(colour, frame, medium)
    inkAll('black', strokes, pen)
  }
  for (const [x, y, radius, density] of specks(spec.specks, sheet, spec.seed)) {
    inkAll('black', [{contours: [disc(x, y, radius)], weight: 0.2, density, lean: [0, 0]}], pen)
  }

  const channels = spec.colour ? 3 : 1
  const tone = spec.colour ? spec.paper.tone : [grey(spec.paper.tone)]
  const coats = [...layers].map(([colour, layer]) => ({
    ...layer,
    taken: (spec.colour ? inks[colour] : [grey(inks[colour])]).map(through => 1 - through),
  }))
  const lightRow = lightOf(spec.paper, width, scanner.toPixels, sheet, spec.seed)
  const scanRow = sensorOf(channels, spec.noise, spec.levels, spec.seed)
  const light = new Float32Array(width)
  const row = new Float32Array(width * channels)
  const data = new Uint8Array(row.length * height)
  for (let y = 0; y < height; y++) {
    lightRow(y, light)
    for (let i = 0; i < row.length; i++) row[i] = (light[Math.floor(i / channels)] ?? 0) * (tone[i % channels] ?? 0)
    for (const {density, inked, taken} of coats) {
      if (inked[y] === 0) continue
      for (let x = 0; x < width; x++) {
        const covered = density[y * width + x] ?? 0
        if (covered === 0) continue
        for (let i = 0; i < channels; i++)
          row[x * channels + i] = (row[x * channels + i] ?? 0) * (1 - covered * (taken[i] ?? 0))
      }
    }
    scanRow(y, row, data)
  }
  return {width, height, channels, data}
}

/** Draws the page and encodes it, with the truth about it. */
export async function renderPage(spec: PageSpec): Promise<PageTruth & {readonly image: Uint8Array}> {
  return {...layoutPage(spec), image: await encode(drawPage(spec), spec)}
}

/** Encodes pixels as the spec says, resolution included; bytes are those of the pinned sharp. */
export async function encode({width, height, channels, data}: Pixels, spec: PageSpec): Promise<Uint8Array> {
  const image = sharp(data, {raw: {width, height, channels}}).withDensity(spec.dpi)
  if (channels === 1) image.toColourspace('b-w')
  return spec.format === 'png' ? image.png().toBuffer() : image.jpeg({quality: spec.quality}).toBuffer()
}

/** Share of light that a full coat of ink lets through: red, green, blue. */
const inks: Readonly<Record<InkColour, readonly [number, number, number]>> = {
  black: [0.13, 0.125, 0.14],
  red: [0.78, 0.17, 0.2],
  blue: [0.16, 0.2, 0.42],
  green: [0.18, 0.45, 0.28],
  violet: [0.38, 0.18, 0.5],
}

function scan({dpi, skew, blur}: PageSpec): {width: number; height: number; scanner: Scanner} {
  const centred: Matrix = [1, 0, 0, 1, -sheet[0] / 2, -sheet[1] / 2]
  const toPixels = compose(centred, place((sheet[0] / 2) * dpi, (sheet[1] / 2) * dpi, skew, dpi))
  return {width: Math.round(sheet[0] * dpi), height: Math.round(sheet[1] * dpi), scanner: {toPixels, dpi, blur}}
}

function bounds(marks: readonly Mark[], [a, b, c, d, e, f]: Matrix): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const contour of marks.flatMap(({contours}) => contours)) {
    for (let i = 0; i < contour.length; i += 2) {
      const [u, v] = [contour[i] ?? 0, contour[i + 1] ?? 0]
      left = Math.min(left, a * u + c * v + e)
      right = Math.max(right, a * u + c * v + e)
      top = Math.min(top, b * u + d * v + f)
      bottom = Math.max(bottom, b * u + d * v + f)
    }
  }
  const [x, y] = [Math.floor(left), Math.floor(top)]
  return {x, y, width: Math.ceil(right) - x, height: Math.ceil(bottom) - y}
}

function disc(x: number, y: number, radius: number): number[] {
  return Array.from({length: 10}, (_, i) => i * 0.2 * Math.PI).flatMap(angle => [
    x + radius * Math.cos(angle),
    y + radius * Math.sin(angle) * 0.8,
  ])
}

function grey([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue
}
