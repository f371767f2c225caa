import type {Span} from '../model.ts'

/** A family of spellings that may count as equal. */
export type Fold =
  /** Every run of white space (line ends, form feeds and no-break spaces too) is one blank; none at the ends of the text. */
  | 'white-space'
  /** `assassi-⏎nation` is `assassination`; see `compounds` for `self-⏎respect`. */
  | 'line-end-hyphens'
  /** Soft hyphens, zero-width blanks and word joiners are not there. */
  | 'invisible'
  /** Curly, low, angled and typewriter quotes are `'` or `"`; two single ones in a row are a double one. */
  | 'quotes'
  /** Hyphens, dashes and minus signs are `-`, and so is a run of them. */
  | 'dashes'
  /** `ﬁ` is `fi`, `ĳ` is `ij`, `…` is `...`. */
  | 'ligatures'
  /** Capital and small letters are equal. */
  | 'case'

/** Names of the built-in profiles of equality. */
export type Profile = 'strict' | 'reading' | 'caseless'

/** Which spellings count as equal, the same on both sides. */
export interface Equality {
  readonly folds: readonly Fold[]
  /** Own replacements, from spelling to spelling, made before the folds; the longest that fits wins. Not made again on what they made. */
  readonly table: Readonly<Record<string, string>>
  /**
   * Pairs that are known to be written with a hyphen, as `self-respect`, in small letters: what `compounds` finds in
   * both texts. They decide whether a hyphen at a line end stays; without them it goes.
   */
  readonly compounds: ReadonlySet<string>
}

const reading: readonly Fold[] = ['white-space', 'line-end-hyphens', 'invisible', 'quotes', 'dashes', 'ligatures']

/** What each profile folds. All of them compare NFC and know one line end, and none sees byte-order or directional marks. */
export const profiles: Readonly<Record<Profile, readonly Fold[]>> = {
  strict: [],
  reading,
  caseless: [...reading, 'case'],
}

/** Complete a profile's name to the equality it stands for. */
export function equalityOf(
  profile: Profile | Equality,
  known: ReadonlySet<string> = new Set(),
  table: Readonly<Record<string, string>> = {},
): Equality {
  return typeof profile === 'string' ? {folds: profiles[profile], table, compounds: known} : profile
}

/**
 * Find the words that a text writes with a hyphen inside a line.
 *
 * A hyphen at a line end says nothing of itself: `self-⏎respect` may be
 * `self-respect` or `selfrespect`. The rule is: it stays where either text
 * writes that pair with a hyphen inside a line, where a figure stands on either
 * side (`F-⏎16`), and where a capital follows a small letter (`Anglo-⏎American`);
 * elsewhere it goes, and the line end with it always. Both sides must be folded with the compounds of
 * both, so that one spelling is never read two ways.
 */
export function compounds(...texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const text of texts) {
    for (const match of text.normalize('NFC').matchAll(/([\p{L}\p{M}]+)[-\u2010\u2011](?=([\p{L}\p{M}]+))/gu)) {
      found.add(`${match[1]}-${match[2]}`.toLowerCase())
    }
  }
  return found
}

/** A text in the form that is compared, and the way back. */
export interface Folded {
  readonly text: string
  /** Where unit `i` of `text` begins and ends in the text it was made from. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/**
 * Rewrite a text to the form that is compared: NFC, then the folds.
 *
 * Every unit of the result knows the units of the original it stands for: all of a
 * white-space run for its blank, the whole ligature for each of its letters.
 */
export function fold(original: string, {folds, table, compounds: known}: Equality): Folded {
  const source = composed(original)
  const text = source?.text ?? original
  const on = new Set(folds)
  const own = ownTable(table)
  const quotes = on.has('quotes')
  const dashes = on.has('dashes')
  const ligatures = on.has('ligatures')
  const blanks = on.has('white-space')
  const hyphens = on.has('line-end-hyphens')
  const invisible = on.has('invisible')

  const parts: string[] = []
  // Ligatures and own tables can make the text longer: the arrays grow when they must.
  let starts = new Uint32Array(text.length + 16)
  let ends = new Uint32Array(text.length + 16)
  let length = 0
  let kept = 0
  const replace = (replacement: string, from: number, to: number): void => {
    if (kept < from) parts.push(text.slice(kept, from))
    kept = to
    if (replacement === '') return
    parts.push(replacement)
    // What is left of the text must always fit behind.
    const needed = length + replacement.length + text.length - to
    if (needed > starts.length) {
      starts = grown(starts, needed * 2)
      ends = grown(ends, needed * 2)
    }
    for (let k = 0; k < replacement.length; k++) {
      starts[length] = from
      ends[length] = to
      length++
    }
  }

  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i)
    const kind = kinds[code]! || kindOf(code)
    const entry = own?.get(code)?.find(([spelling]) => text.startsWith(spelling, i))
    let end = i + 1
    let replacement: string | null = null
    if (entry !== undefined) {
      end = i + entry[0].length
      replacement = entry[1]
    } else if (kind === Kind.ignored) {
      replacement = ''
    } else if (kind === Kind.invisible) {
      // A soft hyphen parts words as a hyphen does, but never belongs to them.
      const broken = hyphens && isHyphen(code) ? lineEndHyphen(text, i, known) : null
      if (invisible || broken !== null) replacement = ''
      if (broken !== null) end = broken.end
    } else if (kind === Kind.space) {
      if (blanks) {
        end = runEnd(text, i, Kind.space)
        if (length === 0 || end === text.length) replacement = ''
        else if (end > i + 1 || code !== 0x20) replacement = ' '
      } else if (code === 0x0d) {
        end = text.charCodeAt(i + 1) === 0x0a ? i + 2 : i + 1
        replacement = '\n'
      }
    } else if (kind === Kind.dash) {
      const broken = hyphens && isHyphen(code) ? lineEndHyphen(text, i, known) : null
      if (broken !== null) {
        end = broken.end
        replacement = broken.stays ? (dashes ? '-' : text[i]!) : ''
      } else if (dashes) {
        end = runEnd(text, i, Kind.dash)
        replacement = '-'
      }
    } else if (kind === Kind.single && quotes) {
      // Typists and engines write a double quote as two single ones.
      const twice = kindOf(text.charCodeAt(i + 1)) === Kind.single
      end = twice ? i + 2 : i + 1
      replacement = twice ? '"' : "'"
    } else if (kind === Kind.double && quotes) {
      replacement = '"'
    } else if (kind === Kind.ligature && ligatures) {
      replacement = ligatureParts[text[i]!]!
    }
    if (replacement === null) {
      starts[length] = i
      ends[length] = end
      length++
    } else {
      replace(replacement, i, end)
    }
    i = end
  }
  if (kept < text.length) parts.push(text.slice(kept))
  let folded = parts.join('')
  // A blank that only unseen marks follow stands at the end as well.
  if (blanks && folded.endsWith(' ')) {
    folded = folded.slice(0, -1)
    length--
  }
  if (source !== null) {
    for (let k = 0; k < length; k++) {
      starts[k] = source.starts[starts[k]!]!
      ends[k] = source.ends[ends[k]! - 1]!
    }
  }
  return {text: folded, starts: starts.subarray(0, length), ends: ends.subarray(0, length)}
}

/** How the folds look at a UTF-16 unit. */
const Kind = {
  unknown: 0,
  other: 1,
  space: 2,
  dash: 3,
  single: 4,
  double: 5,
  ligature: 6,
  ignored: 7,
  invisible: 8,
} as const

const ligatureParts: Readonly<Record<string, string>> = {
  '\uFB00': 'ff',
  '\uFB01': 'fi',
  '\uFB02': 'fl',
  '\uFB03': 'ffi',
  '\uFB04': 'ffl',
  '\uFB05': 'ſt',
  '\uFB06': 'st',
  ĳ: 'ij',
  Ĳ: 'IJ',
  '…': '...',
}

const kinds = new Uint8Array(0x10000)

function kindOf(code: number): number {
  // Past the end of a text `charCodeAt` is NaN, which no class holds.
  if (Number.isNaN(code)) return Kind.unknown
  const known = kinds[code]!
  if (known !== Kind.unknown) return known
  const unit = String.fromCharCode(code)
  let kind: number = Kind.other
  // The byte-order mark is white space to JavaScript; OCR-D ignores it and the directional marks.
  if (/[\uFEFF\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/.test(unit)) kind = Kind.ignored
  else if (/[\s\u0085]/.test(unit)) kind = Kind.space
  else if (/[\u00AD\u200B\u2060]/.test(unit)) kind = Kind.invisible
  else if (/[-\u00AC\u2010-\u2015\u2212\u2E17\u2E3A\u2E3B\uFE58\uFE63\uFF0D]/.test(unit)) kind = Kind.dash
  else if (/['`\u00B4\u02B9\u02BB\u02BC\u2018-\u201B\u2032\u2035\u2039\u203A\uFF07]/.test(unit)) kind = Kind.single
  else if (/["\u00AB\u00BB\u201C-\u201F\u2033\u2036\u301D-\u301F\uFF02]/.test(unit)) kind = Kind.double
  else if (unit in ligatureParts) kind = Kind.ligature
  kinds[code] = kind
  return kind
}

/** Hyphens that typists, printers and transcribers set at a line end: `-`, `‐`, `¬`, `⸗`, soft hyphen. */
function isHyphen(code: number): boolean {
  return code === 0x2d || code === 0x2010 || code === 0xac || code === 0x2e17 || code === 0xad
}

/** Where a run of one kind ends, marks that are never seen included. */
function runEnd(text: string, start: number, kind: number): number {
  let end = start + 1
  for (let i = end; i < text.length; i++) {
    const next = kindOf(text.charCodeAt(i))
    if (next === kind) end = i + 1
    else if (next !== Kind.ignored && !(kind === Kind.space && next === Kind.invisible)) break
  }
  return end
}

/** Judge a hyphen: null where no line end parts two letters there, else whether it stays and where the next line begins. */
function lineEndHyphen(text: string, at: number, known: ReadonlySet<string>): {stays: boolean; end: number} | null {
  const end = runEnd(text, at, Kind.space)
  if (end === at + 1 || !/[\n\r\f\v\u0085\u2028\u2029]/.test(text.slice(at + 1, end))) return null
  const before = /[\p{L}\p{N}\p{M}]+$/u.exec(text.slice(Math.max(0, at - 64), at))?.[0]
  const after = /^[\p{L}\p{N}]+[\p{L}\p{N}\p{M}]*/u.exec(text.slice(end, end + 64))?.[0]
  if (before === undefined || after === undefined) return null
  const figure = /\p{N}$/u.test(before) || /^\p{N}/u.test(after)
  const capital = /\p{Ll}\p{M}*$/u.test(before) && /^\p{Lu}/u.test(after)
  return {stays: figure || capital || known.has(`${before}-${after}`.toLowerCase()), end}
}

/** Compose a text to NFC with the way back; null where it is composed already. */
function composed(text: string): Folded | null {
  if (text.normalize('NFC') === text) return null
  const parts: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const {start, end} of clusters(text)) {
    const cluster = text.slice(start, end).normalize('NFC')
    parts.push(cluster)
    // Each unit of a cluster stands for all of it: clusters are compared whole.
    for (let k = 0; k < cluster.length; k++) {
      starts.push(start)
      ends.push(end)
    }
  }
  return {text: parts.join(''), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends)}
}

const segmenter = new Intl.Segmenter('und', {granularity: 'grapheme'})

/**
 * Cut a text into extended grapheme clusters (UAX #29).
 *
 * `Intl.Segmenter` takes time quadratic in the length of its input in Node 20,
 * so it sees short windows only: the last cluster of a window may go on and is
 * cut again from its start, which is sound as a boundary needs nothing from
 * before the cluster that ends there. A window that holds one cluster doubles.
 */
export function* clusters(text: string, start = 0, end = text.length): Generator<Span> {
  let window = 128
  for (let at = start; at < end; ) {
    const stop = Math.min(at + window, end)
    let last = -1
    for (const {index} of segmenter.segment(text.slice(at, stop))) {
      if (last >= 0) yield {start: at + last, end: at + index}
      last = index
    }
    if (stop === end) {
      yield {start: at + last, end}
      return
    }
    window = last === 0 ? window * 2 : 128
    at += last
  }
}

/** Own replacements by first unit, the longest first. */
function ownTable(table: Readonly<Record<string, string>>): Map<number, readonly (readonly [string, string])[]> | null {
  const entries = Object.entries(table)
    .map(([from, to]) => [from.normalize('NFC'), to.normalize('NFC')] as const)
    .filter(([from]) => from !== '')
  if (entries.length === 0) return null
  const byUnit = new Map<number, readonly (readonly [string, string])[]>()
  for (const entry of entries.sort(([a], [b]) => b.length - a.length)) {
    const unit = entry[0].charCodeAt(0)
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), entry])
  }
  return byUnit
}

function grown(from: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(length)
  to.set(from)
  return to
}
