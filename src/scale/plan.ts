import {createHash} from 'node:crypto'
import type {Finding, Page, ScanFormat} from '../model.ts'
import {UserError} from '../model.ts'

/** A page as the plan lists it. */
export interface PlannedPage extends Page {
  /** The page's share of its file. */
  readonly bytes: number
  /** Estimated milliseconds of reading on one core; a whole number, at least 1. */
  readonly cost: number
}

export interface PlannedDocument {
  readonly id: string
  /** Its folder or file in scans/. */
  readonly place: string
  readonly pages: readonly PlannedPage[]
}

/** All that has to be read, from scans alone: what shards and workers are given, and what a merge is held against. */
export interface Plan {
  readonly toolVersion: string
  /** Documents that were asked for; empty for all. */
  readonly names: readonly string[]
  readonly documents: readonly PlannedDocument[]
  /** Of scan files that cannot be used. */
  readonly findings: readonly Finding[]
}

/** A plan as read back, with the hash that names it. */
export interface HashedPlan {
  readonly plan: Plan
  /** SHA-256 of the plan's file, lower-case hex. */
  readonly hash: string
}

/**
 * Estimate what a page takes.
 *
 * How much text is on a page decides, and its size in bytes hardly tells: on the corpus pages of 140 kB took twice as long
 * as pages of 1 MB. So a page counts as a page, and its bytes as what decoding them takes.
 */
export function estimateCost(bytes: number): number {
  return 2000 + Math.round(bytes / 5000)
}

/** The pages of a plan, in its order. */
export function pagesOf(plan: Plan): PlannedPage[] {
  return plan.documents.flatMap(({pages}) => pages)
}

const schemaVersion = 1

/** A piece of a plan, as it is found. */
export type PlanPart = {readonly document: PlannedDocument} | {readonly finding: Finding}

/** Write a plan as lines of JSON, each with its line end: the plan's head, then each document and its pages, then findings. */
export function* planLines(plan: Plan): Generator<string> {
  yield headLine(plan)
  for (const document of plan.documents) yield* partLines({document})
  for (const finding of plan.findings) yield* partLines({finding})
}

/** The first line of a plan. */
export function headLine({toolVersion, names}: Pick<Plan, 'toolVersion' | 'names'>): string {
  return `${JSON.stringify({scanproofPlan: schemaVersion, toolVersion, names})}\n`
}

/** The lines of a part of a plan; those of findings come last in its file. */
export function* partLines(part: PlanPart): Generator<string> {
  if ('finding' in part) {
    const {ruleId, severity, reason, file, page, point} = part.finding
    yield `${JSON.stringify({finding: {ruleId, severity, reason, file, page, point}})}\n`
    return
  }
  const {id, place, pages} = part.document
  yield `${JSON.stringify({document: id, place})}\n`
  for (const page of pages) yield pageLine(page)
}

function pageLine({id, scan, bytes, cost}: PlannedPage): string {
  const {file, format, frame, sha256} = scan
  return `${JSON.stringify({page: id, file, format, frame, sha256, bytes, cost})}\n`
}

/** Hash of a plan's file, without writing it. */
export function hashPlan(plan: Plan): string {
  const hash = createHash('sha256')
  for (const lines of inChunks(planLines(plan))) hash.update(lines)
  return hash.digest('hex')
}

/** Join lines to texts of about a megabyte: a write or a hash for each line would take most of the time. */
export function* inChunks(lines: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const line of lines) {
    chunk += line
    if (chunk.length < 1 << 20) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}

/** A line of a plan, read: the head, of which there is one and it is the first, or a piece of the rest. */
export type PlanLine =
  | {readonly head: Pick<Plan, 'toolVersion' | 'names'>}
  | {readonly finding: Finding}
  | {readonly document: Omit<PlannedDocument, 'pages'>}
  | {readonly page: PlannedPage}

/**
 * Read a plan, one line after the other.
 *
 * @param lines
 *   Without their ends.
 * @param name
 *   What to call it in messages.
 * @throws UserError
 *   Naming the line that is no part of a plan. Names that could lead out of a folder are refused.
 */
export function* readPlanLines(lines: Iterable<string>, name: string): Generator<PlanLine> {
  const documents = new Set<string>()
  let pages = new Set<string>()
  let document: string | null = null
  let number = 0
  for (const line of lines) {
    number++
    const wrong = (expected: string) =>
      new UserError(
        `Unexpected line ${number} of \`${name}\`, expected ${expected}, make the plan again with \`scanproof plan\``,
      )
    const fields = parseFields(line)
    if (fields === null) throw wrong('a JSON object')
    if (number === 1) {
      if (fields.scanproofPlan !== schemaVersion || typeof fields.toolVersion !== 'string' || !isNames(fields.names)) {
        throw wrong(`the head of a plan of version ${schemaVersion}`)
      }
      yield {head: {toolVersion: fields.toolVersion, names: fields.names}}
    } else if (isFinding(fields.finding)) {
      yield {finding: fields.finding}
    } else if (fields.document !== undefined) {
      const {document: id, place} = fields
      if (!isName(id) || typeof place !== 'string' || documents.has(id))
        throw wrong('a document that is not listed yet')
      documents.add(id)
      document = id
      pages = new Set()
      yield {document: {id, place}}
    } else {
      const page = document === null ? null : parsePage(fields, document)
      if (page === null || pages.has(page.name)) throw wrong('a page of the document above that is not listed yet')
      pages.add(page.name)
      yield {page}
    }
  }
  if (number === 0)
    throw new UserError(`Unexpected empty file \`${name}\`, expected a plan, make it with \`scanproof plan\``)
}

/** Read a whole plan; parameters and errors are those of `readPlanLines`. */
export function parsePlan(bytes: Uint8Array, name: string): HashedPlan {
  const documents: (PlannedDocument & {readonly pages: PlannedPage[]})[] = []
  const findings: Finding[] = []
  let head: Pick<Plan, 'toolVersion' | 'names'> = {toolVersion: '', names: []}
  for (const line of readPlanLines(linesOf(bytes), name)) {
    if ('head' in line) head = line.head
    else if ('finding' in line) findings.push(line.finding)
    else if ('document' in line) documents.push({...line.document, pages: []})
    else documents.at(-1)?.pages.push(line.page)
  }
  return {plan: {...head, documents, findings}, hash: createHash('sha256').update(bytes).digest('hex')}
}

/** Read the fields of a page's line; null where they are none. */
export function parsePage(fields: Fields, document: string): PlannedPage | null {
  const {page, file, format, frame, sha256, bytes, cost} = fields
  if (typeof page !== 'string' || !page.startsWith(`${document}/`)) return null
  const name = page.slice(document.length + 1)
  if (!isName(name) || typeof file !== 'string' || !isFormat(format) || !isHash(sha256)) return null
  if (!isCount(frame, 0) || !isCount(bytes, 0) || !isCount(cost, 1)) return null
  return {id: page, document, name, scan: {file, format, frame, sha256}, bytes, cost}
}

export type Fields = Readonly<Record<string, unknown>>

/** Parse a JSON object; null where the text is none. */
export function parseFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
  } catch {
    return null
  }
}

/** SHA-256 in lower-case hex. */
export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

/** A document's or a page's own name: one part of a path, and none that leads elsewhere. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && /^(?!\.)[^/\\\p{Cc}\p{Cs}\u2028\u2029]+$/u.test(value)
}

function* linesOf(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder()
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(10, start)
    const end = found < 0 ? bytes.length : found
    yield decoder.decode(bytes.subarray(start, end))
    start = end + 1
  }
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isName)
}

function isFinding(value: unknown): value is Finding {
  if (typeof value !== 'object' || value === null) return false
  const {ruleId, severity, reason, file, page} = value as Fields
  return (
    typeof ruleId === 'string' &&
    (severity === 'error' || severity === 'warning' || severity === 'info') &&
    typeof reason === 'string' &&
    (file === null || typeof file === 'string') &&
    (page === null || typeof page === 'string')
  )
}

const formats: ReadonlySet<string> = new Set<ScanFormat>(['png', 'jpeg', 'jpeg2000', 'tiff', 'webp', 'pdf'])

function isFormat(value: unknown): value is ScanFormat {
  return typeof value === 'string' && formats.has(value)
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least
}
