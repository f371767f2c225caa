/** Most images of a TIFF file that are walked past to the one asked for. */
const mostImages = 100_000

/** Pixels more oblong than this are a mistake of the file: fax machines reach 204 by 98, and 204 by 391. */
const mostOblong = 2.6

/**
 * Tell how much higher than wide the pixels of an image are by the two resolutions its file names: 204 x 98 dpi, as faxes
 * have in standard resolution, is 204 / 98.
 *
 * @param frame
 *   Which image of a TIFF file, 0-based.
 * @returns
 *   1 where the file names none, one alone, or two that no scanner has.
 */
export function pixelAspect(bytes: Uint8Array, frame: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let named: Resolutions | null = null
  try {
    if (bytes[0] === 0x89) named = ofPng(view)
    else if (bytes[0] === 0xff) named = ofJpeg(view)
    else if (bytes[0] === 0x49 || bytes[0] === 0x4d) named = ofTiff(view, frame)
  } catch (error) {
    // A place behind the end: whether the image itself is whole, its decoder tells.
    if (!(error instanceof RangeError)) throw error
  }
  if (named === null) return 1
  const aspect = named.x / named.y
  return aspect >= 1 / mostOblong && aspect <= mostOblong ? aspect : 1
}

/** Pixels along and down for the same length, whichever it is. */
interface Resolutions {
  readonly x: number
  readonly y: number
}

/** Source: PNG Specification 11.3.4.3, `pHYs`; before the first `IDAT`. */
function ofPng(view: DataView): Resolutions | null {
  for (let at = 8; ; ) {
    const length = view.getUint32(at)
    const name = view.getUint32(at + 4)
    if (name === 0x70485973) return {x: view.getUint32(at + 8), y: view.getUint32(at + 12)}
    if (name === 0x49444154) return null
    at += 12 + length
  }
}

/** What JFIF or Exif names, the first that are two; either may name what the other leaves out. Source: JFIF 1.02; Exif 2.3, 4.5. */
function ofJpeg(view: DataView): Resolutions | null {
  for (let at = 2; ; ) {
    const marker = view.getUint16(at)
    // Only segments of applications and comments stand before those of the image.
    if ((marker < 0xffe0 || marker > 0xffef) && marker !== 0xfffe) return null
    const length = view.getUint16(at + 2)
    const name = view.getUint32(at + 4)
    let named: Resolutions | null = null
    if (marker === 0xffe0 && name === 0x4a464946) named = {x: view.getUint16(at + 12), y: view.getUint16(at + 14)}
    if (marker === 0xffe1 && name === 0x45786966) {
      named = ofTiff(new DataView(view.buffer, view.byteOffset + at + 10, length - 8), 0)
    }
    if (named !== null && named.x !== named.y) return named
    at += 2 + length
  }
}

const xResolution = 282
const yResolution = 283

/** Source: TIFF 6.0, sections 2 and 8; BigTIFF. */
function ofTiff(view: DataView, frame: number): Resolutions | null {
  const little = view.getUint8(0) === 0x49
  const big = view.getUint16(2, little) === 43
  const offset = (at: number) => (big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little))
  const size = big ? 20 : 12
  let directory = offset(big ? 8 : 4)
  let entries = 0
  const open = () => {
    entries = big ? Number(view.getBigUint64(directory, little)) : view.getUint16(directory, little)
    return directory + (big ? 8 : 2)
  }
  let first = open()
  for (let at = 0; at < Math.min(frame, mostImages); at++) {
    directory = offset(first + entries * size)
    if (directory === 0) return null
    first = open()
  }
  let x = 0
  let y = 0
  for (let at = first; at < first + entries * size; at += size) {
    const tag = view.getUint16(at, little)
    // Entries are sorted by their tag.
    if (tag > yResolution) break
    if (tag !== xResolution && tag !== yResolution) continue
    // A fraction of two 32-bit numbers, for which an entry of BigTIFF has room.
    const value = big ? at + 12 : view.getUint32(at + 8, little)
    const number = view.getUint32(value, little) / view.getUint32(value + 4, little)
    if (tag === xResolution) x = number
    else y = number
  }
  return {x, y}
}
