import type {Transform} from '../model.ts'
import type {Grey} from './raster.ts'
import type {Turn} from './slant.ts'

/** An image, and the way from its pixels to those of the image it was made of. */
export interface Turned {
  readonly image: Grey
  readonly transform: Transform
}

/** Turn an image clockwise by quarters; no pixel is lost. */
export function turnQuarters(page: Grey, turn: Turn): Turned {
  const {data, width, height} = page
  if (turn === 0) return {image: page, transform: {a: 1, b: 0, c: 0, d: 1, e: 0, f: 0}}
  if (turn === 2) {
    const image = {data: Uint8Array.from(data).reverse(), width, height}
    return {image, transform: {a: -1, b: 0, c: 0, d: -1, e: width, f: height}}
  }
  const turned = new Uint8Array(data.length)
  // Clockwise, the left column becomes the top row; counter-clockwise the right one.
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const to = turn === 1 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y
      turned[to] = data[i]!
    }
  }
  const transform = turn === 1 ? {a: 0, b: -1, c: 1, d: 0, e: 0, f: height} : {a: 0, b: 1, c: -1, d: 0, e: width, f: 0}
  return {image: {data: turned, width: height, height: width}, transform}
}
