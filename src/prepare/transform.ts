import type {Box, Transform} from '../model.ts'

/** Enlarge by a factor in each direction. */
export function scaling(x: number, y: number): Transform {
  return {a: x, b: 0, c: 0, d: y, e: 0, f: 0}
}

/** First `first`, then `second`. */
export function compose(first: Transform, second: Transform): Transform {
  return {
    a: second.a * first.a + second.c * first.b,
    b: second.b * first.a + second.d * first.b,
    c: second.a * first.c + second.c * first.d,
    d: second.b * first.c + second.d * first.d,
    e: second.a * first.e + second.c * first.f + second.e,
    f: second.b * first.e + second.d * first.f + second.f,
  }
}

/** Smallest box of whole pixels around a transformed box, cut to a size. */
export function transformBox(box: Box, {a, b, c, d, e, f}: Transform, width: number, height: number): Box {
  const us = [box.x, box.x + box.width]
  const vs = [box.y, box.y + box.height]
  const xs = us.flatMap(u => vs.map(v => a * u + c * v + e))
  const ys = us.flatMap(u => vs.map(v => b * u + d * v + f))
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value))
  const x = clamp(Math.floor(Math.min(...xs) + 1e-6), width)
  const y = clamp(Math.floor(Math.min(...ys) + 1e-6), height)
  return {
    x,
    y,
    width: clamp(Math.ceil(Math.max(...xs) - 1e-6), width) - x,
    height: clamp(Math.ceil(Math.max(...ys) - 1e-6), height) - y,
  }
}
