import {appendFileSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {type Config, type Environment, readConfig, readEnvironment} from '../config.ts'
import {
  type CheckRun,
  check as checkCorpus,
  commentBytes,
  cropJudgements,
  defuseCommands,
  ledgerTrends,
  previewPages,
  renderCheckText,
  renderGithub,
  renderGithubActionBenchmark,
  renderGitlab,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderNdjson,
  renderSarif,
  renderTap,
  summaryBytes,
  withoutCommands,
} from '../index.ts'
import {type Judgement, UserError} from '../model.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {type FormatRequest, parseFormats} from './format.ts'
import {gitRevision, ledgersAt} from './git.ts'
import {basePath, commandFromHere, pathFromHere} from './here.ts'
import {keepHistory, readHistory} from './history.ts'
import {freePixels} from './memory.ts'
import {corpusOptions, formatOptions, parseOptions} from './options.ts'
import {renderPage} from './page-files.ts'
import {previewStore} from './preview-store.ts'
import {thisProgram} from './program.ts'
import {progressOnStderr} from './progress.ts'
import {prepareFolder, writeWhole} from './write.ts'

const formatNames = [
  'text',
  'json',
  'ndjson',
  'markdown',
  'html',
  'github',
  'junit',
  'sarif',
  'gitlab',
  'tap',
  'github-action-benchmark',
] as const

type FormatName = (typeof formatNames)[number]

export async function check(args: readonly string[], signal: AbortSignal): Promise<number> {
  const environment = readEnvironment()
  try {
    return await checkAndWrite(args, environment, signal)
  } catch (error) {
    // A message may quote a file; the runner reads standard error too.
    if (environment.github && error instanceof UserError) throw new UserError(defuseCommands(error.message))
    throw error
  }
}

async function checkAndWrite(args: readonly string[], environment: Environment, signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('check', args, {
    ...corpusOptions,
    ...engineOptions,
    ...formatOptions,
    strict: {type: 'boolean'},
    against: {type: 'string'},
    history: {type: 'string'},
  })
  const asked = parseFormats(values, formatNames, 'text', 'github')
  const isDefault = values.format === undefined && values.json === undefined
  const formats = isDefault && environment.github ? [...asked, {name: 'github' as const, file: null}] : asked
  const config = readConfig(values)
  const keep = !environment.ci
  if (keep) prepareFolder(join(config.out, 'recognitions'))
  const drift =
    values.against === undefined ? null : {revision: values.against, ledgers: ledgersAt(config.root, values.against)}
  const progress = freePixels(progressOnStderr(environment))
  const checked = await checkCorpus(
    config,
    positionals,
    thisProgram(),
    () => openEngine(config),
    {
      strict: values.strict ?? false,
      full: formats.some(({name}) => name === 'json' || name === 'html'),
      keep,
      drift,
    },
    // Names of pages come from files: on a runner they could be read as commands.
    environment.github ? {} : progress,
    signal,
  )
  const base = basePath(config.root)
  const run = withCommandsFor(checked, config)
  for (const format of formats) {
    const text = await render(format, run)
    if (format.file !== null) writeWhole(format.file, text)
    else if (environment.github && format.name !== 'github') process.stdout.write(withoutCommands(text))
    else process.stdout.write(text)
  }
  if (environment.githubSummary !== null && formats.some(({name}) => name === 'github')) {
    appendFileSync(environment.githubSummary, renderMarkdown(run.report, {base, maxBytes: summaryBytes}))
  }
  if (values.history !== undefined) {
    keepHistory(values.history, run.report, {
      date: new Date().toISOString().slice(0, 10),
      revision: gitRevision(config.root),
    })
  }
  return exitCode(run)

  async function render(
    {name, file}: FormatRequest<FormatName>,
    {report, full, pages, ledgers}: CheckRun,
  ): Promise<string> {
    switch (name) {
      case 'text':
        return renderCheckText(report, {...environment, base})
      case 'json':
        return renderJson(wholeReport(full))
      case 'html': {
        const store = keep ? previewStore(join(config.out, 'reports', 'previews')) : noStore
        const previews = await previewPages(config, pages, store)
        const history = values.history === undefined ? [] : readHistory(values.history)
        const whole = wholeReport(full)
        return renderPage(file, whole, previews, {history, trends: ledgerTrends(whole.documents, ledgers)})
      }
      case 'ndjson':
        return renderNdjson(report, {base})
      case 'markdown':
        return renderMarkdown(report, {base, maxBytes: commentBytes})
      case 'github':
        return renderGithub(report, {base})
      case 'junit':
        return renderJunit(report, {base, crops: file === null ? new Map() : await writeCrops(file, run)})
      case 'sarif':
        return renderSarif(report, {base})
      case 'gitlab':
        return renderGitlab(report, {base})
      case 'tap':
        return renderTap(report, {base})
      case 'github-action-benchmark':
        return renderGithubActionBenchmark(report)
    }
  }

  /** Put pictures of what failed beside a JUnit file; gives their paths, seen from here. */
  async function writeCrops(file: string, {report, pages}: CheckRun): Promise<ReadonlyMap<Judgement, string>> {
    const folder = `${file.replace(/\.xml$/i, '')}-crops`
    const regressions = report.verdict.gate.judgements.filter(({outcome}) => outcome === 'regression')
    const pictures = await cropJudgements(config, pages, regressions, mostCrops)
    return new Map(
      [...pictures].map(([judgement, picture], index) => {
        const place = join(folder, `${String(index + 1).padStart(3, '0')}-${judgement.difference?.id ?? ''}.png`)
        writeWhole(place, picture)
        return [judgement, pathFromHere(place)]
      }),
    )
  }
}

/** Pictures take time and room: enough for a person to look at. */
const mostCrops = 100

const noStore = {get: () => null, put: () => {}}

function wholeReport(full: CheckRun['full']): NonNullable<CheckRun['full']> {
  if (full === null) throw new Error('Unexpected check without its whole report')
  return full
}

function withCommandsFor(run: CheckRun, config: Config): CheckRun {
  const {gate} = run.report.verdict
  const judgements = gate.judgements.map(judgement => ({
    ...judgement,
    command: commandFromHere(judgement.command, config),
  }))
  const verdict = {...run.report.verdict, gate: {...gate, judgements}}
  return {...run, report: {...run.report, verdict}, full: run.full && {...run.full, verdict}}
}

function exitCode({report: {verdict}}: CheckRun): number {
  if (verdict.status === 'incomplete') return exitCodes.incomplete
  return verdict.status === 'failed' ? exitCodes.failed : exitCodes.fine
}
