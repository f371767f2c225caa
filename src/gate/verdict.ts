import type {Check, CheckedDocument, Finding, Rate, Verdict} from '../model.ts'

/** Limits a report is held against; null for none. */
export interface Limits {
  /** Highest clean CER of a document and of the corpus, as a fraction. */
  readonly maxCharacterErrorRate: number | null
  /** Highest clean CER of the corpus, as a fraction, where it is another than that of a document. */
  readonly maxCorpusCharacterErrorRate: number | null
}

/**
 * Decide whether a corpus is within its limits.
 *
 * `incomplete` wins over `failed` and `passed`: what cannot be judged is never
 * green, and a limit held against half a document says nothing. A rate that is
 * undefined cannot be judged either.
 *
 * @param characters
 *   Clean characters of the corpus.
 * @param findings
 *   Of the corpus and of every document.
 */
export function judgeLimits(
  documents: readonly Pick<CheckedDocument, 'id' | 'status' | 'characters'>[],
  characters: Rate,
  findings: readonly Finding[],
  limits: Limits,
): Verdict {
  const checks = rateChecks(documents, characters, limits)
  const incomplete =
    documents.length === 0 ||
    documents.some(({status}) => status !== 'compared') ||
    findings.some(({severity}) => severity === 'error') ||
    checks.some(({found}) => found === undefinedRate)
  return {
    status: incomplete ? 'incomplete' : checks.every(({passed}) => passed) ? 'passed' : 'failed',
    checks,
  }
}

/** What a check says it found where no rate is defined; such a check cannot be judged. */
export const undefinedRate = 'undefined'

function rateChecks(
  documents: readonly Pick<CheckedDocument, 'id' | 'characters'>[],
  corpus: Rate,
  {maxCharacterErrorRate: limit, maxCorpusCharacterErrorRate: corpusLimit}: Limits,
): readonly Check[] {
  const check = (name: string, place: string, {errorRate: rate}: Rate, most: number): Check => ({
    name,
    place,
    expected: `<= ${most}`,
    found: rate === null ? undefinedRate : String(rate),
    passed: rate !== null && rate <= most,
  })
  return [
    ...(corpusLimit !== null
      ? [check('maxCorpusCharacterErrorRate', 'corpus', corpus, corpusLimit)]
      : limit !== null
        ? [check('maxCharacterErrorRate', 'corpus', corpus, limit)]
        : []),
    ...documents.flatMap(({id, characters}) =>
      characters === null || limit === null ? [] : [check('maxCharacterErrorRate', id, characters, limit)],
    ),
  ]
}
