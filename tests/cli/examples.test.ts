import {execFileSync, spawnSync} from 'node:child_process'
import {chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {parseXml} from '../report/xml.ts'
import {folder, pageImage, scanproof} from './command.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const lines = ['Dear Mr. President:', '', 'We value the practice of exchanges of views.']
const clean = {CI: '', GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '', GITHUB_OUTPUT: ''}

interface Step {
  readonly run: string
  readonly env: Readonly<Record<string, string>>
}

/** A corpus that has been read and accepted, and in `bin/` an `npx` that runs this build in place of a package. */
let original: string

beforeAll(async () => {
  original = mkdtempSync(join(tmpdir(), 'scanproof-examples-'))
  mkdirSync(join(original, 'scans/letter'), {recursive: true})
  mkdirSync(join(original, 'transcripts'))
  mkdirSync(join(original, 'bin'))
  writeFileSync(join(original, 'scans/letter/1.png'), await pageImage(lines))
  writeFileSync(join(original, 'transcripts/letter.md'), `${lines.join('\n')}\n`)
  const npx = `#!/bin/sh
printf '%s\\n' "$*" >> "$NPX_LOG"
while [ "$1" != check ]; do shift; done
exec "${process.execPath}" "${join(project, 'dist/bin.cjs')}" "$@"
`
  writeFileSync(join(original, 'bin/npx'), npx)
  chmodSync(join(original, 'bin/npx'), 0o755)
  const args = ['accept', '--all', '--reason', 'for a test', '--author', 'A. Curator', '--root', original]
  const {status, stderr} = await scanproof(args, '', clean)
  expect(status, stderr).toBe(0)
})
afterAll(() => rmSync(original, {recursive: true, force: true}))

describe.skipIf(process.platform === 'win32')('the GitHub Action', () => {
  const action = parse(readFileSync(join(project, 'action.yml'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, {readonly default: string}>>
    readonly outputs: Readonly<Record<string, unknown>>
    readonly runs: {readonly using: string; readonly steps: readonly Step[]}
  }
  const [step] = action.runs.steps

  test('is a composite of one script, into which no input is pasted', () => {
    expect(action.runs.using).toBe('composite')
    expect(action.runs.steps).toHaveLength(1)
    expect(step?.run).not.toContain('${{')
  })

  test('passes, annotates nothing, and gives its exit code', () => {
    const {root, status, stdout, output, npx} = act({})
    expect(status, stdout).toBe(0)
    expect(output).toBe('exit-code=0\n')
    expect(stdout).toMatch(/^::stop-commands::/)
    expect(npx).toMatch(/^--yes -- scanproof@\d+\.\d+\.\d+ check --root \. /)
    expect(existsSync(join(root, 'reports'))).toBe(false)
  })

  test('annotates a regression, and writes the files that were asked for', () => {
    const {root, status, stdout, output} = act(
      {sarif: 'out/check.sarif', junit: 'out/junit.xml', markdown: 'out/comment.md', strict: 'true'},
      plant,
    )
    expect(status).toBe(1)
    expect(output).toBe('exit-code=1\n')
    expect(stdout).toMatch(/^::error file=transcripts\/letter\.md,line=3,col=39,endColumn=44,title=/m)
    expect(JSON.parse(readFileSync(join(root, 'out/check.sarif'), 'utf8')).runs[0].results).toHaveLength(1)
    expect(parseXml(readFileSync(join(root, 'out/junit.xml'), 'utf8')).attributes.failures).toBe('1')
    expect(readFileSync(join(root, 'out/comment.md'), 'utf8')).toContain('### Transcripts failed')
  })

  test('takes the version that is asked for, else the one installed here', () => {
    expect(act({version: '9.9.9'}).npx).toMatch(/^--yes -- scanproof@9\.9\.9 check/)
    const installed = act({}, root => {
      mkdirSync(join(root, 'node_modules/.bin'), {recursive: true})
      writeFileSync(join(root, 'node_modules/.bin/scanproof'), '')
    })
    expect(installed.npx).toMatch(/^--yes -- scanproof check/)
  })

  test('an input cannot become a command', () => {
    const evil = '$(touch pwned); `touch pwned` "; touch pwned; echo "'
    const {root, status} = act({root: evil, against: evil, version: evil, strict: evil, junit: evil})
    expect(status).toBe(2)
    expect(existsSync(join(root, 'pwned'))).toBe(false)
  })

  /** Runs the script as the runner would, in a copy of the corpus. */
  function act(inputs: Readonly<Record<string, string>>, change: (root: string) => void = () => {}) {
    const root = copy()
    change(root)
    const values = (text: string) =>
      text.replace(/\$\{\{ (?:inputs\.([\w-]+)|github\.(\w+)) \}\}/g, (_, input: string | undefined) =>
        input === undefined ? project : (inputs[input] ?? action.inputs[input]?.default ?? ''),
      )
    const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, value]) => [name, values(value)]))
    const output = join(root, 'bin/output')
    const runner = {
      ...env,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(root, 'bin/summary'),
    }
    const ended = bash(step?.run ?? '', root, runner)
    return {root, ...ended, output: readFileSync(output, 'utf8'), npx: readFileSync(join(root, 'bin/log'), 'utf8')}
  }
})

describe.skipIf(process.platform === 'win32')('the GitLab example', () => {
  const {transcripts: job} = parse(readFileSync(join(project, 'docs/examples/gitlab-ci.yml'), 'utf8')) as {
    readonly transcripts: {
      readonly script: readonly string[]
      readonly artifacts: {
        readonly when: string
        readonly paths: readonly string[]
        readonly reports: Readonly<Record<string, string>>
      }
    }
  }

  test.each([
    ['without a regression', 0, () => {}],
    ['with one', 1, plant],
  ] as const)('%s writes the reports that it names', (_, expected, change) => {
    const root = copy()
    change(root)
    const {status, stdout} = bash(job.script.join('\n'), root, {CI: 'true', GITLAB_CI: 'true'})
    expect(status, stdout).toBe(expected)
    expect(job.artifacts.when).toBe('always')
    const {junit, codequality} = job.artifacts.reports
    expect(parseXml(readFileSync(join(root, junit ?? ''), 'utf8')).attributes.failures).toBe(String(expected))
    expect(JSON.parse(readFileSync(join(root, codequality ?? ''), 'utf8'))).toHaveLength(expected)
    expect(job.artifacts.paths.some(path => existsSync(join(root, path)))).toBe(expected === 1)
  })
})

describe.skipIf(process.platform === 'win32')('the pre-commit examples', () => {
  test('the hook refuses a commit that makes a transcript worse, and no other', () => {
    const root = copy()
    git(root, 'init', '-q', '-b', 'main')
    git(root, 'add', 'scans', 'transcripts', 'ledger')
    git(root, 'commit', '-qm', 'one')
    cpSync(join(project, 'docs/examples/pre-commit'), join(root, '.git/hooks/pre-commit'))

    writeFileSync(join(root, 'notes.txt'), 'nothing to do with transcripts')
    git(root, 'add', 'notes.txt')
    expect(commit(root).status).toBe(0)
    expect(existsSync(join(root, 'bin/log'))).toBe(false)

    plant(root)
    git(root, 'add', 'transcripts')
    const refused = commit(root)
    expect(refused.status).toBe(1)
    expect(refused.stdout + refused.stderr).toContain('gate:new-difference')

    writeFileSync(join(root, 'transcripts/letter.md'), `${lines.join('\n')}\n\n`)
    git(root, 'add', 'transcripts')
    expect(commit(root).status).toBe(0)
  })

  test('the configuration for the framework runs the check for files of a corpus, once', () => {
    const {repos} = parse(readFileSync(join(project, 'docs/examples/pre-commit-config.yaml'), 'utf8'))
    const [hook] = repos[0].hooks
    expect(hook).toMatchObject({entry: 'scanproof check', language: 'node', pass_filenames: false})
    const files = new RegExp(hook.files)
    expect(['transcripts/a.md', 'scans/a/1.png', 'ledger/a.json', 'README.md'].map(name => files.test(name))).toEqual([
      true,
      true,
      true,
      false,
    ])
    const {version} = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
    expect(hook.additional_dependencies).toEqual([`scanproof@${version}`])
  })

  function commit(root: string) {
    const args = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '-m', 'change']
    return spawnSync('git', args, {cwd: root, encoding: 'utf8', env: environment(root)})
  }
})

test('the workflow uses the inputs that the action has', () => {
  const {jobs} = parse(readFileSync(join(project, 'docs/examples/github-workflow.yml'), 'utf8'))
  const {inputs} = parse(readFileSync(join(project, 'action.yml'), 'utf8'))
  const {version} = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  const step = jobs.check.steps.find(({uses}: {readonly uses: string}) => uses.includes('/scanproof@'))
  expect(step.uses).toBe(`OWNER/scanproof@v${version}`)
  expect(Object.keys(step.with).filter(name => !(name in inputs))).toEqual([])
})

function bash(script: string, root: string, env: NodeJS.ProcessEnv) {
  const {status, stdout, stderr} = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: root,
    encoding: 'utf8',
    env: {...environment(root), ...env},
  })
  return {status, stdout, stderr}
}

function environment(root: string): NodeJS.ProcessEnv {
  const path = `${join(root, 'bin')}${delimiter}${process.env.PATH ?? ''}`
  return {...process.env, ...clean, PATH: path, NPX_LOG: join(root, 'bin/log'), NO_COLOR: '1'}
}

function copy(): string {
  const root = folder()
  cpSync(original, root, {recursive: true})
  return root
}

function plant(root: string): void {
  writeFileSync(join(root, 'transcripts/letter.md'), `${lines.join('\n').replace('views', 'vows')}\n`)
}

function git(root: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=A. Curator', '-c', 'user.email=a@example.org']
  return execFileSync('git', [...identity, ...args], {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']})
}
