/**
 * Make a TrueType font whose glyphs are all empty and half an em wide, as an invisible
 * text layer needs: it is as small as a font can be, and every letter of every script is in it.
 *
 * Source: OpenType 1.9; the tables are those that PDF 1.7 asks of an embedded CIDFontType2.
 *
 * @param glyphs
 *   How many besides the first, `.notdef`; up to 65534.
 */
export function glyphlessFont(glyphs: number): Uint8Array {
  const count = glyphs + 1
  const tables: readonly (readonly [string, Uint8Array])[] = [
    ['glyf', new Uint8Array(4)],
    ['head', head()],
    ['hhea', table(36, [0, 0x00010000], [4, 800, 2], [6, -200, 2], [10, advance, 2], [34, 1, 2])],
    ['hmtx', table(4 + 2 * glyphs, [0, advance, 2])],
    ['loca', new Uint8Array(2 * (count + 1))],
    ['maxp', table(32, [0, 0x00010000], [4, count, 2], [14, 1, 2])],
  ]
  const start = 12 + 16 * tables.length
  const size = tables.reduce((sum, [, data]) => sum + padded(data.length), start)
  const font = new Uint8Array(size)
  const view = new DataView(font.buffer)
  view.setUint32(0, 0x00010000)
  view.setUint16(4, tables.length)
  // The greatest power of two up to the number of tables, as search needs it.
  view.setUint16(6, 64)
  view.setUint16(8, 2)
  view.setUint16(10, 16 * tables.length - 64)
  let offset = start
  for (const [index, [tag, data]] of tables.entries()) {
    const at = 12 + 16 * index
    font.set(new TextEncoder().encode(tag), at)
    view.setUint32(at + 4, checksum(data))
    view.setUint32(at + 8, offset)
    view.setUint32(at + 12, data.length)
    font.set(data, offset)
    offset += padded(data.length)
  }
  return font
}

/** Units of an em of 1000. */
const advance = 500

function head(): Uint8Array {
  return table(54, [0, 0x00010000], [4, 0x00010000], [12, 0x5f0f3cf5], [18, 1000, 2], [46, 8, 2], [48, 2, 2])
}

/** A table of zeros but for some numbers, each at its place, of 4 bytes or of 2. */
function table(length: number, ...numbers: readonly (readonly [at: number, value: number, bytes?: 2])[]): Uint8Array {
  const data = new Uint8Array(length)
  const view = new DataView(data.buffer)
  for (const [at, value, bytes = 4] of numbers) {
    if (bytes === 2) view.setInt16(at, value)
    else view.setUint32(at, value)
  }
  // The number of glyphs may pass what a signed number holds; the bytes are the same.
  return data
}

function checksum(data: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < data.length; at += 4) {
    const word = [0, 1, 2, 3].reduce((value, byte) => value * 256 + (data[at + byte] ?? 0), 0)
    sum = (sum + word) % 2 ** 32
  }
  return sum
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4
}
