import type {LintMessage, Transcript} from '../model.ts'
import {type LintOptions, lint} from '../normalize/lint/lint.ts'
import {lineStarts, pointIn} from '../read/lines.ts'
import {sourceSpan} from '../read/source-span.ts'
import {listTranscripts} from '../read/transcripts.ts'

/** What of a corpus's transcripts was found: by the rules, and by reading them at all. */
export interface LintedCorpus {
  readonly files: number
  readonly messages: readonly LintMessage[]
}

/**
 * Find what does not belong in a transcript, at its place in the Markdown; edits nothing.
 *
 * @returns
 *   In the order of the text.
 */
export function lintTranscript(transcript: Transcript, options: LintOptions): readonly LintMessage[] {
  const starts = lineStarts(transcript.source)
  return lint(transcript.text, options).map(({span, ...found}) => {
    const {start, end} = sourceSpan(transcript, span)
    return {...found, file: transcript.file, page: null, point: pointIn(starts, start), end: pointIn(starts, end)}
  })
}

/** Lint all transcripts of a corpus, in natural order of their names. */
export async function lintCorpus(root: string, options: LintOptions): Promise<LintedCorpus> {
  const {files, transcripts, findings} = await listTranscripts(root)
  return {
    files: files.size,
    messages: [
      ...findings.map(finding => ({
        ...finding,
        file: finding.file ?? 'transcripts',
        end: finding.point,
        actual: '',
        expected: [],
      })),
      ...[...transcripts.values()].flatMap(transcript => lintTranscript(transcript, options)),
    ],
  }
}
