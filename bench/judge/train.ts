/**
 * Learn the weights of the judge from a corpus, as it is and with errors planted in it, and
 * write src/judge/weights.json. The same scans give the same bytes.
 *
 *     npm run train:judge [-- --corpus DIR] [--readings DIR] [--rounds N]
 *
 * Every page is read, and every word looked at again, once into `--readings` (a temporary folder by default): some
 * ten minutes for two dozen pages, and nothing after that.
 */
import {writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {learn, plantIn} from './learn.ts'
import {compareSource, readAll} from './subjects.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const {values: options} = parseArgs({
  options: {
    corpus: {type: 'string', default: join(project, '../shared/corpus')},
    readings: {type: 'string', default: join(tmpdir(), 'scanproof-bench-judge')},
    rounds: {type: 'string', default: '6'},
  },
})

const subjects = await readAll(project, options.corpus, options.readings)
const natural = subjects.map(subject => compareSource(subject, subject.document.transcript.source, []))
const planted = subjects.flatMap(subject =>
  Array.from({length: Number(options.rounds)}, (_, round) => plantIn(subject, 1000 + round)),
)
const {signs, confusions} = learn(natural, planted)
const rows = (record: Readonly<Record<string, unknown>>) =>
  Object.entries(record)
    .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value).replace(/([:,])/g, '$1 ')}`)
    .join(',\n')
const text = `{\n  "signs": {\n${rows(signs)}\n  },\n  "confusions": {\n${rows(confusions)}\n  }\n}\n`
writeFileSync(join(project, 'src/judge/weights.json'), text)
process.stderr.write(`${Object.keys(signs).length} signs from ${subjects.length} documents\n`)
