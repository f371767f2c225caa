import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {ledgerFile, parseLedger, serializeLedger} from '../../src/gate/ledger.ts'
import type {AcceptedDifference, Ledger} from '../../src/model.ts'
import {UserError} from '../../src/model.ts'
import {acceptAll} from './corpus.ts'

const [letter] = acceptAll([
  {
    id: 'letter',
    transcript: 'The modern world, and all of it.\n',
    pages: {1: 'The rnodem world,', 2: 'and al1 of it.'},
  },
])
const text = serializeLedger(letter!)

describe('serializeLedger', () => {
  test('a fingerprint, the counts and each difference take a line of their own', () => {
    expect(text.replaceAll(/"preparation": ".*"/g, '"preparation": ""')).toMatchInlineSnapshot(`
      "{
        "schemaVersion": 1,
        "document": "letter",
        "pages": [
          {
            "page": "letter/1",
            "fingerprints": {
              "scan": "4867f76dfc77ce98",
              "engine": "typist 1 eng 6f25c6193f1b66ed",
              "preparation": "",
              "reading": "0958592df02c6ef3/5de9456c36f18c9b",
              "rules": "letter rules-1",
              "cleaned": "755c3f33dc0691f8",
              "comparison": "reading comparison-1",
              "transcript": "b91a482c7febfa70"
            },
            "counts": {"correct": 15, "substitutions": 2, "insertions": 1, "deletions": 1},
            "differences": [
              {"id": "7a0b9e46be17effe", "kind": "substitution", "reference": "modern", "hypothesis": "rnodem", "before": "The", "after": "world, and all", "errors": 4, "verdict": "ocr", "reason": "read by a person", "author": "A. Curator", "date": "2026-11-22"}
            ]
          },
          {
            "page": "letter/2",
            "fingerprints": {
              "scan": "3237f3e82051c8f9",
              "engine": "typist 1 eng 6f25c6193f1b66ed",
              "preparation": "",
              "reading": "5abcaf383f6ebec4/5de9456c36f18c9b",
              "rules": "letter rules-1",
              "cleaned": "2908f40ef7162aa4",
              "comparison": "reading comparison-1",
              "transcript": "b91a482c7febfa70"
            },
            "counts": {"correct": 13, "substitutions": 1, "insertions": 0, "deletions": 0},
            "differences": [
              {"id": "4db77614962630fa", "kind": "substitution", "reference": "all", "hypothesis": "al1", "before": "modern world, and", "after": "of it.", "errors": 1, "verdict": "ocr", "reason": "read by a person", "author": "A. Curator", "date": "2026-11-22"}
            ]
          }
        ]
      }
      "
    `)
  })

  test('differences stand in the order of their ids, whatever the order they came in', () => {
    const lines = ['c', 'a', 'b'].map(letter => accepted({id: letter.repeat(16)}))
    const ids = [...serializeLedger(withDifferences(lines)).matchAll(/"id": "(.)/g)].map(([, id]) => id)
    expect(ids).toEqual(['a', 'b', 'c'])
  })

  test('reads back as it was, whatever the texts', () => {
    const texts = fc.string({unit: 'binary'})
    fc.assert(
      fc.property(
        texts,
        texts,
        texts.filter(reason => reason !== ''),
        (reference, hypothesis, reason) => {
          const ledger = withDifferences([accepted({reference, hypothesis, reason})])
          const written = serializeLedger(ledger)
          expect(parseLedger(written, 'ledger/letter.json', 'letter')).toEqual(ledger)
          expect(written.split('\n')).toHaveLength(serializeLedger(withDifferences([accepted({})])).split('\n').length)
        },
      ),
      {seed: 1},
    )
  })

  test('characters that act are written as escapes, so that a reviewer reads what stands there', () => {
    const written = serializeLedger(
      withDifferences([accepted({reference: 'user\u202e nimda\u2066', hypothesis: '\u200b\x1b[2J\u{e0041}\x9b'})]),
    )
    expect(written).toContain('user\\u202e nimda\\u2066')
    expect(written).not.toMatch(/[\u202e\u2066\u200b\x1b\x9b]|\u{e0041}/u)
  })
})

describe('parseLedger: a broken ledger never counts as an empty one', () => {
  const parse = (content: string) => () => parseLedger(content, 'ledger/letter.json', 'letter')
  test.each([
    ['no JSON', text.slice(0, 200), 'JSON'],
    ['a merge conflict', text.replace('      "counts"', '<<<<<<< HEAD\n      "counts"'), 'it holds a merge conflict'],
    ['nothing', '', 'JSON'],
    ['an unknown key', text.replace('"counts"', '"count"'), '`pages.0'],
    ['another version', text.replace('"schemaVersion": 1', '"schemaVersion": 2'), '`schemaVersion`'],
    ['a date that is none', text.replaceAll('2026-11-22', 'yesterday'), 'expected a date'],
    ['no reason', text.replaceAll('"read by a person"', '""'), 'reason'],
    ['an id that is none', text.replace(/"id": "\w+"/, '"id": "../x"'), '16 hex digits'],
    ['a page twice', text.replace('"letter/2"', '"letter/1"'), 'page `letter/1` stands there twice'],
    ['a page of another document', text.replace('"letter/2"', '"other/2"'), 'page `other/2` is of another document'],
    ['another document', text.replace('"document": "letter"', '"document": "other"'), 'it is of document `other`'],
    [
      'a difference twice',
      text.replace(/^( +\{"id": .*)$/m, '$1,\n$1'),
      'a difference of page `letter/1` stands there twice',
    ],
  ])('%s', (_, content, message) => {
    expect(parse(content)).toThrow(UserError)
    expect(parse(content)).toThrow(message)
    expect(parse(content)).toThrow(/^Cannot read `ledger\/letter\.json`: .*git checkout -- ledger\/letter\.json`$/s)
  })
  test('a byte order mark is no fault', () => {
    expect(parse(`\uFEFF${text}`)()).toEqual(letter)
  })
})

test('ledgerFile', () => {
  expect(ledgerFile('letter')).toBe('ledger/letter.json')
})

function accepted(parts: Partial<AcceptedDifference>): AcceptedDifference {
  return {
    id: '0123456789abcdef',
    kind: 'substitution',
    reference: 'modern',
    hypothesis: 'rnodem',
    before: 'The',
    after: 'world',
    errors: 3,
    verdict: 'ocr',
    reason: 'a reason',
    author: 'A. Curator',
    date: '2026-11-22',
    ...parts,
  }
}

function withDifferences(differences: readonly AcceptedDifference[]): Ledger {
  return {...letter!, pages: [{...letter!.pages[0]!, differences}]}
}
