import {join, relative, resolve} from 'node:path'
import process from 'node:process'
import {readConfig} from '../config.ts'
import {planCorpus, planLines} from '../index.ts'
import {version} from '../version.ts'
import {exitCodes} from './exit-codes.ts'
import {parseOptions} from './options.ts'
import {planFileName} from './plan-file.ts'
import {writeLines} from './write.ts'

export async function plan(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('plan', args, {
    root: {type: 'string'},
    out: {type: 'string'},
    plan: {type: 'string'},
  })
  const config = readConfig(values)
  const made = await planCorpus(config.root, positionals, version)
  const file = values.plan === undefined ? join(config.out, planFileName) : resolve(values.plan)
  const hash = writeLines(file, planLines(made))
  const count = made.documents.reduce((sum, {pages}) => sum + pages.length, 0)
  const cost = made.documents.reduce((sum, {pages}) => pages.reduce((inner, page) => inner + page.cost, sum), 0)
  const hours = cost / 3_600_000
  process.stdout.write(
    `Plan ${hash.slice(0, 12)}: ${count} pages of ${made.documents.length} documents, about ${hours.toPrecision(2)} hours on one core: ${relative(process.cwd(), file)}\n`,
  )
  return exitCodes.fine
}
