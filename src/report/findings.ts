import type {Finding, Report} from '../model.ts'

/** Lists the findings of corpus and documents: errors first, then by place and rule, so that equal runs read equal. */
export function sortedFindings(report: Report): readonly Finding[] {
  const findings = [...report.findings, ...report.documents.flatMap(document => document.findings)]
  return findings.sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compareText(a.file ?? a.page ?? '', b.file ?? b.page ?? '') ||
      (a.point?.offset ?? -1) - (b.point?.offset ?? -1) ||
      compareText(a.page ?? '', b.page ?? '') ||
      compareText(a.ruleId, b.ruleId) ||
      compareText(a.reason, b.reason),
  )
}

/** Writes where a finding belongs: `file:line:column`, the file, or the page; null for the corpus as a whole. */
export function findingPlace({file, page, point}: Finding): string | null {
  if (file !== null && point !== null) return `${file}:${point.line}:${point.column}`
  return file ?? page
}

const severities = ['error', 'warning', 'info']

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
