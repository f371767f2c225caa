import type {Report} from '../../model.ts'
import {html, type Markup} from './markup.ts'
import {pageName} from './page.ts'
import type {DocumentView, PageView} from './views.ts'

/**
 * Writes what the page's script needs to know of every difference, drawn or not, as a block of JSON.
 *
 * It is data to a browser, never run. Whatever could end the block, or act, is written as an escape.
 */
export function dataBlock(report: Report, views: readonly DocumentView[]): Markup {
  const confusions = (report.review?.confusions ?? []).map(({reference, hypothesis}) => [reference, hypothesis])
  const data = {documents: views.map(documentData), confusions}
  return html`<script type="application/json" id="data">${{markup: escapeJson(JSON.stringify(data))}}</script>`
}

function documentData({document, anchor, pages}: DocumentView) {
  return {
    anchor,
    id: document.id,
    title: document.title ?? document.id,
    pages: pages.map(view => pageData(view)),
    series: (document.review?.series ?? []).map(({reference, hypothesis, differences}) => ({
      reference,
      hypothesis,
      differences,
    })),
  }
}

function pageData({document, page, anchor, differences, doubts, edits, unsure}: PageView) {
  return {
    anchor,
    id: page?.id ?? null,
    name: page === null ? 'on no page' : pageName(document, page),
    edits: [...edits, ...unsure].map(({anchor}) => anchor),
    differences: [
      ...differences.map(({anchor, item}) => ({
        anchor,
        id: item.id,
        kind: item.kind,
        isAgreed: false,
        reference: item.reference,
        hypothesis: item.hypothesis,
        before: item.before,
        after: item.after,
        suspect: item.suspect,
        confidence: item.scan?.confidence ?? null,
      })),
      // Decided as a substitution of the word by what the second look reads.
      ...doubts.map(({anchor, item}) => ({
        anchor,
        id: item.id,
        kind: 'substitution' as const,
        isAgreed: true,
        reference: item.text,
        hypothesis: item.reading,
        before: item.before,
        after: item.after,
        suspect: 'transcript' as const,
        confidence: item.scan?.confidence ?? null,
      })),
    ],
  }
}

/** Escapes in JSON what HTML or a reader's eye could take for something else; the value stays the same. */
function escapeJson(text: string): string {
  return text.replace(
    /[<>&\x7f-\x9f\u2028-\u202e\u2060-\u206f\u200b\u200e\u200f\u061c\u180e\xad\ufeff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
