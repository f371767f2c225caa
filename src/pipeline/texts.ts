import type {PageText} from '../model.ts'
import {parseText, type TextFile} from '../read/texts.ts'
import {pageText} from '../recognize/page-text.ts'

/**
 * Take a text without boxes as pages: a form feed parts them; CRLF counts as one line end.
 *
 * @param name
 *   Becomes the first part of the page ids.
 */
export function plainPages(text: string, name: string): readonly PageText[] {
  return text
    .replaceAll('\r\n', '\n')
    .split('\f')
    .map((page, index) => ({
      pageId: `${name}/${index + 1}`,
      text: page,
      words: [],
      width: 0,
      height: 0,
      regions: [],
    }))
}

/**
 * Read a file's bytes as pages of OCR text: hOCR, ALTO, PAGE, TSV, a recognition, else plain text.
 *
 * @throws UserError
 *   For a file that is not what its name says, or is not UTF-8 (the offset is named).
 */
export function pageTexts(bytes: Uint8Array, name: string): readonly PageText[] {
  return pagesOf(parseText(bytes, name), name)
}

/** The pages of a text file; a transcript is one page, as a reader reads it. */
export function pagesOf(file: TextFile, name: string): readonly PageText[] {
  if (file.kind === 'plain') return plainPages(file.text, name)
  if (file.kind === 'transcript') return plainPages(file.transcript.text, name)
  return file.pages.map(pageText)
}
