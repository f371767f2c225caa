import {readdirSync, rmSync} from 'node:fs'
import {join, resolve} from 'node:path'
import process from 'node:process'
import {type Config, readConfig, readEnvironment} from '../config.ts'
import {
  acceptCommand,
  acceptTarget,
  checkedDocument,
  checkOfSuspects,
  cropPlaces,
  renderGithub,
  renderSarif,
  renderSuspects,
  renderSuspectsJson,
  run,
  type SuspectPlace,
  suspectsOf,
} from '../index.ts'
import {type Page, UserError} from '../model.ts'
import {version} from '../version.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {parseFormats, writeFormats} from './format.ts'
import {basePath, commandFromHere, pathFromHere} from './here.ts'
import {corpusOptions, formatOptions, parseOptions} from './options.ts'
import {progressOnStderr} from './progress.ts'
import {readSettled} from './settled.ts'
import {prepareFolder, writeWhole} from './write.ts'

const formatNames = ['text', 'json', 'sarif', 'github'] as const

/** Print where transcripts are probably wrong. */
export async function suspects(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('suspects', args, {
    ...corpusOptions,
    ...engineOptions,
    ...formatOptions,
    pictures: {type: 'string'},
    'fail-on-suspects': {type: 'string'},
  })
  const formats = parseFormats(values, formatNames, 'text', 'github')
  const most = parseMost(values['fail-on-suspects'])
  const config = readConfig(values)
  const environment = readEnvironment()
  prepareFolder(join(config.out, 'recognitions'))
  const progress = progressOnStderr(environment)
  const events = environment.github ? {} : progress
  const {report, pages} = await run(config, positionals, version, () => openEngine(config), events, signal)
  const found = suspectsOf(report, await readSettled(config.root, report))
  const folder =
    values.pictures !== undefined
      ? resolve(values.pictures)
      : environment.ci
        ? null
        : join(config.out, 'reports', 'suspects')
  const crops = folder === null ? new Map<string, string>() : await writePictures(folder, config, pages, found)
  const base = basePath(config.root)
  const isFailing = found.length > most
  const selection = ({document, id: difference, place}: SuspectPlace) => {
    return {document, page: place.scan?.page ?? null, difference}
  }
  const check = checkOfSuspects(report, report.documents.map(checkedDocument), found, isFailing, suspect =>
    commandFromHere(acceptCommand(selection(suspect), 'ocr'), config),
  )
  const render = {
    text: () =>
      renderSuspects(found, {
        ...{base, width: environment.width, crops},
        accept: commandFromHere('scanproof accept TARGET --verdict ocr --reason "..."', config),
        target: suspect => acceptTarget(selection(suspect)),
      }),
    json: () => renderSuspectsJson(found, crops),
    sarif: () => renderSarif(check, {base}),
    github: () => renderGithub(check, {base}),
  }
  writeFormats(
    formats,
    name => render[name](),
    text => process.stdout.write(text),
  )
  if (report.verdict.status === 'incomplete') return exitCodes.incomplete
  return isFailing ? exitCodes.failed : exitCodes.fine
}

/** Pictures take time and room: enough for a person to look at. */
const mostPictures = 1000

/** Write a picture of each place, take away those of places that are none any more; gives their paths, seen from here. */
async function writePictures(
  folder: string,
  config: Config,
  pages: readonly Page[],
  found: readonly SuspectPlace[],
): Promise<ReadonlyMap<string, string>> {
  prepareFolder(folder)
  const pictures = await cropPlaces(
    config,
    pages,
    found.map(suspect => ({suspect, scan: suspect.place.scan})),
    mostPictures,
  )
  const files = new Map([...pictures].map(([{suspect}, picture]) => [suspect.id, picture]))
  for (const name of readdirSync(folder)) {
    if (/^[0-9a-f]{16,64}\.png$/.test(name) && !files.has(name.slice(0, -4))) rmSync(join(folder, name))
  }
  return new Map(
    [...files].map(([id, picture]) => {
      const file = join(folder, `${id}.png`)
      writeWhole(file, picture)
      return [id, pathFromHere(file)]
    }),
  )
}

function parseMost(text: string | undefined): number {
  if (text === undefined) return Infinity
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UserError(`Unexpected --fail-on-suspects \`${text}\`, expected a whole number from 0`)
}
