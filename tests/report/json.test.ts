import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {z} from 'zod'
import {type Report, UserError} from '../../src/model.ts'
import {renderJson} from '../../src/report/json.ts'
import {jsonSchema, parseReport, type reportSchema} from '../../src/report/schema.ts'
import {buildReport} from './fixture.ts'
import {hostileDocuments, letters} from './samples.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Parsed = z.infer<typeof reportSchema>

// These lines do not compile when the schema and the model part.
const schemaIsModel: [Parsed] extends [Report] ? true : false = true
const modelIsSchema: [Report] extends [Parsed] ? true : false = true
const samePages: Equal<Parsed['documents'][number]['pages'][number], Report['documents'][number]['pages'][number]> =
  true
const sameEdits: Equal<Parsed['documents'][number]['edits'][number], Report['documents'][number]['edits'][number]> =
  true

const {report} = buildReport(letters)

test('the schema has the type of the model', () => {
  expect([schemaIsModel, modelIsSchema, samePages, sameEdits]).not.toContain(false)
})

describe('renderJson', () => {
  test.each([
    ['letters', report],
    ['hostile text', buildReport(hostileDocuments).report],
    ['nothing at all', buildReport([]).report],
  ])('%s: reads back as it was', (_, report) => {
    expect(parseReport(renderJson(report))).toEqual(report)
  })

  test('same bytes whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), numbers => {
        expect(renderJson(shuffleKeys(report, () => numbers.next().value))).toBe(renderJson(report))
      }),
      {seed: 1, numRuns: 20},
    )
  })

  test('ends in one line feed', () => {
    expect(renderJson(report)).toMatch(/[^\n]\n$/)
  })

  test('a changed difference changes only its own lines', () => {
    const before = renderJson(report).split('\n')
    const [first, ...rest] = report.documents
    const differences = first!.differences.map((item, index) =>
      index === 2 ? {...item, suspect: 'editorial' as const} : item,
    )
    const after = renderJson({...report, documents: [{...first!, differences}, ...rest]}).split('\n')
    expect(after).toHaveLength(before.length)
    expect(after.filter((line, index) => line !== before[index])).toEqual(['          "suspect": "editorial",'])
  })

  test('keeps lines to 120 columns, but for texts that are longer themselves', () => {
    const long = renderJson(report)
      .split('\n')
      .filter(line => line.length > 120 && !/^\s*("[a-zA-Z]+": )?"(?:[^"\\]|\\.)*",?$/.test(line))
    expect(long).toEqual([])
  })

  test('refuses what JSON cannot hold', () => {
    const config = {...report.config, maxCharacterErrorRate: Number.NaN}
    expect(() => renderJson({...report, config})).toThrow(/maxCharacterErrorRate/)
  })
})

describe('parseReport', () => {
  const text = renderJson(report)
  const edited = (edit: (value: Record<string, unknown>) => void) => {
    const value = JSON.parse(text)
    edit(value)
    return JSON.stringify(value)
  }

  test.each([
    ['no JSON', 'nonsense', 'Unexpected text in report, expected JSON'],
    [
      'another version',
      edited(value => (value.schemaVersion = 2)),
      'Unexpected `schemaVersion` `2` in report, expected `1`',
    ],
    ['an unknown key', edited(value => (value.totls = {})), '`.`: Unrecognized key: "totls"'],
    [
      'a wrong type deep inside',
      text.replace('"correct": ', '"correct": "many", "wrong": '),
      '`totals.character.raw.correct`: ',
    ],
    ['a list', '[]', '`.`: '],
    ['null', 'null', '`.`: '],
  ])('%s: a message with its path', (_, text, message) => {
    expect(() => parseReport(text)).toThrow(UserError)
    expect(() => parseReport(text)).toThrow(message)
  })

  test('all problems at once, but no more than twenty', () => {
    const broken = edited(value => {
      const [document] = value.documents as {drawn: {page: unknown}[]}[]
      for (const part of document!.drawn) part.page = 7
    })
    const problems = report.documents[0]!.drawn.length
    expect(problems).toBeGreaterThan(20)
    expect(() => parseReport(broken)).toThrow(new RegExp(`and ${problems - 20} more$`))
  })

  test('a byte order mark is no problem', () => {
    expect(parseReport(`\ufeff${text}`)).toEqual(report)
  })
})

test('jsonSchema names every part and refuses unknown keys', () => {
  const schema = jsonSchema()
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
  expect(schema.additionalProperties).toBe(false)
  expect(Object.keys(schema.$defs as object)).toEqual(
    expect.arrayContaining(['Difference', 'Document', 'DrawnPart', 'Edit', 'Finding', 'Page', 'Rate', 'Totals']),
  )
})

function shuffleKeys<T>(value: T, next: () => number): T {
  if (Array.isArray(value)) return value.map(item => shuffleKeys(item, next)) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, shuffleKeys(item, next)] as const)
  return Object.fromEntries(
    entries
      .map(entry => [next(), entry] as const)
      .sort(([a], [b]) => a - b)
      .map(([, entry]) => entry),
  ) as T
}
