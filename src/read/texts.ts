import {readFile} from 'node:fs/promises'
import {type Finding, type Recognition, type Transcript, UserError} from '../model.ts'
import {sniffFormat} from './format.ts'
import {codeOf} from './paths.ts'
import {readAlto} from './readings/alto.ts'
import {readHocr} from './readings/hocr.ts'
import {readPageXml} from './readings/page-xml.ts'
import {readRecognitionJson} from './readings/recognition-json.ts'
import {readPlainText} from './readings/text.ts'
import {readTsv} from './readings/tsv.ts'
import {parseTranscript} from './transcript.ts'
import {decodeStrict} from './utf8.ts'

/** A text file of any format that can be held against another. */
export type TextFile =
  | {readonly kind: 'transcript'; readonly transcript: Transcript; readonly findings: readonly Finding[]}
  /** `pages` have boxes and confidences, as far as the file gives them. */
  | {readonly kind: 'reading'; readonly format: ReadingFormat; readonly pages: readonly Recognition[]}
  /** `text` is as in the file, without a byte order mark. */
  | {readonly kind: 'plain'; readonly text: string}

/** Formats of readings by other programs, and our own. */
export type ReadingFormat = 'hocr' | 'alto' | 'page' | 'tsv' | 'recognition' | 'text'

/** Reads a text file; see `parseText`. A file that cannot be opened throws a `UserError`. */
export async function readText(path: string): Promise<TextFile> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    throw new UserError(`Cannot read \`${path}\` (${codeOf(error)}), expected a text file, see its name and rights`)
  }
  return parseText(bytes, path)
}

/**
 * Reads a text file as what it is: by its name where that says so, else by how it begins.
 *
 * `.md` is a transcript, `.txt` plain text, `.json` a recognition, `.tsv` a table of
 * tesseract's, `.hocr` and `.html` hOCR; `.xml` is ALTO, PAGE or hOCR by its root, as
 * is any other name whose content is XML. A file that is none of these, not UTF-8
 * (with the place of the first byte), or an image throws a `UserError` that names it.
 */
export function parseText(bytes: Uint8Array, name: string): TextFile {
  const format = formatOf(bytes, name)
  if (format === 'transcript') {
    decodeStrict(bytes, name)
    return {kind: 'transcript', ...parseTranscript(bytes, name, name)}
  }
  if (format === 'text') return {kind: 'plain', text: decodeStrict(bytes, name)}
  return {kind: 'reading', format, pages: readers[format](bytes, name)}
}

/** Reads a file as a reading, plain text too: for what another program read on a page. A transcript throws a `UserError`. */
export function parseReading(bytes: Uint8Array, name: string): readonly Recognition[] {
  const format = formatOf(bytes, name)
  if (format !== 'transcript') return readers[format](bytes, name)
  throw new UserError(
    `Unexpected transcript \`${name}\`, expected what an OCR program wrote: hOCR, ALTO, PAGE, TSV, JSON or text`,
  )
}

const readers: Readonly<Record<ReadingFormat, (bytes: Uint8Array, name: string) => readonly Recognition[]>> = {
  hocr: readHocr,
  alto: readAlto,
  page: readPageXml,
  tsv: readTsv,
  recognition: readRecognitionJson,
  text: readPlainText,
}

const byExtension: ReadonlyMap<string, ReadingFormat | 'transcript'> = new Map([
  ['md', 'transcript'],
  ['markdown', 'transcript'],
  ['hocr', 'hocr'],
  ['html', 'hocr'],
  ['htm', 'hocr'],
  ['xhtml', 'hocr'],
  ['tsv', 'tsv'],
  ['json', 'recognition'],
  ['txt', 'text'],
])

const byRoot: ReadonlyMap<string, ReadingFormat> = new Map([
  ['alto', 'alto'],
  ['PcGts', 'page'],
  ['html', 'hocr'],
  ['HTML', 'hocr'],
])

function formatOf(bytes: Uint8Array, name: string): ReadingFormat | 'transcript' {
  const sniffed = sniffFormat(bytes)
  const image = sniffed && 'format' in sniffed ? sniffed.format.toUpperCase() : sniffed?.unreadable
  // Netpbm begins with `P1 `, as a text may.
  if (image !== undefined && image !== 'Netpbm') {
    throw new UserError(`Unexpected ${image} file \`${name}\`, expected text, read scans with \`scanproof run\``)
  }
  const extension = /\.([A-Za-z]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const known = byExtension.get(extension)
  if (known) return known
  const head = Buffer.from(bytes.subarray(0, 20_000)).toString('latin1').replace(/\0/g, '')
  const root = rootOf(head)
  if (root === null && extension !== 'xml') return 'text'
  const format = byRoot.get(root ?? '')
  if (format) return format
  const found = root === null ? 'no element' : `root \`${root}\``
  throw new UserError(
    `Unexpected ${found} in \`${name}\`, expected ALTO (\`alto\`), PAGE (\`PcGts\`) or hOCR (\`html\`), export it as one`,
  )
}

/** Name of the document type, else of the first element; null where the text does not begin as XML or HTML does. */
function rootOf(head: string): string | null {
  const begin =
    /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*/.exec(head)?.[0].length ?? 0
  return /^<(?:!DOCTYPE\s+)?(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]/i.exec(head.slice(begin))?.[1] ?? null
}
