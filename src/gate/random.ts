/**
 * Make a generator of numbers from 0 (included) to 1 (excluded): the same seed gives the same numbers on every machine.
 *
 * Source: sfc32 of PractRand (Chris Doty-Humphrey, public domain), 32-bit integer arithmetic only.
 */
export function randomFrom(seed: number): () => number {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = 0xb7e15162 ^ seed
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  // The first numbers still show the seed.
  for (let i = 0; i < 16; i++) next()
  return next
}
