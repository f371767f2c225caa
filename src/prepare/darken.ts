import type {Grey} from './raster.ts'
import {findInk} from './threshold.ts'

/** Radius and weight of the threshold that finds the palest type; it finds noise as well, which is as pale. */
const radius = 15
const weight = 0.15

/** Share of the ink that is darker than its level: the middle of strokes, as their edges are grey on any page. */
const core = 0.1

/** Level of a good ribbon, which paler type is brought to; that of a carbon copy is 160 to 190 of 255. */
const usual = 75

/** Fewest pixels of ink to tell a level by: some ten crumbs of letters. */
const leastInk = 200

/**
 * Darken the type of a whitened page where it is pale, as of a carbon copy or a worn ribbon: a threshold that tells the
 * ink of a good ribbon from paper tears pale letters to crumbs.
 *
 * @param ink
 *   What such a threshold found.
 * @returns
 *   The page itself where its type is dark enough.
 */
export function darken(page: Grey, ink: Uint8Array): Grey {
  const places = levelsByPlace(page, ink)
  if (isFading(places.levels)) return darkenByPlace(page, places)
  // What was found is the darkest of pale type: its level is too low to go by, and high enough to tell.
  if (places.level <= usual) return page
  const {level} = levelsByPlace(page, findInk(page, radius, weight))
  const gain = (255 - usual) / (255 - level)
  const darker = Uint8Array.from({length: 256}, (_, value) => Math.max(0, 255 - gain * (255 - value)))
  return {...page, data: page.data.map(value => darker[value]!)}
}

/** Side of the places whose ink is measured by itself, in pixels: some six lines of type. */
const side = 160

/** Levels of the ink by place, row by row; null where there is too little ink to tell. */
interface Places {
  readonly columns: number
  readonly rows: number
  readonly levels: readonly (number | null)[]
  /** Of the whole page; 0 where there is too little ink to tell. */
  readonly level: number
}

function levelsByPlace({data, width, height}: Grey, ink: Uint8Array): Places {
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)]
  const histograms = new Uint32Array(columns * rows * 256)
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / side) * columns
    for (let x = 0; x < width; x++, i++) if (ink[i] === 1) histograms[(row + Math.floor(x / side)) * 256 + data[i]!]!++
  }
  const levels = Array.from({length: columns * rows}, (_, at) => levelIn(histograms.subarray(at * 256, (at + 1) * 256)))
  const whole = new Uint32Array(256)
  for (let at = 0; at < histograms.length; at++) whole[at % 256]! += histograms[at]!
  return {columns, rows, levels, level: levelIn(whole) ?? 0}
}

/** Fewest places to tell by; how pale the palest tenth is at least; and by how much the middle lies apart from either tenth. */
const leastPlaces = 12
const pale = 100
const steps = 12

/**
 * Whether the ink gets paler little by little, as of a ribbon that runs dry: what shines through from the other side,
 * stamps and ruled lines are paler at once.
 */
function isFading(levels: Places['levels']): boolean {
  const known = levels.filter(level => level !== null).sort((a, b) => a - b)
  if (known.length < leastPlaces) return false
  const [low, middle, high] = [0.1, 0.5, 0.9].map(share => known[Math.floor(share * (known.length - 1))]!)
  return high! >= pale && high! - middle! >= steps && middle! - low! >= steps
}

function darkenByPlace(page: Grey, {columns, rows, levels: found}: Places): Grey {
  const {data, width, height} = page
  const {levels} = levelsByPlace(page, findInk(page, radius, weight))
  // A finer threshold finds noise where the first finds nothing.
  const gains = filled(
    levels.map((level, at) =>
      level === null || found[at] === null ? null : (255 - usual) / (255 - Math.max(usual, level)),
    ),
    columns,
    rows,
  )
  const darker = new Uint8Array(data.length)
  for (let y = 0, i = 0; y < height; y++) {
    const down = between((y + 0.5) / side - 0.5, rows)
    for (let x = 0; x < width; x++, i++) {
      const across = between((x + 0.5) / side - 0.5, columns)
      const gain = (row: number) => {
        const [start, end] = [gains[row * columns + across.low]!, gains[row * columns + across.high]!]
        return start + (end - start) * across.share
      }
      const upper = gain(down.low)
      const own = upper + (gain(down.high) - upper) * down.share
      darker[i] = Math.max(0, 255 - own * (255 - data[i]!))
    }
  }
  return {...page, data: darker}
}

/** The two whole numbers under `count` that a place lies between. */
function between(place: number, count: number): {readonly low: number; readonly high: number; readonly share: number} {
  const low = Math.min(count - 1, Math.max(0, Math.floor(place)))
  return {low, high: Math.min(count - 1, low + 1), share: Math.min(1, Math.max(0, place - low))}
}

/** Give each place without a number the mean of its neighbours', from those that have one outwards. */
function filled(numbers: readonly (number | null)[], columns: number, rows: number): readonly number[] {
  if (numbers.every(number => number === null)) return numbers.map(() => 1)
  let now = numbers
  while (now.includes(null)) {
    const before = now
    now = before.map((own, at) => {
      if (own !== null) return own
      const [column, row] = [at % columns, Math.floor(at / columns)]
      const near: number[] = []
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
          const number = before[y * columns + x]
          if (typeof number === 'number') near.push(number)
        }
      }
      return near.length === 0 ? null : near.reduce((sum, number) => sum + number, 0) / near.length
    })
  }
  return now.map(number => number ?? 1)
}

/** Brightness under which a share `core` of the ink is; null where there is too little of it to tell. */
function levelIn(levels: Uint32Array): number | null {
  const count = levels.reduce((sum, pixels) => sum + pixels, 0)
  if (count < leastInk) return null
  let level = 0
  for (let below = core * count; level < 255 && below >= levels[level]!; level++) below -= levels[level]!
  return level
}
