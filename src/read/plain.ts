/** Markdown with its plain paragraphs cut to one letter each. */
export interface Condensed {
  readonly text: string
  /** In order; empty where nothing was cut. */
  readonly paragraphs: readonly PlainParagraph[]
}

/** A paragraph without markup, from its first character to the end of its last line. */
export interface PlainParagraph {
  readonly start: number
  readonly end: number
  /** Where its one letter stands in the condensed text. */
  readonly at: number
}

/**
 * Cuts the plain paragraphs of a Markdown text to one letter each.
 *
 * Typed letters are mostly such paragraphs, and the parser takes longer over them
 * than all the rest of a run that finds everything read. A paragraph is plain
 * where it stands between blank lines, begins in the first column, and holds no
 * character and no start of a line that could be markup. The parser must find each
 * letter as a paragraph of its own; where it does not (in a code block, say), the
 * text has to be parsed whole.
 */
export function condense(markdown: string): Condensed {
  const paragraphs: PlainParagraph[] = []
  const pieces: string[] = []
  let length = 0
  let done = 0
  for (const found of markdown.matchAll(plainParagraph)) {
    const start = found.index
    const end = start + found[0].length
    pieces.push(markdown.slice(done, start), 'x')
    length += start - done
    paragraphs.push({start, end, at: length})
    length += 1
    done = end
  }
  pieces.push(markdown.slice(done))
  return {text: pieces.join(''), paragraphs}
}

/** Makes the function that leads from an offset of the condensed text back to the whole one. */
export function expander(paragraphs: readonly PlainParagraph[]): (offset: number) => number {
  return offset => {
    let low = 0
    let high = paragraphs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (paragraphs[middle]!.at < offset) low = middle + 1
      else high = middle
    }
    const before = paragraphs[low - 1]
    return before ? before.end + offset - before.at - 1 : offset
  }
}

/**
 * Characters that are never markup, and starts of lines that never are; behind a
 * blank line or at the start of the text, before a blank line or at its end.
 */
const plainParagraph = (() => {
  const unit = String.raw`[^\0\r\n\\\`*_[\]<>&~|]`
  const line = String.raw`(?![-+=#: \t]|[0-9]{1,9}[.)])${unit}+`
  const lineEnd = String.raw`(?:\r\n|\r(?!\n)|\n)`
  return new RegExp(
    String.raw`(?:(?<=${lineEnd}[ \t]*${lineEnd})|(?<![\s\S]))${line}(?:${lineEnd}[ \t]*${line})*(?=${lineEnd}[ \t]*${lineEnd}|${lineEnd}?(?![\s\S]))`,
    'g',
  )
})()
