/** A seeded source of numbers; two of the same seed and stream give the same numbers on every machine. */
export interface Random {
  /** Next number in `[0, 1)`. */
  readonly uniform: () => number
  /** Next number of about normal distribution, mean 0, deviation 1, never beyond 3.5. */
  readonly normal: () => number
}

/**
 * Makes a source of numbers for one purpose of one page.
 *
 * Each purpose takes its own `stream`, so that a change of the paper does not move the type.
 *
 * Source: sfc32 of the PractRand suite (Chris Doty-Humphrey), public domain.
 */
export function random(seed: number, stream: string): Random {
  let a = hash(seed, `${stream}/a`)
  let b = hash(seed, `${stream}/b`)
  let c = hash(seed, `${stream}/c`)
  let counter = 1
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 12; i++) bits()
  return {
    uniform: () => bits() / 0x1_0000_0000,
    // The sum of four uniform bytes: no logarithm, so no last digit that differs between engines.
    normal: () => {
      const word = bits()
      return ((word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24) - 510) / 147.8
    },
  }
}

/** Smooth noise over the plane, -1 to 1: one value a unit square, blended between. */
export function plainNoise(seed: number, x: number, y: number): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const u = smooth(x - column)
  const v = smooth(y - row)
  const top = lattice(seed, column, row) * (1 - u) + lattice(seed, column + 1, row) * u
  const bottom = lattice(seed, column, row + 1) * (1 - u) + lattice(seed, column + 1, row + 1) * u
  return top * (1 - v) + bottom * v
}

/** Hashes a seed and a name to 32 bits (FNV-1a, then mixed). */
export function hash(seed: number, name: string): number {
  let value = 0x811c9dc5 ^ seed
  for (let i = 0; i < name.length; i++) value = Math.imul(value ^ name.charCodeAt(i), 0x01000193)
  return mix(value)
}

function lattice(seed: number, column: number, row: number): number {
  return mix(seed ^ Math.imul(column, 0x27d4eb2f) ^ Math.imul(row, 0x165667b1)) / 0x8000_0000 - 1
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t)
}
