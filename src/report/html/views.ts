import type {
  Difference,
  DocumentReport,
  Doubt,
  DrawnPart,
  Edit,
  PageReport,
  Preview,
  Report,
  UnsureWord,
} from '../../model.ts'
import {anchor} from './markup.ts'

/** A page's picture with its id in the file: written once, used by every crop. */
export interface Picture {
  readonly id: string
  /** Where it is: in the file itself, or beside it. */
  readonly address: string
}

/** A difference or an edit with its id in the file. */
export interface Anchored<T> {
  readonly anchor: string
  readonly item: T
}

/** A drawn part with the offset of its reading in the cleaned text. */
export interface PlacedPart extends DrawnPart {
  readonly cleanStart: number
}

/** What is drawn of one page. */
export interface PageView {
  readonly document: DocumentReport
  readonly anchor: string
  /** Null for what is on no page of the document: a transcript without scan, text that nobody read. */
  readonly page: PageReport | null
  readonly picture: Picture | null
  readonly parts: readonly PlacedPart[]
  readonly differences: readonly Anchored<Difference>[]
  /** Words on which both sides agree and a second look does not. */
  readonly doubts: readonly Anchored<Doubt>[]
  readonly edits: readonly Anchored<Edit>[]
  readonly unsure: readonly Anchored<UnsureWord>[]
  /** Ids in the file of all differences of the document, by difference id. */
  readonly anchors: ReadonlyMap<string, string>
}

/** What is drawn of one document. */
export interface DocumentView {
  readonly document: DocumentReport
  readonly anchor: string
  readonly pages: readonly PageView[]
}

/**
 * Sorts everything in a report to the page where it is drawn and gives it an id.
 *
 * A difference's id is `d-` and its own id, so links survive a re-run; the second
 * of two equal ids in one file gets `.2`. Text that was not read belongs to the
 * page of the text before it.
 *
 * @param addresses
 *   Of pictures that do not lie in the file, by page id.
 */
export function viewsOf(
  report: Report,
  previews: ReadonlyMap<string, Preview>,
  addresses: ReadonlyMap<string, string> = new Map(),
): readonly DocumentView[] {
  const unique = uniqueIds()
  let pictures = 0
  const pictureOf = (page: PageReport | null): Picture | null => {
    const preview = page === null ? undefined : previews.get(page.id)
    const address =
      (page === null ? undefined : addresses.get(page.id)) ??
      (preview === undefined ? undefined : `data:${preview.mime};base64,${preview.base64}`)
    return address === undefined ? null : {id: `picture-${++pictures}`, address}
  }
  return report.documents.map(document => {
    const differences = document.differences.map(item => ({anchor: unique(anchor('d-', item.id)), item}))
    const doubts = document.doubts.map(item => ({anchor: unique(anchor('d-', item.id)), item}))
    const edits = document.edits.map((item, index) => ({anchor: unique(anchor(`e-${index + 1}-`, document.id)), item}))
    const unsure = (document.review?.unsure ?? []).map((item, index) => ({
      anchor: unique(anchor(`w-${index + 1}-`, document.id)),
      item,
    }))
    const anchors = new Map(differences.map(({anchor, item}) => [item.id, anchor] as const).reverse())
    const pageIds = new Set(document.pages.map(page => page.id))
    const known = (id: string | null | undefined) => (id != null && pageIds.has(id) ? id : null)

    const drawnOn = new Map<string, string | null>()
    const partsOf = new Map<string | null, PlacedPart[]>()
    let last = document.pages[0]?.id ?? null
    let cleanStart = 0
    for (const part of document.drawn) {
      last = known(part.page) ?? last
      if (part.difference !== null) drawnOn.set(part.difference, last)
      add(partsOf, last, {...part, cleanStart})
      cleanStart += part.hypothesis.length
    }
    const differencesOf = new Map<string | null, Anchored<Difference>[]>()
    for (const anchored of differences) {
      const {scan, id} = anchored.item
      add(differencesOf, known(scan?.page) ?? drawnOn.get(id) ?? null, anchored)
    }
    const doubtsOf = new Map<string | null, Anchored<Doubt>[]>()
    for (const anchored of doubts) add(doubtsOf, known(anchored.item.scan?.page), anchored)
    const editsOf = new Map<string | null, Anchored<Edit>[]>()
    for (const anchored of edits) add(editsOf, known(anchored.item.pageId), anchored)
    const unsureOf = new Map<string | null, Anchored<UnsureWord>[]>()
    for (const anchored of unsure) add(unsureOf, known(anchored.item.page), anchored)

    const pages = [...document.pages, null].map((page): PageView => {
      const id = page?.id ?? null
      return {
        document,
        anchor: unique(page === null ? anchor('rest-', document.id) : anchor('page-', page.id)),
        page,
        picture: pictureOf(page),
        parts: partsOf.get(id) ?? [],
        differences: differencesOf.get(id) ?? [],
        doubts: doubtsOf.get(id) ?? [],
        edits: editsOf.get(id) ?? [],
        unsure: unsureOf.get(id) ?? [],
        anchors,
      }
    })
    return {document, anchor: unique(anchor('doc-', document.id)), pages: pages.filter(hasContent)}
  })
}

function hasContent({page, parts, differences, doubts, edits}: PageView): boolean {
  return page !== null || [parts, differences, doubts, edits].some(({length}) => length > 0)
}

function add<T>(groups: Map<string | null, T[]>, key: string | null, item: T): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}

/** Ids that are used once: `.2`, `.3` … is put behind an id that was given before. */
function uniqueIds(): (id: string) => string {
  const given = new Set<string>()
  return id => {
    let unique = id
    for (let count = 2; given.has(unique); count++) unique = `${id}.${count}`
    given.add(unique)
    return unique
  }
}
