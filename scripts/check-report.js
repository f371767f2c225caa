// Holds a report against what it must contain: `node scripts/check-report.js FILE sample|corpus`.
// The bounds are the figures of docs/performance.md with room for another platform's rounding, not for regressions.
import {readFileSync} from 'node:fs'
import process from 'node:process'

const [file, name] = process.argv.slice(2)
const report = JSON.parse(readFileSync(file, 'utf8'))
const {documents} = report
const problems = []
const expect = (condition, text) => condition || problems.push(text)

const expectations = {
  sample() {
    expect(documents.length === 2, `2 documents, found ${documents.length}`)
    expect(report.verdict.status === 'passed', `verdict passed, found ${report.verdict.status}`)
    for (const document of documents) {
      const ids = new Set(document.edits.map(({ruleId}) => ruleId))
      expect(ids.size > 0, `${document.id}: edits by rules`)
      expect(rate([document], 'clean') < rate([document], 'raw'), `${document.id}: cleanup lowers the CER`)
    }
    expect(rate(documents, 'clean') <= 0.015, `clean CER of the sample <= 1.5 %, found ${percent(documents)}`)
  },
  corpus() {
    expect(documents.length === 7, `7 documents, found ${documents.length}`)
    expect(report.verdict.status === 'passed', `verdict passed, found ${report.verdict.status}`)
    const directives = documents.filter(({id}) => id.startsWith('nsdd'))
    expect(directives.length === 2, `2 directives, found ${directives.length}`)
    expect(rate(directives, 'clean') <= 0.02, `clean CER of the directives <= 2 %, found ${percent(directives)}`)
  },
}
expectations[name]()
for (const document of documents) {
  const sum = document.differences
    .map(({characters: c}) => c.substitutions + c.insertions + c.deletions)
    .reduce((a, b) => a + b, 0)
  const {substitutions, insertions, deletions} = document.totals.character.clean
  const numerator = substitutions + insertions + deletions
  expect(sum === numerator, `${document.id}: differences add up to ${numerator}, found ${sum}`)
}

for (const problem of problems) console.error(`expected ${problem}`)
console.error(problems.length === 0 ? `${file}: as expected` : `${file}: ${problems.length} not as expected`)
process.exit(problems.length === 0 ? 0 : 1)

function rate(some, side) {
  const counts = some.map(({totals}) => totals.character[side])
  const errors = counts.reduce(
    (sum, {substitutions, insertions, deletions}) => sum + substitutions + insertions + deletions,
    0,
  )
  return errors / counts.reduce((sum, {reference}) => sum + reference, 0)
}

function percent(some) {
  return `${(100 * rate(some, 'clean')).toFixed(2)} %`
}
