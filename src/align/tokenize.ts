import type {Tokens, Unit} from '../model.ts'
import {clusters, type Equality, equalityOf, type Folded, fold, type Profile} from './fold.ts'

/**
 * Cut a text into what is aligned, with the form that is compared.
 *
 * `character`: extended grapheme clusters (UAX #29) of the folded text; white
 * space counts. `word`: UAX #29 words without a dictionary, so that every
 * ideograph is one; those without a letter or a figure are left out, as
 * dinglehopper does, and private-use characters count as letters.
 *
 * Spans are UTF-16 units of `text` as given, whatever its normal form. A token made from several characters (a
 * ligature's letters, a word parted at a line end) spans all of them. Give both
 * sides the same equality; see `compounds` for hyphens at line ends.
 */
export function tokenize(text: string, unit: Unit, equality: Profile | Equality): Tokens {
  const complete = equalityOf(equality)
  const folded = fold(text, complete)
  const caseless = complete.folds.includes('case')
  return unit === 'character' ? characters(folded, caseless) : words(folded, caseless)
}

const oneUnit: string[] = []
const oneUnitCaseless: string[] = []

/** The one-unit string of a code, always the same object: keys of long texts cost no memory of their own. */
function keyOf(code: number, caseless: boolean): string {
  const cache = caseless ? oneUnitCaseless : oneUnit
  const key = cache[code]
  if (key !== undefined) return key
  const text = String.fromCharCode(code)
  const made = caseless ? withoutCase(text) : text
  cache[code] = made
  return made
}

function withoutCase(text: string): string {
  // By way of capitals, so that `ς` and `σ` meet.
  return text.toUpperCase().toLowerCase()
}

/** True for units that are a cluster of their own beside others of their sort, and NFC by themselves. */
function isSimple(code: number): boolean {
  return (
    (code >= 0x20 && code < 0x300 && code !== 0xad && !(code >= 0x7f && code < 0xa0)) ||
    code === 0x0a ||
    code === 0x09 ||
    (code >= 0x388 && code < 0x483) ||
    (code >= 0x48a && code < 0x530) ||
    (code >= 0x2010 && code < 0x2028)
  )
}

function characters({text, starts, ends}: Folded, caseless: boolean): Tokens {
  const keys: string[] = new Array(text.length)
  const from: number[] = new Array(text.length)
  const to: number[] = new Array(text.length)
  let count = 0
  for (let i = 0; i < text.length; ) {
    // A simple unit before another one, or before the end, is a cluster.
    let run = i
    let code = text.charCodeAt(i)
    while (isSimple(code)) {
      const next = run + 1 < text.length ? text.charCodeAt(run + 1) : 0x20
      if (!isSimple(next)) break
      keys[count] = keyOf(code, caseless)
      from[count] = starts[run]!
      to[count] = ends[run]!
      count++
      run++
      if (run === text.length) break
      code = next
    }
    if (run === text.length) break
    let stop = run + 1
    while (stop < text.length && !(isSimple(text.charCodeAt(stop - 1)) && isSimple(text.charCodeAt(stop)))) stop++
    for (const {start, end} of clusters(text, run, stop)) {
      const key = text.slice(start, end).normalize('NFC')
      keys[count] = caseless ? withoutCase(key) : key
      from[count] = starts[start]!
      to[count] = ends[end - 1]!
      count++
    }
    i = stop
  }
  keys.length = count
  from.length = count
  to.length = count
  return {unit: 'character', keys, starts: from, ends: to}
}

/** Word_Break values of UAX #29 as far as words need them. */
const Break = {
  unknown: 0,
  other: 1,
  letter: 2,
  hebrew: 3,
  numeric: 4,
  katakana: 5,
  connector: 6,
  extend: 7,
  midLetter: 8,
  midNumber: 9,
  midBoth: 10,
  doubleQuote: 11,
  /** A word by itself: ideographs, hiragana, letters of scripts written without blanks, fractions. */
  alone: 12,
} as const

const breaks = new Uint8Array(0x10000)

function breakOf(point: number): number {
  if (point > 0xffff) return findBreak(String.fromCodePoint(point))
  const known = breaks[point]!
  if (known !== Break.unknown) return known
  const kind = findBreak(String.fromCharCode(point))
  breaks[point] = kind
  return kind
}

function findBreak(character: string): number {
  if (/[.'\u2018\u2019\u2024\uFE52\uFF07\uFF0E]/.test(character)) return Break.midBoth
  if (/[:\u00B7\u0387\u055F\u05F4\u2027\uFE13\uFE55\uFF1A]/.test(character)) return Break.midLetter
  if (/[,;\u037E\u0589\u060C\u060D\u066C\u07F8\u2044\uFE10\uFE14\uFE50\uFE54\uFF0C\uFF1B]/.test(character)) {
    return Break.midNumber
  }
  if (character === '"') return Break.doubleQuote
  if (/\p{M}|\u200C|\u200D|[\u{1F3FB}-\u{1F3FF}]/u.test(character)) return Break.extend
  if (/\p{Cf}/u.test(character) && character !== '\u200B') return Break.extend
  if (/\p{Pc}/u.test(character)) return Break.connector
  if (/\p{Nd}/u.test(character)) return Break.numeric
  if (/\p{Script=Hebrew}/u.test(character) && /\p{L}/u.test(character)) return Break.hebrew
  if (/[\p{Script=Katakana}\u3031-\u3035\u309B\u309C\u30A0\u30FC\uFF70]/u.test(character)) return Break.katakana
  if (/[\p{Ideographic}\p{Script=Hiragana}]/u.test(character)) return Break.alone
  if (
    /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}]/u.test(
      character,
    )
  ) {
    return /[\p{L}\p{N}]/u.test(character) ? Break.alone : Break.other
  }
  // Private use as letters: early fonts keep ligatures and letters with strokes there (dinglehopper).
  if (
    /[\p{Alphabetic}\uE000-\uF8FF\u02C2-\u02C5\u02D2-\u02D7\u02DE\u02DF\u02E5-\u02EB\u02ED\u02EF-\u02FF]/u.test(
      character,
    )
  ) {
    return Break.letter
  }
  return /[\p{L}\p{N}]/u.test(character) ? Break.alone : Break.other
}

function words({text, starts, ends}: Folded, caseless: boolean): Tokens {
  const keys: string[] = []
  const from: number[] = []
  const to: number[] = []
  for (let i = 0; i < text.length; ) {
    const point = text.codePointAt(i)!
    const kind = breakOf(point)
    if (kind < Break.letter || (kind > Break.connector && kind !== Break.alone)) {
      i += point > 0xffff ? 2 : 1
      continue
    }
    const end = wordEnd(text, i, kind)
    // A word of connectors only, as `___`, is punctuation.
    if (kind !== Break.connector || /[\p{L}\p{N}\uE000-\uF8FF]/u.test(text.slice(i, end))) {
      const key = text.slice(i, end).normalize('NFC')
      keys.push(caseless ? withoutCase(key) : key)
      from.push(starts[i]!)
      to.push(ends[end - 1]!)
    }
    i = end
  }
  return {unit: 'word', keys, starts: from, ends: to}
}

/** Where the word that begins at `start` ends, by rules WB4 to WB13b. */
function wordEnd(text: string, start: number, kind: number): number {
  let end = afterExtends(text, start + (text.codePointAt(start)! > 0xffff ? 2 : 1))
  if (kind === Break.alone) return end
  for (let last = kind; end < text.length; ) {
    const point = text.codePointAt(end)!
    const next = breakOf(point)
    const afterNext = end + (point > 0xffff ? 2 : 1)
    if (joins(last, next)) {
      end = afterExtends(text, afterNext)
      last = next
      continue
    }
    const isLetter = last === Break.letter || last === Break.hebrew
    const bridge =
      (isLetter && (next === Break.midLetter || next === Break.midBoth)) ||
      (last === Break.numeric && (next === Break.midNumber || next === Break.midBoth)) ||
      (last === Break.hebrew && next === Break.doubleQuote)
    if (!bridge) return end
    const beyond = afterExtends(text, afterNext)
    const far = beyond < text.length ? breakOf(text.codePointAt(beyond)!) : Break.other
    const carries =
      last === Break.numeric
        ? far === Break.numeric
        : next === Break.doubleQuote
          ? far === Break.hebrew
          : far === Break.letter || far === Break.hebrew
    // WB7a: a Hebrew letter keeps the apostrophe after it.
    if (!carries) return last === Break.hebrew && text[end] === "'" ? beyond : end
    end = afterExtends(text, beyond + (text.codePointAt(beyond)! > 0xffff ? 2 : 1))
    last = far
  }
  return end
}

/** WB5, WB8 to WB10, WB13 to WB13b. */
function joins(last: number, next: number): boolean {
  if (next === Break.connector) return true
  if (last === Break.connector) return next >= Break.letter && next <= Break.katakana
  if (last === Break.katakana || next === Break.katakana) return last === next
  return next >= Break.letter && next <= Break.numeric
}

/** WB4: marks and format characters belong to what stands before them. */
function afterExtends(text: string, start: number): number {
  let end = start
  while (end < text.length) {
    const point = text.codePointAt(end)!
    if (breakOf(point) !== Break.extend) break
    end += point > 0xffff ? 2 : 1
  }
  return end
}
