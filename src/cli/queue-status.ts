import process from 'node:process'
import {readConfig} from '../config.ts'
import {visibleLine} from '../report/visible.ts'
import {askStatus, type PlanStatus} from '../scale/queue/status.ts'
import {version} from '../version.ts'
import {duration} from './duration.ts'
import {exitCodes} from './exit-codes.ts'
import {parseOptions} from './options.ts'
import {common, databaseUrl} from './queue-options.ts'

/** How far each plan is; with exit code 3 where a page was given up. */
export async function status(args: readonly string[]): Promise<number> {
  const {values} = parseOptions('queue', args, {...common, json: {type: 'boolean'}})
  const url = databaseUrl(readConfig(values), values.database)
  const plans = await askStatus(url, values.json ? 1_000_000 : 20)
  process.stdout.write(values.json ? `${JSON.stringify(plans, null, 2)}\n` : describeStatus(plans, version))
  return plans.some(({failed}) => failed > 0) ? exitCodes.incomplete : exitCodes.fine
}

/** Say for people how far each plan is. */
function describeStatus(plans: readonly PlanStatus[], version: string): string {
  if (plans.length === 0) return 'No plan was added yet, see `scanproof queue add`\n'
  return plans.map(plan => describePlan(plan, version)).join('\n')
}

function describePlan(plan: PlanStatus, version: string): string {
  const {hash, toolVersion, pages, read, failed, rate, secondsLeft, activeJobs, waitingJobs, failures} = plan
  const share = pages === 0 ? 100 : Math.floor((100 * (read + failed)) / pages)
  const pace = rate > 0 ? `, ${(rate * 60).toPrecision(3)} pages a minute` : ''
  const left = secondsLeft === null ? '' : secondsLeft === 0 ? ', done' : `, ${duration(secondsLeft * 1000)} left`
  const other =
    toolVersion === version ? '' : `  added by scanproof ${visibleLine(toolVersion)}: workers of that version read it\n`
  const rows = failures.map(({page, reason}) => `  ${visibleLine(page)}: ${visibleLine(reason)}\n`)
  const more = failed > failures.length ? `  and ${failed - failures.length} more\n` : ''
  const hint = failed > 0 ? 'Given up, `scanproof queue retry` tries them again:\n' : ''
  return `Plan ${hash.slice(0, 12)}: ${read + failed} of ${pages} pages (${share} %), ${failed} of them failed${pace}${left}; jobs: ${activeJobs} in work, ${waitingJobs} waiting\n${other}${hint}${rows.join('')}${more}`
}
