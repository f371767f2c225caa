import {describe, expect, test} from 'vitest'
import {isSecret, mostBodyBytes, refuseReading, refuseStranger, refuseWriting} from '../../src/review/guard.ts'

const port = 4711
const own = {host: `127.0.0.1:${port}`}
const secrets = {token: 'the-token-of-this-run', visitor: 'the-visitor-of-this-run'}

describe('refuseStranger', () => {
  const status = (headers: Record<string, string | string[]>, method = 'POST') =>
    refuseStranger({method, headers: {...own, ...headers}}, port)?.status ?? null

  test.each([
    ['nothing but the host', {}],
    ['localhost', {host: `localhost:${port}`}],
    ['capitals', {host: `LOCALHOST:${port}`}],
    ['its own origin', {origin: `http://127.0.0.1:${port}`}],
    ['a request of the page', {origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin'}],
    ['an address that was typed', {'sec-fetch-site': 'none'}],
  ])('lets in %s', (_, headers) => {
    expect(status(headers)).toBe(null)
  })

  test.each([
    ['a name that leads here (DNS rebinding)', {host: `attacker.example:${port}`}, 421],
    ['a name that begins like ours', {host: `127.0.0.1:${port}.attacker.example`}, 421],
    ['a name that ends like ours', {host: `attacker-localhost:${port}`}, 421],
    ['another port', {host: '127.0.0.1:80'}, 421],
    ['no port', {host: '127.0.0.1'}, 421],
    ['another spelling of the address', {host: `2130706433:${port}`}, 421],
    ['another address of this machine', {host: `0.0.0.0:${port}`}, 421],
    ['two hosts', {host: [`127.0.0.1:${port}`, 'attacker.example']}, 421],
    ['another origin', {origin: 'https://attacker.example'}, 403],
    ['a page from disk or a sandbox', {origin: 'null'}, 403],
    ['its own origin over https', {origin: `https://127.0.0.1:${port}`}, 403],
    ['another port of this machine', {origin: 'http://127.0.0.1:80'}, 403],
    ['an origin of the other name', {origin: `http://localhost:${port}`}, 403],
    ['a request of another site', {'sec-fetch-site': 'cross-site'}, 403],
    ['a request of another port', {'sec-fetch-site': 'same-site'}, 403],
  ])('keeps out %s', (_, headers, expected) => {
    expect(status(headers)).toBe(expected)
    expect(status(headers, 'GET')).toBe(expected)
  })

  test('a link from elsewhere leads to the page, a form does not', () => {
    const headers = {'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate'}
    expect(status(headers, 'GET')).toBe(null)
    expect(status(headers, 'POST')).toBe(403)
  })

  test.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PATCH', ''])('method %j is not known', method => {
    expect(status({}, method)).toBe(405)
  })
})

describe('refuseWriting', () => {
  const status = (headers: Record<string, string | string[]>) =>
    refuseWriting({method: 'POST', headers: {...own, ...headers}}, secrets)?.status ?? null
  const right = {'x-scanproof-token': secrets.token, 'content-type': 'application/json'}

  test('takes the token and JSON', () => {
    expect(status(right)).toBe(null)
    expect(status({...right, 'content-type': 'application/json; charset=utf-8'})).toBe(null)
  })

  test.each([
    ['no token', {'content-type': 'application/json'}, 403],
    ['an empty token', {...right, 'x-scanproof-token': ''}, 403],
    ['a part of the token', {...right, 'x-scanproof-token': secrets.token.slice(0, -1)}, 403],
    ['more than the token', {...right, 'x-scanproof-token': `${secrets.token} `}, 403],
    ['the token twice', {...right, 'x-scanproof-token': [secrets.token, secrets.token]}, 403],
    [
      'the cookie in its place',
      {'content-type': 'application/json', cookie: `scanproof-${port}=${secrets.visitor}`},
      403,
    ],
    ['what a form can send', {...right, 'content-type': 'text/plain'}, 415],
    ['a form', {...right, 'content-type': 'application/x-www-form-urlencoded'}, 415],
    ['JSON beside something else', {...right, 'content-type': 'text/plain; application/json'}, 415],
    ['a body that is too large', {...right, 'content-length': String(mostBodyBytes + 1)}, 413],
  ])('refuses %s', (_, headers, expected) => {
    expect(status(headers)).toBe(expected)
  })
})

describe('refuseReading', () => {
  const status = (headers: Record<string, string>, given: string | null = null) =>
    refuseReading({method: 'GET', headers: {...own, ...headers}}, secrets, `scanproof-${port}`, given)?.status ?? null

  test('lets in who has the token, in the address or in a header, or the cookie it is exchanged for', () => {
    expect(status({}, secrets.token)).toBe(null)
    expect(status({'x-scanproof-token': secrets.token})).toBe(null)
    expect(status({cookie: `a=b; scanproof-${port}=${secrets.visitor}`})).toBe(null)
  })

  test('keeps out who has neither', () => {
    expect(status({})).toBe(403)
    expect(status({}, 'a-guess')).toBe(403)
    expect(status({}, secrets.visitor)).toBe(403)
    expect(status({cookie: `scanproof-${port}=${secrets.token}`})).toBe(403)
    expect(status({cookie: `scanproof-1=${secrets.visitor}`})).toBe(403)
    expect(status({cookie: `x-scanproof-${port}=${secrets.visitor}`})).toBe(403)
  })
})

test('a secret is equal to itself alone', () => {
  expect(isSecret('abc', 'abc')).toBe(true)
  expect(isSecret('abd', 'abc')).toBe(false)
  expect(isSecret('ab', 'abc')).toBe(false)
  expect(isSecret('abcd', 'abc')).toBe(false)
  expect(isSecret(null, 'abc')).toBe(false)
  expect(isSecret('äb', 'abc')).toBe(false)
})
