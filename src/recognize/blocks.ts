import {z} from 'zod'
import type {Box, PreparedPage, RecognizedLine, RecognizedWord, Transform} from '../model.ts'

/** Rectangle of tesseract's JSON: corners in pixels of the image it was given, the second one exclusive. */
const corners = z.object({x0: z.number(), y0: z.number(), x1: z.number(), y1: z.number()})

const blocksSchema = z.array(
  z.object({
    paragraphs: z
      .array(
        z.object({
          lines: z
            .array(
              z.object({
                bbox: corners,
                baseline: corners.nullish(),
                words: z.array(z.object({text: z.string(), confidence: z.number(), bbox: corners})).nullish(),
              }),
            )
            .nullish(),
        }),
      )
      .nullish(),
  }),
)

type Corners = z.infer<typeof corners>

/**
 * Turn tesseract's blocks into lines on the scan.
 *
 * Words without a letter, digit or sign to see, which tesseract makes of rules
 * and specks, are left out, and lines that hold no others.
 *
 * @param blocks
 *   `data.blocks` as tesseract.js gives them; null for an empty page.
 */
export function linesOf(blocks: unknown, page: PreparedPage): readonly RecognizedLine[] {
  const lines: RecognizedLine[] = []
  for (const block of blocksSchema.parse(blocks ?? [])) {
    for (const paragraph of block.paragraphs ?? []) {
      let paragraphStart = true
      for (const line of paragraph.lines ?? []) {
        const words: RecognizedWord[] = []
        for (const {text, confidence, bbox} of line.words ?? []) {
          const spelled = text.replace(/[\s\p{Cc}]+/gu, '')
          if (spelled === '') continue
          words.push({text: spelled, box: onScan(bbox, page), confidence: unit(confidence)})
        }
        if (words.length === 0) continue
        const angle = line.baseline ? angleOf(line.baseline, page.transform) : 0
        for (const part of splitAtGaps(words)) {
          lines.push({box: around(part), angle, paragraphStart, words: part})
          paragraphStart = false
        }
      }
    }
  }
  return lines
}

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

/** Percent to 0–1. */
export function unit(percent: number): number {
  return Number.isFinite(percent) ? Math.round(Math.min(100, Math.max(0, percent)) * 10) / 1000 : 0
}

/** Smallest upright box of whole pixels around a rectangle, within the scan. */
function onScan({x0, y0, x1, y1}: Corners, {transform: {a, b, c, d, e, f}, width, height}: PreparedPage): Box {
  const xs = [a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1].map(x => x + e)
  const ys = [b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1].map(y => y + f)
  const left = clamp(Math.floor(Math.min(...xs) + 1e-6), width)
  const top = clamp(Math.floor(Math.min(...ys) + 1e-6), height)
  const right = clamp(Math.ceil(Math.max(...xs) - 1e-6), width)
  const bottom = clamp(Math.ceil(Math.max(...ys) - 1e-6), height)
  return {x: left, y: top, width: right - left, height: bottom - top}
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value))
}

/** Clockwise degrees on the scan, to a hundredth. */
function angleOf({x0, y0, x1, y1}: Corners, {a, b, c, d}: Transform): number {
  const across = a * (x1 - x0) + c * (y1 - y0)
  const down = b * (x1 - x0) + d * (y1 - y0)
  const degrees = across === 0 && down === 0 ? 0 : (Math.atan2(down, across) * 180) / Math.PI
  return Math.round(degrees * 100) / 100 + 0
}
