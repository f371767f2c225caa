import {loadSharp} from './library.ts'
import type {Grey} from './raster.ts'

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
  const width = Math.max(1, Math.round(image.width * factor))
  const height = Math.max(1, Math.round(image.height * factor * stretch))
  const sharp = await loadSharp()
  const resized = sharp(image.data, {raw: {width: image.width, height: image.height, channels}})
    .resize(width, height, {fit: 'fill', kernel: 'cubic'})
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
  const {data} = await resized.raw().toBuffer({resolveWithObject: true})
  return {...image, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height}
}
