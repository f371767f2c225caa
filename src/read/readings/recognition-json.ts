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
const box = z.object({x: z.number(), y: z.number(), width: size, height: size})
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
      paragraphStart: z.boolean(),
      words: z.array(z.object({text: z.string(), box, confidence: unit})),
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
