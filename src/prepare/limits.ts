import {UserError} from '../model.ts'

/**
 * Most pixels a scan may have: A3 at 600 dpi has 70 million. Checked against the
 * header, before anything is unpacked, so a bomb of a few bytes costs nothing.
 */
export const maxPixels = 100_000_000

/** Longest side a scan may have, in pixels; engines stop at 32,767. */
export const maxSide = 32_000

/** Refuse a size that no scanned page has. */
export function checkSize(width: number, height: number, file: string): void {
  if (width * height <= maxPixels && Math.max(width, height) <= maxSide) return
  throw new UserError(
    `Unexpected size \`${width} x ${height}\` pixels of \`${file}\`, expected at most \`${maxPixels}\` pixels and no side over \`${maxSide}\`, scan it at a lower resolution or cut it in parts`,
  )
}

/** What a failed decoder said, in one line. */
export function said(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s+/g, ' ').trim()
}
