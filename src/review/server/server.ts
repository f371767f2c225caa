import {randomBytes} from 'node:crypto'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {UserError} from '../../model.ts'
import {
  mostBodyBytes,
  type Refusal,
  refuseReading,
  refuseStranger,
  refuseWriting,
  type Secrets,
  tooLarge,
} from '../guard.ts'
import {type Answer, answer, type Desk, refused} from './routes.ts'

/** A server of the review page. */
export interface ReviewServer {
  /** Address of the page, with the token that lets a browser in. */
  readonly url: string
  readonly port: number
  readonly token: string
  /** Stops; answers that are being sent are cut off. */
  readonly close: () => Promise<void>
}

/**
 * Serves the review page on 127.0.0.1, and nowhere else.
 *
 * @param port
 *   0 for any that is free.
 * @throws UserError
 *   Where the port is taken or may not be used.
 */
export async function startServer(desk: Desk, port: number): Promise<ReviewServer> {
  const secrets: Secrets = {token: secret(), visitor: secret()}
  const server = createServer({
    requestTimeout: 30_000,
    headersTimeout: 10_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16 * 1024,
  })
  server.maxHeadersCount = 100
  server.setTimeout(120_000)
  server.on('request', (request, response) => {
    serve(request, response, desk, secrets, portOf(server)).catch((error: unknown) => {
      send(response, 'GET', failed(error))
    })
  })
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(unusable(port, error)))
    server.listen({host: '127.0.0.1', port, exclusive: true}, resolve)
  })
  const used = portOf(server)
  return {
    url: `http://127.0.0.1:${used}/?token=${secrets.token}`,
    port: used,
    token: secrets.token,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  desk: Desk,
  secrets: Secrets,
  port: number,
): Promise<void> {
  const {method = '', url = ''} = request
  const facts = {method, headers: request.headers}
  const stranger = refuseStranger(facts, port)
  if (stranger !== null) return send(response, method, refused(stranger))
  const target = parseTarget(url)
  if (target === null) return send(response, method, refused(badTarget))
  const cookie = `scanproof-${port}`
  if (method === 'POST') {
    const refusal = refuseWriting(facts, secrets)
    if (refusal !== null) return send(response, method, refused(refusal))
    const body = await readBody(request)
    if (typeof body !== 'string') return send(response, method, refused(body))
    return send(response, method, await answer(desk, method, target.path, body, secrets.token))
  }
  const refusal = refuseReading(facts, secrets, cookie, target.token)
  if (refusal !== null) return send(response, method, refused(refusal))
  if (target.token !== null) {
    // Out of the address, so that it is in no history, bookmark or picture of the screen. The page goes on by itself:
    // a strict cookie is not sent where another site, or a file, led here.
    const headers = {'Set-Cookie': `${cookie}=${secrets.visitor}; HttpOnly; SameSite=Strict; Path=/`}
    return send(response, method, {status: 200, type: 'text/html; charset=utf-8', body: wayIn, headers})
  }
  return send(response, method, await answer(desk, 'GET', target.path, '', secrets.token))
}

const wayIn =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>scanproof</title><a href="/">Review</a></html>\n'

/** A request's path, each part decoded, and the token in its address. */
interface Target {
  readonly path: readonly string[]
  readonly token: string | null
}

const badTarget: Refusal = {status: 400, error: 'Unexpected address, expected a path of this server'}

/** Decodes each part once; a part that is none, or would lead elsewhere if it were one of a file's path, is refused. */
function parseTarget(url: string): Target | null {
  const [path = '', query = ''] = url.split('?', 2)
  if (!path.startsWith('/') || url.length > 8192) return null
  try {
    const parts = path.slice(1).split('/').map(decodeURIComponent)
    const isBad = (part: string) => part === '.' || part === '..' || /[\0-\x1f\x7f/\\]/.test(part)
    if (parts.some(isBad)) return null
    return {path: parts, token: new URLSearchParams(query).get('token')}
  } catch {
    return null
  }
}

/** Reads a body as UTF-8; a refusal where it is too large or none. */
async function readBody(request: IncomingMessage): Promise<string | Refusal> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) continue
    length += chunk.length
    if (length > mostBodyBytes) return tooLarge
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(Buffer.concat(chunks))
  } catch {
    return {status: 400, error: 'Unexpected bytes in the request, expected UTF-8'}
  }
}

/** Sent with every answer: nothing of it is kept, guessed at, framed or told to another site. */
const always = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
}

function send(response: ServerResponse, method: string, {status, type, body, policy, headers}: Answer): void {
  if (response.headersSent || response.destroyed) return
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  response.writeHead(status, {
    ...always,
    'Content-Security-Policy': `${policy ?? "default-src 'none'"}; frame-ancestors 'none'`,
    'Content-Type': type,
    'Content-Length': bytes.length,
    // What was not read of a refused body must not be taken for a request.
    ...(status >= 400 ? {Connection: 'close'} : {}),
    ...headers,
  })
  response.end(method === 'HEAD' ? undefined : bytes)
}

function failed(error: unknown): Answer {
  if (error instanceof UserError) return refused({status: 409, error: error.message})
  const reason = error instanceof Error ? error.message : String(error)
  return refused({status: 500, error: `A bug, not your fault: ${reason}, please report it`})
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** 256 bits nobody can guess, fit for an address. */
function secret(): string {
  return randomBytes(32).toString('base64url')
}

function unusable(port: number, error: Error): UserError {
  const code = 'code' in error ? String(error.code) : error.message
  const reason = code === 'EADDRINUSE' ? 'another program has it' : code === 'EACCES' ? 'permission denied' : code
  return new UserError(`Cannot use port ${port} (${reason}), expected one that is free, choose another with --port`)
}
