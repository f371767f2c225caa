import type {Page, PreparedPage} from '../model.ts'
import {decode} from './decode.ts'
import {withoutColour} from './ink.ts'
import {toPgm} from './netpbm.ts'
import {resize} from './scale.ts'

/** What preparation does to a page: part of the fingerprint, so a change here reads every page again. */
export const preparation: {readonly version: string; readonly parameters: Readonly<Record<string, string>>} = {
  version: '1',
  parameters: {},
}

/**
 * Make a page ready for the engine.
 *
 * @param bytes
 *   The whole scan file, of which `page.scan.frame` is taken.
 * @returns
 *   A grey image, and the way from its pixels back to the upright scan.
 * @throws UserError
 *   Where the scan cannot be decoded; the message names the file and what mends it.
 */
export async function prepare(bytes: Uint8Array, page: Page): Promise<PreparedPage> {
  const scan = await decode(bytes, page)
  const grey = withoutColour(scan)
  const factor = Math.max(1, Math.min(4, 2500 / Math.max(scan.width, scan.height)))
  const image = await resize(grey, factor)
  return {
    pageId: page.id,
    width: scan.width,
    height: scan.height,
    image: toPgm(image),
    imageWidth: image.width,
    imageHeight: image.height,
    dpi: 300,
    transform: {a: scan.width / image.width, b: 0, c: 0, d: scan.height / image.height, e: 0, f: 0},
    regions: [],
    findings: [],
  }
}
