import {distance} from 'fastest-levenshtein'
import {describe, expect, test} from 'vitest'
import {blankPage, type PageSpec, renderPage} from '../../scripts/facsimile/page.ts'
import type {Stamp} from '../../scripts/facsimile/stamp.ts'
import type {PreparedPage} from '../../src/model.ts'
import {prepare} from '../../src/prepare/prepare.ts'
import {pageText} from '../../src/recognize/page-text.ts'
import {createTesseract} from '../../src/recognize/tesseract.ts'
import {page} from './pages.ts'

const lines = [
  'The ambassador asked whether the proposal would be put to',
  'the conference before the end of the month, and was told',
  'that nothing had been decided. He repeated that his',
  'government attached great weight to an early reply and',
  'would regard any further delay as a refusal to discuss',
  'the matter at all, which nobody present wished to be said.',
]
const stamp: Stamp = {
  kind: 'stamp',
  by: 'stamp',
  lines: ['DECLASSIFIED', 'NLS MR 2000-004'],
  ink: 'blue',
  x: 4,
  y: 1.6,
  degrees: -7,
  sizes: [0.24, 0.14],
  density: 0.8,
  framed: false,
}
/** A letter or two of a stamp's 28 may suffer: its ink is as rough as ink is. */
const said = stamp.lines.join('\n')
const spec: PageSpec = {...blankPage, lines, dpi: 200, seed: 7, colour: true, format: 'jpeg', quality: 85}

async function read(markings: readonly Stamp[]) {
  const {image, markings: boxes} = await renderPage({...spec, markings})
  const prepared = await prepare(image, page())
  const engine = await createTesseract({jobs: 1, timeout: 60, language: 'eng', tessdata: null})
  const reading = await engine.recognize(prepared)
  await engine.close()
  return {prepared, regions: reading.regions, text: pageText({...reading, fingerprint: ''}).text, box: boxes[0]!.box}
}

describe('what is taken off a page is read by itself', () => {
  test('a coloured stamp over text', async () => {
    const {prepared, regions, text, box} = await read([stamp])
    // A letter or two of its 340 may suffer.
    expect(distance(text.replace(/\s+/g, ' '), lines.join(' '))).toBeLessThan(4)
    expect(prepared.layers).toHaveLength(1)
    const region = regions[prepared.layers[0]!.region]!
    expect(region.kind).toBe('stamp')
    expect(distance(region.text ?? '', said)).toBeLessThan(5)
    expect(Math.abs(region.box.x - box.x)).toBeLessThan(40)
    expect(Math.abs(region.box.x + region.box.width - (box.x + box.width))).toBeLessThan(40)
    expect(Math.abs(region.box.y - box.y)).toBeLessThan(40)
  })

  test('a black stamp on its side in the margin, either way round', async () => {
    for (const degrees of [-90, 90]) {
      const beside: Stamp = {...stamp, ink: 'black', x: 0.6, y: 2, degrees, sizes: [0.16, 0.12], framed: false}
      const {regions, text} = await read([beside])
      expect(text.replace(/\s+/g, ' ')).toBe(lines.join(' '))
      const rotated = regions.filter(({kind}) => kind === 'rotated')
      expect(rotated).toHaveLength(1)
      expect(distance(rotated[0]!.text ?? '', said)).toBeLessThan(5)
    }
  })
})

test('layers are whole Netpbm images of regions that are there', async () => {
  const {image} = await renderPage({...spec, markings: [stamp, {...stamp, ink: 'red', y: 5, degrees: 80}]})
  const {layers, regions}: PreparedPage = await prepare(image, page())
  expect(layers.map(({isSideways}) => isSideways)).toEqual([false, true])
  for (const {region, image, imageWidth, imageHeight} of layers) {
    expect(regions[region]).toMatchObject({kind: 'stamp', text: null})
    const header = `P5\n${imageWidth} ${imageHeight}\n255\n`
    expect(Buffer.from(image.subarray(0, header.length)).toString('latin1')).toBe(header)
    expect(image).toHaveLength(header.length + imageWidth * imageHeight)
  }
})
