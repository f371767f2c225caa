import {random} from './random.ts'

/**
 * Adds the noise of a scanner to its pixels, in place, and rounds them to levels.
 *
 * @param deviation
 *   Of the noise of each pixel, in levels of 255; a third of it is lost where the page is black.
 * @param levels
 *   Steps of grey the scanner tells apart, 2 to 256.
 */
export function addNoise(
  pixels: Float32Array,
  width: number,
  channels: number,
  deviation: number,
  levels: number,
  seed: number,
): Uint8Array {
  const source = random(seed, 'sensor')
  const step = 255 / (levels - 1)
  const made = new Uint8Array(pixels.length)
  // Drawn once and read from a new place for each line of the scan: millions of draws would take longer than the page.
  const grain = Float32Array.from({length: drawn + width * 4}, source.normal)
  for (let start = 0; start < pixels.length; start += width * channels) {
    // Each line of the scan is a touch lighter or darker than the one before.
    const line = source.normal() * deviation * 0.15
    let next = Math.floor(source.uniform() * drawn)
    for (let i = start; i < start + width * channels; i += channels) {
      const grey = (grain[next++] ?? 0) * deviation + line
      for (let channel = 0; channel < channels; channel++) {
        const value = pixels[i + channel] ?? 0
        const own = channels === 1 ? 0 : (grain[next++] ?? 0) * deviation * 0.35
        const noisy = value + grey * (0.65 + (0.35 * value) / 255) + own
        made[i + channel] = Math.round(Math.round(Math.max(0, Math.min(255, noisy)) / step) * step)
      }
    }
  }
  return made
}

const drawn = 1 << 17
