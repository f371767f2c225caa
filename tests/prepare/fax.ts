/** The one strip of a TIFF file that sharp wrote. */
export function stripOf(tiff: Buffer): Uint8Array {
  const directory = tiff.readUInt32LE(4)
  const values = new Map<number, number>()
  for (let entry = 0; entry < tiff.readUInt16LE(directory); entry++) {
    const at = directory + 2 + 12 * entry
    values.set(
      tiff.readUInt16LE(at),
      tiff.readUInt16LE(at + 2) === 3 ? tiff.readUInt16LE(at + 8) : tiff.readUInt32LE(at + 8),
    )
  }
  return tiff.subarray(values.get(273), values.get(273)! + values.get(279)!)
}

/** A segment of a JBIG2 image, of page 1 unless it is for all. */
export function segment(
  number: number,
  type: number,
  data: Uint8Array,
  refersTo: readonly number[] = [],
  ofPage = 1,
): Buffer {
  const header = Buffer.alloc(11 + refersTo.length)
  header.writeUInt32BE(number)
  header.set([type, refersTo.length << 5, ...refersTo, ofPage], 4)
  header.writeUInt32BE(data.length, 7 + refersTo.length)
  return Buffer.concat([header, data])
}

/** A JBIG2 image in patterns of one pixel, white and black: which one where, is packed as a fax. */
export function jbig2(fax: Uint8Array, width: number, height: number): Uint8Array {
  // Two pixels as a fax: one white, one black.
  const patterns = Buffer.from([1, 1, 1, 0, 0, 0, 1, ...twoPixels])
  return Buffer.concat([
    segment(0, 48, paper(width, height)),
    segment(1, 16, patterns),
    segment(2, 22, halftone(fax, width, height, 1), [1]),
  ])
}

/** Horizontal mode with runs of one and one, then the mark for the end. */
const twoPixels = [0b00100011, 0b10100000, 0b00000001, 0b00000000, 0b00010000]

/** How large the page is. */
export function paper(width: number, height: number): Uint8Array {
  const data = Buffer.alloc(19)
  data.writeUInt32BE(width)
  data.writeUInt32BE(height, 4)
  return data
}

/** Patterns of some pixels a side over the whole page, chosen by a fax. */
export function halftone(fax: Uint8Array, wide: number, high: number, side: number): Uint8Array {
  const data = Buffer.alloc(38)
  data.writeUInt32BE(wide * side)
  data.writeUInt32BE(high * side, 4)
  data[17] = 1
  data.writeUInt32BE(wide, 18)
  data.writeUInt32BE(high, 22)
  data.writeUInt16BE(side * 256, 34)
  return Buffer.concat([data, fax])
}

/** A JBIG2 image of one region that is a fax (MMR). */
export function faxInJbig2(fax: Uint8Array, width: number, height: number): Uint8Array {
  const place = Buffer.concat([paper(width, height).subarray(0, 8), Buffer.alloc(9)])
  return Buffer.concat([
    segment(0, 48, paper(width, height)),
    segment(1, 38, Buffer.concat([place, Buffer.from([1]), fax])),
  ])
}
