import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {connect} from 'node:net'
import {networkInterfaces} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import type {ReviewState} from '../../src/review/api.ts'
import {parseDecisions} from '../../src/review/decisions.ts'
import {mostBodyBytes} from '../../src/review/guard.ts'
import {folder, pageImage} from '../cli/command.ts'
import type {Texts} from '../gate/corpus.ts'
import {served} from './served.ts'

const letter: Texts = {
  id: 'letter',
  transcript:
    '---\ntitle: A letter\n---\n\nDear *Ron*,\n\nIt was good to see you in May,\nand I hope that you are well.\n\nMargaret\n',
  pages: {1: 'Dear Ronn,\n\nIt was gocd to see you in June,\nand I hope that yov are well.\n\nMargaret'},
}
const json = {'content-type': 'application/json'}

describe('who is let in', () => {
  test('the address lets in a browser: it is exchanged for a cookie, and shows the page', async () => {
    const {server, send} = await served([letter])
    const {pathname, search} = new URL(server.url)
    expect(new URL(server.url).hostname).toBe('127.0.0.1')
    const first = await send({path: pathname + search})
    expect(first.status).toBe(200)
    const [cookie = ''] = first.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(cookie).not.toContain(server.token)
    const page = await send({headers: {cookie: cookie.split(';')[0] ?? ''}})
    expect(page.status).toBe(200)
    expect(page.body).toContain(`<meta name="scanproof-token" content="${server.token}">`)
    expect((await send({})).status).toBe(403)
    expect((await send({path: '/?token=guess'})).status).toBe(403)
    expect((await send({path: '/api/state'})).status).toBe(403)
  })

  test('it listens on 127.0.0.1 alone', async () => {
    const {server} = await served([letter])
    const others = Object.values(networkInterfaces())
      .flatMap(list => list ?? [])
      .filter(({internal}) => !internal)
    for (const {address} of [...others, {address: '::1'}]) {
      const outcome = await new Promise(resolve => {
        const socket = connect({host: address, port: server.port, timeout: 2000})
        socket.on('connect', () => resolve('connected'))
        socket.on('error', () => resolve('refused'))
        socket.on('timeout', () => resolve('refused'))
      })
      expect([address, outcome]).toEqual([address, 'refused'])
    }
  })

  test('a port that is taken is told of', async () => {
    const {server} = await served([letter])
    const {startServer} = await import('../../src/review/server/server.ts')
    await expect(startServer({} as never, server.port)).rejects.toThrow('another program has it')
  })

  test.each([
    ['another host', {host: 'attacker.example'}, 421],
    ['another origin', {origin: 'https://attacker.example'}, 403],
    ['a request of another site', {'sec-fetch-site': 'cross-site'}, 403],
    ['no token', {'x-scanproof-token': ''}, 403],
    ['another content type', {'content-type': 'text/plain'}, 415],
  ])('nothing is written for %s', async (_, headers, status) => {
    const {send, own, file} = await served([letter])
    const body = JSON.stringify({decisions: []})
    const sent = await send({method: 'POST', path: '/api/undo', headers: {...own, ...json, ...headers}, body})
    expect(sent.status).toBe(status)
    expect(sent.headers['access-control-allow-origin']).toBe(undefined)
    expect(file('transcripts/letter.md')).toBe(letter.transcript)
  })

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('%s is refused', async method => {
    const {send, own} = await served([letter])
    expect((await send({method, path: '/api/decisions', headers: own})).status).toBe(405)
  })
})

describe('what is asked for', () => {
  test.each([
    '/../package.json',
    '/scan/../../etc/passwd',
    '/scan/..%2f..%2fetc%2fpasswd',
    '/scan/%2e%2e/%2e%2e/etc/passwd',
    '/scan/..%5c..%5cetc%5cpasswd',
    '/scan/..\\..\\etc\\passwd',
    '/scan/letter%2f1',
    '/scan/%00letter/1',
    '/scan/letter/1%00.png',
    '/scan/%c0%ae%c0%ae/passwd',
    '/scan/%zz',
    '/scan/./letter/1',
    '//etc/passwd',
    '/scan//etc/passwd',
    '/scan/C:/windows/win.ini',
    '/transcripts/letter.md',
    '/api/documents/../../etc/passwd',
    '/api/documents/%2e%2e%2fletter',
    '/api/state/more',
    '/favicon.ico',
  ])('%s is nothing of this server', async path => {
    const {send, own} = await served([letter])
    const {status, body} = await send({path, headers: own})
    expect([400, 404]).toContain(status)
    expect(JSON.parse(body).error).toContain('expected')
  })

  test('a scan is shown upright, at its own resolution', async () => {
    const {default: sharp} = await import('sharp')
    const scan = await sharp(await pageImage(['Dear Ronn,']))
      .withMetadata({orientation: 6})
      .png()
      .toBuffer()
    const {width, height} = await sharp(scan).metadata()
    const {server, own} = await served([letter], {'scans/letter/1.png': scan})
    const answer = await fetch(`http://127.0.0.1:${server.port}/scan/letter/1`, {headers: own})
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    const shown = await sharp(await answer.arrayBuffer()).metadata()
    expect([shown.width, shown.height]).toEqual([height, width])
  })

  test('a scan that leads out of the corpus is not shown', async () => {
    const outside = folder({'secret.png': await pageImage(['secret'])})
    const root = folder({'scans/letter/.keep': ''})
    symlinkSync(join(outside, 'secret.png'), join(root, 'scans/letter/1.png'))
    const {send, own} = await served([letter], {}, {root})
    const {status, body} = await send({path: '/scan/letter/1', headers: own})
    expect(status).toBe(409)
    expect(body).toContain('leads out of the corpus')
  })

  test('a transcript or ledger that leads out of the corpus is not written', async () => {
    const outside = folder({'letter.json': 'untouched'})
    const root = folder()
    symlinkSync(outside, join(root, 'ledger'))
    await expect(served([letter], {}, {root})).rejects.toThrow('leads out of the corpus')
    expect(readdirSync(outside)).toEqual(['letter.json'])
  })
})

describe('what is sent', () => {
  test('every answer forbids to sniff, frame, keep and refer; the page may load nothing but itself', async () => {
    const {send, own} = await served([letter])
    for (const path of ['/', '/api/state', '/api/patch', '/nothing', '/%']) {
      const {headers} = await send({path, headers: own})
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*; frame-ancestors 'none'$/)
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/)
    }
    const {headers, body} = await send({headers: own})
    const script = /<script>([\s\S]*?)<\/script>/.exec(body)?.[1] ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    expect(headers['content-security-policy']).toContain(`script-src 'sha256-${hash}'`)
    expect(headers['content-security-policy']).toContain("connect-src 'self'")
  })

  test('HEAD has no body', async () => {
    const {send, own} = await served([letter])
    expect(await send({method: 'HEAD', headers: own})).toMatchObject({status: 200, body: ''})
  })

  test.each([
    ['no JSON', '{', 400, 'expected JSON'],
    ['another form', '{"decisions": 1}', 400, 'decisions'],
    ['an unknown key', '{"decisions": [], "write": true}', 400, 'write'],
    ['no decision', '{"decisions": []}', 400, 'decisions'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 400, 'UTF-8'],
    ['a list that hides a prototype', '{"__proto__": {"decisions": []}}', 400, 'decisions'],
  ])('%s is refused', async (_, body, status, reason) => {
    const {send, own} = await served([letter])
    const answer = await send({method: 'POST', path: '/api/decisions', headers: {...own, ...json}, body})
    expect(answer.status).toBe(status)
    expect(answer.body).toContain(reason)
  })

  test('a body over the limit is refused before it is read, and one that does not say so while it is', async () => {
    const {send, own, server} = await served([letter])
    const headers = {...own, ...json, 'content-length': String(mostBodyBytes + 1)}
    const told = await new Promise(resolve => {
      const socket = connect(server.port, '127.0.0.1')
      const lines = Object.entries({host: `127.0.0.1:${server.port}`, ...headers}).map(
        ([name, value]) => `${name}: ${value}`,
      )
      socket.write(`POST /api/decisions HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      socket.once('data', data => {
        resolve(String(data).split('\r\n')[0])
        socket.destroy()
      })
    })
    expect(told).toBe('HTTP/1.1 413 Payload Too Large')
    const body = ' '.repeat(mostBodyBytes + 1)
    const untold = await send({
      method: 'POST',
      path: '/api/decisions',
      headers: {...own, ...json, 'transfer-encoding': 'chunked'},
      body,
    }).then(
      ({status}) => status,
      // The server may hang up while the rest is still being sent.
      (error: NodeJS.ErrnoException) => error.code,
    )
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(untold)
  })

  test('hostile text is text: in the page, in JSON, in a patch', async () => {
    const hostile: Texts = {
      id: '<img src=x onerror=alert(1)>',
      transcript:
        '---\ntitle: "</title><script>alert(1)</script>"\n---\n\nDear \\<script\\>alert(1)\\</script\\> [x](javascript:alert(1)) \u001b[31mred\n',
      pages: {'</script>': 'Dear <svg/onload=alert(2)> javascript:alert(1) red'},
    }
    const {send, own, document} = await served([hostile])
    const {body, headers} = await send({headers: own})
    expect(body).not.toContain('<script>alert')
    expect(body).not.toMatch(/<(?:img|svg)[^>]*(?:onerror|onload)/)
    expect(body.match(/<script\b/g)?.length).toBe(body.match(/<\/script>/g)?.length)
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect((await document(hostile.id)).report.id).toBe(hostile.id)
  })
})

describe('decisions', () => {
  test('are previewed, written, taken back and written again, byte for byte', async () => {
    const {decide, file, post, root} = await served([letter])
    const seen = await decide('letter', 'Ron,/Ronn,', 'transcript', {}, true)
    expect(seen.outcomes).toMatchObject([{status: 'written', reason: null}])
    expect(seen.outcomes[0]?.diff).toBe(
      '--- a/transcripts/letter.md\n+++ b/transcripts/letter.md\n@@ -5,1 +5,1 @@\n-Dear *Ron*,\n+Dear *Ronn*,\n',
    )
    expect(file('transcripts/letter.md')).toBe(letter.transcript)
    expect(existsSync(join(root, 'ledger'))).toBe(false)

    const one = await decide('letter', 'Ron,/Ronn,', 'transcript', {tags: ['faded'], note: 'see the envelope'})
    expect(one.state).toMatchObject({undo: 1, redo: 0})
    expect(file('transcripts/letter.md')).toBe(letter.transcript.replace('*Ron*', '*Ronn*'))
    const afterOne = [file('transcripts/letter.md'), file('ledger/letter.json'), file('reports/decisions.json')]
    await decide('letter', 'May,/June,', 'ocr')
    const afterTwo = [file('transcripts/letter.md'), file('ledger/letter.json'), file('reports/decisions.json')]
    expect(afterTwo).not.toEqual(afterOne)
    const decisions = parseDecisions(file('reports/decisions.json'), 'decisions.json')
    expect(decisions.map(({verdict, author, date}) => [verdict, author, date])).toEqual([
      ['transcript', 'A. Curator', '2026-11-24'],
      ['ocr', 'A. Curator', '2026-11-24'],
    ])

    expect((await post('/api/undo', {})).answer.state).toMatchObject({undo: 1, redo: 1})
    expect([file('transcripts/letter.md'), file('ledger/letter.json'), file('reports/decisions.json')]).toEqual(
      afterOne,
    )
    await post('/api/undo', {})
    expect(file('transcripts/letter.md')).toBe(letter.transcript)
    expect(existsSync(join(root, 'ledger/letter.json'))).toBe(false)
    expect((await post('/api/undo', {})).status).toBe(409)
    await post('/api/redo', {})
    await post('/api/redo', {})
    expect([file('transcripts/letter.md'), file('ledger/letter.json'), file('reports/decisions.json')]).toEqual(
      afterTwo,
    )
    expect((await post('/api/redo', {})).status).toBe(409)
  })

  test('a series at once, of which some are refused', async () => {
    const {document, post, file} = await served([letter])
    const {report} = await document('letter')
    const decisions = report.differences.map(({id, kind, reference, hypothesis, before, after}) => ({
      ...{id, document: 'letter', page: 'letter/1', kind, reference, hypothesis, before, after},
      ...{verdict: 'transcript', reading: null, tags: [], note: ''},
    }))
    const unknown = {...decisions[0]!, id: '0'.repeat(16), reference: 'nothing of this', before: 'x', after: 'y'}
    const {answer} = await post('/api/decisions', {decisions: [...decisions, unknown, {...unknown, document: 'other'}]})
    expect(answer.outcomes.map(({status}) => status)).toEqual([...decisions.map(() => 'written'), 'refused', 'refused'])
    expect(file('transcripts/letter.md')).toBe(
      letter.transcript
        .replace('Ron', 'Ronn')
        .replace('good', 'gocd')
        .replace('May', 'June')
        .replace('you are', 'yov are'),
    )
    expect(answer.state.undo).toBe(1)
    await post('/api/undo', {})
    expect(file('transcripts/letter.md')).toBe(letter.transcript)
  })

  test('who thinks again gets what there would be without the first decision', async () => {
    const {decide, post, file} = await served([letter])
    const first = await decide('letter', 'Ron,/Ronn,', 'transcript')
    await decide('letter', 'May,/June,', 'transcript')
    const again = {...first.decision, verdict: 'both', reading: 'Ronald,'}
    const {answer} = await post('/api/decisions', {decisions: [again]})
    expect(answer.outcomes).toMatchObject([{status: 'written', reason: null}])
    expect(file('transcripts/letter.md')).toBe(letter.transcript.replace('Ron', 'Ronald').replace('May', 'June'))
    const {answer: third} = await post('/api/decisions', {decisions: [{...first.decision, verdict: 'ocr'}]})
    expect(third.outcomes).toMatchObject([{status: 'written', reason: null}])
    expect(file('transcripts/letter.md')).toBe(letter.transcript.replace('May', 'June'))
    expect(third.state.decisions.map(({verdict}) => verdict)).toEqual(['transcript', 'ocr'])
  })

  test('an id that a decision beside it changed still leads there', async () => {
    const {document, post, decide, file} = await served([letter])
    const {report} = await document('letter')
    const good = report.differences.find(({reference}) => reference.trim() === 'good')!
    const {renamed} = await decide('letter', 'Ron,/Ronn,', 'transcript')
    const {id, kind, reference, hypothesis, before, after} = good
    const old = {id, document: 'letter', page: null, kind, reference, hypothesis, before, after, tags: [], note: ''}
    expect(Object.keys(renamed.letter ?? {}).length).toBeGreaterThanOrEqual(0)
    const {answer} = await post('/api/decisions', {decisions: [{...old, verdict: 'transcript', reading: null}]})
    expect(answer.outcomes).toMatchObject([{id, status: 'written'}])
    expect(file('transcripts/letter.md')).toContain('gocd')
  })

  test('an edit outside is noticed: what was meant is found again, and undo keeps off', async () => {
    const {decide, file, post, get, root} = await served([letter])
    const first = await decide('letter', 'Ron,/Ronn,', 'transcript')
    const edited = file('transcripts/letter.md').replace('Margaret', 'Margaret Thatcher')
    writeFileSync(join(root, 'transcripts/letter.md'), edited)
    expect(await get('/api/state')).toMatchObject({revision: first.state.revision + 1})
    const undone = await post('/api/undo', {})
    expect(undone.status).toBe(409)
    expect(file('transcripts/letter.md')).toBe(edited)
    const next = await decide('letter', 'May,/June,', 'transcript')
    expect(next.outcomes).toMatchObject([{status: 'written'}])
    expect(file('transcripts/letter.md')).toBe(edited.replace('May', 'June'))
  })

  test('a transcript that is gone or broken is not written', async () => {
    const {decide, document, post, root} = await served([letter])
    const {decision} = await decide('letter', 'May,/June,', 'transcript', {}, true)
    writeFileSync(join(root, 'transcripts/letter.md'), new Uint8Array([0x44, 0xff, 0x45]))
    const {answer} = await post('/api/decisions', {decisions: [decision]})
    expect(answer.outcomes[0]?.reason).toContain('cannot be judged')
    expect((await document('letter')).report.status).toBe('incomplete')
  })

  test('what a second person decided is held against it', async () => {
    const {decide, get} = await served([letter])
    const {decision} = await decide('letter', 'May,/June,', 'transcript', {}, true)
    const other = {...decision, verdict: 'ocr' as const, author: 'B. Reader', date: '2026-11-23'}
    const second = await served([letter], {}, {others: [other]})
    await second.decide('letter', 'May,/June,', 'transcript')
    const state = (await second.get('/api/state')) as ReviewState
    expect(state.disagreements).toHaveLength(1)
    expect(state.disagreements[0]?.decisions.map(({author, verdict}) => [author, verdict])).toEqual([
      ['B. Reader', 'ocr'],
      ['A. Curator', 'transcript'],
    ])
    expect(((await get('/api/state')) as ReviewState).disagreements).toEqual([])
  })

  test('what a document’s ledger accepts is told with it', async () => {
    const {decide, document} = await served([letter])
    await decide('letter', 'May,/June,', 'editorial', {author: 'B. Reader', date: '2026-11-23', note: 'as agreed'})
    const {report, accepted} = await document('letter')
    const {id} = report.differences.find(({reference}) => reference.trim() === 'May,')!
    expect(accepted).toEqual({
      [id]: {verdict: 'editorial', reason: 'as agreed', author: 'B. Reader', date: '2026-11-23'},
    })
  })

  test('a control character that was typed is refused', async () => {
    const {decide, file} = await served([letter])
    const {outcomes} = await decide('letter', 'May,/June,', 'both', {reading: 'Ju\u001b[31mly,'})
    expect(outcomes[0]?.status).toBe('refused')
    expect(file('transcripts/letter.md')).toBe(letter.transcript)
  })
})

describe('a case against an edit', () => {
  const stamped: Texts = {
    ...letter,
    pages: {1: `TOP SECRET\n\n${letter.pages[1]}\n\nTOP SECRET`},
  }

  test('is a folder that the normalizer’s tests take', async () => {
    const {post, document, file} = await served([stamped])
    const {report} = await document('letter')
    expect(report.edits.map(({ruleId}) => ruleId)).toContain('strip-classification-banner')
    const {status, answer} = await post('/api/restore', {document: 'letter', edit: 0})
    expect(status).toBe(200)
    const {folder: place} = answer as unknown as {folder: string}
    expect(place).toBe('cases/letter-1-strip-classification-banner')
    expect(JSON.parse(file(`${place}/case.json`))).toMatchObject({profile: 'letter'})
    expect(file(`${place}/input.txt`)).toBe(stamped.pages[1])
    expect(file(`${place}/expected.txt`)).toContain('TOP SECRET')
    expect(JSON.parse(file(`${place}/expected-edits.json`))).toHaveLength(report.edits.length - 1)
    const again = await post('/api/restore', {document: 'letter', edit: 0})
    expect((again.answer as unknown as {folder: string}).folder).toBe(`${place}-2`)
  })

  test.each([
    ['an edit that is not there', {document: 'letter', edit: 99}, 409],
    ['a document that is not there', {document: '../letter', edit: 0}, 409],
    ['no number', {document: 'letter', edit: -1}, 400],
  ])('%s is refused', async (_, body, status) => {
    const {post} = await served([stamped])
    expect((await post('/api/restore', body)).status).toBe(status)
  })
})

test('a folder that stands in the way is told of, and nothing is half written', async () => {
  const {decide, file, root} = await served([letter])
  mkdirSync(join(root, 'reports/decisions.json'), {recursive: true})
  await expect(decide('letter', 'Ron,/Ronn,', 'transcript')).resolves.not.toHaveProperty('outcomes')
  expect(file('transcripts/letter.md')).toBe(letter.transcript)
  expect(readdirSync(join(root, 'transcripts'))).toEqual(['letter.md'])
})
