import {align} from '../align/align.ts'
import {compounds, type Equality, equalityOf} from '../align/fold.ts'
import {tokenize} from '../align/tokenize.ts'
import type {Config} from '../config.ts'
import {type ConventionName, conventions} from '../measure/compat/conventions.ts'
import {rate, sum} from '../measure/counts.ts'
import {findDifferences} from '../measure/differences.ts'
import {bootstrap, jackknife} from '../measure/intervals.ts'
import {checkPairs} from '../measure/pairing.ts'
import {spread} from '../measure/spread.ts'
import {compareReadings} from '../measure/three-way.ts'
import type {
  Counts,
  Finding,
  FolderComparison,
  Numbers,
  Point,
  ReadingsComparison,
  Span,
  TextComparison,
} from '../model.ts'
import {lineStarts, pointIn} from '../read/lines.ts'
import {parseText} from '../read/texts.ts'
import {pointAt} from '../read/transcript.ts'
import {evaluate} from './evaluation.ts'
import {gapsOf, hold} from './hold.ts'
import {pagesOf} from './texts.ts'

/**
 * One side of a comparison: its text, and where each part of it stands: in the file for
 * Markdown and plain text, in the text that was read for hOCR, ALTO, PAGE, TSV and JSON.
 */
export interface Side {
  readonly file: string
  readonly text: string
  /** Where a transcript says that it does not tell. */
  readonly gaps: readonly Span[]
  readonly pointAt: (offset: number) => Point
}

/** Two sides that go by one name. */
export interface SidePair {
  readonly name: string
  readonly reference: Side
  readonly hypothesis: Side
}

type EqualityConfig = Pick<Config, 'equality' | 'equivalences'>

/**
 * Take a file as one side: Markdown as a reader reads it, anything else as the OCR text it is.
 *
 * @throws UserError
 *   Where the file is not what its name says, or not UTF-8.
 */
export function sideOf(bytes: Uint8Array, name: string): Side {
  const file = parseText(bytes, name)
  if (file.kind === 'transcript') {
    const {transcript} = file
    return {
      file: name,
      text: transcript.text,
      gaps: gapsOf(transcript),
      pointAt: offset => pointAt(transcript, offset),
    }
  }
  const text = pagesOf(file, name)
    .map(page => page.text)
    .join('\f')
  const starts = lineStarts(text)
  return {file: name, text, gaps: [], pointAt: offset => pointIn(starts, offset)}
}

/** Hold two texts against each other, without OCR or cleanup. */
export function compareTexts(reference: Side, hypothesis: Side, config: EqualityConfig): TextComparison {
  const {equal, character, word, differences} = holdSides(reference, hypothesis, config)
  return {
    reference: reference.file,
    hypothesis: hypothesis.file,
    equality: config.equality,
    exact: character.alignment.exact && word.alignment.exact,
    character: rate(character.counts),
    word: rate(word.counts),
    numbers: evaluate(character, word, differences, equal, reference.gaps),
    differences: differences.map(({referenceSpan, hypothesisSpan, ...difference}) => ({
      ...difference,
      referencePoint: reference.pointAt(referenceSpan.start),
      hypothesisPoint: hypothesis.pointAt(hypothesisSpan.start),
    })),
  }
}

/**
 * Hold the files of two folders against each other, and sum up.
 *
 * @param pairs
 *   In natural order of their names; at least one.
 * @param findings
 *   Of files without a partner.
 */
export function compareFolders(
  reference: string,
  hypothesis: string,
  pairs: readonly SidePair[],
  findings: readonly Finding[],
  config: EqualityConfig,
): FolderComparison {
  const files = pairs.map(pair => compareTexts(pair.reference, pair.hypothesis, config))
  const characters = files.map(file => file.character)
  const words = files.map(file => file.word)
  return {
    reference,
    hypothesis,
    equality: config.equality,
    exact: files.every(({exact}) => exact),
    character: rate(sum(characters)),
    word: rate(sum(words)),
    numbers: {characters: spreadNumbers(characters), words: spreadNumbers(words)},
    files,
    findings: [
      ...findings,
      ...checkPairs(
        pairs.map(pair => ({
          document: pair.name,
          file: pair.reference.file,
          reference: tokenize(pair.reference.text, 'word', config.equality),
          hypothesis: tokenize(pair.hypothesis.text, 'word', config.equality),
        })),
      ),
    ],
  }
}

/** Hold two readings against one transcript: what the newer one fixed, and what it broke. */
export function compareReadingsOf(reference: Side, old: Side, newer: Side, config: EqualityConfig): ReadingsComparison {
  const before = holdSides(reference, old, config, newer.text)
  const after = holdSides(reference, newer, config, old.text)
  const {places, changes} = compareReadings(reference.text, before.differences, after.differences)
  return {
    reference: reference.file,
    old: old.file,
    new: newer.file,
    equality: config.equality,
    exact: before.character.alignment.exact && after.character.alignment.exact,
    oldCharacter: rate(before.character.counts),
    newCharacter: rate(after.character.counts),
    places,
    changes: changes.map(({span, ...change}) => ({...change, point: reference.pointAt(span.start)})),
  }
}

/** Give the numbers of another tool, by its rules, for two texts as they stand in their files. */
export function conventionOf(name: ConventionName, reference: Side, hypothesis: Side): Numbers {
  // Records of plain numbers, lists and `Measured`, all of them JSON-safe.
  return JSON.parse(JSON.stringify(conventions[name](reference.text, hypothesis.text, {tokenize, align})))
}

function holdSides(reference: Side, hypothesis: Side, {equality, equivalences}: EqualityConfig, other = '') {
  // One equality for all: whether a hyphen at a line end stays is decided by the words of every side.
  const equal: Equality = equalityOf(equality, compounds(reference.text, hypothesis.text, other), equivalences)
  const character = hold(reference.text, hypothesis.text, 'character', equal, reference.gaps)
  const word = hold(reference.text, hypothesis.text, 'word', equal, reference.gaps)
  return {equal, character, word, differences: findDifferences(character)}
}

function spreadNumbers(all: readonly Counts[]): Numbers {
  const observations = all.map(counts => ({
    size: counts.correct + counts.substitutions + counts.deletions,
    errors: counts.substitutions + counts.insertions + counts.deletions,
  }))
  return {
    errorRate: {...spread(all)},
    jackknifeOfAccuracy: {...jackknife(observations)},
    bootstrapOfErrorRate: {...bootstrap(observations)},
  }
}
