import {type PageText, UserError} from '../model.ts'
import {decodeUtf8} from '../read/utf8.ts'
import {pageText} from '../recognize/page-text.ts'
import {isRecognition, recognitionFault} from '../recognize/recognition-fault.ts'

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
 * Read a file's bytes as pages of OCR text: a recognition (`.json`), else plain text.
 *
 * @throws UserError
 *   For bytes that are not UTF-8 (the offset is named) and JSON that is no recognition.
 */
export function pageTexts(bytes: Uint8Array, name: string): readonly PageText[] {
  const text = decode(bytes, name)
  if (!name.endsWith('.json')) return plainPages(text, name)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UserError(`Cannot read \`${name}\`: ${error instanceof Error ? error.message : error}, expected JSON`)
  }
  if (isRecognition(value)) return [pageText(value)]
  throw new UserError(`Cannot read \`${name}\`: ${recognitionFault(value)}, expected a recognition of scanproof`)
}

/** Decode UTF-8 without its byte order mark. */
export function decode(bytes: Uint8Array, name: string): string {
  const {text, invalidAt} = decodeUtf8(bytes)
  if (invalidAt !== null) {
    throw new UserError(`Cannot read \`${name}\`: byte ${invalidAt} is not UTF-8, expected UTF-8, convert the file`)
  }
  return text.replace(/^\uFEFF/, '')
}
