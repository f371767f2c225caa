/**
 * Gives the spellings of a text in Markdown, the plainest first: as it is, with what is markup most often escaped, with
 * every punctuation mark escaped, and as HTML needs it.
 *
 * Written in the normal form of the file: decomposed where all of the file is.
 */
export function escapings(source: string, text: string): readonly string[] {
  const plain = isDecomposed(source) ? text.normalize('NFD') : text
  const all = [
    plain,
    plain.replace(/[\\`*_[\]<>&~|]|^[-+#=:]/gm, '\\$&').replace(/^(\d{1,9})([.)])/gm, '$1\\$2'),
    plain.replace(/[!-/:-@[-`{-~]/g, '\\$&'),
    plain.replace(/[&<>]/g, found => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'})[found] ?? found),
  ]
  return [...new Set(all)]
}

/** Whether a file writes its accents as characters of their own, as some systems do. */
function isDecomposed(source: string): boolean {
  return source.normalize('NFD') === source && source.normalize('NFC') !== source
}

/** Writes the line ends of a text as the file has them at a place: its own, with what its quotes and lists put before each line. */
export function newLine(source: string, at: number, text: string): string {
  if (!text.includes('\n')) return text
  const end = /\r\n|\r|\n/.exec(source)?.[0] ?? '\n'
  const lineStart = Math.max(source.lastIndexOf('\n', at - 1), source.lastIndexOf('\r', at - 1)) + 1
  const lead = leadPattern.exec(source.slice(lineStart, at))?.[0] ?? ''
  const prefix = lead.replace(/[^\s>]/g, ' ')
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? line : line === '' ? prefix.trimEnd() : prefix + line))
    .join(end)
}

/** Quotes, indents and markers of items before the text of a line. */
const leadPattern = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+[ \t>]*)*/
