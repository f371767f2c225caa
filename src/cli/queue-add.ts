import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import process from 'node:process'
import {type Config, readConfig} from '../config.ts'
import {addPlan, type Engine, mostPages, openPlanFile, pageFingerprint, toolFingerprint, uploadScans} from '../index.ts'
import {type Page, UserError} from '../model.ts'
import {version} from '../version.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {parseOptions} from './options.ts'
import {planFileName, writePlan} from './plan-file.ts'
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
  if (!Number.isInteger(batch) || batch < 1 || batch > mostPages) {
    throw new UserError(
      `Unexpected --batch \`${values.batch}\`, expected a number of pages from 1 to ${mostPages}, best 25 to 100`,
    )
  }
  const inStore = scansPlace(values.scans) === 'store'
  const store = await theStore(values.store)
  return withDatabase(config, values.database, false, async database => {
    const folder = mkdtempSync(join(tmpdir(), 'scanproof-plan-'))
    try {
      const file = values.plan ?? join(folder, planFileName)
      if (values.plan === undefined) await writePlan(file, config.root, positionals)
      const plan = openPlanFile(file)
      if (plan.toolVersion !== version) {
        throw new UserError(
          `Unexpected plan by scanproof \`${plan.toolVersion}\`, expected \`${version}\`, make it again`,
        )
      }
      const identity = await engineIdentity(config)
      const put = inStore ? await uploadScans(plan, config.root, store) : 0
      const fingerprintOf = (page: Page) => pageFingerprint(page, identity)
      const {pages, jobs} = await addPlan(database, plan, toolFingerprint(identity), fingerprintOf, batch)
      const scans = inStore ? `, ${put} scan files put into the store` : ''
      process.stdout.write(`Plan ${plan.hash.slice(0, 12)}: ${pages} pages, ${jobs} jobs added${scans}\n`)
      return exitCodes.fine
    } finally {
      rmSync(folder, {recursive: true, force: true})
    }
  })
}

async function engineIdentity(config: Config): Promise<Engine['identity']> {
  const engine = await openEngine(config)
  await engine.close()
  return engine.identity
}
