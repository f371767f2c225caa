import {readFile} from 'node:fs/promises'
import type {ScanFormat} from '../model.ts'
import {sniffFormat} from './format.ts'
import {codeOf} from './paths.ts'
import {countPdfPages} from './pdf.ts'
import {listTiffFrames} from './tiff.ts'

/** What is wrong with a scan file: a rule's name and the reason, as in a finding. */
export interface Problem {
  readonly name: string
  readonly reason: string
}

/** A scan file as far as it can be told without decoding a pixel. */
export interface ScanFile {
  /** Null where it is none that can be read. */
  readonly format: ScanFormat | null
  readonly sha256: string
  /** Size of the file; 0 where it cannot be read. */
  readonly bytes: number
  /** Frame numbers of its pages, ascending. */
  readonly frames: readonly number[]
  readonly problem: Problem | null
}

/**
 * Reads a scan file to tell its format, its hash and its number of pages.
 *
 * A file that is no scan, or whose pages cannot be counted, has a `problem`; a TIFF
 * that breaks off has one beside the pages before.
 *
 * @param path
 *   Where it lies.
 * @param file
 *   What to call it.
 */
export async function inspectScan(path: string, file: string): Promise<ScanFile> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = await readFile(path)
  } catch (error) {
    const reason = `Cannot read \`${file}\` (${codeOf(error)}), expected a file that may be read, see its rights`
    return {format: null, sha256: '', bytes: 0, frames: [], problem: {name: 'unreadable-file', reason}}
  }
  // Unlike `createHash`, this hashes on the thread pool: files side by side use all cores.
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
  return {sha256: digest, bytes: bytes.byteLength, ...(await findFrames(bytes, file))}
}

async function findFrames(bytes: Uint8Array, file: string): Promise<Omit<ScanFile, 'sha256' | 'bytes'>> {
  if (bytes.byteLength === 0)
    return unusable('empty-file', `Unexpected empty file \`${file}\`, ${wanted}, copy it again`)
  const sniffed = sniffFormat(bytes)
  if (!sniffed) {
    return unusable('not-a-scan', `Unexpected content of \`${file}\`, ${wanted}, scan or export the page again`)
  }
  if ('unreadable' in sniffed) return unusable('unreadable-format', unreadableReason(file, sniffed.unreadable))
  const {format} = sniffed
  if (format === 'tiff') {
    const {directories, broken} = listTiffFrames(bytes)
    const reason = `Unexpected end of \`${file}\` (${broken}), expected a whole TIFF, copy or scan it again`
    return {format, frames: directories, problem: broken === null ? null : {name: 'broken-file', reason}}
  }
  if (format === 'pdf') {
    const counted = await countPdfPages(bytes)
    if (!('pages' in counted)) return unusable(...pdfProblem(counted.problem, file))
    if (counted.pages === 0)
      return unusable('broken-file', `Unexpected PDF without a page \`${file}\`, ${wanted}, export it again`)
    return {format, frames: Array.from({length: counted.pages}, (_, page) => page), problem: null}
  }
  return {format, frames: [0], problem: null}
}

/** Says that a known format cannot be decoded, and what to do. */
export function unreadableReason(file: string, name: string): string {
  return `Cannot read ${name} yet (\`${file}\`), expected PNG, JPEG, JPEG 2000, TIFF, WebP or PDF, convert it to PNG or TIFF`
}

const wanted = 'expected a PNG, JPEG, JPEG 2000, TIFF, WebP or PDF'

function unusable(name: string, reason: string): Omit<ScanFile, 'sha256' | 'bytes'> {
  return {format: null, frames: [], problem: {name, reason}}
}

function pdfProblem(problem: 'encrypted' | 'broken', file: string): [string, string] {
  return problem === 'encrypted'
    ? [
        'encrypted-file',
        `Cannot open \`${file}\` without its password, expected a PDF that is not encrypted, decrypt it (\`qpdf --password=… --decrypt in.pdf out.pdf\`)`,
      ]
    : ['broken-file', `Cannot open \`${file}\` as PDF, expected a whole file, copy or export it again`]
}
