import type {Finding, Page, PreparedPage} from '../model.ts'
import {aspectByForm} from './aspect.ts'
import {whiten} from './background.ts'
import {clean, inkRadius, inkWeight, type Look, look} from './clean.ts'
import {findDamage} from './damage.ts'
import {separateInks} from './ink.ts'
import {findPatches, withPatches} from './layers.ts'
import {checkStrip} from './limits.ts'
import {positive} from './negative.ts'
import {toPgm} from './netpbm.ts'
import {type OpenScan, openScan} from './open-scan.ts'
import type {Grey, Size} from './raster.ts'
import {straighten} from './straighten.ts'
import {cutStrips} from './strips.ts'
import {compose, scaling, transformBox} from './transform.ts'
import {turnQuarters} from './turn.ts'

/** Longest side of a page when it is first looked at, in pixels: a letter's type comes out near the wanted height. */
export const workingSide = 1570
/** Height of the small letters, in pixels, at which pages are cleaned and read. */
const smallLetters = 12
/** Within this share of it a page is left at its scale: each resampling blurs. */
const tolerance = 0.2
/** Most that a scan is enlarged. */
const mostEnlarged = 3

/** What preparation does to a page: part of the fingerprint, so a change here reads every page again. */
export const preparation: {
  readonly version: string
  readonly parameters: Readonly<Record<string, string>>
} = {
  version: '10',
  parameters: {
    workingSide: String(workingSide),
    inkRadius: String(inkRadius),
    inkWeight: String(inkWeight),
    smallLetters: String(smallLetters),
  },
}

/**
 * Decode a page and make it ready for the engine; results and errors are those of `openScan` and `prepareScan`.
 *
 * @param bytes
 *   The whole scan file, of which `page.scan.frame` is taken.
 */
export async function prepare(bytes: Uint8Array, page: Page): Promise<PreparedPage> {
  return prepareScan(await openScan(bytes, page), page, await findDamage(bytes, page))
}

/**
 * Make a page ready for the engine: black on white, upright and level, letters of the
 * height the engine reads best, and of the ink only what may be text.
 *
 * @param findings
 *   What was found of the scan when it was decoded.
 * @returns
 *   A grey image, the way from its pixels back to the upright scan, and what was taken off.
 * @throws UserError
 *   Where the scan cannot be decoded, or is a strip too long to be looked at whole; the message names the file and what mends it.
 */
export async function prepareScan(scan: OpenScan, page: Page, findings: readonly Finding[]): Promise<PreparedPage> {
  const {width, height} = scan
  // Two parts, so that what was decoded can go once the page is seen at its working size.
  return {...(await cleanPage(await lookAtScan(scan, page), {width, height}, page)), findings}
}

/** A page at the size at which it is cleaned. */
interface Seen {
  readonly white: Grey
  readonly coloured: readonly Grey[]
  /** Null where it holds too little type to measure. */
  readonly found: Look | null
}

async function lookAtScan(asIs: OpenScan, page: Page): Promise<Seen> {
  const scan = await positive(asIs)
  const seen = await firstLook(scan)
  const {aspect, white, found} = seen
  if (found === null) checkStrip(scan, white.width / scan.width, page.scan.file)
  if (found === null || Math.abs(found.type.small / smallLetters - 1) <= tolerance) return seen
  const factor = (white.width / scan.width) * (smallLetters / found.type.small)
  const again = await whitened(scan, Math.min(mostEnlarged, factor), aspect)
  return {...again, found: look(again.white)}
}

/** Look at a scan at the usual size, and once more where its letters show that its pixels have another shape than it claims. */
async function firstLook(scan: OpenScan): Promise<Seen & {readonly aspect: number}> {
  const seenAs = async (aspect: number) => {
    const factor = Math.min(2, workingSide / Math.max(scan.width, scan.height * aspect))
    const page = await whitened(scan, factor, aspect)
    return {...page, found: look(page.white), aspect}
  }
  const seen = await seenAs(scan.aspect)
  const aspect = seen.found === null ? scan.aspect : await aspectByForm(scan, seen.found.type, seen.found.components)
  return aspect === scan.aspect ? seen : seenAs(aspect)
}

/** Height of a scan's pixels over their width, whatever it claims; see `aspectByForm`. */
export async function trueAspect(scan: OpenScan): Promise<number> {
  // A page of which every other row is missing is wide.
  return scan.aspect === 1 && scan.width <= scan.height ? 1 : (await firstLook(scan)).aspect
}

async function cleanPage(
  {white, coloured, found: first}: Seen,
  scan: Size,
  page: Page,
): Promise<Omit<PreparedPage, 'findings'>> {
  let found = first
  const {image: upright, transform: turned} = turnQuarters(white, found?.slant.turn ?? 0)
  if (upright !== white) found = look(upright)
  const cleaned =
    found === null
      ? {image: upright, regions: [], sideways: null, letters: 0, columns: false, under: null}
      : clean(found)
  const {image, transform: levelled} = await straighten(cleaned.image, found?.slant.angle ?? 0, 1)
  const toScan = scaling(scan.width / white.width, scan.height / white.height)
  const onScan = compose(turned, toScan)
  const inks = await Promise.all(coloured.map(findPatches))
  const patches = inks.flat().map(patch => ({...patch, box: transformBox(patch.box, toScan, scan.width, scan.height)}))
  const beside = cleaned.sideways === null ? [] : await findPatches(cleaned.sideways)
  const rotated = beside.map(patch => ({...patch, box: transformBox(patch.box, onScan, scan.width, scan.height)}))
  const under = cleaned.under
  const strips = under === null ? [] : await cutStrips(under.image, under.rows, found?.slant.angle ?? 0)
  const regions = cleaned.regions.map(region => ({
    ...region,
    box: transformBox(region.box, onScan, scan.width, scan.height),
  }))
  return {
    pageId: page.id,
    width: scan.width,
    height: scan.height,
    image: toPgm(image),
    imageWidth: image.width,
    imageHeight: image.height,
    dpi: 150,
    transform: compose(levelled, onScan),
    letters: cleaned.letters,
    columns: cleaned.columns,
    ...withPatches(regions, patches, rotated),
    strips: strips.map(strip => ({...strip, transform: compose(strip.transform, onScan)})),
  }
}

async function whitened(
  scan: OpenScan,
  factor: number,
  stretch: number,
): Promise<{white: Grey; coloured: readonly Grey[]}> {
  const {type, coloured} = separateInks(await scan.at(factor, stretch))
  return {white: whiten(type), coloured}
}
