import type {Sharp} from 'sharp'
import {loadSharp} from './library.ts'
import type {Grey, Size} from './raster.ts'

/**
 * Enlarge or reduce an image, grey or coloured; 1 gives the image itself.
 *
 * @param stretch
 *   How much more its height is enlarged than its width.
 */
export async function resize<Image extends Grey & {readonly channels?: 1 | 3}>(
  image: Image,
  factor: number,
  stretch = 1,
): Promise<Image> {
  if (factor === 1 && stretch === 1) return image
  const {channels = 1} = image
  const size = sizeAt(image, factor, stretch)
  const sharp = await loadSharp()
  const whole = sharp(image.data, {raw: {width: image.width, height: image.height, channels}})
  const {data} = await resized(whole, size)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({resolveWithObject: true})
  return {...image, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), ...size}
}

/** Size of an image that `resize` gives, at least one pixel either way. */
export function sizeAt({width, height}: Size, factor: number, stretch: number): Size {
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor * stretch)),
  }
}

/** Bring a picture to a size as it is decoded, as `resize` does with its pixels. */
export function resized(whole: Sharp, {width, height}: Size): Sharp {
  return whole.resize(width, height, {fit: 'fill', kernel: 'cubic', fastShrinkOnLoad: false})
}
