import type {Grey} from './raster.ts'

/**
 * Find ink by Sauvola's threshold: darker than its surroundings by more than
 * their unrest explains.
 *
 * Source: Sauvola and Pietikäinen, "Adaptive document image binarization",
 * Pattern Recognition 33 (2000): `t = m (1 + k (s / 128 - 1))`.
 *
 * @param radius
 *   Half the side of the window, in pixels.
 * @param k
 *   0.2 to 0.5; lower finds fainter ink and more noise.
 * @returns
 *   1 for ink, 0 for paper.
 */
export function findInk({data, width, height}: Grey, radius: number, k: number): Uint8Array {
  const ink = new Uint8Array(width * height)
  // Sums over the rows of the window, a column each; moved down a row at a time.
  const sums = new Int32Array(width)
  const squares = new Int32Array(width)
  const addRow = (y: number, sign: number) => {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const value = data[i]!
      sums[x]! += sign * value
      squares[x]! += sign * value * value
    }
  }
  for (let y = 0; y < Math.min(radius, height); y++) addRow(y, 1)
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(y + radius, 1)
    if (y - radius - 1 >= 0) addRow(y - radius - 1, -1)
    const rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1
    let sum = 0
    let square = 0
    for (let x = 0; x < Math.min(radius, width); x++) {
      sum += sums[x]!
      square += squares[x]!
    }
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const right = x + radius
      const left = x - radius - 1
      if (right < width) {
        sum += sums[right]!
        square += squares[right]!
      }
      if (left >= 0) {
        sum -= sums[left]!
        square -= squares[left]!
      }
      const value = data[i]!
      const count = rows * ((right < width ? right : width - 1) - (left > -1 ? left : -1))
      // The threshold lies below the mean, most of a page does not.
      if (value * count >= sum) continue
      const mean = sum / count
      const variance = square / count - mean * mean
      const deviation = variance > 0 ? Math.sqrt(variance) : 0
      if (value < mean * (1 + k * (deviation / 128 - 1))) ink[i] = 1
    }
  }
  return ink
}
