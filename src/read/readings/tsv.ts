import {type Recognition, UserError} from '../../model.ts'
import {decodeStrict} from '../utf8.ts'
import {type ForeignLine, type ForeignPage, type ForeignWord, nowhere, percent, toRecognitions} from './reading.ts'

/**
 * Reads the table that `tesseract … tsv` writes: one row for each page, block,
 * paragraph, line and word, its kind told by `level`.
 *
 * Columns go by the names in the first row, or, where it begins with a number
 * (tesseract.js writes no names), in tesseract's order. The file does not name the
 * program. One whose rows are no such rows throws a `UserError`.
 */
export function readTsv(bytes: Uint8Array, name: string): readonly Recognition[] {
  const rows = decodeStrict(bytes, name).split(/\r\n|\r|\n/)
  const named = !/^\d/.test(rows[0] ?? '')
  const columns = named ? rows[0]!.split('\t') : tesseractColumns
  const missing = wanted.filter(column => !columns.includes(column))
  if (missing.length > 0) {
    const names = wanted.map(column => `\`${column}\``).join(', ')
    throw new UserError(
      `Unexpected first row of \`${name}\`, expected columns ${names}, write it with \`tesseract … tsv\``,
    )
  }
  const pages: {page: ForeignPage; lines: {line: ForeignLine; words: ForeignWord[]}[]}[] = []
  let key = ''
  let paragraph = ''
  for (const [index, row] of rows.entries()) {
    if ((named && index === 0) || row === '') continue
    const cell = cellsOf(row, columns, index + 1, name)
    const box = {x: cell.left, y: cell.top, width: Math.max(0, cell.width), height: Math.max(0, cell.height)}
    if (cell.level === 1 || pages.length < 1) {
      const {width, height} = cell.level === 1 ? box : nowhere
      pages.push({page: {width, height, confidence: null, lines: []}, lines: []})
    }
    const page = pages.at(-1)!
    const block = [cell.page_num, cell.block_num, cell.par_num].join()
    if (cell.level === 4 || (cell.level === 5 && key !== `${block},${cell.line_num}`)) {
      key = `${block},${cell.line_num}`
      page.lines.push({line: {box, angle: 0, paragraphStart: paragraph !== block, words: []}, words: []})
      paragraph = block
    }
    if (cell.level === 5) page.lines.at(-1)!.words.push({text: cell.text, box, confidence: percent(cell.conf)})
  }
  const filled = pages.map(({page, lines}) => ({...page, lines: lines.map(({line, words}) => ({...line, words}))}))
  return toRecognitions(filled, {format: 'tsv', version: '', model: ''}, bytes, name)
}

const tesseractColumns: readonly string[] =
  'level page_num block_num par_num line_num word_num left top width height conf text'.split(' ')

const numbers = [
  'level',
  'page_num',
  'block_num',
  'par_num',
  'line_num',
  'left',
  'top',
  'width',
  'height',
  'conf',
] as const
const wanted: readonly string[] = [...numbers, 'text']

type Cells = Readonly<Record<(typeof numbers)[number], number>> & {readonly text: string}

function cellsOf(row: string, columns: readonly string[], line: number, name: string): Cells {
  const cells = row.split('\t')
  const number = (column: string): number => {
    const value = Number(cells[columns.indexOf(column)] || Number.NaN)
    if (Number.isFinite(value)) return value
    throw new UserError(
      `Unexpected row in \`${name}\` at line ${line}, expected a number for \`${column}\`, write the file again`,
    )
  }
  return {
    level: number('level'),
    page_num: number('page_num'),
    block_num: number('block_num'),
    par_num: number('par_num'),
    line_num: number('line_num'),
    left: number('left'),
    top: number('top'),
    width: number('width'),
    height: number('height'),
    conf: number('conf'),
    text: cells[columns.indexOf('text')] ?? '',
  }
}
