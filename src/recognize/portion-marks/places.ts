import type {Box, RecognizedLine, RecognizedWord} from '../../model.ts'
import type {Sheet} from './sheet.ts'
import {isAsWide, type TypeShapes} from './type-shapes.ts'

/** Ink that may be a mark of a paragraph's grade. */
export interface Place {
  /** At the end of a paragraph, in a row of its own under it, or at its beginning, behind its number. */
  readonly at: 'end' | 'below' | 'beginning'
  /** Index of the line that it belongs to; for a row of its own, of the one above it. */
  readonly line: number
  /** How many words of that line stand before it. */
  readonly before: number
  /** On the sheet. */
  readonly box: Box
  /** Row on which it stands, to within a few. */
  readonly foot: number
  /** Whether the line is in capitals alone, as headings are. */
  readonly isHeading: boolean
}

/**
 * A word that is at most so long, and read with less confidence, may be a mark a pen struck; so may one of signs alone,
 * as the bracket of a mark that the engine read by itself.
 */
const longest = 8
export const sureWord = 0.8

/** Most words before a mark at the beginning: a number, a dash. */
const mostBefore = 3

/** How far from the words beside it a mark stands, and how wide it is, in letters. */
const nearest = 0.5
const farthest = 11
const narrow = 1.5
const wide = 9

/** Find the ink beside paragraphs that the engine read poorly, or not at all, and that is of a mark's size. */
export function placesOf(
  lines: readonly RecognizedLine[],
  sheet: Sheet,
  type: TypeShapes,
  isMark: (text: string) => boolean,
): readonly Place[] {
  const rows = lines.map(line => rowOf(line, sheet))
  const leading = leadingOf(rows)
  const left = usual(rows.flatMap(row => (row === null ? [] : [row.left])))
  return lines.flatMap((line, index) => {
    const row = rows[index] ?? null
    if (row === null || !isOfType(line, sheet, type)) return []
    const isLast = isEnd(row, rows[index + 1] ?? null, lines[index + 1], leading)
    const end = isLast ? atEnd(line, sheet, type, isMark) : null
    const below = isLast && end === null && !isMark(line.words.at(-1)!.text) ? under(row, leading, sheet, type) : null
    const beginning = line.paragraphStart || index === 0 ? atBeginning(line, row, left, sheet, type, isMark) : null
    const isHeading = line.words.every(word => isDoubtful(word) || !/\p{Ll}/u.test(word.text))
    return [
      ...(beginning === null ? [] : [{at: 'beginning' as const, line: index, isHeading: false, ...beginning}]),
      ...(end === null ? [] : [{at: 'end' as const, line: index, isHeading, ...end}]),
      ...(below === null ? [] : [{at: 'below' as const, line: index, isHeading: false, ...below}]),
    ]
  })
}

export function isDoubtful({text, confidence}: Pick<RecognizedWord, 'text' | 'confidence'>): boolean {
  return text.length <= longest && (confidence < sureWord || !/[\p{L}\p{N}]/u.test(text))
}

/** Where a line lies on the sheet. */
interface Row {
  readonly left: number
  readonly right: number
  /** Where its words stand at its beginning and at its end. */
  readonly foot: number
  readonly endFoot: number
}

function rowOf({baseline, words, box}: RecognizedLine, {place}: Sheet): Row | null {
  if (baseline === undefined || words.length === 0) return null
  const {x, width} = place(box)
  const [from, to] = [
    place({x: baseline.x1, y: baseline.y1, width: 0, height: 0}),
    place({x: baseline.x2, y: baseline.y2, width: 0, height: 0}),
  ]
  return {left: x, right: x + width, foot: from.y, endFoot: to.y}
}

/** From one line to the next, as a rule. */
function leadingOf(rows: readonly (Row | null)[]): number {
  return usual(
    rows.flatMap((row, index) => {
      const next = rows[index + 1]
      return row === null || next === undefined || next === null || next.foot <= row.foot ? [] : [next.foot - row.foot]
    }),
  )
}

function usual(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(0.4 * values.length)] ?? 0
}

/** Whether most of a line's sure words are of the page's type: stamps and forms have none of these marks. */
function isOfType({words}: RecognizedLine, {place}: Sheet, {pitch}: TypeShapes): boolean {
  const sure = words.filter(({text, confidence}) => text.length > 2 && confidence >= sureWord)
  const own = sure.filter(({text, box}) => isAsWide(text, place(box), pitch))
  return sure.length > 0 && own.length >= 0.5 * sure.length
}

/** Whether a paragraph ends with a row: what follows is another, or farther off, or so poor that it may be its mark. */
function isEnd(row: Row, next: Row | null, line: RecognizedLine | undefined, leading: number): boolean {
  if (next === null || line === undefined || line.paragraphStart) return true
  const below = next.foot - row.foot
  return below > 1.4 * leading || below < 0 || line.words.every(isDoubtful)
}

type Ink = Pick<Place, 'box' | 'foot'>
type Spot = Ink & Pick<Place, 'before'>

function atEnd(line: RecognizedLine, sheet: Sheet, type: TypeShapes, isMark: (text: string) => boolean): Spot | null {
  const before = line.words.findLastIndex(word => !isDoubtful(word)) + 1
  const last = line.words[before - 1]
  if (last === undefined || isMark(last.text) || line.baseline === undefined) return null
  const {x, width} = sheet.place(last.box)
  const foot = sheet.place({x: line.baseline.x2, y: line.baseline.y2, width: 0, height: 0}).y
  const ink = inkBeside(x + width, 1, foot, sheet, type)
  return ink === null ? null : {...ink, before}
}

/** A row of its own under the last line of a paragraph, where that has no room for it. */
function under({left, foot}: Row, leading: number, sheet: Sheet, type: TypeShapes): Spot | null {
  const ink = inkBeside(left - (nearest + 1) * type.pitch, 1, foot + leading, sheet, type, 3)
  return ink === null ? null : {...ink, before: 0}
}

function atBeginning(
  {words}: RecognizedLine,
  {foot}: Row,
  left: number,
  sheet: Sheet,
  type: TypeShapes,
  isMark: (text: string) => boolean,
): Spot | null {
  const at = words.findIndex(word => !isDoubtful(word) && !isNumber(word.text))
  const first = words[at]
  if (first === undefined || at > mostBefore || isMark(first.text)) return null
  const ink = inkBeside(sheet.place(first.box).x, -1, foot, sheet, type)
  if (ink === null || ink.box.x < left - 2 * type.pitch) return null
  const before = words.slice(0, at).findLastIndex(word => !isDoubtful(word)) + 1
  const number = words[before - 1]
  const end = number === undefined ? 0 : sheet.place(number.box).x + sheet.place(number.box).width
  return end > ink.box.x + 0.5 * type.pitch ? null : {...ink, before}
}

/** As what numbers a paragraph. */
function isNumber(text: string): boolean {
  return /^[(]?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.)]*$/.test(text)
}

/** The first ink to the right (1) or left (-1) that stands together, if it is of a mark's width and as high as a letter. */
function inkBeside(
  from: number,
  side: 1 | -1,
  foot: number,
  sheet: Sheet,
  {pitch, capital}: TypeShapes,
  reach: number = farthest,
): Ink | null {
  // Feet of the line above, and heads of the one below, are farther off.
  const [upper, lower] = [Math.round(foot - capital), Math.round(foot + 0.15 * capital)]
  const hasInk = (x: number) => {
    let count = 0
    for (let y = upper; y < lower; y++) if (sheet.inkAt(x, y) >= 0.5) count++
    return count >= 2
  }
  let [near, far] = [-1, -1]
  for (let by = Math.round(nearest * pitch); by <= farthest * pitch; by++) {
    if (hasInk(Math.round(from) + side * by)) {
      if (near === -1) near = by
      far = by
    } else if (near === -1 ? by > reach * pitch : by - far > pitch) break
  }
  if (near === -1 || far - near < narrow * pitch || far - near > wide * pitch) return null
  const [left, right] = [
    Math.round(from) + Math.min(side * near, side * far),
    Math.round(from) + Math.max(side * near, side * far) + 1,
  ]
  const [top, bottom] = extentOf(left, right, upper, lower, capital, sheet)
  return bottom - top < 0.8 * capital ? null : {box: {x: left, y: top, width: right - left, height: bottom - top}, foot}
}

/** From where to where ink reaches that runs on from between two rows. */
function extentOf(
  left: number,
  right: number,
  upper: number,
  lower: number,
  capital: number,
  {inkAt}: Sheet,
): readonly [top: number, bottom: number] {
  const runsOn = (y: number, beside: number) => {
    for (let x = left; x < right; x++) {
      if (inkAt(x, y) < 0.5) continue
      for (let u = x - 1; u <= x + 1; u++) if (inkAt(u, beside) >= 0.5) return true
    }
    return false
  }
  let [top, bottom] = [upper, lower]
  while (top < lower && !runsOn(top, top)) top++
  while (bottom > top && !runsOn(bottom - 1, bottom - 1)) bottom--
  if (top === upper) while (top > upper - 0.5 * capital && runsOn(top - 1, top)) top--
  if (bottom === lower) while (bottom < lower + 0.45 * capital && runsOn(bottom, bottom - 1)) bottom++
  return [top, bottom]
}
