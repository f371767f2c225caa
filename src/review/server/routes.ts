import {z} from 'zod'
import type {DecideAnswer, DecideRequest, RestoreAnswer, RestoreRequest, ReviewState} from '../api.ts'
import {problemsOf, sentDecisionSchema} from '../decisions.ts'
import type {Refusal} from '../guard.ts'

/** What the server serves; every answer waits for the one before, so that no two write at once. */
export interface Desk {
  /** The page, as HTML. */
  readonly page: (token: string) => Promise<string>
  /** A page's scan, upright, at its own resolution; null for a page that the corpus does not have. */
  readonly scan: (page: string) => Promise<{readonly type: string; readonly data: Uint8Array} | null>
  readonly state: () => Promise<ReviewState>
  /** A document's part of the report as JSON; null for one that the corpus does not have. */
  readonly document: (id: string) => Promise<string | null>
  /** decisions.json: what stands in the tree. */
  readonly decisions: () => Promise<string>
  /** What this run changed in transcripts and ledger, as a unified patch. */
  readonly patch: () => Promise<string>
  readonly decide: (request: DecideRequest) => Promise<DecideAnswer>
  readonly undo: () => Promise<DecideAnswer>
  readonly redo: () => Promise<DecideAnswer>
  readonly restore: (request: RestoreRequest) => Promise<RestoreAnswer>
}

/** What is sent back. */
export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  /** Content security policy; nothing may be loaded where none is given. */
  readonly policy?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

const json = 'application/json; charset=utf-8'
const text = 'text/plain; charset=utf-8'

/** Answers a request that may be answered. `path` is decoded, a part each. */
export async function answer(
  desk: Desk,
  method: 'GET' | 'POST',
  path: readonly string[],
  body: string,
  token: string,
): Promise<Answer> {
  const [first = '', second = ''] = path
  const address = `${method} /${first}${first === 'api' ? `/${second}` : ''}`
  const rest = path.slice(first === 'api' ? 2 : 1).join('/')
  if (rest !== '' && !['GET /scan', 'GET /api/documents'].includes(address)) return refused(unknown)
  switch (address) {
    case 'GET /': {
      const page = await desk.page(token)
      return {status: 200, type: 'text/html; charset=utf-8', body: page, policy: policyOf(page)}
    }
    case 'GET /scan': {
      const scan = await desk.scan(rest)
      return scan === null ? refused(unknown) : {status: 200, type: scan.type, body: scan.data}
    }
    case 'GET /api/state':
      return ok(await desk.state())
    case 'GET /api/documents': {
      const document = await desk.document(rest)
      return document === null ? refused(unknown) : {status: 200, type: json, body: document}
    }
    case 'GET /api/decisions':
      return download(json, await desk.decisions(), 'decisions.json')
    case 'GET /api/patch':
      return download(text, await desk.patch(), 'review.patch')
    case 'POST /api/decisions':
      return parsed(decideSchema, body, request => desk.decide(request))
    case 'POST /api/undo':
      return parsed(nothingSchema, body, () => desk.undo())
    case 'POST /api/redo':
      return parsed(nothingSchema, body, () => desk.redo())
    case 'POST /api/restore':
      return parsed(restoreSchema, body, request => desk.restore(request))
    default:
      return refused(unknown)
  }
}

const unknown: Refusal = {status: 404, error: 'Unexpected address, expected one of docs/review.md'}

const decideSchema = z.strictObject({
  decisions: z.array(sentDecisionSchema).min(1).max(10_000),
  preview: z.boolean().optional(),
})
const nothingSchema = z.strictObject({})
const restoreSchema = z.strictObject({document: z.string(), edit: z.int().nonnegative()})

async function parsed<T>(schema: z.ZodType<T>, body: string, act: (request: T) => Promise<unknown>): Promise<Answer> {
  let value: unknown
  try {
    value = JSON.parse(body === '' ? '{}' : body)
  } catch {
    return refused({status: 400, error: 'Unexpected body, expected JSON'})
  }
  const result = schema.safeParse(value)
  if (!result.success) return refused({status: 400, error: `Unexpected body: ${problemsOf(result.error)}`})
  return ok(await act(result.data))
}

function ok(value: unknown): Answer {
  return {status: 200, type: json, body: JSON.stringify(value)}
}

function download(type: string, body: string, name: string): Answer {
  return {status: 200, type, body, headers: {'Content-Disposition': `attachment; filename="${name}"`}}
}

/** Makes the answer to a request that is refused. */
export function refused({status, error}: Refusal): Answer {
  return {status, type: json, body: JSON.stringify({error})}
}

/** The page says itself what it may load; the same goes into the header, which a page cannot take back. */
function policyOf(page: string): string {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1]
  if (policy === undefined) throw new Error('Unexpected page without a policy')
  return policy
}
