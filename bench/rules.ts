/**
 * Measure the rules on labelled lines, and write docs/rules.md.
 *
 *     npm run bench:rules [-- --write] [--data DIR]
 *
 * Prints the tables and how long pages take; `--write` puts the tables, which
 * are the same on every machine, into docs/rules.md.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import process from 'node:process'
import {pathToFileURL} from 'node:url'
import {parseArgs} from 'node:util'
import type {PageText} from '../src/model.ts'
import {normalize} from '../src/normalize/normalize.ts'
import {rules} from '../src/normalize/rules/index.ts'
import {figuresIn, renderFigures, renderRules} from './rules-document.ts'
import {measureRules} from './rules-figures.ts'
import {letterProse} from './rules-prose.ts'

const {values: options} = parseArgs({options: {write: {type: 'boolean'}, data: {type: 'string'}}})
const data =
  options.data === undefined ? new URL('../../shared/data/', import.meta.url) : pathToFileURL(`${options.data}/`)
if (!existsSync(new URL('markings.jsonl', data))) {
  console.error(`Cannot find \`markings.jsonl\` in \`${data.pathname}\`, expected the labelled lines, give --data DIR`)
  process.exit(2)
}

const figures = renderFigures(measureRules(data, letterProse()))
console.log(figures)
console.log(
  `\nA page of 3,000 characters takes ${timeOfPage().toFixed(1)} ms (least of 20 runs over 40 documents of one page).`,
)
for (const [documents, pagesEach] of [
  [10, 100],
  [100, 100],
  [1, 1000],
  [1, 4000],
] as const) {
  const milliseconds = timeOfDocuments(documents, pagesEach) / (documents * pagesEach)
  console.log(`${documents} documents of ${pagesEach} pages: ${milliseconds.toFixed(1)} ms a page.`)
}
if (options.write) {
  const file = new URL('../docs/rules.md', import.meta.url)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const document = renderRules(rules, figures, figuresIn(before, 'corpus'))
  const changed = before !== document
  writeFileSync(file, document)
  console.log(changed ? 'docs/rules.md is written.' : 'docs/rules.md was up to date.')
}

/** Milliseconds for a page of 3,000 characters; each page a document of its own. */
function timeOfPage(): number {
  const pages = typedPages(40)
  const characters = pages.reduce((sum, {text}) => sum + text.length, 0)
  const times = Array.from({length: 20}, () => {
    const start = performance.now()
    for (const page of pages) normalize([page], {profile: 'letter', disabled: []})
    return performance.now() - start
  })
  return (Math.min(...times) / characters) * 3000
}

/** Milliseconds for a corpus, once. */
function timeOfDocuments(documents: number, pagesEach: number): number {
  const pages = typedPages(documents * pagesEach)
  const start = performance.now()
  for (let from = 0; from < pages.length; from += pagesEach) {
    normalize(pages.slice(from, from + pagesEach), {profile: 'letter', disabled: []})
  }
  return performance.now() - start
}

/** Pages with banners, as a typist fills them. */
function typedPages(count: number): readonly PageText[] {
  const prose = letterProse()
  return Array.from({length: count}, (_, page): PageText => {
    const lines = Array.from({length: 45}, (_, index) => prose[(page * 7 + index) % prose.length])
    const text = ['UNCLASSIFIED', '', ...lines, '', 'URCLASSIFIED SECRES', '', 'UNCLASSIFIED'].join('\n')
    return {pageId: `bench/${page}`, text, words: [], width: 0, height: 0, regions: []}
  })
}
