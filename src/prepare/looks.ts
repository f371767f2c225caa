import type {Box, Page} from '../model.ts'
import {whiten} from './background.ts'
import {findInks, partInks} from './ink.ts'
import {positive} from './negative.ts'
import {toPgm} from './netpbm.ts'
import {openScan} from './open-scan.ts'
import {trueAspect} from './prepare.ts'
import type {Grey, Raster} from './raster.ts'
import {resize} from './scale.ts'
import {findInk} from './threshold.ts'

/** A way to look at a word once more. */
export interface Way {
  readonly name: string
  /** Height of the small letters, in pixels, that the word is brought to. */
  readonly smallLetters: number
  /** Weight of the threshold that makes it black and white (Sauvola); null to leave it grey. */
  readonly inkWeight: number | null
}

/**
 * The ways of the second look: none of them is that of the first, which reads pages at 12 pixels, cleaned. A
 * change here looks at every word again.
 */
export const ways: readonly Way[] = [
  {name: 'grey 15', smallLetters: 15, inkWeight: null},
  {name: 'grey 20', smallLetters: 20, inkWeight: null},
  {name: 'grey 27', smallLetters: 27, inkWeight: null},
  {name: 'ink 18', smallLetters: 18, inkWeight: 0.15},
]

/** Radius of the threshold's window, in pixels of a word at its new size. */
const inkRadius = 15
/** White pixels around a word: the engine finds no letters at an edge. */
const border = 8
/** What of its surroundings is cut out with a word, in heights of its small letters. */
const margin = {x: 0.3, y: 0.25}

/**
 * Cut words out of a scan for the second look, not out of the page as it was prepared: what preparation took off or
 * blurred is there again.
 *
 * @param boxes
 *   Of single words, on the scan.
 * @param smallLetters
 *   Height of the page's small letters, in pixels of the scan.
 * @returns
 *   For each box a picture for each of `ways`, as Netpbm `P5`.
 * @throws UserError
 *   Where the scan cannot be decoded.
 */
export async function cutWords(
  bytes: Uint8Array,
  page: Page,
  boxes: readonly Box[],
  smallLetters: number,
): Promise<readonly (readonly Uint8Array[])[]> {
  const scan = await positive(await openScan(bytes, page))
  const aspect = await trueAspect(scan)
  const whole = await scan.at(1)
  const inks = findInks(whole)
  return Promise.all(
    boxes.map(async box => {
      const word = whiten(partInks(cut(whole, box, smallLetters * aspect, smallLetters), inks).type)
      return Promise.all(
        ways.map(async way => {
          const sized = await resize(word, way.smallLetters / (smallLetters * aspect), aspect)
          return toPgm(framed(way.inkWeight === null ? sized : inkOnly(sized, way.inkWeight)))
        }),
      )
    }),
  )
}

/** Cut a box out with its margin; the height of small letters is in pixels of either direction, which may differ. */
function cut(page: Raster, box: Box, across: number, down: number): Raster {
  const {data, width, height, channels} = page
  const left = clamp(Math.floor(box.x - margin.x * across), width - 1)
  const top = clamp(Math.floor(box.y - margin.y * down), height - 1)
  const right = Math.max(left + 1, clamp(Math.ceil(box.x + box.width + margin.x * across), width))
  const bottom = Math.max(top + 1, clamp(Math.ceil(box.y + box.height + margin.y * down), height))
  const row = channels * (right - left)
  const part = new Uint8Array(row * (bottom - top))
  for (let y = top; y < bottom; y++) {
    const from = channels * (y * width + left)
    part.set(data.subarray(from, from + row), (y - top) * row)
  }
  return {...page, data: part, width: right - left, height: bottom - top}
}

function inkOnly(word: Grey, weight: number): Grey {
  return {...word, data: findInk(word, inkRadius, weight).map(ink => (ink === 1 ? 0 : 255))}
}

function framed({data, width, height}: Grey): Grey {
  const wide = width + 2 * border
  const framed = new Uint8Array(wide * (height + 2 * border)).fill(255)
  for (let y = 0; y < height; y++) {
    framed.set(data.subarray(y * width, (y + 1) * width), (y + border) * wide + border)
  }
  return {data: framed, width: wide, height: height + 2 * border}
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(0, value), most)
}
