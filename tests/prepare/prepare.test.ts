import {expect, test} from 'vitest'
import {prepare} from '../../src/prepare/prepare.ts'
import {preview} from '../../src/prepare/preview.ts'
import {page, pngOf} from './pages.ts'

test.each([
  [1, 1],
  [200, 300],
  [3000, 20],
])('a blank page of %i x %i gives a Netpbm image with a way back to the scan', async (width, height) => {
  const prepared = await prepare(await pngOf(width, height, () => 255), page())
  expect(prepared).toMatchObject({pageId: 'd/1', width, height, findings: []})
  const {image, imageWidth, imageHeight, transform} = prepared
  expect(Buffer.from(image.subarray(0, 30)).toString('latin1')).toMatch(
    new RegExp(`^P[45]\n${imageWidth} ${imageHeight}\n`),
  )
  expect(Math.round(transform.a * imageWidth + transform.c * imageHeight + transform.e)).toBe(width)
  expect(Math.round(transform.b * imageWidth + transform.d * imageHeight + transform.f)).toBe(height)
})

test('a preview is no wider than asked, and the same each time', async () => {
  const scan = await pngOf(200, 300, (x, y) => (x ^ y) & 255)
  const first = await preview(scan, page(), 100)
  expect(first).toMatchObject({width: 100, height: 150, mime: 'image/webp'})
  expect(await preview(scan, page(), 100)).toEqual(first)
  expect(await preview(scan, page(), 1000)).toMatchObject({width: 200, height: 300})
})
