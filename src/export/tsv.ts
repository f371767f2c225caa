import type {Box, Recognition} from '../model.ts'
import {around, paragraphsOf, short} from './words.ts'

const columns = 'level page_num block_num par_num line_num word_num left top width height conf text'.split(' ')

/** Write the pages of a document as the table that `tesseract … tsv` writes; each paragraph is a block of its own. */
export function writeTsv(pages: readonly Recognition[]): string {
  const rows: (readonly (string | number)[])[] = [columns]
  const add = (numbers: readonly number[], box: Box, confidence = '-1', text = '') => {
    const level = numbers.indexOf(0)
    const {x, y, width, height} = around([box])
    rows.push([level < 0 ? 5 : level, ...numbers, x, y, width, height, confidence, text])
  }
  for (const [index, {width, height, lines}] of pages.entries()) {
    const page = index + 1
    add([page, 0, 0, 0, 0], {x: 0, y: 0, width, height})
    for (const [at, paragraph] of paragraphsOf(lines).entries()) {
      const block = at + 1
      const box = around(paragraph.map(line => line.box))
      add([page, block, 0, 0, 0], box)
      add([page, block, 1, 0, 0], box)
      for (const [number, line] of paragraph.entries()) {
        add([page, block, 1, number + 1, 0], line.box)
        for (const [place, word] of line.words.entries()) {
          add([page, block, 1, number + 1, place + 1], word.box, short(word.confidence * 100), word.text)
        }
      }
    }
  }
  return rows.map(row => `${row.join('\t')}\n`).join('')
}
