import type {Box, Recognition, RecognizedWord} from '../model.ts'
import {around, paragraphsOf, short, type WrittenLine} from './words.ts'
import {xml} from './xml.ts'

/** The schema asks for a time; the same reading gives the same bytes, so it is none that was. */
const noTime = '1970-01-01T00:00:00Z'

/** Write a page as PAGE XML 2019-07-15: a paragraph is a `TextRegion`; points are whole pixels of the scan. */
export function writePageXml(page: Recognition, scan: string): string {
  const {engine, width, height, confidence} = page
  const paragraphs = paragraphsOf(page.lines)
  let count = 0
  const regions = paragraphs.map((paragraph, index) => {
    const [first] = paragraph
    const turned = first !== undefined && first.baseline === undefined ? -first.angle : 0
    const orientation = turned === 0 ? '' : ` orientation="${short(turned)}"`
    const lines = paragraph.map(line => writeLine(line, `line_${++count}`)).join('')
    const text = paragraph.map(textOf).join('\n')
    return `    <TextRegion id="region_${index + 1}" type="paragraph"${orientation}>
      ${coords(around(paragraph.map(({box}) => box)))}
${lines}      <TextEquiv>${unicode(text)}</TextEquiv>
    </TextRegion>
`
  })
  const order = paragraphs.map((_, index) => `<RegionRefIndexed index="${index}" regionRef="region_${index + 1}"/>`)
  // A group has one region at least.
  const reading =
    order.length === 0
      ? ''
      : `    <ReadingOrder><OrderedGroup id="order">${order.join('')}</OrderedGroup></ReadingOrder>\n`
  return `<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15 http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15/pagecontent.xsd">
  <Metadata>
    <Creator>${xml(`${engine.name} ${engine.version}`.trim())}</Creator>
    <Created>${noTime}</Created>
    <LastChange>${noTime}</LastChange>
  </Metadata>
  <Page imageFilename="${xml(scan)}" imageWidth="${Math.ceil(width)}" imageHeight="${Math.ceil(height)}" conf="${short(confidence)}">
${reading}${regions.join('')}  </Page>
</PcGts>
`
}

function writeLine(line: WrittenLine, id: string): string {
  const {box, baseline, words} = line
  const {x1, y1, x2, y2} = baseline ?? {x1: 0, y1: 0, x2: 0, y2: 0}
  const base = baseline ? `\n        <Baseline points="${point(x1, y1)} ${point(x2, y2)}"/>` : ''
  return `      <TextLine id="${id}">
        ${coords(around([box]))}${base}
${words.map((word, index) => writeWord(word, `${id}_${index + 1}`)).join('')}        <TextEquiv>${unicode(textOf(line))}</TextEquiv>
      </TextLine>
`
}

function writeWord({text, box, confidence}: RecognizedWord, id: string): string {
  return `        <Word id="${id}">${coords(around([box]))}<TextEquiv conf="${short(confidence)}">${unicode(text)}</TextEquiv></Word>\n`
}

function textOf({words}: WrittenLine): string {
  return words.map(({text}) => text).join(' ')
}

function unicode(text: string): string {
  // Line ends within a region stay as they are.
  return `<Unicode>${text.split('\n').map(xml).join('\n')}</Unicode>`
}

function coords({x, y, width, height}: Box): string {
  const corners = [point(x, y), point(x + width, y), point(x + width, y + height), point(x, y + height)]
  return `<Coords points="${corners.join(' ')}"/>`
}

function point(x: number, y: number): string {
  return `${Math.max(0, Math.round(x))},${Math.max(0, Math.round(y))}`
}
