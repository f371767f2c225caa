import {basename} from 'node:path'
import process from 'node:process'
import {buffer} from 'node:stream/consumers'
import {readConfig, readEnvironment} from '../config.ts'
import {cleaningOf, lintCorpus, lintTranscript, parseTranscript, renderLint} from '../index.ts'
import type {LintMessage} from '../model.ts'
import {exitCodes} from './exit-codes.ts'
import {parseFormats, writeFormats} from './format.ts'
import {formatOptions, parseOptions} from './options.ts'
import {readInput} from './read-input.ts'

export async function lint(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('lint', args, {
    root: {type: 'string'},
    config: {type: 'string'},
    ...formatOptions,
  })
  const formats = parseFormats(values, ['text', 'json'], 'text')
  const config = readConfig(values)
  const options = cleaningOf(config)
  const {files, messages} =
    positionals.length === 0 ? await lintCorpus(config.root, options) : await lintFiles(positionals, options)
  writeFormats(
    formats,
    format =>
      format === 'json' ? `${JSON.stringify(messages, null, 2)}\n` : renderLint(messages, files, readEnvironment()),
    text => process.stdout.write(text),
  )
  return messages.every(({severity}) => severity === 'info') ? exitCodes.fine : exitCodes.failed
}

async function lintFiles(names: readonly string[], options: ReturnType<typeof cleaningOf>) {
  const messages: LintMessage[] = []
  for (const name of names) {
    const bytes = name === '-' ? await buffer(process.stdin) : readInput(name)
    const file = name === '-' ? 'standard input' : name
    const {transcript, findings} = parseTranscript(bytes, file, basename(file))
    messages.push(
      ...findings.map(finding => ({...finding, file, end: finding.point, actual: '', expected: []})),
      ...lintTranscript(transcript, options),
    )
  }
  return {files: names.length, messages}
}
