/**
 * Write cleaned OCR text as a Markdown transcript that reads the same.
 *
 * Characters that mean something in Markdown are escaped, so nothing in the
 * text becomes markup. A form feed becomes a page mark: between blocks where the
 * page ended a line, inside the line where a sentence runs on.
 *
 * The front matter says `draft: true`: the text agrees with the OCR because it
 * was made from it, and proves nothing until a person has read it.
 *
 * @param clean
 *   Lines parted by `\n`, paragraphs by an empty line, pages by `\f`.
 */
export function draftTranscript(clean: string, title: string): string {
  const body = clean
    .split('\f')
    .map(page => page.split('\n').map(escapeLine).join('\n'))
    .reduce((before, page, index) => {
      const mark = `<!-- page ${index + 1} -->`
      return /(?:^|\n)$/.test(before) ? `${before}\n${mark}\n\n${page}` : `${before} ${mark}\n${page}`
    })
  return `---\ntitle: ${JSON.stringify(title)}\ndraft: true\n---\n\n${body.replace(/\n{3,}/g, '\n\n').trim()}\n`
}

/** One line without leading or trailing blanks, as Markdown for exactly these characters. */
function escapeLine(line: string): string {
  return line
    .trim()
    .replace(/[\\`*_[\]<>&~|]/g, '\\$&')
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
}
