/** What the normalizer finds of real marking lines, and what it leaves alone. */
import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import type {PageText} from '../src/model.ts'
import {normalize} from '../src/normalize/normalize.ts'
import {randomFrom} from './generate.ts'
import {letterLines, letterPages, markedPages} from './letter-lines.ts'

/** A labelled line, as `markings.jsonl` holds it. */
export interface LabelledLine {
  readonly text: string
  readonly label: 'marking' | 'body'
  readonly family: string
  readonly garbled: boolean
  readonly source: string
}

/** A sentence cut in two, as `interruptions.jsonl` holds it. */
export interface Interruption {
  readonly before: string
  readonly interrupting: readonly string[]
  readonly after: string
  readonly join: string
  readonly joined_tail: string
}

/** Lines of one kind and what became of them, one at a time. */
export interface Outcome {
  readonly lines: number
  readonly stripped: number
  readonly flagged: number
}

export interface FamilyOutcome {
  readonly label: LabelledLine['label']
  readonly family: string
  readonly clean: Outcome
  readonly garbled: Outcome
}

export interface Figures {
  /** By half of the sources: the rules were made looking at `tune` alone. */
  readonly halves: Readonly<Record<Half, readonly FamilyOutcome[]>>
  /** Assembled documents: the same markings on all pages, or others on each. */
  readonly documents: {readonly repeated: DocumentFigures; readonly single: DocumentFigures}
  /** Lines and pages written for this bench that hold no marking but speak of them; see letter-lines.ts. */
  readonly letters: LetterFigures
  readonly interruptions: {readonly sentences: number; readonly right: number}
}

/** What became of letters without a marking, line by line, as documents, and as documents with markings above and below. */
export interface LetterFigures {
  readonly lines: Outcome
  readonly documents: number
  readonly characters: number
  readonly charactersLost: number
  readonly charactersLostAmongMarkings: number
}

export type Half = 'tune' | 'held-out'

/** What became of marking lines at the tops and bottoms of assembled pages. */
export interface DocumentFigures {
  readonly markings: number
  readonly stripped: number
  readonly bodyLines: number
  readonly bodyCharactersLost: number
}

/** Read the labelled data and measure everything; deterministic. */
export function measureRules(folder: URL, prose: readonly string[]): Figures {
  const lines = readLines<LabelledLine>(new URL('markings.jsonl', folder))
  const interruptions = readLines<Interruption>(new URL('interruptions.jsonl', folder))
  const inHalf = (half: Half) => lines.filter(({source}) => halfOf(source) === half)
  return {
    halves: {tune: byFamily(inHalf('tune')), 'held-out': byFamily(inHalf('held-out'))},
    documents: {repeated: measureDocuments(lines, prose, true), single: measureDocuments(lines, prose, false)},
    letters: measureLetters(prose, letterDocuments),
    interruptions: {sentences: interruptions.length, right: interruptions.filter(isJoinedRight).length},
  }
}

/** Lines of one source, which resemble each other, are in one half. */
export function halfOf(source: string): Half {
  return (createHash('sha256').update(source).digest()[0] ?? 0) % 2 === 0 ? 'tune' : 'held-out'
}

/** Sum outcomes of a label over families. */
export function totalOf(families: readonly FamilyOutcome[], label: LabelledLine['label'], garbled: boolean): Outcome {
  return families
    .filter(family => family.label === label)
    .map(family => (garbled ? family.garbled : family.clean))
    .reduce(add, nothing)
}

export const nothing: Outcome = {lines: 0, stripped: 0, flagged: 0}

export function add(a: Outcome, b: Outcome): Outcome {
  return {lines: a.lines + b.lines, stripped: a.stripped + b.stripped, flagged: a.flagged + b.flagged}
}

function byFamily(lines: readonly LabelledLine[]): readonly FamilyOutcome[] {
  const names = [...new Set(lines.map(({label, family}) => `${label} ${family}`))].sort()
  return names.map(name => {
    const own = lines.filter(({label, family}) => `${label} ${family}` === name)
    const [first] = own
    if (first === undefined) throw new RangeError(`No line of \`${name}\``)
    return {
      label: first.label,
      family: first.family,
      clean: own
        .filter(({garbled}) => !garbled)
        .map(outcomeOf)
        .reduce(add, nothing),
      garbled: own
        .filter(({garbled}) => garbled)
        .map(outcomeOf)
        .reduce(add, nothing),
    }
  })
}

/** One line, with no document around it. */
function outcomeOf({text}: Pick<LabelledLine, 'text'>): Outcome {
  const {edits} = normalize(pagesOf(text), {profile: 'letter', disabled: []})
  const stripped = edits.some(({action}) => action === 'strip')
  const flagged = !stripped && edits.some(({action}) => action === 'flag')
  return {lines: 1, stripped: Number(stripped), flagged: Number(flagged)}
}

const letterDocuments = 300

/** Seeded: the same documents each time. */
export function measureLetters(prose: readonly string[], documents: number): LetterFigures {
  const sum = {documents, characters: 0, charactersLost: 0, charactersLostAmongMarkings: 0}
  for (let seed = 1; seed <= documents; seed++) {
    const pages = letterPages(seed, prose)
    const lines = pages.map(page => page.split('\n'))
    sum.characters += lines
      .flat()
      .join('')
      .replace(/[^\p{L}\p{N}]/gu, '').length
    sum.charactersLost += lostOf(lines, pages)
    sum.charactersLostAmongMarkings += lostOf(lines, markedPages(seed, pages))
  }
  const lines = letterLines(1, 600).map(({text}) => outcomeOf({text}))
  return {lines: lines.reduce(add, nothing), ...sum}
}

/** Letters and digits of `body` that cleaning takes from `pages`. */
function lostOf(body: readonly (readonly string[])[], pages: readonly string[]): number {
  const {clean} = normalize(pagesOf(pages.join('\f')), {profile: 'letter', disabled: []})
  return lost(body.flat(), clean)
}

function isJoinedRight({before, interrupting, after, join, joined_tail}: Interruption): boolean {
  const text = [before, ...interrupting, after].join('\n')
  const clean = normalize(pagesOf(text), {profile: 'letter', disabled: []}).clean.replace(/\s+/g, ' ')
  if (join.startsWith('NOT')) return clean.includes(before) && clean.includes(after)
  // The tail was made without the hyphen or dash that the sentence keeps.
  if (join === 'hyphen') return clean.includes(`${before.split(' ').at(-1)}${after.split(' ')[0]}`)
  if (join.startsWith('dash')) return clean.includes(`${before} ${after}`)
  return clean.includes(joined_tail.trim())
}

const documents = 150
const pagesEach = 4
const linesEach = 16

/**
 * Assemble documents of four pages: prose with two marking lines above and two
 * below, and a line that resembles a marking in the prose of each page.
 */
function measureDocuments(
  lines: readonly LabelledLine[],
  prose: readonly string[],
  repeated: boolean,
): DocumentFigures {
  const random = randomFrom(1)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  const markings = lines.filter(({label, family}) => label === 'marking' && family !== 'stray_cyrillic')
  const nearMisses = lines.filter(({label, family}) => label === 'body' && !/russian|cyrillic|homoglyph/.test(family))
  const sum = {markings: 0, stripped: 0, bodyLines: 0, bodyCharactersLost: 0}
  for (let document = 0; document < documents; document++) {
    const draw = () => Array.from({length: 4}, () => pick(markings).text)
    const shared = draw()
    const pages = Array.from({length: pagesEach}, () => {
      const [first, second, third, fourth] = repeated ? shared : draw()
      const from = Math.floor(random() * (prose.length - linesEach))
      const body = prose.slice(from, from + linesEach)
      body.splice(3 + Math.floor(random() * 10), 0, pick(nearMisses).text)
      return {marks: [first, second, third, fourth], body}
    })
    const text = pages
      .map(({marks, body}) => [...marks.slice(0, 2), '', ...body, '', ...marks.slice(2)].join('\n'))
      .join('\f')
    const {clean} = normalize(pagesOf(text), {profile: 'letter', disabled: []})
    for (const [index, page] of clean.split('\f').entries()) {
      const {marks, body} = pages[index] ?? {marks: [], body: []}
      const left = new Set(page.split('\n').map(line => line.trim()))
      sum.markings += marks.length
      sum.stripped += marks.filter(mark => mark !== undefined && !left.has(mark.trim())).length
      sum.bodyLines += body.length
      sum.bodyCharactersLost += lost(body, page)
    }
  }
  return sum
}

/** Letters and digits of the body that do not stand in the clean page in their order. */
function lost(body: readonly string[], clean: string): number {
  const wanted = body.map(line => line.replace(/[^\p{L}\p{N}]/gu, ''))
  const given = clean.replace(/[^\p{L}\p{N}]/gu, '')
  let at = 0
  let missing = 0
  for (const line of wanted) {
    const found = given.indexOf(line, at)
    if (found < 0) missing += line.length
    else at = found + line.length
  }
  return missing
}

function pagesOf(text: string): readonly PageText[] {
  return text
    .split('\f')
    .map((page, index) => ({pageId: `bench/${index + 1}`, text: page, words: [], width: 0, height: 0, regions: []}))
}

function readLines<Item>(file: URL): readonly Item[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
}
