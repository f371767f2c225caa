import {stat} from 'node:fs/promises'
import {join} from 'node:path'
import {type Finding, type Page, type Scan, UserError} from '../model.ts'
import {claimed, type Entry, finding, listFolder, shown} from './folder.ts'
import {readableExtensions, unreadableExtensions} from './format.ts'
import {compareNames} from './natural-order.ts'
import {inspectScan, type ScanFile, unreadableReason} from './scan-file.ts'

/** The scans of a corpus, before its transcripts are known. */
export interface ScanList {
  /** In natural order of their names. */
  readonly documents: readonly ScannedDocument[]
  readonly findings: readonly Finding[]
}

/** What lies under one name in scans/. */
export interface ScannedDocument {
  readonly id: string
  /** Its folder or file, relative to the corpus root. */
  readonly place: string
  /** In natural order of names; empty where none can be used. */
  readonly pages: readonly Page[]
  /** Bytes of each page's share of its file, rounded up; in the order of `pages`. */
  readonly bytes: readonly number[]
}

/**
 * List `scans/<document>/*` and `scans/<document>.<pdf, tif, …>`.
 *
 * Every file is read once and hashed; no pixel is decoded. What cannot be used is
 * an error finding that names it; a corpus without one scan file throws a `UserError`.
 */
export async function listScans(root: string): Promise<ScanList> {
  const findings: Finding[] = []
  const scans = await listFolder(root, 'scans', findings)
  const candidates = await listCandidates(root, scans, findings)
  if (candidates.length === 0) {
    if (!(await stat(root).catch(() => null))?.isDirectory()) {
      throw new UserError(
        `Cannot find the folder \`${root}\`, expected a corpus with \`scans/\` and \`transcripts/\`, see \`--root\``,
      )
    }
    const [first] = findings
    if (first?.severity === 'error') throw new UserError(`${first.reason}; no other scan was found`)
    throw new UserError(
      `Unexpected empty folder \`scans\` in \`${root}\`, expected scans (PNG, JPEG, TIFF, WebP, PDF), put them into \`scans/<document>/\` or run \`scanproof init\``,
    )
  }
  const inspected = await mapLimited(candidates, 8, async candidate => ({
    ...candidate,
    scan: candidate.skip ? null : await inspectScan(join(root, candidate.file), shown(candidate.file)),
  }))
  const filesOf = new Map<string, InspectedFile[]>()
  for (const file of inspected) {
    const files = filesOf.get(file.document)
    if (files) files.push(file)
    else filesOf.set(file.document, [file])
  }
  const documents = [...filesOf]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([id, files]) => {
      const shares = new Map(files.map(({file, scan}) => [file, shareOf(scan)]))
      const pages = pagesOf(id, files, findings)
      const place = files[0]!.folder ?? files[0]!.file
      return {id, place, pages, bytes: pages.map(({scan}) => shares.get(scan.file) ?? 0)}
    })
  return {documents, findings}
}

function shareOf(scan: ScanFile | null): number {
  return scan === null ? 0 : Math.ceil(scan.bytes / Math.max(scan.frames.length, 1))
}

/** A file that claims to be a scan. */
interface Candidate {
  readonly document: string
  /** Name without extension, in NFC. */
  readonly stem: string
  readonly file: string
  /** The document's folder; null for a file that is a document by itself. */
  readonly folder: string | null
  /** True where it cannot be used and a finding says so already. */
  readonly skip: boolean
}

interface InspectedFile extends Candidate {
  readonly scan: ScanFile | null
}

async function listCandidates(
  root: string,
  entries: readonly Entry[],
  findings: Finding[],
): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = []
  for (const entry of entries) {
    if (entry.kind === 'file') {
      const candidate = candidateOf(entry, null, findings)
      if (candidate) candidates.push(candidate)
      continue
    }
    const before = findings.length
    const found = (await listFolder(root, entry.file, findings)).flatMap(inner => {
      if (inner.kind === 'file') return candidateOf(inner, entry, findings) ?? []
      const reason = `Unexpected folder \`${shown(inner.file)}\`, expected scan files, move it to \`scans/\``
      findings.push(finding('nested-folder', 'warning', reason, inner.file))
      return []
    })
    candidates.push(...found)
    if (found.length === 0 && findings.slice(before).every(({severity}) => severity !== 'error')) {
      const reason = `Unexpected folder \`${shown(entry.file)}\` without a scan, expected PNG, JPEG, TIFF, WebP or PDF files, add them`
      findings.push(finding('no-scan', 'error', reason, entry.file))
    }
  }
  return candidates
}

function candidateOf(entry: Entry, folder: Entry | null, findings: Finding[]): Candidate | null {
  const dot = entry.name.lastIndexOf('.')
  const extension = dot < 0 ? '' : entry.name.slice(dot + 1).toLowerCase()
  const stem = (dot < 0 ? entry.name : entry.name.slice(0, dot)).normalize('NFC')
  const unreadable = unreadableExtensions.get(extension)
  if (unreadable !== undefined) {
    findings.push(finding('unreadable-format', 'error', unreadableReason(shown(entry.file), unreadable), entry.file))
  } else if (!readableExtensions.has(extension)) {
    const reason = `Unexpected file \`${shown(entry.file)}\`, expected a name that ends in \`.png\`, \`.jpg\`, \`.tif\`, \`.webp\` or \`.pdf\`, rename it if it is a scan`
    findings.push(finding('unknown-file', 'warning', reason, entry.file))
    return null
  }
  const document = folder ? folder.name.normalize('NFC') : stem
  return {document, stem, file: entry.file, folder: folder?.file ?? null, skip: unreadable !== undefined}
}

/** Makes the pages of a document; leaves out those that two files claim. */
function pagesOf(document: string, files: readonly InspectedFile[], findings: Finding[]): readonly Page[] {
  for (const {file, scan} of files) {
    if (scan?.problem) findings.push(finding(scan.problem.name, 'error', scan.problem.reason, file))
  }
  const sources = [...new Set(files.map(({file, folder}) => folder ?? file))]
  if (sources.length > 1) {
    findings.push(claimed(`document \`${shown(document)}\``, sources))
    return []
  }
  const claims = new Map<string, Scan[]>()
  for (const {file, stem, folder, scan} of files) {
    const {format} = scan ?? {format: null}
    if (!scan || !format) continue
    // A file that breaks off held more pages than were found: it is named as one of many.
    const many = scan.frames.length > 1 || (scan.problem !== null && scan.frames.length > 0)
    for (const [index, frame] of scan.frames.entries()) {
      const name = folder === null ? String(index + 1) : many ? `${stem}-${index + 1}` : stem
      claims.set(name, [...(claims.get(name) ?? []), {file, format, frame, sha256: scan.sha256}])
    }
  }
  const pages: Page[] = []
  for (const [name, scans] of [...claims].sort(([a], [b]) => compareNames(a, b))) {
    const id = `${document}/${name}`
    if (scans.length > 1) findings.push(claimed(`page \`${shown(id)}\``, [...new Set(scans.map(scan => scan.file))]))
    else pages.push({id, document, name, scan: scans[0]!})
  }
  reportSameScans(pages, findings)
  return pages
}

/** The same bytes under two names are most likely a page copied twice and another one missed. */
function reportSameScans(pages: readonly Page[], findings: Finding[]): void {
  const first = new Map<string, Page>()
  for (const page of pages) {
    const earlier = first.get(page.scan.sha256)
    if (!earlier) first.set(page.scan.sha256, page)
    else if (earlier.scan.file !== page.scan.file) {
      const reason = `Unexpected copy of \`${shown(earlier.scan.file)}\` in \`${shown(page.scan.file)}\`, expected another page, scan it or take the copy away`
      findings.push({...finding('same-scan', 'warning', reason, page.scan.file), page: page.id})
    }
  }
}

/** Maps with at most `limit` at work at a time; results in the order of `items`. */
async function mapLimited<T, U>(items: readonly T[], limit: number, map: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await map(items[index]!)
  }
  await Promise.all(Array.from({length: limit}, work))
  return results
}
