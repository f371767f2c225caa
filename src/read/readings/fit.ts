import {createHash} from 'node:crypto'
import type {Box, Finding, Page, Recognition} from '../../model.ts'
import {nowhere} from './reading.ts'

/** Sides may differ by so much of their length and still be those of one picture, rounded or drawn anew. */
const tolerance = 0.01

/**
 * Make a reading that came in a file one of a page of the corpus.
 *
 * Boxes in pixels of a smaller or larger picture of the same shape are scaled; where
 * the shape is another they tell no place, and the words have none. A finding says so.
 *
 * @param size
 *   Of the upright scan, in pixels.
 * @param file
 *   What the reading came in.
 */
export function fitReading(
  reading: Recognition,
  page: Page,
  size: {readonly width: number; readonly height: number},
  file: string,
): Recognition {
  const {width, height, lines} = reading
  const [across, down] = [size.width / width, size.height / height]
  const isWithin = (box: Box) => box.x + box.width <= size.width + 1 && box.y + box.height <= size.height + 1
  const hasPlaces = lines.some(({words}) => words.some(({box}) => box.width > 0))
  const fits =
    width > 0 && height > 0
      ? Math.abs(across / down - 1) <= tolerance
      : lines.every(({words}) => words.every(({box}) => isWithin(box)))
  const isScaled = fits && width > 0 && height > 0 && (width !== size.width || height !== size.height)
  const sizes = `${round(width)} × ${round(height)}`
  const notes: Pick<Finding, 'ruleId' | 'severity' | 'reason'>[] = []
  if (hasPlaces && !fits) {
    const reason = `Unexpected size ${sizes} of the reading \`${file}\`, expected ${size.width} × ${size.height} as the scan or the same shape, its words are compared without places`
    notes.push({ruleId: 'read:other-size', severity: 'warning', reason})
  } else if (hasPlaces && isScaled) {
    const reason = `Unexpected size ${sizes} of the reading \`${file}\`, expected ${size.width} × ${size.height} as the scan, its boxes are scaled`
    notes.push({ruleId: 'read:scaled-reading', severity: 'info', reason})
  }
  const place = !fits ? () => nowhere : isScaled ? (box: Box) => scale(box, across, down) : (box: Box) => box
  return {
    ...reading,
    pageId: page.id,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([reading.fingerprint, page.scan.sha256, page.scan.frame, size.width, size.height]))
      .digest('hex'),
    width: size.width,
    height: size.height,
    lines: lines.map(({baseline, ...line}) => ({
      ...line,
      box: place(line.box),
      ...(baseline && fits && {baseline: isScaled ? scaleBaseline(baseline, across, down) : baseline}),
      words: line.words.map(({symbols, ...word}) => ({
        ...word,
        box: place(word.box),
        ...(symbols && {symbols: symbols.map(symbol => ({...symbol, box: place(symbol.box)}))}),
      })),
    })),
    findings: [...reading.findings, ...notes.map(note => ({...note, point: null}))].map(found => ({
      ...found,
      file,
      page: page.id,
    })),
  }
}

function scale({x, y, width, height}: Box, across: number, down: number): Box {
  return {x: round(x * across), y: round(y * down), width: round(width * across), height: round(height * down)}
}

function scaleBaseline(
  {x1, y1, x2, y2}: {x1: number; y1: number; x2: number; y2: number},
  across: number,
  down: number,
) {
  return {x1: round(x1 * across), y1: round(y1 * down), x2: round(x2 * across), y2: round(y2 * down)}
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
