/**
 * Measure what cleaning leaves of real pages, beside an oracle that knows the transcript.
 *
 *     npm run bench:rules-corpus -- --recognitions DIR [--corpus DIR] [--write]
 *
 * DIR is where `scanproof run --root CORPUS --out DIR` left its `recognitions/`. The oracle drops every line as read that
 * stands nowhere in the transcript. `--write` puts the table into docs/rules.md.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {distance} from 'fastest-levenshtein'
import {readConfig} from '../src/config.ts'
import type {PageText} from '../src/model.ts'
import {normalize} from '../src/normalize/normalize.ts'
import type {Profile} from '../src/normalize/profiles.ts'
import {rules} from '../src/normalize/rules/index.ts'
import {listDocuments} from '../src/read/documents.ts'
import {pageText} from '../src/recognize/page-text.ts'
import {readRecognition} from '../src/recognize/store.ts'
import {fold, stands} from './oracle.ts'
import {figuresIn, renderRules} from './rules-document.ts'

const {values: options} = parseArgs({
  options: {
    corpus: {type: 'string', default: fileURLToPath(new URL('../../shared/corpus', import.meta.url))},
    recognitions: {type: 'string'},
    write: {type: 'boolean', default: false},
  },
})
if (options.recognitions === undefined || !existsSync(join(options.recognitions, 'recognitions'))) {
  console.error(
    'Cannot find `recognitions/`, expected the folder that `scanproof run --out` wrote, give --recognitions DIR',
  )
  process.exit(2)
}

/** Characters of the transcripts and errors against them. */
interface Errors {
  readonly length: number
  readonly raw: number
  readonly letter: number
  readonly frus: number
  readonly oracle: number
}

const {root} = readConfig({root: options.corpus})
const rows: (readonly [string, Errors])[] = []
for (const {id, pages, transcript} of (await listDocuments(root)).documents) {
  if (transcript === null || pages.length === 0) continue
  const texts: PageText[] = []
  for (const page of pages) {
    const {recognition} = await readRecognition(options.recognitions, page.id)
    if (recognition !== null) texts.push(pageText(recognition))
  }
  if (texts.length < pages.length) continue
  const reference = fold(transcript.text)
  const raw = texts.map(({text}) => text).join('\n')
  const known = raw.split('\n').filter(line => stands(fold(line), reference))
  const errors = (text: string) => distance(reference, fold(text))
  const clean = (profile: Profile) => errors(normalize(texts, {profile, disabled: []}).clean.replaceAll('\f', '\n'))
  rows.push([
    id,
    {
      length: reference.length,
      raw: errors(raw),
      letter: clean('letter'),
      frus: clean('frus'),
      oracle: errors(known.join('\n')),
    },
  ])
}

const table = render(rows)
console.log(table)
if (options.write) {
  const file = new URL('../docs/rules.md', import.meta.url)
  writeFileSync(file, renderRules(rules, figuresIn(readFileSync(file, 'utf8'), 'figures'), table))
}

function render(all: readonly (readonly [string, Errors])[]): string {
  const directives = all.filter(([id]) => id.startsWith('nsdd')).map(([, errors]) => errors)
  const rate = (errors: number, length: number) => `${((100 * errors) / length).toFixed(2)} %`
  const row = (name: string, {length, raw, letter, frus, oracle}: Errors) =>
    `| ${name} | ${[raw, letter, frus, oracle].map(errors => rate(errors, length)).join(' | ')} |`
  return [
    'Readings of real pages against their transcripts, quotes, dashes, white space and line-end hyphens folded',
    '(`npm run bench:rules-corpus`). The oracle drops every line as read that stands nowhere in the transcript. The transcripts of',
    'the directives are those of Foreign Relations of the United States, so the profile `frus` is the one to measure them by; those',
    'of the legations leave out letterhead, headings and handwriting, which are no markings.',
    '',
    '| document | as read | `letter` | `frus` | oracle |',
    '|---|--:|--:|--:|--:|',
    ...all.map(([id, errors]) => row(id, errors)),
    ...(directives.length > 0 ? [row('**the directives**', directives.reduce(add))] : []),
  ].join('\n')
}

function add(a: Errors, b: Errors): Errors {
  return {
    length: a.length + b.length,
    raw: a.raw + b.raw,
    letter: a.letter + b.letter,
    frus: a.frus + b.frus,
    oracle: a.oracle + b.oracle,
  }
}
