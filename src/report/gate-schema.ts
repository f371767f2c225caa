import {z} from 'zod'

const count = z.int().nonnegative()
const counts = z.strictObject({correct: count, substitutions: count, insertions: count, deletions: count}).readonly()
const point = z.strictObject({line: z.int().positive(), column: z.int().positive(), offset: count}).readonly()
const cause = z.enum(['scan', 'engine', 'preparation', 'rules', 'comparison', 'transcript'])
const beforeAndAfter = {pages: count, before: counts, after: counts, rise: z.number().nullable()}

/** The parts of a report's schema that a gate's refers to. */
interface Parts<Place extends z.ZodType> {
  readonly scanPlace: Place
}

/** Makes the form of what `check` adds to a verdict. */
export function gateSchema<Place extends z.ZodType>({scanPlace}: Parts<Place>) {
  const judgement = z
    .strictObject({
      ruleId: z.string(),
      outcome: z.enum(['regression', 'unjudged', 'improvement', 'note']),
      reason: z.string(),
      remedy: z.string(),
      command: z.string(),
      causes: z.array(cause).readonly(),
      document: z.string().nullable(),
      page: z.string().nullable(),
      file: z.string().nullable(),
      point: point.nullable(),
      end: point.nullable(),
      difference: z
        .strictObject({
          id: z.string(),
          kind: z.enum(['substitution', 'insertion', 'deletion']),
          reference: z.string(),
          hypothesis: z.string(),
          before: z.string(),
          after: z.string(),
          errors: count,
          scan: scanPlace,
        })
        .readonly()
        .nullable(),
    })
    .readonly()
    .meta({
      id: 'Judgement',
      description:
        'One thing the gate found. A `regression` fails, `unjudged` makes the verdict incomplete, an `improvement` waits to be banked.',
    })
  return z
    .strictObject({
      strict: z.boolean(),
      changes: z
        .array(z.strictObject({cause, pages: count, from: z.string().nullable(), to: z.string().nullable()}).readonly())
        .readonly(),
      judgements: z.array(judgement).readonly(),
      population: z
        .strictObject({
          ...beforeAndAfter,
          documents: count,
          changedDocuments: count,
          worsePages: count,
          betterPages: count,
          pValue: z.number().min(0).max(1),
          interval: z.strictObject({low: z.number(), high: z.number()}).readonly(),
          floor: z.number(),
          smallestDetectable: z.number(),
          result: z.enum(['regressed', 'improved', 'no-detectable-change']),
          worst: z.array(z.strictObject({page: z.string(), before: count, after: count}).readonly()).readonly(),
        })
        .readonly()
        .nullable(),
      drift: z
        .strictObject({...beforeAndAfter, revision: z.string()})
        .readonly()
        .nullable(),
      tolerated: z
        .strictObject({
          ocr: count,
          transcript: count,
          both: count,
          editorial: count,
          illegible: count,
          unsure: count,
        })
        .readonly(),
      unchanged: z.array(z.string()).readonly(),
    })
    .readonly()
    .meta({id: 'Gate', description: 'What holding the report against the ledger gave; of `check` only.'})
}
