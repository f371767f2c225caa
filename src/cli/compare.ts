import process from 'node:process'
import {readConfig, readEnvironment} from '../config.ts'
import {compareTexts, renderComparison, sideOf} from '../index.ts'
import {UserError} from '../model.ts'
import {exitCodes} from './exit-codes.ts'
import {parseFormats, writeFormats} from './format.ts'
import {parseOptions} from './options.ts'
import {readInput} from './read-input.ts'

export async function compare(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('compare', args, {
    config: {type: 'string'},
    format: {type: 'string', multiple: true},
    json: {type: 'boolean'},
  })
  const formats = parseFormats(values, ['text', 'json'], 'text')
  const [reference, hypothesis, surplus] = positionals
  if (reference === undefined || hypothesis === undefined || surplus !== undefined) {
    throw new UserError(
      `Unexpected number of files ${positionals.length}, expected REFERENCE and HYPOTHESIS, see \`scanproof compare --help\``,
    )
  }
  const config = readConfig({config: values.config})
  const comparison = compareTexts(
    sideOf(readInput(reference), reference),
    sideOf(readInput(hypothesis), hypothesis),
    config,
  )
  const render = {
    text: () => renderComparison(comparison, readEnvironment()),
    json: () => `${JSON.stringify(comparison, null, 2)}\n`,
  }
  writeFormats(
    formats,
    name => render[name](),
    text => process.stdout.write(text),
  )
  return exitCodes.fine
}
