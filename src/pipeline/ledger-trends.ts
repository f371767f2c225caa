import {rate, sum} from '../measure/counts.ts'
import type {Counts, DocumentReport, Ledger, LedgerTrend} from '../model.ts'

/**
 * Compare each document with what its ledger last had, over the pages that both have: a page that came or went is no
 * trend. Left out are documents without such a page.
 *
 * @param ledgers
 *   By document id.
 */
export function ledgerTrends(
  documents: readonly Pick<DocumentReport, 'id' | 'pages'>[],
  ledgers: ReadonlyMap<string, Ledger>,
): ReadonlyMap<string, LedgerTrend> {
  return new Map(
    documents.flatMap(({id, pages}) => {
      const before = new Map((ledgers.get(id)?.pages ?? []).map(({page, counts}) => [page, counts] as const))
      const both = pages.flatMap(({id: page, counts}): readonly (readonly [Counts, Counts])[] => {
        const then = before.get(page)
        return then === undefined || counts === null ? [] : [[then, counts.character.clean]]
      })
      if (both.length === 0) return []
      const side = (index: 0 | 1) => rate(sum(both.map(pair => pair[index])))
      return [[id, {before: side(0), now: side(1), pages: both.length}] as const]
    }),
  )
}
