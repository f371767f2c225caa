import {createHash} from 'node:crypto'
import type {Baseline, Box, Finding, Recognition, RecognizedLine, RecognizedWord} from '../../model.ts'

/** A page as a file of another program gives it. */
export interface ForeignPage {
  /** Size in the unit of its boxes; 0 where the file does not say. */
  readonly width: number
  readonly height: number
  /** 0 to 1; null where the file does not say: then it is the mean of the words. */
  readonly confidence: number | null
  readonly lines: readonly ForeignLine[]
  /** What a person should know of this page: a rule's name and the reason. */
  readonly notes?: readonly {readonly name: string; readonly reason: string}[]
}

export interface ForeignLine {
  readonly box: Box
  /** Clockwise degrees. */
  readonly angle: number
  /** Absent where the file does not say. */
  readonly baseline?: Baseline
  readonly paragraphStart: boolean
  readonly words: readonly ForeignWord[]
}

/** A word, or words parted by white space where the file does not tell them apart. */
export interface ForeignWord {
  readonly text: string
  readonly box: Box
  /** 0 to 1; null where the file does not say. */
  readonly confidence: number | null
}

/** What made the file, as far as it says. */
export interface ForeignEngine {
  /** Format, as in `alto`. */
  readonly format: string
  /** Name and version of the program; empty where the file does not say. */
  readonly version: string
  /** Language or model; empty where the file does not say. */
  readonly model: string
}

/** A box of no size, for words that have no place. */
export const nowhere: Box = {x: 0, y: 0, width: 0, height: 0}

/**
 * Makes recognitions of the pages of a file, for pages `<name>/1`, `<name>/2`, …
 *
 * The engine is `imported:<format>`; the fingerprint is of the bytes and the page's
 * number, so a changed file is another reading. A word without confidence has 1:
 * whoever made the file voiced no doubt. A note says so where no word has one.
 */
export function toRecognitions(
  pages: readonly ForeignPage[],
  engine: ForeignEngine,
  bytes: Uint8Array,
  name: string,
): readonly Recognition[] {
  const hash = createHash('sha256').update(bytes).digest('hex')
  return pages.map((page, index) => {
    const pageId = `${name}/${index + 1}`
    const lines = page.lines.flatMap(toLine)
    const words = page.lines.flatMap(line => line.words)
    const notes = [...(page.notes ?? [])]
    if (words.length > 0 && words.every(({confidence}) => confidence === null)) {
      const reason = `Unexpected reading \`${name}\` without confidences, expected one a word, each counts as sure`
      notes.push({name: 'no-confidence', reason})
    }
    return {
      schemaVersion: 1,
      pageId,
      fingerprint: createHash('sha256').update(`${hash} ${index}`).digest('hex'),
      engine: {
        name: `imported:${engine.format}`,
        version: engine.version,
        model: engine.model,
        modelSha256: '',
        parameters: {},
      },
      width: page.width,
      height: page.height,
      confidence: page.confidence ?? meanConfidence(lines),
      lines,
      regions: [],
      findings: notes.map(
        ({name: rule, reason}): Finding => ({
          ruleId: `read:${rule}`,
          severity: 'info',
          reason,
          file: null,
          page: pageId,
          point: null,
        }),
      ),
    }
  })
}

/** Percent to 0–1; null for what is no number or below 0, which tesseract writes for "none". */
export function percent(value: number | null): number | null {
  return value === null || !(value >= 0) ? null : Math.min(value / 100, 1)
}

/** A share of 1, or a percentage, to 0–1: programs write either. */
export function share(value: number | null): number | null {
  return value !== null && value > 1 ? percent(value) : value === null || !(value >= 0) ? null : value
}

/** The box around points; `nowhere` for none. */
export function boxAround(points: readonly (readonly [number, number])[]): Box {
  if (points.length === 0) return nowhere
  const [first] = points
  let [left, top] = first!
  let [right, bottom] = first!
  for (const [x, y] of points) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return {x: left, y: top, width: right - left, height: bottom - top}
}

/** Clockwise degrees of the way from the first of some points to the last; null for fewer than two. */
export function angleAlong(points: readonly (readonly [number, number])[]): number | null {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || points.length < 2 || first[0] === last[0]) return null
  return degrees((last[1] - first[1]) / (last[0] - first[0]))
}

/** The baseline from the first of some points to the last, as a field of a line; none for fewer than two. */
export function baselineAlong(points: readonly (readonly [number, number])[]): {readonly baseline?: Baseline} {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || points.length < 2) return {}
  return {baseline: {x1: first[0], y1: first[1], x2: last[0], y2: last[1]}}
}

/** Degrees of a slope. */
export function degrees(slope: number): number {
  return (Math.atan(slope) * 180) / Math.PI
}

/** Points as in `1,2 3,4`; what is no pair of numbers is left out. */
export function parsePoints(points: string): readonly (readonly [number, number])[] {
  return [...points.matchAll(/(-?\d+(?:\.\d+)?)[,\s]\s*(-?\d+(?:\.\d+)?)/g)].map(([, x, y]) => [Number(x), Number(y)])
}

function toLine({words, ...line}: ForeignLine): RecognizedLine[] {
  const split = words.flatMap(splitWords)
  return split.length === 0 ? [] : [{...line, words: split}]
}

/**
 * Cuts a text at its white space; each word gets the share of the box that its
 * characters have of the text's.
 *
 * A soft hyphen at the end is the hyphen that stands on the scan. Control
 * characters are left out; a lone surrogate is U+FFFD.
 */
function splitWords({text, box, confidence}: ForeignWord): RecognizedWord[] {
  const clean = text
    .replace(/[\p{Cc}\ufeff]/gu, unit => (/\s/.test(unit) ? ' ' : ''))
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\u00ad(?=\s*$)/u, '-')
  const step = box.width / clean.length
  return [...clean.matchAll(/\S+/g)].map(({0: word, index}) => ({
    text: word,
    box: word.length === clean.length ? box : {...box, x: box.x + index * step, width: word.length * step},
    confidence: confidence ?? 1,
  }))
}

function meanConfidence(lines: readonly RecognizedLine[]): number {
  let sum = 0
  let count = 0
  for (const {words} of lines) {
    for (const {confidence} of words) {
      sum += confidence
      count++
    }
  }
  return count === 0 ? 0 : sum / count
}
