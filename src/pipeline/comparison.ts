import {compounds, equalityOf} from '../align/fold.ts'
import {tokenize} from '../align/tokenize.ts'
import type {Config} from '../config.ts'
import {countWords, type Surroundings, surroundingsOf} from '../judge/surroundings.ts'
import {judgeDifferences, type Weights} from '../judge/suspect.ts'
import {learned} from '../judge/weights.ts'
import {rate} from '../measure/counts.ts'
import {draw, findDifferences} from '../measure/differences.ts'
import {checkPages} from '../measure/pairing.ts'
import {share} from '../measure/share.ts'
import type {
  Counts,
  Difference,
  Doubt,
  DrawnPart,
  Finding,
  Makeup,
  Normalized,
  PageText,
  SecondLook,
  Span,
  Tokens,
  Totals,
  Transcript,
  Unit,
} from '../model.ts'
import {isEnglishWord} from '../normalize/lexicon.ts'
import {rawOffsets} from '../normalize/restore.ts'
import {type DoubtfulWord, doubtfulWords, doubtsOf} from './doubts.ts'
import {gapsOf, type Held, hold} from './hold.ts'
import {placesOf, type Question, questionsOf} from './judging.ts'
import {makeup} from './makeup.ts'
import {scanPlaces, transcriptPlace, wordPlaces} from './places.ts'
import {type Reviewed, reviewOf} from './review.ts'

/** A document's text held against its transcript. */
export interface Comparison {
  readonly totals: Totals
  /** One entry a page of `normalized.pages`; their counts sum to `totals`. */
  readonly pages: readonly Totals[]
  readonly exact: boolean
  readonly differences: readonly Difference[]
  /** What there is to ask of each difference, one entry each. */
  readonly questions: readonly Question[]
  /** Words on which both sides agree, that are looked at again. */
  readonly doubtful: readonly DoubtfulWord[]
  readonly doubts: readonly Doubt[]
  readonly surroundings: Surroundings
  readonly drawn: readonly DrawnPart[]
  readonly makeup: Makeup
  readonly reviewed: Reviewed
  /** Of pages swapped, doubled or missing. */
  readonly findings: readonly Finding[]
  /** Both sides in words, for what compares documents with each other. */
  readonly words: {readonly reference: Tokens; readonly hypothesis: Tokens}
}

/**
 * Compare the cleaned text of a document with its transcript, and count how the raw text would have fared.
 *
 * @param vocabulary
 *   How often each word, in lower case, stands in the transcripts of the corpus.
 * @param looks
 *   What was read on a second look, by page; may be empty.
 */
export function compareDocument(
  normalized: Normalized,
  pages: readonly PageText[],
  transcript: Transcript,
  vocabulary: ReadonlyMap<string, number>,
  {equality, equivalences}: Pick<Config, 'equality' | 'equivalences'>,
  looks: ReadonlyMap<string, SecondLook> = new Map(),
): Comparison {
  const reference = transcript.text
  const hypothesis = normalized.clean
  // One equality for all: whether a hyphen at a line end stays is decided by the words of every side.
  const equal = equalityOf(equality, compounds(reference, normalized.raw, hypothesis), equivalences)
  const rawShares = normalized.pages.map(({raw}) => raw)
  const cleanShares = normalized.pages.map(({clean}) => clean)
  const gaps = gapsOf(transcript)
  const compare = (unit: Unit, text: string, shares: readonly Span[]) => {
    const held = hold(reference, text, unit, equal, gaps)
    return {...held, pages: share(held.alignment, held.hypothesisTokens, shares)}
  }
  const character = {
    raw: compare('character', normalized.raw, rawShares),
    clean: compare('character', normalized.clean, cleanShares),
  }
  const word = {
    raw: compare('word', normalized.raw, rawShares),
    clean: compare('word', normalized.clean, cleanShares),
  }
  const totals = (pick: (side: {readonly counts: Counts; readonly pages: readonly Counts[]}) => Counts): Totals => ({
    character: {raw: rate(pick(character.raw)), clean: rate(pick(character.clean))},
    word: {raw: rate(pick(word.raw)), clean: rate(pick(word.clean))},
  })

  const texts = character.clean
  const {found, toRaw, questions, surroundings, doubtful} = ask(texts, normalized, pages, transcript, vocabulary)
  const onScan = scanPlaces(normalized, pages, toRaw)
  const judged = judgeDifferences(placesOf(questions, looks), surroundings, learned)
  const differences = found.map(({referenceSpan, hypothesisSpan, ...difference}, index): Difference => {
    const place = {scan: onScan(hypothesisSpan), transcript: transcriptPlace(transcript, referenceSpan)}
    return {...difference, ...place, ...judged[index]!}
  })
  return {
    totals: totals(side => side.counts),
    pages: normalized.pages.map((_, index) => totals(side => side.pages[index] ?? nothing)),
    exact: [character.raw, character.clean, word.raw, word.clean].every(({alignment}) => alignment.exact),
    differences,
    questions,
    doubtful,
    doubts: doubtsOf(doubtful, looks, surroundings),
    surroundings,
    drawn: draw(
      texts,
      found,
      normalized.pages.map(({pageId, clean}) => ({pageId, span: clean})),
    ),
    makeup: makeup(character.clean, word.clean, normalized, transcript, equal),
    reviewed: reviewOf(texts, word.clean, found, normalized, pages, toRaw, differences),
    findings: checkPages(
      word.clean.referenceTokens,
      normalized.pages.map(({pageId, clean: {start, end}}) => ({
        pageId,
        words: tokenize(hypothesis.slice(start, end), 'word', equal),
      })),
      transcript.file,
    ),
    words: {reference: word.clean.referenceTokens, hypothesis: word.clean.hypothesisTokens},
  }
}

/** The words that `compareDocument` has in question, at less cost: nothing is counted. */
export function questionsAbout(
  normalized: Normalized,
  pages: readonly PageText[],
  transcript: Transcript,
  vocabulary: ReadonlyMap<string, number>,
  {equality, equivalences}: Pick<Config, 'equality' | 'equivalences'>,
): readonly (Question | DoubtfulWord)[] {
  const equal = equalityOf(equality, compounds(transcript.text, normalized.raw, normalized.clean), equivalences)
  const texts = hold(transcript.text, normalized.clean, 'character', equal, gapsOf(transcript))
  const {questions, doubtful} = ask(texts, normalized, pages, transcript, vocabulary)
  return [...questions, ...doubtful]
}

/** See what there is to ask of the differences between two texts, aligned by characters, and of the words in between. */
function ask(
  texts: Held,
  normalized: Normalized,
  pages: readonly PageText[],
  transcript: Transcript,
  vocabulary: ReadonlyMap<string, number>,
) {
  const found = findDifferences(texts)
  const toRaw = rawOffsets(normalized.edits)
  const locate = wordPlaces(normalized, pages, toRaw)
  const questions = questionsOf(found, locate, normalized)
  const surroundings = surroundingsOf(found, {
    vocabulary,
    read: countWords([normalized.clean]),
    isWord: isEnglishWord,
  })
  return {
    found,
    toRaw,
    questions,
    surroundings,
    doubtful: doubtfulWords(texts, locate, transcript, pages.length, surroundings),
  }
}

const nothing: Counts = {correct: 0, substitutions: 0, insertions: 0, deletions: 0}

/** Judge the differences of a document once more, with what a second look has read since. */
export function judgeAgain(
  {differences, questions, surroundings}: Comparison,
  looks: ReadonlyMap<string, SecondLook>,
  weights: Weights = learned,
): readonly Difference[] {
  const judged = judgeDifferences(placesOf(questions, looks), surroundings, weights)
  return differences.map((difference, index) => ({...difference, ...judged[index]!}))
}
