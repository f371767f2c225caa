import type {Strip} from '../model.ts'
import type {Line} from './lines.ts'
import {toPgm} from './netpbm.ts'
import type {Grey} from './raster.ts'
import {straighten} from './straighten.ts'
import {compose} from './transform.ts'
import type {TypeSize} from './type.ts'

/** Rows of a page turned level, about the origin as in `place`. */
export interface Rows {
  readonly top: number
  readonly bottom: number
  /** Letters seen in their lines. */
  readonly letters: number
}

/** Fewest pixels of overlaid ink that concern a line, and how far from its letters they may lie, in x-heights. */
const fewestPixels = 12
const reach = 12

/** White pixels around a strip: the engine finds no letters at an edge. */
const margin = 12

/**
 * Find the lines of type that overlaid ink runs into; those next to each other together, with what was lost between.
 *
 * @param angle
 *   Degrees by which the lines fall to the right.
 */
export function rowsUnder(
  overlay: Uint8Array,
  lines: readonly Line[],
  {small, tall}: TypeSize,
  angle: number,
  width: number,
): readonly Rows[] {
  const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  const typed = lines.filter(line => line.typed >= 0.5 && line.members.length >= 5)
  const counts = new Uint32Array(typed.length)
  // Which lines a pixel may lie in, by its row: a page of noise has thousands.
  const inRow = new Map<number, number[]>()
  for (const [at, {base}] of typed.entries()) {
    for (let row = Math.floor(base - 1.1 * tall); row <= base + 0.4 * tall; row++) {
      const there = inRow.get(row)
      if (there === undefined) inRow.set(row, [at])
      else there.push(at)
    }
  }
  for (let i = 0; i < overlay.length; i++) {
    if (overlay[i] === 0) continue
    const [x, y] = [i % width, Math.floor(i / width)]
    const [u, v] = [x * cosine + y * sine, y * cosine - x * sine]
    for (const at of inRow.get(Math.floor(v)) ?? []) {
      const {left, right, base} = typed[at]!
      if (v < base - 1.1 * tall || v > base + 0.4 * tall) continue
      if (u > left - reach * small && u < right + reach * small) counts[at]!++
    }
  }
  const found = typed
    .filter((_, at) => counts[at]! >= fewestPixels)
    .map(({base, members}) => ({top: base - 1.3 * tall, bottom: base + 0.5 * tall, letters: members.length}))
    .sort((a, b) => a.top - b.top)
  const joined: {top: number; bottom: number; letters: number}[] = []
  for (const rows of found) {
    const last = joined.at(-1)
    if (last !== undefined && rows.top < last.bottom + 1.3 * tall) {
      last.bottom = Math.max(last.bottom, rows.bottom)
      last.letters += rows.letters
    } else joined.push({...rows})
  }
  return joined
}

/**
 * Cut rows out of a page, level.
 *
 * @returns
 *   Strips whose transform leads to the pixels of the given page.
 */
export async function cutStrips(page: Grey, rows: readonly Rows[], angle: number): Promise<readonly Strip[]> {
  if (rows.length === 0) return []
  const {image, transform} = await straighten(page, angle, 1)
  const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  const above = transform.f * cosine - transform.e * sine
  return rows.map(({top, bottom, letters}) => {
    const from = Math.min(image.height, Math.max(0, Math.floor(top - above)))
    const to = Math.max(from, Math.min(image.height, Math.ceil(bottom - above)))
    const height = to - from + 2 * margin
    const data = new Uint8Array(image.width * height).fill(255)
    data.set(image.data.subarray(from * image.width, to * image.width), margin * image.width)
    return {
      image: toPgm({data, width: image.width, height}),
      imageWidth: image.width,
      imageHeight: height,
      transform: compose({a: 1, b: 0, c: 0, d: 1, e: 0, f: from - margin}, transform),
      letters,
    }
  })
}
