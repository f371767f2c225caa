import {z} from 'zod'
import {type Report, UserError} from '../model.ts'
import {gateSchema} from './gate-schema.ts'

const count = z.int().nonnegative()
const share = z.number().min(0).max(1)
const point = {line: z.int().positive(), column: z.int().positive(), offset: count}

const pointRecord = z.strictObject(point).readonly()

const span = z.strictObject({start: count, end: count}).readonly()

const box = z
  .strictObject({x: z.number(), y: z.number(), width: z.number().nonnegative(), height: z.number().nonnegative()})
  .readonly()
  .meta({id: 'Box', description: 'Pixels of the upright scan, origin top left.'})

const finding = z
  .strictObject({
    ruleId: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    reason: z.string(),
    file: z.string().nullable(),
    page: z.string().nullable(),
    point: z.strictObject(point).readonly().nullable(),
  })
  .readonly()
  .meta({id: 'Finding', description: 'Something a person should know; `error` means that something was not judged.'})

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
  .meta({
    id: 'Rate',
    description:
      'Counts of an alignment. `deletions` were lost by the OCR, `insertions` stand in the OCR only. ' +
      '`reference` = correct + substitutions + deletions; `errorRate` = (substitutions + insertions + deletions) / reference, ' +
      'null where the reference is empty and the reading is not.',
  })

const beforeAndAfter = z
  .strictObject({raw: rate, clean: rate})
  .readonly()
  .meta({id: 'BeforeAndAfter', description: '`raw` is before cleanup, `clean` after it.'})

const totals = z
  .strictObject({character: beforeAndAfter, word: beforeAndAfter})
  .readonly()
  .meta({id: 'Totals', description: 'Characters are grapheme clusters, words are those of UAX #29.'})

const region = z
  .strictObject({
    kind: z.enum(['stamp', 'strike', 'rotated', 'handwriting', 'redaction', 'rule', 'margin']),
    box,
    score: share,
    text: z.string().nullable(),
  })
  .readonly()
  .meta({id: 'Region', description: "A region whose ink does not fit the page's type."})

const page = z
  .strictObject({
    id: z.string(),
    status: z.enum(['compared', 'read', 'failed']),
    scan: z.strictObject({file: z.string(), frame: count, sha256: z.string()}).readonly(),
    width: z.number().nonnegative(),
    height: z.number().nonnegative(),
    confidence: share.nullable(),
    fingerprint: z.string().nullable(),
    engine: z
      .strictObject({name: z.string(), version: z.string(), model: z.string()})
      .readonly()
      .nullable()
      .optional()
      .meta({description: 'Who read this page: an engine with its model, or `imported:` and the format of a file.'}),
    counts: totals.nullable(),
    regions: z.array(region).readonly(),
  })
  .readonly()
  .meta({id: 'Page'})

const scanPlace = z
  .strictObject({page: z.string(), box: box.nullable(), confidence: share.nullable()})
  .readonly()
  .nullable()

const transcriptPlace = z
  .strictObject({...point, endOffset: count})
  .readonly()
  .nullable()

const difference = z
  .strictObject({
    id: z.string().min(1),
    kind: z.enum(['substitution', 'insertion', 'deletion']),
    reference: z.string(),
    hypothesis: z.string(),
    before: z.string(),
    after: z.string(),
    characters: z.strictObject({substitutions: count, insertions: count, deletions: count}).readonly(),
    scan: scanPlace,
    transcript: transcriptPlace,
    suspect: z.enum(['transcript', 'ocr', 'editorial', 'unsure']),
    probabilities: z.strictObject({transcript: share, ocr: share, editorial: share}).readonly(),
    pattern: z.string().nullable(),
    evidence: z.array(z.string()).readonly(),
  })
  .readonly()
  .meta({
    id: 'Difference',
    description:
      'A place where scan and transcript differ: `reference` is what the transcript says, `hypothesis` what was read. ' +
      '`id` is a hash of content and context and survives a re-run. `probabilities` say which side is wrong, `suspect` is ' +
      'the probable one; `pattern` names a change that repeats throughout the document.',
  })

const doubt = z
  .strictObject({
    id: z.string().min(1),
    text: z.string(),
    reading: z.string(),
    before: z.string(),
    after: z.string(),
    scan: scanPlace,
    transcript: transcriptPlace,
    probability: share,
    evidence: z.array(z.string()).readonly(),
  })
  .readonly()
  .meta({
    id: 'Doubt',
    description: 'A word on which transcript and OCR agree, though a second look reads another: both may be wrong.',
  })

const edit = z
  .strictObject({
    ruleId: z.string(),
    family: z.string(),
    action: z.enum(['strip', 'repair', 'join', 'flag']),
    span,
    cleanSpan: span,
    raw: z.string(),
    replacement: z.string(),
    score: z.number(),
    evidence: z.array(z.string()).readonly(),
    pageId: z.string(),
    box: box.nullable(),
  })
  .readonly()
  .meta({id: 'Edit', description: 'One change that cleanup made in the text as read, with its rule and reasons.'})

const drawnPart = z
  .strictObject({
    difference: z.string().nullable(),
    reference: z.string(),
    hypothesis: z.string(),
    page: z.string().nullable(),
  })
  .readonly()
  .meta({id: 'DrawnPart', description: 'Concatenated, the parts give both texts.'})

const confusion = z
  .strictObject({reference: z.string(), hypothesis: z.string(), times: count, errors: count})
  .readonly()

const makeup = z
  .strictObject({
    gaps: z
      .array(z.strictObject({mark: z.string(), hypothesis: z.string(), transcript: pointRecord.nullable()}).readonly())
      .readonly(),
    blocks: z
      .array(
        z
          .strictObject({
            kind: z.enum(['extra', 'missing', 'moved']),
            text: z.string(),
            words: count,
            characters: count,
            transcript: pointRecord.nullable(),
            page: z.string().nullable(),
          })
          .readonly(),
      )
      .readonly(),
    withoutBlocks: rate,
    rules: z
      .array(z.strictObject({ruleId: z.string(), edits: count, repaired: count, damaged: count}).readonly())
      .readonly(),
    confusions: z.array(confusion).readonly(),
  })
  .readonly()
  .meta({
    id: 'Makeup',
    description:
      'What the errors are made of. `gaps`: text where the transcript says that it does not tell, in no count; `blocks`: text that stands ' +
      'on the scan only (`extra`), in the transcript only (`missing`) or elsewhere (`moved`); `rules`: errors that cleanup removed and made.',
  })

const measured = z
  .union([
    z.strictObject({value: z.number(), reason: z.null()}).readonly(),
    z.strictObject({value: z.null(), reason: z.string()}).readonly(),
  ])
  .meta({id: 'Measured', description: 'A number, or why there is none.'})

const documentReview = z
  .strictObject({
    gains: z.array(z.strictObject({page: z.string(), expected: z.number().nonnegative()}).readonly()).readonly(),
    series: z
      .array(
        z
          .strictObject({
            reference: z.string(),
            hypothesis: z.string(),
            times: count,
            errors: count,
            differences: z.array(z.string()).readonly(),
          })
          .readonly(),
      )
      .readonly(),
    unsure: z
      .array(z.strictObject({text: z.string(), cleanSpan: span, page: z.string(), box, confidence: share}).readonly())
      .readonly(),
  })
  .readonly()
  .meta({
    id: 'DocumentReview',
    description:
      '`gains`: places on a page where the transcript is expected to be wrong; `series`: differences in which the same was read for the same; `unsure`: words that are the same on both sides ' +
      'although the engine was not sure of them.',
  })

const corpusReview = z
  .strictObject({
    confusions: z.array(confusion).readonly(),
    calibration: z
      .strictObject({
        bins: z
          .array(
            z.strictObject({from: share, to: share, words: count, confidence: measured, accuracy: measured}).readonly(),
          )
          .readonly(),
        expectedError: measured,
        greatestError: measured,
      })
      .readonly(),
    effort: z
      .strictObject({
        steps: z.array(z.strictObject({confidence: share, looked: share, caught: share}).readonly()).readonly(),
        area: measured,
      })
      .readonly(),
  })
  .readonly()
  .meta({
    id: 'CorpusReview',
    description:
      '`confusions`: the costliest of all documents; `calibration`: whether confidence can be taken at its word; ' +
      '`effort`: the wrong words that are caught by looking at the least sure words first.',
  })

const document = z
  .strictObject({
    id: z.string(),
    status: z.enum(['compared', 'incomplete', 'no-transcript', 'no-scan']),
    title: z.string().nullable(),
    transcript: z.string().nullable(),
    totals: totals.nullable(),
    exact: z.boolean(),
    pages: z.array(page).readonly(),
    differences: z.array(difference).readonly(),
    doubts: z.array(doubt).readonly(),
    edits: z.array(edit).readonly(),
    drawn: z.array(drawnPart).readonly(),
    makeup: makeup.nullable(),
    review: documentReview.nullable(),
    findings: z.array(finding).readonly(),
  })
  .readonly()
  .meta({id: 'Document'})

/** The form of report.json: keys in the order written, unknown keys refused. */
export const reportSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({name: z.literal('scanproof'), version: z.string()}).readonly(),
    engine: z
      .strictObject({
        name: z.string(),
        version: z.string(),
        model: z.string(),
        modelSha256: z.string(),
        parameters: z.record(z.string(), z.string()).readonly(),
      })
      .readonly(),
    config: z
      .strictObject({
        equality: z.string(),
        equivalences: z.record(z.string(), z.string()).readonly(),
        profile: z.string(),
        disabledRules: z.array(z.string()).readonly(),
        cleanup: z
          .strictObject({
            families: z.record(z.string(), z.enum(['strip', 'note', 'keep'])).readonly(),
            rules: z.array(z.string()).readonly(),
            words: z.array(z.string()).readonly(),
          })
          .readonly()
          .optional(),
        maxCharacterErrorRate: z.number().nullable(),
      })
      .readonly(),
    totals,
    review: corpusReview.nullable(),
    documents: z.array(document).readonly(),
    findings: z.array(finding).readonly(),
    verdict: z
      .strictObject({
        status: z.enum(['passed', 'failed', 'incomplete']),
        checks: z
          .array(
            z
              .strictObject({
                name: z.string(),
                place: z.string(),
                expected: z.string(),
                found: z.string(),
                passed: z.boolean(),
              })
              .readonly(),
          )
          .readonly(),
        gate: gateSchema({scanPlace}).optional(),
      })
      .readonly(),
  })
  .readonly()
  .meta({title: 'scanproof report'})

/**
 * Reads a report.json.
 *
 * @throws UserError
 *   Where the text is not JSON or not of this form; the message names the path
 *   of each problem, the first twenty of them.
 */
export function parseReport(text: string): Report {
  const value = parseJson(text)
  const version = versionOf(value)
  if (version !== undefined && version !== 1) {
    throw new UserError(
      `Unexpected \`schemaVersion\` \`${JSON.stringify(version)}\` in report, expected \`1\`, read it with the version of scanproof that wrote it`,
    )
  }
  const result = reportSchema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map(issue => `  \`${writePath(issue.path)}\`: ${issue.message}`)
  const shown = problems.slice(0, maxProblems)
  if (shown.length < problems.length) shown.push(`  and ${problems.length - shown.length} more`)
  throw new UserError(
    `Unexpected content of report, expected the form of report.schema.json, write it again with \`scanproof run\`:\n${shown.join('\n')}`,
  )
}

/** Makes the JSON Schema (draft 2020-12) of report.json, as shipped in the package. */
export function jsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(reportSchema)
}

const maxProblems = 20

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError(`Unexpected text in report, expected JSON, write it again with \`scanproof run\`: ${reason}`)
  }
}

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined
}

/** Writes a path as in `documents[3].pages[0].counts`; the whole report is `.`. */
function writePath(path: readonly PropertyKey[]): string {
  const text = path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('')
  return text === '' ? '.' : text
}
