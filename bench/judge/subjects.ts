/** Documents that were read once, every word of them also on a second look, to be judged with other transcripts. */
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {type Config, createTesseract, normalize, parseTranscript, readConfig} from '../../src/index.ts'
import {countWords} from '../../src/judge/surroundings.ts'
import type {Weights} from '../../src/judge/suspect.ts'
import type {Difference, Document, Normalized, PageText, SecondLook, Span, Transcript} from '../../src/model.ts'
import {type Comparison, compareDocument, judgeAgain} from '../../src/pipeline/comparison.ts'
import {readCorpus} from '../../src/pipeline/run.ts'
import {lookAgain} from '../../src/pipeline/second-look.ts'
import {pageText} from '../../src/recognize/page-text.ts'

/** Which side is wrong, as a person found who looked at the scan. */
export type Answer = 'transcript' | 'ocr' | 'editorial'

/** A place where transcript and scan differ, found by eye: an entry of tests/judge/corpus-errors.json. */
export interface KnownError {
  readonly document: string
  readonly page: string
  /** Of the Markdown. */
  readonly line: number
  readonly transcript: string
  readonly scan: string
  readonly class: 'transcript' | 'editorial'
  readonly why: string
}

export interface Subject {
  readonly document: Document & {readonly transcript: Transcript}
  readonly config: Config
  readonly pages: readonly PageText[]
  readonly normalized: Normalized
  /** Of all words. */
  readonly looks: ReadonlyMap<string, SecondLook>
  /** Of the other documents of the corpus. */
  readonly vocabulary: ReadonlyMap<string, number>
  readonly known: readonly KnownError[]
}

/**
 * Read a corpus and look at all its words again, or take what was read before from `out`.
 *
 * @param errors
 *   File of the errors that are in its transcripts; null where there are none.
 */
export async function readSubjects(root: string, out: string, errors: string | null): Promise<readonly Subject[]> {
  const config = readConfig({root, out})
  const open = () => createTesseract({jobs: config.jobs, timeout: config.pageTimeout, language: 'eng', tessdata: null})
  const corpus = await readCorpus(config, [], open, {
    onPlan: ({toRead}) => toRead > 0 && console.error(`reading ${toRead} pages of ${root}`),
  })
  const engine = await open()
  const questions = corpus.documents.flatMap(({pages}) =>
    pages.flatMap(page => {
      const recognition = corpus.recognitions.get(page.id)
      if (recognition === undefined) return []
      return [
        {page, recognition, words: recognition.lines.flatMap(({words}) => words.map(({box}) => ({box, shared: null})))},
      ]
    }),
  )
  const looks = await lookAgain(questions, engine, config).finally(() => engine.close())
  const known: readonly KnownError[] =
    errors !== null && existsSync(errors) ? JSON.parse(readFileSync(errors, 'utf8')) : []
  return corpus.documents.flatMap(document => {
    const {transcript} = document
    if (transcript === null || document.pages.length === 0) return []
    const pages = document.pages.map(({id}) => pageText(corpus.recognitions.get(id)!))
    const others = corpus.documents.filter(({id}) => id !== document.id)
    return [
      {
        document: {...document, transcript},
        config,
        pages,
        normalized: normalize(pages, {profile: config.profile, disabled: config.disabledRules}),
        looks,
        vocabulary: countWords(others.map(other => other.transcript?.text ?? '')),
        known: known.filter(error => error.document === document.id),
      },
    ]
  })
}

/** A difference with what a person found, or what was planted there. */
export interface Labelled {
  readonly difference: Difference
  readonly answer: Answer
  /** Index of the planted error it shows; null for one that was there before. */
  readonly planted: number | null
  readonly known: KnownError | null
}

/** A document compared with a transcript, each difference with its answer. */
export interface Compared {
  readonly subject: Subject
  readonly comparison: Comparison
  readonly labels: readonly Omit<Labelled, 'difference'>[]
}

/** Compare a document with another source of its transcript, in which errors were planted at `spans`. */
export function compareSource(subject: Subject, source: string, spans: readonly Span[]): Compared {
  const {document, config, pages, normalized, looks, vocabulary} = subject
  const {transcript} = parseTranscript(new TextEncoder().encode(source), document.transcript.file, document.id)
  const words = new Map(vocabulary)
  for (const [word, count] of countWords([transcript.text])) words.set(word, (words.get(word) ?? 0) + count)
  const comparison = compareDocument(normalized, pages, transcript, words, config, looks)
  const places = subject.known.map(error => ({error, span: spanOf(error, source)}))
  const labels = comparison.differences.map(({transcript: place}) => {
    if (place === null) return {answer: 'ocr' as const, planted: null, known: null}
    const own = {start: place.offset, end: place.endOffset}
    const planted = spans.findIndex(span => touches(span, own))
    const known = places.find(({span}) => span !== null && touches(span, own))?.error ?? null
    const answer: Answer = planted >= 0 ? 'transcript' : (known?.class ?? 'ocr')
    return {answer, planted: planted >= 0 ? planted : null, known}
  })
  return {subject, comparison, labels}
}

/** The labelled differences of a comparison, judged by these weights. */
export function judge({subject, comparison, labels}: Compared, weights: Weights): readonly Labelled[] {
  const judged = judgeAgain(comparison, subject.looks, weights)
  return labels.map((label, index) => ({...label, difference: judged[index]!}))
}

/** Where an error stands in the source; null where another was planted into it. */
function spanOf({line, transcript}: KnownError, source: string): Span | null {
  const lines = source.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
  const at = lines[line - 1]?.indexOf(transcript) ?? -1
  return at < 0 ? null : {start: start + at, end: start + at + transcript.length}
}

function touches(one: Span, other: Span): boolean {
  const isPoint = one.start === one.end || other.start === other.end
  return isPoint
    ? one.start <= other.end + 1 && other.start <= one.end + 1
    : one.start < other.end && other.start < one.end
}

/** Read a corpus with its known errors: of scans as archives have them, as drawn facsimiles teach nothing about those. */
export async function readAll(project: string, corpus: string, readings: string): Promise<readonly Subject[]> {
  if (!existsSync(corpus)) throw new Error(`No corpus in ${corpus}: give its folder with --corpus`)
  return readSubjects(corpus, readings, join(project, 'tests/judge/corpus-errors.json'))
}
