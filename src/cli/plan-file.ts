import {readFileSync} from 'node:fs'
import {type HashedPlan, parsePlan} from '../index.ts'
import {UserError} from '../model.ts'

export const planFileName = 'plan.ndjson'

/**
 * Read a plan from disk.
 *
 * @throws UserError
 *   Where it cannot be read or is none.
 */
export function readPlan(file: string): HashedPlan {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new UserError(`Cannot read \`${file}\` (${code}), expected a plan, make it with \`scanproof plan\``)
  }
  return parsePlan(bytes, file)
}
