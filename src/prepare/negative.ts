import {whiten} from './background.ts'
import {clean, look} from './clean.ts'
import {separateInks} from './ink.ts'
import {inverted, type OpenScan} from './open-scan.ts'
import type {Raster} from './raster.ts'

/** Longest side at which both ways of seeing a page are tried. */
const side = 1570

/** By how much more letters a page must show as a negative to be one. */
const moreLetters = 1.5

/**
 * Turn a page that is white on black, as a photostat or a frame of microfilm, into black on white; any other is given
 * as it is.
 *
 * That most of a page is dark says little: it may lie on a black ground, or be underexposed. So dark ones are looked at
 * both ways, and the one with letters in lines is right.
 */
export async function positive(scan: OpenScan): Promise<OpenScan> {
  const factor = Math.min(1, side / Math.max(scan.width, scan.height))
  const small = await scan.at(factor)
  if (!isDark(small)) return scan
  const negative = inverted(scan)
  return lettersOf(await negative.at(factor)) > moreLetters * lettersOf(small) ? negative : scan
}

/** Whether more than half of a page is nearer to black than to white. */
function isDark({data}: Raster): boolean {
  let dark = 0
  let count = 0
  // A prime number of bytes apart, so that columns and channels are met alike.
  for (let at = 0; at < data.length; at += 61) {
    if (data[at]! < 128) dark++
    count++
  }
  return 2 * dark > count
}

function lettersOf(scan: Raster): number {
  const found = look(whiten(separateInks(scan).type))
  return found === null ? 0 : clean(found).letters
}
