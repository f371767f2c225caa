import type {PageText, PlacedWord, Recognition} from '../model.ts'

/**
 * Write a recognition as text: words parted by one blank, lines by `\n`,
 * paragraphs by an empty line.
 *
 * A reading without places is plain text. White space and control characters within a word, which a foreign reading may
 * hold, become nothing: a form feed would end the page.
 */
export function pageText({pageId, lines, width, height, regions}: Recognition): PageText {
  let text = ''
  const words: PlacedWord[] = []
  for (const line of lines) {
    let written = false
    for (const word of line.words) {
      const spelled = word.text.replace(/[\s\p{Cc}]+/gu, '')
      if (spelled === '') continue
      if (written) text += ' '
      else if (text !== '') text += line.paragraphStart ? '\n\n' : '\n'
      written = true
      words.push({
        span: {start: text.length, end: text.length + spelled.length},
        box: word.box,
        confidence: word.confidence,
      })
      text += spelled
    }
  }
  // Words that all lie nowhere would seem to lie in one corner.
  if (words.length > 0 && words.every(({box}) => box.width === 0 && box.height === 0)) {
    return {pageId, text, words: [], width: 0, height: 0, regions}
  }
  return {pageId, text, words, width, height, regions}
}
