import type {Transform} from '../model.ts'
import {loadSharp} from './library.ts'
import type {Grey} from './raster.ts'
import {resize} from './scale.ts'

/** Slants and scales as near as this to none are left alone: each resampling blurs. */
const levelEnough = 0.1
const scaledEnough = 0.05

/**
 * Turn a page so that its lines are level, and scale it.
 *
 * @param angle
 *   Degrees by which the lines fall to the right.
 * @returns
 *   `transform` leads from the new image's pixels to those of the given one.
 */
export async function straighten(
  page: Grey,
  angle: number,
  scale: number,
): Promise<{readonly image: Grey; readonly transform: Transform}> {
  const factor = Math.abs(scale - 1) < scaledEnough ? 1 : scale
  if (Math.abs(angle) < levelEnough) {
    const image = await resize(page, factor)
    const transform = {a: page.width / image.width, b: 0, c: 0, d: page.height / image.height, e: 0, f: 0}
    return {image, transform}
  }
  const turn = (-angle * Math.PI) / 180
  const cos = Math.cos(turn)
  const sin = Math.sin(turn)
  const sharp = await loadSharp()
  const {data, info} = await sharp(page.data, {raw: {width: page.width, height: page.height, channels: 1}})
    .affine(
      [
        [factor * cos, -factor * sin],
        [factor * sin, factor * cos],
      ],
      {background: 'white', interpolator: 'bicubic'},
    )
    .toColourspace('b-w')
    .raw()
    .toBuffer({resolveWithObject: true})
  // The turned page is moved so that its corners lie at 0.
  const [width, height] = [page.width * factor, page.height * factor]
  const left = Math.min(0, width * cos, -height * sin, width * cos - height * sin)
  const top = Math.min(0, width * sin, height * cos, width * sin + height * cos)
  const transform = {
    a: cos / factor,
    b: -sin / factor,
    c: sin / factor,
    d: cos / factor,
    e: (cos * left + sin * top) / factor,
    f: (cos * top - sin * left) / factor,
  }
  return {
    image: {
      data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      width: info.width,
      height: info.height,
    },
    transform,
  }
}
