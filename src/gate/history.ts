import {z} from 'zod'
import {type CheckReport, type HistoryEntry, UserError} from '../model.ts'

const count = z.int().nonnegative()
const rate = z
  .strictObject({
    correct: count,
    substitutions: count,
    insertions: count,
    deletions: count,
    reference: count,
    errorRate: z.number().nonnegative().nullable(),
  })
  .readonly()

const entry = z
  .strictObject({
    date: z.string(),
    revision: z.string().nullable(),
    status: z.enum(['passed', 'failed', 'incomplete']),
    pages: count,
    characters: rate,
    documents: z.record(z.string(), rate).readonly(),
  })
  .readonly()

/** Take what a check found as an entry of a history. */
export function historyEntry(
  {verdict, characters, documents}: CheckReport,
  {date, revision}: Pick<HistoryEntry, 'date' | 'revision'>,
): HistoryEntry {
  return {
    date,
    revision,
    status: verdict.status,
    pages: documents.reduce((sum, {pages}) => sum + pages.length, 0),
    characters,
    documents: Object.fromEntries(
      documents.flatMap(({id, characters}) => (characters === null ? [] : [[id, characters]])),
    ),
  }
}

/** Write a history as NDJSON, an entry a line, oldest first. */
export function serializeHistory(entries: readonly HistoryEntry[]): string {
  return entries.map(item => `${JSON.stringify(item)}\n`).join('')
}

/**
 * Read a history.
 *
 * @param file
 *   Its name, for messages.
 * @throws UserError
 *   Naming the first line that is no entry.
 */
export function parseHistory(text: string, file: string): readonly HistoryEntry[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [entry.parse(JSON.parse(line))]
    } catch {
      throw new UserError(
        `Unexpected line ${index + 1} in \`${file}\`, expected an entry that scanproof check --history wrote, take the line out`,
      )
    }
  })
}
