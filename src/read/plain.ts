/** Markdown with its plain lines cut short. */
export interface Condensed {
  readonly text: string
  /** In order; empty where nothing was cut. */
  readonly runs: readonly PlainRun[]
}

/** Lines without markup, from the first character of the first to the end of the last. */
export interface PlainRun {
  readonly start: number
  readonly end: number
  /** Where the one letter that is left of them stands in the condensed text. */
  readonly at: number
}

/**
 * Cuts every run of plain lines in a Markdown text to one letter.
 *
 * Typed letters are mostly such lines, and the parser would take longer over them
 * than all the rest of a run that finds every page read. A line is plain where it
 * holds no character and no start that could be markup. To the blocks and inline
 * markup around it the letter is what the lines were, as long as the parser takes
 * it for text: where it does not (in a code block, a tag, a link's title), the
 * text has to be parsed whole.
 */
export function condense(markdown: string): Condensed {
  const runs: PlainRun[] = []
  const pieces: string[] = []
  let length = 0
  let done = frontMatter.exec(markdown)?.[0].length ?? 0
  pieces.push(markdown.slice(0, done))
  length += done
  plainRun.lastIndex = done
  for (const found of markdown.matchAll(plainRun)) {
    const start = found.index
    pieces.push(markdown.slice(done, start), 'x')
    length += start - done
    runs.push({start, end: start + found[0].length, at: length})
    length += 1
    done = start + found[0].length
  }
  pieces.push(markdown.slice(done))
  return {text: pieces.join(''), runs}
}

/** Makes the function that leads from an offset of the condensed text back to the whole one. */
export function expander(runs: readonly PlainRun[]): (offset: number) => number {
  return offset => {
    let low = 0
    let high = runs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (runs[middle]!.at < offset) low = middle + 1
      else high = middle
    }
    const before = runs[low - 1]
    return before ? before.end + offset - before.at - 1 : offset
  }
}

/** Lines here would be plain, but are not text: with them the text would always be parsed twice. */
const frontMatter =
  /^---[ \t]*(?:\r\n|\r|\n)(?:(?!---[ \t]*[\r\n])[^\r\n]*(?:\r\n|\r|\n))*---[ \t]*(?=[\r\n]|(?![\s\S]))/

/**
 * Begins behind an indent that is no code, with a character that starts no block.
 * The line before a rule or a table's second row may be a heading or its first row
 * and is left alone.
 */
const plainRun = (() => {
  const lineEnd = String.raw`(?:\r\n|\r(?!\n)|\n)`
  const line = String.raw`(?![-+=#: \t]|[0-9]{1,9}[.)])[^\0\r\n\\\`*_[\]<>&~|]+`
  const run = `${line}(?:${lineEnd} {0,3}${line})*`
  const after = String.raw`(?=${lineEnd}(?![ \t]*[-=:|])|(?![\s\S]))`
  return new RegExp(String.raw`(?<=(?:^|[\r\n]) {0,3})${run}${after}`, 'g')
})()
