import type {Page} from '../model.ts'
import {decode, decodeImage, formatOf, openImage} from './decode.ts'
import type {Raster, Size} from './raster.ts'
import {resize, sizeAt} from './scale.ts'

/** A scan whose pixels are had at the size they are asked for. */
export interface OpenScan extends Size {
  /** As in `Raster`. */
  readonly aspect: number
  /**
   * Its pixels, enlarged or reduced as by `resize`; those of the last size are kept.
   *
   * @throws UserError
   *   Where the scan cannot be decoded; see `decode`.
   */
  readonly at: (factor: number, stretch?: number) => Promise<Raster>
}

/** Bytes of pixels from which on a scan is decoded anew for each size: less than a colour page of 300 dpi, more than a grey one. */
const mostHeld = 12_000_000

/**
 * Open a scan. Small ones are decoded once; large ones are reduced as they are decoded, row by row, and never held whole:
 * libc keeps what a page took for the next one, once for each thread.
 *
 * @throws UserError
 *   Where the bytes are no image of a known format, or too large; where a small one is damaged. See `decode`.
 */
export async function openScan(bytes: Uint8Array, page: Page): Promise<OpenScan> {
  if (formatOf(bytes, page) !== 'image') return held(await decode(bytes, page))
  const image = await openImage(bytes, page)
  const {size, aspect, header} = image
  if (size.width * size.height * header.channels <= mostHeld) return held(await decodeImage(image, page, size))
  return keepingLast({
    ...size,
    aspect,
    at: (factor, stretch = 1) => decodeImage(image, page, sizeAt(size, factor, stretch)),
  })
}

/** A scan whose pixels are at hand. */
export function held(raster: Raster): OpenScan {
  const {width, height, aspect} = raster
  return keepingLast({width, height, aspect, at: (factor, stretch) => resize(raster, factor, stretch)})
}

/** The same scan, white where it is black. */
export function inverted(scan: OpenScan): OpenScan {
  return keepingLast({
    ...scan,
    at: async (factor, stretch) => {
      const raster = await scan.at(factor, stretch)
      return {...raster, data: raster.data.map(value => 255 - value)}
    },
  })
}

function keepingLast(scan: OpenScan): OpenScan {
  let last: {readonly factor: number; readonly stretch: number; readonly raster: Promise<Raster>} | null = null
  return {
    ...scan,
    at: (factor, stretch = 1) => {
      if (last?.factor !== factor || last.stretch !== stretch) {
        last = {factor, stretch, raster: scan.at(factor, stretch)}
      }
      return last.raster
    },
  }
}
