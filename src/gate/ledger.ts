import {z} from 'zod'
import {type AcceptedDoubt, type Ledger, type LedgerPage, UserError} from '../model.ts'
import {quoted} from './command.ts'

/** Folder of the ledger, under the corpus root. */
export const ledgerFolder = 'ledger'

/** Path of a document's ledger, relative to the corpus root, `/` between parts. */
export function ledgerFile(document: string): string {
  return `${ledgerFolder}/${document}.json`
}

const count = z.int().nonnegative()

const accepted = z
  .strictObject({
    id: z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hex digits'),
    kind: z.enum(['substitution', 'insertion', 'deletion']),
    reference: z.string(),
    hypothesis: z.string(),
    before: z.string(),
    after: z.string(),
    errors: count,
    verdict: z.enum(['ocr', 'transcript', 'both', 'editorial', 'illegible', 'unsure']),
    reason: z.string().min(1),
    author: z.string().min(1),
    date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date as in 2026-11-22'),
  })
  .readonly()
  .meta({id: 'AcceptedDifference', description: 'A difference that a person accepted: who, when, why.'})

const doubt = accepted
  .unwrap()
  .omit({errors: true})
  .extend({page: z.string().min(1), scan: z.string().min(1)})
  .readonly()
  .meta({id: 'AcceptedDoubt', description: 'A doubt that a person looked at and left as it is, and on which scan.'})

const page = z
  .strictObject({
    page: z.string().min(1),
    fingerprints: z
      .strictObject({
        scan: z.string(),
        engine: z.string(),
        preparation: z.string(),
        reading: z.string(),
        rules: z.string(),
        cleaned: z.string(),
        comparison: z.string(),
        transcript: z.string(),
      })
      .readonly()
      .meta({description: 'What the counts were made from: a name or hash for each part.'}),
    counts: z
      .strictObject({correct: count, substitutions: count, insertions: count, deletions: count})
      .readonly()
      .meta({description: 'Characters, after cleanup.'}),
    differences: z.array(accepted).readonly(),
  })
  .readonly()
  .meta({id: 'LedgerPage'})

/** The form of `ledger/<document>.json`: unknown keys refused. */
export const ledgerSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    document: z.string().min(1),
    pages: z.array(page).readonly(),
    doubts: z.array(doubt).readonly().optional(),
  })
  .readonly()
  .meta({title: 'scanproof ledger'})

/**
 * Read a ledger.
 *
 * @param file
 *   Its path, for messages; `document` must be the one the file is named for.
 * @throws UserError
 *   Where it is no ledger of this document: a broken one must never count as an empty one.
 */
export function parseLedger(text: string, file: string, document: string): Ledger {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/m.test(text)
    const fault = conflict ? 'it holds a merge conflict' : error instanceof Error ? error.message : String(error)
    throw unreadable(file, fault)
  }
  const result = ledgerSchema.safeParse(value)
  if (!result.success) {
    const faults = result.error.issues.slice(0, 5).map(({path, message}) => `\`${path.join('.') || '.'}\`: ${message}`)
    throw unreadable(file, faults.join('; '))
  }
  const ledger = result.data
  if (ledger.document !== document) throw unreadable(file, `it is of document \`${ledger.document}\``)
  const names = new Set<string>()
  for (const {page, differences} of ledger.pages) {
    if (!page.startsWith(`${document}/`)) throw unreadable(file, `page \`${page}\` is of another document`)
    if (names.has(page)) throw unreadable(file, `page \`${page}\` stands there twice`)
    names.add(page)
    if (new Set(differences.map(({id}) => id)).size < differences.length) {
      throw unreadable(file, `a difference of page \`${page}\` stands there twice`)
    }
  }
  const doubts = ledger.doubts ?? []
  if (new Set(doubts.map(({id}) => id)).size < doubts.length) throw unreadable(file, 'a doubt stands there twice')
  return ledger
}

/**
 * Write a ledger as it stands in the file: a fingerprint, the counts, each difference on a line of its own.
 *
 * Same ledger, same bytes: keys in the order of the schema, differences by id, pages as given. Characters that act
 * instead of being seen (bidirectional controls, invisible ones) are written as escapes, so that a reviewer of the
 * file reads what it says.
 */
export function serializeLedger({schemaVersion, document, pages, doubts = []}: Ledger): string {
  const lines = [
    '{',
    `  "schemaVersion": ${schemaVersion},`,
    `  "document": ${json(document)},`,
    ...(pages.length === 0
      ? [`  "pages": []${doubts.length === 0 ? '' : ','}`]
      : [
          '  "pages": [',
          ...pages.flatMap((page, index) => pageLines(page, index === pages.length - 1)),
          `  ]${doubts.length === 0 ? '' : ','}`,
        ]),
    ...(doubts.length === 0 ? [] : ['  "doubts": [', ...doubtLines(doubts), '  ]']),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

function pageLines({page, fingerprints, counts, differences}: LedgerPage, last: boolean): readonly string[] {
  const {scan, engine, preparation, reading, rules, cleaned, comparison, transcript} = fingerprints
  const parts = {scan, engine, preparation, reading, rules, cleaned, comparison, transcript}
  const sorted = [...differences].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  return [
    '    {',
    `      "page": ${json(page)},`,
    '      "fingerprints": {',
    ...Object.entries(parts).map(([key, value], index, all) => {
      return `        ${json(key)}: ${json(value)}${index < all.length - 1 ? ',' : ''}`
    }),
    '      },',
    `      "counts": ${row({
      correct: counts.correct,
      substitutions: counts.substitutions,
      insertions: counts.insertions,
      deletions: counts.deletions,
    })},`,
    sorted.length === 0 ? '      "differences": []' : '      "differences": [',
    ...sorted.map(({id, kind, reference, hypothesis, before, after, errors, verdict, reason, author, date}, index) => {
      const line = row({id, kind, reference, hypothesis, before, after, errors, verdict, reason, author, date})
      return `        ${line}${index < sorted.length - 1 ? ',' : ''}`
    }),
    ...(sorted.length === 0 ? [] : ['      ]']),
    `    }${last ? '' : ','}`,
  ]
}

function doubtLines(doubts: readonly AcceptedDoubt[]): readonly string[] {
  const sorted = [...doubts].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  return sorted.map(
    ({id, page, scan, kind, reference, hypothesis, before, after, verdict, reason, author, date}, index) => {
      const line = row({id, page, scan, kind, reference, hypothesis, before, after, verdict, reason, author, date})
      return `    ${line}${index < sorted.length - 1 ? ',' : ''}`
    },
  )
}

function row(fields: Readonly<Record<string, string | number>>): string {
  return `{${Object.entries(fields)
    .map(([key, value]) => `${json(key)}: ${json(value)}`)
    .join(', ')}}`
}

const acting =
  /[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

function json(value: string | number): string {
  return JSON.stringify(value).replace(acting, character =>
    character
      .split('')
      .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

function unreadable(file: string, fault: string): UserError {
  return new UserError(
    `Cannot read \`${file}\`: ${fault}, expected a ledger of scanproof, mend it or restore it with \`git checkout -- ${quoted(file)}\``,
  )
}
