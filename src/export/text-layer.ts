import type {Box, Recognition, RecognizedWord} from '../model.ts'
import {paragraphsOf, type WrittenLine} from './words.ts'

/** Text and where it goes: a matrix `a b c d e f` from a line of letters half a unit wide and one high, standing on 0, to points of the page. */
export interface PlacedText {
  readonly text: string
  readonly matrix: readonly [number, number, number, number, number, number]
}

/** Of a line's height, what lies below its baseline where that is not known. */
const descent = 0.2

/**
 * Place the words of a page, each over the width of its box and along the angle of its
 * line, a blank behind it; what is read from right to left runs so.
 *
 * Words without a place, as of plain text, are spread over the page, line below line.
 *
 * @param scale
 *   Points to a pixel of the scan.
 */
export function layoutText({lines, width, height}: Recognition, scale: number): readonly PlacedText[] {
  const written = paragraphsOf(lines).flat()
  const isPlaced = written.some(({words}) => words.some(({box}) => box.width > 0))
  const placed = isPlaced ? written : written.map((line, index) => spread(line, index, written.length, width, height))
  return placed.flatMap(line => layoutLine(line, height, scale))
}

function layoutLine(line: WrittenLine, pageHeight: number, scale: number): readonly PlacedText[] {
  const {angle, baseline, words} = line
  const turn = (angle * Math.PI) / 180
  const along = {x: Math.cos(turn), y: Math.sin(turn)}
  const isLevel = Math.abs(along.x) >= Math.abs(along.y)
  const lengthOf = ({width, height}: Box) => Math.max(1, isLevel ? width : height)
  const size = Math.max(1, ...words.map(({box}) => (isLevel ? box.height : box.width)))
  const startOf = ({box}: RecognizedWord) => {
    const half = lengthOf(box) / 2
    const x = box.x + box.width / 2 - along.x * half
    const y = box.y + box.height / 2 - along.y * half
    // Down to the baseline: where it is known by its distance from there, else by the height of the line.
    const across = {x: -along.y, y: along.x}
    const down = baseline
      ? (baseline.x1 - x) * across.x + (baseline.y1 - y) * across.y
      : (isLevel ? box.height : box.width) * (0.5 - descent)
    return {x: x + across.x * down, y: y + across.y * down}
  }
  const place = (text: string, start: {x: number; y: number}, length: number): PlacedText => {
    const isBackwards = rightToLeft.test(text)
    const sign = isBackwards ? -1 : 1
    const from = isBackwards ? {x: start.x + along.x * length, y: start.y + along.y * length} : start
    const stretch = (sign * length * scale) / (0.5 * [...text].length)
    const high = size * scale
    // With a blank behind it a word is told from the next one; and of a single letter that nobody sees readers make nothing.
    return {
      text: `${text} `,
      matrix: [
        stretch * along.x,
        -stretch * along.y,
        high * along.y,
        high * along.x,
        from.x * scale,
        (pageHeight - from.y) * scale,
      ],
    }
  }
  return words.map(word => place(word.text, startOf(word), lengthOf(word.box)))
}

/** Begins with a letter of a script that runs from right to left. */
const rightToLeft = /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

function spread(line: WrittenLine, index: number, count: number, width: number, height: number): WrittenLine {
  const row = height / (count + 1)
  const letters = line.words.reduce((sum, {text}) => sum + text.length + 1, 0)
  let at = 0
  const words = line.words.map(word => {
    const x = (width * at) / letters
    at += word.text.length + 1
    const box = {x, y: (index + 0.5) * row, width: (width * word.text.length) / letters, height: row * 0.8}
    return {...word, box}
  })
  return {box: line.box, angle: 0, words}
}
