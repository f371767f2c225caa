/** Seeded text like an archive's, and what an engine might make of it. Same seed, same text. */

/** A small generator of numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const syllables =
  'al an ar at be ca con de di en er es ex for ga he in is ive la le lo ma men mi na ne no of on or ous pa per pre pro ra re ri ro sa se si sion so ta te the ti tion to tra tu un ver vi we'.split(
    ' ',
  )

/**
 * Write a text of `length` characters: words of a vocabulary of 8,000, the n-th as frequent as 1/n
 * (Zipf), in sentences, lines of about 70 characters and paragraphs.
 */
export function writeText(length: number, seed: number): string {
  const random = randomFrom(seed)
  const pick = (): string => syllables[Math.floor(random() * syllables.length)]!
  const vocabulary = Array.from({length: 8000}, (_, rank) => {
    const count = 1 + Math.floor(random() * (rank < 100 ? 1.5 : 3.5))
    return Array.from({length: count}, pick).join('')
  })
  const parts: string[] = []
  let size = 0
  let line = 0
  let sentence = 0
  while (size < length) {
    const rank = Math.floor(Math.exp(random() * Math.log(vocabulary.length)))
    let word = random() < 0.02 ? String(Math.floor(random() * 2000)) : vocabulary[rank - 1]!
    if (sentence === 0) word = word[0]!.toUpperCase() + word.slice(1)
    sentence++
    if (sentence > 6 && random() < 0.12) {
      word += '.'
      sentence = 0
    } else if (random() < 0.07) word += ','
    line += word.length + 1
    const end = line > 70 ? (sentence === 0 && random() < 0.3 ? '\n\n' : '\n') : ' '
    if (line > 70) line = 0
    parts.push(word, end)
    size += word.length + end.length
  }
  return parts.join('').slice(0, length)
}

const confusions: Readonly<Record<string, string>> = {
  e: 'c',
  c: 'e',
  l: '1',
  i: 'l',
  o: '0',
  a: 'o',
  n: 'u',
  s: '5',
  h: 'b',
  t: 'f',
}
const noise = "abcdefghijklmnopqrstuvwxyz.,;:'-~|"

/** Damage about `rate` of a text's characters: 6 of 10 substituted, 2 lost, 2 made up. */
export function damage(text: string, rate: number, seed: number): string {
  const random = randomFrom(seed)
  const any = (): string => noise[Math.floor(random() * noise.length)]!
  const parts: string[] = []
  for (const character of text) {
    const roll = random() / rate
    if (roll < 0.6) parts.push(confusions[character] ?? any())
    else if (roll < 0.8) continue
    else if (roll < 1) parts.push(character, any())
    else parts.push(character)
  }
  return parts.join('')
}
