import sharp from 'sharp'
import type {Grey} from './raster.ts'

/** Enlarge or reduce a grey image; 1 gives the image itself. */
export async function resize(image: Grey, factor: number): Promise<Grey> {
  if (factor === 1) return image
  const width = Math.max(1, Math.round(image.width * factor))
  const height = Math.max(1, Math.round(image.height * factor))
  const {data} = await sharp(image.data, {
    raw: {width: image.width, height: image.height, channels: 1},
  })
    .resize(width, height, {fit: 'fill', kernel: 'cubic'})
    .toColourspace('b-w')
    .raw()
    .toBuffer({resolveWithObject: true})
  return {
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    width,
    height,
  }
}
