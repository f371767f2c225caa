import {existsSync, mkdirSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {readConfig, readEnvironment} from '../config.ts'
import {draftTranscripts} from '../index.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {corpusOptions, parseOptions} from './options.ts'
import {progressOnStderr} from './progress.ts'
import {prepareFolder, writeWhole} from './write.ts'

export async function init(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values} = parseOptions('init', args, {
    ...corpusOptions,
    ...engineOptions,
  })
  if (values.root !== undefined) mkdirSync(values.root, {recursive: true})
  const config = readConfig(values)
  const say = (text: string) => process.stdout.write(`${text}\n`)
  for (const name of ['scans', 'transcripts']) {
    const folder = join(config.root, name)
    const isNew = !existsSync(folder)
    prepareFolder(folder)
    if (isNew) say(`made ${name}/`)
  }
  if (!existsSync(join(config.root, '.gitignore'))) {
    writeWhole(join(config.root, '.gitignore'), 'reports/\n')
    say('made .gitignore (reports/ is output only)')
  }

  const progress = progressOnStderr(readEnvironment())
  const {drafts, findings} = hasScans(config.root)
    ? await draftTranscripts(config, () => openEngine(config), progress, signal)
    : {drafts: [], findings: []}
  for (const {file, source} of drafts) {
    writeWhole(join(config.root, file), source)
    say(`drafted ${file}: proofread it, then take the line \`draft: true\` out`)
  }
  for (const {reason, page, file} of findings) process.stderr.write(`${page ?? file ?? config.root}: ${reason}\n`)
  if (drafts.length === 0) {
    say('Put page images into scans/<document>/ (or scans/<document>.pdf) and run `scanproof init` again for drafts,')
    say('or write transcripts/<document>.md yourself; then `scanproof run`.')
  } else say('Next: `scanproof run`')
  return findings.some(({severity}) => severity === 'error') ? exitCodes.incomplete : exitCodes.fine
}

/** A new corpus has none yet, which is no error here. */
function hasScans(root: string): boolean {
  return readdirSync(join(root, 'scans')).some(name => !/^(?:\.|readme\b)/i.test(name))
}
