/**
 * Measure the gate: planted errors, harmless edits, runs in which nothing changed, false alarms and power of the
 * statistics, and the time of a check of 1,000 unchanged pages. Prints the tables of docs/gate.md.
 *
 *     npm run bench:gate [-- --corpus DIR] [--readings DIR] [--edits N] [--only planted|harmless|null|statistics|time] [--misses]
 *
 * Pages are read once into `--readings` (a temporary folder by default) and replayed after that.
 */
import {execFileSync, spawnSync} from 'node:child_process'
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {randomFrom} from '../src/gate/random.ts'
import type {Judgement, Span} from '../src/model.ts'
import {judgeSource, readSubjects, readsAlike, type Subject} from './gate/corpus.ts'
import {errors, harmless, type Planted} from './gate/plant.ts'
import {falseAlarms, tellDetectable} from './gate/simulate.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const {values: options} = parseArgs({
  options: {
    corpus: {type: 'string', default: join(project, '../shared/corpus')},
    readings: {type: 'string', default: join(tmpdir(), 'scanproof-bench-gate')},
    edits: {type: 'string', default: '1000'},
    only: {type: 'string'},
    misses: {type: 'boolean'},
  },
})
const wants = (part: string) => options.only === undefined || options.only === part

const subjects = ['planted', 'harmless', 'null'].some(wants) ? await read() : []
if (wants('planted')) plantErrors(Number(options.edits))
if (wants('harmless')) editHarmlessly(Number(options.edits) / 2)
if (wants('null')) judgeUnchanged(Number(options.edits))
if (wants('statistics')) {
  simulateSweeps()
  showDetectable()
}
if (wants('time')) timeCheck()

async function read(): Promise<readonly Subject[]> {
  const sample = await readSubjects(project, join(options.readings, 'sample'))
  if (!existsSync(options.corpus)) {
    console.log(`(no corpus in ${options.corpus}: the sample alone)`)
    return sample
  }
  return [...sample, ...(await readSubjects(options.corpus, join(options.readings, 'corpus')))]
}

function plantErrors(count: number): void {
  const rows = new Map(Object.keys(errors).map(kind => [kind, {planted: 0, caught: 0, named: 0, others: 0}]))
  const random = randomFrom(1)
  const misses: string[] = []
  for (let index = 0; index < count; index++) {
    const {kind, subject, planted} = drawError(index, random)
    const row = rows.get(kind)!
    const regressions = judgeSource(subject, planted.source).filter(({outcome}) => outcome === 'regression')
    row.planted++
    if (regressions.length > 0) row.caught++
    const near = grown(planted)
    const isNamed = regressions.some(
      ({point}) => point !== null && point.offset >= near.start && point.offset <= near.end,
    )
    if (isNamed) row.named++
    else
      misses.push(
        `${regressions.length > 0 ? 'misplaced' : 'missed'}: ${kind} in ${subject.document.id}: ${show(planted)}${regressions
          .slice(0, 3)
          .map(item => `\n    ${item.point?.offset ?? '-'} (edit ${near.start}-${near.end}): ${item.reason}`)
          .join('')}`,
      )
    row.others += Math.max(0, regressions.length - 1)
  }
  const total = {planted: 0, caught: 0, named: 0, others: 0}
  console.log(
    '\n| planted error | edits | caught | at line and column | further regressions an edit |\n|--|--:|--:|--:|--:|',
  )
  for (const [kind, row] of [...rows, ['**all**', total] as const]) {
    console.log(
      `| ${kind} | ${row.planted} | ${row.caught} | ${row.named} | ${(row.others / Math.max(1, row.planted)).toFixed(2)} |`,
    )
    if (row !== total) for (const key of ['planted', 'caught', 'named', 'others'] as const) total[key] += row[key]
  }
  console.log(
    `\ncaught ${percent(total.caught / total.planted)}, at line and column ${percent(total.named / total.planted)}`,
  )
  if (options.misses) for (const miss of misses) console.log(miss)
}

/** The kinds in turn, a document by its length; drawn again where the edit would change nothing that is read. */
function drawError(index: number, random: () => number) {
  const kinds = Object.keys(errors)
  for (let tries = 0; tries < 10_000; tries++) {
    const kind = kinds[index % kinds.length]!
    const subject = drawSubject(random)
    const planted = errors[kind]!(subject.document.transcript, random)
    if (planted !== null && !readsAlike(subject, planted.source)) return {kind, subject, planted}
  }
  throw new Error(`No place for \`${kinds[index % kinds.length]}\``)
}

function editHarmlessly(count: number): void {
  const random = randomFrom(2)
  const kinds = Object.keys(harmless)
  const rows = new Map(kinds.map(kind => [kind, {made: 0, flagged: 0}]))
  const flags: string[] = []
  for (let index = 0; index < count; index++) {
    const kind = kinds[index % kinds.length]!
    const row = rows.get(kind)!
    let edited: Planted | null = null
    let subject = drawSubject(random)
    for (let tries = 0; tries < 1000 && edited === null; tries++) {
      subject = drawSubject(random)
      edited = harmless[kind]!(subject.document.transcript, random)
    }
    if (edited === null) continue
    row.made++
    const judgements = judgeSource(subject, edited.source).filter(({outcome}) => outcome !== 'note')
    if (judgements.length === 0) continue
    row.flagged++
    flags.push(
      `flagged: ${kind} in ${subject.document.id}: ${show(edited)}${judgements
        .slice(0, 3)
        .map(({reason}) => `\n    ${reason}`)
        .join('')}`,
    )
  }
  console.log('\n| harmless edit | edits | flagged |\n|--|--:|--:|')
  for (const [kind, {made, flagged}] of rows) console.log(`| ${kind} | ${made} | ${flagged} |`)
  const sum = (key: 'made' | 'flagged') => [...rows.values()].reduce((total, row) => total + row[key], 0)
  console.log(`| **all** | ${sum('made')} | ${sum('flagged')} |`)
  if (options.misses) for (const flag of flags) console.log(flag)
}

function judgeUnchanged(count: number): void {
  let flagged = 0
  for (let index = 0; index < count; index++) {
    const subject = subjects[index % subjects.length]!
    const judgements: readonly Judgement[] = judgeSource(subject, subject.document.transcript.source)
    if (judgements.length > 0) flagged++
  }
  console.log(`\nnothing changed, exact tier: ${flagged} of ${count} flagged`)
}

function simulateSweeps(): void {
  console.log('\n| documents x pages | true rise | corpora | called a regression |\n|--|--:|--:|--:|')
  const rows = [
    {documents: 8, pagesEach: 1, rise: 0, runs: 2000},
    {documents: 20, pagesEach: 1, rise: 0, runs: 2000},
    {documents: 50, pagesEach: 1, rise: 0, runs: 2000},
    {documents: 10, pagesEach: 4, rise: 0, runs: 2000},
    {documents: 40, pagesEach: 5, rise: 0, runs: 1000},
    {documents: 8, pagesEach: 1, rise: 0.1, runs: 500},
    {documents: 20, pagesEach: 1, rise: 0.05, runs: 500},
    {documents: 20, pagesEach: 1, rise: 0.1, runs: 500},
    {documents: 50, pagesEach: 1, rise: 0.05, runs: 500},
  ]
  for (const row of rows) {
    const share = falseAlarms(row) / row.runs
    console.log(`| ${row.documents} x ${row.pagesEach} | ${row.rise * 100} % | ${row.runs} | ${percent(share)} |`)
  }
}

/** Whether what the gate calls detectable is: a rise of that size must be found nine times of ten. */
function showDetectable(): void {
  console.log('\n| documents x pages | detectable, as told | of rises of that size are found |\n|--|--:|--:|')
  for (const corpus of [
    {documents: 20, pagesEach: 1},
    {documents: 50, pagesEach: 1},
    {documents: 10, pagesEach: 4},
  ]) {
    const {rise, found} = tellDetectable({...corpus, runs: 500})
    console.log(`| ${corpus.documents} x ${corpus.pagesEach} | ${percent(rise)} | ${percent(found)} |`)
  }
}

/** 250 documents of four pages each, read and accepted; the pages are those of the sample. */
function timeCheck(): void {
  const cli = join(project, 'dist/bin.cjs')
  if (!existsSync(cli)) {
    console.log('\n(no dist/: run npm run build to measure the time of a check)')
    return
  }
  const root = mkdtempSync(join(tmpdir(), 'scanproof-thousand-'))
  const letter = '1985-03-24-gorbachev-to-reagan'
  const environment = {...process.env, CI: '', GITHUB_ACTIONS: ''}
  try {
    mkdirSync(join(root, 'transcripts'), {recursive: true})
    cpSync(join(project, 'scans', letter), join(root, 'scans', 'letter-000'), {recursive: true})
    cpSync(join(project, 'transcripts', `${letter}.md`), join(root, 'transcripts', 'letter-000.md'))
    const accept = ['accept', '--all', '--reason', 'bench', '--author', 'bench', '--root', root]
    execFileSync(process.execPath, [cli, ...accept], {env: environment, stdio: ['ignore', 'ignore', 'inherit']})
    for (let index = 1; index < 250; index++) {
      const name = `letter-${String(index).padStart(3, '0')}`
      const renamed = (text: string) => text.replaceAll('letter-000', name)
      for (const folder of ['scans', 'recognitions']) {
        mkdirSync(join(root, folder, name), {recursive: true})
        for (const file of readdirSync(join(root, folder, 'letter-000'))) {
          const from = join(root, folder, 'letter-000', file)
          if (folder === 'scans') linkSync(from, join(root, folder, name, file))
          else writeFileSync(join(root, folder, name, file), renamed(readFileSync(from, 'utf8')))
        }
      }
      cpSync(join(root, 'transcripts', 'letter-000.md'), join(root, 'transcripts', `${name}.md`))
      const ledger = readFileSync(join(root, 'ledger', 'letter-000.json'), 'utf8')
      writeFileSync(join(root, 'ledger', `${name}.json`), renamed(ledger))
    }
    const times = Array.from({length: 3}, () => {
      const start = performance.now()
      const {status, stdout} = spawnSync(process.execPath, [cli, 'check', '--root', root], {
        env: {...environment, CI: 'true'},
        encoding: 'utf8',
      })
      if (status !== 0) throw new Error(`Unexpected exit code ${status}:\n${stdout.slice(0, 2000)}`)
      return (performance.now() - start) / 1000
    })
    console.log(`\ncheck of 1,000 unchanged pages: ${times.map(time => `${time.toFixed(1)} s`).join(', ')}`)
  } finally {
    rmSync(root, {recursive: true, force: true})
  }
}

function drawSubject(random: () => number): Subject {
  const total = subjects.reduce((sum, {document}) => sum + document.transcript.text.length, 0)
  let left = random() * total
  for (const subject of subjects) {
    left -= subject.document.transcript.text.length
    if (left < 0) return subject
  }
  return subjects.at(-1)!
}

/** The edit, and a word on either side: a word that is lost is missed at its neighbours. A place may begin where this ends. */
function grown({source, span}: Planted): Span {
  const before = /(?:\S+\s*)?$/.exec(source.slice(Math.max(0, span.start - 100), span.start))?.[0].length ?? 0
  const after = /^\s*\S*\s*/.exec(source.slice(span.end, span.end + 100))?.[0].length ?? 0
  return {start: span.start - before, end: span.end + after}
}

function show({source, span}: Planted): string {
  return JSON.stringify(
    `${source.slice(Math.max(0, span.start - 30), span.start)}[${source.slice(span.start, Math.min(span.end, span.start + 80))}]${source.slice(span.end, span.end + 30)}`,
  )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
