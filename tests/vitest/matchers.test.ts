import {spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {folder, pageImage, scanproof} from '../cli/command.ts'
import '../../src/vitest.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const lines = ['Dear Mr. President:', '', 'We value the practice of exchanges of views.', 'It should be continued.']
const notCi = {CI: '', GITHUB_ACTIONS: ''}

/** Two letters, read and accepted once; each test works on a copy. */
let original: string

beforeAll(async () => {
  original = mkdtempSync(join(tmpdir(), 'scanproof-matchers-'))
  mkdirSync(join(original, 'transcripts'))
  for (const [index, name] of ['letter', 'memo'].entries()) {
    mkdirSync(join(original, 'scans', name), {recursive: true})
    writeFileSync(join(original, 'scans', name, '1.png'), await pageImage(lines, index + 1))
    writeFileSync(join(original, 'transcripts', `${name}.md`), `${lines.join('\n')}\n`)
  }
  const args = ['accept', '--all', '--reason', 'for a test', '--author', 'A. Curator', '--root', original]
  const {status, stderr} = await scanproof(args, '', notCi)
  expect(status, stderr).toBe(0)
})
afterAll(() => rmSync(original, {recursive: true, force: true}))

describe('toMatchTranscript', () => {
  test('passes within the limit', async () => {
    const root = copy()
    await expect(`${root}/scans/letter`).toMatchTranscript(`${root}/transcripts/letter.md`, {
      maxCharacterErrorRate: 0.05,
    })
  })
  test('fails above it, with each difference at its place and the way to mend it', async () => {
    const root = copy()
    edit(root, 'exchanges of views', 'exchanges of vows')
    const message = await messageOf(() =>
      expect(`${root}/scans/letter`).toMatchTranscript(`${root}/transcripts/letter.md`, {maxCharacterErrorRate: 0.005}),
    )
    expect(message).toMatch(
      /^Expected scans\/letter to match .*transcripts\/letter\.md with a character error rate of at most 0\.50 %, found \d\.\d\d %/,
    )
    expect(message).toContain(
      `${relative(process.cwd(), root)}/transcripts/letter.md:3:39: of exchanges of [vows./views.] It should be`,
    )
    expect(message).toMatch(/scanproof run letter$/)
  })
  test('may be negated', async () => {
    const root = copy()
    edit(root, 'exchanges of views', 'anything but this')
    await expect(`${root}/scans/letter`).not.toMatchTranscript(`${root}/transcripts/letter.md`, {
      maxCharacterErrorRate: 0.01,
    })
    const message = await messageOf(() =>
      expect(`${root}/scans/letter`).not.toMatchTranscript(`${root}/transcripts/letter.md`, {
        maxCharacterErrorRate: 0.9,
      }),
    )
    expect(message).toMatch(/^Expected scans\/letter not to match/)
  })
  test('without a limit that of the settings holds', async () => {
    const root = copy()
    edit(root, 'exchanges of views', 'exchanges of vows')
    writeFileSync(join(root, 'scanproof.config.json'), '{"maxCharacterErrorRate": 0.5}')
    await expect(`${root}/scans/letter`).toMatchTranscript(`${root}/transcripts/letter.md`)
  })
  test('what cannot be judged fails, negated or not', async () => {
    const root = copy()
    writeFileSync(join(root, 'scans/letter/1.png'), 'no picture')
    const scan = `${root}/scans/letter`
    const transcript = `${root}/transcripts/letter.md`
    expect(await messageOf(() => expect(scan).toMatchTranscript(transcript))).toContain('Cannot judge')
    expect(await messageOf(() => expect(scan).not.toMatchTranscript(transcript))).toContain('Cannot judge')
  })
  test.each([
    ['another transcript', 'scans/letter', 'transcripts/memo.md', 'as the scan is'],
    ['a path that is no scan', 'letter', 'transcripts/letter.md', 'expected `<root>/scans/<document>`'],
    ['an unknown document', 'scans/lettre', 'transcripts/lettre.md', 'expected one of `letter`'],
  ])('%s is named', async (_, scan, transcript, message) => {
    expect(await messageOf(() => expect(join(original, scan)).toMatchTranscript(join(original, transcript)))).toContain(
      message,
    )
  })
  test('a value that is no path is named', async () => {
    expect(await messageOf(() => expect(42).toMatchTranscript('transcripts/letter.md'))).toContain('Unexpected number')
  })
})

describe('toHaveNoNewDifferences', () => {
  test('passes on what was accepted', async () => {
    await expect(`${copy()}/scans/letter`).toHaveNoNewDifferences()
  })
  test('fails on a planted error, with the text of the check', async () => {
    const root = copy()
    edit(root, 'exchanges of views', 'exchanges of vows')
    const message = await messageOf(() => expect(`${root}/scans/letter`).toHaveNoNewDifferences())
    expect(message).toContain('letter has new differences')
    expect(message).toContain('Unexpected `vows.` in the transcript, expected `views.`, as the scan was read')
    expect(message).toContain('scanproof accept letter#1:')
    await expect(`${root}/scans/letter`).not.toHaveNoNewDifferences()
  })
  test('a lost ledger fails, negated or not', async () => {
    const root = copy()
    rmSync(join(root, 'ledger'), {recursive: true})
    expect(await messageOf(() => expect(`${root}/scans/letter`).toHaveNoNewDifferences())).toContain('gate:no-ledger')
    expect(await messageOf(() => expect(`${root}/scans/letter`).not.toHaveNoNewDifferences())).toContain('Cannot judge')
  })
})

describe('as a user installs it', () => {
  test('corpusTest makes a test of every document, and one of the rest', () => {
    const root = copy()
    edit(root, 'exchanges of views', 'exchanges of vows')
    writeFileSync(
      join(root, 'ledger/gone.json'),
      readFileSync(join(root, 'ledger/memo.json'), 'utf8').replaceAll('memo', 'gone'),
    )
    const results = runVitest(root, `import {corpusTest} from 'scanproof/vitest'\nawait corpusTest()\n`)
    expect(results.map(({name, status}) => [name, status])).toEqual([
      ['letter', 'failed'],
      ['memo', 'passed'],
      ['the corpus as a whole', 'failed'],
    ])
    expect(results[0]?.message).toContain('transcripts/letter.md:3:39')
    expect(results[0]?.message).toContain('scanproof accept letter#1:')
    expect(results[2]?.message).toContain('git rm ledger/gone.json')
  })
  test('the matchers are registered by importing the module', () => {
    const results = runVitest(
      copy(),
      `import {expect, test} from 'vitest'
import 'scanproof/vitest'
test('letter', async () => {
  await expect('scans/letter').toMatchTranscript('transcripts/letter.md', {maxCharacterErrorRate: 0.05})
  await expect('scans/memo').toHaveNoNewDifferences()
})
`,
    )
    expect(results).toMatchObject([{name: 'letter', status: 'passed'}])
  })
})

/** Run a test file in a folder where this package and vitest are installed. */
function runVitest(root: string, source: string) {
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(project, join(root, 'node_modules/scanproof'), 'junction')
  symlinkSync(join(project, 'node_modules/vitest'), join(root, 'node_modules/vitest'), 'junction')
  writeFileSync(join(root, 'corpus.test.ts'), source)
  writeFileSync(join(root, 'package.json'), '{"type": "module"}')
  const {stdout, stderr} = spawnSync(
    process.execPath,
    [join(project, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', '--root', root],
    {cwd: root, encoding: 'utf8', env: {...process.env, ...notCi, VITEST: '', NODE_OPTIONS: ''}},
  )
  const start = stdout.indexOf('{"numTotalTestSuites"')
  if (start < 0) throw new Error(`${stdout}\n${stderr}`)
  const {testResults} = JSON.parse(stdout.slice(start)) as {
    readonly testResults: readonly {
      readonly message: string
      readonly assertionResults: readonly {
        readonly title: string
        readonly status: string
        readonly failureMessages: readonly string[]
      }[]
    }[]
  }
  return testResults.flatMap(({assertionResults, message}) => {
    if (assertionResults.length === 0) throw new Error(message)
    return assertionResults.map(({title, status, failureMessages}) => ({
      name: title,
      status,
      message: failureMessages.join('\n'),
    }))
  })
}

function copy(): string {
  const root = folder()
  cpSync(original, root, {recursive: true})
  return root
}

function edit(root: string, from: string, to: string): void {
  const file = join(root, 'transcripts/letter.md')
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(from)
  writeFileSync(file, text.replace(from, to))
}

async function messageOf(assertion: () => unknown): Promise<string> {
  try {
    await assertion()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('Unexpected success')
}
