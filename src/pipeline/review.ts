import {calibrate, type Outcome, outcomesOf, reviewEffort} from '../measure/confidence.ts'
import type {FoundDifference} from '../measure/differences.ts'
import {seriesOf, sumConfusions} from '../measure/series.ts'
import type {
  Confusion,
  CorpusReview,
  Difference,
  DocumentReview,
  Normalized,
  PageGain,
  PageText,
  Span,
  UnsureWord,
} from '../model.ts'
import type {Held} from './hold.ts'
import {pageAt, wordsIn} from './places.ts'

/** Words of less confidence are worth a look although both sides agree; docs/review.md has the measurement. */
const unsureBelow = 0.7

const mostConfusions = 200

/** What a reviewer wants to know of a document, and what its share of the corpus is made from. */
export interface Reviewed {
  readonly review: DocumentReview
  readonly outcomes: readonly Outcome[]
  readonly confusions: readonly Confusion[]
}

/**
 * Gather what a reviewer looks at besides the differences.
 *
 * @param character
 *   The cleaned text held against the transcript, by characters, with its differences.
 * @param word
 *   The same by words.
 * @param toRaw
 *   Maps an offset of the clean text to one of the raw text.
 */
export function reviewOf(
  character: Held,
  word: Held,
  found: readonly FoundDifference[],
  normalized: Normalized,
  pages: readonly PageText[],
  toRaw: (cleanOffset: number) => number,
  differences: readonly Difference[],
): Reviewed {
  const {hypothesisTokens, alignment} = word
  const wordAt = ({start, end}: Span) => {
    const index = pageAt(normalized, start)
    const share = normalized.pages[index]
    const page = pages[index]
    if (share === undefined || page === undefined) return null
    const own = {start: toRaw(start) - share.raw.start, end: toRaw(end - 1) + 1 - share.raw.start}
    const words = wordsIn(page.words, own)
    const least = words.reduce((least, word) => (word.confidence < least.confidence ? word : least), words[0]!)
    return words.length === 0 ? null : {page: page.pageId, word: least}
  }
  const spans = hypothesisTokens.starts.map((start, index): Span => ({start, end: hypothesisTokens.ends[index]!}))
  const places = spans.map(wordAt)
  const different = found.map(({hypothesisSpan}) => hypothesisSpan)
  const unsure: UnsureWord[] = []
  let next = 0
  for (const [index, cleanSpan] of spans.entries()) {
    while (next < different.length && different[next]!.end <= cleanSpan.start) next++
    const isEqual = next >= different.length || different[next]!.start >= cleanSpan.end
    const place = places[index]
    if (!isEqual || place === null || place === undefined || place.word.confidence >= unsureBelow) continue
    const {page, word} = place
    unsure.push({
      text: normalized.clean.slice(cleanSpan.start, cleanSpan.end),
      cleanSpan,
      page,
      box: word.box,
      confidence: word.confidence,
    })
  }
  const series = seriesOf(character, found)
  return {
    review: {
      gains: gainsOf(
        normalized.pages.map(({pageId}) => pageId),
        differences,
      ),
      series,
      unsure,
    },
    outcomes: outcomesOf(
      alignment,
      places.map(place => place && Math.round(place.word.confidence * 100) / 100),
    ),
    confusions: series.map(({reference, hypothesis, times, errors}) => ({reference, hypothesis, times, errors})),
  }
}

/** Sum up how many places of the transcript are expected to be wrong, by page. */
export function gainsOf(pages: readonly string[], differences: readonly Difference[]): readonly PageGain[] {
  const expected = new Map(pages.map(page => [page, 0]))
  for (const {scan, probabilities} of differences) {
    if (scan !== null) expected.set(scan.page, (expected.get(scan.page) ?? 0) + probabilities.transcript)
  }
  return [...expected].map(([page, sum]) => ({page, expected: Math.round(sum * 1000) / 1000}))
}

/** Put the shares of documents together. */
export function corpusReview(all: readonly Pick<Reviewed, 'outcomes' | 'confusions'>[]): CorpusReview | null {
  if (all.length === 0) return null
  const outcomes = all.flatMap(({outcomes}) => outcomes)
  return {
    confusions: sumConfusions(
      all.map(({confusions}) => confusions),
      mostConfusions,
    ),
    calibration: calibrate(outcomes),
    effort: reviewEffort(outcomes),
  }
}
