import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs'
import {join, resolve} from 'node:path'
import process from 'node:process'
import {type Config, readConfig, readEnvironment} from '../config.ts'
import {
  type FoundBlob,
  type HashedPlan,
  mergeShards,
  parseBlob,
  planAndHash,
  type ReadVouched,
  shardReadings,
  shardsFolder,
  visibleLine,
} from '../index.ts'
import {UserError} from '../model.ts'
import {version} from '../version.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {type FormatRequest, parseFormats} from './format.ts'
import {formatOptions, parseOptions} from './options.ts'
import {readPlan} from './plan-file.ts'
import {reportFormats, showReport, writeReports} from './reports.ts'
import {prepareFolder} from './write.ts'

/** A blob, and the folder that holds its recognitions. */
interface PlacedBlob extends FoundBlob {
  readonly folder: string
}

export async function merge(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('merge', args, {
    root: {type: 'string'},
    out: {type: 'string'},
    config: {type: 'string'},
    ...engineOptions,
    plan: {type: 'string'},
    ...formatOptions,
  })
  const formats = parseFormats(values, reportFormats, 'text')
  const config = readConfig(values)
  const {blobs, problems} = findBlobs(positionals.length === 0 ? [config.out] : positionals)
  const plan = values.plan === undefined ? await planAndHash(config.root, [], version) : readPlan(values.plan)
  const read = shardReadings(({source}) => folderOf(blobs, source))
  return mergeAndReport(config, plan, blobs, problems, read, formats, signal)
}

/**
 * Merge and write reports/; or say why not, with exit code 3.
 *
 * @param found
 *   Problems of blobs that could not even be read.
 */
export async function mergeAndReport(
  config: Config,
  plan: HashedPlan,
  blobs: readonly FoundBlob[],
  found: readonly string[],
  read: ReadVouched,
  formats: readonly FormatRequest<(typeof reportFormats)[number]>[],
  signal: AbortSignal,
): Promise<number> {
  const reports = join(config.out, 'reports')
  prepareFolder(reports)
  prepareFolder(join(config.out, 'recognitions'))
  const engine = await openEngine(config)
  const merged = await mergeShards(config, plan, blobs, version, engine, read, true, signal).finally(() =>
    engine.close(),
  )
  const all = [...found, ...(merged.problems ?? [])]
  if (merged.run === null || all.length > 0) {
    for (const problem of all) process.stderr.write(`scanproof: ${visibleLine(problem)}\n`)
    return exitCodes.incomplete
  }
  await writeReports(config, merged.run)
  return showReport(merged.run.report, config, formats, readEnvironment())
}

function folderOf(blobs: readonly PlacedBlob[], source: FoundBlob): string {
  return blobs.find(blob => blob === source)?.folder ?? ''
}

/** Find `shards/*.json` in folders, or one folder further down: each with the recognitions beside it. */
function findBlobs(places: readonly string[]): {
  readonly blobs: readonly PlacedBlob[]
  readonly problems: readonly string[]
} {
  const problems: string[] = []
  const folders = new Set(
    places.flatMap(place => {
      const folder = resolve(place)
      if (!existsSync(folder)) throw new UserError(`Unexpected folder \`${place}\`, expected one that exists`)
      if (existsSync(join(folder, shardsFolder))) return [folder]
      const inner = readdirSync(folder)
        .sort()
        .map(name => join(folder, name))
        .filter(path => statSync(path, {throwIfNoEntry: false})?.isDirectory() && existsSync(join(path, shardsFolder)))
      if (inner.length === 0)
        problems.push(`no shard in \`${place}\`, expected \`${shardsFolder}/\` there or one folder below`)
      return inner
    }),
  )
  const blobs = [...folders].flatMap(folder =>
    readdirSync(join(folder, shardsFolder))
      .filter(name => name.endsWith('.json'))
      .sort()
      .flatMap(file => {
        const name = join(folder, shardsFolder, file)
        try {
          return [{name, folder, blob: parseBlob(readFileSync(name, 'utf8'), name)}]
        } catch (error) {
          problems.push(error instanceof UserError ? error.message : `cannot read \`${name}\`: ${String(error)}`)
          return []
        }
      }),
  )
  return {blobs, problems}
}
