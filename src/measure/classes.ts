import type {Alignment, Measured, Tokens} from '../model.ts'
import {ratio} from './measured.ts'

/** How often something stands in the reference, and how often it was not read as that. */
export interface Recall {
  readonly name: string
  readonly count: number
  readonly missed: number
  /** (count - missed) / count. */
  readonly right: Measured
}

/** Tell for each character of the reference how often it was missed, the most missed first. */
export function characterRecall(alignment: Alignment, reference: Tokens): readonly Recall[] {
  return recallBy(alignment, reference, key => key).sort(
    (one, other) => other.missed - one.missed || other.count - one.count || (one.name < other.name ? -1 : 1),
  )
}

/** Tell the same for the classes of ISRI's report, in the order of their code points. */
export function classRecall(alignment: Alignment, reference: Tokens): readonly Recall[] {
  const order = new Map(classes.map(([, name], index) => [name, index]))
  return recallBy(alignment, reference, key => characterClass(key.codePointAt(0) ?? 0)).sort(
    (one, other) => (order.get(one.name) ?? 0) - (order.get(other.name) ?? 0),
  )
}

function recallBy({chunks}: Alignment, {keys}: Tokens, nameOf: (key: string) => string): Recall[] {
  const found = new Map<string, {count: number; missed: number}>()
  for (const {operation, reference} of chunks) {
    for (let token = reference.start; token < reference.end; token++) {
      const name = nameOf(keys[token]!)
      const entry = found.get(name) ?? {count: 0, missed: 0}
      entry.count++
      if (operation !== 'equal') entry.missed++
      found.set(name, entry)
    }
  }
  return [...found].map(([name, {count, missed}]) => recall(name, count, missed))
}

export function recall(name: string, count: number, missed: number): Recall {
  return {name, count, missed, right: ratio(count - missed, count, 'It does not stand in the reference')}
}

/** Name the class of a code point as ISRI's accuracy report does; by Unicode block beyond Latin-1. */
export function characterClass(point: number): string {
  let low = 0
  let high = classes.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (classes[middle]![0] <= point) low = middle
    else high = middle - 1
  }
  return classes[low]![1]
}

/** First code point of each class; a class goes on to the next. */
const classes: readonly (readonly [number, string])[] = [
  [0x0, 'ASCII Control Codes'],
  [0x9, 'ASCII Spacing Characters'],
  [0xe, 'ASCII Control Codes'],
  [0x20, 'ASCII Spacing Characters'],
  [0x21, 'ASCII Special Symbols'],
  [0x30, 'ASCII Digits'],
  [0x3a, 'ASCII Special Symbols'],
  [0x41, 'ASCII Uppercase Letters'],
  [0x5b, 'ASCII Special Symbols'],
  [0x61, 'ASCII Lowercase Letters'],
  [0x7b, 'ASCII Special Symbols'],
  [0x7f, 'ASCII Control Codes'],
  [0x80, 'Latin1 Control Codes'],
  [0xa0, 'Latin1 Spacing Characters'],
  [0xa1, 'Latin1 Special Symbols'],
  [0xc0, 'Latin1 Uppercase Letters'],
  [0xd7, 'Latin1 Special Symbols'],
  [0xd8, 'Latin1 Uppercase Letters'],
  [0xdf, 'Latin1 Lowercase Letters'],
  [0xf7, 'Latin1 Special Symbols'],
  [0xf8, 'Latin1 Lowercase Letters'],
  [0x100, 'Latin Extended-A'],
  [0x180, 'Latin Extended-B'],
  [0x250, 'IPA Extensions'],
  [0x2b0, 'Spacing Modifier Letters'],
  [0x300, 'Combining Diacritical Marks'],
  [0x370, 'Basic Greek'],
  [0x3d0, 'Greek Symbols and Coptic'],
  [0x400, 'Cyrillic'],
  [0x500, 'Unassigned'],
  [0x530, 'Armenian'],
  [0x590, 'Hebrew Extended-A'],
  [0x5d0, 'Basic Hebrew'],
  [0x5eb, 'Hebrew Extended-B'],
  [0x600, 'Basic Arabic'],
  [0x653, 'Arabic Extended'],
  [0x700, 'Unassigned'],
  [0x900, 'Devanagari'],
  [0x980, 'Bengali'],
  [0xa00, 'Gurmukhi'],
  [0xa80, 'Gujarati'],
  [0xb00, 'Oriya'],
  [0xb80, 'Tamil'],
  [0xc00, 'Telugu'],
  [0xc80, 'Kannada'],
  [0xd00, 'Malayalam'],
  [0xd80, 'Unassigned'],
  [0xe00, 'Thai'],
  [0xe80, 'Lao'],
  [0xf00, 'Unassigned'],
  [0x10a0, 'Georgian Extended'],
  [0x10d0, 'Basic Georgian'],
  [0x1100, 'Hanguljamo'],
  [0x1200, 'Unassigned'],
  [0x1e00, 'Latin Extended Additional'],
  [0x1f00, 'Greek Extended'],
  [0x2000, 'General Punctuation'],
  [0x2070, 'Superscripts and Subscripts'],
  [0x20a0, 'Currency Symbols'],
  [0x20d0, 'Combining Diacritical Marks for Symbols'],
  [0x2100, 'Letterlike Symbols'],
  [0x2150, 'Number Forms'],
  [0x2190, 'Arrows'],
  [0x2200, 'Mathematical Operators'],
  [0x2300, 'Miscellaneous Technical'],
  [0x2400, 'Control Pictures'],
  [0x2440, 'Optical Character Recognition'],
  [0x2460, 'Enclosed Alphanumerics'],
  [0x2500, 'Box Drawing'],
  [0x2580, 'Block Elements'],
  [0x25a0, 'Geometric Shapes'],
  [0x2600, 'Miscellaneous Symbols'],
  [0x2700, 'Dingbats'],
  [0x27c0, 'Unassigned'],
  [0x3000, 'CJK Symbols and Punctuation'],
  [0x3040, 'Hiragana'],
  [0x30a0, 'Katakana'],
  [0x3100, 'Bopomofo'],
  [0x3130, 'Hangul Compatibility Jamo'],
  [0x3190, 'CJK Miscellaneous'],
  [0x31a0, 'Unassigned'],
  [0x3200, 'Enclosed CJK Letters and Months'],
  [0x3300, 'CJK Compatibility'],
  [0x3400, 'CJK Unified Ideographs Extension A'],
  [0x4e00, 'CJK Unified Ideographs'],
  [0xa000, 'Unassigned'],
  [0xac00, 'Hangul'],
  [0xd7b0, 'Unassigned'],
  [0xe000, 'Private Use Area'],
  [0xf900, 'CJK Compatibility Ideographs'],
  [0xfb00, 'Alphabetic Presentation Forms'],
  [0xfb50, 'Arabic Presentation Forms-A'],
  [0xfe00, 'Unassigned'],
  [0xfe20, 'Combining Half Marks'],
  [0xfe30, 'CJK Compatibility Forms'],
  [0xfe50, 'Small Form Variants'],
  [0xfe70, 'Arabic Presentation Forms-B'],
  [0xff00, 'Halfwidth and Fullwidth Forms'],
  [0xfff0, 'Specials'],
  [0x10000, 'Unassigned'],
]
