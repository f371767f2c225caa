import type {Sides} from './distance.ts'

/** Give each key a number, the same on both sides. */
export function intern(reference: readonly string[], hypothesis: readonly string[]): Sides {
  const short = new Int32Array(0x10000).fill(-1)
  const long = new Map<string, number>()
  let symbols = 0
  const numbers = (keys: readonly string[]): Int32Array => {
    const result = new Int32Array(keys.length)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!
      if (key.length === 1) {
        const code = key.charCodeAt(0)
        if (short[code]! < 0) short[code] = symbols++
        result[i] = short[code]!
      } else {
        let symbol = long.get(key)
        if (symbol === undefined) {
          symbol = symbols++
          long.set(key, symbol)
        }
        result[i] = symbol
      }
    }
    return result
  }
  const a = numbers(reference)
  const b = numbers(hypothesis)
  return {a, b, symbols}
}
