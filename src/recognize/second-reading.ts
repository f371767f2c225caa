import type {Box, PreparedPage, RecognizedLine, RecognizedWord, Strip} from '../model.ts'
import {around} from './hocr.ts'
import {placing} from './portion-marks/sheet.ts'

/** Has a strip of a page read. */
type ReadStrip = (strip: PreparedPage) => Promise<{readonly lines: readonly RecognizedLine[]}>

/** Lines are read again for so many words that were read with less confidence, or where less than this share of their letters was read. */
const fewestPoor = 2
const poorWord = 0.75
const mostRead = 0.9

/** By so much a second reading of a place must be the better one, 0 to 1. */
const better = 0.05

/** Less sure words that only one of two readings has are the mark, not the text. */
const leastAlone = 0.5

/** So much of its confidence a reading loses of which no word is plain. */
const oddness = 0.3

/** A line of the text has so many words that are as sure and as wide as its own, and few that are not. */
const fewestSure = 3
const leastSure = 0.8
const leastShare = 0.7

/** What is not between words that were read first, as a line of its own, is text at this confidence. */
const leastLine = 0.7

/** So many letters more or fewer may seem to fit: boxes are those of ink. */
const give = 1.3

/** By so much of it the middle half of widths of a letter may differ on type of one width. */
const mostSpread = 0.06

/** Fewest words of five letters by which the pitch is measured. */
const fewestWords = 10

/**
 * Read the lines that something lies over, and that were read poorly, a second time, with that taken off, and take of
 * each place the reading that is the better one: surer, and of as many letters as the place has room for.
 *
 * @param lines
 *   As they were read first.
 */
export async function readStrips(
  page: PreparedPage,
  lines: readonly RecognizedLine[],
  readStrip: ReadStrip,
): Promise<readonly RecognizedLine[]> {
  let best = lines
  const sheet: Sheet = {place: placing(page.transform).place, pitch: pitchOf(lines)}
  for (const strip of page.strips) {
    if (!isInDoubt(strip, lines, sheet)) continue
    const part = {...page, ...strip, letters: 0, columns: false, regions: [], layers: [], strips: []}
    for (const line of (await readStrip(part)).lines) best = withLine(best, line, sheet)
  }
  return best
}

/** Whether the rows of a strip were read so poorly that something else may be under what lies over them. */
function isInDoubt(
  {transform, imageWidth, imageHeight, letters}: Strip,
  lines: readonly RecognizedLine[],
  {place}: Sheet,
): boolean {
  const {a, b, c, d, e, f} = transform
  const [u, v] = [imageWidth / 2, imageHeight / 2]
  const middle = place({x: a * u + c * v + e, y: b * u + d * v + f, width: 0, height: 0}).y
  const half = (Math.hypot(b, d) * imageHeight) / 2
  const words = lines
    .flatMap(({words}) => words)
    .filter(({box}) => {
      const {y, height} = place(box)
      return Math.abs(y + height / 2 - middle) <= half
    })
  const poor = words.filter(({confidence}) => confidence < poorWord)
  return poor.length >= fewestPoor || words.reduce((sum, {text}) => sum + text.length, 0) < mostRead * letters
}

interface Sheet {
  /** A box of the scan where the page is level. */
  readonly place: (box: Box) => Box
  /** From one letter to the next, in pixels of the scan; null where it is not known. */
  readonly pitch: number | null
}

/** A word of a row, with its box where the page is level. */
interface Placed {
  readonly word: RecognizedWord
  readonly box: Box
  /** Index of its line; -1 for one of the second reading. */
  readonly at: number
}

/** Put a line of a second reading where it belongs. */
function withLine(
  lines: readonly RecognizedLine[],
  again: RecognizedLine,
  {place, pitch}: Sheet,
): readonly RecognizedLine[] {
  const fresh = again.words.map(word => ({word, box: place(word.box), at: -1}))
  const [middle, height] = [
    median(fresh.map(({box}) => box.y + box.height / 2)),
    median(fresh.map(({box}) => box.height)),
  ]
  const old = lines.flatMap(({words}, at) => words.map(word => ({word, box: place(word.box), at})))
  const row = old.filter(({box}) => Math.abs(box.y + box.height / 2 - middle) < 0.5 * height)
  if (!isOfText([...row, ...fresh], pitch)) return lines
  if (row.length === 0) return sureness(fresh) < leastLine ? lines : inserted(lines, again)
  const chosen = placesOf([...row, ...fresh]).flatMap(words => {
    const [first, second] = [words.filter(({at}) => at !== -1), words.filter(({at}) => at === -1)]
    const room = pitch === null ? null : Math.max(1, around(words.map(({word}) => word)).width / pitch)
    if (second.length === 0) return first.filter(({word}) => word.confidence >= leastAlone || hasLetters(word))
    const isNew = !first.some(({word}) => /[\p{L}\p{N}]/u.test(word.text))
    if (isNew ? !isText(second, row, room) : !isBetter(second, first, room)) return first
    return second.map(entry => ({...entry, at: first[0]?.at ?? nearest(entry, row)}))
  })
  return lines.flatMap((line, at) => {
    if (!row.some(entry => entry.at === at)) return [line]
    const kept = old.filter(entry => entry.at === at && !row.includes(entry))
    const words = [...kept, ...chosen.filter(entry => entry.at === at)].sort((a, b) => a.box.x - b.box.x)
    const own = words.map(({word}) => word)
    return own.length === 0 ? [] : [{...line, words: own, box: around(own)}]
  })
}

/** Whether a row is of the page's text; stamps, banners and footers, which are to be read as they are, have another pitch. */
function isOfText(words: readonly Placed[], pitch: number | null): boolean {
  const sure = words.filter(({word}) => word.confidence >= leastSure && word.text.length >= 3)
  const fitting = sure.filter(entry => misfit([entry], pitch === null ? null : entry.word.box.width / pitch) <= give)
  return fitting.length >= fewestSure && fitting.length >= leastShare * sure.length
}

/** Part the words of both readings of a row where both have a gap. */
function placesOf(words: readonly Placed[]): readonly (readonly Placed[])[] {
  const places: Placed[][] = []
  let end = -Infinity
  for (const entry of [...words].sort((a, b) => a.box.x - b.box.x)) {
    const {x, width} = entry.box
    // Boxes that touch by an edge are neighbours.
    if (x >= end - 0.3 * (width / entry.word.text.length)) places.push([])
    places.at(-1)!.push(entry)
    end = Math.max(end, x + width)
  }
  return places
}

/** Mean confidence of letters. */
function sureness(words: readonly Placed[]): number {
  const sum = words.reduce((sum, {word}) => sum + word.text.length * word.confidence, 0)
  return sum / Math.max(1, lettersOf(words))
}

function lettersOf(words: readonly Placed[]): number {
  return words.reduce((sum, {word}) => sum + word.text.length, 0)
}

/** By how many letters and blanks a reading has too few or too many for its room, in letters; 0 where that is not known. */
function misfit(words: readonly Placed[], room: number | null): number {
  return room === null ? 0 : Math.abs(lettersOf(words) + words.length - 1 - room)
}

/** A reading that fits its room beats one that does not: under a mark the engine leaves letters out and is sure of the rest. */
function isBetter(second: readonly Placed[], first: readonly Placed[], room: number | null): boolean {
  const fits = misfit(second, room) <= give && second.every(isPlain)
  const firstFits = misfit(first, room) <= give
  return fits === firstFits ? worth(second) > worth(first) + better : fits
}

/** Confidence, less for words with signs between their letters, of which the engine is as sure as of others. */
function worth(words: readonly Placed[]): number {
  return sureness(words) - oddness * (words.filter(entry => !isPlain(entry)).length / words.length)
}

/**
 * Whether words that only the second reading has are text: sure, or between others and of as many letters as were left
 * out there.
 */
function isText(words: readonly Placed[], row: readonly Placed[], room: number | null): boolean {
  if (!words.every(isPlain)) return false
  const isWithin = row.some(({box}) => box.x < words[0]!.box.x) && row.some(({box}) => box.x > words.at(-1)!.box.x)
  const least = isWithin ? leastAlone : leastLine
  return sureness(words) >= least || (isWithin && room !== null && room >= 2 && misfit(words, room) <= give)
}

/** A word as prose has them: letters and figures, signs about them, few signs within. */
function isPlain({word}: Placed): boolean {
  return /^[("'“‘]*[\p{L}\p{N}][\p{L}\p{N}'’.,/-]*[)"'”’.,;:?!-]*$/u.test(word.text)
}

function hasLetters({text}: RecognizedWord): boolean {
  return (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= 3
}

/** From one letter to the next; null on type that is not of one width. */
function pitchOf(lines: readonly RecognizedLine[]): number | null {
  const widths = lines
    .flatMap(({words}) => words)
    .filter(({text, confidence}) => text.length >= 5 && confidence >= 0.85)
    .map(({text, box}) => box.width / (text.length - 0.2))
    .sort((a, b) => a - b)
  if (widths.length < fewestWords) return null
  const [low, usual, high] = [0.25, 0.5, 0.75].map(share => widths[Math.floor(share * widths.length)]!) as [
    number,
    number,
    number,
  ]
  return high - low > mostSpread * usual ? null : usual
}

/** The line of the word of a row that another lies nearest to. */
function nearest({box}: Placed, row: readonly Placed[]): number {
  const away = (other: Placed) => Math.max(other.box.x - (box.x + box.width), box.x - (other.box.x + other.box.width))
  return row.reduce((best, other) => (away(other) < away(best) ? other : best)).at
}

/** Put a line after the last one above it. */
function inserted(lines: readonly RecognizedLine[], line: RecognizedLine): readonly RecognizedLine[] {
  const above = lines.findLastIndex(({box}) => box.y + box.height / 2 < line.box.y + line.box.height / 2)
  return [...lines.slice(0, above + 1), {...line, paragraphStart: false}, ...lines.slice(above + 1)]
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
