import type {Config} from '../config.ts'
import type {Document, Page, Recognition} from '../model.ts'
import type {LazyEngine} from './imported.ts'
import type {InTurn, ReadingHooks} from './reading.ts'
import type {ComparedTexts} from './reporting.ts'
import {lookAgain, openQuestions} from './second-look.ts'

/** Compares documents, and looks at their words in question again, as soon as they are read whole and others are not. */
export interface Ahead {
  readonly onRead: NonNullable<ReadingHooks['onRead']>
  /** Ends when the second looks that were begun are kept; rejects where one cannot be, or the run was stopped. */
  readonly settle: () => Promise<void>
  /** By document id: texts compared without a second look. A document of which no page was read now is absent. */
  readonly compared: ReadonlyMap<string, ComparedTexts>
}

/**
 * Make use of the time in which other documents are read. What comes out does not depend on it: a document is compared
 * with nothing but its own pages and what all share.
 *
 * @param compare
 *   Compares a whole document; pages that failed are absent.
 */
export function workAhead(
  documents: readonly Document[],
  compare: (document: Document, recognitions: ReadonlyMap<string, Recognition>) => ComparedTexts,
  engine: LazyEngine,
  config: Config,
  inTurn: InTurn,
  signal: AbortSignal | undefined,
): Ahead {
  const open = new Map(documents.map(document => [document.id, openDocument(document)]))
  const compared = new Map<string, ComparedTexts>()
  // One document after the other, so that what is cut out of pages does not pile up.
  let looking = Promise.resolve()
  const begin = ({document, recognitions}: OpenDocument) => {
    const texts = compare(document, recognitions)
    compared.set(document.id, texts)
    if (texts.comparison === null) return
    const asked = [...texts.comparison.questions, ...texts.comparison.doubtful]
    const questions = openQuestions(asked, document.pages, {recognitions, looks: new Map()})
    looking = looking.then(async () => {
      await lookAgain(questions, await engine.open(), config, signal, true, inTurn)
    })
    // Whoever settles hears of it.
    looking.catch(() => {})
  }
  return {
    onRead(page, recognition, isStored) {
      const own = open.get(page.document)
      if (own === undefined) return
      own.left.delete(page.id)
      if (recognition !== null) own.recognitions.set(page.id, recognition)
      if (!isStored) own.isFresh = true
      if (own.left.size > 0) return
      open.delete(page.document)
      if (own.isFresh) begin(own)
    },
    settle: () => looking,
    compared,
  }
}

/** A document of which pages may still be read. */
interface OpenDocument {
  readonly document: Document
  readonly left: Set<Page['id']>
  readonly recognitions: Map<string, Recognition>
  isFresh: boolean
}

function openDocument(document: Document): OpenDocument {
  return {document, left: new Set(document.pages.map(({id}) => id)), recognitions: new Map(), isFresh: false}
}
