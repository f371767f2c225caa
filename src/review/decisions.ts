import {z} from 'zod'
import {type Decision, type DecisionFile, UserError} from '../model.ts'

const line = z.string().regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'expected one line without control characters')
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date as in 2026-11-22')

/** Longest texts that a decision may hold: an author may be a list of names, a note a paragraph. */
const most = {name: 200, note: 10_000, text: 1_000_000, tags: 50}

const fields = {
  id: z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hex digits'),
  document: z.string().min(1).max(most.name),
  page: z
    .string()
    .min(1)
    .max(2 * most.name)
    .nullable(),
  kind: z.enum(['substitution', 'insertion', 'deletion']),
  reference: z.string().max(most.text),
  hypothesis: z.string().max(most.text),
  before: z.string().max(most.note),
  after: z.string().max(most.note),
  verdict: z.enum(['ocr', 'transcript', 'both', 'editorial', 'illegible', 'unsure']),
  reading: z.string().max(most.note).nullable(),
  tags: z.array(line.min(1).max(most.name)).max(most.tags).readonly(),
  note: z.string().max(most.note),
}
const author = line.min(1).max(most.name)

const hasReading = ({verdict, reading}: Pick<Decision, 'verdict' | 'reading'>) =>
  (verdict === 'both') === (reading !== null)
const readingFault = {path: ['reading'], message: 'expected a text for the verdict `both`, and null for every other'}

/** The form of a decision, unknown keys refused; `reading` is a text exactly where the verdict is `both`. */
export const decisionSchema = z
  .strictObject({...fields, author, date: day})
  .refine(hasReading, readingFault)
  .readonly()
  .meta({id: 'Decision', description: 'What a person decided about a difference.'})

/** The form of a decision that the page sends. */
export const sentDecisionSchema = z
  .strictObject({...fields, author: author.optional(), date: day.optional()})
  .refine(hasReading, readingFault)
  .readonly()

/** The form of decisions.json: unknown keys refused. */
export const decisionFileSchema = z
  .strictObject({schemaVersion: z.literal(1), decisions: z.array(decisionSchema).readonly()})
  .readonly()
  .meta({title: 'scanproof decisions'})

/** Makes the JSON Schema (draft 2020-12) of decisions.json, as shipped in the package. */
export function decisionsJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(decisionFileSchema)
}

/**
 * Reads a decisions.json.
 *
 * @param file
 *   Its path, for messages.
 * @throws UserError
 *   Where the text is not JSON or not of this form; names the place of each problem, the first ten of them.
 */
export function parseDecisions(text: string, file: string): readonly Decision[] {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error))
  }
  const result = decisionFileSchema.safeParse(value)
  if (result.success) return result.data.decisions
  throw unreadable(file, problemsOf(result.error))
}

/** Say what is wrong with a value, and where; the first ten problems. */
export function problemsOf({issues}: z.ZodError): string {
  const shown = issues.slice(0, 10).map(({path, message}) => `\`${path.join('.') || '.'}\`: ${message}`)
  return [...shown, ...(issues.length > 10 ? [`and ${issues.length - 10} more`] : [])].join('; ')
}

/** Writes decisions.json: each decision on a line of its own, keys in the order of the schema; same decisions, same bytes. */
export function serializeDecisions(decisions: readonly Decision[]): string {
  const lines = decisions.map(decision => `    ${JSON.stringify(ordered(decision))}`)
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`
  return `{\n  "schemaVersion": 1,\n  "decisions": ${list}\n}\n`
}

function ordered({
  id,
  document,
  page,
  kind,
  reference,
  hypothesis,
  before,
  after,
  verdict,
  reading,
  tags,
  note,
  author,
  date,
}: Decision): DecisionFile['decisions'][number] {
  return {
    id,
    document,
    page,
    kind,
    reference,
    hypothesis,
    before,
    after,
    verdict,
    reading,
    tags: [...new Set(tags)].sort(),
    note,
    author,
    date,
  }
}

function unreadable(file: string, fault: string): UserError {
  return new UserError(
    `Cannot read \`${file}\`: ${fault}, expected decisions as in docs/review.md, export them again from the page`,
  )
}
