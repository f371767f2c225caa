import type {Edit} from '../model.ts'

/**
 * Give back the raw text of a document, byte for byte.
 *
 * @param edits
 *   All of them, as `normalize` returned them.
 */
export function restore(edits: readonly Edit[], clean: string): string {
  let raw = ''
  let last = 0
  for (const edit of edits) {
    raw += clean.slice(last, edit.cleanSpan.start) + edit.raw
    last = edit.cleanSpan.end
  }
  return raw + clean.slice(last)
}

/**
 * Map offsets of the clean text to offsets of the raw text.
 *
 * Exact on text that no edit touched, and on a repair letter by letter as far
 * as it goes; never falls. Where text was stripped, the offset of what follows
 * it is meant; so the end of a span is `map(end - 1) + 1`. Each call costs the
 * logarithm of the number of edits.
 */
export function rawOffsets(edits: readonly Edit[]): (cleanOffset: number) => number {
  return cleanOffset => {
    // The last edit that begins at or before the offset.
    let low = 0
    let high = edits.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((edits[middle]?.cleanSpan.start ?? 0) <= cleanOffset) low = middle + 1
      else high = middle
    }
    const edit = edits[low - 1]
    if (edit === undefined) return cleanOffset
    if (cleanOffset >= edit.cleanSpan.end) return edit.span.end + cleanOffset - edit.cleanSpan.end
    return Math.min(edit.span.start + cleanOffset - edit.cleanSpan.start, Math.max(edit.span.start, edit.span.end - 1))
  }
}
