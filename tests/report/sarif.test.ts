import {gzipSync} from 'node:zlib'
import {describe, expect, test} from 'vitest'
import {z} from 'zod'
import {renderSarif} from '../../src/report/sarif.ts'
import {base, checkOf, failing, hostile, judgement, manyFailing, passed} from './checks.ts'

const text = z.strictObject({text: z.string().min(1)})
const line = z.int().min(1)
const uri = z.string().refine(isRelativeReference, 'expected a relative URI reference')
const artifactLocation = z.strictObject({uri})

/** What SARIF 2.1.0 says of the properties that are written, and what code scanning on GitHub asks for beyond it. */
const sarif = z.strictObject({
  $schema: z.literal('https://json.schemastore.org/sarif-2.1.0.json'),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string().min(1),
            semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
            rules: z.array(
              z.strictObject({
                id: z.string().min(1),
                shortDescription: text,
                fullDescription: text,
                help: text,
                defaultConfiguration: z.strictObject({level: z.enum(['none', 'note', 'warning', 'error'])}),
                properties: z.strictObject({
                  precision: z.enum(['very-high', 'high', 'medium', 'low']),
                  'problem.severity': z.enum(['error', 'warning', 'recommendation']),
                  tags: z.array(z.string()).max(10),
                }),
              }),
            ),
          }),
        }),
        automationDetails: z.strictObject({id: z.string().endsWith('/')}),
        columnKind: z.literal('utf16CodeUnits'),
        invocations: z.array(
          z.strictObject({
            executionSuccessful: z.boolean(),
            toolExecutionNotifications: z
              .array(z.strictObject({level: z.literal('warning'), message: text}))
              .optional(),
          }),
        ),
        results: z
          .array(
            z.strictObject({
              ruleId: z.string().min(1),
              ruleIndex: z.int().min(0),
              level: z.enum(['note', 'error']),
              message: text,
              locations: z
                .array(
                  z.strictObject({
                    physicalLocation: z.strictObject({
                      artifactLocation,
                      region: z
                        .strictObject({startLine: line, startColumn: line, endLine: line, endColumn: line})
                        .refine(
                          ({startLine, startColumn, endLine, endColumn}) =>
                            endLine > startLine || (endLine === startLine && endColumn > startColumn),
                          'expected an end after the start',
                        ),
                    }),
                  }),
                )
                .length(1),
              relatedLocations: z
                .array(
                  z.strictObject({
                    id: z.int(),
                    message: text,
                    physicalLocation: z.strictObject({artifactLocation}),
                  }),
                )
                .optional(),
              partialFingerprints: z.strictObject({primaryLocationLineHash: z.string().regex(/^[0-9a-f]{64}:1$/)}),
            }),
          )
          .max(5000),
      }),
    )
    .length(1),
})

describe('renderSarif', () => {
  test('each judgement stands at its transcript line, with its scan beside it', () => {
    const [result] = read(renderSarif(failing, {base: 'archive/'}))
    expect(result).toMatchObject({
      ruleId: 'gate:new-difference',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: {uri: 'archive/transcripts/letter.md'},
            region: {startLine: 12, startColumn: 5, endLine: 12, endColumn: 10},
          },
        },
      ],
      relatedLocations: [{physicalLocation: {artifactLocation: {uri: 'archive/scans/letter/1.png'}}}],
    })
    expect(result?.message.text).toContain('Page: letter/1, box 412,880,96,31')
    expect(result?.message.text).toMatch(/--reason "\.\.\."$/)
  })

  test('what is about the corpus stands where the limits do; notes are left out', () => {
    const results = read(renderSarif(failing, base))
    expect(results.map(({ruleId, level}) => `${ruleId} ${level}`)).toEqual([
      'gate:new-difference error',
      'gate:limit error',
      'gate:missing-page error',
      'gate:gone-difference note',
    ])
    expect(results[1]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('scanproof.config.json')
  })

  test('fingerprints stay when lines move and figures change, and differ for all else', () => {
    const print = (parts: Parameters<typeof judgement>[0]) =>
      read(renderSarif(checkOf({status: 'failed', judgements: [judgement(parts)]}), base))[0]?.partialFingerprints
    expect(print({point: {line: 99, column: 1, offset: 5000}, end: null})).toEqual(print({}))
    expect(print({difference: null, reason: 'rate 0.031'})).toEqual(print({difference: null, reason: 'rate 0.0324'}))
    expect(print({page: 'letter/2'})).not.toEqual(print({}))
    expect(print({ruleId: 'gate:towards-ocr'})).not.toEqual(print({}))
  })

  test('a passed check has no results', () => {
    expect(read(renderSarif(passed, base))).toEqual([])
  })

  test('hostile text is text, and paths are URIs', () => {
    expect(JSON.stringify(read(renderSarif(hostile, base)))).toContain('EVIL')
  })

  test('of 10,000 failing pages GitHub keeps the worst 5,000, and the file says so', () => {
    const log = renderSarif(manyFailing(10_000), base)
    expect(read(log)).toHaveLength(5000)
    expect(gzipSync(log).length).toBeLessThan(10e6)
    expect(log).toContain('5,000 results left out')
    expect(read(log)[0]?.message.text).toContain('box-0/0')
  })
})

function read(log: string) {
  const {
    runs: [run],
  } = sarif.parse(JSON.parse(log))
  for (const {ruleId, ruleIndex} of run!.results) expect(run!.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  return run!.results
}

/** RFC 3986: no character but those of a URI, and no colon in the first part of a relative path. */
function isRelativeReference(value: string): boolean {
  return /^(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-Fa-f]{2})+$/.test(value) && !value.startsWith('/')
}
