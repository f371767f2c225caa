import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {UserError} from '../model.ts'
import {compareNames} from './natural-order.ts'
import {codeOf, readInside} from './paths.ts'
import {decodeStrict} from './utf8.ts'

/** A file of `ledger/`, as text. */
export interface LedgerText {
  /** In NFC, as documents are named. */
  readonly document: string
  /** Relative to the corpus root, `/` between parts. */
  readonly file: string
  readonly text: string
}

/**
 * Reads the files `ledger/<document>.json`, in natural order; a folder that is missing holds none.
 *
 * One that cannot be read, or is not UTF-8, throws a `UserError`: a ledger that is passed over would let its
 * document's regressions through.
 */
export async function readLedgers(root: string): Promise<readonly LedgerText[]> {
  const names = await readdir(join(root, 'ledger')).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw new UserError(`Cannot list \`ledger\` (${codeOf(error)}), expected a folder that may be read, see its rights`)
  })
  const files = names.filter(name => name.endsWith('.json') && !name.startsWith('.')).sort(compareNames)
  const ledgers: LedgerText[] = []
  for (const name of files) {
    const file = `ledger/${name}`
    const text = decodeStrict(await readInside(root, file), file)
    ledgers.push({document: name.slice(0, -'.json'.length).normalize('NFC'), file, text})
  }
  return ledgers
}
