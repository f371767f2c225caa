import {UserError} from '../../model.ts'
import type {Sql} from './connection.ts'

/** A plan in the database. */
export interface QueuedPlan {
  readonly hash: string
  readonly toolVersion: string
  readonly fingerprint: string
  readonly pages: number
}

/**
 * The queue for a program and engine: workers see no job but those that they read as all others do.
 *
 * @param fingerprint
 *   Of engine and preparation, lower-case hex.
 */
export function queueName(toolVersion: string, fingerprint: string): string {
  return `read-${toolVersion.replace(/[^\w.-]/g, '_')}-${fingerprint.slice(0, 16)}`
}

/** Plans in the order in which they were added. */
export async function listPlans(sql: Sql): Promise<readonly QueuedPlan[]> {
  const rows = await sql('SELECT hash, tool_version, fingerprint, pages FROM scanproof.plan ORDER BY added_at, hash')
  return rows.map(row => ({
    hash: String(row.hash),
    toolVersion: String(row.tool_version),
    fingerprint: String(row.fingerprint),
    pages: Number(row.pages),
  }))
}

/**
 * See that there is work for this program.
 *
 * @throws UserError
 *   Where no plan was added, or only plans that another version or engine has to read.
 */
export function demandPlans(plans: readonly QueuedPlan[], toolVersion: string, fingerprint: string): void {
  if (plans.length === 0)
    throw new UserError('Unexpected queue without a plan, expected one, run `scanproof queue add`')
  if (plans.some(plan => plan.toolVersion === toolVersion && plan.fingerprint === fingerprint)) return
  const versions = [...new Set(plans.map(plan => plan.toolVersion))].filter(version => version !== toolVersion)
  throw new UserError(
    versions.length > 0
      ? `Unexpected plans by scanproof ${versions.map(version => `\`${version}\``).join(', ')}, expected \`${toolVersion}\`, which runs here: install theirs here, or add the plan again with this one`
      : 'Unexpected plans for another engine, model or preparation than those of this worker, expected the same, see --engine, --lang and --tessdata',
  )
}

/** Choose a plan by the beginning of its hash; the one that was added last where none is asked for. */
export function choosePlan(plans: readonly QueuedPlan[], start: string | null): QueuedPlan {
  const fitting = start === null ? plans.slice(-1) : plans.filter(({hash}) => hash.startsWith(start))
  const [plan] = fitting
  if (plan !== undefined && fitting.length === 1) return plan
  const known = plans.map(({hash}) => `\`${hash.slice(0, 12)}\``).join(', ') || 'none, run `scanproof queue add`'
  throw new UserError(`Unexpected plan \`${start ?? ''}\`, expected one of ${known}`)
}
