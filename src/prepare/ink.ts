import type {Grey, Raster} from './raster.ts'

/**
 * Drop coloured ink: every pixel becomes the brightest of its three channels.
 *
 * A red stamp is bright in red and so turns white, while type, dark in all
 * three, stays: also where a stamp lies over it.
 */
export function withoutColour({data, width, height, channels}: Raster): Grey {
  if (channels === 1) return {data, width, height}
  const grey = new Uint8Array(width * height)
  for (let to = 0, from = 0; to < grey.length; to++, from += 3) {
    grey[to] = Math.max(data[from]!, data[from + 1]!, data[from + 2]!)
  }
  return {data: grey, width, height}
}
