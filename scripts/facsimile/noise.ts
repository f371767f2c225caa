import {random} from './random.ts'

/**
 * Tells what a scanner makes of each row: adds its noise and rounds to its levels.
 *
 * @param deviation
 *   Of the noise of each pixel, in levels of 255; a third of it is lost where the page is black.
 * @param levels
 *   Steps of each channel the scanner tells apart, 2 to 256.
 * @returns
 *   A function that writes row `y` of the scan, `row`, channels interleaved, to its place in `scan`.
 */
export function sensorOf(
  channels: number,
  deviation: number,
  levels: number,
  seed: number,
): (y: number, row: Float32Array, scan: Uint8Array) => void {
  const source = random(seed, 'sensor')
  const step = 255 / (levels - 1)
  // Drawn once and read from a new place for each row: millions of draws would take longer than the page.
  const grain = Float32Array.from({length: 1 << 17}, source.normal)
  return (y, row, scan) => {
    const own = random(seed, `row ${y}`)
    // Each row of a scan is a touch lighter or darker than the one before.
    const band = own.normal() * deviation * 0.15
    let next = Math.floor(own.uniform() * grain.length)
    const draw = (): number => {
      next = next + 1 < grain.length ? next + 1 : 0
      return (grain[next] ?? 0) * deviation
    }
    for (let i = 0; i < row.length; i += channels) {
      const grey = draw() + band
      for (let channel = i; channel < i + channels; channel++) {
        const value = row[channel] ?? 0
        const noisy = value + grey * (0.65 + (0.35 * value) / 255) + (channels === 1 ? 0 : draw() * 0.35)
        scan[y * row.length + channel] = Math.round(Math.round(Math.max(0, Math.min(255, noisy)) / step) * step)
      }
    }
  }
}
