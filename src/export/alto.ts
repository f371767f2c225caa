import type {Box, Recognition} from '../model.ts'
import {around, paragraphsOf, short, type WrittenLine} from './words.ts'
import {xml} from './xml.ts'

/** Write a page as ALTO 4.4: a paragraph is a `TextBlock`; boxes are pixels of the scan. */
export function writeAlto(page: Recognition, scan: string): string {
  const {engine, width, height, confidence} = page
  let count = 0
  const blocks = paragraphsOf(page.lines).map((paragraph, index) => {
    const [first] = paragraph
    const turned = first !== undefined && first.baseline === undefined ? -first.angle : 0
    const rotation = turned === 0 ? '' : ` ROTATION="${short(turned)}"`
    const lines = paragraph.map(line => writeLine(line, `line_${++count}`)).join('')
    return `        <TextBlock ID="block_${index + 1}"${place(around(paragraph.map(({box}) => box)))}${rotation}>\n${lines}        </TextBlock>\n`
  })
  const whole = place({x: 0, y: 0, width, height})
  return `<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.loc.gov/standards/alto/ns-v4# http://www.loc.gov/standards/alto/v4/alto-4-4.xsd" SCHEMAVERSION="4.4">
  <Description>
    <MeasurementUnit>pixel</MeasurementUnit>
    <sourceImageInformation>
      <fileName>${xml(scan)}</fileName>
    </sourceImageInformation>
    <Processing ID="OCR_1">
      <processingSoftware>
        <softwareName>${xml(engine.name)}</softwareName>
        <softwareVersion>${xml(engine.version)}</softwareVersion>
      </processingSoftware>
    </Processing>
  </Description>
  <Layout>
    <Page ID="page_1" PHYSICAL_IMG_NR="1" HEIGHT="${short(height)}" WIDTH="${short(width)}" PC="${short(confidence)}">
      <PrintSpace${whole}>
${blocks.join('')}      </PrintSpace>
    </Page>
  </Layout>
</alto>
`
}

function writeLine({box, baseline, words}: WrittenLine, id: string): string {
  const points = baseline && [baseline.x1, baseline.y1, baseline.x2, baseline.y2].map(short)
  const written = words.map(({text, box, confidence}, index) => {
    const string = `            <String ID="${id}_${index + 1}" CONTENT="${xml(text)}"${place(box)} WC="${short(confidence)}"/>\n`
    return index === 0 ? string : `            <SP/>\n${string}`
  })
  const base = points ? ` BASELINE="${points[0]},${points[1]} ${points[2]},${points[3]}"` : ''
  return `          <TextLine ID="${id}"${base}${place(box)}>\n${written.join('')}          </TextLine>\n`
}

function place({x, y, width, height}: Box): string {
  return ` HPOS="${short(x)}" VPOS="${short(y)}" WIDTH="${short(width)}" HEIGHT="${short(height)}"`
}
