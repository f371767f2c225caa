import type {
  Baseline,
  Box,
  PreparedPage,
  RecognizedLine,
  RecognizedSymbol,
  RecognizedWord,
  Transform,
} from '../model.ts'

/** Rectangle of the engine's image: `right` and `bottom` exclusive. */
interface Corners {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** One match a paragraph, line, word, symbol or choice of tesseract's hOCR; groups: kind, title, and the text. */
const element =
  /class='(ocr_par|ocr_line|ocr_header|ocr_caption|ocr_textfloat|ocrx_word|ocrx_cinfo)'[^>]*?\btitle=(["'])(.*?)\2[^>]*>([^<]*)/g

/**
 * Turn tesseract's hOCR into lines on the scan. Its JSON would hold the same and
 * much more, at 3 to 5 percent of the time of reading a page.
 *
 * Words without a letter, digit or sign to see, which tesseract makes of rules
 * and specks, are left out, and lines that hold no others.
 */
export function linesOf(hocr: string, page: PreparedPage): readonly RecognizedLine[] {
  const lines: RecognizedLine[] = []
  let words: RecognizedWord[] = []
  let word: Open | null = null
  let line: HocrLine = {slope: 0, corners: null, offset: 0}
  let paragraphStart = true
  const endWord = () => {
    const symbols = word?.symbols ?? []
    const text = spelled(symbols.length > 0 ? symbols.map(({text}) => text).join('') : (word?.text ?? ''))
    if (word !== null && text !== '') {
      const {box, confidence} = word
      words.push({text, box, confidence, ...(symbols.length > 0 && {symbols})})
    }
    word = null
  }
  const endLine = () => {
    endWord()
    const baseline = baselineOf(line, page)
    for (const part of splitAtGaps(words)) {
      const box = around(part)
      const angle = angleOf(line.slope, page.transform)
      const own = baseline === null ? {} : {baseline: cut(baseline, box)}
      lines.push({box, angle, ...own, paragraphStart, words: part})
      paragraphStart = false
    }
    words = []
  }
  for (const [, kind, , title = '', text = ''] of hocr.matchAll(element)) {
    if (kind === 'ocrx_cinfo') {
      if (word !== null) addSymbol(word.symbols, title, unescaped(text), page)
    } else if (kind === 'ocrx_word') {
      endWord()
      const box = cornersOf(title)
      if (box === null) continue
      const confidence = unit(Number(/x_wconf (\d+)/.exec(title)?.[1]))
      word = {text: unescaped(text), box: onScan(box, page), confidence, symbols: []}
    } else {
      endLine()
      if (kind === 'ocr_par') paragraphStart = true
      else line = lineOf(title)
    }
  }
  endLine()
  return lines
}

/** A word of which symbols may follow. */
interface Open extends RecognizedWord {
  readonly symbols: RecognizedSymbol[]
}

/** Adds a symbol, or what the last one could be beside. */
function addSymbol(symbols: RecognizedSymbol[], title: string, text: string, page: PreparedPage): void {
  const corners = cornersOf(title)
  const last = symbols.at(-1)
  if (corners !== null) {
    const confidence = unit(Number(/x_conf ([\d.]+)/.exec(title)?.[1]))
    symbols.push({text: spelled(text), box: onScan(corners, page), confidence, choices: []})
  } else if (last !== undefined) {
    const confidence = unit(Number(/x_confs ([\d.]+)/.exec(title)?.[1]))
    // Tesseract names what it looked at and gave nothing.
    if (confidence === 0) return
    const choices = [...last.choices, {text, confidence}].sort((a, b) => b.confidence - a.confidence)
    symbols[symbols.length - 1] = {...last, choices}
  }
}

function spelled(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, '')
}

interface HocrLine {
  readonly slope: number
  readonly corners: Corners | null
  /** Of the baseline at the left edge, from the lower edge; downwards. */
  readonly offset: number
}

function lineOf(title: string): HocrLine {
  const [, slope = '0', offset = '0'] = /baseline (-?[\d.]+) (-?[\d.]+)/.exec(title) ?? []
  return {slope: Number(slope), corners: cornersOf(title), offset: Number(offset)}
}

function baselineOf(
  {slope, corners, offset}: HocrLine,
  {transform: {a, b, c, d, e, f}}: PreparedPage,
): Baseline | null {
  if (corners === null) return null
  const {left, right, bottom} = corners
  const [v1, v2] = [bottom + offset, bottom + offset + slope * (right - left)]
  return {
    x1: a * left + c * v1 + e,
    y1: b * left + d * v1 + f,
    x2: a * right + c * v2 + e,
    y2: b * right + d * v2 + f,
  }
}

/** The part of a baseline that lies over a box, by the side along which it runs; to a tenth of a pixel. */
function cut({x1, y1, x2, y2}: Baseline, {x, y, width, height}: Box): Baseline {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const isLevel = Math.abs(dx) >= Math.abs(dy)
  const [from, run] = isLevel ? [x1, dx] : [y1, dy]
  const ends = isLevel ? [x, x + width] : [y, y + height]
  const [t1 = 0, t2 = 1] = run === 0 ? [0, 1] : ends.map(end => (end - from) / run).sort((p, q) => p - q)
  const tenth = (value: number) => Math.round(value * 10) / 10 + 0
  return {x1: tenth(x1 + t1 * dx), y1: tenth(y1 + t1 * dy), x2: tenth(x1 + t2 * dx), y2: tenth(y1 + t2 * dy)}
}

/** Percent to 0–1. */
export function unit(percent: number): number {
  return Number.isFinite(percent) ? Math.round(Math.min(100, Math.max(0, percent)) * 10) / 1000 : 0
}

function cornersOf(title: string): Corners | null {
  const match = /bbox(?:es)? (-?\d+) (-?\d+) (-?\d+) (-?\d+)/.exec(title)
  if (match === null) return null
  const [left = 0, top = 0, right = 0, bottom = 0] = match.slice(1).map(Number)
  return {left, top, right, bottom}
}

export function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => characters[name] ?? '')
}

const characters: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'"}

/**
 * Part what stands in one row but far apart, as a stamp beside a date or two
 * columns of names: more than five letters' width is no gap between words.
 */
function splitAtGaps(words: readonly RecognizedWord[]): RecognizedWord[][] {
  const letters = words.reduce((sum, {text}) => sum + [...text].length, 0)
  const letter = words.reduce((sum, {box}) => sum + box.width, 0) / letters
  const parts: RecognizedWord[][] = []
  let end = -Infinity
  for (const word of words) {
    const part = parts.at(-1)
    if (part === undefined || word.box.x - end > 5 * letter) parts.push([word])
    else part.push(word)
    end = word.box.x + word.box.width
  }
  return parts
}

/** The box around words, or lines. */
export function around(words: readonly {readonly box: Box}[]): Box {
  const left = Math.min(...words.map(({box}) => box.x))
  const top = Math.min(...words.map(({box}) => box.y))
  const right = Math.max(...words.map(({box}) => box.x + box.width))
  const bottom = Math.max(...words.map(({box}) => box.y + box.height))
  return {x: left, y: top, width: right - left, height: bottom - top}
}

/** Smallest upright box of whole pixels around a rectangle, within the scan. */
function onScan(
  {left, top, right, bottom}: Corners,
  {transform: {a, b, c, d, e, f}, width, height}: PreparedPage,
): Box {
  const xs = [a * left + c * top, a * right + c * top, a * left + c * bottom, a * right + c * bottom].map(x => x + e)
  const ys = [b * left + d * top, b * right + d * top, b * left + d * bottom, b * right + d * bottom].map(y => y + f)
  const x = clamp(Math.floor(Math.min(...xs) + 1e-6), width)
  const y = clamp(Math.floor(Math.min(...ys) + 1e-6), height)
  return {
    x,
    y,
    width: clamp(Math.ceil(Math.max(...xs) - 1e-6), width) - x,
    height: clamp(Math.ceil(Math.max(...ys) - 1e-6), height) - y,
  }
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value))
}

/** Clockwise degrees on the scan, to a hundredth. */
function angleOf(slope: number, {a, b, c, d}: Transform): number {
  const degrees = (Math.atan2(b + d * slope, a + c * slope) * 180) / Math.PI
  return Math.round(degrees * 100) / 100 + 0
}
