import {describe, expect, test} from 'vitest'
import {renderCheckText} from '../../src/report/check-text.ts'
import {checkOf, evil, failing, hostile, manyFailing, passed, population} from './checks.ts'

const terminal = {color: false, width: 100, base: ''}

describe('renderCheckText', () => {
  test('what changed, what failed with both sides and the command that mends it, the verdict last', () => {
    expect(renderCheckText(failing, terminal)).toMatchInlineSnapshot(`
      "Changed since the ledger:
        transcript, on 2 pages: a1 → b2

      regression  transcripts/letter.md:12:5 (page letter/1)  gate:new-difference
        Unexpected \`modem\` in the transcript, expected \`modern\`, as the scan was read
        transcript  in the modem world of
        scan        in the modern world of
        Mend the transcript if it is wrong, or accept the difference:
        scanproof accept letter#1:0123456789abcdef --reason "..."

      regression  letter  gate:limit
        Unexpected maxCharacterErrorRate of \`letter\`: 0.031, expected <= 0.02
        Look at what differs and mend it, or set another limit in scanproof.config.json:
        scanproof run letter

      not judged  transcripts/memo.md (page memo/2)  gate:missing-page
        Expected page \`memo/2\`, as in \`ledger/memo.json\`, found no scan of it
        Put the scan back; if the page is meant to go, accept the document without it:
        scanproof accept memo --reason "..."

      improvement  transcripts/letter.md:20:3 (page letter/2)  gate:gone-difference
        Expected the accepted difference, found both the same
        transcript  as a whole. In this
        scan        as a whoie. In this
        Bank it, so that it cannot come back unseen:
        scanproof accept --improved

      note  transcripts/letter.md:12:5  gate:unseen-edit
        Edited unseen
        Mend the transcript if it is wrong, or accept the difference:
        scanproof accept letter#1:0123456789abcdef --reason "..."

      2 documents, 3 pages, 1 of the documents unchanged; clean CER 1.00 %
      43 accepted differences found again: 40 ocr, 3 editorial
      Verdict: incomplete (2 regressions, 1 not judged, 1 improvement not banked)
      "
    `)
  })

  test('a passed check is three lines after what changed', () => {
    expect(renderCheckText(passed, terminal)).toMatchInlineSnapshot(`
      "Changed since the ledger:
        transcript, on 2 pages: a1 → b2

      2 documents, 3 pages, 1 of the documents unchanged; clean CER 1.00 %
      43 accepted differences found again: 40 ocr, 3 editorial
      Verdict: passed (0 regressions)
      "
    `)
  })

  test('statistics are told with p, interval, and what would have been seen', () => {
    const text = renderCheckText(checkOf({status: 'failed', judgements: [], gate: {population}}), terminal)
    expect(text).toContain('Judged together: 42 pages of 12 documents, 9 of them changed; 27 pages worse, 4 better')
    expect(text).toContain('rise +0.21 points, 95 % interval +0.02 points to +0.44 points, p = 0.0183: regressed')
    expect(text).toContain('least rise that would have been seen: +0.19 points')
    expect(text).toContain('letter/2: 9 → 40 wrong characters')
  })

  test('commands are never broken over lines: they are there to be copied', () => {
    const narrow = renderCheckText(failing, {...terminal, width: 40})
    for (const {command} of failing.verdict.gate.judgements) expect(narrow).toContain(`\n  ${command}\n`)
  })

  test('paths lead from where the command ran', () => {
    expect(renderCheckText(failing, {...terminal, base: 'archive/'})).toContain('archive/transcripts/letter.md:12:5')
  })

  test('no text from outside acts on the terminal', () => {
    expect(hostile.verdict.gate.judgements[0]?.difference?.reference).toBe(evil)
    const text = renderCheckText(hostile, terminal)
    expect(text).toContain('EVIL')
    expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]|\p{Surrogate}/u)
    expect(renderCheckText(hostile, {...terminal, color: true}).match(/\x1b\[[\d;]*m/g)?.length).toBeGreaterThan(0)
  })

  test('of very many judgements the worst fifty are shown, and how many are not', () => {
    const text = renderCheckText(manyFailing(10_000), terminal)
    expect(text.match(/^regression/gm)).toHaveLength(50)
    expect(text).toContain('and 9,950 more judgements')
    expect(text).toContain('box-0/0')
  })
})
