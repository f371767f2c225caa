import {readFile, stat} from 'node:fs/promises'
import {basename, dirname} from 'node:path'
import {type Document, type Finding, type Page, type Recognition, UserError} from '../model.ts'
import {claimed, finding, listFolder, shown} from './folder.ts'
import {codeOf, readInside} from './paths.ts'
import {parseReading} from './texts.ts'

/** What other programs read of a corpus. */
export interface Imported {
  /** By page id; as the file gives it, boxes in its own pixels. */
  readonly readings: ReadonlyMap<string, ImportedPage>
  /** Pages whose file cannot be used, which a finding says: no engine reads them instead. */
  readonly unusable: ReadonlySet<string>
  readonly findings: readonly Finding[]
}

export interface ImportedPage {
  readonly recognition: Recognition
  readonly file: string
}

/**
 * Find what other programs read of some documents: hOCR, ALTO, PAGE XML, tesseract TSV or plain text.
 *
 * In a folder `<document>/<page>.<ext>` is a page, `<document>.<ext>` or
 * `<document>/<document>.<ext>` a whole document, its pages in order. Looked through is
 * `recognitions/` of `out`, where `.json` is what the engine read; before it, and instead
 * of it for the pages found there, what `named` leads to: such a folder, where `.json` is
 * a recognition as well, or one file for one document.
 *
 * A file without a page, two files for a page, a number of pages that is not the
 * document's, and a file that cannot be read are `error` findings.
 *
 * @param named
 *   Path of a folder or file; null for none.
 * @throws UserError
 *   Where `named` leads nowhere, or is a file and no one document is meant.
 */
export async function findReadings(
  documents: readonly Document[],
  out: string,
  named: string | null,
): Promise<Imported> {
  const findings: Finding[] = []
  const readings = new Map<string, ImportedPage>()
  const unusable = new Set<string>()
  const given = named === null ? [] : await listNamed(documents, named, findings)
  const kept = await listReadings(out, 'recognitions', keptExtensions, findings)
  for (const candidates of [given, kept]) {
    const found = await readCandidates(documents, candidates, findings)
    for (const [page, files] of found.claims) {
      if (readings.has(page) || unusable.has(page) || found.unusable.has(page)) continue
      if (files.length > 1) {
        findings.push({
          ...claimed(
            `reading of page \`${shown(page)}\``,
            files.map(({file}) => file),
          ),
          page,
        })
        unusable.add(page)
      } else readings.set(page, files[0]!)
    }
    for (const page of found.unusable) if (!readings.has(page)) unusable.add(page)
  }
  return {readings, unusable, findings}
}

/** A file that may be a reading. */
interface Candidate {
  readonly document: string
  /** Name without extensions, in NFC; null for a file that is of a whole document by where it lies. */
  readonly stem: string | null
  /** As it is to be called. */
  readonly file: string
  readonly read: () => Promise<Uint8Array>
}

const keptExtensions: ReadonlySet<string> = new Set(['hocr', 'html', 'htm', 'xhtml', 'xml', 'tsv', 'txt'])
const allExtensions: ReadonlySet<string> = new Set([...keptExtensions, 'json'])

async function listNamed(
  documents: readonly Document[],
  named: string,
  findings: Finding[],
): Promise<readonly Candidate[]> {
  const kind = await stat(named).catch((error: unknown) => {
    throw new UserError(`Cannot find \`${named}\` (${codeOf(error)}), expected a file or folder, check --readings`)
  })
  if (kind.isDirectory()) return listReadings(dirname(named), basename(named), allExtensions, findings)
  const {stem} = split(basename(named))
  const document = documents.find(({id}) => id === stem) ?? (documents.length === 1 ? documents[0] : undefined)
  if (document === undefined) {
    throw new UserError(
      `Unexpected \`${named}\` for ${documents.length} documents, expected the reading of one, name the document or the file after it`,
    )
  }
  return [{document: document.id, stem: null, file: named, read: () => readFile(named)}]
}

async function listReadings(
  root: string,
  folder: string,
  extensions: ReadonlySet<string>,
  findings: Finding[],
): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = []
  const add = (name: string, file: string, document: string | null) => {
    const {stem, extension} = split(name)
    if (extensions.has(extension)) {
      const own = document === null ? null : stem
      candidates.push({document: document ?? stem, stem: own, file, read: () => readInside(root, file)})
    } else if (extension !== 'json' && extension !== 'tmp') {
      const reason = `Unexpected file \`${shown(file)}\`, expected a reading that ends in \`.hocr\`, \`.xml\`, \`.tsv\` or \`.txt\`, rename it or take it away`
      findings.push(finding('unknown-file', 'warning', reason, file))
    }
  }
  for (const {name, file, kind} of await listFolder(root, folder, findings)) {
    if (kind === 'file') add(name, file, null)
    else {
      for (const inner of await listFolder(root, file, findings)) {
        if (inner.kind === 'file') add(inner.name, inner.file, name.normalize('NFC'))
      }
    }
  }
  return candidates
}

/** `1.alto.xml` is the page `1`. */
function split(name: string): {readonly stem: string; readonly extension: string} {
  const [, stem = name, extension = ''] = /^(.+?)(?:\.(?:alto|page|hocr))?\.([^.]+)$/i.exec(name) ?? []
  return {stem: stem.normalize('NFC'), extension: extension.toLowerCase()}
}

interface Found {
  readonly claims: ReadonlyMap<string, readonly ImportedPage[]>
  readonly unusable: ReadonlySet<string>
}

async function readCandidates(
  documents: readonly Document[],
  candidates: readonly Candidate[],
  findings: Finding[],
): Promise<Found> {
  const claims = new Map<string, ImportedPage[]>()
  const unusable = new Set<string>()
  for (const {document: name, stem, file, read} of candidates) {
    const document = documents.find(({id}) => id === name)
    const pages = document === undefined ? [] : pagesFor(document, stem)
    if (pages.length === 0) {
      const reason = `Unexpected reading \`${shown(file)}\` without a scan, expected a page of \`scans/${shown(name)}\`, rename it or add the scan`
      findings.push(finding('reading-without-scan', 'error', reason, file))
      continue
    }
    const fail = (rule: string, reason: string) => {
      findings.push({...finding(rule, 'error', reason, file), page: pages[0]!.id})
      for (const {id} of pages) unusable.add(id)
    }
    try {
      const recognitions = parseReading(await read(), file)
      if (recognitions.length !== pages.length) {
        const count = `${recognitions.length} page${recognitions.length === 1 ? '' : 's'}`
        fail(
          'page-count',
          `Unexpected reading \`${shown(file)}\` of ${count}, expected ${pages.length} as on the scan, put each page into a file of its name`,
        )
        continue
      }
      for (const [index, {id}] of pages.entries()) {
        claims.set(id, [...(claims.get(id) ?? []), {recognition: recognitions[index]!, file}])
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      fail('unreadable-reading', error.message)
    }
  }
  return {claims, unusable}
}

/** The page that a name is of, else all pages for the name of the document itself. */
function pagesFor({id, pages}: Document, stem: string | null): readonly Page[] {
  const page = pages.find(({name}) => name === stem)
  if (page !== undefined) return [page]
  return stem === null || stem === id ? pages : []
}
