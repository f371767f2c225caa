import type {Grey} from './raster.ts'

/** Write grey pixels as Netpbm `P5`: a header of a few bytes and the pixels, which no engine has to unpack. */
export function toPgm({data, width, height}: Grey): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const file = new Uint8Array(header.length + width * height)
  file.set(header)
  file.set(data, header.length)
  return file
}
