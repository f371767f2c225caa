/** Affine map as in SVG `matrix(a b c d e f)`: `x' = a*x + c*y + e`, `y' = b*x + d*y + f`. */
export type Matrix = readonly [number, number, number, number, number, number]

/** Gives the map that does `first`, then `then`. */
export function compose(first: Matrix, then: Matrix): Matrix {
  return [
    then[0] * first[0] + then[2] * first[1],
    then[1] * first[0] + then[3] * first[1],
    then[0] * first[2] + then[2] * first[3],
    then[1] * first[2] + then[3] * first[3],
    then[0] * first[4] + then[2] * first[5] + then[4],
    then[1] * first[4] + then[3] * first[5] + then[5],
  ]
}

/** Turns by clockwise degrees (y points down) and scales about the origin, then moves to `(x, y)`. */
export function place(x: number, y: number, degrees: number, scaleX = 1, scaleY = scaleX): Matrix {
  const cos = Math.cos((degrees * Math.PI) / 180)
  const sin = Math.sin((degrees * Math.PI) / 180)
  return [cos * scaleX, sin * scaleX, -sin * scaleY, cos * scaleY, x, y]
}

/** Gives the map back. */
export function invert([a, b, c, d, e, f]: Matrix): Matrix {
  const size = a * d - b * c
  return [d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size]
}
