import type {Recognition} from '../../model.ts'
import {decodeStrict} from '../utf8.ts'
import {nowhere, toRecognitions} from './reading.ts'

/**
 * Reads plain text in UTF-8: a form feed ends a page, an empty line a paragraph.
 *
 * Words have no place and no confidence. A form feed at the very end, which
 * tesseract writes, begins no further page.
 */
export function readPlainText(bytes: Uint8Array, name: string): readonly Recognition[] {
  const text = decodeStrict(bytes, name).replace(/\f\s*$/, '')
  const pages = text.split('\f').map(page => {
    let paragraphStart = true
    const lines = page.split(/\r\n|\r|\n/).flatMap(line => {
      if (line.trim() === '') {
        paragraphStart = true
        return []
      }
      const read = {box: nowhere, angle: 0, paragraphStart, words: [{text: line, box: nowhere, confidence: null}]}
      paragraphStart = false
      return [read]
    })
    return {width: 0, height: 0, confidence: null, lines}
  })
  return toRecognitions(pages, {format: 'text', version: '', model: ''}, bytes, name)
}
