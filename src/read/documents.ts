import type {Document, Finding} from '../model.ts'
import {finding, shown} from './folder.ts'
import {compareNames} from './natural-order.ts'
import {listScans, type ScannedDocument} from './scan-list.ts'
import {listTranscripts, type Transcripts} from './transcripts.ts'

/** The documents of a corpus, and what is wrong with it. */
export interface Corpus {
  /** In natural order of their names. */
  readonly documents: readonly Document[]
  /** In natural order of the files they name. */
  readonly findings: readonly Finding[]
}

/**
 * Pairs `scans/<document>/*` and `scans/<document>.<pdf, tif, …>` with `transcripts/<document>.md`.
 *
 * Names are compared in NFC, so a scan named on a Mac finds its transcript. A file
 * directly in `scans/` is a document whose pages are `1`, `2`, …; in a document's
 * folder a file gives a page of its own name, or `<name>-1`, `<name>-2`, … where it
 * holds several. Formats are told by content. README files and names that begin
 * with a dot are passed over.
 *
 * Whatever cannot be used (a broken, encrypted or empty file, a link out of the
 * corpus, a name with control characters, two files for one page, a scan without
 * transcript and the reverse) is an error finding that names it; all else goes on.
 * A corpus without one scan file throws a `UserError`.
 *
 * Every file is read once and hashed; no pixel is decoded.
 */
export async function listDocuments(root: string): Promise<Corpus> {
  // Scans are read and hashed on other threads, so transcripts are parsed meanwhile.
  const [scans, transcripts] = await Promise.all([listScans(root), listTranscripts(root)])
  return pairDocuments(scans, transcripts)
}

/** Bring together scans and transcripts of one name; either without the other is an error finding. */
export function pairDocuments(
  scans: {readonly documents: readonly Omit<ScannedDocument, 'bytes'>[]; readonly findings: readonly Finding[]},
  transcripts: Transcripts,
): Corpus {
  const findings: Finding[] = [...scans.findings, ...transcripts.findings]
  const scanned = new Map(scans.documents.map(document => [document.id, document]))
  const documents: Document[] = []
  for (const id of [...new Set([...scanned.keys(), ...transcripts.files.keys()])].sort(compareNames)) {
    const scan = scanned.get(id)
    documents.push({id, pages: scan?.pages ?? [], transcript: transcripts.transcripts.get(id) ?? null})
    if (scan === undefined) {
      const file = transcripts.files.get(id)?.[0] ?? null
      const reason = `Unexpected transcript \`${shown(file ?? id)}\` without a scan, expected \`scans/${shown(id)}/\` or \`scans/${shown(id)}.pdf\`, add the scan or take the transcript away`
      findings.push(finding('no-scan', 'error', reason, file))
    } else if (!transcripts.files.has(id)) {
      const reason = `Unexpected scan \`${shown(scan.place)}\` without a transcript, expected \`transcripts/${shown(id)}.md\`, write it or draft it with \`scanproof init\``
      findings.push(finding('no-transcript', 'error', reason, scan.place))
    }
  }
  return {documents, findings: findings.sort((a, b) => compareNames(a.file ?? '', b.file ?? ''))}
}
