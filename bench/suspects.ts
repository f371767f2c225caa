/**
 * Measure the judge: errors planted in transcripts, the real errors of the corpus, calibration, and what the second
 * look costs. Prints the tables of docs/suspects.md.
 *
 *     npm run bench:suspects [-- --corpus DIR] [--readings DIR] [--rounds N] [--only planted|shared|cost] [--misses]
 *         [--seed N] [--kinds REGEXP]
 *
 * Each document is judged by weights that were learned from the others alone, errors and confusions included, and
 * with errors planted that no weights have seen. Pages are read, and all their words looked at again, once.
 */
import {execFileSync} from 'node:child_process'
import {mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {learn, plantIn} from './judge/learn.ts'
import {type Answer, compareSource, judge, type Labelled, readAll} from './judge/subjects.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const {values: options} = parseArgs({
  options: {
    corpus: {type: 'string', default: join(project, '../shared/corpus')},
    readings: {type: 'string', default: join(tmpdir(), 'scanproof-bench-judge')},
    rounds: {type: 'string', default: '10'},
    only: {type: 'string'},
    seed: {type: 'string', default: '900000'},
    kinds: {type: 'string', default: '.'},
    misses: {type: 'boolean'},
  },
})
const answers: readonly Answer[] = ['transcript', 'ocr', 'editorial']
const isNamed = ({difference}: Labelled) => difference.suspect === 'transcript'
const percent = (part: number, all: number) => (all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`)

if ([undefined, 'planted'].includes(options.only)) await judgeAll(Number(options.rounds))
if ([undefined, 'shared'].includes(options.only)) await showShared()
if ([undefined, 'cost'].includes(options.only)) measureCost()

async function judgeAll(rounds: number): Promise<void> {
  const subjects = await readAll(project, options.corpus, options.readings)
  const natural = subjects.map(subject => compareSource(subject, subject.document.transcript.source, []))
  const seen = subjects.map(subject => Array.from({length: 6}, (_, round) => plantIn(subject, 1000 + round)))
  const kinds = new Map<string, {planted: number; named: number}>()
  const judged: Labelled[] = []
  const real: {readonly document: string; readonly label: Labelled}[] = []
  const misses = new Map<string, number>()
  let pages = 0
  for (const [index, subject] of subjects.entries()) {
    const isOther = (_: unknown, other: number) => other !== index
    const weights = learn(natural.filter(isOther), seen.filter(isOther).flat())
    for (let round = 0; round < rounds; round++) {
      const planted = plantIn(subject, Number(options.seed) + round, new RegExp(options.kinds))
      const labels = judge(planted, weights)
      judged.push(...labels)
      pages += subject.pages.length
      for (const [error, kind] of planted.kinds.entries()) {
        const count = kinds.get(kind) ?? {planted: 0, named: 0}
        const isFound = labels.some(label => label.planted === error && isNamed(label))
        kinds.set(kind, {planted: count.planted + 1, named: count.named + (isFound ? 1 : 0)})
        if (!isFound) note(labels.filter(label => label.planted === error)[0], `missed (${kind})`)
      }
      for (const label of labels)
        if (isNamed(label) && label.answer !== 'transcript') note(label, `named (${label.answer})`)
    }
    for (const label of judge(natural[index]!, weights)) real.push({document: subject.document.id, label})
  }
  showPlanted(kinds, judged, pages)
  showReal(real)
  showCalibration(judged)
  if (options.misses) for (const [miss, times] of [...misses].sort((a, b) => b[1] - a[1])) console.log(times, miss)

  function note(label: Labelled | undefined, what: string): void {
    const {reference, hypothesis, probabilities, evidence} = label?.difference ?? {}
    const text = `${what} ${JSON.stringify([reference, hypothesis?.slice(0, 60), probabilities?.transcript, evidence?.join('; ')])}`
    misses.set(text, (misses.get(text) ?? 0) + 1)
  }
}

function showPlanted(
  kinds: ReadonlyMap<string, {readonly planted: number; readonly named: number}>,
  judged: readonly Labelled[],
  pages: number,
): void {
  console.log('\n| planted | errors | named |\n|---|---:|---:|')
  const total = (names: readonly string[]) =>
    names.reduce(
      (sum, name) => ({
        planted: sum.planted + (kinds.get(name)?.planted ?? 0),
        named: sum.named + (kinds.get(name)?.named ?? 0),
      }),
      {planted: 0, named: 0},
    )
  const row = (name: string, {planted, named}: {readonly planted: number; readonly named: number}) =>
    console.log(`| ${name} | ${planted} | ${percent(named, planted)} |`)
  const names = [...kinds.keys()].sort()
  for (const name of names) row(name, kinds.get(name)!)
  row('**digits and dates**', total(names.filter(name => /digit|month|year/.test(name))))
  row('**all**', total(names))
  const wrong = (answer: Answer) => judged.filter(label => isNamed(label) && label.answer === answer).length / pages
  console.log(
    `\nFalse suspects a page: ${wrong('ocr').toFixed(2)} where the scan agrees with the transcript, and ${wrong('editorial').toFixed(2)} changes that were meant (${pages} pages).`,
  )
}

function showReal(real: readonly {readonly document: string; readonly label: Labelled}[]): void {
  console.log('\n| document | errors | named | false | editorial named |\n|---|---:|---:|---:|---:|')
  const row = (name: string, labels: readonly Labelled[]) => {
    const errors = labels.filter(({answer}) => answer === 'transcript')
    const named = labels.filter(isNamed)
    const of = (answer: Answer) => named.filter(label => label.answer === answer).length
    console.log(`| ${name} | ${errors.length} | ${of('transcript')} | ${of('ocr')} | ${of('editorial')} |`)
    return {errors: errors.length, named: named.length, right: of('transcript')}
  }
  for (const document of [...new Set(real.map(({document}) => document))]) {
    row(
      document,
      real.filter(item => item.document === document).map(({label}) => label),
    )
  }
  const {errors, named, right} = row(
    '**all**',
    real.map(({label}) => label),
  )
  const editorial = real.filter(({label}) => label.answer === 'editorial')
  const meant = editorial.filter(({label}) => label.difference.suspect === 'editorial').length
  console.log(
    `\nPrecision ${percent(right, named)}, recall ${percent(right, errors)}; of ${editorial.length} changes that were meant ${meant} are called editorial.`,
  )
  for (const {document, label} of real) {
    const {suspect, reference, hypothesis, probabilities} = label.difference
    if ((suspect === 'transcript') === (label.answer === 'transcript')) continue
    const what = label.answer === 'transcript' ? 'not named' : `named, but ${label.answer}`
    console.log(
      `- ${what}: ${document} ${JSON.stringify(reference)} / ${JSON.stringify(hypothesis.slice(0, 50))} (${probabilities.transcript})`,
    )
  }
}

/** Mean over all differences of |probability - share| of their bin, ten bins (ECE). */
function showCalibration(judged: readonly Labelled[]): void {
  console.log('\n| probability that the transcript is wrong | differences | mean | wrong |\n|---|---:|---:|---:|')
  const error = (pick: readonly Answer[], show: boolean) => {
    const pairs = judged.flatMap(({difference, answer}) =>
      pick.map(side => ({probability: difference.probabilities[side], hit: answer === side ? 1 : 0})),
    )
    let sum = 0
    for (let bin = 0; bin < 10; bin++) {
      const inside = pairs.filter(({probability}) => Math.min(9, Math.floor(probability * 10)) === bin)
      if (inside.length === 0) continue
      const mean = inside.reduce((total, {probability}) => total + probability, 0) / inside.length
      const hits = inside.reduce((total, {hit}) => total + hit, 0) / inside.length
      sum += inside.length * Math.abs(mean - hits)
      if (show)
        console.log(`| ${bin / 10}–${(bin + 1) / 10} | ${inside.length} | ${mean.toFixed(2)} | ${hits.toFixed(2)} |`)
    }
    return sum / pairs.length
  }
  const own = error(['transcript'], true)
  console.log(
    `\nCalibration error ${own.toFixed(3)} for the transcript, ${error(answers, false).toFixed(3)} over all three answers.`,
  )
}

/**
 * Make transcripts share the OCR's errors: where it misread one word, the transcript says what it read, as one does
 * that was made from a reading. Prints what is named of them, and what is named beside them.
 */
async function showShared(): Promise<void> {
  const rows = new Map<string, {shared: number; right: number; false: number}>()
  const examples: string[] = []
  for (const subject of await readAll(project, options.corpus, options.readings)) {
    const {transcript} = subject.document
    const natural = compareSource(subject, transcript.source, [])
    const {differences} = natural.comparison
    const misread = differences.filter(
      ({reference, hypothesis, transcript: place}, index) =>
        place !== null &&
        natural.labels[index]!.answer === 'ocr' &&
        [reference, hypothesis].every(text => /^\p{L}{3,}\p{P}?$/u.test(text.trim())) &&
        transcript.source.slice(place.offset, place.endOffset).trim() === reference.trim(),
    )
    let source = transcript.source
    for (const {hypothesis, transcript: place} of misread.toReversed()) {
      source = source.slice(0, place!.offset) + hypothesis.trim() + source.slice(place!.endOffset)
    }
    const {doubts} = compareSource(subject, source, []).comparison
    const rightOf = ({reading, before}: (typeof doubts)[number]) =>
      misread.some(
        ({reference, before: own}) => reference.includes(reading) && before.split(' ').at(-1) === own.split(' ').at(-1),
      )
    const right = doubts.filter(rightOf).length
    rows.set(subject.document.id, {shared: misread.length, right, false: doubts.length - right})
    for (const doubt of doubts)
      examples.push(
        `- ${rightOf(doubt) ? 'right' : 'false'}: ${subject.document.id} ${JSON.stringify([doubt.text, doubt.reading, doubt.evidence.join('; ')])}`,
      )
    for (const {text, reading} of natural.comparison.doubts)
      examples.push(`- in the transcript as it is: ${subject.document.id} ${JSON.stringify([text, reading])}`)
    for (const {reference, hypothesis} of misread) examples.push(`- shared: ${JSON.stringify([reference, hypothesis])}`)
  }
  console.log('\n| document | errors shared | named | false |\n|---|---:|---:|---:|')
  for (const [document, {shared, right, false: wrong}] of rows) {
    console.log(`| ${document} | ${shared} | ${right} | ${wrong} |`)
  }
  if (options.misses) console.log(`\n${examples.join('\n')}`)
}

/** Time a run from nothing, one of which only the looks are missing, and one where all is stored. */
function measureCost(): void {
  const out = mkdtempSync(join(tmpdir(), 'scanproof-bench-cost-'))
  const run = () => {
    const start = performance.now()
    try {
      execFileSync('node', [join(project, 'dist/bin.cjs'), 'run', '--root', options.corpus, '--out', out], {
        stdio: 'ignore',
      })
    } catch {
      // A corpus may be incomplete: the time is the same.
    }
    return (performance.now() - start) / 1000
  }
  const forget = (pattern: RegExp) => {
    for (const name of readdirSync(out, {recursive: true, encoding: 'utf8'})) {
      if (pattern.test(name)) rmSync(join(out, name))
    }
  }
  const whole = run()
  forget(/\.looks\.json$|reports\/state\.json$/)
  const looks = run()
  forget(/reports\/state\.json$/)
  const stored = run()
  rmSync(out, {recursive: true})
  const cost = looks - stored
  console.log('\n| run | seconds |\n|---|---:|')
  console.log(
    `| from nothing | ${whole.toFixed(1)} |\n| only the looks missing | ${looks.toFixed(1)} |\n| all stored, compared again | ${stored.toFixed(1)} |`,
  )
  console.log(
    `\nThe second look takes ${cost.toFixed(1)} s: it adds ${percent(cost, whole - cost)} to a run without it.`,
  )
}
