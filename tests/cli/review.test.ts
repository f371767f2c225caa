import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import type {DecideAnswer, DocumentAnswer} from '../../src/review/api.ts'
import {folder, pageImage, scanproof, start} from './command.ts'

const lines = ['Dear Mr. President,', '', 'There should be exchanges of views', 'and we must meet in Geneva.']
const transcript =
  '# A letter\n\nDear *Mr.* President,\n\nThere should be exchange of view\nand we must meet in **Vienna**.\n'

test('what is decided in the browser’s server, and what apply makes of decisions.json, are the same tree', async () => {
  const root = folder({'scans/letter/1.png': await pageImage(lines), 'transcripts/letter.md': transcript})
  const out = folder()
  const server = start(['review', '--root', root, '--out', out, '--author', 'A. Curator'], {CI: ''})
  const url = await new Promise<URL>((resolve, reject) => {
    let told = ''
    server.child.stdout?.on('data', text => {
      told += text
      const found = /Review: (\S+)\n/.exec(told)?.[1]
      if (found !== undefined) resolve(new URL(found))
    })
    server.ended.then(({stderr}) => reject(new Error(stderr)))
  })
  const headers = {'x-scanproof-token': url.searchParams.get('token') ?? '', 'content-type': 'application/json'}
  const get = async (path: string) => (await fetch(new URL(path, url), {headers})).text()
  const before = folder()
  cpSync(root, before, {recursive: true})

  const decided = [
    ['Vienna.', 'transcript'],
    ['exchange', 'ocr'],
    ['view', 'transcript'],
  ] as const
  for (const [word, verdict] of decided) {
    const {report}: DocumentAnswer = JSON.parse(await get('/api/documents/letter'))
    const found = report.differences.find(difference => difference.reference.trim() === word)!
    const {id, kind, reference, hypothesis, before: left, after, scan} = found
    const decision = {
      id,
      document: 'letter',
      page: scan?.page ?? null,
      kind,
      reference,
      hypothesis,
      before: left,
      after,
    }
    const body = JSON.stringify({decisions: [{...decision, verdict, reading: null, tags: [], note: ''}]})
    const answer: DecideAnswer = await (
      await fetch(new URL('/api/decisions', url), {method: 'POST', headers, body})
    ).json()
    expect(answer.outcomes.map(({status, reason}) => reason ?? status)).toEqual(['written'])
  }
  // What the engine misread besides.
  const {report, accepted}: DocumentAnswer = JSON.parse(await get('/api/documents/letter'))
  const rest = report.differences.flatMap(({id, kind, reference, hypothesis, before: left, after, scan}) => {
    if (id in accepted) return []
    const difference = {
      id,
      document: 'letter',
      page: scan?.page ?? null,
      kind,
      reference,
      hypothesis,
      before: left,
      after,
    }
    return {...difference, verdict: 'ocr', reading: null, tags: [], note: ''}
  })
  if (rest.length > 0) {
    await fetch(new URL('/api/decisions', url), {method: 'POST', headers, body: JSON.stringify({decisions: rest})})
  }
  const amount = decided.length + rest.length
  const patch = await get('/api/patch')
  server.child.kill('SIGINT')
  expect((await server.ended).status).toBe(0)
  const written = readFileSync(join(root, 'transcripts/letter.md'), 'utf8')
  expect(written).toBe(transcript.replace('view', 'views').replace('Vienna', 'Geneva'))

  const decisions = join(out, 'reports/decisions.json')
  const dry = await scanproof(['apply', decisions, '--root', before, '--out', out, '--dry-run'])
  expect(dry.status).toBe(0)
  expect(dry.stdout).toBe(patch)
  expect(tree(before)).not.toEqual(tree(root))
  const applied = await scanproof(['apply', decisions, '--root', before, '--out', out], '', {CI: ''})
  expect(applied).toMatchObject({
    status: 0,
    stdout: `${amount} written, 0 unchanged, 0 refused, 0 disagreed on\n`,
    stderr: '',
  })
  expect(tree(before)).toEqual(tree(root))
  const again = await scanproof(['apply', decisions, '--root', before, '--out', out], '', {CI: ''})
  expect(again.stdout).toBe(`0 written, ${amount} unchanged, 0 refused, 0 disagreed on\n`)
  expect(tree(before)).toEqual(tree(root))
  expect((await scanproof(['check', '--root', root, '--out', out])).status).toBe(0)

  // A second person who found otherwise: neither is written, both are told.
  const second = readFileSync(decisions, 'utf8')
    .replaceAll('"A. Curator"', '"B. Reader"')
    .replace('"verdict":"ocr"', '"verdict":"editorial"')
  writeFileSync(join(out, 'second.json'), second)
  rmSync(join(before, 'ledger'), {recursive: true})
  writeFileSync(join(before, 'transcripts/letter.md'), transcript)
  const both = await scanproof(['apply', decisions, join(out, 'second.json'), '--root', before, '--out', out], '', {
    CI: '',
  })
  expect(both.status).toBe(3)
  expect(both.stdout).toBe(`${amount - 1} written, 0 unchanged, 0 refused, 1 disagreed on\n`)
  expect(both.stderr).toMatch(/A\. Curator decided `ocr` on .*, B\. Reader decided `editorial` on .*: settle it/)
  expect(readFileSync(join(before, 'transcripts/letter.md'), 'utf8')).toBe(written)
})

test.each([
  ['apply without a file', ['apply'], 'expected decisions.json'],
  ['a file that is not there', ['apply', 'none.json'], 'Cannot read `none.json`'],
  ['a port that is none', ['review', '--port', '70000'], '--port'],
  ['a port with letters', ['review', '--port', '0x10'], '--port'],
  ['decisions that are not there', ['review', '--author', 'A', '--decisions', 'none.json'], 'Cannot read `none.json`'],
])('%s is an error of the user', async (_, args, reason) => {
  const root = folder()
  mkdirSync(join(root, 'scans'))
  const {status, stderr} = await scanproof([...args, '--root', root], '', {CI: ''})
  expect(status).toBe(2)
  expect(stderr).toContain(reason)
  expect(existsSync(join(root, 'recognitions'))).toBe(false)
})

test('apply writes nothing in CI', async () => {
  const root = folder({'decisions.json': '{"schemaVersion": 1, "decisions": []}'})
  const {status, stderr} = await scanproof(['apply', join(root, 'decisions.json'), '--root', root], '', {CI: 'true'})
  expect(status).toBe(2)
  expect(stderr).toContain('--dry-run')
})

/** Every file below a folder but scans, with what it holds. */
function tree(root: string): Readonly<Record<string, string>> {
  const names = readdirSync(root, {recursive: true, encoding: 'utf8'}).filter(name => /\.(?:md|json)$/.test(name))
  return Object.fromEntries(names.sort().map(name => [name, readFileSync(join(root, name), 'utf8')]))
}

test('a case that review wrote is held against what cleanup does now', async () => {
  const root = folder({
    'cases/kept/case.json': '{"point": "`TOP SECRET` stays in a sentence", "profile": "letter"}',
    'cases/kept/input.txt': 'The file was marked TOP SECRET by the ministry.',
    'cases/kept/expected.txt': 'The file was marked TOP SECRET by the ministry.',
    'cases/stripped/case.json': '{"point": "`TOP SECRET` stays", "profile": "letter"}',
    'cases/stripped/input.txt': 'TOP SECRET\n\nDear Ron,\n\nIt was good to see you.\n\nTOP SECRET',
    'cases/stripped/expected.txt': 'TOP SECRET\n\nDear Ron,\n\nIt was good to see you.\n\nTOP SECRET',
  })
  const kept = await scanproof(['clean', '--case', join(root, 'cases/kept')])
  expect(kept).toMatchObject({status: 0, stdout: 'As expected: `TOP SECRET` stays in a sentence\n'})
  const stripped = await scanproof(['clean', '--case', join(root, 'cases/stripped')])
  expect(stripped.status).toBe(1)
  expect(stripped.stdout).toContain('-TOP SECRET')
  expect((await scanproof(['clean', '--case', root])).status).toBe(2)
})
