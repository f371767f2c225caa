import type {Check, DocumentReport, Finding, Totals, Verdict} from '../model.ts'

/** Limits a report is held against; null for none. */
export interface Limits {
  /** Highest clean CER of a document and of the corpus, as a fraction. */
  readonly maxCharacterErrorRate: number | null
}

/**
 * Decide whether a report is within its limits.
 *
 * `incomplete` wins over `failed` and `passed`: what cannot be judged is never
 * green, and a limit held against half a document says nothing. A rate that is
 * undefined cannot be judged either.
 */
export function judgeLimits(
  documents: readonly DocumentReport[],
  totals: Totals,
  findings: readonly Finding[],
  limits: Limits,
): Verdict {
  const checks =
    limits.maxCharacterErrorRate === null ? [] : rateChecks(documents, totals, limits.maxCharacterErrorRate)
  const incomplete =
    documents.length === 0 ||
    documents.some(({status}) => status !== 'compared') ||
    [...findings, ...documents.flatMap(document => document.findings)].some(({severity}) => severity === 'error') ||
    checks.some(({found}) => found === undefinedRate)
  return {
    status: incomplete ? 'incomplete' : checks.every(({passed}) => passed) ? 'passed' : 'failed',
    checks,
  }
}

const undefinedRate = 'undefined'

function rateChecks(documents: readonly DocumentReport[], totals: Totals, limit: number): Check[] {
  const rows = [
    {place: 'corpus', totals},
    ...documents.flatMap(({id, totals}) => (totals === null ? [] : [{place: id, totals}])),
  ]
  return rows.map(({place, totals}) => {
    const rate = totals.character.clean.errorRate
    return {
      name: 'maxCharacterErrorRate',
      place,
      expected: `<= ${limit}`,
      found: rate === null ? undefinedRate : String(rate),
      passed: rate !== null && rate <= limit,
    }
  })
}
