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
  // What was found is the darkest of pale type: its level is too low to go by, and high enough to tell.
  if (levelOf(page, ink) <= usual) return page
  const level = levelOf(page, findInk(page, radius, weight))
  const gain = (255 - usual) / (255 - level)
  const darker = Uint8Array.from({length: 256}, (_, value) => Math.max(0, 255 - gain * (255 - value)))
  return {...page, data: page.data.map(value => darker[value]!)}
}

/** Brightness under which a share `core` of the ink is; 0 where there is too little of it to tell. */
function levelOf({data}: Grey, ink: Uint8Array): number {
  const levels = new Uint32Array(256)
  let count = 0
  for (let i = 0; i < data.length; i++) {
    if (ink[i] === 0) continue
    levels[data[i]!]!++
    count++
  }
  if (count < leastInk) return 0
  let level = 0
  for (let below = core * count; level < 255 && below >= levels[level]!; level++) below -= levels[level]!
  return level
}
