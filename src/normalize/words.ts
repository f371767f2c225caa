import type {Edit, PageText, PlacedWord} from '../model.ts'

/**
 * Cut the clean text into pages, with the words that still stand in it.
 *
 * A word that was stripped is gone, and one that moved to another page by a
 * join as well: its box is not on that page.
 */
export function placeWords(pages: readonly PageText[], edits: readonly Edit[], clean: string): readonly PageText[] {
  const texts = clean.split('\f')
  let rawStart = 0
  let cleanStart = 0
  let next = 0
  return pages.map((page, index) => {
    const text = texts[index] ?? ''
    const words: PlacedWord[] = []
    for (const word of page.words) {
      const raw = {start: rawStart + word.span.start, end: rawStart + word.span.end}
      while (next < edits.length && (edits[next]?.span.end ?? 0) <= raw.start) next++
      const start = cleanOffset(edits, next, raw.start) - cleanStart
      const end = cleanOffset(edits, next, raw.end) - cleanStart
      if (start >= 0 && end > start && end <= text.length) words.push({...word, span: {start, end}})
    }
    rawStart += page.text.length + 1
    cleanStart += text.length + 1
    return {...page, text, words}
  })
}

/** Where an offset of the raw text lies in the clean text; `from` is the first edit that ends behind it, or an earlier one. */
function cleanOffset(edits: readonly Edit[], from: number, offset: number): number {
  let index = from
  while (index < edits.length && (edits[index]?.span.end ?? 0) <= offset) index++
  const edit = edits[index]
  if (edit !== undefined && edit.span.start < offset) {
    return Math.min(edit.cleanSpan.start + offset - edit.span.start, edit.cleanSpan.end)
  }
  const before = edits[index - 1]
  return before === undefined ? offset : before.cleanSpan.end + offset - before.span.end
}
