import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {type ConfigFlags, readConfig, readEnvironment} from '../config.ts'
import {
  blobFile,
  parseReport,
  parseShard,
  planAndHash,
  previewWhileReading,
  readShard,
  run as runPipeline,
  type Shard,
  serializeBlob,
  shardsFolder,
  visibleLine,
} from '../index.ts'
import {type Finding, type Report, UserError} from '../model.ts'
import {codeHash, version} from '../version.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {parseFormats} from './format.ts'
import {freePixels} from './memory.ts'
import {corpusOptions, formatOptions, parseOptions} from './options.ts'
import {readPlan} from './plan-file.ts'
import {previewStore} from './preview-store.ts'
import {progressOnStderr} from './progress.ts'
import {reportFormats, showReport, writeReports} from './reports.ts'
import {isUnchanged, rememberRun, sourcesOf} from './unchanged.ts'
import {prepareFolder, writeWhole} from './write.ts'

export async function run(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('run', args, {
    ...corpusOptions,
    ...engineOptions,
    ...formatOptions,
    shard: {type: 'string'},
    plan: {type: 'string'},
  })
  if (values.shard !== undefined) {
    if (values.format !== undefined || values.json !== undefined) {
      throw new UserError('Unexpected --format beside --shard, expected none: `scanproof merge` reports on all shards')
    }
    if (positionals.length > 0) {
      throw new UserError('Unexpected documents beside --shard, expected none: choose them with `scanproof plan`')
    }
    return runShard(values, parseShard(values.shard), values.plan, signal)
  }
  if (values.plan !== undefined) throw new UserError('Unexpected --plan without --shard, expected both')
  const formats = parseFormats(values, reportFormats, 'text')
  const config = readConfig(values)
  const environment = readEnvironment()
  const reports = join(config.out, 'reports')
  prepareFolder(reports)
  prepareFolder(join(config.out, 'recognitions'))

  // One that cannot be opened is at fault only where a page is left for it.
  const opened = await openEngine(config).catch((error: unknown) => {
    if (error instanceof UserError) return error
    throw error
  })
  const identity = opened instanceof UserError ? opened.message : opened.identity
  const settings = [config, positionals, identity, version, codeHash('.')]
  const sources = sourcesOf(config.root, settings, config.readings)
  const engine = async () => {
    if (opened instanceof UserError) throw opened
    return opened
  }
  if (isUnchanged(config.out, sources)) {
    if (!(opened instanceof UserError)) await opened.close()
    return showReport(readReport(reports), config, formats, environment)
  }

  const pictures = previewStore(join(reports, 'previews'))
  const events = {...freePixels(progressOnStderr(environment)), onScan: previewWhileReading(pictures)}
  const {report, texts, pages} = await runPipeline(config, positionals, version, engine, events, signal)
  await writeReports(config, {report, texts, pages}, signal)
  // A page that failed, or that could not be stored, may be the next time.
  const isWhole = ({severity, ruleId}: Finding) => severity !== 'error' || !ruleId.startsWith('recognize:')
  if (report.documents.every(({findings}) => findings.every(isWhole))) {
    rememberRun(config.out, sources)
  }
  return showReport(report, config, formats, environment)
}

/** Read a slice of the pages and say so in `shards/`; nothing is compared, and the exit code says nothing of the pages. */
async function runShard(
  flags: ConfigFlags,
  shard: Shard,
  planFile: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const config = readConfig(flags)
  prepareFolder(join(config.out, 'recognitions'))
  prepareFolder(join(config.out, shardsFolder))
  const plan = planFile === undefined ? await planAndHash(config.root, [], version) : readPlan(planFile)
  const events = progressOnStderr(readEnvironment())
  const blob = await readShard(config, plan, shard, version, () => openEngine(config), events, signal)
  writeWhole(join(config.out, blobFile(shard)), serializeBlob(blob))
  const failed = blob.pages.filter(({failure}) => failure !== null)
  for (const {page, failure} of failed.slice(0, 20)) {
    process.stderr.write(`scanproof: failed: ${visibleLine(page)}: ${visibleLine(failure ?? '')}\n`)
  }
  const problems = failed.length === 0 ? '' : `, ${failed.length} failed (\`scanproof merge\` judges them)`
  process.stdout.write(
    `Shard ${shard.index}/${shard.count}: ${blob.pages.length} pages${problems}: ${blobFile(shard)}\n`,
  )
  return exitCodes.fine
}

function readReport(reports: string): Report {
  return parseReport(readFileSync(join(reports, 'report.json'), 'utf8'))
}
