import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import opentype from 'opentype.js'
import sharp from 'sharp'
import type {PreparedPage} from '../../src/model.ts'

/** Draw typed lines, 60 pixels apart from y = 80, as a prepared page of 900 pixels' width. */
export async function typedPage(pageId: string, lines: readonly string[]): Promise<PreparedPage> {
  const width = 900
  const height = 80 + 60 * lines.length
  const paths = lines.map((line, index) =>
    font()
      .getPath(line, 40, 80 + 60 * index, 40)
      .toPathData(1),
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="${paths.join('')}"/></svg>`
  const data = await sharp(Buffer.from(svg)).flatten({background: 'white'}).toColourspace('b-w').raw().toBuffer()
  return greyPage(pageId, data, width, height)
}

/** Make a prepared page of grey pixels. */
export function greyPage(pageId: string, data: Uint8Array, width: number, height: number): PreparedPage {
  return {
    pageId,
    width,
    height,
    image: Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]),
    imageWidth: width,
    imageHeight: height,
    dpi: 300,
    transform: {a: 1, b: 0, c: 0, d: 1, e: 0, f: 0},
    letters: 0,
    columns: false,
    regions: [],
    layers: [],
    strips: [],
    findings: [],
  }
}

let loaded: opentype.Font | null = null

/** A typewriter face out of a package, as a machine need not have any font. */
function font(): opentype.Font {
  if (loaded === null) {
    const file = createRequire(import.meta.url).resolve(
      '@fontsource/courier-prime/files/courier-prime-latin-400-normal.woff',
    )
    const bytes = readFileSync(file)
    loaded = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  }
  return loaded
}
