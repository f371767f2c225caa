import type {Config} from '../../config.ts'
import {
  type ComparedDocument,
  compareOne,
  drawScan,
  type ReadCorpus,
  renderHtml,
  reportCorpus,
  sharedBy,
} from '../../index.ts'
import type {Preview, Report} from '../../model.ts'
import type {ReviewState} from '../api.ts'
import {serializeDecisions} from '../decisions.ts'
import type {Desk} from './routes.ts'

/** What the desk is given to start with. */
export interface DeskOptions {
  readonly config: Config
  readonly version: string
  readonly author: string
  readonly corpus: ReadCorpus
  readonly previews: ReadonlyMap<string, Preview>
  readonly assets: {readonly script: string; readonly style: string}
}

/** Opens a corpus that was read for review. */
export function openDesk({config, version, author, corpus, previews, assets}: DeskOptions): Desk {
  const shared = sharedBy(corpus, config)
  const compared = new Map<string, ComparedDocument>(
    corpus.documents.map(document => [document.id, compareOne(corpus, document, shared, config)]),
  )
  const pages = new Map(corpus.documents.flatMap(document => document.pages.map(page => [page.id, page] as const)))
  const revision = 0
  const report = (): Report => reportCorpus(corpus, [...compared.values()], config, version)
  const state = (): ReviewState => ({revision, author, decisions: [], disagreements: [], undo: 0, redo: 0})
  return {
    page: async token => renderHtml(report(), {previews, assets, live: {token}}),
    async scan(id) {
      const page = pages.get(id)
      if (page === undefined) return null
      const {data, mime} = await drawScan(config, page)
      return {type: mime, data}
    },
    state: async () => state(),
    async document(id) {
      const found = compared.get(id)
      return found === undefined ? null : JSON.stringify(found.report)
    },
    decisions: async () => serializeDecisions([]),
    patch: async () => '',
    decide: async ({decisions}) => ({
      outcomes: decisions.map(({document, id}) => ({
        document,
        id,
        status: 'refused',
        reason: 'Decisions cannot be written yet',
        diff: '',
      })),
      changed: [],
      renamed: {},
      state: state(),
    }),
    undo: async () => ({outcomes: [], changed: [], renamed: {}, state: state()}),
    redo: async () => ({outcomes: [], changed: [], renamed: {}, state: state()}),
    restore: async () => ({folder: ''}),
  }
}
