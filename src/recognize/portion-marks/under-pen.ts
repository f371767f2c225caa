import type {Box} from '../../model.ts'
import {broadStrokesIn} from './pen-strokes.ts'
import type {Sheet} from './sheet.ts'
import type {Shape, TypeShapes} from './type-shapes.ts'

/** What ink may be, and how well it is explained by that. */
export interface Match {
  readonly text: string
  /** Logarithm of how much likelier the ink is if the text stands under it than if a pen wrote alone. */
  readonly score: number
}

/** How often a pixel is ink if nothing is known of what stands there: under a stroke of the pen, and off what it crossed; beside strokes it is as often as it is, within these bounds. */
const chances = {stroke: 0.85, outside: 0.03}
const crossedChance = {least: 0.15, most: 0.5}

/** How often a pixel beside strokes is ink where the text has paper. */
const strayInk = 0.12

/** A pixel of a letter is ink so often: type wears, threads show. */
const mostInk = 0.97

/** Signs that stand for any of these in the texts to tell apart. */
export const digits = '0123456789'
export const smallLetters = 'abcdefghi'
const any = {'#': digits, '@': smallLetters}

/** How far the line may lie from where it was measured, in pixels. */
const give = 4

/**
 * Tell which of some texts stands under strokes of a pen.
 *
 * A pen only adds ink. So where a letter has ink there must be ink, and where there is paper there is no letter: what
 * the pen left bare tells the letters apart, and what it covered tells nothing.
 *
 * @param box
 *   Of all ink, on the sheet.
 * @param foot
 *   Row of the line that the text stands on, to within a few.
 * @returns
 *   Each text at its best place, the likeliest first; `-Infinity` for one too wide for the ink.
 */
export function matchUnderPen(
  box: Box,
  foot: number,
  texts: readonly string[],
  sheet: Sheet,
  {pitch, shapes}: TypeShapes,
): readonly Match[] {
  const area = widened(box, Math.ceil(pitch) + 12)
  const pen = kindsIn(area, box, broadStrokesIn(area, sheet))
  const rows = Array.from({length: 2 * give + 1}, (_, index) => Math.round(foot) - give + index)
  const inkBeside = strayInkIn(box, area, pen, sheet)
  const known = {...chances, crossed: crossedIn(box, area, pen, inkBeside(box.x, box.x + box.width))}
  const maps = new Map<string, readonly Float32Array[]>()
  const all = texts.join('').replaceAll('#', any['#']).replaceAll('@', any['@'])
  const signs = [...new Set(all)].map(sign => ({sign, looks: shapes.get(sign) ?? []}))
  // The foot of a sign may lie so far above or below the area that all of the sign is beside it.
  const farthest = Math.max(0, ...rows.map(row => Math.max(area.y - row, row - area.y - area.height)))
  const around =
    farthest + Math.max(0, ...signs.flatMap(({looks}) => looks.map(({width, height}) => Math.max(width, height))))
  const ground = groundOf(area, pen, around, sheet)
  for (const {sign, looks} of signs) {
    const loose = isBracket(sign) ? bracketGive : letterGive
    const scores = looks.map(shape => spread(scoresOf(shape, pitch, known, rows, area, ground), loose))
    if (scores.length > 0) maps.set(sign, bestOf(scores))
  }
  for (const [sign, group] of Object.entries(any)) {
    const ofAny = bestOf([...group].flatMap(other => (maps.has(other) ? [maps.get(other)!] : [])))
    maps.set(
      sign,
      ofAny.map(scores => scores.map(score => score - perChoice * Math.log(group.length))),
    )
  }
  const scoreAt = (sign: string, row: number, middle: number): number =>
    maps.get(sign)?.[row]?.[Math.round(middle) - area.x] ?? blank
  const matches = texts.map(text => {
    let best = Number.NEGATIVE_INFINITY
    const last = box.x + box.width - (text.length - 0.7) * pitch
    for (let x = box.x - Math.round(0.7 * pitch); x <= last; x++) {
      const left = inkBeside(box.x, x) + inkBeside(x + text.length * pitch, box.x + box.width)
      for (let row = 0; row < rows.length; row++) {
        let score = left * Math.log(strayInk / known.crossed)
        for (let i = 0; i < text.length; i++) score += scoreAt(text[i]!, row, x + (i + 0.5) * pitch)
        best = Math.max(best, score)
      }
    }
    return {text, score: best}
  })
  return matches.sort((a, b) => b.score - a.score)
}

/** How far a sign may lie from its place, in pixels: faces set brackets differently in height and in their cell. */
const letterGive = {across: 1, down: 0}
const bracketGive = {across: 3, down: 3}

function isBracket(sign: string): boolean {
  return sign === '(' || sign === ')'
}

/** The best score within reach of each place. */
function spread(map: readonly Float32Array[], {across, down}: typeof letterGive): readonly Float32Array[] {
  return map.map((scores, row) => {
    const near = map.slice(Math.max(0, row - down), row + down + 1)
    const best = new Float32Array(scores.length)
    for (let x = 0; x < best.length; x++) {
      let most = Number.NEGATIVE_INFINITY
      for (const other of near) {
        for (let at = Math.max(0, x - across); at <= Math.min(x + across, best.length - 1); at++) {
          most = Math.max(most, other[at]!)
        }
      }
      best[x] = most
    }
    return best
  })
}

/** The best of several scores of each place. */
function bestOf(maps: readonly (readonly Float32Array[])[]): readonly Float32Array[] {
  const [first = [], ...others] = maps
  return first.map((scores, row) => scores.map((score, x) => Math.max(score, ...others.map(map => map[row]![x]!))))
}

/** What it costs in score that one of several signs could be chosen, for a logarithm of their number. */
const perChoice = 10

/** Score of a letter that would stand where nothing was looked at. */
const blank = -1000

/** By row, then by column of the area: the score of a sign whose middle stands there. */
function scoresOf(
  shape: Shape,
  cell: number,
  known: Chances,
  rows: readonly number[],
  {width, y: top}: Box,
  ground: Ground,
): readonly Float32Array[] {
  const {ink, pen, stride, around} = ground
  // Of each pixel of the shape: how far it lies from the sign's middle and foot on the ground, and what it gains, by kind.
  const away: number[] = []
  const inkGains: number[] = []
  const paperGains: number[] = []
  for (let v = 0, i = 0; v < shape.height; v++) {
    for (let u = 0; u < shape.width; u++, i++) {
      const letter = shape.ink[i]!
      const across = u - (shape.width >> 1)
      // What lies beyond the cell may be the next letter's.
      if (letter < 0.05 && Math.abs(across) > cell / 2) continue
      away.push((v - shape.foot) * stride + across)
      for (const kind of kinds) {
        const gain = gainOf(letter, kind, known[kind])
        inkGains.push(gain.ink)
        paperGains.push(gain.paper)
      }
    }
  }
  return rows.map(row => {
    const scores = new Float32Array(width)
    for (let x = 0; x < width; x++) {
      const middle = (row - top + around) * stride + x + around
      let score = 0
      for (let point = 0; point < away.length; point++) {
        const at = middle + away[point]!
        const gain = kinds.length * point + pen[at]!
        const value = ink[at]!
        score += value * inkGains[gain]! + (1 - value) * paperGains[gain]!
      }
      scores[x] = score
    }
    return scores
  })
}

/** An area and what lies around it, by rows of `stride` pixels, so that signs may stand over its edges. */
interface Ground {
  readonly ink: Float64Array
  /** Index into `kinds`; none of what lies around was crossed. */
  readonly pen: Uint8Array
  readonly stride: number
  /** Pixels around the area on each side. */
  readonly around: number
}

function groundOf({x, y, width, height}: Box, pen: Uint8Array, around: number, {inkAt}: Sheet): Ground {
  const stride = width + 2 * around
  const ink = new Float64Array(stride * (height + 2 * around))
  const wide = new Uint8Array(ink.length).fill(kindIndex.outside)
  for (let v = 0, i = 0; v < height + 2 * around; v++) {
    for (let u = 0; u < stride; u++, i++) ink[i] = inkAt(x - around + u, y - around + v)
  }
  for (let v = 0; v < height; v++) {
    wide.set(pen.subarray(v * width, (v + 1) * width), (v + around) * stride + around)
  }
  return {ink, pen: wide, stride, around}
}

/** Tells how much ink that is no stroke of a pen lies between two columns. */
function strayInkIn(box: Box, area: Box, pen: Uint8Array, {inkAt}: Sheet): (from: number, to: number) => number {
  const sums = [0]
  for (let x = box.x; x < box.x + box.width; x++) {
    let ink = 0
    for (let y = box.y; y < box.y + box.height; y++) {
      if (pen[(y - area.y) * area.width + x - area.x] !== kindIndex.stroke) ink += inkAt(x, y)
    }
    sums.push(sums.at(-1)! + ink)
  }
  const upTo = (x: number) => sums[Math.min(box.width, Math.max(0, Math.round(x) - box.x))]!
  return (from, to) => Math.max(0, upTo(to) - upTo(from))
}

const kinds = ['outside', 'crossed', 'stroke'] as const
const kindIndex = {
  outside: kinds.indexOf('outside'),
  crossed: kinds.indexOf('crossed'),
  stroke: kinds.indexOf('stroke'),
}
type Kind = (typeof kinds)[number]
type Chances = Readonly<Record<Kind, number>>

/** What ink, and paper, say for a letter at a pixel, in logarithms. */
interface Gain {
  readonly ink: number
  readonly paper: number
}

function gainOf(letter: number, kind: Kind, without: number): Gain {
  const bare = kind === 'stroke' ? without : Math.min(without, strayInk)
  const having = Math.min(mostInk, 1 - (1 - letter) * (1 - bare))
  return {ink: Math.log(having / without), paper: Math.log((1 - having) / (1 - without))}
}

/** How often a pixel of a box is ink that is no stroke. */
function crossedIn(box: Box, area: Box, pen: Uint8Array, ink: number): number {
  let pixels = 0
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      if (pen[(y - area.y) * area.width + x - area.x] !== kindIndex.stroke) pixels++
    }
  }
  return Math.min(crossedChance.most, Math.max(crossedChance.least, ink / Math.max(1, pixels)))
}

/** Index into `kinds` for each pixel of an area, of which those in the box may be crossed. */
function kindsIn(area: Box, box: Box, strokes: Uint8Array): Uint8Array {
  const pen = new Uint8Array(strokes.length)
  for (let y = 0, i = 0; y < area.height; y++) {
    for (let x = 0; x < area.width; x++, i++) {
      const [dx, dy] = [area.x + x - box.x, area.y + y - box.y]
      const isCrossed = dx >= 0 && dy >= 0 && dx < box.width && dy < box.height
      pen[i] = strokes[i] === 1 ? kindIndex.stroke : isCrossed ? kindIndex.crossed : kindIndex.outside
    }
  }
  return pen
}

function widened({x, y, width, height}: Box, by: number): Box {
  return {x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by}
}
