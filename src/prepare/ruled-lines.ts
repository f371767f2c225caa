import {bridge, darkerThan, type Inked, type PaleLine, type Stroke} from './pale-lines.ts'

/** A drawn line: frame, underline or strike; `right` and `bottom` exclusive. */
export interface RuledLine {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Shortest run taken for a drawn line, in pixels: three letters' width at the size pages are looked at. */
const shortest = 36

/** Thickest drawn line, in pixels. */
const thickest = 5

/** Share of a line that is thinner than its own thickness: most of it lies bare. */
const ownShare = 0.3

/** Least share of the arcs against a line that lie on either side where it runs through letters. */
const leastBeside = 0.2

/**
 * Take drawn lines out of the ink: runs far longer than any stroke of a letter,
 * and thin. Where a stroke crosses a line, as of a y through its underline, the
 * crossing stays; of lines paler than the type, as of ruled paper, all that is darker than they are.
 *
 * @param ink
 *   1 for ink; changed in place.
 * @param page
 *   Null to tell lines by the ink alone.
 * @returns
 *   The lines, horizontal ones first.
 */
export function takeRuledLines(
  ink: Uint8Array,
  width: number,
  height: number,
  page: Inked | null = null,
): readonly RuledLine[] {
  const across = findRuns(ink, width, height, 1, width)
  const down = findRuns(ink, height, width, width, 1)
  const flat = withRest(join(across), line => isThin(ink, line, 1, width, height))
  const upright = withRest(join(down), line => isThin(ink, line, width, 1, width))
  const grey = page?.grey ?? null
  const paleFlat = flat.map(line => erase(ink, line, 1, width, height, grey))
  const paleUpright = upright.map(line => erase(ink, line, width, 1, width, grey))
  if (page !== null) {
    bridge(page, paleFlat, 1, width)
    bridge(page, paleUpright, width, 1)
  }
  return [
    ...flat.map(({from, to, first, last}) => ({left: from, top: first, right: to, bottom: last + 1})),
    ...upright.map(({from, to, first, last}) => ({left: first, top: from, right: last + 1, bottom: to})),
  ]
}

/** Ink from `from` to `to` (exclusive) in rows `first` to `last`; for upright lines rows are columns. */
interface Run {
  from: number
  to: number
  first: number
  last: number
}

/** Long runs along each of `rows` rows; a step along is `step`, a row further is `stride`. */
function findRuns(ink: Uint8Array, length: number, rows: number, step: number, stride: number): Run[] {
  const found: Run[] = []
  for (let row = 0; row < rows; row++) {
    let start = -1
    let at = row * stride
    for (let i = 0; i <= length; i++, at += step) {
      if (i < length && ink[at] === 1) {
        if (start === -1) start = i
      } else if (start !== -1) {
        if (i - start >= shortest) found.push({from: start, to: i, first: row, last: row})
        start = -1
      }
    }
  }
  return found
}

/** Join runs of neighbouring rows that lie side by side. */
function join(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  const open: Run[] = []
  for (const run of runs) {
    for (let i = open.length - 1; i >= 0; i--) if (open[i]!.last < run.first - 1) open.splice(i, 1)
    const beside = open.find(line => run.from < line.to && line.from < run.to)
    if (beside === undefined) {
      const line = {...run}
      joined.push(line)
      open.push(line)
    } else {
      beside.from = Math.min(beside.from, run.from)
      beside.to = Math.max(beside.to, run.to)
      beside.last = run.last
    }
  }
  return joined
}

/** How far apart, along a line and across it, the ends of its parts may lie. */
const apartAlong = 14
const apartAcross = 2

/** Those that are drawn lines, and what goes on from one of them: where many letters stand on it, nothing is thin. */
function withRest(lines: readonly Run[], isLine: (line: Run) => boolean): Run[] {
  const taken = lines.filter(isLine)
  const rest = new Set(lines.filter(line => !taken.includes(line) && line.last - line.first < thickest))
  for (const {from, to, first, last} of taken) {
    for (const line of rest) {
      const goesOn =
        line.last >= first - apartAcross &&
        line.first <= last + apartAcross &&
        line.from <= to + apartAlong &&
        line.to >= from - apartAlong
      if (!goesOn) continue
      rest.delete(line)
      taken.push(line)
    }
  }
  return taken
}

/** Whether the ink about a line is mostly no thicker than a drawn line. */
function isThin(ink: Uint8Array, {from, to, first, last}: Run, step: number, stride: number, rows: number): boolean {
  let thick = 0
  let looked = 0
  for (let i = from; i < to; i += 2) {
    let row = first
    while (row <= last && ink[row * stride + i * step] === 0) row++
    if (row > last) continue
    let above = row
    while (above > 0 && row - above <= thickest && ink[(above - 1) * stride + i * step] === 1) above--
    let below = row
    while (below < rows - 1 && below - above <= thickest && ink[(below + 1) * stride + i * step] === 1) below++
    looked++
    if (below - above >= thickest) thick++
  }
  return looked > 0 && thick < 0.4 * looked
}

/**
 * Erase a line, stroke by stroke across it, but for strokes that go through; where the arc of a letter lies against it,
 * the line's own thickness alone.
 *
 * @returns
 *   Null where the line is as dark as type.
 */
function erase(
  ink: Uint8Array,
  {from, to, first, last}: Run,
  step: number,
  stride: number,
  rows: number,
  grey: Uint8Array | null,
): PaleLine | null {
  const strokes: Stroke[] = []
  for (let i = from; i < to; i++) {
    let row = first
    while (row <= last) {
      if (ink[row * stride + i * step] === 0) {
        row++
        continue
      }
      let top = row
      while (top > 0 && row - top <= thickest && ink[(top - 1) * stride + i * step] === 1) top--
      let bottom = row
      while (bottom < rows - 1 && bottom - top <= thickest && ink[(bottom + 1) * stride + i * step] === 1) bottom++
      // Thicker than a line: a stroke crosses, or a letter stands on it; its foot stays with it.
      if (bottom - top < thickest) strokes.push({i, top, bottom})
      row = bottom + 1
    }
  }
  const thicknesses = strokes.map(({top, bottom}) => bottom - top + 1).sort((a, b) => a - b)
  const own = thicknesses[Math.floor(ownShare * thicknesses.length)] ?? 0
  const isBare = ({top, bottom}: Stroke) => bottom - top <= own
  const parts: {readonly stroke: Stroke; readonly upper: number; readonly lower: number}[] = []
  let middle: number | null = null
  for (const stroke of strokes) {
    const {top, bottom} = stroke
    if (isBare(stroke)) middle = (top + bottom) / 2
    const [upper, lower]: readonly [number, number] =
      isBare(stroke) || middle === null
        ? [top, bottom]
        : [Math.max(top, Math.round(middle - own / 2)), Math.min(bottom, Math.round(middle + own / 2))]
    parts.push({stroke, upper, lower})
  }
  const above = parts.filter(({stroke, upper}) => upper > stroke.top).length
  const below = parts.filter(({stroke, lower}) => lower < stroke.bottom).length
  const dark = grey === null ? 0 : darkerThan(grey, strokes.filter(isBare), step, stride)
  // What lies against one side only, as against an underline, is its own roughness.
  const isThrough = dark > 0 || Math.min(above, below) >= leastBeside * (above + below)
  for (const {stroke, upper, lower} of parts) {
    const [start, end] = isThrough ? [upper, lower] : [stroke.top, stroke.bottom]
    for (let at = start; at <= end; at++) {
      const pixel = at * stride + stroke.i * step
      if (grey === null || grey[pixel]! >= dark) ink[pixel] = 0
    }
  }
  const bare = strokes.filter(isBare)
  const [start, end] = [bare[0], bare.at(-1)]
  if (dark === 0 || start === undefined || end === undefined) return null
  return {start, end, own, dark}
}
