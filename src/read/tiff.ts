/** The images of a TIFF file, as far as its directories can be followed. */
export interface TiffFrames {
  /** Directory numbers, 0-based and ascending, of the images that are pages. */
  readonly directories: readonly number[]
  /** Why the chain of directories could not be followed to its end; null where it could. */
  readonly broken: string | null
}

/**
 * Lists the images of a TIFF or BigTIFF by walking its directories; decodes no pixel.
 *
 * Thumbnails and masks (`NewSubfileType` bits 0 and 2) are not pages. A chain that
 * leads out of the file or back into itself is `broken`; what came before stands.
 *
 * Source: TIFF 6.0, sections 2 and 8; BigTIFF design, Aware Systems.
 */
export function listTiffFrames(bytes: Uint8Array): TiffFrames {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directories: number[] = []
  const little = view.byteLength > 0 && view.getUint8(0) === 0x49
  const seen = new Set<number>()
  try {
    const layout = view.getUint16(2, little) === 43 ? big : classic
    let offset = layout.offset(view, layout.first, little)
    for (let number = 0; offset !== 0; number++) {
      if (seen.has(offset)) return {directories, broken: `image ${number + 1} leads back to an earlier one`}
      seen.add(offset)
      const entries = layout.count(view, offset, little)
      const start = offset + layout.countSize
      const next = layout.offset(view, start + entries * layout.entrySize, little)
      if (!isThumbnail(view, start, entries, layout, little)) directories.push(number)
      offset = next
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return {directories, broken: `the file ends before its image ${seen.size + (seen.size === 0 ? 1 : 0)} is described`}
  }
  return {directories, broken: directories.length === 0 ? 'it holds no image' : null}
}

/** How classic TIFF and BigTIFF write counts and offsets. */
interface Layout {
  readonly first: number
  readonly countSize: number
  readonly entrySize: number
  readonly valueAt: number
  readonly count: (view: DataView, offset: number, little: boolean) => number
  readonly offset: (view: DataView, offset: number, little: boolean) => number
}

const classic: Layout = {
  first: 4,
  countSize: 2,
  entrySize: 12,
  valueAt: 8,
  count: (view, offset, little) => view.getUint16(offset, little),
  offset: (view, offset, little) => view.getUint32(offset, little),
}

const big: Layout = {
  first: 8,
  countSize: 8,
  entrySize: 20,
  valueAt: 12,
  count: (view, offset, little) => Number(view.getBigUint64(offset, little)),
  offset: (view, offset, little) => Number(view.getBigUint64(offset, little)),
}

function isThumbnail(view: DataView, start: number, entries: number, layout: Layout, little: boolean): boolean {
  for (let index = 0; index < entries; index++) {
    const entry = start + index * layout.entrySize
    const tag = view.getUint16(entry, little)
    // Entries ascend by tag and 254 is the least in use, but not every writer keeps the order.
    if (tag === 254) return (view.getUint32(entry + layout.valueAt, little) & 0b101) !== 0
  }
  return false
}
