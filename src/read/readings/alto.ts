import type {Box, Recognition} from '../../model.ts'
import {
  angleAlong,
  baselineAlong,
  type ForeignLine,
  type ForeignPage,
  type ForeignWord,
  parsePoints,
  share,
  toRecognitions,
} from './reading.ts'
import {childrenOf, numberOf, outermost, parseXml, textOf, type XmlElement} from './xml.ts'

/**
 * Reads ALTO 2 to 4, whatever its namespace.
 *
 * Lines come in the order of the file, margins included. A `String` is a word; one
 * that holds blanks is several. `HYP` is the hyphen on the scan and belongs to the
 * word before it, unless that has it already; `SUBS_CONTENT` (the word made whole)
 * is not on the scan and not read, nor are `ALTERNATIVE`s. Confidence is `WC`, else
 * the mean of `CC` (0 sure, 9 unsure). Boxes in tenths of a millimetre or in 1/1200
 * inch stay in that unit, with the page's size in it, and a note says so.
 *
 * Source: ALTO 4.4 schema, Library of Congress.
 */
export function readAlto(bytes: Uint8Array, name: string): readonly Recognition[] {
  const root = parseXml(bytes, name)
  const unit = outermost(root, 'MeasurementUnit').map(textOf)[0]?.trim() ?? 'pixel'
  const pages = outermost(root, 'Page').map((page): ForeignPage => {
    const width = numberOf(page, 'WIDTH') ?? 0
    const reason = `Unexpected unit \`${unit}\` in \`${name}\`, expected \`pixel\`, boxes are not in pixels of the scan`
    return {
      width,
      height: numberOf(page, 'HEIGHT') ?? 0,
      confidence: share(numberOf(page, 'PC')),
      lines: outermost(page, 'TextBlock').flatMap(linesOf),
      notes: unit === 'pixel' ? [] : [{name: 'unit', reason}],
    }
  })
  const software = outermost(root, 'processingSoftware').at(-1)
  const said = software
    ? ['softwareName', 'softwareVersion'].flatMap(part => childrenOf(software, part).map(textOf))
    : []
  const model = outermost(root, 'TextBlock').flatMap(block => block.attributes.get('LANG') ?? [])[0] ?? ''
  return toRecognitions(pages, {format: 'alto', version: said.join(' ').trim(), model}, bytes, name)
}

function linesOf(block: XmlElement): readonly ForeignLine[] {
  // Counter-clockwise in the file.
  const turned = -(numberOf(block, 'ROTATION') ?? 0)
  return outermost(block, 'TextLine').map((line, index) => {
    const box = boxOf(line)
    const points = baselineOf(line, box)
    return {
      box,
      angle: numberOf(line, 'BASELINE') === null ? (angleAlong(points) ?? turned) : turned,
      ...baselineAlong(points),
      paragraphStart: index === 0,
      words: wordsOf(line),
    }
  })
}

/** Points, or, as in ALTO 2 and 3, one height for the whole line. */
function baselineOf(line: XmlElement, {x, width}: Box): readonly (readonly [number, number])[] {
  const height = numberOf(line, 'BASELINE')
  if (height === null) return parsePoints(line.attributes.get('BASELINE') ?? '')
  return [
    [x, height],
    [x + width, height],
  ]
}

function wordsOf(line: XmlElement): readonly ForeignWord[] {
  const words: ForeignWord[] = []
  for (const part of childrenOf(line, 'String', 'HYP')) {
    const text = part.attributes.get('CONTENT') ?? ''
    const last = words.at(-1)
    if (part.name === 'String') words.push({text, box: boxOf(part), confidence: confidenceOf(part)})
    else if (last && !/[-\u00ad\u2010\u2e17=\u00ac]$/.test(last.text)) {
      words[words.length - 1] = {...last, text: last.text + (text.trim() || '-'), box: union(last.box, boxOf(part))}
    }
  }
  return words
}

function confidenceOf(part: XmlElement): number | null {
  const whole = share(numberOf(part, 'WC'))
  const doubts = part.attributes.get('CC')?.match(/\d/g)
  if (whole !== null || !doubts) return whole
  return 1 - doubts.reduce((sum, doubt) => sum + Number(doubt), 0) / (9 * doubts.length)
}

function boxOf(element: XmlElement): Box {
  return {
    x: numberOf(element, 'HPOS') ?? 0,
    y: numberOf(element, 'VPOS') ?? 0,
    width: Math.max(0, numberOf(element, 'WIDTH') ?? 0),
    height: Math.max(0, numberOf(element, 'HEIGHT') ?? 0),
  }
}

function union(a: Box, b: Box): Box {
  if (b.width === 0 || b.height === 0) return a
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
