import process from 'node:process'
import {type Config, readConfig} from '../config.ts'
import {addPlan, type Engine, pageFingerprint, planAndHash, toolFingerprint, uploadScans} from '../index.ts'
import {UserError} from '../model.ts'
import {version} from '../version.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {parseOptions} from './options.ts'
import {readPlan} from './plan-file.ts'
import {scansPlace, theStore, withDatabase} from './queue-database.ts'
import {common} from './queue-options.ts'

export async function add(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('queue', args, {
    ...common,
    ...engineOptions,
    store: {type: 'string'},
    plan: {type: 'string'},
    batch: {type: 'string'},
    scans: {type: 'string'},
  })
  const config = readConfig(values)
  const batch = Number(values.batch ?? 50)
  if (!Number.isInteger(batch) || batch < 1 || batch > 1000) {
    throw new UserError(
      `Unexpected --batch \`${values.batch}\`, expected a number of pages from 1 to 1000, best 25 to 100`,
    )
  }
  const inStore = scansPlace(values.scans) === 'store'
  const store = await theStore(values.store)
  return withDatabase(config, values.database, false, async database => {
    const plan =
      values.plan === undefined ? await planAndHash(config.root, positionals, version) : readPlan(values.plan)
    if (plan.plan.toolVersion !== version) {
      throw new UserError(
        `Unexpected plan by scanproof \`${plan.plan.toolVersion}\`, expected \`${version}\`, make it again`,
      )
    }
    const identity = await engineIdentity(config)
    const put = inStore ? await uploadScans(plan.plan, config.root, store) : 0
    const fingerprintOf = (page: Parameters<typeof pageFingerprint>[0]) => pageFingerprint(page, identity)
    const jobs = await addPlan(database, plan, toolFingerprint(identity), fingerprintOf, batch)
    const pages = plan.plan.documents.reduce((sum, {pages}) => sum + pages.length, 0)
    const scans = inStore ? `, ${put} scan files put into the store` : ''
    process.stdout.write(`Plan ${plan.hash.slice(0, 12)}: ${pages} pages, ${jobs} jobs added${scans}\n`)
    return exitCodes.fine
  })
}

async function engineIdentity(config: Config): Promise<Engine['identity']> {
  const engine = await openEngine(config)
  await engine.close()
  return engine.identity
}
