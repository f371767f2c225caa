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

/** The documents of scans/, before a file of them was opened. */
export interface ScanFolder {
  /** In natural order; one whose files are no scans is among them. */
  readonly ids: readonly string[]
  /** Of what lies in scans/ and is no document. */
  readonly findings: readonly Finding[]
  /**
   * Reads documents in the order of `ids`, some files ahead and no more, so that a million pages need no more memory than a
   * few documents. What cannot be used is an error finding that names it.
   */
  readonly read: (ids: readonly string[]) => AsyncGenerator<{
    /** Null where none of its files is a scan. */
    readonly document: ScannedDocument | null
    readonly findings: readonly Finding[]
  }>
}

/**
 * List `scans/<document>/*` and `scans/<document>.<pdf, tif, …>`.
 *
 * Every file is read once and hashed; no pixel is decoded. What cannot be used is
 * an error finding that names it; a corpus without one scan file throws a `UserError`.
 */
export async function listScans(root: string): Promise<ScanList> {
  const folder = await openScans(root)
  const documents: ScannedDocument[] = []
  const findings = [...folder.findings]
  for await (const {document, findings: own} of folder.read(folder.ids)) {
    if (document !== null) documents.push(document)
    findings.push(...own)
  }
  if (documents.length === 0) throw noScans(root, findings)
  return {documents, findings}
}

/**
 * List the documents of scans/ and open none of their files.
 *
 * @throws UserError
 *   Where the corpus is not there or holds no document.
 */
export async function openScans(root: string): Promise<ScanFolder> {
  const findings: Finding[] = []
  const places = new Map<string, Entry[]>()
  for (const entry of await listFolder(root, 'scans', findings)) {
    const id = documentOf(entry)
    const known = places.get(id)
    if (known) known.push(entry)
    else places.set(id, [entry])
  }
  if (places.size === 0) {
    if (!(await stat(root).catch(() => null))?.isDirectory()) {
      throw new UserError(
        `Cannot find the folder \`${root}\`, expected a corpus with \`scans/\` and \`transcripts/\`, see \`--root\``,
      )
    }
    throw noScans(root, findings)
  }
  const ids = [...places.keys()].sort(compareNames)
  return {ids, findings, read: chosen => readDocuments(root, chosen, id => places.get(id) ?? [])}
}

/** The error of a corpus that holds no scan file at all. */
export function noScans(root: string, findings: readonly Finding[]): UserError {
  const [first] = findings
  if (first?.severity === 'error') return new UserError(`${first.reason}; no other scan was found`)
  return new UserError(
    `Unexpected empty folder \`scans\` in \`${root}\`, expected scans (PNG, JPEG, JPEG 2000, TIFF, WebP, PDF), put them into \`scans/<document>/\` or run \`scanproof init\``,
  )
}

/** The document to which something in scans/ belongs. */
function documentOf({name, kind}: Entry): string {
  return (kind === 'folder' ? name : withoutExtension(name)).normalize('NFC')
}

async function* readDocuments(
  root: string,
  ids: readonly string[],
  placesOf: (id: string) => readonly Entry[],
): ReturnType<ScanFolder['read']> {
  const inspected = mapAhead(listFiles(root, ids, placesOf), filesAhead, async ({id, file, findings}) => ({
    id,
    findings,
    file: file && {...file, scan: file.skip ? null : await inspectScan(join(root, file.file), shown(file.file))},
  }))
  let id: string | null = null
  let files: InspectedFile[] = []
  let findings: Finding[] = []
  for await (const next of inspected) {
    if (id !== null && next.id !== id) {
      yield finish(id, files, findings)
      files = []
      findings = []
    }
    id = next.id
    if (next.file) files.push(next.file)
    findings.push(...next.findings)
  }
  if (id !== null) yield finish(id, files, findings)
}

function finish(id: string, files: readonly InspectedFile[], findings: Finding[]) {
  const [first] = files
  if (first === undefined) return {document: null, findings}
  const shares = new Map(files.map(({file, scan}) => [file, shareOf(scan)]))
  const pages = pagesOf(id, files, findings)
  const bytes = pages.map(({scan}) => shares.get(scan.file) ?? 0)
  return {document: {id, place: first.folder ?? first.file, pages, bytes}, findings}
}

function shareOf(scan: ScanFile | null): number {
  return scan === null ? 0 : Math.ceil(scan.bytes / Math.max(scan.frames.length, 1))
}

/** A file that claims to be a scan. */
interface Candidate {
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

/** Files read at the same time. */
const filesAhead = 8

/** Lists the files of documents, one after the other; each document comes at least once, if without a file. */
async function* listFiles(
  root: string,
  ids: readonly string[],
  placesOf: (id: string) => readonly Entry[],
): AsyncGenerator<{readonly id: string; readonly file: Candidate | null; readonly findings: readonly Finding[]}> {
  for (const id of ids) {
    for (const entry of placesOf(id)) {
      const findings: Finding[] = []
      if (entry.kind === 'file') {
        yield {id, file: candidateOf(entry, null, findings), findings}
        continue
      }
      const found = (await listFolder(root, entry.file, findings)).flatMap(inner => {
        if (inner.kind === 'file') return candidateOf(inner, entry, findings) ?? []
        const reason = `Unexpected folder \`${shown(inner.file)}\`, expected scan files, move it to \`scans/\``
        findings.push(finding('nested-folder', 'warning', reason, inner.file))
        return []
      })
      if (found.length === 0 && findings.every(({severity}) => severity !== 'error')) {
        const reason = `Unexpected folder \`${shown(entry.file)}\` without a scan, expected PNG, JPEG, JPEG 2000, TIFF, WebP or PDF files, add them`
        findings.push(finding('no-scan', 'error', reason, entry.file))
      }
      yield {id, file: null, findings}
      for (const file of found) yield {id, file, findings: []}
    }
  }
}

function candidateOf(entry: Entry, folder: Entry | null, findings: Finding[]): Candidate | null {
  const name = withoutExtension(entry.name)
  const extension = entry.name.slice(name.length + 1).toLowerCase()
  const stem = name.normalize('NFC')
  const unreadable = unreadableExtensions.get(extension)
  if (unreadable !== undefined) {
    findings.push(finding('unreadable-format', 'error', unreadableReason(shown(entry.file), unreadable), entry.file))
  } else if (!readableExtensions.has(extension)) {
    const reason = `Unexpected file \`${shown(entry.file)}\`, expected a name that ends in \`.png\`, \`.jpg\`, \`.jp2\`, \`.tif\`, \`.webp\` or \`.pdf\`, rename it if it is a scan`
    findings.push(finding('unknown-file', 'warning', reason, entry.file))
    return null
  }
  return {stem, file: entry.file, folder: folder?.file ?? null, skip: unreadable !== undefined}
}

function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? name : name.slice(0, dot)
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

/** Maps in order, with up to `limit` items at work before the first of them is taken. */
async function* mapAhead<T, U>(
  items: AsyncIterable<T>,
  limit: number,
  map: (item: T) => Promise<U>,
): AsyncGenerator<U, void> {
  const ahead: Promise<U>[] = []
  for await (const item of items) {
    const mapped = map(item)
    // It is told when its turn comes.
    mapped.catch(() => {})
    ahead.push(mapped)
    if (ahead.length === limit) yield await ahead.shift()!
  }
  for (const mapped of ahead) yield await mapped
}
