/**
 * Hash a text to 64 bits, as 16 hex digits: for stable names, not for secrets.
 *
 * Two 32-bit lanes of FNV-1a over the UTF-16 units, with different multipliers,
 * each finished by the mixer of MurmurHash3, so that a change of one letter changes half the bits.
 */
export function hash(text: string): string {
  let high = 0x811c9dc5
  let low = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x85ebca6b)
  }
  // Each lane is finished with the other, so that equal ends of one lane alone do not show.
  return hex(mix(high ^ (low >>> 7))) + hex(mix(low ^ (high >>> 11)))
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}
