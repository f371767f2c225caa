import {parseLedger, readLedgers, settledSuspects} from '../index.ts'
import type {Report} from '../model.ts'

/**
 * Read which suspects people have looked at: ids by document.
 *
 * @throws UserError
 *   Where a ledger cannot be read.
 */
export async function readSettled(
  root: string,
  {documents}: Pick<Report, 'documents'>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const ledgers = new Map(
    (await readLedgers(root)).map(({document, file, text}) => [document, parseLedger(text, file, document)]),
  )
  return new Map(documents.map(report => [report.id, settledSuspects(report, ledgers.get(report.id) ?? null)]))
}
