import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {folder, inside, pageImage, scanproof} from './command.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

/** A corpus of five pages, one of them torn, as one machine has read it into `alone/`; `bin/` holds an `npx`. */
let original: string
let whole: ReadonlyMap<string, string>

beforeAll(async () => {
  original = mkdtempSync(join(tmpdir(), 'scanproof-shards-'))
  const put = (name: string, content: string | Uint8Array) => {
    mkdirSync(join(original, name, '..'), {recursive: true})
    writeFileSync(join(original, name), content)
  }
  const lines = ['Dear Mr. President:', '', 'We value the practice of exchanges of views.']
  const image = await pageImage(lines)
  put('scans/letter/1.png', image)
  put('scans/letter/2.png', await pageImage(['It should be continued.'], 2))
  put('scans/letter/10.png', await pageImage(['Sincerely yours,', 'M. Gorbachev'], 3))
  put('scans/note/1.png', await pageImage(['A note to the file.'], 4))
  put('scans/torn/1.png', image.subarray(0, 400))
  put('transcripts/letter.md', `${lines.join('\n')} It should be continued.\n\nSincerely yours,\nM. Gorbachev\n`)
  put('transcripts/torn.md', 'Torn.\n')
  put('transcripts/lost.md', 'Without a scan.\n')
  const npx = `#!/bin/sh
while [ "$1" != scanproof ]; do shift; done
shift
exec "${process.execPath}" "${join(project, 'dist/bin.cjs')}" "$@"
`
  put('bin/npx', npx)
  chmodSync(join(original, 'bin/npx'), 0o755)
  const {status, stderr} = await scanproof(['run', '--root', original, '--out', join(original, 'alone')])
  expect(status, stderr).toBe(3)
  whole = reportsOf(join(original, 'alone'))
  expect([...whole.keys()]).toContain('report.json')
})
afterAll(() => rmSync(original, {recursive: true, force: true}))

test('two machines and a third that merges give what one alone gives, byte for byte', async () => {
  const root = copy()
  const plan = join(root, 'elsewhere/plan.ndjson')
  const planned = await scanproof(['plan', '--root', root, '--plan', plan])
  expect(planned.stderr).toBe('')
  expect(planned.stdout).toMatch(/^Plan [0-9a-f]{12}: 5 pages of 3 documents, about [\d.]+ hours on one core: /)
  expect(readFileSync(plan, 'utf8')).toContain('{"page":"letter/10","file":"scans/letter/10.png","format":"png"')
  for (const shard of ['2/2', '1/2']) {
    const out = join(root, 'parts', shard.replace('/', '-'))
    const {status, stdout, stderr} = await scanproof([
      'run',
      '--root',
      root,
      '--plan',
      plan,
      '--shard',
      shard,
      '--out',
      out,
    ])
    expect(status, stderr).toBe(0)
    expect(stdout).toMatch(/^Shard \d\/2: [23] pages/)
  }
  const merged = join(root, 'merged')
  const args = ['merge', join(root, 'parts'), '--root', root, '--plan', plan, '--out', merged]
  const {status, stdout, stderr} = await scanproof(args)
  expect(status, stderr).toBe(3)
  expect(stdout).toContain('letter')
  expect(reportsOf(merged)).toEqual(whole)
  expect(readdirSync(join(merged, 'recognitions/letter')).sort()).toEqual(['1.json', '10.json', '2.json'])

  // Nothing is left to be read, but for the torn page.
  const after = await scanproof(['run', '--root', root, '--out', merged])
  expect(after.stderr).toContain('Reading 1 page, 4 read before')
  expect(reportsOf(merged)).toEqual(whole)
})

test('a corpus that two machines list is planned alike, and a file more gives another plan', async () => {
  const [one, two] = [copy(), copy()]
  await inside('plan', '--root', one)
  await inside('plan', '--root', two)
  const text = readFileSync(join(one, 'plan.ndjson'), 'utf8')
  expect(readFileSync(join(two, 'plan.ndjson'), 'utf8')).toBe(text)
  cpSync(join(two, 'scans/note/1.png'), join(two, 'scans/note/2.png'))
  await inside('plan', '--root', two)
  expect(readFileSync(join(two, 'plan.ndjson'), 'utf8')).not.toBe(text)
})

test('the merge of seven shards, two of them without a page, made in any order, is what one alone gives', async () => {
  const root = copy({read: true})
  for (const shard of [3, 6, 1, 7, 2, 5, 4]) await readShard(root, `${shard}/7`)
  const {status} = await inside('merge', join(root, 'results'), '--root', root, '--out', join(root, 'merged'))
  expect(status).toBe(3)
  expect(reportsOf(join(root, 'merged'))).toEqual(whole)
})

test('what another program read takes the place of the engine, in shards as in a run', async () => {
  const root = copy({read: true})
  const readings = join(root, 'other')
  mkdirSync(join(readings, 'letter'), {recursive: true})
  mkdirSync(join(readings, 'note'))
  writeFileSync(join(readings, 'letter/2.txt'), 'Talks continued in Geneva.')
  writeFileSync(join(readings, 'note/1.xml'), '<alto')
  rmSync(join(root, 'results/recognitions/letter/2.json'))
  const one = join(root, 'one')
  cpSync(join(original, 'alone/recognitions'), join(one, 'recognitions'), {recursive: true})
  const alone = await inside('run', '--root', root, '--out', one, '--readings', readings)
  expect(alone.status, alone.stderr).toBe(3)
  expect(reportsOf(one)).not.toEqual(whole)

  for (const shard of ['1/2', '2/2']) await readShard(root, shard, '--readings', readings)
  expect(existsSync(join(root, 'results/recognitions/letter/2.json'))).toBe(false)
  const merge = (...more: string[]) =>
    inside('merge', join(root, 'results'), '--root', root, '--out', join(root, 'merged'), ...more)
  const without = await merge()
  expect(without.status).toBe(3)
  expect(without.stderr).toContain("left to another program's reading, which is not here: `letter/2`, `note/1`")
  expect(existsSync(join(root, 'merged/reports/report.json'))).toBe(false)
  const merged = await merge('--readings', readings)
  expect(merged.status, merged.stderr).toBe(3)
  expect(reportsOf(join(root, 'merged'))).toEqual(reportsOf(one))
})

test('shards take the second look as well: the merge needs no scan for it, and takes a look that is damaged anew', async () => {
  const root = copy({read: true})
  const letter = join(root, 'transcripts/letter.md')
  writeFileSync(letter, readFileSync(letter, 'utf8').replace('practice', 'practise'))
  const one = join(root, 'one')
  cpSync(join(original, 'alone/recognitions'), join(one, 'recognitions'), {recursive: true})
  await inside('run', '--root', root, '--out', one)
  await inside('plan', '--root', root)
  const plan = join(root, 'plan.ndjson')
  for (const shard of ['1/2', '2/2']) await readShard(root, shard, '--plan', plan)
  const look = join(root, 'results/recognitions/letter/1.looks.json')
  expect(readFileSync(look, 'utf8')).toMatch(/"practice"/)
  const merge = (out: string) =>
    inside('merge', join(root, 'results'), '--root', root, '--plan', plan, '--out', join(root, out))

  renameSync(join(root, 'scans'), join(root, 'away'))
  expect((await merge('merged')).status).toBe(3)
  const report = 'reports/report.json'
  expect(readFileSync(join(root, 'merged', report), 'utf8')).toBe(readFileSync(join(one, report), 'utf8'))

  renameSync(join(root, 'away'), join(root, 'scans'))
  change(look, /"practice"/g, '"practise"')
  expect((await merge('mended')).status).toBe(3)
  expect(reportsOf(join(root, 'mended'))).toEqual(reportsOf(one))
})

describe('a merge that is not whole says what is wrong, writes no report, and ends with 3', () => {
  let root: string
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'scanproof-shards-'))
    cpSync(original, root, {recursive: true})
    cpSync(join(root, 'alone/recognitions'), join(root, 'results/recognitions'), {recursive: true})
    for (const shard of ['1/2', '2/2']) await readShard(root, shard)
  })
  afterAll(() => rmSync(root, {recursive: true, force: true}))

  const first = 'results/shards/1-of-2.json'
  test.each<[string, (copy: string) => void, readonly string[]]>([
    ['a shard is missing', copy => rmSync(join(copy, first)), ['missing 1 shard: `1/2`', 'missing 2 pages: `']],
    [
      'a shard is there twice',
      copy => cpSync(join(copy, first), join(copy, 'results/shards/again.json')),
      ['more than once shard `1/2`: `', 'more than once 2 pages'],
    ],
    ['a shard is torn', copy => writeFileSync(join(copy, first), '{"schemaV'), ['1-of-2.json', 'missing 1 shard']],
    [
      'a shard is of another version',
      copy => change(join(copy, first), /"toolVersion":"[^"]*"/, '"toolVersion":"9.9.9"'),
      ['by scanproof `9.9.9`, expected', 'missing 2 pages'],
    ],
    [
      'a scan was changed since',
      copy => cpSync(join(copy, 'scans/note/1.png'), join(copy, 'scans/letter/1.png')),
      ['is of another plan'],
    ],
    [
      'a recognition is gone',
      copy => rmSync(join(copy, 'results/recognitions/letter/2.json')),
      ['missing or damaged: `letter/2`'],
    ],
    [
      'a recognition is not the one that was read',
      copy => change(join(copy, 'results/recognitions/letter/2.json'), 'continued', 'discontinued'),
      ['missing or damaged: `letter/2`'],
    ],
    [
      'there are no shards',
      copy => rmSync(join(copy, 'results/shards'), {recursive: true}),
      ['no shard in `', 'missing 5 pages'],
    ],
  ])('%s', async (_, harm, reasons) => {
    const harmed = folder()
    cpSync(root, harmed, {recursive: true})
    harm(harmed)
    const out = join(harmed, 'merged')
    const {status, stdout, stderr} = await inside('merge', join(harmed, 'results'), '--root', harmed, '--out', out)
    expect(status, stderr).toBe(3)
    for (const reason of reasons) expect(stderr).toContain(reason)
    expect(stdout).toBe('')
    expect(existsSync(join(out, 'reports/report.json'))).toBe(false)
  })

  test('a hostile name in a shard reaches neither the terminal nor the file system', async () => {
    const harmed = folder()
    cpSync(root, harmed, {recursive: true})
    change(join(harmed, first), /"page":"[^"]*"/, '"page":"../../../\\u001b[2Jetc/passwd"')
    const {status, stderr} = await inside(
      'merge',
      join(harmed, 'results'),
      '--root',
      harmed,
      '--out',
      join(harmed, 'm'),
    )
    expect(status).toBe(3)
    expect(stderr).toContain('not in the plan 1 page')
    expect(stderr).not.toContain('\u001B')
  })
})

test.each([
  [['run', '--shard', '0/2'], '--shard `0/2`'],
  [['run', '--shard', '1/2', 'letter'], '`scanproof plan`'],
  [['run', '--shard', '1/2', '--json'], '`scanproof merge`'],
  [['run', '--plan', 'x'], '--plan without --shard'],
  [['run', '--shard', '1/2', '--plan', 'no.ndjson'], 'no.ndjson'],
  [['merge', 'nowhere'], '`nowhere`'],
  [['plan', 'nobody'], '`nobody`'],
])('%j is a usage error that says what to do', async (args, reason) => {
  const {status, stderr} = await inside(...args, '--root', original, '--out', folder())
  expect(status).toBe(2)
  expect(stderr).toContain(reason)
})

test('a plan of another version is refused by a shard', async () => {
  const root = copy()
  await inside('plan', '--root', root)
  const file = join(root, 'plan.ndjson')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"toolVersion":"[^"]*"/, '"toolVersion":"9.9.9"'))
  const {status, stderr} = await inside('run', '--root', root, '--plan', file, '--shard', '1/1')
  expect(status).toBe(2)
  expect(stderr).toContain('plan by scanproof `9.9.9`')
})

describe.skipIf(process.platform === 'win32')('the examples', () => {
  const example = (name: string) => readFileSync(join(project, 'docs/examples', name), 'utf8')
  // Two shards are as good as eight, and quicker.
  const shards = ['1', '2']

  test('xargs', () => {
    const root = copy({read: true})
    const script = example('shards-xargs.sh')
    expect(script).toContain('seq 8 |')
    expect(script).toContain("'{}/8'")
    const ended = shell(script.replace('seq 8', 'seq 2').replace('{}/8', '{}/2'), root, {})
    expect(ended.status, ended.stderr).toBe(3)
    expect(reportsOf(join(root, 'merged'))).toEqual(whole)
  })

  test('a Slurm array: the script of each task, then the merge that it names', () => {
    const root = copy({read: true})
    const script = example('shards-slurm.sh')
    expect(script).toMatch(/^#SBATCH --array=1-8$/m)
    expect(shell('npx scanproof plan', root, {}).status).toBe(0)
    for (const task of shards) {
      const env = {SLURM_ARRAY_TASK_ID: task, SLURM_ARRAY_TASK_COUNT: '2', SLURM_CPUS_PER_TASK: '2'}
      const ended = shell(script, root, env)
      expect(ended.status, ended.stderr).toBe(0)
    }
    expect(shell(`npx ${/Afterwards: (.*)$/m.exec(script)?.[1]}`, root, {}).status).toBe(3)
    expect(reportsOf(join(root, 'merged'))).toEqual(whole)
  })

  test('a Kubernetes indexed Job: the command of each index, then the merge that it names', () => {
    const root = copy({read: true})
    const text = example('shards-kubernetes.yaml')
    const {spec} = parse(text)
    const [container] = spec.template.spec.containers
    expect([spec.completionMode, String(spec.completions)]).toEqual(['Indexed', container.env[0].value])
    expect(shell('npx scanproof plan', root, {}).status).toBe(0)
    for (const index of shards.keys()) {
      const env = {JOB_COMPLETION_INDEX: String(index), [container.env[0].name]: '2'}
      const ended = spawnSync(container.command[0], [container.command[1], container.args[0]], {
        cwd: root,
        encoding: 'utf8',
        env: environment(root, env),
      })
      expect(ended.status, ended.stderr).toBe(0)
    }
    expect(shell(`npx ${/`(scanproof merge [^`]*)`/.exec(text)?.[1]}`, root, {}).status).toBe(3)
    expect(reportsOf(join(root, 'merged'))).toEqual(whole)
  })

  test('a GitHub matrix: the steps of each job, with artifacts laid as the actions lay them', () => {
    const root = copy({read: true})
    const {jobs} = parse(example('shards-github.yml'))
    expect(jobs.shard.strategy.matrix.shard).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    const runOf = (job: {steps: readonly {run?: string}[]}) => job.steps.find(({run}) => run !== undefined)
    const step = runOf(jobs.shard)
    expect(step).toMatchObject({env: {SHARD: '$\u007b{ matrix.shard }}', SHARDS: '$\u007b{ strategy.job-total }}'}})
    for (const shard of shards) {
      cpSync(join(root, 'results'), join(root, 'part'), {recursive: true})
      const ended = shell(step?.run ?? '', root, {SHARD: shard, SHARDS: '2'})
      expect(ended.status, ended.stderr).toBe(0)
      cpSync(join(root, 'part'), join(root, `parts/shard-${shard}`), {recursive: true})
      rmSync(join(root, 'part'), {recursive: true})
    }
    expect(shell(runOf(jobs.merge)?.run ?? '', root, {}).status).toBe(3)
    expect(reportsOf(join(root, 'merged'))).toEqual(whole)
  })

  test('GitLab parallel: the script of each job, with artifacts in place', () => {
    const root = copy({read: true})
    const {shard, merge} = parse(example('shards-gitlab-ci.yml'))
    expect(shard.parallel).toBe(8)
    for (const index of shards) {
      cpSync(join(root, 'results'), join(root, `parts/${index}`), {recursive: true})
      const env = {CI: 'true', CI_NODE_INDEX: index, CI_NODE_TOTAL: '2'}
      const ended = shell(shard.script.join('\n'), root, env)
      expect(ended.status, ended.stderr).toBe(0)
    }
    expect(shell(merge.script.join('\n'), root, {CI: 'true'}).status).toBe(3)
    expect(reportsOf(join(root, 'merged'))).toEqual(whole)
  })
})

/** A copy of the corpus, gone after the test; with `read`, its pages lie in `results/` as read. */
function copy({read = false} = {}): string {
  const root = folder()
  for (const name of ['scans', 'transcripts', 'bin']) cpSync(join(original, name), join(root, name), {recursive: true})
  if (read) cpSync(join(original, 'alone/recognitions'), join(root, 'results/recognitions'), {recursive: true})
  return root
}

function change(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, 'utf8')
  expect(text).toMatch(from)
  writeFileSync(file, text.replace(from, to))
}

async function readShard(root: string, shard: string, ...more: readonly string[]): Promise<void> {
  const args = ['run', '--root', root, '--shard', shard, '--out', join(root, 'results'), ...more]
  const {status, stderr} = await inside(...args)
  expect(status, stderr).toBe(0)
}

function shell(script: string, root: string, env: Readonly<Record<string, string>>) {
  return spawnSync('bash', ['-c', script], {cwd: root, encoding: 'utf8', env: environment(root, env)})
}

function environment(root: string, env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const path = `${join(root, 'bin')}${delimiter}${process.env.PATH ?? ''}`
  return {...process.env, CI: '', PATH: path, NO_COLOR: '1', ...env}
}

/** What a run writes for people and programs, by path. */
function reportsOf(out: string): ReadonlyMap<string, string> {
  const reports = join(out, 'reports')
  const names = readdirSync(reports, {recursive: true, encoding: 'utf8'})
    .filter(name => !name.startsWith('previews') && name !== 'state.json')
    .filter(name => statSync(join(reports, name)).isFile())
  return new Map(names.sort().map(name => [name, readFileSync(join(reports, name), 'utf8')]))
}
