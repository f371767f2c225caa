import type {PageText} from '../../src/model.ts'

/** Pages of plain text, cut at form feeds. */
export function plainPages(text: string): readonly PageText[] {
  return text
    .split('\f')
    .map((page, index) => ({pageId: `text/${index + 1}`, text: page, words: [], width: 0, height: 0, regions: []}))
}
