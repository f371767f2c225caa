import type {Box, PreparedPage, RecognizedLine, RecognizedWord, Region} from '../../model.ts'
import {around} from '../hocr.ts'
import {penInk} from './pen-strokes.ts'
import {isDoubtful, type Place, placesOf, sureWord} from './places.ts'
import {type Sheet, sheetOf} from './sheet.ts'
import {shapesOf, type TypeShapes} from './type-shapes.ts'
import {digits, type Match, matchUnderPen, smallLetters} from './under-pen.ts'

/** The grades of paragraphs that a mark may give: unclassified, limited or official use, confidential, secret, top secret; not for foreigners. */
export const portionMarks: readonly string[] = [
  '(U)',
  '(C)',
  '(S)',
  '(TS)',
  '(LOU)',
  '(FOUO)',
  '(C/NF)',
  '(S/NF)',
  '(TS/NF)',
]
const usualMarks = 4

/** What else a pen may have struck there, with signs of `under-pen.ts` for any digit or small letter. */
const rivals: readonly string[] = ['(#)', '(##)', '(@)', '##', '###', '####']

/** All that marks and rivals are made of. */
const signs = [...new Set(portionMarks.join('') + digits + smallLetters)].join('')

/**
 * Ink scored lower is no mark: words and handwriting on the scans looked at have less. Off the ends of paragraphs other
 * things stand as well, and a longer mark has more ways to fit.
 */
const leastScore = {end: 10, below: 40, beginning: 40}
const scoreOfLetter = 25
const usualLength = 4

/** Fewest pixels of a pen's ink where one struck; type that nobody struck must be explained so much better. */
const leastPen = 30
const scoreOfBare = 80

/** A page has so large a share of sure words; on poorer ones all else looks like a mark as well. */
const leastSure = 0.8

/** By how much in score a mark must be the better one for odds of e to 1: neighbouring pixels say the same. */
const scoresPerOdds = 10

/** Odds, as logarithms: of a mark that few pages have; of a heading that is unclassified; of a number in brackets, which is as likely as a mark, and of what else was struck. */
const rare = -2
const openHeading = 1.5
const number = 0.5
const otherwise = -2

/** How much a page's other marks say of one: grades come together, but not always. */
const weightOfPage = 0.4

/** Odds, as logarithms, of a number where numbers in brackets stand on the page, and where just this one is missing. */
const amongNumbers = 1
const missingNumber = 6

/** No mark under a pen is read with more confidence than this. */
const mostConfidence = 0.9

/**
 * Read the portion marks at the beginnings and ends of paragraphs that a pen struck when the page was declassified: the
 * engine reads the pen with the letters, or nothing. What is there is compared with the page's own type.
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
  const type = lines.length === 0 ? null : shapesOf(signs, lines, sheet)
  if (type === null || sureness(lines) < leastSure) return {lines, regions: page.regions}
  const places = placesOf(lines, sheet, type, text => portionMarks.includes(text))
  const looked = places.map(place => lookAt(place, sheet, type))
  const numbers = numbersOf(lines)
  const first = looked.map(seen => weighed(seen, numbers, []))
  const marks = looked.flatMap((seen, index) => {
    const others = first.flatMap((match, at) => (at === index || match === null ? [] : [match.text]))
    const read = weighed(seen, numbers, [...others, ...plainMarks(lines)])
    return read === null ? [] : [{place: seen.place, word: {...read, box: sheet.onScan(seen.place.box)}}]
  })
  const regions = page.regions.map(region => {
    const mark = region.kind === 'strike' ? marks.find(({word}) => shares(region.box, word.box)) : undefined
    return mark === undefined ? region : {...region, text: mark.word.text}
  })
  return {lines: withMarks(lines, marks), regions}
}

/** What ink may be; rivals and the pen are looked for, which takes time, only where a mark is likely enough to be read. */
function lookAt(place: Place, sheet: Sheet, type: TypeShapes): Seen {
  const {at, box, foot} = place
  const marks = matchUnderPen(box, foot, portionMarks, sheet, type)
  if ((marks[0]?.score ?? 0) < leastScore[at]) return {place, isStruck: false, matches: marks}
  const isStruck = penInk(box, sheet, type.capital) >= leastPen
  return {place, isStruck, matches: [...marks, ...matchUnderPen(box, foot, rivals, sheet, type)]}
}

/** Share of words that are sure. */
function sureness(lines: readonly RecognizedLine[]): number {
  const words = lines.flatMap(({words}) => words).filter(({text}) => text.length > 2)
  return words.filter(({confidence}) => confidence >= sureWord).length / Math.max(1, words.length)
}

interface Mark {
  readonly place: Place
  readonly word: RecognizedWord
}

/** Put marks into their lines, those below a paragraph as lines of their own; what the engine made of them goes. */
function withMarks(lines: readonly RecognizedLine[], marks: readonly Mark[]): readonly RecognizedLine[] {
  const below = marks.filter(({place}) => place.at === 'below')
  return lines.flatMap((line, index) => {
    const beside = marks.filter(({place}) => place.line === index && place.at !== 'below')
    const isTaken = (word: RecognizedWord) =>
      isDoubtful(word) && [...beside, ...below].some(mark => shares(word.box, mark.word.box))
    const words: RecognizedWord[] = []
    for (let at = 0; at <= line.words.length; at++) {
      words.push(...beside.filter(({place}) => place.before === at).map(({word}) => word))
      const word = line.words[at]
      if (word !== undefined && !isTaken(word)) words.push(word)
    }
    const own = words.length === 0 ? [] : [{...line, words, box: around(beside.length > 0 ? [line, ...words] : words)}]
    const alone = below.filter(({place}) => place.line === index)
    return [...own, ...alone.map(({word}) => ({...line, words: [word], box: word.box, paragraphStart: false}))]
  })
}

/** A place that was looked at. */
interface Seen {
  readonly place: Place
  readonly isStruck: boolean
  readonly matches: readonly Match[]
}

/** The likeliest text of a place as a word; null where it is none of the marks. */
function weighed(
  {place: {at, line, isHeading}, isStruck, matches}: Seen,
  numbers: readonly Numbered[],
  others: readonly string[],
): Pick<RecognizedWord, 'text' | 'confidence'> | null {
  const odds = matches.map(({text, score}) => {
    const isMark = portionMarks.includes(text)
    const prior = isMark
      ? oddsOfMark(text, isHeading, others)
      : text === '(#)'
        ? number + oddsOfNumber(line, numbers)
        : otherwise
    return {text, isMark, score, odds: score / scoresPerOdds + prior}
  })
  const best = odds.reduce((one, other) => (other.odds > one.odds ? other : one))
  const least =
    leastScore[at] + scoreOfLetter * Math.max(0, best.text.length - usualLength) + (isStruck ? 0 : scoreOfBare)
  if (!best.isMark || best.score < least) return null
  const all = odds.reduce((sum, {odds}) => sum + Math.exp(odds - best.odds), 0)
  return {text: best.text, confidence: Math.round((100 * mostConfidence) / all) / 100}
}

/** What a page's other marks say of one, in logarithms. */
function oddsOfMark(text: string, isHeading: boolean, others: readonly string[]): number {
  const alike = others.filter(other => other === text).length
  const seen = weightOfPage * Math.log((alike + 1) / (others.length + usualMarks))
  return seen + (portionMarks.indexOf(text) < usualMarks ? 0 : rare) + (isHeading && text === '(U)' ? openHeading : 0)
}

/** Marks that the engine read by itself. */
function plainMarks(lines: readonly RecognizedLine[]): readonly string[] {
  return lines.flatMap(({words}) => words.flatMap(({text}) => (portionMarks.includes(text) ? [text] : [])))
}

/** A number in brackets, and its line. */
interface Numbered {
  readonly line: number
  readonly value: number
}

function numbersOf(lines: readonly RecognizedLine[]): readonly Numbered[] {
  return lines.flatMap(({words}, line) =>
    words.flatMap(({text, confidence}) => {
      const [, digits] = confidence < sureWord ? [] : (/^\((\d{1,2})\)/.exec(text) ?? [])
      return digits === undefined ? [] : [{line, value: Number(digits)}]
    }),
  )
}

/** How much likelier than elsewhere a number in brackets is, in logarithms. */
function oddsOfNumber(line: number, numbers: readonly Numbered[]): number {
  const above = numbers.findLast(other => other.line <= line)
  const below = numbers.find(other => other.line > line)
  if (below !== undefined && below.value === (above?.value ?? 0) + 2) return missingNumber
  return numbers.length > 0 ? amongNumbers : 0
}

/** Whether the middle of a box, from left to right, lies in another. */
function shares({x, y, width, height}: Box, other: Box): boolean {
  const middle = x + width / 2
  return middle >= other.x && middle <= other.x + other.width && y < other.y + other.height && other.y < y + height
}
