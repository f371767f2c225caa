/** Ink across a line at a place along it. */
export interface Stroke {
  readonly i: number
  readonly top: number
  readonly bottom: number
}

/** The page that ink is of. */
export interface Inked {
  readonly grey: Uint8Array
  /** All its ink; what is seen of pale lines where none was found, near letters, is added. */
  readonly all: Uint8Array
}

/** A pale line. */
export interface PaleLine {
  readonly start: Stroke
  readonly end: Stroke
  readonly own: number
  readonly dark: number
}

/** Widest gap in a pale line that letters make. */
const widestGap = 400

/** Least share of a gap where the line is seen. */
const leastSeen = 0.6

/** Add to the ink what shows of pale lines between their parts: near letters, a threshold does not find it. */
export function bridge({grey, all}: Inked, lines: readonly (PaleLine | null)[], step: number, stride: number): void {
  const drawn = lines.filter(line => line !== null).sort((a, b) => a.start.i - b.start.i)
  for (const left of drawn) {
    const from = left.end.i + 1
    const row = (left.end.top + left.end.bottom) / 2
    const right = drawn.find(
      ({start}) => start.i >= from && Math.abs((start.top + start.bottom) / 2 - row) <= 1.5 + 0.02 * (start.i - from),
    )
    if (right === undefined || right.start.i - from > widestGap) continue
    const gap = right.start.i - from
    const slope = ((right.start.top + right.start.bottom) / 2 - row) / Math.max(1, gap)
    const dark = Math.min(left.dark, right.dark)
    const pixels: number[] = []
    let seen = 0
    for (let at = 0; at < gap; at++) {
      const middle = row + at * slope
      let least = 255
      for (let across = Math.floor(middle - left.own / 2); across <= Math.ceil(middle + left.own / 2); across++) {
        const pixel = across * stride + (from + at) * step
        const value = grey[pixel] ?? 255
        least = Math.min(least, value)
        if (value >= dark && value < faintest) pixels.push(pixel)
      }
      if (least < faintest) seen++
    }
    if (seen >= leastSeen * gap) for (const pixel of pixels) all[pixel] = 1
  }
}

/** Paler than this a line is not seen. */
const faintest = 225

/** Lines as dark as this are drawn with what the letters are, and do not tell them apart. */
const darkLine = 100

/** How much darker than a pale line ink upon it is. */
const darker = 24

/** Brightness under which ink on a line is none of the line's own: of a pale one, as of ruled paper; 0 of others. */
export function darkerThan(grey: Uint8Array, bare: readonly Stroke[], step: number, stride: number): number {
  const levels = bare
    .map(({i, top, bottom}) => {
      let least = 255
      for (let at = top; at <= bottom; at++) least = Math.min(least, grey[at * stride + i * step]!)
      return least
    })
    .sort((a, b) => a - b)
  const usual = levels[levels.length >> 1] ?? 0
  const low = levels[Math.floor(0.3 * levels.length)] ?? 0
  const dark = usual - Math.max(darker, 3 * (usual - low))
  return usual < darkLine || dark < 0.5 * darkLine ? 0 : dark
}
