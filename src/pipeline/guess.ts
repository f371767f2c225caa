import type {Config} from '../config.ts'
import {countWords, vocabularyWords} from '../judge/surroundings.ts'
import type {Page, PageText, Recognition, Span, Transcript} from '../model.ts'
import {type NormalizeOptions, normalize} from '../normalize/normalize.ts'
import {openTranscripts} from '../read/transcripts.ts'
import {pageText} from '../recognize/page-text.ts'
import {cleaningOf} from './cleaning.ts'
import {questionsAbout} from './comparison.ts'
import {openQuestions, type PageInQuestion} from './second-look.ts'

/** Gives the words of a page that are worth a second look as soon as it is read; null where there is none, or nothing tells. */
export type Guess = (page: Page, recognition: Recognition) => Promise<PageInQuestion | null>

/** Transcripts in memory: pages in work are of few documents. */
const mostTranscripts = 4

/** Guess with the transcripts of a corpus; where there are none nothing is guessed. Errors are those of `cleaningOf`. */
export async function openGuess(config: Config): Promise<Guess> {
  const cleaning = cleaningOf(config)
  const read = await openTranscripts(config.root)
  const known = new Map<string, Promise<Transcript | null>>()
  return async (page, recognition) => {
    const {document} = page
    const found = known.get(document) ?? read(document)
    known.delete(document)
    known.set(document, found)
    for (const oldest of [...known.keys()].slice(0, -mostTranscripts)) known.delete(oldest)
    const transcript = await found
    const questions = transcript === null ? [] : guessQuestions(pageText(recognition), transcript, cleaning, config)
    const recognitions = new Map([[page.id, recognition]])
    return openQuestions(questions, [page], {recognitions, looks: new Map()})[0] ?? null
  }
}

/**
 * Guess which words of a page will be in question once its document is compared: by the page alone, held against
 * that part of the transcript where most of its word pairs stand.
 *
 * What is missed is looked at when the document is whole; a word too many costs its look and changes nothing.
 *
 * @returns
 *   Empty where the page has no place in the transcript that is its own.
 */
export function guessQuestions(
  page: PageText,
  transcript: Transcript,
  cleaning: NormalizeOptions,
  config: Pick<Config, 'equality' | 'equivalences'>,
): ReturnType<typeof questionsAbout> {
  const normalized = normalize([page], cleaning)
  const place = placeIn(transcript.text, normalized.clean)
  if (place === null) return []
  const part = partOf(transcript, place)
  const vocabulary = countWords([transcript.text])
  return questionsAbout(normalized, [page], part, vocabulary, config)
}

/** Words around a page's place that are taken with it: where it begins and ends is not known to the word. */
const slack = 6
/** Least share of a page's words that begin a pair found once in the transcript. */
const leastFound = 0.1

/** Find the part of a text where a page stands: from where its first word would be to where its last one would. */
export function placeIn(text: string, page: string): Span | null {
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({0: word, index}) => ({word: word.toLowerCase(), index}))
  const own = vocabularyWords(page)
  const places = new Map<string, number | null>()
  for (let at = 0; at + 1 < words.length; at++) {
    const pair = `${words[at]!.word} ${words[at + 1]!.word}`
    places.set(pair, places.has(pair) ? null : at)
  }
  const found = own.flatMap((word, at) => {
    const place = places.get(`${word} ${own[at + 1] ?? ''}`)
    return place == null ? [] : [{at, place}]
  })
  if (found.length === 0 || found.length < leastFound * own.length) return null
  // Most pairs agree on where the page begins; others stand elsewhere by chance.
  const begins = found.map(({at, place}) => place - at).sort((a, b) => a - b)
  const begin = begins[begins.length >> 1]!
  const near = found.filter(({at, place}) => Math.abs(place - at - begin) <= Math.max(slack, own.length / 4))
  const [first] = near
  const last = near.at(-1)
  if (first === undefined || last === undefined) return null
  const from = Math.max(0, first.place - first.at - slack)
  const to = Math.min(words.length - 1, last.place + (own.length - last.at) + slack)
  return {start: from === 0 ? 0 : words[from]!.index, end: to === words.length - 1 ? text.length : words[to]!.index}
}

function partOf(transcript: Transcript, {start, end}: Span): Transcript {
  const marks = transcript.marks.flatMap(({span, ...mark}) =>
    span.start >= start && span.end <= end ? [{...mark, span: {start: span.start - start, end: span.end - start}}] : [],
  )
  const {text, origin} = transcript
  return {...transcript, text: text.slice(start, end), origin: origin.slice(start, end + 1), marks}
}
