import {timingSafeEqual} from 'node:crypto'
import {tokenHeader} from './api.ts'

/** What of a request decides whether it is answered. Header names are in small letters. */
export interface RequestFacts {
  readonly method: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** The secrets of a run: who knows `token` may write, who knows `token` or `visitor` may read. */
export interface Secrets {
  readonly token: string
  /** Value of the cookie that the page's address is exchanged for. */
  readonly visitor: string
}

/** Why a request is not answered. */
export interface Refusal {
  readonly status: number
  readonly error: string
}

/** Most bytes of a request's body. */
export const mostBodyBytes = 8 * 1024 * 1024

/**
 * Tells whether a request comes from where it says: from this machine, under this address, from the page itself.
 *
 * A page of another site can make a browser send requests here, and a name can be made to lead here (DNS rebinding):
 * `Host` must be this server's own, `Origin` and `Sec-Fetch-Site` the page's, where a browser sends them.
 */
export function refuseStranger({method, headers}: RequestFacts, port: number): Refusal | null {
  if (!['GET', 'HEAD', 'POST'].includes(method)) {
    return {status: 405, error: `Unexpected method \`${shown(method)}\`, expected GET, HEAD or POST`}
  }
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const host = single(headers.host)
  if (host === null || !hosts.includes(host.toLowerCase())) {
    return {status: 421, error: `Unexpected host \`${shown(host ?? '')}\`, expected \`${hosts[0]}\`, open that address`}
  }
  const origin = headers.origin === undefined ? null : single(headers.origin)
  if (headers.origin !== undefined && origin !== `http://${host.toLowerCase()}`) {
    return {status: 403, error: `Unexpected origin \`${shown(origin ?? '')}\`, expected the page of this server`}
  }
  const site = headers['sec-fetch-site'] === undefined ? null : single(headers['sec-fetch-site'])
  if (headers['sec-fetch-site'] !== undefined && site !== 'same-origin' && site !== 'none') {
    // Following a link from elsewhere shows the page, and shows it only.
    const isVisit = method !== 'POST' && single(headers['sec-fetch-mode']) === 'navigate'
    if (!isVisit) return {status: 403, error: 'Unexpected request from another site, expected one of the page'}
  }
  return null
}

/** Tells whether a request may write: it must hold the run's token in a header, which no form and no link can send. */
export function refuseWriting({headers}: RequestFacts, {token}: Secrets): Refusal | null {
  if (!isSecret(single(headers[tokenHeader]), token)) {
    return {
      status: 403,
      error: `Unexpected \`${tokenHeader}\`, expected the token of this run, reload the page from the address that was printed`,
    }
  }
  const type = single(headers['content-type']) ?? ''
  if (!/^application\/json(?:; *charset=utf-8)?$/i.test(type)) {
    return {status: 415, error: `Unexpected content type \`${shown(type)}\`, expected \`application/json\``}
  }
  const length = single(headers['content-length'])
  if (length !== null && Number(length) > mostBodyBytes) return tooLarge
  return null
}

export const tooLarge: Refusal = {
  status: 413,
  error: `Unexpected size of the request, expected ${mostBodyBytes} bytes at most, send fewer decisions at once`,
}

/**
 * Tells whether a request may read: other people of this machine can reach the port too, and letters are not theirs.
 *
 * @param cookie
 *   Name of the cookie that the page's address is exchanged for.
 * @param given
 *   The token in the address; null for none.
 */
export function refuseReading(
  {headers}: RequestFacts,
  {token, visitor}: Secrets,
  cookie: string,
  given: string | null,
): Refusal | null {
  const cookies = (single(headers.cookie) ?? '').split(/; */)
  const known =
    isSecret(single(headers[tokenHeader]), token) ||
    isSecret(given, token) ||
    cookies.some(pair => pair.startsWith(`${cookie}=`) && isSecret(pair.slice(cookie.length + 1), visitor))
  if (known) return null
  return {
    status: 403,
    error: 'Unexpected visit without the token of this run, open the address that `scanproof review` printed',
  }
}

/** Compares in a time that tells nothing of how much of a guess was right. */
export function isSecret(given: string | null, secret: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A header that was sent once; null where it was not sent, or more than once. */
function single(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** For a message: on one line, short. */
function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]|`/g, '?').slice(0, 100)
}
