import {type Finding, UserError} from '../model.ts'
import {noScans, openScans} from '../read/scan-list.ts'
import {estimateCost, type HashedPlan, hashPlan, type PlannedDocument, type PlanPart} from '../scale/plan.ts'
import {chooseDocuments} from './corpus.ts'

/**
 * Find all that has to be read, a document at a time: the same scans give the same plan, byte for byte, on any machine.
 *
 * @param names
 *   Documents to plan; none for all.
 * @returns
 *   Documents in natural order, then findings.
 * @throws UserError
 *   Where there is nothing to read or a name is unknown.
 */
export async function* planParts(root: string, names: readonly string[]): AsyncGenerator<PlanPart> {
  const folder = await openScans(root)
  const known = folder.ids.map(id => ({id}))
  const ids = names.length === 0 ? folder.ids : chooseDocuments(known, names).map(({id}) => id)
  const findings: Finding[] = [...folder.findings]
  let isEmpty = true
  for await (const {document: scan, findings: own} of folder.read(ids)) {
    findings.push(...own)
    if (scan === null) {
      const [first] = own
      if (names.length > 0 && first !== undefined) throw new UserError(first.reason)
      continue
    }
    isEmpty = false
    const {id, place, bytes} = scan
    const pages = scan.pages.map((page, index) => {
      const size = bytes[index] ?? 0
      return {id: page.id, document: id, name: page.name, scan: page.scan, bytes: size, cost: estimateCost(size)}
    })
    yield {document: {id, place, pages}}
  }
  if (isEmpty) throw noScans(root, findings)
  for (const finding of findings) yield {finding}
}

/** A whole plan, with the hash of the file it would be written as. */
export async function planAndHash(root: string, names: readonly string[], toolVersion: string): Promise<HashedPlan> {
  const documents: PlannedDocument[] = []
  const findings: Finding[] = []
  for await (const part of planParts(root, names)) {
    if ('document' in part) documents.push(part.document)
    else findings.push(part.finding)
  }
  const plan = {toolVersion, names, documents, findings}
  return {plan, hash: hashPlan(plan)}
}
