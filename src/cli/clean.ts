import process from 'node:process'
import {buffer} from 'node:stream/consumers'
import {readConfig} from '../config.ts'
import {cleaningOf, explain, normalize, pageTexts, plainPages, visibleLine} from '../index.ts'
import {type Normalized, type PageText, UserError} from '../model.ts'
import {checkCase} from './clean-case.ts'
import {exitCodes} from './exit-codes.ts'
import {parseFormats, writeFormats} from './format.ts'
import {formatOptions, parseOptions} from './options.ts'
import {readInput} from './read-input.ts'

export async function clean(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('clean', args, {
    config: {type: 'string'},
    ...formatOptions,
    'each-line': {type: 'boolean'},
    explain: {type: 'string'},
    case: {type: 'string'},
  })
  const formats = parseFormats(values, ['text', 'json'], 'text')
  if (positionals.length > 1) {
    throw new UserError(`Unexpected \`${positionals[1]}\`, expected one file, see \`scanproof clean --help\``)
  }
  const config = readConfig({config: values.config})
  if (values.case !== undefined) {
    if (positionals.length > 0) {
      throw new UserError(`Unexpected \`${positionals[0]}\` beside --case, expected one of them`)
    }
    return checkCase(values.case, config, text => process.stdout.write(text))
  }
  const options = cleaningOf(config)
  const clean = (pages: readonly PageText[]) => normalize(pages, options)
  const [file] = positionals
  const name = file ?? 'standard input'
  const pages = pageTexts(file === undefined ? await buffer(process.stdin) : readInput(file), name)

  if (values.explain !== undefined) {
    process.stdout.write(explanation(pages, values.explain, name, options))
    return exitCodes.fine
  }
  if (values['each-line']) {
    for (const page of pages) {
      for (const line of linesOf(page.text)) {
        process.stdout.write(`${JSON.stringify(answer(clean(plainPages(line, name))))}\n`)
      }
    }
    return exitCodes.fine
  }
  const normalized = clean(pages)
  writeFormats(
    formats,
    format => (format === 'json' ? `${JSON.stringify(answer(normalized), null, 2)}\n` : ended(normalized.clean)),
    text => process.stdout.write(text),
  )
  return exitCodes.fine
}

/** A last line end ends the last line; it does not begin another. */
function linesOf(text: string): readonly string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

function answer({raw, clean, edits}: Normalized) {
  return {text: raw, clean, edits}
}

/** A text for a terminal or a file ends with a line end. */
function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

/** Why one line of the raw text was kept or changed: what came of it, then each rule's reasons. */
function explanation(
  pages: readonly PageText[],
  line: string,
  name: string,
  options: ReturnType<typeof cleaningOf>,
): string {
  const lines = explain(pages, options)
  const found = lines.find(explained => String(explained.line) === line)
  if (found === undefined) {
    const last = lines.at(-1)?.line ?? 0
    throw new UserError(
      `Unexpected --explain \`${line}\`, expected a line of \`${name}\` with text on it, up to ${last}`,
    )
  }
  const reasons = found.candidates.flatMap(({ruleId, decision, score, evidence}) => [
    `  ${ruleId}: ${decision}, score ${score}`,
    ...evidence.map(reason => `    ${visibleLine(reason)}`),
  ])
  return `${found.line}: ${visibleLine(found.text)}\n${found.decision}: ${visibleLine(found.summary)}\n${reasons.map(reason => `${reason}\n`).join('')}`
}
