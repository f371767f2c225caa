import {execFileSync} from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {parseReport} from '../../src/report/schema.ts'
import {parseXml} from '../report/xml.ts'
import {type Ended, folder, pageImage, scanproof} from './command.ts'

const first = ['Dear Mr. President:', '', 'We value the practice of exchanges of views.', 'It should be continued.']
const second = ['I hope that you will have felt from this letter', 'that we attach great importance to our relations.']
const transcript = `---
title: A letter
---

${first.join('\n')}

${second.join('\n')}
`

/** A corpus that has been read and accepted once; each test works on a copy. */
let original: string

beforeAll(async () => {
  original = mkdtempSync(join(tmpdir(), 'scanproof-check-'))
  write(original, 'scans/letter/1.png', await pageImage(first))
  write(original, 'scans/letter/2.png', await pageImage(second, 2))
  // An error that is there from the start, so that the ledger is not empty.
  write(original, 'transcripts/letter.md', transcript.replace('great importance', 'great lmportance'))
  const {status, stderr} = await accept(original, ['letter', '--verdict', 'transcript'])
  expect(status, stderr).toBe(0)
})
afterAll(() => rmSync(original, {recursive: true, force: true}))

describe('check', () => {
  test('what was accepted passes, reads nothing again and writes nothing', async () => {
    const root = copy()
    const before = listing(root)
    const {status, stdout, stderr} = await check(root)
    expect(status, stderr).toBe(0)
    expect(stderr).toBe('')
    expect(stdout).toContain('1 of the documents unchanged')
    expect(stdout).toContain('Verdict: passed (0 regressions)')
    expect(listing(root)).toEqual(before)
    expect((await check(root, ['--strict'])).status).toBe(0)
  })

  test('a planted error fails with 1, at its place, and ends with the command that would accept it', async () => {
    const root = copy()
    edit(root, 'exchanges of views', 'exchanges of vows')
    const {status, stdout} = await check(root)
    expect(status).toBe(1)
    expect(stdout).toMatch(/regression {2}\S*transcripts\/letter\.md:7:39 \(page letter\/1\) {2}gate:new-difference/)
    expect(stdout).toContain('Unexpected `vows.` in the transcript, expected `views.`, as the scan was read')
    const [, folder, target] =
      /^ {2}cd (\S+) && scanproof accept (letter#1:[0-9a-f]{16}) --reason "\.\.\."$/m.exec(stdout) ?? []
    expect(resolve(folder ?? '')).toBe(root)
    expect((await accept(root, [target ?? ''])).status).toBe(0)
    expect((await check(root)).status).toBe(0)
  })

  test('a mended transcript is an improvement: 0, with --strict 1, until it is banked', async () => {
    const root = copy()
    edit(root, 'great lmportance', 'great importance')
    const {status, stdout} = await check(root)
    expect(status).toBe(0)
    expect(stdout).toContain('scanproof accept --improved')
    expect((await check(root, ['--strict'])).status).toBe(1)
    const banked = await scanproof(['accept', '--improved', '--root', root], '', notCi)
    expect(banked.stdout).toContain('dropped 1 gone')
    expect((await check(root, ['--strict'])).status).toBe(0)
  })

  test('a lost ledger is 3, never 0', async () => {
    const root = copy()
    rmSync(join(root, 'ledger'), {recursive: true})
    const {status, stdout} = await check(root)
    expect(status).toBe(3)
    expect(stdout).toContain('gate:no-ledger')
    expect(stdout).toMatch(/^ {2}cd \S+ && scanproof accept letter --reason "\.\.\."$/m)
  })

  test('a damaged ledger is 2, and says how to restore it', async () => {
    const root = copy()
    writeFileSync(join(root, 'ledger/letter.json'), '{"schemaVersion": 1')
    const {status, stderr} = await check(root)
    expect(status).toBe(2)
    expect(stderr).toContain('git checkout -- ledger/letter.json')
  })

  test('a page that is gone is 3', async () => {
    const root = copy()
    rmSync(join(root, 'scans/letter/2.png'))
    const {status, stdout} = await check(root)
    expect(status).toBe(3)
    expect(stdout).toContain('gate:missing-page')
  })

  test('a reading that changed by itself is 3', async () => {
    const root = copy()
    const file = join(root, 'recognitions/letter/1.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"practice"', '"pract1ce"'))
    const {status, stdout} = await check(root)
    expect(status).toBe(3)
    expect(stdout).toContain('gate:unexplained-change')
    expect(stdout).toContain('rm recognitions/letter/1.json && scanproof check letter')
  })

  test('a limit that is exceeded is 1', async () => {
    const root = copy()
    writeFileSync(join(root, 'scanproof.config.json'), '{"maxCharacterErrorRate": 0.000001}')
    const {status, stdout} = await check(root)
    expect(status).toBe(1)
    expect(stdout).toContain('gate:limit')
  })

  test('where CI is set nothing is written, even when pages must be read', async () => {
    const root = copy()
    rmSync(join(root, 'recognitions'), {recursive: true})
    const before = listing(root)
    const {status, stderr} = await check(root, [], {CI: 'true'})
    expect(status, stderr).toBe(0)
    expect(stderr).toContain('Reading 2 pages')
    expect(listing(root)).toEqual(before)
  })

  test('several formats at once, and pictures of what failed beside JUnit', async () => {
    const root = copy()
    edit(root, 'exchanges of views', 'exchanges of vows')
    const out = folder()
    const formats = ['ndjson', 'markdown', 'sarif', 'gitlab', 'tap', 'github-action-benchmark', 'html', 'json']
    const {status, stdout} = await check(root, [
      ...formats.flatMap(name => ['--format', `${name}:${join(out, name)}`]),
      ...['--format', `junit:${join(out, 'junit.xml')}`, '--format', 'text'],
    ])
    expect(status).toBe(1)
    expect(stdout).toContain('Verdict: failed')
    for (const name of formats.filter(name => name !== 'github-action-benchmark')) {
      expect(readFileSync(join(out, name), 'utf8'), name).toContain('vows')
    }
    expect(JSON.parse(readFileSync(join(out, 'github-action-benchmark'), 'utf8'))).toHaveLength(2)
    expect(parseReport(readFileSync(join(out, 'json'), 'utf8')).verdict.gate?.judgements).toHaveLength(1)
    const junit = readFileSync(join(out, 'junit.xml'), 'utf8')
    expect(parseXml(junit).attributes).toMatchObject({tests: '2', failures: '1'})
    const [picture] = readdirSync(join(out, 'junit-crops'))
    expect(junit).toContain(`${picture}]]`)
    expect(
      readFileSync(join(out, 'junit-crops', picture ?? ''))
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  test('two formats on standard output are refused', async () => {
    const {status, stderr} = await check(copy(), ['--format', 'text', '--format', 'tap'])
    expect(status).toBe(2)
    expect(stderr).toContain('NAME:FILE')
  })

  test('on GitHub Actions: text that can hold no command, annotations, and a job summary', async () => {
    const root = copy()
    edit(root, 'exchanges of views', 'exchanges of ::error::vows')
    const summary = join(folder(), 'summary.md')
    const {status, stdout, stderr} = await check(root, [], {
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
    })
    expect(status, stderr).toBe(1)
    expect(stdout).toMatch(/^::stop-commands::(\w{64})\n[\s\S]*\n::\1::\n::error file=[^\n]*,line=7,col=39,[^\n]*\n$/)
    expect(readFileSync(summary, 'utf8')).toContain('### Transcripts failed: 1 regression')
  })

  test('a history grows by a line a check, with its picture', async () => {
    const root = copy()
    const file = join(folder(), 'history.ndjson')
    await check(root, ['--history', file])
    await check(root, ['--history', file])
    expect(readFileSync(file, 'utf8').match(/"status":"passed"/g)).toHaveLength(2)
    expect(parseXml(readFileSync(`${file}.svg`, 'utf8')).name).toBe('svg')
  })
})

describe('in a git repository', () => {
  test('drift since a tag, in a clone of depth 1 with a detached head', async () => {
    const root = copy()
    git(root, 'init', '-q', '-b', 'main')
    git(root, 'add', '.')
    git(root, 'commit', '-qm', 'one')
    git(root, 'tag', 'v1')
    edit(root, 'exchanges of views', 'changes of views')
    await accept(root, ['--all'])
    git(root, 'commit', '-qam', 'two')
    expect((await check(root)).status).toBe(0)
    const drifted = await check(root, ['--against', 'v1'])
    expect(drifted.status).toBe(1)
    expect(drifted.stdout).toMatch(/^Since v1: \+\d+\.\d\d points over 2 pages$/m)
    expect(drifted.stdout).toContain('gate:drift')

    const shallow = join(folder(), 'clone')
    git(root, 'clone', '-q', '--depth', '1', '--no-tags', `file://${root}`, shallow)
    git(shallow, 'checkout', '-q', '--detach')
    expect((await check(shallow, [], {CI: 'true'})).status).toBe(0)
    const unknown = await check(shallow, ['--against', 'v1'], {CI: 'true'})
    expect(unknown.status).toBe(2)
    expect(unknown.stderr).toContain('git fetch --depth 1 origin tag v1')
    git(shallow, 'fetch', '-q', '--depth', '1', 'origin', 'tag', 'v1')
    expect((await check(shallow, ['--against', 'v1'], {CI: 'true'})).status).toBe(1)
  })

  test('accepting one page changes only the lines of that page', async () => {
    const root = copy()
    git(root, 'init', '-q', '-b', 'main')
    git(root, 'add', '.')
    git(root, 'commit', '-qm', 'one')
    edit(root, 'exchanges of views', 'changes of views')
    edit(root, 'you will have felt', 'you will have fell')
    await accept(root, ['letter#2'])
    const lines = readFileSync(join(root, 'ledger/letter.json'), 'utf8').split('\n')
    const page = lines.findIndex(line => line.includes('"page": "letter/2"'))
    const changed = [...git(root, 'diff', '-U0', 'ledger').matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)/gm)].map(match =>
      Number(match[1]),
    )
    expect(changed.length).toBeGreaterThan(0)
    expect(changed.every(line => line > page)).toBe(true)
    expect((await check(root)).stdout.match(/^regression/gm)).toHaveLength(1)
  })
})

describe('accept', () => {
  test.each([
    ['without a target', [], 'expected one of <document>[#page[:difference]], --all or --improved'],
    ['with two kinds of target', ['letter', '--all'], 'mix of targets'],
    ['without a reason', ['--all'], 'expected --reason'],
    ['with the reason of the example', ['--all', '--reason', '...'], 'expected --reason'],
    ['a verdict that is none', ['--all', '--reason', 'r', '--verdict', 'fine'], 'expected one of ocr, transcript'],
    ['an unknown document', ['lettre', '--reason', 'r'], 'expected one of `letter`'],
    ['an unknown page', ['letter#3', '--reason', 'r'], 'expected one of `letter/1`, `letter/2`'],
    ['an unknown difference', ['letter#1:0000000000000000', '--reason', 'r'], 'expected one that `letter` has now'],
  ])('%s: exit code 2 and what was expected', async (_, args, message) => {
    const root = copy()
    const {status, stderr} = await scanproof(['accept', ...args, '--author', 'A', '--root', root], '', notCi)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
    expect(readFileSync(join(root, 'ledger/letter.json'))).toEqual(readFileSync(join(original, 'ledger/letter.json')))
  })

  test('is refused where CI is set: a person decides', async () => {
    const {status, stderr} = await accept(copy(), ['--all'], {CI: 'true'})
    expect(status).toBe(2)
    expect(stderr).toContain('expected a person who decides')
  })

  test('takes the author from git, and asks where there is none', async () => {
    const root = copy()
    edit(root, 'exchanges of views', 'changes of views')
    const home = {...notCi, HOME: root, XDG_CONFIG_HOME: root, GIT_CONFIG_NOSYSTEM: '1'}
    const args = ['accept', 'letter#1', '--reason', 'r', '--root', root]
    const nobody = await scanproof(args, '', home)
    expect(nobody.status).toBe(2)
    expect(nobody.stderr).toContain('--author')
    writeFileSync(join(root, '.gitconfig'), '[user]\n\tname = Jürgen Q. Archivist\n')
    expect((await scanproof(args, '', home)).status).toBe(0)
    expect(readFileSync(join(root, 'ledger/letter.json'), 'utf8')).toContain('"author": "Jürgen Q. Archivist"')
  })

  test('a document that cannot be judged is not accepted', async () => {
    const root = copy()
    writeFileSync(join(root, 'scans/letter/2.png'), 'no picture')
    const {status, stderr} = await accept(root, ['letter'])
    expect(status).toBe(2)
    expect(stderr).toContain('could not be judged')
  })

  test('writes the date of today and the verdict given', () => {
    const text = readFileSync(join(original, 'ledger/letter.json'), 'utf8')
    expect(text).toMatch(
      /"hypothesis": "importance", .*"verdict": "transcript", "reason": "for a test", "author": "A\. Curator", "date": "\d{4}-\d\d-\d\d"/,
    )
  })
})

const notCi = {CI: '', GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: ''}

function check(root: string, args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return scanproof(['check', '--root', root, ...args], '', {...notCi, ...environment})
}

function accept(root: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const flags = ['--reason', 'for a test', '--author', 'A. Curator', '--root', root]
  return scanproof(['accept', ...args, ...flags], '', {...notCi, ...environment})
}

function copy(): string {
  const root = folder()
  cpSync(original, root, {recursive: true})
  return root
}

function write(root: string, name: string, content: string | Uint8Array): void {
  mkdirSync(join(root, name, '..'), {recursive: true})
  writeFileSync(join(root, name), content)
}

function edit(root: string, from: string, to: string): void {
  const file = join(root, 'transcripts/letter.md')
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(from)
  writeFileSync(file, text.replace(from, to))
}

/** Every file with its time and size. */
function listing(root: string): readonly string[] {
  return readdirSync(root, {recursive: true, encoding: 'utf8'})
    .filter(name => existsSync(join(root, name)))
    .map(name => {
      const {mtimeMs, size} = statSync(join(root, name))
      return `${name} ${mtimeMs} ${size}`
    })
    .sort()
}

function git(root: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=A. Curator', '-c', 'user.email=a@example.org', '-c', 'protocol.file.allow=always']
  return execFileSync('git', [...identity, ...args], {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']})
}
