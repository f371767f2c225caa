import {z} from 'zod'
import {type Recognition, UserError} from '../../model.ts'
import {decodeStrict} from '../utf8.ts'

/**
 * Reads a recognition as scanproof writes it, or a list of them.
 *
 * JSON can write half of a surrogate pair; it becomes U+FFFD. Whatever is no
 * recognition throws a `UserError` that names the field.
 */
export function readRecognitionJson(bytes: Uint8Array, name: string): readonly Recognition[] {
  let value: unknown
  try {
    value = JSON.parse(decodeStrict(bytes, name), (_, part: unknown) =>
      typeof part === 'string' ? part.replace(/\p{Cs}/gu, '\ufffd') : part,
    )
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new UserError(`Cannot read \`${name}\`: ${error.message}, expected JSON, write it again`)
  }
  const parsed = z.array(recognition).safeParse(Array.isArray(value) ? value : [value])
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.slice(1).join('.') || 'recognition'
  throw new UserError(
    `Unexpected \`${field}\` in \`${name}\`, expected a recognition of scanproof (${issue?.message}), write it again`,
  )
}

const unit = z.number().min(0).max(1)
const size = z.number().min(0)
const number = z.number()
/** Keys written out, or, as in recognitions/, the numbers alone. */
const box = z.union([
  z.object({x: number, y: number, width: size, height: size}),
  z.tuple([number, number, size, size]).transform(([x, y, width, height]) => ({x, y, width, height})),
])
const baseline = z.union([
  z.object({x1: number, y1: number, x2: number, y2: number}),
  z.tuple([number, number, number, number]).transform(([x1, y1, x2, y2]) => ({x1, y1, x2, y2})),
])
const choice = z.union([
  z.object({text: z.string(), confidence: unit}),
  z.tuple([z.string(), unit]).transform(([text, confidence]) => ({text, confidence})),
])
const symbol = z.union([
  z.object({text: z.string(), box, confidence: unit, choices: z.array(choice)}),
  z
    .tuple([z.string(), number, number, size, size, unit, z.array(choice)])
    .transform(([text, x, y, width, height, confidence, choices]) => ({
      text,
      box: {x, y, width, height},
      confidence,
      choices,
    })),
])
const symbols = z.array(symbol)
const word = z.union([
  z.object({text: z.string(), box, confidence: unit, symbols: symbols.exactOptional()}),
  z
    .union([
      z.tuple([z.string(), number, number, size, size, unit]),
      z.tuple([z.string(), number, number, size, size, unit, symbols]),
    ])
    .transform(([text, x, y, width, height, confidence, symbols]) => ({
      text,
      box: {x, y, width, height},
      confidence,
      ...(symbols && {symbols}),
    })),
])
const point = z.object({line: z.number(), column: z.number(), offset: z.number()})

const recognition: z.ZodType<Recognition> = z.object({
  schemaVersion: z.literal(1),
  pageId: z.string(),
  fingerprint: z.string(),
  engine: z.object({
    name: z.string(),
    version: z.string(),
    model: z.string(),
    modelSha256: z.string(),
    parameters: z.record(z.string(), z.string()),
  }),
  width: size,
  height: size,
  confidence: unit,
  lines: z.array(
    z.object({
      box,
      angle: z.number(),
      baseline: baseline.exactOptional(),
      paragraphStart: z.boolean(),
      words: z.array(word),
    }),
  ),
  regions: z.array(
    z.object({
      kind: z.enum(['stamp', 'strike', 'rotated', 'handwriting', 'redaction', 'rule', 'margin']),
      box,
      score: unit,
      text: z.string().nullable(),
    }),
  ),
  findings: z.array(
    z.object({
      ruleId: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      reason: z.string(),
      file: z.string().nullable(),
      page: z.string().nullable(),
      point: point.nullable(),
    }),
  ),
})
