import type {Edit} from '../model.ts'

/** An edit as rules and judge leave it: its texts and its place in the clean text follow from the raw text. */
export type Proposal = Omit<Edit, 'raw' | 'cleanSpan'>

/**
 * Make edits.
 *
 * @param proposals
 *   Ascending and disjoint, spans in `raw`; the replacement of a flag is what stands there.
 * @throws RangeError
 *   Where they are out of order or beyond the text: a bug of the rule.
 */
export function applyEdits(raw: string, proposals: readonly Proposal[]): {clean: string; edits: readonly Edit[]} {
  let clean = ''
  let last = 0
  const edits = proposals.map(proposal => {
    const {start, end} = proposal.span
    if (start < last || end < start || end > raw.length) {
      throw new RangeError(`Cannot apply \`${proposal.ruleId}\`: unexpected edit ${start}-${end} after ${last}`)
    }
    clean += raw.slice(last, start)
    const cleanStart = clean.length
    clean += proposal.replacement
    last = end
    return {...proposal, raw: raw.slice(start, end), cleanSpan: {start: cleanStart, end: clean.length}}
  })
  return {clean: clean + raw.slice(last), edits}
}
