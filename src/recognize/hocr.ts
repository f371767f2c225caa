import type {Box, PreparedPage, RecognizedLine, RecognizedWord, Transform} from '../model.ts'

/** Rectangle of the engine's image: `right` and `bottom` exclusive. */
interface Corners {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** One match a paragraph, line or word of tesseract's hOCR; groups: kind, title, and the text of a word. */
const element =
  /class='(ocr_par|ocr_line|ocr_header|ocr_caption|ocr_textfloat|ocrx_word)'[^>]*?\btitle=(["'])(.*?)\2[^>]*>([^<]*)/g

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
  let slope = 0
  let paragraphStart = true
  const endLine = () => {
    for (const part of splitAtGaps(words)) {
      lines.push({box: around(part), angle: angleOf(slope, page.transform), paragraphStart, words: part})
      paragraphStart = false
    }
    words = []
  }
  for (const [, kind, , title = '', text = ''] of hocr.matchAll(element)) {
    if (kind === 'ocrx_word') {
      const box = cornersOf(title)
      const spelled = unescaped(text).replace(/[\s\p{Cc}]+/gu, '')
      if (box === null || spelled === '') continue
      words.push({text: spelled, box: onScan(box, page), confidence: unit(Number(/x_wconf (\d+)/.exec(title)?.[1]))})
      continue
    }
    endLine()
    if (kind === 'ocr_par') paragraphStart = true
    else slope = Number(/baseline (-?[\d.]+)/.exec(title)?.[1] ?? 0)
  }
  endLine()
  return lines
}

/** Percent to 0–1. */
export function unit(percent: number): number {
  return Number.isFinite(percent) ? Math.round(Math.min(100, Math.max(0, percent)) * 10) / 1000 : 0
}

function cornersOf(title: string): Corners | null {
  const match = /bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)/.exec(title)
  if (match === null) return null
  const [left = 0, top = 0, right = 0, bottom = 0] = match.slice(1).map(Number)
  return {left, top, right, bottom}
}

function unescaped(text: string): string {
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

function around(words: readonly RecognizedWord[]): Box {
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
