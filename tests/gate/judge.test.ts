import {describe, expect, test} from 'vitest'
import type {Ledger} from '../../src/model.ts'
import {acceptAll, checkTexts, decision, engine, judged, program, type Texts} from './corpus.ts'

const letter: Texts = {
  id: 'letter',
  transcript: `---
title: A letter
---

Dear Mr. President:

We value the practice of exchanges of views between the leaders of our two countries on the key issues.

In this context I attach great importance to the exchange of letters, which has started between us.
`,
  pages: {
    1: 'Dear Mr. President:\n\nWe value the practice of exchanges of views between\nthe leaders of our two countrics on the key issues.',
    2: 'In this context I attach great importance to the\nexchange of letters, which has started betwcen us.',
  },
}
const ledgers = acceptAll([letter])

const edited = (from: string, to: string): Texts => ({...letter, transcript: replaced(letter.transcript, from, to)})
const reread = (page: string, from: string, to: string): Texts => ({
  ...letter,
  pages: {...letter.pages, [page]: replaced(letter.pages[page] ?? '', from, to)},
})

describe('exact tier', () => {
  test('what was accepted passes, and is not compared again', () => {
    const {report} = checkTexts([letter], ledgers)
    expect(report.verdict.status).toBe('passed')
    expect(report.verdict.gate).toMatchObject({judgements: [], unchanged: ['letter'], tolerated: {ocr: 2}})
    expect(report.characters.errorRate).toBeGreaterThan(0)
  })

  test('compared again, it gives the same figures', () => {
    const quick = checkTexts([letter], ledgers).report
    const full = checkTexts([letter], ledgers, {options: {full: true}})
    expect(full.report).toEqual(quick)
    expect(full.full?.verdict).toEqual(quick.verdict)
  })

  test('a new difference is a regression, named at its line and column, with the command that accepts it', () => {
    const run = checkTexts([edited('exchanges of views', 'exchange of views')], ledgers)
    expect(run.report.verdict.status).toBe('failed')
    expect(judged(run)).toEqual(['regression new-difference letter/1 exchange/exchanges'])
    const [judgement] = run.report.verdict.gate.judgements
    expect(judgement).toMatchObject({
      causes: ['transcript'],
      file: 'transcripts/letter.md',
      point: {line: 7, column: 26},
      end: {line: 7, column: 34},
      reason: 'Unexpected `exchange` in the transcript, expected `exchanges`, as the scan was read',
      command: `scanproof accept letter#1:${judgement?.difference?.id} --reason "..."`,
      difference: {errors: 1, scan: {page: 'letter/1', box: {x: 400, y: 160}}},
    })
  })

  test('the reading of a new scan is judged the same way, and says so', () => {
    const scanned = {...reread('1', 'practice', 'pracfice'), scans: {1: 'a new scan'}}
    const run = checkTexts([scanned], ledgers)
    expect(judged(run)).toEqual(['regression new-difference letter/1 practice/pracfice'])
    expect(run.report.verdict.gate.judgements[0]).toMatchObject({
      causes: ['scan'],
      reason: 'Unexpected `pracfice` read on the scan, expected `practice`, as in the transcript',
    })
    expect(run.report.verdict.gate.changes.map(({cause, pages}) => [cause, pages])).toEqual([['scan', 1]])
  })

  test('a vanished difference is an improvement: it passes, and fails where it must be banked', () => {
    const scanned = {...reread('1', 'countrics', 'countries'), scans: {1: 'a new scan'}}
    const run = checkTexts([scanned], ledgers)
    expect(judged(run)).toEqual(['improvement gone-difference letter/1 countries/countrics'])
    expect(run.report.verdict.status).toBe('passed')
    expect(checkTexts([scanned], ledgers, {options: {strict: true}}).report.verdict.status).toBe('failed')
    expect(run.improved.get('letter')?.map(({reference}) => reference)).toEqual(['countries'])
  })

  test('moved text is not new', () => {
    const first =
      'We value the practice of exchanges of views between\nthe leaders of our two countrics on the key issues.'
    const moved: Texts = {
      ...letter,
      pages: {0: 'Dear Mr. President:', 1: first, 2: letter.pages[2] ?? ''},
      scans: {1: 'cut off below the greeting'},
    }
    expect(judged(checkTexts([moved], ledgers))).toEqual(['unjudged new-page letter/0'])
  })

  test('an edit beside an accepted difference does not make that one new', () => {
    const run = checkTexts([edited('leaders of our two countries', 'leaders of our own countries')], ledgers)
    expect(judged(run)).toEqual(['regression new-difference letter/1 own/two'])
  })

  test('an edit inside an accepted difference makes a new one, which names the old', () => {
    const run = checkTexts([edited('countries', 'counties')], ledgers)
    expect(judged(run)).toEqual(['regression new-difference letter/1 counties/countrics'])
    expect(run.report.verdict.gate.judgements[0]?.reason).toMatch(/; accepted was `countries` for `countrics`$/)
  })

  test('an error planted into text that the OCR lost is found at its own place', () => {
    const lost: Texts = {
      ...letter,
      pages: {...letter.pages, 2: 'In this context'},
    }
    const accepted = acceptAll([lost])
    const run = checkTexts(
      [{...lost, transcript: replaced(lost.transcript, 'exchange of letters', 'exchange of ietters')}],
      accepted,
    )
    const [judgement] = run.report.verdict.gate.judgements
    expect(judgement?.outcome).toBe('regression')
    expect(judgement?.point).toMatchObject({line: 9, column: 62})
    expect(judgement?.end).toMatchObject({line: 9, column: 70})
  })
})

describe('harmless edits pass without a word', () => {
  test.each<[string, (source: string) => string]>([
    ['other line ends', source => source.replaceAll(' of views ', '\nof views ')],
    ['emphasis', source => source.replace('great importance', '*great* **importance**')],
    ['front matter', source => source.replace('title: A letter', 'title: A letter of state\ndate: 1985-03-24')],
    ['a page mark', source => source.replace('\n\nIn this', '\n\n<!-- page 2 -->\n\nIn this')],
  ])('%s', (_, edit) => {
    const run = checkTexts([{...letter, transcript: edit(letter.transcript)}], ledgers)
    expect(judged(run)).toEqual([])
    expect(run.report.verdict.status).toBe('passed')
  })

  test('curly quotes and long dashes, beside and inside accepted differences', () => {
    const typed: Texts = {
      id: 'quotes',
      transcript: `He said "no" - and "yes, it's so" - to all.\n`,
      pages: {1: `He said "no" - and "ycs, it's so" - to all.`},
    }
    const curled = typed.transcript.replace(`"no" - and "yes, it's so" -`, '“no” — and “yes, it’s so” —')
    expect(curled).not.toBe(typed.transcript)
    expect(judged(checkTexts([{...typed, transcript: curled}], acceptAll([typed])))).toEqual([])
  })
})

describe('a transcript edit is judged by its direction', () => {
  const towards = edited('countries', 'countrics')

  test('towards the OCR, where a person found the OCR wrong: a regression, although a difference less is left', () => {
    const run = checkTexts([towards], ledgers)
    expect(judged(run)).toEqual(['regression towards-ocr letter/1 countries/countrics'])
    expect(run.report.verdict.gate.judgements[0]).toMatchObject({
      point: {line: 7, column: 76},
      reason:
        'Unexpected `countrics` in the transcript, which is what the OCR reads, expected `countries`: A. Curator found on 2026-11-22 that the OCR is wrong here',
      command: 'scanproof accept letter#1 --reason "..."',
    })
  })
  test.each(['transcript', 'unsure', 'both'] as const)(
    'towards the OCR, where the verdict was %s: an improvement',
    verdict => {
      const run = checkTexts([towards], acceptAll([letter], {...decision, verdict}))
      expect(judged(run)).toEqual(['improvement gone-difference letter/1 countries/countrics'])
    },
  )
  test('a better scan is no edit towards the OCR, even where the transcript was edited beside it', () => {
    const both = {
      ...edited('great importance', 'great weight'),
      pages: {...letter.pages, 1: replaced(letter.pages[1] ?? '', 'countrics', 'countries')},
      scans: {1: 'a new scan'},
    }
    expect(judged(checkTexts([both], ledgers))).toEqual([
      'regression new-difference letter/2 weight/importance',
      'improvement gone-difference letter/1 countries/countrics',
    ])
  })
  test('where the comparison sees nothing: a note', () => {
    const hyphenated: Texts = {
      ...letter,
      transcript: replaced(letter.transcript, 'exchange of letters', 'ex-\nchange of letters'),
    }
    const run = checkTexts([hyphenated], ledgers)
    expect(judged(run)).toEqual(['note unseen-edit'])
    expect(run.report.verdict.status).toBe('passed')
  })
})

describe('what cannot be judged is never green', () => {
  test('a document without a ledger, even without differences', () => {
    const clean: Texts = {id: 'clean', transcript: 'All is well.\n', pages: {1: 'All is well.'}}
    const run = checkTexts([letter, clean], ledgers)
    expect(judged(run)).toEqual(['unjudged no-ledger'])
    expect(run.report.verdict.status).toBe('incomplete')
  })
  test('a page that is gone, and what is left of its text in the transcript', () => {
    const {1: first = ''} = letter.pages
    const run = checkTexts([{...letter, pages: {1: first}}], ledgers)
    expect(run.report.verdict.status).toBe('incomplete')
    expect(judged(run)).toContain('unjudged missing-page letter/2')
  })
  test('a page nobody has accepted: its differences are not judged one by one', () => {
    const run = checkTexts([{...letter, pages: {...letter.pages, 3: 'Enclosure'}}], ledgers)
    expect(judged(run)).toEqual(['unjudged new-page letter/3'])
  })
  test('a page under a new name is the same page', () => {
    const {1: first = '', 2: second = ''} = letter.pages
    const renamed: Texts = {...letter, pages: {1: first, x: second}, scans: {x: 'letter/2'}}
    const run = checkTexts([renamed], ledgers)
    expect(judged(run)).toEqual(['note renamed-page letter/x'])
    expect(run.report.verdict.status).toBe('passed')
  })
  test('a ledger whose document is gone', () => {
    const other = acceptAll([{...letter, id: 'other'}])
    expect(judged(checkTexts([letter], [...ledgers, ...other]))).toEqual(['unjudged missing-document'])
  })
  test('an error finding of a document, which is not compared then', () => {
    const torn: Texts = {
      ...edited('views', 'vows'),
      findings: [
        {
          ruleId: 'recognize:page-failed',
          severity: 'error',
          reason: 'Unexpected end of file',
          file: 'scans/letter/2.png',
          page: 'letter/2',
          point: null,
        },
      ],
    }
    const run = checkTexts([torn], ledgers)
    expect(run.report.verdict.gate.judgements).toMatchObject([
      {
        outcome: 'unjudged',
        ruleId: 'recognize:page-failed',
        file: 'scans/letter/2.png',
        command: 'scanproof check letter',
      },
    ])
  })
  test('an unchanged document with an error finding is not taken from the ledger', () => {
    const finding = {
      ruleId: 'read:claimed-twice',
      severity: 'error' as const,
      reason: 'two files',
      file: 'scans/letter/1.png',
      page: null,
      point: null,
    }
    const run = checkTexts([{...letter, findings: [finding]}], ledgers)
    expect(run.report.verdict).toMatchObject({status: 'incomplete', gate: {unchanged: []}})
  })
})

describe('nothing changed but the result did', () => {
  test('another reading of the same scan by the same engine', () => {
    const run = checkTexts([reread('1', 'practice', 'pracfice')], ledgers)
    expect(judged(run)).toEqual(['unjudged unexplained-change letter/1'])
    expect(run.report.verdict.gate.judgements[0]).toMatchObject({
      file: 'recognitions/letter/1.json',
      command: 'rm recognitions/letter/1.json && scanproof check letter',
    })
  })
  test('another result of the same reading, rules, comparison and transcript', () => {
    const forged = ledgers.map(
      (ledger): Ledger => ({
        ...ledger,
        pages: ledger.pages.map(page => ({...page, counts: {...page.counts, correct: page.counts.correct + 1}})),
      }),
    )
    const run = checkTexts([letter], forged, {options: {strict: true}})
    expect(judged(run)).toEqual(['unjudged unexplained-change letter/1', 'unjudged unexplained-change letter/2'])
  })
  test('a difference that was taken out of the ledger by hand is a regression, not a riddle', () => {
    const shortened = ledgers.map(
      (ledger): Ledger => ({...ledger, pages: ledger.pages.map(page => ({...page, differences: []}))}),
    )
    expect(judged(checkTexts([letter], shortened))).toEqual([
      'regression new-difference letter/1 countries/countrics',
      'regression new-difference letter/2 between/betwcen',
    ])
  })
})

describe('a new engine or new rules', () => {
  const other = {...engine, version: '2'}
  const many = Array.from({length: 12}, (_, index): Texts => ({...letter, id: `letter-${index + 10}`}))
  const manyLedgers = acceptAll(many)
  const worse = many.map(texts => ({
    ...texts,
    pages: {...texts.pages, 1: (texts.pages[1] ?? '').replace('practice', 'pracfice').replace('views', 'vicws')},
  }))

  test('that changes nothing passes, and is named', () => {
    const {verdict} = checkTexts([letter], ledgers, {reader: other}).report
    expect(verdict.status).toBe('passed')
    expect(verdict.gate.changes).toMatchObject([
      {
        cause: 'engine',
        pages: 2,
        from: expect.stringMatching(/^typist 1 eng /),
        to: expect.stringMatching(/^typist 2 eng /),
      },
    ])
    expect(verdict.gate.population).toBeNull()
  })
  test('that changes a few documents is judged difference by difference: statistics could not speak', () => {
    const run = checkTexts([reread('1', 'practice', 'pracfice')], ledgers, {reader: other})
    expect(judged(run)).toEqual(['regression new-difference letter/1 practice/pracfice'])
    expect(run.report.verdict.gate.judgements[0]?.causes).toEqual(['engine'])
  })
  test('that makes many documents worse is one regression', () => {
    const run = checkTexts(worse, manyLedgers, {reader: other})
    expect(judged(run)).toEqual(['regression population'])
    expect(run.report.verdict.gate.population).toMatchObject({
      result: 'regressed',
      documents: 12,
      changedDocuments: 12,
      worsePages: 12,
      betterPages: 0,
    })
    expect(run.report.verdict.status).toBe('failed')
  })
  test('that makes many documents better is an improvement to bank', () => {
    const run = checkTexts(many, acceptAll(worse), {reader: other})
    expect(judged(run)).toEqual(['improvement population'])
    expect(run.report.verdict.status).toBe('passed')
    expect(checkTexts(many, acceptAll(worse), {reader: other, options: {strict: true}}).report.verdict.status).toBe(
      'failed',
    )
  })
  test('that moves errors about passes with a note that says what would have been seen', () => {
    const shuffled = many.map((texts, index) =>
      index % 2 === 0
        ? (worse[index] ?? texts)
        : {
            ...texts,
            pages: {
              ...texts.pages,
              1: (texts.pages[1] ?? '').replace('countrics', 'countries'),
              2: (texts.pages[2] ?? '').replace('betwcen', 'between'),
            },
          },
    )
    const run = checkTexts(shuffled, manyLedgers, {reader: other})
    expect(judged(run)).toEqual(['note population'])
    expect(run.report.verdict.status).toBe('passed')
    expect(run.report.verdict.gate.judgements[0]?.reason).toMatch(
      /a rise of \d\.\d\d points or more would have been seen$/,
    )
  })
  test('a transcript edited at the same time is judged difference by difference', () => {
    const [first, ...rest] = worse
    const both = {...first!, transcript: replaced(first!.transcript, 'great importance', 'some importance')}
    const run = checkTexts([both, ...rest], manyLedgers, {reader: other})
    expect(judged(run)).toEqual([
      'regression population',
      'regression new-difference letter-10/2 some/great',
      'regression new-difference letter-10/1 practice/pracfice',
      'regression new-difference letter-10/1 views/vicws',
    ])
  })
  test('rules are known by their code and by the settings', () => {
    const changed = checkTexts([letter], ledgers, {made: {...program, rules: 'rules-2'}})
    expect(changed.report.verdict.gate.changes.map(({cause}) => cause)).toEqual(['rules'])
    const disabled = checkTexts([letter], ledgers, {settings: {disabledRules: ['strip-noise']}})
    expect(disabled.report.verdict.gate.changes.map(({cause}) => cause)).toEqual(['rules'])
    const equality = checkTexts([letter], ledgers, {settings: {equality: 'strict'}})
    expect(equality.report.verdict.gate.changes.map(({cause}) => cause)).toContain('comparison')
  })
})

describe('limits', () => {
  test('an exceeded limit is a regression that names itself', () => {
    const run = checkTexts([letter], ledgers, {settings: {maxCharacterErrorRate: 0.001}})
    expect(judged(run)).toEqual(['regression limit', 'regression limit'])
    expect(run.report.verdict.gate.judgements[1]?.reason).toMatch(
      /^Unexpected maxCharacterErrorRate of `letter`: 0\.\d+, expected <= 0\.001$/,
    )
  })
  test('a rise above the ledger is held against its own limit', () => {
    const changed = edited('exchanges of views', 'change of views')
    const run = checkTexts([changed], ledgers, {settings: {maxCharacterErrorRateRise: 0.001}})
    expect(run.report.verdict.checks.map(({name, place, passed}) => [name, place, passed])).toEqual([
      ['maxCharacterErrorRateRise', 'corpus', false],
      ['maxCharacterErrorRateRise', 'letter', false],
    ])
    const loose = checkTexts([changed], ledgers, {settings: {maxCharacterErrorRateRise: 0.5}})
    expect(loose.report.verdict.checks.every(({passed}) => passed)).toBe(true)
  })
  test('drift since an older ledger passes below the floor and fails above it', () => {
    const drifted = edited('exchanges of views', 'change of views')
    const now = acceptAll([drifted])
    const against = (old: readonly Ledger[]) =>
      checkTexts([drifted], now, {
        options: {drift: {revision: 'v1', ledgers: new Map(old.map(item => [item.document, JSON.stringify(item)]))}},
      })
    expect(judged(against(now))).toEqual([])
    expect(judged(against(ledgers))).toEqual(['regression drift'])
    expect(against(ledgers).report.verdict.gate.drift).toMatchObject({revision: 'v1', pages: 2})
    expect(judged(against([]))).toEqual(['unjudged drift'])
  })
})

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`No \`${from}\` to replace`)
  return text.replace(from, to)
}
