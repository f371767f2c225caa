import type {Finding, Point, Transcript} from '../model.ts'
import {parseFrontMatter} from './front-matter.ts'
import {lineStarts, pointIn} from './lines.ts'
import {takeOutMarks} from './marks.ts'
import {readInside} from './paths.ts'
import {findDepth, type ReadingText, readMarkdown, readVerbatim} from './reading-text.ts'
import {decodeUtf8} from './utf8.ts'

/** A transcript and what is wrong with it. */
export interface ParsedTranscript {
  readonly transcript: Transcript
  readonly findings: readonly Finding[]
}

/**
 * Reads a transcript from disk; see `parseTranscript`.
 *
 * @param file
 *   Relative to `root`. One that leads out of it, or cannot be opened, is the
 *   user's fault and throws a `UserError`.
 */
export async function readTranscript(root: string, file: string, document: string): Promise<ParsedTranscript> {
  return parseTranscript(await readInside(root, file), file, document)
}

/**
 * Reads a transcript: Markdown with front matter, in UTF-8.
 *
 * Bytes that are not UTF-8 are an error finding and read as U+FFFD; a transcript
 * without a character of text is one too, and so is one nested so deep that it is
 * not taken for Markdown. Front matter that cannot be read and a comment that is
 * never closed are warnings.
 */
export function parseTranscript(bytes: Uint8Array, file: string, document: string): ParsedTranscript {
  const {text: source, invalidAt, invalidIndex} = decodeUtf8(bytes)
  const deep = findDepth(source)
  const reading = deep === null ? readMarkdown(source) : readVerbatim(source)
  const {text, origin, marks} = takeOutMarks(reading, source)
  const starts = lineStarts(source)
  const findings: Finding[] = []
  const report = (name: string, severity: Finding['severity'], reason: string, offset: number | null): void => {
    const point = offset === null ? null : pointIn(starts, offset)
    findings.push({ruleId: `read:${name}`, severity, reason, file, page: null, point})
  }
  if (invalidAt !== null && invalidIndex !== null) {
    const {line} = pointIn(starts, invalidIndex)
    const found = `Unexpected byte \`0x${bytes[invalidAt]!.toString(16).padStart(2, '0')}\` at byte ${invalidAt} (line ${line})`
    report('invalid-utf8', 'error', `${found} of \`${file}\`, expected UTF-8, save the file as UTF-8`, invalidIndex)
  }
  if (deep !== null) {
    const reason = `Unexpected depth in \`${file}\`, expected 100 quotes or lists at most within each other, take some out`
    report('too-deep', 'error', reason, deep)
  }
  const {metadata, problem} = readFrontMatter(reading, source)
  if (problem) report('front-matter', 'warning', `${problem.reason}, in \`${file}\``, problem.offset)
  for (const offset of reading.unclosedComments) {
    const reason = `Unexpected comment without an end, expected \`-->\`: \`${file}\` is not read from here on, close it`
    report('unclosed-comment', 'warning', reason, offset)
  }
  if (text.trim() === '') {
    report(
      'empty-transcript',
      'error',
      `Unexpected empty transcript \`${file}\`, expected the text of the scan, type it in`,
      null,
    )
  }
  return {transcript: {document, file, metadata, source, text, origin, marks}, findings}
}

/**
 * Gives the place in the source of a place in the reading text.
 *
 * Columns count UTF-16 units; `\n`, `\r\n` and a lone `\r` end a line. The lines of
 * a transcript are found once, so many calls are cheap.
 *
 * @param offset
 *   In `transcript.text`, from 0 to its length; another is a bug and throws a `RangeError`.
 */
export function pointAt(transcript: Transcript, offset: number): Point {
  const origin = transcript.origin[offset]
  if (origin === undefined) {
    throw new RangeError(
      `Unexpected offset ${offset}, expected 0 to ${transcript.text.length} in \`${transcript.file}\``,
    )
  }
  let starts = knownLines.get(transcript)
  if (!starts) {
    starts = lineStarts(transcript.source)
    knownLines.set(transcript, starts)
  }
  return pointIn(starts, origin)
}

const knownLines = new WeakMap<Transcript, readonly number[]>()

function readFrontMatter(
  {frontMatter}: ReadingText,
  source: string,
): {
  readonly metadata: Readonly<Record<string, string>>
  readonly problem: {readonly reason: string; readonly offset: number} | null
} {
  if (!frontMatter) {
    const opened = /^\ufeff?---[ \t]*(?:\r\n|\r|\n)[A-Za-z_]+:/.test(source)
    const reason = 'Unexpected front matter without an end, expected a line `---` after it, add one'
    return {metadata: {}, problem: opened ? {reason, offset: 0} : null}
  }
  const written = source.slice(frontMatter.start, frontMatter.end)
  const start = /\r\n|\r|\n/.exec(written)
  const end = /(?:\r\n|\r|\n)[^\r\n]*$/.exec(written)
  if (!start || !end || end.index < start.index) return {metadata: {}, problem: null}
  const from = start.index + start[0].length
  const {metadata, problem} = parseFrontMatter(written.slice(from, Math.max(from, end.index)))
  if (!problem) return {metadata, problem: null}
  const reason = `Unexpected front matter (${problem.message}), expected YAML as in \`title: "A letter"\`, mend it`
  return {metadata, problem: {reason, offset: frontMatter.start + from + problem.offset}}
}
