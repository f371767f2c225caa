import type {Alignment, Counts, Span, Tokens} from '../model.ts'

/**
 * Give each page its part of a document's alignment.
 *
 * The pages' counts sum to the document's exactly, which separate alignments of
 * pages would not. A token that was read belongs to the page it begins on. A deletion was read nowhere: it goes to the page of
 * the token read before it, and before the first one to the first page.
 *
 * @param pages
 *   Where each page stands in the hypothesis text, ascending; what lies between two pages (the form feed) belongs to
 *   the earlier one. At least one, unless there is nothing to share out.
 */
export function share({chunks}: Alignment, hypothesis: Tokens, pages: readonly Span[]): readonly Counts[] {
  const counts = pages.map(() => ({correct: 0, substitutions: 0, insertions: 0, deletions: 0}))
  if (counts.length === 0) {
    if (chunks.length > 0) throw new RangeError('Cannot share counts among no pages')
    return counts
  }
  let page = 0
  for (const {operation, reference, hypothesis: read} of chunks) {
    if (operation === 'delete') {
      counts[page]!.deletions += reference.end - reference.start
      continue
    }
    for (let token = read.start; token < read.end; token++) {
      while (page + 1 < pages.length && pages[page + 1]!.start <= hypothesis.starts[token]!) page++
      const own = counts[page]!
      if (operation === 'equal') own.correct++
      else if (operation === 'substitute') own.substitutions++
      else own.insertions++
    }
  }
  return counts
}
