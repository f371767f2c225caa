import sharp from 'sharp'
import {expect, test} from 'vitest'
import {blankPage, type PageSpec, renderPage} from '../../scripts/facsimile/page.ts'
import {random} from '../../scripts/facsimile/random.ts'
import type {Marking, Stamp} from '../../scripts/facsimile/stamp.ts'
import {prepare} from '../../src/prepare/prepare.ts'
import {createTesseract} from '../../src/recognize/tesseract.ts'
import {page} from './pages.ts'

const lines = Array.from({length: 3}, () => [
  'We value the practice of exchanges of views between the',
  'leaders of our two countries on the key issues of that',
  'day and the international situation as a whole, and we',
  'attach great importance to the exchange of letters which',
  'has started between the two of us.',
  '',
]).flat()

const stamp: Stamp = {
  kind: 'stamp',
  by: 'stamp',
  lines: ['RECEIVED'],
  ink: 'black',
  x: 3.4,
  y: 1.6,
  degrees: -14,
  sizes: [0.24],
  density: 0.7,
  framed: true,
}

function marked(markings: readonly Marking[]): PageSpec {
  return {...blankPage, lines, markings, seed: 3, skew: 0.8}
}

const prepared = async (markings: readonly Marking[]) => prepare((await renderPage(marked(markings))).image, page())

test('lines under a black stamp are cut out with the stamp taken off, and no other lines', async () => {
  const {strips, transform, imageHeight} = await prepared([stamp])
  expect(strips).toHaveLength(1)
  const {image, imageWidth, imageHeight: high, transform: own} = strips[0]!
  expect(high).toBeLessThan(0.25 * imageHeight)
  expect(own.a).toBeCloseTo(transform.a)
  const dark = image.subarray(image.length - imageWidth * high).filter(value => value < 128).length
  const bare = (await prepared([])).image
  // Six lines of fifteen, and what little is left of the stamp.
  expect(dark).toBeLessThan(0.45 * bare.filter(value => value < 128).length)
})

test('a page with nothing over its lines has no strips', async () => {
  expect((await prepared([])).strips).toEqual([])
  const below = {...stamp, y: 8}
  expect((await prepared([below])).strips).toEqual([])
})

test('on a page that is a picture for the most part nothing lies over its lines', async () => {
  const {image} = await renderPage({...marked([]), lines: lines.slice(0, 2)})
  const {width, height} = await sharp(image).metadata()
  const [top, grain] = [Math.floor(0.16 * height), 12]
  const across = Math.floor(width / grain)
  const down = Math.floor((height - top) / grain)
  const source = random(7, 'picture')
  const grey = Uint8Array.from({length: across * down}, () => 255 * source.uniform())
  const picture = await sharp(grey, {raw: {width: across, height: down, channels: 1}})
    .resize(across * grain, down * grain, {kernel: 'cubic'})
    .png()
    .toBuffer()
  const pictured = await sharp(image)
    .composite([{input: picture, left: 0, top}])
    .png()
    .toBuffer()
  const {strips, letters} = await prepare(pictured, page())
  expect(strips).toEqual([])
  expect(letters).toBeGreaterThan(60)
})

test('more of the words under a stamp is read than without taking it off', async () => {
  const engine = await createTesseract({jobs: 1, timeout: 60, language: 'eng', tessdata: null})
  const withStamp = await prepared([stamp])
  const wanted = new Set(lines.join(' ').split(' '))
  const right = async (read: typeof withStamp) =>
    (await engine.recognize(read)).lines.flatMap(({words}) => words).filter(({text}) => wanted.has(text)).length
  const [once, twice] = [await right({...withStamp, strips: []}), await right(withStamp)]
  await engine.close()
  expect(twice).toBeGreaterThan(once)
})
