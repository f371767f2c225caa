import type {Box, PreparedPage, RecognizedLine, RecognizedWord, Region} from '../../model.ts'
import {around} from '../hocr.ts'
import {type Sheet, sheetOf} from './sheet.ts'
import {shapesOf, type TypeShapes} from './type-shapes.ts'
import {type Match, matchUnderPen} from './under-pen.ts'

/** The grades of paragraphs that a mark may give: unclassified, confidential, secret, top secret. */
export const portionMarks: readonly string[] = ['(U)', '(C)', '(S)', '(TS)']

/**
 * A word at the end of a line that is at most so long, and read with less confidence, may be a mark a pen struck; so may
 * one of signs alone, as the bracket of a mark that the engine read by itself.
 */
const longest = 6
const doubtful = 0.8

/** Ink scored lower is no mark: marks of the scans looked at have 31 and more, words and handwriting -46 and less. */
const leastScore = 15

/** By how much in score a mark must be the better one for odds of e to 1: neighbouring pixels say the same. */
const scoresPerOdds = 10

/** No mark under a pen is read with more confidence than this. */
const mostConfidence = 0.9

/**
 * Read the portion marks at the ends of paragraphs that a pen struck when the page was declassified: the engine reads
 * the pen with the letters, or nothing. What is there is compared with the page's own type.
 *
 * @param lines
 *   As the engine read them.
 * @returns
 *   The lines with the marks as words, in the place of what the engine made of them; and the regions, those of strikes
 *   over a mark with its text.
 */
export function readPortionMarks(
  page: PreparedPage,
  lines: readonly RecognizedLine[],
): {readonly lines: readonly RecognizedLine[]; readonly regions: readonly Region[]} {
  const sheet = sheetOf(page)
  const type = lines.length === 0 ? null : shapesOf([...new Set(portionMarks.join(''))].join(''), lines, sheet)
  if (type === null) return {lines, regions: page.regions}
  const marks: RecognizedWord[] = []
  const read = lines.map((line, index) => {
    const found = findInk(line, lines[index + 1], sheet, type)
    const mark = found === null ? null : markOf(found, sheet, type)
    if (found === null || mark === null) return line
    marks.push(mark)
    const after = line.words.slice(found.words).filter(({box}) => !shares(box, mark.box))
    return {...line, box: around([line, mark]), words: [...line.words.slice(0, found.words), mark, ...after]}
  })
  const regions = page.regions.map(region => {
    const mark = region.kind === 'strike' ? marks.find(({box}) => shares(region.box, box)) : undefined
    return mark === undefined ? region : {...region, text: mark.text}
  })
  return {lines: read, regions}
}

/** Ink at the end of a line. */
interface Found {
  /** Words of the line before it. */
  readonly words: number
  /** On the sheet. */
  readonly box: Box
  readonly foot: number
}

/** The ink after the last word of a paragraph that was read well; null where there is none of a mark's size. */
function findInk(
  {words, baseline}: RecognizedLine,
  next: RecognizedLine | undefined,
  sheet: Sheet,
  {pitch, capital}: TypeShapes,
): Found | null {
  let count = words.length
  const isDoubtful = ({text, confidence}: RecognizedWord) =>
    text.length <= longest && (confidence < doubtful || !/[\p{L}\p{N}]/u.test(text))
  while (count > 0 && isDoubtful(words[count - 1]!)) count--
  const last = words[count - 1]
  if (last === undefined || portionMarks.includes(last.text) || baseline === undefined) return null
  if (!words.slice(0, count).some(({text}) => text.length > 2)) return null
  const end = sheet.place(last.box)
  if (next !== undefined && !next.paragraphStart) {
    const below = sheet.place(next.box).y - (end.y + end.height)
    if (below < 1.6 * capital && below > -end.height) return null
  }
  const line = sheet.place({x: baseline.x2, y: baseline.y2, width: 0, height: 0})
  const box = inkAfter(end.x + end.width, line.y, sheet, pitch, capital)
  return box === null ? null : {words: count, box, foot: line.y}
}

/** The first ink to the right that stands together, if it is two to six letters wide and as high as one. */
function inkAfter(end: number, foot: number, {inkAt, width}: Sheet, pitch: number, capital: number): Box | null {
  const [from, to] = [Math.round(end + 0.5 * pitch), Math.min(width, Math.round(end + 9 * pitch))]
  const [upper, lower] = [Math.round(foot - 1.5 * capital), Math.round(foot + 0.6 * capital)]
  const inkIn = (x: number) => {
    let count = 0
    for (let y = upper; y < lower; y++) if (inkAt(x, y) >= 0.5) count++
    return count
  }
  let [left, right] = [-1, -1]
  for (let x = from; x < to; x++) {
    if (inkIn(x) >= 2) {
      if (left === -1) left = x
      right = x + 1
    } else if (left !== -1 && x - right > pitch) break
  }
  if (left === -1 || right - left < 1.5 * pitch || right - left > 6 * pitch) return null
  let [top, bottom] = [lower, upper]
  for (let y = upper; y < lower; y++) {
    for (let x = left; x < right; x++) {
      if (inkAt(x, y) < 0.5) continue
      top = Math.min(top, y)
      bottom = y + 1
    }
  }
  return bottom - top < 0.8 * capital ? null : {x: left, y: top, width: right - left, height: bottom - top}
}

function markOf({box, foot}: Found, sheet: Sheet, type: TypeShapes): RecognizedWord | null {
  const matches = matchUnderPen(box, foot, portionMarks, sheet, type)
  const [best] = matches
  if (best === undefined || best.score < leastScore) return null
  return {text: best.text, box: sheet.onScan(box), confidence: confidenceIn(best, matches)}
}

/** The share of the best among all, to a hundredth. */
function confidenceIn(best: Match, matches: readonly Match[]): number {
  const odds = matches.reduce((sum, {score}) => sum + Math.exp((score - best.score) / scoresPerOdds), 0)
  return Math.round((100 * mostConfidence) / odds) / 100
}

/** Whether the middle of a box, from left to right, lies in another. */
function shares({x, y, width, height}: Box, other: Box): boolean {
  const middle = x + width / 2
  return middle >= other.x && middle <= other.x + other.width && y < other.y + other.height && other.y < y + height
}
