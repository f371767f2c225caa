import type {CheckReport, Outcome} from '../model.ts'
import {bothSides, type CheckFormatOptions, cut, isFailing, judgementName, mending, pathOf} from './judgements.ts'
import {visibleLine} from './visible.ts'

/**
 * Writes a check for GitLab's code quality report: a JSON array without byte order mark, empty where all is well.
 * Fingerprints stay when lines move; equal ones would be shown once.
 *
 * Source: "Code Quality report format" in the GitLab docs.
 */
export function renderGitlab(report: CheckReport, options: CheckFormatOptions): string {
  const seen = new Set<string>()
  const issues = report.verdict.gate.judgements.flatMap(judgement => {
    const {ruleId, outcome, reason, point} = judgement
    const fingerprint = judgementName(judgement)
    if (outcome === 'note' || seen.has(fingerprint)) return []
    seen.add(fingerprint)
    const sides = bothSides(judgement)
    const between = sides === null ? '' : ` | transcript: ${sides.transcript} | scan: ${sides.scan}`
    return [
      {
        description: visibleLine(`${cut(reason, 500)}${between} | ${mending(judgement)}`),
        check_name: ruleId,
        fingerprint,
        severity: isFailing(judgement, report) ? severities[outcome] : 'info',
        location: {
          path: pathOf(judgement, options) ?? `${options.base}scanproof.config.json`,
          lines: {begin: point?.line ?? 1},
        },
      },
    ]
  })
  return `${JSON.stringify(issues, null, 1)}\n`
}

const severities: Readonly<Record<Outcome, 'info' | 'major' | 'critical'>> = {
  regression: 'major',
  unjudged: 'critical',
  improvement: 'major',
  note: 'info',
}
