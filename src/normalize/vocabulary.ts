import type {Span} from '../model.ts'
import {budgetOf, findApproximate} from './distance.ts'
import {codesOf, type Letters, lettersOf} from './letters.ts'
import {isBaseForm} from './lexicon.ts'
import {findStampPart, type StampPart} from './stamp-part.ts'
import {type Token, tokensOf} from './tokens.ts'

/** The wording of a family of markings. Letters and digits count; case, spaces and punctuation do not. */
export interface Vocabulary {
  /** Words that letters use too: they need a second witness. */
  readonly words?: readonly string[]
  /** Unmistakable wording, as a line of its own. */
  readonly phrases?: readonly string[]
  /** Whole stamps, whose lines break anywhere; any part of two words is looked for. */
  readonly stamps?: readonly string[]
  /** True for wording that is the letter's own, as its letterhead is: no part of a marking beside it. */
  readonly ofLetter?: true
  /** Structured numbers, which may be taken for what they are anywhere. */
  readonly identifiers?: readonly Identifier[]
}

export interface Identifier {
  /** What it is, for the evidence. */
  readonly name: string
  /** With the flags `g` or `gi`; allows for what engines confuse. */
  readonly pattern: RegExp
}

/** How sure the wording alone makes. */
export type Strength = 'identifier' | 'phrase' | 'part' | 'word'

/** A piece of a line that is a marking's wording. */
export interface Match {
  readonly ruleId: string
  readonly strength: Strength
  /** The wording as it is printed, or the name of the identifier. */
  readonly wording: string
  /** In the line. */
  readonly start: number
  readonly end: number
  /** Of the difference to the wording; 0 for exact. */
  readonly cost: number
  /** Letters of the line it explains. */
  readonly letters: number
  /** True for wording that is the letter's own. */
  readonly ofLetter: boolean
  /** True where the cost lies above what the wording's length allows: needs more witnesses. */
  readonly doubtful: boolean
}

/** A line as the vocabularies understand it. */
export interface LineReading {
  readonly letters: Letters
  readonly tokens: readonly Token[]
  /** Not overlapping, ascending. */
  readonly matches: readonly Match[]
}

interface Entry {
  readonly ruleId: string
  readonly strength: 'phrase' | 'part' | 'word'
  readonly wording: string
  readonly codes: readonly number[]
  /** In small letters. */
  readonly words: readonly string[]
  readonly ofLetter: boolean
  /** Of the letters: words that hardly anything but a stamp has. */
  readonly telling: readonly Span[]
  readonly budget: number
  /** Letter pairs a line must share before it is worth aligning. */
  readonly leastShared: number
}

/** All vocabularies, indexed so that a line meets only the wordings it shares letters with. */
export interface Lexis {
  readonly entries: readonly Entry[]
  readonly identifiers: readonly (Identifier & {readonly ruleId: string})[]
  /** From a pair of letters to the entries that hold it. */
  readonly index: ReadonlyMap<number, readonly number[]>
}

/** Lines longer than this are read by their identifiers alone: nothing printed as a marking is as long. */
const longestLine = 160

/** Index the vocabularies of rules. */
export function compileLexis(rules: readonly {readonly id: string; readonly vocabulary?: Vocabulary}[]): Lexis {
  const entries: Entry[] = []
  const identifiers: (Identifier & {ruleId: string})[] = []
  const add = (ruleId: string, strength: Entry['strength'], wordings: readonly string[] = [], ofLetter = false) => {
    for (const wording of wordings) {
      const codes = codesOf(wording)
      const budget = budgetOf(codes.length)
      const pairs = new Set(pairsOf(codes)).size
      // Every edit spoils two pairs at most; a doubtful match may cost half as much again, and most cost less than 1.
      const leastShared = strength === 'part' ? 5 : Math.max(1, Math.floor(pairs - 1 - budget * 3.4))
      const words = wording.toLowerCase().split(' ')
      entries.push({
        ruleId,
        strength,
        wording,
        codes,
        words,
        telling: tellingIn(wording),
        ofLetter,
        budget,
        leastShared,
      })
    }
  }
  for (const {id, vocabulary} of rules) {
    add(id, 'word', vocabulary?.words, vocabulary?.ofLetter)
    add(id, 'phrase', vocabulary?.phrases, vocabulary?.ofLetter)
    add(id, 'part', vocabulary?.stamps)
    for (const identifier of vocabulary?.identifiers ?? []) identifiers.push({...identifier, ruleId: id})
  }
  const index = new Map<number, number[]>()
  for (const [number, {codes}] of entries.entries()) {
    for (const pair of new Set(pairsOf(codes))) {
      const holders = index.get(pair)
      if (holders === undefined) index.set(pair, [number])
      else holders.push(number)
    }
  }
  return {entries, identifiers, index}
}

const tellingWord =
  /^(?:(?:DE|UN)?CLASSIF|DOWNGRAD|DISSEM|RELEASE|SANITI|EXEMPT|EXCLUDED|ESPIONAGE|SANCTIONS|DISCLOSURE|SENSITIVE$|ASSASSINATION|NARA$|FOIA|HEREIN|REPRODUCE|EXCISE|OBJECTION|SEARCHED|SERIALIZED|INDEXED|ORIGINATOR|OADR|2107$|DOC$|CASE$)/

/** Where the telling words of a wording stand among its letters; wordings are capitals, figures and blanks. */
function tellingIn(wording: string): readonly Span[] {
  let start = 0
  return wording.split(' ').flatMap(word => {
    const span = {start, end: start + word.length}
    start = span.end
    return tellingWord.test(word) ? [span] : []
  })
}

/** Find what a line holds of the vocabularies. */
export function readLine(line: string, lexis: Lexis): LineReading {
  const letters = lettersOf(line)
  const tokens = tokensOf(line)
  const found = line.length > longestLine ? [] : findWordings(line, letters, tokens, lexis)
  const all = [...findIdentifiers(line, lexis), ...found]
  return {letters, tokens, matches: withoutOverlaps(all)}
}

function findIdentifiers(line: string, lexis: Lexis): Match[] {
  if (!/\d/.test(line)) return []
  const found: Match[] = []
  for (const {ruleId, name, pattern} of lexis.identifiers) {
    for (const match of line.matchAll(pattern)) {
      if (match[0] === '') continue
      const [start, end] = [match.index, match.index + match[0].length]
      const letters = match[0].replace(/[^\p{L}\p{N}]/gu, '').length
      found.push({
        ruleId,
        strength: 'identifier',
        wording: name,
        start,
        end,
        cost: 0,
        letters,
        ofLetter: false,
        doubtful: false,
      })
    }
  }
  return found
}

function findWordings(line: string, letters: Letters, tokens: readonly Token[], lexis: Lexis): Match[] {
  const shared = new Map<number, number>()
  // Of letters set apart each may be misread, so that no pair is left to go by.
  if (letters.spaced)
    for (const [number, {strength}] of lexis.entries.entries()) if (strength === 'word') shared.set(number, Infinity)
  for (const pair of new Set(pairsOf(letters.codes))) {
    for (const entry of lexis.index.get(pair) ?? []) shared.set(entry, (shared.get(entry) ?? 0) + 1)
  }
  const found: Match[] = []
  for (const [number, count] of shared) {
    const entry = lexis.entries[number]
    if (entry === undefined || count < entry.leastShared) continue
    if (entry.strength === 'part') {
      const part = findStampPart(entry.codes, letters)
      if (part !== null) found.push(...partMatch(line, entry, letters, tokens, part))
    } else {
      findWithin(line, entry, letters, tokens, 0, letters.codes.length, found)
    }
  }
  return found
}

/** Find an entry in `[from, to)` of the letters, again on both sides of each place. */
function findWithin(
  line: string,
  entry: Entry,
  letters: Letters,
  tokens: readonly Token[],
  from: number,
  to: number,
  found: Match[],
): void {
  if (to - from < entry.codes.length - entry.budget * 1.5) return
  // Letters set apart are a witness by themselves.
  const budget = entry.budget + (letters.spaced && entry.codes.length >= 6 ? 1 : 0)
  const place = findApproximate(entry.codes, letters.codes, from, to, budget * 1.5)
  if (place === null) return
  found.push(...matchOf(line, entry, letters, tokens, place, place.cost > budget))
  findWithin(line, entry, letters, tokens, from, place.start, found)
  findWithin(line, entry, letters, tokens, place.end, to, found)
}

/** The match at a place, grown to whole tokens; none where that costs too much or makes it other words. */
function matchOf(
  line: string,
  entry: Entry,
  letters: Letters,
  tokens: readonly Token[],
  place: {readonly start: number; readonly end: number; readonly cost: number},
  doubtful: boolean,
): readonly Match[] {
  let {start, end, cost} = place
  while (start > 0 && letters.startsToken[start] !== true) {
    start--
    cost += growthCost(letters.codes[start])
  }
  while (end < letters.codes.length && letters.endsToken[end - 1] !== true) {
    cost += growthCost(letters.codes[end])
    end++
  }
  const spare = letters.spaced ? 1 : 0
  if (cost > (entry.budget + spare) * 1.5) return []
  const {from, to} = placeInLine(line, letters, start, end)
  const touched = tokens.filter(token => token.start < to && token.end > from)
  if (cost >= lookalikeCost && isOtherWording(touched, entry)) return []
  // Words of the wording, but not all of them: `authority` alone is no AUTHORITY NLS.
  if (cost >= 1 && touched.every(isRealWord)) return []
  const {ruleId, strength, wording, ofLetter} = entry
  return [
    {
      ofLetter,
      ruleId,
      strength,
      wording,
      start: from,
      end: to,
      cost,
      letters: end - start,
      doubtful: doubtful || cost > entry.budget + spare,
    },
  ]
}

/** The match of a part of a stamp, cut or grown to whole tokens; none where too little or too much of it differs. */
function partMatch(
  line: string,
  entry: Entry,
  letters: Letters,
  tokens: readonly Token[],
  part: StampPart,
): readonly Match[] {
  // `of the United States` is part of a stamp, and of any letter: a word that only stamps have must be in it.
  if (!entry.telling.some(({start, end}) => start >= part.of.start - 1 && end <= part.of.end + 1)) return []
  const {from, to} = placeInLine(line, letters, part.start, part.end)
  // A token belongs to the part when more than half of it does.
  const touched = tokens.filter(({start, end}) => Math.min(end, to) - Math.max(start, from) > (end - start) / 2)
  const first = touched[0]
  const last = touched.at(-1)
  if (first === undefined || last === undefined) return []
  if (touched.length < 2) return []
  const count = letters.origin.filter(offset => offset >= first.start && offset < last.end).length
  const cost = part.cost + Math.max(0, count - (part.end - part.start))
  if (cost > count * 0.3) return []
  if (isOtherWording(touched, entry)) return []
  const {ruleId, strength, wording, ofLetter} = entry
  const {start} = first
  return [{ruleId, strength, wording, start, end: last.end, cost, letters: count, ofLetter, doubtful: false}]
}

/** Differences below this are of letters that look alike in type: `GROUP I`. */
const lookalikeCost = 0.3

/**
 * Whether tokens are words of the language, but not those of an entry: REGRET
 * for SECRET, `This email is unclassified` for HEREIN IS UNCLASSIFIED.
 */
function isOtherWording(tokens: readonly Token[], {words}: Entry): boolean {
  return tokens.some(token => {
    const lower = token.text.toLowerCase()
    if (token.kind === 'function' || lower.length < 4 || !isRealWord(token)) return false
    return !words.some(word => word.slice(0, 3) === lower.slice(0, 3))
  })
}

/** Whether a token is a word other than by a prefix, which makes a word of anything: `unclassifier` is a misreading. */
function isRealWord({kind, text}: Token): boolean {
  return kind === 'function' || (kind === 'word' && isBaseForm(text.toLowerCase()))
}

function placeInLine(line: string, letters: Letters, start: number, end: number): {from: number; to: number} {
  const last = letters.origin[end - 1] ?? 0
  return {from: letters.origin[start] ?? 0, to: last + ((line.codePointAt(last) ?? 0) > 0xffff ? 2 : 1)}
}

function growthCost(code: number | undefined): number {
  return code === 73 || code === 76 || code === 49 ? 0.5 : 1
}

/** The strongest matches that do not overlap. */
function withoutOverlaps(matches: readonly Match[]): readonly Match[] {
  const ranked = [...matches].sort((a, b) => worth(b) - worth(a) || a.start - b.start || (a.ruleId < b.ruleId ? -1 : 1))
  const kept: Match[] = []
  for (const match of ranked) {
    if (kept.every(other => match.end <= other.start || other.end <= match.start)) kept.push(match)
  }
  return kept.sort((a, b) => a.start - b.start)
}

/** Letters explained, less what the difference costs: a longer wording beats the shorter one it holds. */
function worth({letters, cost, strength, doubtful}: Match): number {
  return letters - cost * 2 + (strength === 'identifier' ? 2 : strength === 'part' ? -2 : 0) - (doubtful ? 2 : 0)
}

function pairsOf(codes: readonly number[]): readonly number[] {
  const pairs: number[] = []
  for (let index = 1; index < codes.length; index++) pairs.push((codes[index - 1] ?? 0) * 128 + (codes[index] ?? 0))
  return pairs
}
