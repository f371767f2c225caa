import {type DoubtReason, doubtReason, judgeDoubt} from '../judge/doubts.ts'
import {lettersOf} from '../judge/readings.ts'
import type {Surroundings} from '../judge/surroundings.ts'
import {type AlignedTexts, contextAfter, contextBefore} from '../measure/differences.ts'
import {hash} from '../measure/hash.ts'
import type {Box, Doubt, PageText, SecondLook, Span, Transcript} from '../model.ts'
import {readingsBy} from './judging.ts'
import {transcriptPlace, type WordPlace} from './places.ts'

/** A word on which both sides agree, that is worth a second look. */
export interface DoubtfulWord extends Pick<Doubt, 'id' | 'text' | 'before' | 'after' | 'transcript'> {
  readonly reason: DoubtReason
  readonly place: {readonly page: PageText}
  readonly boxes: readonly [Box]
  readonly confidence: number
}

/** So many words a page are looked at again, over a document: the least confident. Most cost a quarter of a difference. */
const wordsPerPage = 8
/** So many words for each of these are asked whether they are known, the least confident first. */
const askedPerWord = 3
/** Most words that a document names: more are not read by anyone. */
const mostDoubts = 5

/** Choose the words, equal on both sides, that are worth a second look, in the order of the text. */
export function doubtfulWords(
  texts: AlignedTexts,
  locate: (span: Span) => WordPlace | null,
  transcript: Transcript,
  pages: number,
  known: Surroundings,
): readonly DoubtfulWord[] {
  const placed = equalWords(texts).flatMap(({reference, hypothesis}) => {
    const text = texts.reference.slice(reference.start, reference.end)
    const found = locate(hypothesis)
    const [word, more] = found?.words ?? []
    if (found == null || word === undefined || more !== undefined) return []
    if (lettersOf(found.page.text.slice(word.span.start, word.span.end)) !== lettersOf(text)) return []
    const isStrange = word.confidence < 0.6 || !known.isWord(text.toLowerCase())
    return isStrange ? [{text, span: reference, page: found.page, word}] : []
  })
  const most = wordsPerPage * pages
  const seen = new Map<string, number>()
  return placed
    .sort((a, b) => a.word.confidence - b.word.confidence || a.span.start - b.span.start)
    .slice(0, askedPerWord * most)
    .flatMap(found => {
      const reason = doubtReason(found.text, found.word.confidence, known)
      return reason === null ? [] : [{...found, reason}]
    })
    .slice(0, most)
    .sort((a, b) => a.span.start - b.span.start)
    .map(({text, span, page, word, reason}) => {
      const before = contextBefore(texts.reference, span.start)
      const after = contextAfter(texts.reference, span.end)
      const content = ['doubt', text, before, after].join('\0')
      const ordinal = (seen.get(content) ?? 0) + 1
      seen.set(content, ordinal)
      return {
        id: hash(ordinal === 1 ? content : `${content}\0${ordinal}`),
        ...{text, before, after, reason, place: {page}, boxes: [word.box] as const, confidence: word.confidence},
        transcript: transcriptPlace(transcript, span),
      }
    })
}

/** Name the words that all readings of a second look have otherwise, the most probable first. */
export function doubtsOf(
  words: readonly DoubtfulWord[],
  looks: ReadonlyMap<string, SecondLook>,
  known: Surroundings,
): readonly Doubt[] {
  const readings = readingsBy(looks)
  return words
    .flatMap(({id, text, before, after, transcript, reason, place, boxes: [box], confidence}) => {
      const page = place.page.pageId
      const judged = judgeDoubt(text, reason, confidence, readings(page, box) ?? [], known)
      return judged === null ? [] : [{id, text, before, after, scan: {page, box, confidence}, transcript, ...judged}]
    })
    .sort((a, b) => b.probability - a.probability)
    .slice(0, mostDoubts)
}

/** Words of the reference, of letters alone, each of whose letters is aligned with its equal. */
function equalWords({reference, referenceTokens, hypothesisTokens, alignment}: AlignedTexts): readonly {
  readonly reference: Span
  readonly hypothesis: Span
}[] {
  const words: {reference: Span; hypothesis: Span}[] = []
  const {starts, ends} = referenceTokens
  for (const {operation, reference: own, hypothesis} of alignment.chunks) {
    if (operation !== 'equal') continue
    const from = starts[own.start] ?? 0
    const to = ends[own.end - 1] ?? from
    let token = own.start
    for (const {0: word, index} of reference
      .slice(from, to)
      .matchAll(/(?<![\p{L}\p{N}\p{Pd}'’])\p{L}{3,}(?![\p{L}\p{N}\p{Pd}'’])/gu)) {
      const span = {start: from + index, end: from + index + word.length}
      // A word that is cut by the chunk's edge is part of a difference.
      if (/[\p{L}\p{N}\p{Pd}'’]/u.test(`${reference[span.start - 1] ?? ''}${reference[span.end] ?? ''}`)) continue
      while (token < own.end && starts[token]! < span.start) token++
      const first = token
      while (token < own.end && ends[token]! < span.end) token++
      if (starts[first] !== span.start || ends[token] !== span.end) continue
      const shift = hypothesis.start - own.start
      words.push({
        reference: span,
        hypothesis: {start: hypothesisTokens.starts[first + shift]!, end: hypothesisTokens.ends[token + shift]!},
      })
    }
  }
  return words
}
