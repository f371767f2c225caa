import type {Document, EngineIdentity, Finding, Recognition, SecondLook} from '../model.ts'
import {UserError} from '../model.ts'
import type {Corpus} from '../read/documents.ts'
import type {Reading} from './reading.ts'

/** What was found and read, before anything is compared. */
export interface ReadCorpus {
  /** Those that were asked for, in natural order. */
  readonly documents: readonly Document[]
  /** By page id; a page that failed is absent. */
  readonly recognitions: ReadonlyMap<string, Recognition>
  /** By page id: what a second look has read before; a page without one is absent. */
  readonly looks: ReadonlyMap<string, SecondLook>
  /** Of files and pages; those of a document that was not asked for are left out. */
  readonly findings: readonly Finding[]
  readonly engine: EngineIdentity
}

/**
 * Put a corpus and what was read of it together, for the documents that were asked for.
 *
 * @param names
 *   None for all.
 */
export function selectCorpus(
  corpus: Corpus,
  names: readonly string[],
  reading: Reading & Partial<Pick<ReadCorpus, 'looks'>>,
  engine: EngineIdentity,
): ReadCorpus {
  const documents = chooseDocuments(corpus.documents, names)
  const findings = [...corpus.findings, ...documents.flatMap(draftFindings), ...reading.findings].filter(
    finding => names.length === 0 || documents.some(document => belongsTo(finding, document)),
  )
  return {documents, recognitions: reading.recognitions, looks: reading.looks ?? new Map(), findings, engine}
}

/**
 * Take the documents of these names; all for none.
 *
 * @throws UserError
 *   Where a name is unknown.
 */
export function chooseDocuments<D extends {readonly id: string}>(
  documents: readonly D[],
  names: readonly string[],
): readonly D[] {
  const unknown = names.filter(name => !documents.some(({id}) => id === name))
  if (unknown.length > 0) {
    const known = documents.map(({id}) => `\`${id}\``).join(', ')
    throw new UserError(
      `Unexpected document ${unknown.map(name => `\`${name}\``).join(', ')}, expected one of ${known}, name a folder or file of scans/`,
    )
  }
  return names.length === 0 ? documents : documents.filter(({id}) => names.includes(id))
}

/** A draft agrees with the OCR because it was made from it. */
export function draftFindings({transcript}: Pick<Document, 'transcript'>): readonly Finding[] {
  if (transcript?.metadata.draft !== 'true') return []
  return [
    {
      ruleId: 'read:draft-transcript',
      severity: 'error',
      reason: `Unexpected draft \`${transcript.file}\`, expected a transcript a person has read, proofread it and take \`draft: true\` out of its front matter`,
      file: transcript.file,
      page: null,
      point: null,
    },
  ]
}

/** Whether a finding is about this document: its pages, scans or transcript. */
export function belongsTo({file, page}: Finding, {id, pages, transcript}: Document): boolean {
  if (page !== null) return page.startsWith(`${id}/`)
  return (
    file !== null &&
    (file === transcript?.file ||
      file === `transcripts/${id}.md` ||
      file === `scans/${id}` ||
      file.startsWith(`scans/${id}/`) ||
      pages.some(({scan}) => scan.file === file))
  )
}
