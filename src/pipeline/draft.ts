import type {Config} from '../config.ts'
import type {Finding} from '../model.ts'
import {normalize} from '../normalize/normalize.ts'
import {listDocuments} from '../read/documents.ts'
import {draftTranscript} from '../read/draft.ts'
import type {Engine} from '../recognize/engine.ts'
import {pageText} from '../recognize/page-text.ts'
import {cleaningOf} from './cleaning.ts'
import {openWhenAsked, readDocuments} from './imported.ts'
import type {ReadingEvents} from './reading.ts'

/** A transcript made from OCR, for a person to proofread. */
export interface Draft {
  /** Path relative to the corpus root. */
  readonly file: string
  readonly source: string
}

/** Read the documents that have no transcript, and draft one for each; a document with a page that failed gets none. */
export async function draftTranscripts(
  config: Config,
  openEngine: () => Promise<Engine>,
  events: ReadingEvents = {},
  signal?: AbortSignal,
): Promise<{readonly drafts: readonly Draft[]; readonly findings: readonly Finding[]}> {
  const corpus = await listDocuments(config.root)
  const documents = corpus.documents.filter(({transcript, pages}) => transcript === null && pages.length > 0)
  if (documents.length === 0) return {drafts: [], findings: []}
  const cleaning = cleaningOf(config)
  const engine = openWhenAsked(openEngine)
  const {recognitions, findings} = await readDocuments(documents, config, engine.open, events, signal).finally(
    engine.close,
  )
  const drafts = documents.flatMap(({id, pages}): Draft[] => {
    const texts = pages.flatMap(page => {
      const recognition = recognitions.get(page.id)
      return recognition === undefined ? [] : [pageText(recognition)]
    })
    if (texts.length < pages.length) return []
    const {clean} = normalize(texts, cleaning)
    return [{file: `transcripts/${id}.md`, source: draftTranscript(clean, id)}]
  })
  return {drafts, findings}
}
