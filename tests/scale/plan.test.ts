import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {UserError} from '../../src/model.ts'
import {hashPlan, inChunks, type Plan, parsePlan, planLines} from '../../src/scale/plan.ts'

const name = fc
  .string({minLength: 1, unit: 'binary'})
  .map(text => text.replace(/[/\\\p{Cc}\p{Cs}\u2028\u2029]/gu, '_').replace(/^\./, '_'))
const hash = fc.stringMatching(/^[0-9a-f]{64}$/)
const plans: fc.Arbitrary<Plan> = fc.record({
  toolVersion: fc.string(),
  names: fc.array(name, {maxLength: 2}),
  findings: fc.array(
    fc.record({
      ruleId: fc.string(),
      severity: fc.constantFrom('error' as const, 'warning' as const),
      reason: fc.string(),
      file: fc.option(fc.string()),
      page: fc.option(fc.string()),
      point: fc.constant(null),
    }),
    {maxLength: 2},
  ),
  documents: fc
    .uniqueArray(
      fc.record({
        id: name,
        place: fc.string(),
        names: fc.uniqueArray(name, {maxLength: 4}),
        sha256: hash,
        bytes: fc.nat(),
        cost: fc.integer({min: 1}),
      }),
      {maxLength: 4, selector: ({id}) => id},
    )
    .map(documents =>
      documents.map(({id, place, names, sha256, bytes, cost}) => ({
        id,
        place,
        pages: names.map((own, frame) => ({
          id: `${id}/${own}`,
          document: id,
          name: own,
          scan: {file: `scans/${id}/${own}.png`, format: 'png' as const, frame, sha256},
          bytes,
          cost,
        })),
      })),
    ),
})

const write = (plan: Plan) => new TextEncoder().encode([...planLines(plan)].join(''))
const read = (text: string) => parsePlan(new TextEncoder().encode(text), 'plan.ndjson')

test('a plan is read as it was written, under the hash it had before', () => {
  fc.assert(
    fc.property(plans, plan => {
      const back = parsePlan(write(plan), 'plan.ndjson')
      expect(back.plan).toEqual(plan)
      expect(back.hash).toBe(hashPlan(plan))
      expect([...inChunks(planLines(plan))].join('')).toBe([...planLines(plan)].join(''))
    }),
  )
})

describe('what is no plan names its line', () => {
  const head = '{"scanproofPlan":1,"toolVersion":"1","names":[]}\n'
  const document = '{"document":"a","place":"scans/a"}\n'
  const page = (id: string, more = '') =>
    `{"page":${JSON.stringify(id)},"file":"scans/a/1.png","format":"png","frame":0,"sha256":"${'0'.repeat(64)}","bytes":1,"cost":1${more}}\n`

  test('and this is one', () => {
    expect(read(head + document + page('a/1')).plan.documents[0]?.pages[0]?.name).toBe('1')
  })

  test.each([
    ['nothing', '', 'empty file'],
    ['no JSON', `${head}what\n`, 'line 2'],
    ['another version', '{"scanproofPlan":2,"toolVersion":"1","names":[]}\n', 'line 1'],
    ['a list', '[]\n', 'line 1'],
    ['a page before its document', head + page('a/1'), 'line 2'],
    ['a page of another document', head + document + page('b/1'), 'line 3'],
    ['a page twice', head + document + page('a/1') + page('a/1'), 'line 4'],
    ['a document twice', head + document + document, 'line 3'],
    ['a page that leads out', head + document + page('a/..'), 'line 3'],
    ['a page that leads far out', head + document + page('a/../../b'), 'line 3'],
    ['a page with a backslash', head + document + page('a/..\\b'), 'line 3'],
    ['a page with a zero byte', head + document + page('a/b\0'), 'line 3'],
    ['a document that leads out', `${head}{"document":"..","place":""}\n`, 'line 2'],
    ['an absolute document', `${head}{"document":"/etc","place":""}\n`, 'line 2'],
    ['a cost that is none', head + document + page('a/1').replace('"cost":1', '"cost":0'), 'line 3'],
    ['a hash that is none', head + document + page('a/1').replace('000', 'xyz'), 'line 3'],
    ['a format that is none', head + document + page('a/1').replace('"png"', '"exe"'), 'line 3'],
  ])('%s', (_, text, place) => {
    expect(() => read(text)).toThrow(UserError)
    expect(() => read(text)).toThrow(place)
  })
})
