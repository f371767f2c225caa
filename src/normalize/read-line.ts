import {findApproximate, lookalikeCost} from './distance.ts'
import {type Letters, lettersOf, textOf} from './letters.ts'
import {isBaseForm} from './lexicon.ts'
import {type Entry, type Lexis, pairsOf, startKey, triplesOf} from './lexis.ts'
import {findStampPart, type StampPart} from './stamp-part.ts'
import {type Token, tokensOf} from './tokens.ts'
import type {LineReading, Match} from './vocabulary.ts'

/** Lines longer than this are read by their identifiers alone: nothing printed as a marking is as long. */
const longestLine = 160

/**
 * Find what a line holds of the vocabularies.
 *
 * Words of the language are no misreading of others, so a wording is looked for
 * exactly everywhere, and with differences only around tokens that are no words
 * and in no line that reads as a sentence; a line of prose costs little.
 */
export function readLine(line: string, lexis: Lexis): LineReading {
  const letters = lettersOf(line)
  const tokens = tokensOf(line, lexis.words)
  const found = findIdentifiers(line, lexis)
  if (line.length <= longestLine) {
    findExact(line, letters, lexis, found)
    // A line that one wording explains whole is no part of a longer one.
    const isExplained = found.some(({letters: count}) => count === letters.codes.length)
    const stamps = isExplained ? [] : stampsLike(letters, lexis)
    if (stamps.length > 0 || !isSentence(tokens)) findDamaged(line, letters, tokens, lexis, found)
    for (const stamp of stamps) found.push(...findPart(line, stamp, letters, tokens))
  }
  return {letters: textOf(letters), spaced: letters.spaced, tokens, matches: withoutOverlaps(found)}
}

function findIdentifiers(line: string, lexis: Lexis): Match[] {
  const hasDigit = /\d/.test(line)
  const found: Match[] = []
  for (const {ruleId, name, bare, withoutDigits, pattern} of lexis.identifiers) {
    if (!hasDigit && withoutDigits !== true) continue
    for (const match of line.matchAll(pattern)) {
      if (match[0] === '') continue
      const [start, end] = [match.index, match.index + match[0].length]
      const letters = match[0].replace(/[^\p{L}\p{N}]/gu, '').length
      found.push({
        ruleId,
        strength: bare === true ? 'word' : 'identifier',
        wording: name,
        start,
        end,
        cost: 0,
        letters,
        ofLetter: false,
        isGrade: bare === true,
        isNumber: true,
        doubtful: false,
      })
    }
  }
  return found
}

function findExact(line: string, letters: Letters, lexis: Lexis, found: Match[]): void {
  const {codes, startsToken, endsToken} = letters
  for (let start = 0; start < codes.length; start++) {
    if (startsToken[start] !== true) continue
    for (const number of lexis.byStart.get(startKey(codes, start)) ?? []) {
      const entry = lexis.entries[number]
      if (entry === undefined) continue
      const end = start + entry.codes.length
      if (endsToken[end - 1] !== true || !entry.codes.every((code, index) => code === codes[start + index])) continue
      const {from, to} = placeInLine(line, letters, start, end)
      found.push(matchFor(entry, from, to, 0, end - start, false))
    }
  }
}

/** Letters before and behind damaged tokens within which a wording may reach over them, as a multiple of its own. */
const reach = 1.2

function findDamaged(line: string, letters: Letters, tokens: readonly Token[], lexis: Lexis, found: Match[]): void {
  const {codes} = letters
  if (letters.spaced) {
    // Of letters set apart each may be misread, so that no pair is left to go by.
    for (const entry of lexis.entries) {
      if (entry.strength === 'word' || entry.strength === 'heading') {
        findWithin(line, entry, letters, tokens, 0, codes.length, found)
      }
    }
    return
  }
  const places = damagedPlaces(line, letters, tokens)
  if (places.length === 0) return
  const shared = sharedPairs(codes, lexis)
  for (const {from, to} of places) {
    for (const number of entriesAt(codes, from, to, lexis)) {
      const entry = lexis.entries[number]
      if (entry === undefined || shared[number]! < entry.leastShared) continue
      const beyond = Math.ceil(entry.codes.length * reach)
      const start = Math.max(0, from - beyond)
      const end = Math.min(codes.length, to + beyond)
      if (sharesEnough(entry, codes, start, end)) findWithin(line, entry, letters, tokens, start, end, found)
    }
  }
}

/** Letters of tokens that are no words; neighbouring ones are one place. */
function damagedPlaces(
  line: string,
  {origin}: Letters,
  tokens: readonly Token[],
): readonly {from: number; to: number}[] {
  const places: {from: number; to: number}[] = []
  let at = 0
  for (const token of tokens) {
    const single = token.text.length === 1
    if (single ? isBracketed(line, token) : token.kind === 'number' || isRealWord(token)) continue
    while (at < origin.length && (origin[at] ?? 0) < token.start) at++
    const from = at
    while (at < origin.length && (origin[at] ?? 0) < token.end) at++
    const last = places.at(-1)
    if (last?.to === from) last.to = at
    else if (at > from) places.push({from, to: at})
  }
  return places
}

/** A letter or figure in brackets grades or counts a paragraph. */
function isBracketed(line: string, {start, end}: Token): boolean {
  return line[start - 1] === '(' && line[end] === ')'
}

/** Numbers of the entries that share a pair of letters with `[from, to)` or its borders. */
function entriesAt(codes: readonly number[], from: number, to: number, lexis: Lexis): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (const pair of pairsOf(codes, Math.max(0, from - 2), to + 2)) {
    for (const number of lexis.byPair.get(pair) ?? []) numbers.add(number)
  }
  return numbers
}

/** How many different pairs of letters each entry shares with a line, 255 at most. */
function sharedPairs(codes: readonly number[], lexis: Lexis): Uint8Array {
  const shared = new Uint8Array(lexis.entries.length)
  for (const pair of new Set(pairsOf(codes, 0, codes.length))) {
    for (const number of lexis.byPair.get(pair) ?? []) if (shared[number]! < 255) shared[number]!++
  }
  return shared
}

function sharesEnough({pairs, leastShared}: Entry, codes: readonly number[], from: number, to: number): boolean {
  const shared: number[] = []
  for (let index = from; index + 1 < to; index++) {
    const pair = startKey(codes, index)
    if (pairs.has(pair) && !shared.includes(pair) && shared.push(pair) >= leastShared) return true
  }
  return false
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
  if (place.cost > 0) found.push(...matchOf(line, entry, letters, tokens, place, place.cost > budget))
  findWithin(line, entry, letters, tokens, from, place.start, found)
  findWithin(line, entry, letters, tokens, place.end, to, found)
}

/** With so many words that hold sentences together, a line is none that was misread. */
const sentenceWords = 3

function isSentence(tokens: readonly Token[]): boolean {
  return tokens.filter(({kind, text}) => kind === 'function' && text.length > 1).length >= sentenceWords
}

/** Share of a line's triples of letters that must be a stamp's for the line to be part of it, badly read. */
const leastOfStamp = 0.35

/** The stamps a line may be part of. */
function stampsLike({codes}: Letters, lexis: Lexis): readonly Entry[] {
  const triples = new Set(triplesOf(codes))
  const least = Math.max(3, triples.size * leastOfStamp)
  const shared = new Uint8Array(lexis.entries.length)
  const like: number[] = []
  for (const triple of triples) {
    for (const number of lexis.byTriple.get(triple) ?? []) {
      const count = (shared[number] ?? 0) + 1
      shared[number] = count
      if (count >= least && count - 1 < least) like.push(number)
    }
  }
  return like.flatMap(number => {
    const entry = lexis.entries[number]
    return entry === undefined || !isToldOf(entry, triples) ? [] : [entry]
  })
}

/** Share of the triples of a telling word that is left where it was misread. */
const leastOfWord = 0.4

function isToldOf({tellingTriples}: Entry, triples: ReadonlySet<number>): boolean {
  return tellingTriples.some(word => word.filter(triple => triples.has(triple)).length >= word.length * leastOfWord)
}

function findPart(line: string, stamp: Entry, letters: Letters, tokens: readonly Token[]): readonly Match[] {
  const part = findStampPart(stamp.codes, letters)
  return part === null ? [] : partMatch(line, stamp, letters, tokens, part)
}

function matchFor(entry: Entry, start: number, end: number, cost: number, letters: number, doubtful: boolean): Match {
  const {ruleId, strength, wording, ofLetter, isGrade} = entry
  return {ruleId, strength, wording, start, end, cost, letters, ofLetter, isGrade, isNumber: false, doubtful}
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
  return [matchFor(entry, from, to, cost, end - start, doubtful || cost > entry.budget + spare)]
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
  return [matchFor(entry, first.start, last.end, cost, count, false)]
}

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
function isRealWord({kind, text, isOwn}: Token): boolean {
  return isOwn || kind === 'function' || (kind === 'word' && isBaseForm(text.toLowerCase()))
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
  const ranked = [...matches].sort(
    (a, b) => worth(b) - worth(a) || a.cost - b.cost || a.start - b.start || (a.wording < b.wording ? -1 : 1),
  )
  const kept: Match[] = []
  for (const match of ranked) {
    if (kept.every(other => match.end <= other.start || other.end <= match.start)) kept.push(match)
  }
  return kept.sort((a, b) => a.start - b.start)
}

/** Letters explained, less what the difference costs: a longer wording beats the shorter one it holds. */
function worth({letters, cost, strength, doubtful}: Match): number {
  return letters - cost * 2 + (strength === 'identifier' ? 2 : strength === 'part' ? -4 : 0) - (doubtful ? 2 : 0)
}
