import type {PageText, PlacedWord, Region} from '../../src/model.ts'

/** A line of a page made of type: its text, and how sure the engine was of it. */
export type TypedLine = string | {readonly text: string; readonly confidence: number}

/** Pixels: a page of letter size at 100 dpi, ten to a letter, 24 to a line, from 60 on. */
const size = {width: 850, height: 1100, letter: 10, line: 24, top: 60}

/** A page with boxes as a typewriter sets them; an empty line is a blank one. */
export function typedPage(name: string, lines: readonly TypedLine[], regions: readonly Region[] = []): PageText {
  const words: PlacedWord[] = []
  let text = ''
  for (const [row, line] of lines.entries()) {
    const {text: content, confidence} = typeof line === 'string' ? {text: line, confidence: 0.95} : line
    for (const match of content.matchAll(/\S+/g)) {
      words.push({
        span: {start: text.length + match.index, end: text.length + match.index + match[0].length},
        box: {x: 80 + match.index * size.letter, y: rowTop(row), width: match[0].length * size.letter, height: 14},
        confidence,
      })
    }
    text += row === lines.length - 1 ? content : `${content}\n`
  }
  return {pageId: `typed/${name}`, text, words, width: size.width, height: size.height, regions}
}

/** Top of a line of `typedPage`, in pixels. */
export function rowTop(row: number): number {
  return size.top + row * size.line
}
