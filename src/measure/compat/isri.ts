import type {Measured} from '../../model.ts'
import {characterClass, type Recall, recall} from '../classes.ts'
import {ratio} from '../measured.ts'
import {matchIsri} from './isri-path.ts'
import {listTokens, type Tools} from './tools.ts'

/** Operations of a corrector: `ins` puts in what the OCR lost, `del` takes out what it made up. Not OCR-D's insertions. */
export interface IsriOperations {
  readonly ins: number
  readonly subst: number
  readonly del: number
  readonly errors: number
}

/** What was generated for what, as a whole, and how much of it was marked as doubtful. */
export interface IsriConfusion {
  readonly correct: string
  readonly generated: string
  readonly errors: number
  readonly marked: number
}

/** The numbers of ISRI's `accuracy`. */
export interface IsriAccuracy {
  /** Characters of the reference; `~` there is a wildcard, and none. */
  readonly characters: number
  readonly errors: number
  /** (characters - errors) / characters; may be negative. */
  readonly accuracy: Measured
  /** `~` in the hypothesis: a character that was seen and not read. */
  readonly rejectCharacters: number
  /** `^` in the hypothesis: the next character is doubtful. */
  readonly suspectMarkers: number
  /** Doubtful characters that were right. */
  readonly falseMarks: number
  /** (reject characters + suspect markers) / characters. */
  readonly charactersMarked: Measured
  /** Accuracy once every marked error has been corrected. */
  readonly accuracyAfterCorrection: Measured
  readonly operations: {
    readonly marked: IsriOperations
    readonly unmarked: IsriOperations
    readonly total: IsriOperations
  }
  readonly classes: readonly Recall[]
  /** The costliest first. */
  readonly confusions: readonly IsriConfusion[]
}

/**
 * Measure character accuracy as ISRI's `accuracy` does (Rice, "Measuring the Accuracy of Page-Reading
 * Systems", 1996; ocreval 7).
 *
 * Code points, not normalized. Runs of blanks are one blank, none stands at either end of
 * a line, empty lines are dropped, line ends are characters. Between two matches
 * the longer side counts.
 */
export function isriAccuracy(reference: string, hypothesis: string, {align}: Pick<Tools, 'align'>): IsriAccuracy {
  const correct = readIsriText(reference)
  const generated = readIsriText(hypothesis)
  const a = correct.characters.map(({value}) => value)
  // A reject character never matches, not even a wildcard.
  const b = generated.characters.map(({value}) => (value === '~' ? '\0~' : value))
  const alignment = align(listTokens(a, 'character'), listTokens(b, 'character'))
  const runs = matchIsri({...internIsri(a, b), replaces: true}, alignment)

  const classes = new Map<string, {count: number; missed: number}>()
  const confusions = new Map<string, {correct: string; generated: string; errors: number; marked: number}>()
  const [marked, unmarked] = [noOperations(), noOperations()]
  let [characters, rejects, suspects, falseMarks] = [0, 0, 0, 0]
  const countClass = (value: string, missed: number): void => {
    const name = characterClass(value.codePointAt(0)!)
    const entry = classes.get(name) ?? {count: 0, missed: 0}
    entry.count++
    entry.missed += missed
    classes.set(name, entry)
  }
  const settle = (from: readonly IsriCharacter[], to: readonly IsriCharacter[], matches: boolean): void => {
    const letters = from.filter(({value}) => value !== '~')
    const rejected = to.filter(({value}) => value === '~').length
    const suspected = to.filter(({value, suspect}) => suspect && value !== '~').length
    for (const {value} of letters) countClass(value, matches ? 0 : 1)
    characters += letters.length
    rejects += rejected
    suspects += suspected
    if (matches) {
      falseMarks += suspected
      return
    }
    const made = Math.max(0, to.length - (from.length - letters.length))
    const errors = Math.max(letters.length, made)
    if (errors === 0) return
    const isMarked = rejected + suspected > 0
    const operations = isMarked ? marked : unmarked
    operations.ins += Math.max(0, letters.length - made)
    operations.subst += Math.min(letters.length, made)
    operations.del += Math.max(0, made - letters.length)
    operations.errors += errors
    const [was, became] = [from, to].map(side => side.map(({value}) => value).join(''))
    const key = `${was}\0\0${became}`
    const entry = confusions.get(key) ?? {correct: was!, generated: became!, errors: 0, marked: 0}
    entry.errors += errors
    entry.marked += isMarked ? errors : 0
    confusions.set(key, entry)
  }
  let [atA, atB] = [0, 0]
  for (const run of [...runs, {reference: a.length, hypothesis: b.length, length: 0}]) {
    settle(correct.characters.slice(atA, run.reference), generated.characters.slice(atB, run.hypothesis), false)
    atA = run.reference + run.length
    atB = run.hypothesis + run.length
    settle(correct.characters.slice(run.reference, atA), generated.characters.slice(run.hypothesis, atB), true)
  }
  return complete({
    characters,
    rejectCharacters: rejects,
    suspectMarkers: suspects,
    falseMarks,
    marked,
    unmarked,
    classes,
    confusions: [...confusions.values()],
  })
}

/** Sum up the accuracy of pages, as ISRI's `accsum`. */
export function sumIsriAccuracy(pages: readonly IsriAccuracy[]): IsriAccuracy {
  const total = (value: (page: IsriAccuracy) => number): number => pages.reduce((sum, page) => sum + value(page), 0)
  const classes = new Map<string, {count: number; missed: number}>()
  const confusions = new Map<string, IsriConfusion>()
  for (const page of pages) {
    for (const {name, count, missed} of page.classes) {
      const known = classes.get(name) ?? {count: 0, missed: 0}
      classes.set(name, {count: known.count + count, missed: known.missed + missed})
    }
    for (const confusion of page.confusions) {
      const key = `${confusion.correct}\0\0${confusion.generated}`
      const known = confusions.get(key)
      const errors = confusion.errors + (known?.errors ?? 0)
      confusions.set(key, {...confusion, errors, marked: confusion.marked + (known?.marked ?? 0)})
    }
  }
  const operations = (side: 'marked' | 'unmarked'): IsriOperations => ({
    ins: total(page => page.operations[side].ins),
    subst: total(page => page.operations[side].subst),
    del: total(page => page.operations[side].del),
    errors: total(page => page.operations[side].errors),
  })
  return complete({
    characters: total(page => page.characters),
    rejectCharacters: total(page => page.rejectCharacters),
    suspectMarkers: total(page => page.suspectMarkers),
    falseMarks: total(page => page.falseMarks),
    marked: operations('marked'),
    unmarked: operations('unmarked'),
    classes,
    confusions: [...confusions.values()],
  })
}

/** What is counted; all else follows. */
interface IsriCounts {
  readonly characters: number
  readonly rejectCharacters: number
  readonly suspectMarkers: number
  readonly falseMarks: number
  readonly marked: IsriOperations
  readonly unmarked: IsriOperations
  readonly classes: ReadonlyMap<string, {readonly count: number; readonly missed: number}>
  readonly confusions: readonly IsriConfusion[]
}

function complete(counts: IsriCounts): IsriAccuracy {
  const {characters, rejectCharacters, suspectMarkers, falseMarks, marked, unmarked, classes, confusions} = counts
  const total = {
    ins: marked.ins + unmarked.ins,
    subst: marked.subst + unmarked.subst,
    del: marked.del + unmarked.del,
    errors: marked.errors + unmarked.errors,
  }
  return {
    characters,
    errors: total.errors,
    accuracy: isriRate(characters - total.errors, characters),
    rejectCharacters,
    suspectMarkers,
    falseMarks,
    charactersMarked: isriRate(rejectCharacters + suspectMarkers, characters),
    accuracyAfterCorrection: isriRate(characters - unmarked.errors, characters),
    operations: {marked, unmarked, total},
    classes: [...classes]
      .map(([name, {count, missed}]) => recall(name, count, missed))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    confusions: [...confusions].sort(compareConfusions),
  }
}

function isriRate(part: number, characters: number): Measured {
  return ratio(part, characters, 'The reference holds no characters')
}

interface IsriCharacter {
  /** A code point. */
  readonly value: string
  readonly suspect: boolean
}

export interface IsriText {
  readonly characters: readonly IsriCharacter[]
}

/** Read a text as ISRI's tools do: `^` marks the next character, white space is compressed. */
export function readIsriText(text: string): IsriText {
  const all: {value: string; suspect: boolean}[] = []
  let suspect = false
  for (const value of text) {
    if (value === '^') suspect = true
    else {
      all.push({value: isBlank(value) ? ' ' : value, suspect})
      suspect = false
    }
  }
  const characters: {value: string; suspect: boolean}[] = []
  let hasText = false
  for (const [index, character] of all.entries()) {
    const next = all[index + 1]
    const ends = next === undefined || next.value === ' ' || next.value === '\n'
    if ((character.value === ' ' && (!hasText || ends)) || (character.value === '\n' && !hasText)) {
      // A mark on one of several blanks is a mark on the one that stays.
      if (hasText && next?.value === ' ') next.suspect ||= character.suspect
      continue
    }
    hasText = character.value !== '\n'
    characters.push(character)
  }
  return {characters}
}

/** Give each string a number, the same on both sides. */
export function internIsri(
  a: readonly string[],
  b: readonly string[],
): {readonly a: Int32Array; readonly b: Int32Array} {
  const numbers = new Map<string, number>()
  const numberOf = (value: string): number => {
    const number = numbers.get(value) ?? numbers.size
    numbers.set(value, number)
    return number
  }
  return {a: Int32Array.from(a, numberOf), b: Int32Array.from(b, numberOf)}
}

function isBlank(value: string): boolean {
  return value !== '\n' && /[\t\v\f\r\p{Z}]/u.test(value)
}

function noOperations(): {ins: number; subst: number; del: number; errors: number} {
  return {ins: 0, subst: 0, del: 0, errors: 0}
}

/** By errors, then marked errors, then as ISRI writes them: `{m}-{rn}`. */
function compareConfusions(one: IsriConfusion, other: IsriConfusion): number {
  const [first, second] = [one, other].map(({correct, generated}) => `{${correct}}-{${generated}}`)
  return other.errors - one.errors || other.marked - one.marked || (first! < second! ? -1 : 1)
}
