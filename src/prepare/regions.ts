import type {Box, Region, RegionKind} from '../model.ts'
import type {Blot} from './blots.ts'
import type {Components} from './components.ts'
import type {RuledLine} from './ruled-lines.ts'
import type {Selection} from './select.ts'
import {isStruck, usualDepth} from './struck.ts'
import type {TypeSize} from './type.ts'

/** How sure each kind is: pen strokes are told from worn type by their size alone. */
const scores: Readonly<Record<RegionKind, number>> = {
  stamp: 0.8,
  strike: 0.7,
  rotated: 0.8,
  handwriting: 0.4,
  redaction: 0.9,
  rule: 0.9,
  margin: 0.9,
}

/**
 * Name the ink of a page that is not its type, as evidence.
 *
 * @returns
 *   Boxes in pixels of the page looked at, from top to bottom.
 */
export function findRegions(
  components: Components,
  selection: Selection,
  blots: readonly Blot[],
  ruled: readonly RuledLine[],
  type: TypeSize,
  width: number,
): readonly Region[] {
  const regions: Region[] = []
  for (const {kind, pieces} of selection.marks) {
    // Of strokes that run into the text, only what lies outside it.
    const box = kind === 'handwriting' ? outside(pieces, components, selection, width) : around(pieces, components)
    if (box !== null) regions.push(region(kind, box))
  }
  for (const {boxes, atEdge} of blots) {
    for (const box of boxes) regions.push(region(atEdge ? 'margin' : 'redaction', box))
  }
  const {struck, stamped} = findPenAndStamp(components, selection, type, width)
  for (const piece of struck) regions.push(region('strike', around([piece], components)))
  for (const pieces of stamped) regions.push(region('stamp', around(pieces, components)))
  for (const {left, top, right, bottom} of ruled) {
    const box = {x: left, y: top, width: right - left, height: bottom - top}
    if (box.width > box.height && strikes(box, components, selection, type)) {
      // The box is that of what is struck, not of the stroke alone.
      regions.push(region('strike', {...box, y: box.y - type.small, height: box.height + 2 * type.small}))
    } else if (Math.max(box.width, box.height) >= 6 * type.small) regions.push(region('rule', box))
  }
  return regions.sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
}

function region(kind: RegionKind, box: Box): Region {
  return {kind, box, score: scores[kind], text: null}
}

function around(pieces: readonly number[], {left, top, right, bottom}: Components): Box {
  const x = Math.min(...pieces.map(piece => left[piece]!))
  const y = Math.min(...pieces.map(piece => top[piece]!))
  return {
    x,
    y,
    width: Math.max(...pieces.map(piece => right[piece]!)) - x,
    height: Math.max(...pieces.map(piece => bottom[piece]!)) - y,
  }
}

/** Box of the pixels of pieces that lie in no line's band; null where there are none. */
function outside(pieces: readonly number[], components: Components, {band}: Selection, width: number): Box | null {
  const box = around(pieces, components)
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1]
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const i = y * width + x
      if (band[i] === 1 || !pieces.includes(components.labels[i]! - 1)) continue
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x + 1)
      bottom = Math.max(bottom, y + 1)
    }
  }
  return right === -1 ? null : {x: left, y: top, width: right - left, height: bottom - top}
}

/** Whether a drawn line runs through letters at half their height, rather than below them. */
function strikes(box: Box, {left, top, right, bottom}: Components, {lines}: Selection, {small}: TypeSize): boolean {
  const y = box.y + box.height / 2
  return lines.some(({members}) => {
    const crossed = members.filter(piece => {
      const high = bottom[piece]! - top[piece]!
      return (
        high >= 0.8 * small &&
        left[piece]! < box.x + box.width &&
        right[piece]! > box.x &&
        y > top[piece]! + 0.2 * high &&
        y < bottom[piece]! - 0.2 * high
      )
    })
    return crossed.length >= 3
  })
}

/** Words of type that a pen struck out, and lines of letters far bolder than the type: black stamps. */
function findPenAndStamp(
  components: Components,
  {fates, lines, band}: Selection,
  {small, tall}: TypeSize,
  width: number,
): {readonly struck: readonly number[]; readonly stamped: readonly (readonly number[])[]} {
  const {count, left, top, right, bottom} = components
  const letters = lines
    .filter(({typed, members}) => typed >= 0.5 && members.length >= 8)
    .flatMap(({members}) => members)
    .filter(piece => right[piece]! - left[piece]! <= 1.6 * small && bottom[piece]! - top[piece]! <= 1.3 * tall)
  if (letters.length < 50) return {struck: [], stamped: []}
  const usual = usualDepth(components, letters, width)
  const stamped = lines
    .filter(({members, height}) => members.length >= 3 && members.length < 40 && height > 1.15 * tall)
    .filter(({members}) => usualDepth(components, members, width) > 1.15 * usual)
    .map(({members}) => members)
  const stampPieces = new Set(stamped.flat())
  const struck: number[] = []
  for (let piece = 0; piece < count; piece++) {
    if (fates[piece] === 'go' || stampPieces.has(piece)) continue
    const wide = right[piece]! - left[piece]!
    const high = bottom[piece]! - top[piece]!
    if (wide < 1.4 * small || wide > 8 * small || high < 0.8 * small || high > 3 * tall) continue
    const middle = ((top[piece]! + bottom[piece]!) >> 1) * width + ((left[piece]! + right[piece]!) >> 1)
    if (band[middle] === 1 && isStruck(components, piece, usual, width)) struck.push(piece)
  }
  return {struck, stamped}
}
