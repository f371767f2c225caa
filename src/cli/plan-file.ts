import {readFileSync} from 'node:fs'
import {type HashedPlan, headLine, inChunks, parsePlan, partLines, planParts} from '../index.ts'
import {UserError} from '../model.ts'
import {version} from '../version.ts'
import {writeHashed} from './write.ts'

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

/**
 * Plan a corpus into a file, a document at a time; errors are those of `planParts`.
 *
 * @returns
 *   What is in it; `cost` is in milliseconds.
 */
export async function writePlan(file: string, root: string, names: readonly string[]) {
  const count = {pages: 0, documents: 0, cost: 0}
  async function* texts() {
    let text = headLine({toolVersion: version, names})
    for await (const part of planParts(root, names)) {
      if ('document' in part) {
        count.documents++
        count.pages += part.document.pages.length
        for (const {cost} of part.document.pages) count.cost += cost
      }
      for (const lines of inChunks(partLines(part))) {
        text += lines
        if (text.length < 1 << 20) continue
        yield text
        text = ''
      }
    }
    yield text
  }
  return {hash: await writeHashed(file, texts()), ...count}
}
