import {join, relative, resolve} from 'node:path'
import process from 'node:process'
import {readConfig} from '../config.ts'
import {exitCodes} from './exit-codes.ts'
import {parseOptions} from './options.ts'
import {planFileName, writePlan} from './plan-file.ts'

export async function plan(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('plan', args, {
    root: {type: 'string'},
    out: {type: 'string'},
    plan: {type: 'string'},
  })
  const config = readConfig(values)
  const file = values.plan === undefined ? join(config.out, planFileName) : resolve(values.plan)
  const {hash, pages, documents, cost} = await writePlan(file, config.root, positionals)
  const hours = cost / 3_600_000
  process.stdout.write(
    `Plan ${hash.slice(0, 12)}: ${pages} pages of ${documents} documents, about ${hours.toPrecision(2)} hours on one core: ${relative(process.cwd(), file)}\n`,
  )
  return exitCodes.fine
}
