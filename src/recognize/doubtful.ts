import type {Finding, Recognition} from '../model.ts'

/** Typed pages are read with more than this; rubbish, as of a page mirrored or upside down, with 20 to 50 percent. */
export const doubtful = 0.6

/** From so many letters on their confidence, and their number, says something of the page. */
export const leastLetters = 30

/** Say of a reading that it is empty, or that the engine itself did not trust it; of any other nothing. */
export function doubtsOfReading({pageId, confidence, lines}: Recognition): readonly Finding[] {
  const letters = lines.flatMap(({words}) => words).reduce((sum, {text}) => sum + text.length, 0)
  const place = {file: null, page: pageId, point: null}
  if (letters === 0) {
    const reason = `Nothing was read on page \`${pageId}\`, expected type, look at its scan: it may be blank, or hold pictures or handwriting alone`
    return [{ruleId: 'recognize:no-text', severity: 'info', reason, ...place}]
  }
  if (letters < leastLetters || confidence >= doubtful) return []
  const reason = `Unexpected confidence of \`${Math.round(100 * confidence)} %\` on page \`${pageId}\`, expected more than \`${100 * doubtful} %\` as of type, look at its scan: it may be mirrored, handwritten or too faint`
  return [{ruleId: 'recognize:doubtful-reading', severity: 'warning', reason, ...place}]
}
