import {describe, expect, test} from 'vitest'
import type {z} from 'zod'
import type {Decision, DecisionFile} from '../../src/model.ts'
import {
  type decisionFileSchema,
  decisionsJsonSchema,
  parseDecisions,
  serializeDecisions,
} from '../../src/review/decisions.ts'
import {compareDecisions, describeDisagreement} from '../../src/review/disagreements.ts'

type Parsed = z.infer<typeof decisionFileSchema>
// These lines do not compile when the schema and the model part.
const schemaIsModel: [Parsed] extends [DecisionFile] ? true : false = true
const modelIsSchema: [DecisionFile] extends [Parsed] ? true : false = true

const decision: Decision = {
  id: '0f3a9c1be2d45768',
  document: 'letter',
  page: 'letter/2',
  kind: 'substitution',
  reference: 'Geneva',
  hypothesis: 'Gencva',
  before: 'in May to',
  after: 'where we met',
  verdict: 'ocr',
  reading: null,
  tags: ['faded'],
  note: '',
  author: 'A. Curator',
  date: '2026-11-24',
}
const file = (decisions: readonly unknown[]) => JSON.stringify({schemaVersion: 1, decisions})

describe('decisions.json', () => {
  test('is written a decision a line, and read again', () => {
    const both: Decision = {
      ...decision,
      verdict: 'both',
      reading: 'Genève',
      tags: ['stamp', 'faded', 'stamp'],
      page: null,
    }
    const text = serializeDecisions([decision, both])
    expect(text.split('\n')).toHaveLength(8)
    expect(parseDecisions(text, 'x')).toEqual([decision, {...both, tags: ['faded', 'stamp']}])
    expect(serializeDecisions(parseDecisions(text, 'x'))).toBe(text)
    expect(serializeDecisions([])).toBe('{\n  "schemaVersion": 1,\n  "decisions": []\n}\n')
    expect(parseDecisions(`\ufeff${text}`, 'x')).toHaveLength(2)
    expect([schemaIsModel, modelIsSchema]).toEqual([true, true])
  })

  test.each([
    ['no JSON', '{', 'JSON'],
    ['another version', '{"schemaVersion": 2, "decisions": []}', 'schemaVersion'],
    ['an unknown key', file([{...decision, path: '/etc/passwd'}]), 'decisions.0'],
    ['a verdict that is none', file([{...decision, verdict: 'wrong'}]), 'decisions.0.verdict'],
    ['a reading without `both`', file([{...decision, reading: 'x'}]), 'decisions.0.reading'],
    ['`both` without a reading', file([{...decision, verdict: 'both'}]), 'decisions.0.reading'],
    ['an author of two lines', file([{...decision, author: 'a\nb'}]), 'decisions.0.author'],
    ['no author', file([{...decision, author: ''}]), 'decisions.0.author'],
    ['a date that is none', file([{...decision, date: 'today'}]), 'decisions.0.date'],
    ['an id that is none', file([{...decision, id: '../x'}]), 'decisions.0.id'],
  ])('%s is refused, with its place', (_, text, place) => {
    expect(() => parseDecisions(text, 'second.json')).toThrow('Cannot read `second.json`')
    expect(() => parseDecisions(text, 'second.json')).toThrow(place)
  })

  test('its schema is published', () => {
    expect(decisionsJsonSchema()).toMatchObject({title: 'scanproof decisions', additionalProperties: false})
  })
})

describe('two people', () => {
  const other: Decision = {...decision, author: 'B. Reader'}

  test('who agree: the first keeps his name', () => {
    expect(compareDecisions([decision, other])).toEqual({agreed: [decision], disagreements: []})
  })

  test.each([
    ['by verdict', decision, {...other, verdict: 'transcript' as const}],
    [
      'by what they read',
      {...decision, verdict: 'both' as const, reading: 'Genf'},
      {...other, verdict: 'both' as const, reading: 'Genève'},
    ],
    [
      'though the id is another, as a word beside it changed',
      decision,
      {...other, id: '1'.repeat(16), before: 'in June to', verdict: 'unsure' as const},
    ],
  ])('who disagree %s: neither counts, both are told', (_, first, second) => {
    const {agreed, disagreements} = compareDecisions([first, second])
    expect(agreed).toEqual([])
    expect(disagreements).toEqual([{document: 'letter', id: first.id, decisions: [first, second]}])
    expect(describeDisagreement(disagreements[0]!)).toMatch(/A\. Curator decided .* B\. Reader decided /)
  })

  test('what a person decided later counts for that person', () => {
    const first: Decision = {...decision, verdict: 'transcript'}
    expect(compareDecisions([first, other, decision]).disagreements).toEqual([])
    expect(compareDecisions([first, decision])).toEqual({agreed: [decision], disagreements: []})
  })

  test('what they read is the same whatever its quotes and white space', () => {
    const one: Decision = {...decision, verdict: 'both', reading: '“Genf”  x'}
    expect(compareDecisions([one, {...one, author: 'B. Reader', reading: '"Genf" x'}]).disagreements).toEqual([])
  })

  test('the same words elsewhere are another difference', () => {
    const elsewhere: Decision = {...other, id: '1'.repeat(16), before: 'back', after: 'again', verdict: 'transcript'}
    expect(compareDecisions([decision, elsewhere]).agreed).toHaveLength(2)
    expect(compareDecisions([decision, {...elsewhere, document: 'another', id: decision.id}]).agreed).toHaveLength(2)
  })
})
