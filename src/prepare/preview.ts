import type {Page} from '../model.ts'
import {decode} from './decode.ts'
import {loadSharp} from './library.ts'
import {type OpenScan, openScan} from './open-scan.ts'

/** A small picture of a scan, for a person to look at. */
export interface Preview {
  readonly data: Uint8Array
  readonly mime: 'image/webp'
  readonly width: number
  readonly height: number
}

/**
 * Draw a small picture of a page, upright; the same bytes for the same scan.
 *
 * @param maxWidth
 *   In pixels; a narrower scan keeps its size.
 * @throws UserError
 *   Where the scan cannot be decoded.
 */
export async function preview(bytes: Uint8Array, page: Page, maxWidth: number): Promise<Preview> {
  return previewScan(await openScan(bytes, page), maxWidth)
}

/** Draw a small picture of a scan, as `preview` does. */
export async function previewScan(scan: OpenScan, maxWidth: number): Promise<Preview> {
  const {data, width, height, channels} = await scan.at(Math.min(1, maxWidth / scan.width))
  const sharp = await loadSharp()
  const small = await sharp(data, {raw: {width, height, channels}})
    // More effort takes twice the time for a file that is a fortieth smaller.
    .webp({quality: 60, effort: 2})
    .toBuffer({resolveWithObject: true})
  return {
    data: new Uint8Array(small.data),
    mime: 'image/webp',
    width: small.info.width,
    height: small.info.height,
  }
}

/**
 * Draw a whole page as a browser shows it: upright, at the scan's own resolution, so that boxes fit it.
 *
 * @throws UserError
 *   Where the scan cannot be decoded.
 */
export async function picture(
  bytes: Uint8Array,
  page: Page,
): Promise<{readonly data: Uint8Array; readonly mime: 'image/jpeg'}> {
  const {data, width, height, channels} = await decode(bytes, page)
  const sharp = await loadSharp()
  const whole = await sharp(data, {raw: {width, height, channels}})
    .jpeg({quality: 90, chromaSubsampling: '4:4:4'})
    .toBuffer()
  return {data: new Uint8Array(whole), mime: 'image/jpeg'}
}
