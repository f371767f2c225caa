import {describe, expect, test} from 'vitest'
import {z} from 'zod'
import {renderGitlab} from '../../src/report/gitlab.ts'
import {base, checkOf, failing, hostile, judgement, manyFailing, passed} from './checks.ts'

const report = z.array(
  z.strictObject({
    description: z.string().min(1),
    check_name: z.string().min(1),
    fingerprint: z.string().min(1),
    severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
    location: z.strictObject({
      path: z.string().refine(path => !path.startsWith('/') && !path.startsWith('./'), 'expected a relative path'),
      lines: z.strictObject({begin: z.int().min(1)}),
    }),
  }),
)

describe('renderGitlab', () => {
  test('severity, place and the command that mends it', () => {
    const issues = read(renderGitlab(failing, base))
    expect(
      issues.map(({check_name, severity, location}) => [check_name, severity, location.path, location.lines.begin]),
    ).toEqual([
      ['gate:new-difference', 'major', 'transcripts/letter.md', 12],
      ['gate:limit', 'major', 'scanproof.config.json', 1],
      ['gate:missing-page', 'critical', 'transcripts/memo.md', 1],
      ['gate:gone-difference', 'info', 'transcripts/letter.md', 20],
    ])
    expect(issues[0]?.description).toMatch(/--reason "\.\.\."$/)
  })
  test('a passed check is an empty array: without a file the merge request shows nothing', () => {
    expect(renderGitlab(passed, base)).toBe('[]\n')
  })
  test('no two issues have one fingerprint, as only one would be shown', () => {
    const twice = checkOf({status: 'failed', judgements: [judgement({}), judgement({})]})
    expect(read(renderGitlab(twice, base))).toHaveLength(1)
  })
  test('hostile text, and 10,000 failing pages', () => {
    expect(JSON.stringify(read(renderGitlab(hostile, base)))).toContain('EVIL')
    const many = read(renderGitlab(manyFailing(10_000), base))
    expect(new Set(many.map(({fingerprint}) => fingerprint)).size).toBe(10_000)
  })
})

function read(text: string) {
  expect(text.charCodeAt(0)).toBe('['.charCodeAt(0))
  return report.parse(JSON.parse(text))
}
