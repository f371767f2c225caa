/** What stands where a rate is not defined. */
export const noRate = '–'

/**
 * Writes an error rate (1 = as many errors as reference tokens) as a percentage.
 *
 * Two digits after the point below 10 %, one below 100 %, none above: more would
 * claim more than a page of text can tell. A rate above zero is never written as
 * `0 %`. `null` is written as `–`.
 */
export function formatRate(rate: number | null): string {
  if (rate === null) return noRate
  if (rate === 0) return '0 %'
  const percent = rate * 100
  if (percent < 0.01) return '<0.01 %'
  if (percent < 9.995) return `${percent.toFixed(2)} %`
  if (percent < 99.95) return `${percent.toFixed(1)} %`
  return `${percent.toFixed(0)} %`
}

/** Why a rate is shown as `–` although both sides were compared. */
export const noRateReason = 'the transcript has no text here, so that no rate is defined'

/** Writes a count with commas between groups of three digits, as in `12,345`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Writes a confidence (0 to 1) as whole percent; `–` where nothing was read. */
export function formatConfidence(confidence: number | null): string {
  return confidence === null ? noRate : `${Math.round(confidence * 100)} %`
}

/** Writes a count with its noun, as in `1 page`, `2 pages`. */
export function formatAmount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}
