import type {Components} from './components.ts'
import type {OpenScan} from './open-scan.ts'
import type {TypeSize} from './type.ts'

/** Height of a fax's pixels over their width where it was sent in standard resolution. */
const standardFax = 204 / 98

/** From so much wider than high on, most small letters lie in rows of which every other one is missing; of good type it is 0.85 to 1. */
const squat = 1.5

/** From so much wider than high on, a quarter of them does; torn ones are too narrow to tell. Of good type it is at most 1.1. */
const squatQuarter = 1.6
const tornMedian = 1.1

/** Up to so much wider than high, small letters stand in rows that were doubled. */
const slender = 0.65

/** Pixels in a row of a fax, for sheets as wide as A4, B4 and A3, and by how many others miss them. */
const faxWidths = [1728, 2048, 2432]
const missed = 16

/** Fewest small letters to tell by. */
const leastLetters = 60

/**
 * Tell how much higher than wide the pixels of a scan are by the form of its letters, as the resolutions of faxes get
 * lost or are put wrong.
 *
 * @param components
 *   Found when pixels were taken to be as the scan claims.
 * @returns
 *   The scan's own claim but where the letters gainsay it by about two to one.
 */
export async function aspectByForm(scan: OpenScan, {small}: TypeSize, components: Components): Promise<number> {
  const forms = formsOf(components, small)
  if (forms.length < leastLetters) return scan.aspect
  const middle = forms[forms.length >> 1]!
  const upper = forms[Math.floor(0.75 * forms.length)]!
  if (scan.aspect > squat) return middle <= slender ? 1 : scan.aspect
  const isSquat = middle >= squat || (middle >= tornMedian && upper >= squatQuarter && (await isFax(scan)))
  if (!isSquat) return scan.aspect
  return scan.aspect < slender ? 1 : standardFax
}

/** Width over height of what is as high as an x, in order. */
function formsOf({count, left, top, right, bottom}: Components, small: number): readonly number[] {
  const forms: number[] = []
  for (let piece = 0; piece < count; piece++) {
    const wide = right[piece]! - left[piece]!
    const high = bottom[piece]! - top[piece]!
    if (Math.abs(high - small) > Math.max(1, 0.15 * small) || wide < 0.3 * high || wide > 4 * high) continue
    forms.push(wide / high)
  }
  return forms.sort((a, b) => a - b)
}

/** Whether a scan is black and white and as wide as faxes are. */
async function isFax({width, at}: OpenScan): Promise<boolean> {
  if (!faxWidths.some(wide => Math.abs(width - wide) <= missed)) return false
  return (await at(1)).data.every(value => value === 0 || value === 255)
}
