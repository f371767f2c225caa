import * as fc from 'fast-check'
import sharp from 'sharp'
import {describe, expect, test} from 'vitest'
import {pixelAspect} from '../../src/prepare/resolution.ts'

const image = sharp({create: {width: 40, height: 20, channels: 3, background: '#888'}})
const inch = 25.4
const tiff = (x: number, y: number) =>
  image
    .clone()
    .tiff({xres: x / inch, yres: y / inch, resolutionUnit: 'inch'})
    .toBuffer()

/** A PNG whose equal resolutions were changed to others. */
async function png(x: number, y: number): Promise<Buffer> {
  const bytes = await image.clone().withDensity(100).png().toBuffer()
  const at = bytes.indexOf('pHYs') + 4
  bytes.writeUInt32BE(x, at)
  bytes.writeUInt32BE(y, at + 4)
  return bytes
}

/** A JPEG with a segment of JFIF. */
async function jfif(x: number, y: number): Promise<Buffer> {
  const bytes = await image.clone().jpeg().toBuffer()
  const segment = Buffer.from('\xff\xe0\0\x10JFIF\0\x01\x02\x01....\0\0', 'latin1')
  segment.writeUInt16BE(x, 12)
  segment.writeUInt16BE(y, 14)
  return Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2)])
}

/** A JPEG that names its resolutions in Exif alone, the one down as a share of 100 to the inch. */
async function exif(share: number): Promise<Buffer> {
  const bytes = await image.clone().withDensity(100).jpeg().toBuffer()
  const block = bytes.indexOf('II*')
  const entry = bytes.indexOf(Buffer.from([0x1b, 0x01, 5, 0]), block)
  const at = block + bytes.readUInt32LE(entry + 8)
  bytes.writeUInt32LE(Math.round(share * bytes.readUInt32LE(at)), at)
  return bytes
}

/** One little-endian BigTIFF directory with the two resolutions alone. */
function bigTiff(x: number, y: number): Buffer {
  const bytes = Buffer.alloc(16 + 8 + 2 * 20 + 8)
  bytes.write('II+\0\x08\0\0\0', 'latin1')
  bytes.writeBigUInt64LE(16n, 8)
  bytes.writeBigUInt64LE(2n, 16)
  for (const [at, number] of [x, y].entries()) {
    const entry = 24 + 20 * at
    bytes.writeUInt16LE(282 + at, entry)
    bytes.writeUInt16LE(5, entry + 2)
    bytes.writeBigUInt64LE(1n, entry + 4)
    bytes.writeUInt32LE(number, entry + 12)
    bytes.writeUInt32LE(1, entry + 16)
  }
  return bytes
}

describe('height of a pixel over its width', () => {
  test.each([
    ['TIFF', () => tiff(204, 98)],
    ['PNG', () => png(8031, 3858)],
    ['JPEG', () => jfif(204, 98)],
    ['JPEG with Exif alone', () => exif(98 / 204)],
    ['BigTIFF', async () => bigTiff(204, 98)],
  ])('%s', async (_, make) => {
    expect(pixelAspect(await make(), 0)).toBeCloseTo(204 / 98, 2)
  })

  test('of the second image of a TIFF file is its own', async () => {
    // The first file's directory leads to the second, whose places are moved behind it.
    const first = await tiff(100, 100)
    const directory = first.readUInt32LE(4)
    const next = directory + 2 + 12 * first.readUInt16LE(directory)
    const second = Buffer.alloc(2 + 2 * 12 + 4 + 16)
    second.writeUInt16LE(2)
    for (const [at, number] of [204, 98].entries()) {
      second.writeUInt16LE(282 + at, 2 + 12 * at)
      second.writeUInt16LE(5, 4 + 12 * at)
      second.writeUInt32LE(1, 6 + 12 * at)
      second.writeUInt32LE(first.length + 30 + 8 * at, 10 + 12 * at)
      second.writeUInt32LE(number, 30 + 8 * at)
      second.writeUInt32LE(1, 34 + 8 * at)
    }
    first.writeUInt32LE(first.length, next)
    const both = Buffer.concat([first, second])
    expect(pixelAspect(both, 0)).toBe(1)
    expect(pixelAspect(both, 1)).toBeCloseTo(204 / 98, 2)
    expect(pixelAspect(both, 2)).toBe(1)
  })

  test('is one where both resolutions are the same, none is named, or no scanner has them', async () => {
    const plain = await image.clone().png().toBuffer()
    for (const bytes of [plain, await tiff(300, 300), await jfif(300, 3), await png(0, 0)]) {
      expect(pixelAspect(bytes, 0)).toBe(1)
    }
  })

  test('of torn and forged files is a number within bounds, and soon found', async () => {
    const files = [await tiff(204, 98), await png(204, 98), await jfif(204, 98), await exif(0.5), bigTiff(204, 98)]
    const forged = fc
      .tuple(fc.constantFrom(...files), fc.array(fc.tuple(fc.nat(200), fc.nat(255)), {maxLength: 8}), fc.nat())
      .map(([file, changes, cut]) => {
        const bytes = Buffer.from(file)
        for (const [at, value] of changes) if (at > 3 && at < bytes.length) bytes[at] = value
        return bytes.subarray(0, 4 + (cut % bytes.length))
      })
    fc.assert(
      fc.property(forged, fc.nat(5), (bytes, frame) => {
        const aspect = pixelAspect(bytes, frame)
        expect(aspect).toBeGreaterThan(0.3)
        expect(aspect).toBeLessThan(3)
      }),
      {seed: 1, numRuns: 2000},
    )
  })

  test('of a directory that leads to itself is soon found', async () => {
    const bytes = await tiff(204, 98)
    const directory = bytes.readUInt32LE(4)
    bytes.writeUInt32LE(directory, directory + 2 + 12 * bytes.readUInt16LE(directory))
    expect(pixelAspect(bytes, 99_999_999)).toBeCloseTo(204 / 98, 2)
  })
})
