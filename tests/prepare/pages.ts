import sharp from 'sharp'
import type {Page, Scan} from '../../src/model.ts'

/** A page of document `d`, for a test. */
export function page(scan: Partial<Scan> = {}): Page {
  return {
    id: 'd/1',
    document: 'd',
    name: '1',
    scan: {file: 'scans/d/1.png', format: 'png', frame: 0, sha256: '0'.repeat(64), ...scan},
  }
}

/** A grey PNG from a function of x and y. */
export function pngOf(width: number, height: number, level: (x: number, y: number) => number): Promise<Buffer> {
  const data = Uint8Array.from({length: width * height}, (_, at) => level(at % width, Math.floor(at / width)))
  return sharp(data, {raw: {width, height, channels: 1}})
    .toColourspace('b-w')
    .png()
    .toBuffer()
}
