import {expect, test} from 'vitest'
import {z} from 'zod'
import {renderGithubActionBenchmark} from '../../src/report/github-action-benchmark.ts'
import {checkOf, failing, hostile, manyFailing, population} from './checks.ts'

const benches = z.array(
  z.strictObject({
    name: z.string().min(1),
    unit: z.string().min(1),
    value: z.number(),
    range: z.string().optional(),
    extra: z.string().optional(),
  }),
)

test('the error rate of corpus and documents, in percent', () => {
  expect(read(renderGithubActionBenchmark(failing))).toEqual([
    {name: 'CER of the corpus', unit: '%', value: 1, extra: '3 pages'},
    {name: 'CER of letter', unit: '%', value: 1, extra: '2 pages'},
    {name: 'CER of memo', unit: '%', value: 1, extra: '1 page'},
  ])
})

test('with the interval where there is one', () => {
  const check = checkOf({status: 'failed', judgements: [], gate: {population}})
  expect(read(renderGithubActionBenchmark(check))[0]?.range).toBe('±0.21')
})

test('what has no rate is left out: null would be drawn as nothing wrong', () => {
  const [letter, memo] = failing.documents
  const check = {...failing, documents: [letter!, {...memo!, characters: null}]}
  expect(read(renderGithubActionBenchmark(check)).map(({name}) => name)).toEqual(['CER of the corpus', 'CER of letter'])
})

test('hostile text, and 10,000 failing pages', () => {
  read(renderGithubActionBenchmark(hostile))
  expect(read(renderGithubActionBenchmark(manyFailing(10_000)))).toHaveLength(101)
})

function read(text: string) {
  return benches.parse(JSON.parse(text))
}
