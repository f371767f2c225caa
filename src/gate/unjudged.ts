import type {CheckedDocument, Finding, Judgement, Ledger} from '../model.ts'
import {type DocumentHistory, isReadingUnexplained, isResultUnexplained} from './changes.ts'
import {acceptCommand, quoted} from './command.ts'
import {ledgerFile} from './ledger.ts'
import type {Matching} from './match.ts'

/** Turn a finding into a judgement; null where it does not keep anything from being judged. */
export function findingJudgement(finding: Finding, document: string | null): Judgement | null {
  if (finding.severity !== 'error') return null
  return {
    ...placed(document, finding.page, finding.file),
    point: finding.point,
    ruleId: finding.ruleId,
    outcome: 'unjudged',
    reason: finding.reason,
    remedy: 'Mend it and check again',
    command: `scanproof check${document === null ? '' : ` ${quoted(document)}`}`,
  }
}

/** Say that a document has no ledger, so that nothing on it can be called new. */
export function noLedger({id, transcript}: CheckedDocument, differences: number): Judgement {
  return {
    ...placed(id, null, transcript),
    ruleId: 'gate:no-ledger',
    outcome: 'unjudged',
    reason: `Expected \`${ledgerFile(id)}\`, found nothing to hold ${differences} differences of \`${id}\` against`,
    remedy: 'Restore it from git; if the document is new, look at its differences with scanproof run and accept them',
    command: acceptCommand({document: id}),
  }
}

/** Say that a ledger has no document any more. */
export function missingDocument({document}: Ledger): Judgement {
  return {
    ...placed(document, null, ledgerFile(document)),
    ruleId: 'gate:missing-document',
    outcome: 'unjudged',
    reason: `Expected scan and transcript of \`${document}\`, as in \`${ledgerFile(document)}\`, found neither`,
    remedy: 'Put them back; if the document is meant to go, take its ledger away too',
    command: `git rm ${quoted(ledgerFile(document))}`,
  }
}

/** Say which pages came, went or changed their names. */
export function pageJudgements(
  document: string,
  file: string,
  {missing, added, renamed}: DocumentHistory,
  {fresh}: Matching,
): readonly Judgement[] {
  return [
    ...missing.map(
      ({page}): Judgement => ({
        ...placed(document, page, file),
        ruleId: 'gate:missing-page',
        outcome: 'unjudged',
        reason: `Expected page \`${page}\`, as in \`${ledgerFile(document)}\`, found no scan of it`,
        remedy: 'Put the scan back; if the page is meant to go, accept the document without it',
        command: acceptCommand({document}),
      }),
    ),
    ...added.map(
      ({page}): Judgement => ({
        ...placed(document, page, file),
        ruleId: 'gate:new-page',
        outcome: 'unjudged',
        reason: `Unexpected page \`${page}\`, expected one that \`${ledgerFile(document)}\` knows; it has ${fresh.filter(item => item.page === page).length} differences nobody has accepted`,
        remedy: 'Look at them with scanproof run and accept the page',
        command: acceptCommand({document, page}),
      }),
    ),
    ...renamed.map(
      ({before, after}): Judgement => ({
        ...placed(document, after.page, file),
        ruleId: 'gate:renamed-page',
        outcome: 'note',
        reason: `Page \`${before.page}\` is now called \`${after.page}\``,
        remedy: 'Keep its ledger in step',
        command: acceptCommand({document}),
      }),
    ),
  ]
}

/** Say on which pages nothing changed but the result did. */
export function unexplainedChanges(document: string, {kept}: DocumentHistory): readonly Judgement[] {
  return kept.flatMap(page => {
    const byReading = isReadingUnexplained(page)
    if (!byReading && !isResultUnexplained(page)) return []
    const {page: id} = page.after
    const recognition = `recognitions/${id}.json`
    const judgement: Judgement = {
      ...placed(document, id, byReading ? recognition : ledgerFile(document)),
      ruleId: 'gate:unexplained-change',
      outcome: 'unjudged',
      reason: byReading
        ? `Unexpected change of what was read on page \`${id}\`, expected the same reading: scan, engine and preparation are what they were`
        : `Unexpected change of the result on page \`${id}\`, expected the same: reading, rules, comparison and transcript are what they were`,
      remedy: byReading
        ? 'Take the recognition away, so that the page is read anew'
        : 'Check twice, and report a bug where the results differ',
      command: byReading
        ? `rm ${quoted(recognition)} && scanproof check ${quoted(document)}`
        : `scanproof check ${quoted(document)} --strict`,
    }
    return [judgement]
  })
}

/** Say that a transcript was edited where the comparison sees nothing. */
export function unseenEdit(document: string, file: string): Judgement {
  return {
    ...placed(document, null, file),
    ruleId: 'gate:unseen-edit',
    outcome: 'note',
    reason: `The transcript of \`${document}\` was edited where the comparison sees no difference, neither towards the OCR nor away from it`,
    remedy: 'Read the edit with git diff, then make it the state to compare with',
    command: acceptCommand({document}),
  }
}

/** Whether the transcript was edited and no page of the ledger was accepted with the edit. */
export function isEditUnseen({kept}: DocumentHistory, {fresh, gone}: Matching): boolean {
  return fresh.length + gone.length === 0 && kept.length > 0 && kept.every(({causes}) => causes.includes('transcript'))
}

function placed(
  document: string | null,
  page: string | null,
  file: string | null,
): Pick<Judgement, 'causes' | 'document' | 'page' | 'file' | 'point' | 'end' | 'difference'> {
  return {causes: [], document, page, file, point: null, end: null, difference: null}
}
