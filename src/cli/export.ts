import {join, relative} from 'node:path'
import process from 'node:process'
import {readConfig, readEnvironment} from '../config.ts'
import {type ExportFormat, exportCorpus, exportFormats, visibleLine} from '../index.ts'
import {UserError} from '../model.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {corpusOptions, parseOptions} from './options.ts'
import {progressOnStderr} from './progress.ts'
import {prepareFolder, writePieces} from './write.ts'

export async function exportReadings(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('export', args, {
    ...corpusOptions,
    ...engineOptions,
    format: {type: 'string', multiple: true},
  })
  const formats = parseExportFormats(values.format)
  const config = readConfig(values)
  const folder = join(config.out, 'reports', 'export')
  prepareFolder(folder)
  prepareFolder(join(config.out, 'recognitions'))
  const progress = progressOnStderr(readEnvironment())
  const {files, findings} = await exportCorpus(config, positionals, formats, () => openEngine(config), progress, signal)
  for (const {file, pieces} of files) {
    const place = join(folder, file)
    await writePieces(place, pieces)
    process.stdout.write(`${visibleLine(relative(process.cwd(), place))}\n`)
  }
  for (const {severity, page, file, reason} of findings) {
    if (severity !== 'info') process.stderr.write(`${visibleLine(page ?? file ?? '')}: ${visibleLine(reason)}\n`)
  }
  return findings.some(({severity}) => severity === 'error') ? exitCodes.incomplete : exitCodes.fine
}

function parseExportFormats(given: readonly string[] = []): readonly ExportFormat[] {
  const names = exportFormats.join(', ')
  if (given.length === 0) throw new UserError(`Missing --format, expected one of ${names}`)
  return [...new Set(given)].map(name => {
    const format = exportFormats.find(known => known === name)
    if (format === undefined) throw new UserError(`Unexpected --format \`${name}\`, expected one of ${names}`)
    return format
  })
}
