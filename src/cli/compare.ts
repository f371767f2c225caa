import {readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {readConfig, readEnvironment} from '../config.ts'
import {
  compareFolders,
  compareReadingsOf,
  compareTexts,
  conventionNames,
  conventionOf,
  renderComparison,
  renderFolderComparison,
  renderNumbers,
  renderReadingsComparison,
  type Side,
  sideOf,
} from '../index.ts'
import {type Finding, UserError} from '../model.ts'
import {exitCodes} from './exit-codes.ts'
import {type FormatRequest, parseFormats, writeFormats} from './format.ts'
import {formatOptions, parseOptions} from './options.ts'
import {readInput} from './read-input.ts'

export async function compare(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('compare', args, {
    config: {type: 'string'},
    equality: {type: 'string'},
    compat: {type: 'string'},
    ...formatOptions,
  })
  const formats = parseFormats(values, ['text', 'json'], 'text')
  const [reference, first, second, surplus] = positionals
  if (reference === undefined || first === undefined || surplus !== undefined) {
    throw new UserError(
      `Unexpected number of files ${positionals.length}, expected REFERENCE and HYPOTHESIS, or REFERENCE, OLD and NEW, see \`scanproof compare --help\``,
    )
  }
  const config = readConfig({config: values.config, equality: values.equality})
  if (values.compat !== undefined && second !== undefined) {
    throw new UserError('Unexpected --compat with three files, expected REFERENCE and HYPOTHESIS')
  }
  if (values.compat !== undefined) {
    const name = conventionNames.find(candidate => candidate === values.compat)
    if (name === undefined) {
      throw new UserError(`Unexpected --compat \`${values.compat}\`, expected one of ${conventionNames.join(', ')}`)
    }
    const numbers = conventionOf(name, readSide(reference), readSide(first))
    return show(formats, numbers, () => renderNumbers(numbers))
  }
  if (second !== undefined) {
    const comparison = compareReadingsOf(readSide(reference), readSide(first), readSide(second), config)
    return show(formats, comparison, () => renderReadingsComparison(comparison, readEnvironment()))
  }
  const folders = [reference, first].filter(isFolder)
  if (folders.length === 1) {
    throw new UserError(
      `Unexpected folder \`${folders[0]}\` beside a file: it is a folder, expected two files or two folders`,
    )
  }
  if (folders.length === 0) {
    const comparison = compareTexts(readSide(reference), readSide(first), config)
    return show(formats, comparison, () => renderComparison(comparison, readEnvironment()))
  }
  const {pairs, findings} = pairFiles(reference, first)
  const comparison = compareFolders(
    reference,
    first,
    pairs.map(pair => ({...pair, reference: readSide(pair.reference), hypothesis: readSide(pair.hypothesis)})),
    findings,
    config,
  )
  show(formats, comparison, () => renderFolderComparison(comparison, readEnvironment()))
  return comparison.findings.some(({severity}) => severity === 'error') ? exitCodes.incomplete : exitCodes.fine
}

function show(formats: readonly FormatRequest<'text' | 'json'>[], value: unknown, text: () => string): number {
  const render = {text, json: () => `${JSON.stringify(value, null, 2)}\n`}
  writeFormats(
    formats,
    name => render[name](),
    output => process.stdout.write(output),
  )
  return exitCodes.fine
}

function readSide(file: string): Side {
  return sideOf(readInput(file), file)
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false
}

interface FilePair {
  readonly name: string
  readonly reference: string
  readonly hypothesis: string
}

/** Pair the files of two folders by their names without extension; what is alone, or there twice, is a finding. */
function pairFiles(
  reference: string,
  hypothesis: string,
): {readonly pairs: readonly FilePair[]; readonly findings: readonly Finding[]} {
  const findings: Finding[] = []
  const [references, hypotheses] = [reference, hypothesis].map(folder => {
    const files = new Map<string, string>()
    for (const name of listFiles(folder)) {
      const stem = name.replace(/\.(?:gt\.txt|[^.]+)$/, '').normalize('NFC')
      const known = files.get(stem)
      if (known === undefined) files.set(stem, join(folder, name))
      else findings.push(alone(join(folder, name), `it goes by the name of \`${known}\`, expected one of them`))
    }
    return files
  }) as [Map<string, string>, Map<string, string>]
  const pairs: FilePair[] = []
  for (const [name, file] of references) {
    const other = hypotheses.get(name)
    if (other === undefined) findings.push(alone(file, `nothing in \`${hypothesis}\` goes by the name \`${name}\``))
    else pairs.push({name, reference: file, hypothesis: other})
  }
  for (const [name, file] of hypotheses) {
    if (!references.has(name)) findings.push(alone(file, `nothing in \`${reference}\` goes by the name \`${name}\``))
  }
  if (pairs.length === 0) {
    throw new UserError(
      `Unexpected folders \`${reference}\` and \`${hypothesis}\` without a name in common, expected files of the same names, as in \`letter.md\` and \`letter.txt\``,
    )
  }
  return {pairs, findings}
}

function listFiles(folder: string): readonly string[] {
  const collator = new Intl.Collator('en', {numeric: true})
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile() && !entry.name.startsWith('.') && !/^readme\b/i.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
    .sort((a, b) => collator.compare(a, b) || (a < b ? -1 : 1))
}

function alone(file: string, reason: string): Finding {
  return {
    ruleId: 'compare:no-partner',
    severity: 'error',
    reason: `Unexpected file \`${file}\`: ${reason}, rename it or take it away`,
    file,
    page: null,
    point: null,
  }
}
