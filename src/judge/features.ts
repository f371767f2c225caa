import type {Difference, LookReading} from '../model.ts'
import {confidenceName, isNumber, numberSigns} from './numbers.ts'
import {digitsOf, type Fold, lettersOf, marksOf, nearnessOf, type Votes, votesOf} from './readings.ts'
import {changeOf, confusionOf, type Surroundings, vocabularyWords} from './surroundings.ts'
import {editsBetween, type Slip, slipOf} from './typing.ts'

/** A difference with the evidence at its own place. */
export interface Place extends Pick<Difference, 'kind' | 'reference' | 'hypothesis' | 'before' | 'after'> {
  /** Least confidence of the words touched; null where nothing was read. */
  readonly confidence: number | null
  /** What the second look reads, all words of the place joined; empty where it was not taken. */
  readonly readings: readonly LookReading[]
  /** Of text that was not read: the letters that fit between what was read before and after it; null where not known. */
  readonly room: number | null
  /** What cleanup took out at this place. */
  readonly takenOut: string
  /** Of several words in a line: the widest blank between two of them, in blanks of the page; null for one word. */
  readonly blank: number | null
  /** True for one of the first words of the transcript, where a letterhead may be left out. */
  readonly isHead: boolean
  /** True where no equal word parts it from the difference before or after. */
  readonly isBeside: boolean
}

/** What counts for one side or another, by name; most are 0 or 1, none is above 1. */
export type Features = Readonly<Record<string, number>>

/** How often the OCR made each confusion where the transcript is right, by `confusionOf`. */
export type Confusions = Readonly<Record<string, number>>

/** A place taken apart, for the weights and for the words. */
export interface Signs {
  readonly features: Features
  readonly votes: Votes
  /** Whether the second look tells the two sides apart. */
  readonly isTold: boolean
}

/** Which side of a difference is of known words. */
type Known = 'both' | 'reference' | 'hypothesis' | 'neither'

/** Take the evidence of a place apart. */
export function signsOf(whole: Place, around: Surroundings, confusions: Confusions): Signs {
  const {reference, hypothesis, confidence, readings} = whole
  const place = narrowed(whole)
  const {kind} = place
  const isOfLetters = lettersOf(reference) !== lettersOf(hypothesis)
  const fold: Fold = isOfLetters ? lettersOf : marksOf
  const votes = votesOf(readings, reference, hypothesis, fold)
  const slip = slipOf(fold(hypothesis), fold(reference))
  const known = knownOf(place, around)
  const found: Record<string, number> = {always: 1}
  const add = (name: string, value: number | boolean) => {
    if (Number(value) !== 0) found[name] = Number(value)
  }
  add(`is ${kind}`, kind !== 'substitution')
  // Readings have no blanks, and tell nothing of text that was not read.
  const isTold = readings.length > 0 && kind !== 'deletion' && fold(reference) !== fold(hypothesis)
  if (isNumber(place)) {
    for (const name of numberSigns(place, whole, isTold ? readings : [])) add(name, true)
    return {features: found, votes, isTold}
  }
  add(confidenceName(confidence), true)
  add('beside another difference', whole.isBeside)
  add('cleanup took it out', isTakenOut(place))
  if (isTold) {
    const near = nearnessOf(readings, reference, hypothesis, fold)
    add('no look is nearer to the transcript', near.reference === 0)
    add('looks nearer to the transcript', near.reference)
    add('looks nearer to the first', near.hypothesis)
    add('every look is nearer to the first', near.hypothesis === 1)
    add('every look reads as first', votes.hypothesis === 1)
    add('letters allow for the transcript', votes.reference > 0 ? 0 : votes.support)
    add('every look, letters sure', votes.hypothesis === 1 && votes.support < 0.05)
  } else add('no second look', readings.length === 0 && kind !== 'deletion')
  if (kind === 'substitution') addOfBoth(place, isOfLetters, slip, known, around, confusions, add)
  if (kind === 'insertion') addOfInsertion(place, around, add)
  if (kind === 'deletion') addOfDeletion(place, add)
  return {features: found, votes, isTold}
}

/** A place without the words that both sides begin or end with: `WASHINGTON April` for `April` is a word that came. */
function narrowed(place: Place): Place {
  const wordsOf = (text: string): readonly string[] => text.match(/\S+\s*/g) ?? []
  const own = wordsOf(place.reference)
  const read = wordsOf(place.hypothesis)
  const isSame = (a: string | undefined, b: string | undefined) =>
    a !== undefined &&
    b !== undefined &&
    (lettersOf(a) === '' ? marksOf(a) === marksOf(b) : lettersOf(a) === lettersOf(b))
  let start = 0
  while (isSame(own[start], read[start])) start++
  let end = 0
  while (end < Math.min(own.length, read.length) - start && isSame(own.at(-1 - end), read.at(-1 - end))) end++
  if (start + end === 0) return place
  const rest = (words: readonly string[]) => words.slice(start, words.length - end).join('')
  const [reference, hypothesis] = [rest(own), rest(read)]
  if (reference.trim() === '' && hypothesis.trim() === '') return place
  const kind = reference.trim() === '' ? 'insertion' : hypothesis.trim() === '' ? 'deletion' : 'substitution'
  return {...place, kind, reference, hypothesis}
}

/** Whether cleanup took out what the transcript has and the reading lacks. */
function isTakenOut({reference, hypothesis, takenOut}: Place): boolean {
  const [lost, kept] = [lettersOf(reference), lettersOf(hypothesis)]
  const missing = kept !== '' && lost.endsWith(kept) ? lost.slice(0, -kept.length) : lost
  return takenOut !== '' && missing !== '' && lettersOf(takenOut).includes(missing)
}

/** A gap that is at least this share of the page's blanks parts words. */
const leastBlank = 0.6

type Add = (name: string, value: number | boolean) => void

function addOfBoth(
  {reference, hypothesis, blank}: Place,
  isOfLetters: boolean,
  slip: Slip,
  known: Known,
  around: Surroundings,
  confusions: Confusions,
  add: Add,
): void {
  const [from, to] = [lettersOf(reference), lettersOf(hypothesis)]
  if (isOfLetters) {
    add(`known: ${known}`, true)
    add(`slip: ${slip}`, true)
    add('how much differs', editsBetween(from, to) / Math.max(from.length, to.length, 1))
    add('only capitals differ', from.toLowerCase() === to.toLowerCase())
    add('digits differ', digitsOf(from) !== digitsOf(to))
    const counts = [to, from].map(text => around.vocabulary.get(text.toLowerCase()) ?? 0)
    add(
      'the reading is the more frequent word',
      bounded(Math.log2(((counts[0] ?? 0) + 1) / Math.max(counts[1] ?? 0, 1)) / 5),
    )
    add('the transcript has the reading elsewhere', (counts[0] ?? 0) > 0)
    add('the transcript’s word was read elsewhere', (around.read.get(from.toLowerCase()) ?? 0) > 0)
  } else {
    add('only punctuation differs', marksOf(reference) !== marksOf(hypothesis))
    add('only blanks differ', marksOf(reference) === marksOf(hypothesis))
    const isParted = /\s/.test(hypothesis.trim()) && !/\s/.test(reference.trim())
    const isLineEnd = /[^\s\p{Pd}]\s*\n/u.test(hypothesis.trim())
    add('a blank on the scan', isParted && (isLineEnd || (blank !== null && blank >= leastBlank)))
    add('a narrow gap on the scan', isParted && blank !== null && blank < leastBlank)
    add('only dashes differ', dashesOf(reference) === dashesOf(hypothesis) && /\p{Pd}/u.test(reference))
  }
  const confusion = confusionOf(reference, hypothesis)
  if (confusion !== null) {
    add('a known confusion', Math.min(1, Math.log2(1 + (confusions[confusion] ?? 0)) / 4))
    add('the same confusion elsewhere', bounded(Math.log2(around.confusions.get(confusion) ?? 1) / 2))
  }
  add('the same change elsewhere', bounded(Math.log2(around.changes.get(changeOf(reference, hypothesis)) ?? 1) / 2))
  add('signs no letter has', strangeness(hypothesis))
  add(
    'more words than the transcript',
    hypothesis.trim().split(/\s+/).length > reference.trim().split(/\s+/).length + 2,
  )
  add('a mark in brackets', /^\(\p{Lu}{1,3}\)/u.test(reference.trim()))
  add('a page number', /^[\s\p{Pd}\d.]*$/u.test(reference) && /\p{Pd}/u.test(reference))
}

function addOfInsertion(
  {hypothesis, before, after, isHead}: Place,
  {isWord, vocabulary}: Surroundings,
  add: Add,
): void {
  const words = vocabularyWords(hypothesis)
  const known = words.filter(word => isWord(word) || (vocabulary.get(word) ?? 0) > 0)
  add('one word came', words.length === 1)
  add('two or three words came', words.length === 2 || words.length === 3)
  add('many words came', words.length > 3)
  add('no word came', words.length === 0)
  add('share of known words', known.length / Math.max(1, words.length))
  add('known word of two letters or more', words.length === 1 && known.length === 1 && hypothesis.trim().length > 1)
  add('came with a line of its own', /\n/.test(hypothesis.trim()) || /\n\n/.test(hypothesis))
  add('signs no letter has', strangeness(hypothesis))
  add('repeats its neighbour', [before.split(' ').at(-1), after.split(' ')[0]].includes(hypothesis.trim()))
  add('came at the head of the document', isHead)
}

function addOfDeletion({reference, before, after, room, takenOut}: Place, add: Add): void {
  const needed = [...reference.trim()].length + 1
  const isRepeated = [before.split(' ').at(-1), after.split(' ')[0]].includes(reference.trim())
  add('room not known', room === null)
  if (room !== null) {
    add('no room for it', room < 0.5 * needed)
    add('room for it', room >= 0.8 * needed)
  }
  add('repeats its neighbour', isRepeated)
  add('a mark in brackets', /^\(\p{Lu}{1,3}\)/u.test(reference.trim()))
  add('a page number', /^[\s\p{Pd}\d.]*$/u.test(reference))
  const [own, out] = [digitsOf(reference), digitsOf(takenOut)]
  add(
    'cleanup took out another number',
    own !== '' && own === lettersOf(reference) && out.length === own.length && out !== own,
  )
  add('no letter lost', lettersOf(reference) === '')
  add('many words lost', vocabularyWords(reference).length > 3)
}

/** Whether each side's own words are known: of the language, or standing elsewhere in the transcripts. */
function knownOf({reference, hypothesis}: Place, {vocabulary, isWord}: Surroundings): Known {
  const words = [reference, hypothesis].map(text => vocabularyWords(text.replace(/\p{Pd}\s*\n\s*/gu, '')))
  const [own = [], read = []] = words
  const isKnown = (word: string, least: number) =>
    isWord(word) || (vocabulary.get(word) ?? 0) >= least || /^\p{Nd}+$/u.test(word)
  // A word of the transcript is in the vocabulary at least once: at this very place.
  const reference_ = own.length > 0 && own.every(word => isKnown(word, read.includes(word) ? 1 : 2))
  const hypothesis_ = read.length > 0 && read.every(word => isKnown(word, 1))
  if (reference_) return hypothesis_ ? 'both' : 'reference'
  return hypothesis_ ? 'hypothesis' : 'neither'
}

/** Share of signs that typed English has not, apart from letters, digits and common punctuation. */
function strangeness(text: string): number {
  const signs = [...text.replace(/\s/g, '')]
  const strange = signs.filter(sign => !/[\p{Script=Latin}\p{Nd}.,;:?!'’"“”()/&$%\p{Pd}]/u.test(sign)).length
  return signs.length === 0 ? 0 : strange / signs.length
}

function dashesOf(text: string): string {
  return marksOf(text).replace(/=/g, '')
}

function bounded(value: number): number {
  return Math.min(1, Math.max(-1, value))
}
