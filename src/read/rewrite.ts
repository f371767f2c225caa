import type {Mark, Span, Transcript} from '../model.ts'
import {takeOutMarks} from './marks.ts'
import {readVerbatim} from './reading-text.ts'
import {attempts, type SourceEdit} from './rewrite-attempts.ts'
import {fitsOutline, type Markup, markupOf} from './rewrite-markup.ts'
import {parseTranscript} from './transcript.ts'

/** What shall stand in place of a part of the reading text. */
export interface TextChange {
  /** In `Transcript.text`; empty to put `text` in. */
  readonly span: Span
  /** As it shall read; `\n` ends a line, `\n\n` a paragraph. Empty to take the span out. */
  readonly text: string
  /** True where `text` may hold editor's marks as in `[illegible]`; else text that reads as one is refused. */
  readonly marks: boolean
}

/** Changes that are made together or not at all; ascending and disjoint. */
export type Rewrite = readonly TextChange[]

/** A transcript after some rewrites. */
export interface Rewritten {
  readonly transcript: Transcript
  /** One a rewrite. */
  readonly results: readonly RewriteResult[]
}

/** What became of a rewrite. */
export type RewriteResult =
  | {
      readonly refusal: null
      /** A source without the rewrite and with it: they differ in nothing else. */
      readonly from: string
      readonly to: string
    }
  | {
      /** Why it was not made. */
      readonly refusal: string
    }

/**
 * Changes words of a transcript, and nothing else of the file.
 *
 * Only the source of what changes is touched: emphasis, links, escapes and line ends around it stay as they are, new
 * text is escaped where Markdown would eat it, and written in the file's own line ends and normal form. What comes
 * out is read again: a rewrite that does not read exactly as it should, or that changes anything of the structure, is
 * tried another way, and refused where there is none.
 *
 * @param rewrites
 *   Ascending and disjoint, all in the text of `transcript` as given.
 */
export function rewrite(transcript: Transcript, rewrites: readonly Rewrite[]): Rewritten {
  const [only] = rewrites
  if (only === undefined) return {transcript, results: []}
  const together = rewrites.flat().length > 1 ? tryTogether(transcript, rewrites) : null
  if (together !== null) return together
  if (rewrites.length === 1) {
    const made = rewriteOne(transcript, only)
    if (typeof made === 'string') return {transcript, results: [{refusal: made}]}
    return {transcript: made, results: [{refusal: null, from: transcript.source, to: made.source}]}
  }
  // Some do not go together: find out which, half by half.
  const half = rewrites.length >> 1
  const first = rewrite(transcript, rewrites.slice(0, half))
  const by = first.transcript.text.length - transcript.text.length
  const second = rewrite(
    first.transcript,
    rewrites.slice(half).map(some => some.map(change => moved(change, by))),
  )
  return {transcript: second.transcript, results: [...first.results, ...second.results]}
}

/** Make changes one after the other; a sentence that says why, where one cannot be made. */
function rewriteOne(transcript: Transcript, changes: Rewrite): Transcript | string {
  let current = transcript
  for (const change of changes) {
    const by = current.text.length - transcript.text.length
    const next = changeOne(current, moved(change, by))
    if (next === null) return refusal(change)
    current = next
  }
  return current
}

function refusal({text}: TextChange): string {
  const shown = text.replace(/\s+/g, ' ').trim()
  const what = shown === '' ? 'Words cannot be taken out' : `\`${shown.replaceAll('`', "'")}\` cannot be written`
  return `${what} here without changing more of the Markdown than these words, edit the file by hand`
}

function changeOne(transcript: Transcript, change: TextChange): Transcript | null {
  const markup = markupOf(transcript)
  const expected = expect(transcript, [change])
  for (const edits of attempts(transcript, markup, change)) {
    const made = verified(transcript, markup, edits, expected)
    if (made !== null) return made
  }
  return null
}

/** Make all rewrites in the way each change is tried first: most often it is right, and then all is read but once. */
function tryTogether(transcript: Transcript, rewrites: readonly Rewrite[]): Rewritten | null {
  const markup = markupOf(transcript)
  const all: (readonly SourceEdit[])[] = []
  for (const changes of rewrites) {
    const edits: SourceEdit[] = []
    for (const change of changes) {
      const [first] = attempts(transcript, markup, change)
      if (first === undefined) return null
      edits.push(...first)
    }
    all.push(edits)
  }
  const made = verified(transcript, markup, all.flat(), expect(transcript, rewrites.flat()))
  if (made === null) return null
  const {source} = transcript
  const results = all.map(some => ({refusal: null, from: source, to: applyEdits(source, some) ?? source}))
  return {transcript: made, results}
}

/** How a transcript shall read, and the marks it shall have. */
interface Expected {
  readonly text: string
  readonly marks: readonly string[]
  readonly removes: boolean
  readonly adds: boolean
}

function expect({text, marks}: Transcript, changes: readonly TextChange[]): Expected {
  const pieces: string[] = []
  const seen: {readonly at: number; readonly mark: string}[] = marks.map(mark => ({
    at: mark.span.start,
    mark: describe(mark),
  }))
  let done = 0
  for (const {span, text: raw, marks: mayMark} of changes) {
    const read = mayMark ? takeOutMarks(readVerbatim(raw), raw) : {text: raw, marks: []}
    pieces.push(text.slice(done, span.start), read.text)
    for (const mark of read.marks) seen.push({at: span.start, mark: describe(mark)})
    done = span.end
  }
  pieces.push(text.slice(done))
  return {
    text: pieces.join('').normalize('NFC'),
    marks: seen.map(({mark}) => mark).sort(),
    removes: changes.some(({span}) => span.start < span.end),
    adds: changes.some(({text}) => text.includes('\n\n')),
  }
}

function describe({kind, source}: Mark): string {
  return `${kind} ${source.replace(/\s+/g, ' ')}`
}

/** Make edits and read what comes out; null where it does not read as it should. */
function verified(
  transcript: Transcript,
  markup: Markup,
  edits: readonly SourceEdit[],
  {text, marks, removes, adds}: Expected,
): Transcript | null {
  const source = applyEdits(transcript.source, edits)
  if (source === null) return null
  const {transcript: made} = parseTranscript(new TextEncoder().encode(source), transcript.file, transcript.document)
  const isRight =
    made.source === source &&
    made.text.normalize('NFC') === text &&
    same(made.marks.map(describe).sort(), marks) &&
    same(Object.entries(made.metadata).flat(), Object.entries(transcript.metadata).flat()) &&
    fitsOutline(markup.outline, markupOf(made).outline, {removes, adds})
  return isRight ? made : null
}

/** Null where two edits touch the same place. */
function applyEdits(source: string, edits: readonly SourceEdit[]): string | null {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  const pieces: string[] = []
  let done = 0
  for (const {start, end, text} of sorted) {
    if (start < done) return null
    pieces.push(source.slice(done, start), text)
    done = end
  }
  pieces.push(source.slice(done))
  return pieces.join('')
}

function moved({span, ...change}: TextChange, by: number): TextChange {
  return {...change, span: {start: span.start + by, end: span.end + by}}
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
