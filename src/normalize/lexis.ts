import type {Span} from '../model.ts'
import {budgetOf} from './distance.ts'
import {codesOf} from './letters.ts'
import type {Identifier, Vocabulary} from './vocabulary.ts'

/** One wording, ready to be looked for. */
export interface Entry {
  readonly ruleId: string
  readonly strength: 'phrase' | 'part' | 'heading' | 'word'
  readonly wording: string
  readonly codes: readonly number[]
  /** In small letters. */
  readonly words: readonly string[]
  readonly ofLetter: boolean
  readonly isGrade: boolean
  /** Of the letters: words that hardly anything but a stamp has. */
  readonly telling: readonly Span[]
  /** Keys of the triples of each of these words. */
  readonly tellingTriples: readonly (readonly number[])[]
  readonly budget: number
  /** Keys of its pairs of letters. */
  readonly pairs: ReadonlySet<number>
  /** Letter pairs that must be shared before it is worth aligning. */
  readonly leastShared: number
}

/** All vocabularies, indexed so that a line meets only the wordings it shares letters with. */
export interface Lexis {
  /** Words and names of the letters beyond the lexicon, in small letters. */
  readonly words: ReadonlySet<string>
  readonly entries: readonly Entry[]
  readonly identifiers: readonly (Identifier & {readonly ruleId: string})[]
  /** From the first letters of a wording to the numbers of its entries; stamps are not in it. */
  readonly byStart: ReadonlyMap<number, readonly number[]>
  /** From a pair of letters to the entries that hold it; stamps are not in it. */
  readonly byPair: ReadonlyMap<number, readonly number[]>
  /** From three letters to the stamps that hold them. */
  readonly byTriple: ReadonlyMap<number, readonly number[]>
}

/** Index the vocabularies of rules. */
export function compileLexis(
  rules: readonly {readonly id: string; readonly vocabulary?: Vocabulary}[],
  words: readonly string[] = [],
): Lexis {
  const entries: Entry[] = []
  const identifiers: (Identifier & {ruleId: string})[] = []
  for (const {id, vocabulary} of rules) {
    const traits = {ofLetter: vocabulary?.ofLetter ?? false, isGrade: vocabulary?.grades ?? false}
    for (const wording of vocabulary?.words ?? []) entries.push(entryOf(id, 'word', wording, traits))
    for (const wording of vocabulary?.headings ?? []) entries.push(entryOf(id, 'heading', wording, traits))
    for (const wording of vocabulary?.phrases ?? []) entries.push(entryOf(id, 'phrase', wording, traits))
    for (const wording of vocabulary?.stamps ?? []) entries.push(entryOf(id, 'part', wording, traits))
    for (const identifier of vocabulary?.identifiers ?? []) identifiers.push({...identifier, ruleId: id})
  }
  const own = new Set(words.flatMap(word => word.toLowerCase().split(/[^\p{L}\p{M}'’]+/u)).filter(word => word !== ''))
  return {words: own, entries, identifiers, ...indexOf(entries)}
}

type Traits = Pick<Entry, 'ofLetter' | 'isGrade'>

function entryOf(ruleId: string, strength: Entry['strength'], wording: string, traits: Traits): Entry {
  const codes = codesOf(wording)
  if (codes.length > longestWording) {
    throw new RangeError(
      `Unexpected wording of ${codes.length} letters in \`${ruleId}\`, expected up to ${longestWording}`,
    )
  }
  const pairs = new Set(pairsOf(codes, 0, codes.length))
  const telling = tellingIn(wording)
  return {
    ruleId,
    strength,
    wording,
    codes,
    words: wording.toLowerCase().split(' '),
    ...traits,
    telling,
    tellingTriples: telling.map(({start, end}) => triplesOf(codes.slice(start, end))),
    budget: budgetOf(codes.length),
    pairs,
    leastShared: leastSharedOf(pairs.size),
  }
}

/** Each edit spoils two pairs; of a long wording more are left where a reader would still know it. */
function leastSharedOf(pairs: number): number {
  return Math.max(1, Math.floor(pairs * (pairs <= 10 ? 0.4 : pairs <= 16 ? 0.5 : 0.55)))
}

/** The search keeps one column of this many cells. */
const longestWording = 200

function indexOf(entries: readonly Entry[]): Omit<Lexis, 'words' | 'entries' | 'identifiers'> {
  const byStart = new Map<number, number[]>()
  const byPair = new Map<number, number[]>()
  const byTriple = new Map<number, number[]>()
  for (const [number, {strength, codes, pairs}] of entries.entries()) {
    if (strength === 'part') {
      for (const key of new Set(triplesOf(codes))) add(byTriple, key, number)
      continue
    }
    add(byStart, startKey(codes, 0), number)
    for (const key of pairs) add(byPair, key, number)
  }
  return {byStart, byPair, byTriple}
}

function add(index: Map<number, number[]>, key: number, number: number): void {
  const numbers = index.get(key)
  if (numbers === undefined) index.set(key, [number])
  else numbers.push(number)
}

/** Key of the two letters from `at` on. */
export function startKey(codes: readonly number[], at: number): number {
  return lookalike(codes[at] ?? 0) * 128 + lookalike(codes[at + 1] ?? 0)
}

/** Letters and figures that typewriters make the same have one key. */
function lookalike(code: number): number {
  // 1, L and I; 0 and O.
  if (code === 49 || code === 76) return 73
  return code === 48 ? 79 : code
}

/** Keys of the pairs of letters in `[from, to)`, in order. */
export function pairsOf(codes: readonly number[], from: number, to: number): readonly number[] {
  const pairs: number[] = []
  for (let index = from; index + 1 < to; index++) pairs.push(startKey(codes, index))
  return pairs
}

/** Keys of the triples of letters, in order. */
export function triplesOf(codes: readonly number[]): readonly number[] {
  const triples: number[] = []
  for (let index = 0; index + 2 < codes.length; index++) {
    triples.push(startKey(codes, index) * 128 + lookalike(codes[index + 2] ?? 0))
  }
  return triples
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
