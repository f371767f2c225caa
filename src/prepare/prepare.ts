import type {Page, PreparedPage} from '../model.ts'
import {whiten} from './background.ts'
import {findComponents} from './components.ts'
import {decode} from './decode.ts'
import {withoutColour} from './ink.ts'
import {toPgm} from './netpbm.ts'
import {resize} from './scale.ts'
import {findSlant} from './slant.ts'
import {straighten} from './straighten.ts'
import {findInk} from './threshold.ts'
import {typeSize} from './type.ts'

/** Longest side of the page while it is measured, in pixels: enough for type, and quick. */
const workingSide = 1700
/** Radius and weight of the adaptive threshold (Sauvola) by which ink is told from paper. */
const inkRadius = 15
const inkWeight = 0.3
/** Height of the small letters, in pixels, that the engine reads best. */
const smallLetters = 11

/** What preparation does to a page: part of the fingerprint, so a change here reads every page again. */
export const preparation: {
  readonly version: string
  readonly parameters: Readonly<Record<string, string>>
} = {
  version: '2',
  parameters: {
    workingSide: String(workingSide),
    inkRadius: String(inkRadius),
    inkWeight: String(inkWeight),
    smallLetters: String(smallLetters),
  },
}

/**
 * Make a page ready for the engine: coloured ink dropped, paper made white,
 * lines level, letters of the height the engine reads best.
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
  const reduction = Math.min(1, workingSide / Math.max(scan.width, scan.height))
  const white = whiten(await resize(withoutColour(scan), reduction))
  const components = findComponents(findInk(white, inkRadius, inkWeight), white.width, white.height)
  const type = typeSize(components)
  const {image, transform} = await straighten(
    white,
    type === null ? 0 : findSlant(components, type).angle,
    type === null ? 1 : smallLetters / type.small,
  )
  const back = {x: scan.width / white.width, y: scan.height / white.height}
  return {
    pageId: page.id,
    width: scan.width,
    height: scan.height,
    image: toPgm(image),
    imageWidth: image.width,
    imageHeight: image.height,
    dpi: 150,
    transform: {
      a: transform.a * back.x,
      b: transform.b * back.y,
      c: transform.c * back.x,
      d: transform.d * back.y,
      e: transform.e * back.x,
      f: transform.f * back.y,
    },
    regions: [],
    findings: [],
  }
}
