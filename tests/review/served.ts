import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {request} from 'node:http'
import {dirname, join} from 'node:path'
import {onTestFinished} from 'vitest'
import type {Decision, LedgerVerdict} from '../../src/model.ts'
import {sharedBy} from '../../src/pipeline/run.ts'
import type {DecideAnswer, DocumentAnswer} from '../../src/review/api.ts'
import {openDesk} from '../../src/review/server/desk.ts'
import {startServer} from '../../src/review/server/server.ts'
import {folder} from '../cli/command.ts'
import {corpusOf, config as plain, program, type Texts} from '../gate/corpus.ts'
import {assets} from '../report/assets.ts'

export interface Sent {
  readonly method?: string
  /** Sent as it is. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface Received {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A corpus in a folder, served for review; gone after the test. */
export async function served(
  documents: readonly Texts[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
  more: {readonly others?: readonly Decision[]; readonly root?: string} = {},
) {
  const root = more.root ?? folder()
  const all = {
    ...Object.fromEntries(documents.map(({id, transcript}) => [`transcripts/${id}.md`, transcript])),
    ...files,
  }
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), {recursive: true})
    writeFileSync(join(root, name), content)
  }
  const config = {...plain, root, out: root}
  const made = corpusOf(documents)
  const sha256 = (file: string) =>
    createHash('sha256')
      .update(files[file] ?? '')
      .digest('hex')
  const read = {
    ...made,
    documents: made.documents.map(document => ({
      ...document,
      pages: document.pages.map(page => ({...page, scan: {...page.scan, sha256: sha256(page.scan.file)}})),
    })),
  }
  const desk = openDesk({
    corpus: {corpus: read, shared: sharedBy(read, config), config, program},
    ledgers: new Map(),
    author: 'A. Curator',
    others: more.others ?? [],
    previews: new Map(),
    assets,
    today: () => '2026-11-24',
  })
  const server = await startServer(desk, 0)
  onTestFinished(server.close)

  const send = ({method = 'GET', path = '/', headers = {}, body = ''}: Sent): Promise<Received> =>
    new Promise((resolve, reject) => {
      const sent = request({host: '127.0.0.1', port: server.port, method, path, headers, agent: false}, response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const own = {'x-scanproof-token': server.token}
  const get = async (path: string): Promise<unknown> => JSON.parse((await send({path, headers: own})).body)
  const post = async (
    path: string,
    value: unknown,
  ): Promise<{readonly status: number; readonly answer: DecideAnswer}> => {
    const headers = {...own, 'content-type': 'application/json'}
    const {status, body} = await send({method: 'POST', path, headers, body: JSON.stringify(value)})
    return {status, answer: JSON.parse(body)}
  }
  const document = async (id: string) => (await get(`/api/documents/${encodeURIComponent(id)}`)) as DocumentAnswer
  /** Decide on the difference that says `reference/hypothesis`. */
  const decide = async (
    id: string,
    text: string,
    verdict: LedgerVerdict,
    fields: Partial<Decision> = {},
    preview = false,
  ) => {
    const {report} = await document(id)
    const found = report.differences.find(item => `${item.reference.trim()}/${item.hypothesis.trim()}` === text)
    if (found === undefined) throw new Error(`no ${text} in ${JSON.stringify(report.differences)}`)
    const {kind, reference, hypothesis, before, after, scan} = found
    const decision = {
      ...{id: found.id, document: id, page: scan?.page ?? null, kind, reference, hypothesis, before, after},
      ...{verdict, reading: null, tags: [], note: '', ...fields},
    }
    return {decision, ...(await post('/api/decisions', {decisions: [decision], preview})).answer}
  }
  const file = (name: string) => readFileSync(join(root, name), 'utf8')
  return {root, server, send, own, get, post, document, decide, file}
}
