import sharp, {type Metadata} from 'sharp'
import {describe, expect, test} from 'vitest'
import {variants} from './variants.ts'

test('names are unique', () => {
  expect(new Set(variants.map(({name}) => name)).size).toBe(variants.length)
})

describe.each(variants)('$name', ({name, format, make, width, height, frames, quarterTurns, text}) => {
  test('is the file it says, with its text where the turn puts it', async () => {
    const bytes = await make()
    const metadata = await sharp(bytes).metadata()
    const turned = (metadata.orientation ?? 1) > 4
    const oddity = oddities[name] ?? {}
    expect({
      format: metadata.format,
      width: turned ? metadata.height : metadata.width,
      height: turned ? metadata.width : metadata.height,
      frames: metadata.pages ?? 1,
      ...pick(metadata, oddity),
    }).toEqual({format, width, height, frames, ...oddity})
    const bare = name === 'stamp-only' ? 'middle' : 'none'
    expect(await inkPlace(bytes)).toBe(text === '' ? bare : ['top', 'right', 'bottom', 'left'][quarterTurns])
  })
})

/** What sets a variant apart, as the decoder sees it. */
const oddities: Readonly<Record<string, Readonly<Partial<Metadata>>>> = {
  'exif-3': {orientation: 3},
  'exif-6': {orientation: 6},
  'exif-8': {orientation: 8},
  'one-bit-png': {bitsPerSample: 1},
  'one-bit-tiff': {bitsPerSample: 1},
  'sixteen-bit-png': {depth: 'ushort'},
  'sixteen-bit-tiff': {depth: 'ushort'},
  'cmyk-jpeg': {space: 'cmyk', channels: 4},
  'palette-png': {isPalette: true},
  'alpha-png': {hasAlpha: true, channels: 4},
}

function pick(metadata: Metadata, keys: Readonly<Partial<Metadata>>): Partial<Metadata> {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => key in keys))
}

/** Says in which part of the upright page most of its dark strokes lie. */
async function inkPlace(bytes: Uint8Array): Promise<string> {
  const {data, info} = await sharp(bytes)
    .autoOrient()
    .flatten({background: 'white'})
    .toColourspace('b-w')
    .raw({depth: 'uchar'})
    .toBuffer({resolveWithObject: true})
  let [sum, x, y] = [0, 0, 0]
  const at = (column: number, row: number): number => data[(row * info.width + column) * info.channels] ?? 0
  for (let row = 20; row < info.height - 20; row += 5) {
    for (let column = 20; column < info.width - 20; column++) {
      // Strokes are steep edges, on paper and on a negative; noise and shade are not.
      if (Math.abs(at(column, row) - at(column + 2, row)) < 75) continue
      sum++
      x += column
      y += row
    }
  }
  if (sum < 120) return 'none'
  const [across, down] = [x / sum / info.width - 0.5, y / sum / info.height - 0.5]
  if (Math.max(Math.abs(across), Math.abs(down)) < 0.1) return 'middle'
  return Math.abs(across) > Math.abs(down) ? (across > 0 ? 'right' : 'left') : down > 0 ? 'bottom' : 'top'
}
