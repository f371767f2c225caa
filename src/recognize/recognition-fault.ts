import type {Recognition} from '../model.ts'

/**
 * Say what is wrong with a value that should be a `Recognition`.
 *
 * By hand, as a corpus has half a million words and is looked through on every run.
 *
 * @returns
 *   A phrase to follow "it", or null where nothing is wrong.
 */
export function recognitionFault(value: unknown): string | null {
  if (!isRecord(value)) return 'is no record'
  if (value.schemaVersion !== 1) return `has schema version \`${String(value.schemaVersion)}\``
  if (!isText(value.pageId) || !isText(value.fingerprint)) return 'has no page id or fingerprint'
  if (!isEngine(value.engine)) return 'has a damaged field `engine`'
  if (!isSize(value.width) || !isSize(value.height) || !isUnit(value.confidence))
    return 'has a damaged size or confidence'
  if (!isList(value.lines, isLine)) return 'has a damaged field `lines`'
  if (!isList(value.regions, isRegion)) return 'has a damaged field `regions`'
  return isList(value.findings, isFinding) ? null : 'has a damaged field `findings`'
}

/** Whether a value is a `Recognition` throughout. */
export function isRecognition(value: unknown): value is Recognition {
  return recognitionFault(value) === null
}

type Fields = Readonly<Record<string, unknown>>

const regionKinds: ReadonlySet<unknown> = new Set([
  'stamp',
  'strike',
  'rotated',
  'handwriting',
  'redaction',
  'rule',
  'margin',
])
const severities: ReadonlySet<unknown> = new Set(['error', 'warning', 'info'])

function isLine(value: unknown): boolean {
  return (
    isRecord(value) &&
    isBox(value.box) &&
    Number.isFinite(value.angle) &&
    (value.baseline === undefined || isBaseline(value.baseline)) &&
    typeof value.paragraphStart === 'boolean' &&
    isList(value.words, isWord)
  )
}

function isWord(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value.text) &&
    isBox(value.box) &&
    isUnit(value.confidence) &&
    (value.symbols === undefined || isList(value.symbols, isSymbol))
  )
}

function isSymbol(value: unknown): boolean {
  return isWord(value) && isRecord(value) && isList(value.choices, isChoice)
}

function isChoice(value: unknown): boolean {
  return isRecord(value) && isText(value.text) && isUnit(value.confidence)
}

function isBaseline(value: unknown): boolean {
  return isRecord(value) && [value.x1, value.y1, value.x2, value.y2].every(Number.isFinite)
}

function isRegion(value: unknown): boolean {
  return (
    isRecord(value) &&
    regionKinds.has(value.kind) &&
    isBox(value.box) &&
    isUnit(value.score) &&
    (value.text === null || isText(value.text))
  )
}

function isFinding(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value.ruleId) &&
    severities.has(value.severity) &&
    isText(value.reason) &&
    (value.file === null || isText(value.file)) &&
    (value.page === null || isText(value.page)) &&
    (value.point === null || isRecord(value.point))
  )
}

function isEngine(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value.name) &&
    isText(value.version) &&
    isText(value.model) &&
    isText(value.modelSha256) &&
    isRecord(value.parameters) &&
    Object.values(value.parameters).every(isText)
  )
}

function isBox(value: unknown): boolean {
  return (
    isRecord(value) &&
    Number.isFinite(value.x) &&
    Number.isFinite(value.y) &&
    isSize(value.width) &&
    isSize(value.height)
  )
}

function isSize(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < Infinity
}

function isUnit(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isList(value: unknown, check: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(check)
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
