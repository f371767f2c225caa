import {UserError} from '../model.ts'
import type {Size} from './raster.ts'

/**
 * Most pixels a scan may have: A3 at 600 dpi has 70 million. Checked against the
 * header, before anything is unpacked, so a bomb of a few bytes costs nothing.
 */
export const maxPixels = 100_000_000

/** Longest side a scan may have, in pixels; engines stop at 32,767. */
export const maxSide = 32_000

/**
 * Refuse a size that no scanned page has.
 *
 * @param place
 *   The file, or the page of one, as the message calls it.
 */
export function checkSize(width: number, height: number, place: string): void {
  if (width * height <= maxPixels && Math.max(width, height) <= maxSide) return
  throw new UserError(
    `Unexpected size \`${width} x ${height}\` pixels of ${place}, expected at most \`${maxPixels}\` pixels and no side over \`${maxSide}\`, scan it at a lower resolution or cut it in parts`,
  )
}

/** A page of paper is no longer than so many times its width; a strip that is longer, and so much reduced, shows no type. */
const longest = 8
const mostReduced = 0.25

/**
 * Refuse a strip on which nothing was seen when it was reduced to a page's working size: it may be full of text.
 *
 * @param factor
 *   By which it was reduced.
 */
export function checkStrip({width, height}: Size, factor: number, file: string): void {
  if (factor > mostReduced || Math.max(width, height) <= longest * Math.min(width, height)) return
  throw new UserError(
    `Unexpected shape \`${width} x ${height}\` pixels of \`${file}\`, expected a page no more than \`${longest}\` times as long as wide, cut it in parts`,
  )
}

/** What a failed decoder said, in one line. */
export function said(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s+/g, ' ').trim()
}
