import type {CheckReport, Gate, Judgement, Rate} from '../../src/model.ts'

/** What an enemy could have put on a scan, into a transcript or a file name. */
export const evil = [
  'EVIL',
  '\n::error file=x::injected\n  ::add-mask::secret\r\n##[error]injected ##[add-mask]x',
  '%0A::warning::injected ::stop-commands::t\n::t::',
  '</failure></testcase>]]><x a="1" b=\'2\'>&amp; <!-- --> <script>alert(1)</script>',
  '``` ````` ` | \\| [link](javascript:alert(1)) ![i](x) @everyone #1 https://example.org',
  '\0\x1b[31mred\x1b]0;title\x07\x9b2J\x08 \ufffe\uffff\ud800 \u202e\u2066\u2028\u2029\u0085',
  '# SKIP ok 1 - fine\nBail out!\n1..0\n...\n---',
].join(' ')

export const base = {base: ''}

/** A check with a judgement of every outcome, on two documents. */
export const failing = checkOf({
  status: 'incomplete',
  judgements: [
    judgement({}),
    judgement({
      ruleId: 'gate:limit',
      difference: null,
      page: null,
      file: null,
      point: null,
      end: null,
      reason: 'Unexpected maxCharacterErrorRate of `letter`: 0.031, expected <= 0.02',
      remedy: 'Look at what differs and mend it, or set another limit in scanproof.config.json',
      command: 'scanproof run letter',
    }),
    judgement({
      outcome: 'unjudged',
      ruleId: 'gate:missing-page',
      document: 'memo',
      page: 'memo/2',
      file: 'transcripts/memo.md',
      point: null,
      end: null,
      difference: null,
      reason: 'Expected page `memo/2`, as in `ledger/memo.json`, found no scan of it',
      remedy: 'Put the scan back; if the page is meant to go, accept the document without it',
      command: 'scanproof accept memo --reason "..."',
    }),
    judgement({
      outcome: 'improvement',
      ruleId: 'gate:gone-difference',
      page: 'letter/2',
      reason: 'Expected the accepted difference, found both the same',
      remedy: 'Bank it, so that it cannot come back unseen',
      command: 'scanproof accept --improved',
      point: {line: 20, column: 3, offset: 900},
      end: {line: 21, column: 4, offset: 950},
      difference: {
        id: 'fedcba9876543210',
        kind: 'substitution',
        reference: 'whole.',
        hypothesis: 'whoie.',
        before: 'as a',
        after: 'In this',
        errors: 1,
        scan: null,
      },
    }),
    judgement({outcome: 'note', ruleId: 'gate:unseen-edit', difference: null, reason: 'Edited unseen', page: null}),
  ],
})

export const passed = checkOf({status: 'passed', judgements: []})

/** Everything that comes from outside is hostile. */
export const hostile: CheckReport = {
  ...checkOf({
    status: 'failed',
    judgements: [
      judgement({
        document: `letter`,
        page: `letter/${evil}`,
        file: `transcripts/${evil}.md`,
        reason: `Unexpected \`${evil}\``,
        remedy: `Mend ${evil}`,
        command: `scanproof accept '${evil}'`,
        difference: {
          id: '0123456789abcdef',
          kind: 'substitution',
          reference: evil,
          hypothesis: evil,
          before: evil,
          after: evil,
          errors: 9,
          scan: {page: `letter/${evil}`, box: {x: 1, y: 2, width: 3, height: 4}, confidence: 0.5},
        },
      }),
      judgement({
        ruleId: 'gate:limit',
        document: evil,
        page: null,
        file: null,
        point: null,
        end: null,
        difference: null,
      }),
    ],
  }),
}

/** A corpus of which every page fails. */
export function manyFailing(pages: number, texts = 'nothing'): CheckReport {
  const ids = Array.from({length: pages}, (_, index) => [`box-${Math.floor(index / 100)}`, index % 100] as const)
  const judgements = ids.map(([document, page], index) =>
    judgement({
      document,
      page: `${document}/${page}`,
      file: `transcripts/${document}.md`,
      reason: `Unexpected \`${texts}\` read on the scan, expected \`modern\`, as in the transcript`,
      difference: {
        id: index.toString(16).padStart(16, '0'),
        kind: 'substitution',
        reference: texts,
        hypothesis: texts,
        before: 'in the',
        after: 'world of',
        errors: pages - index,
        scan: null,
      },
    }),
  )
  const documents = [...new Set(ids.map(([document]) => document))].map(id => ({
    id,
    status: 'compared' as const,
    transcript: `transcripts/${id}.md`,
    characters: rate(1900, 100),
    pages: ids
      .filter(([document]) => document === id)
      .map(([, page]) => ({
        id: `${id}/${page}`,
        status: 'compared' as const,
        scan: {file: `scans/${id}/${page}.png`, frame: 0},
        characters: rate(1900, 100),
      })),
  }))
  return {...checkOf({status: 'failed', judgements}), documents}
}

export function judgement(parts: Partial<Judgement>): Judgement {
  return {
    ruleId: 'gate:new-difference',
    outcome: 'regression',
    reason: 'Unexpected `modem` in the transcript, expected `modern`, as the scan was read',
    remedy: 'Mend the transcript if it is wrong, or accept the difference',
    command: 'scanproof accept letter#1:0123456789abcdef --reason "..."',
    causes: ['transcript'],
    document: 'letter',
    page: 'letter/1',
    file: 'transcripts/letter.md',
    point: {line: 12, column: 5, offset: 400},
    end: {line: 12, column: 10, offset: 405},
    difference: {
      id: '0123456789abcdef',
      kind: 'substitution',
      reference: 'modem',
      hypothesis: 'modern',
      before: 'in the',
      after: 'world of',
      errors: 2,
      scan: {page: 'letter/1', box: {x: 412, y: 880, width: 96, height: 31}, confidence: 0.93},
    },
    ...parts,
  }
}

export function checkOf({
  status,
  judgements,
  gate = {},
}: {
  readonly status: CheckReport['verdict']['status']
  readonly judgements: readonly Judgement[]
  readonly gate?: Partial<Gate>
}): CheckReport {
  const page = (id: string) => ({
    id,
    status: 'compared' as const,
    scan: {file: `scans/${id}.png`, frame: 0},
    characters: rate(990, 10),
  })
  const document = (id: string) => ({
    id,
    status: 'compared' as const,
    transcript: `transcripts/${id}.md`,
    characters: rate(1980, 20),
    pages: [page(`${id}/1`), page(`${id}/2`)],
  })
  return {
    tool: {name: 'scanproof', version: '0.1.0'},
    engine: {name: 'tesseract.js', version: '7.0.0', model: 'eng', modelSha256: 'ab'.repeat(32), parameters: {}},
    characters: rate(3960, 40),
    documents: [document('letter'), {...document('memo'), pages: [page('memo/1')]}],
    verdict: {
      status,
      checks: [],
      gate: {
        strict: false,
        changes: [{cause: 'transcript', pages: 2, from: 'a1', to: 'b2'}],
        judgements,
        population: null,
        drift: null,
        tolerated: {ocr: 40, transcript: 0, both: 0, editorial: 3, illegible: 0, unsure: 0},
        unchanged: ['memo'],
        ...gate,
      },
    },
  }
}

export const population: NonNullable<Gate['population']> = {
  pages: 42,
  documents: 12,
  changedDocuments: 9,
  worsePages: 27,
  betterPages: 4,
  before: {correct: 9800, substitutions: 150, insertions: 0, deletions: 50},
  after: {correct: 9780, substitutions: 170, insertions: 0, deletions: 50},
  rise: 0.0021,
  pValue: 0.0183,
  interval: {low: 0.0002, high: 0.0044},
  floor: 0.0005,
  smallestDetectable: 0.0019,
  result: 'regressed',
  worst: [{page: 'letter/2', before: 9, after: 40}],
}

function rate(correct: number, substitutions: number): Rate {
  const reference = correct + substitutions
  return {correct, substitutions, insertions: 0, deletions: 0, reference, errorRate: substitutions / reference}
}
