import type {Box, PageText, PlacedWord} from '../model.ts'

/** How a page is typed, as far as its words tell. */
export interface Typing {
  /** Width of a letter with the space beside it, in pixels of the scan; 0 where no word tells. */
  readonly letterWidth: number
  /** Width of the blank between two words, in pixels of the scan; 0 where no line tells. */
  readonly blank: number
  /** Height of the small letters, in pixels of the scan. */
  readonly smallLetters: number
  /** Between these most lines stand. */
  readonly left: number
  readonly right: number
}

/** Measure how a page is typed. */
export function typingOf({text, words}: PageText): Typing {
  const spelled = words.map(word => ({...word, text: text.slice(word.span.start, word.span.end)}))
  const long = spelled.filter(word => word.text.length >= 4)
  const small = spelled.filter(word => word.confidence >= 0.7 && /^[aceimnorsuvwxz]{2,}$/.test(word.text))
  const heights = spelled.map(({box}) => box.height / 1.5)
  return {
    letterWidth: middle(long.map(word => word.box.width / word.text.length)),
    blank: middle(blanksOf(words)),
    smallLetters: small.length >= 3 ? middle(small.map(({box}) => box.height)) : middle(heights),
    left: quantile(
      long.map(({box}) => box.x),
      0.05,
    ),
    right: quantile(
      long.map(({box}) => box.x + box.width),
      0.95,
    ),
  }
}

/** Count the letters that would fit between two words that follow each other, beside the blank between them; never below 0. */
export function roomBetween(before: PlacedWord, after: PlacedWord, {letterWidth, left, right}: Typing): number | null {
  if (letterWidth === 0) return null
  const end = before.box.x + before.box.width
  const pixels = isOneLine(before.box, after.box)
    ? after.box.x - end - letterWidth
    : Math.max(0, right - end) + Math.max(0, after.box.x - left)
  return Math.max(0, pixels / letterWidth)
}

/** Measure the widest blank of words that follow each other in a line, in blanks as the page has them; null for none. */
export function widestBlank(words: readonly PlacedWord[], {blank}: Typing): number | null {
  const blanks = blanksOf(words)
  return blanks.length === 0 || blank <= 0 ? null : Math.max(...blanks) / blank
}

function blanksOf(words: readonly PlacedWord[]): readonly number[] {
  return words.flatMap((word, index) => {
    const next = words[index + 1]
    return next === undefined || !isOneLine(word.box, next.box) ? [] : [next.box.x - word.box.x - word.box.width]
  })
}

/** Whether two boxes stand in one line: they share half the height of the lower one. */
export function isOneLine(one: Box, other: Box): boolean {
  const shared = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return shared >= 0.5 * Math.min(one.height, other.height)
}

function middle(values: readonly number[]): number {
  return quantile(values, 0.5)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}
