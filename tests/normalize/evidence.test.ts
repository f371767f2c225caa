/** What speaks for and against a candidate, through the whole normalizer. */
import {describe, expect, test} from 'vitest'
import type {Edit, PageText, RegionKind} from '../../src/model.ts'
import {normalize} from '../../src/normalize/normalize.ts'
import {plainPages} from './plain-pages.ts'
import {rowTop, typedPage} from './typed-page.ts'

const prose = [
  'We have sought to bring greater stability to our relations with',
  'the Soviet Union, and as part of that, to resume a serious dialogue',
  'with them. This was the purpose of my letter to the Chairman, and',
  'it is the purpose of this one as well.',
]

const run = (pages: readonly PageText[]) => normalize(pages, {profile: 'letter', disabled: []})
const outcome = (edits: readonly Edit[], raw: string) => {
  const edit = edits.find(item => item.raw.includes(raw))
  return {action: edit?.action ?? 'keep', evidence: edit?.evidence.join('; ') ?? ''}
}

describe('a bare word', () => {
  test('is flagged where nothing else speaks for it', () => {
    const text = [...prose.slice(0, 2), 'SECRET', 'We asked them again.', ...prose].join('\n')
    expect(outcome(run(plainPages(text)).edits, 'SECRET')).toEqual({action: 'flag', evidence: 'reads `SECRET` (+2)'})
  })

  test.each([
    ['top', ['SECRET', '', ...prose]],
    ['bottom', [...prose, '', 'SECRET']],
  ])('goes at the %s of a page, set apart', (edge, lines) => {
    const {action, evidence} = outcome(run(plainPages(lines.join('\n'))).edits, 'SECRET')
    expect(action).toBe('strip')
    expect(evidence).toContain(`it stands at the ${edge} of the page (+2)`)
  })

  test('is only flagged at the edge of the letter, not set apart', () => {
    const {action, evidence} = outcome(run(plainPages([...prose, 'SECRET'].join('\n'))).edits, 'SECRET')
    expect([action, evidence]).toEqual(['flag', 'reads `SECRET` (+2); it stands at the bottom of the page (+1)'])
  })

  test('goes where it stands on two pages', () => {
    const page = [...prose.slice(0, 2), 'SECRET', 'We asked them again.', ...prose].join('\n')
    const {action, evidence} = outcome(run(plainPages(`${page}\f${page}`)).edits, 'SECRET')
    expect(action).toBe('strip')
    expect(evidence).toContain('the same marking stands on 2 pages (+2)')
  })

  test('goes next to a marking that is sure', () => {
    const text = [...prose, 'SECRET', 'NLS MR 2000-004 #5', 'We asked them again.', ...prose].join('\n')
    const {action, evidence} = outcome(run(plainPages(text)).edits, 'SECRET')
    expect(action).toBe('strip')
    expect(evidence).toContain('it stands next to a marking that is sure (+2.5)')
  })

  test('goes from the middle of a sentence that goes on without it', () => {
    const text = [...prose.slice(0, 1), 'SECRET', ...prose.slice(1)].join('\n')
    const {clean, edits} = run(plainPages(text))
    expect(outcome(edits, 'SECRET').evidence).toContain('the sentence around it goes on without it (+2)')
    expect(clean).toContain('our relations with the Soviet Union')
  })

  test.each([
    'this letter is to be stamped',
    'the report was marked',
    'which the ministry classified as',
    'they called it',
  ])('stays where the sentence needs it: %s', before => {
    const text = [...prose, before, 'SECRET', 'and kept in the safe of the embassy.', ...prose].join('\n')
    const {clean} = run(plainPages(text))
    expect(clean).toBe(text)
  })

  test.each(['"SECRET"', '“TOP SECRET”', 'SUBJECT: SECRET'])('stays as %s', line => {
    const text = [line, '', ...prose].join('\n')
    expect(run(plainPages(text)).clean).toBe(text)
  })

  test('stays on a line of other words', () => {
    const text = ['SECRET Service agents', '', ...prose, '', 'The Secret Garden'].join('\n')
    expect(run(plainPages(text)).edits).toEqual([])
  })
})

describe('the last line of a sentence', () => {
  test.each([
    ['The talks that we held in Vienna were', 'CONFIDENTIAL.'],
    ['they have to be kept, as far as it goes, as', 'SECRET'],
  ])('%s / %s stays, whatever the banners say', (before, grade) => {
    const page = [grade.replace('.', ''), '', ...prose, before, grade, '', ...prose].join('\n')
    const {clean} = run(plainPages(`${page}\f${page}`))
    expect(clean.split(`${before}\n${grade}`)).toHaveLength(3)
  })
})

describe('wording that heads paragraphs', () => {
  test.each(['UNAUTHORIZED DISCLOSURE', 'DECLASSIFICATION AUTHORITY', 'CURRENT STATUS'])(
    '%s stays at page tops',
    head => {
      const page = [head, '', ...prose].join('\n')
      expect(run(plainPages(`${page}\f${page}`)).clean).toBe(`${page}\f${page}`)
    },
  )

  test('goes beside a marking of its family that is sure', () => {
    const text = ['AGENCY INFORMATION', 'RECORD NUMBER : 144-10001-10276', '', ...prose].join('\n')
    expect(run(plainPages(text)).clean).toBe(prose.join('\n'))
  })

  test('is only flagged as an entry of a list', () => {
    const text = [...prose, '', '1. FOR OFFICIAL USE ONLY', '2. APPROVED FOR RELEASE', '', ...prose].join('\n')
    expect(run(plainPages(text)).clean).toBe(text)
  })
})

test('two lines of one stamp prove each other, in the middle of a page', () => {
  const text = [...prose, '', 'Excluded from automatic', 'downgrading and', '', 'We asked them again.', ...prose].join(
    '\n',
  )
  expect(run(plainPages(text)).clean).not.toMatch(/automatic|downgrading/)
})

describe('a number alone', () => {
  test.each(['1985', '130', '12.'])('%s at the top of the second page stays', number => {
    const pages = `SECRET\n\n${prose.join('\n')}\fSECRET\n\n${number}\n\n${prose.join('\n')}`
    expect(run(plainPages(pages)).clean).toContain(number)
  })
})

describe('a heading of the letter', () => {
  test.each(['Restrictions', 'Agency', 'Group 1', 'Routing', 'Index', 'Declassification', 'Released'])(
    '%s at the top of a page stays',
    heading => {
      const text = [heading, '', ...prose].join('\n')
      expect(run(plainPages(text)).clean).toBe(text)
    },
  )
})

describe('boxes', () => {
  test('say what stands above and below the letter, whatever the order of reading', () => {
    const page = typedPage('1', [...prose, '', '', 'SEGRET', ...prose])
    const moved = {
      ...page,
      words: page.words.map(word => (word.box.y === rowTop(6) ? {...word, box: {...word.box, y: 1000}} : word)),
    }
    const {edits} = run([moved])
    expect(outcome(edits, 'SEGRET').evidence).toContain('it stands at the bottom of the page (+2)')
  })

  test('are joined to the box of an edit', () => {
    const {edits} = run([typedPage('1', ['TOP SECRET', '', ...prose])])
    expect(edits[0]?.box).toEqual({x: 80, y: 60, width: 100, height: 14})
    expect(edits[0]?.pageId).toBe('typed/1')
  })

  test('are null on plain text', () => {
    expect(run(plainPages(['TOP SECRET', '', ...prose].join('\n'))).edits[0]?.box).toBeNull()
  })

  test('are no longer looked at once a join moved the word to another page', () => {
    const pages = [
      typedPage('1', [...prose, 'the result of the talks was a re-']),
      typedPage('2', ['sult of the letters', ...prose]),
    ]
    const {clean} = run(pages)
    expect(clean).toContain('was a result\fof the letters')
  })
})

describe('ink', () => {
  const at = (kind: RegionKind, score: number) =>
    run([
      typedPage(
        '1',
        [...prose, 'NARA', ...prose],
        [{kind, box: {x: 70, y: rowTop(4) - 4, width: 200, height: 22}, score, text: null}],
      ),
    ]).edits

  test.each(['stamp', 'strike', 'rotated', 'handwriting', 'margin', 'redaction'] as const)('%s speaks for it', kind => {
    expect(outcome(at(kind, 0.9), 'NARA').evidence).toMatch(/preparation found .* there \(\+1\)/)
  })

  test('a rule, and a region that preparation is unsure of, say nothing', () => {
    for (const edits of [at('rule', 0.9), at('stamp', 0.1)]) {
      expect(outcome(edits, 'NARA').evidence).not.toContain('preparation')
    }
  })
})

describe('confidence', () => {
  test.each([
    [0.5, '(+1)'],
    [0.1, '(+2)'],
  ])('%f speaks for it', (confidence, score) => {
    const {edits} = run([typedPage('1', [...prose, {text: 'SEGRET', confidence}, ...prose])])
    expect(outcome(edits, 'SEGRET').evidence).toContain(`the engine was ${confidence * 100} % sure of it ${score}`)
  })

  test('says nothing where the engine was sure', () => {
    const {edits} = run([typedPage('1', [...prose, 'SEGRET', ...prose])])
    expect(outcome(edits, 'SEGRET').evidence).not.toContain('engine')
  })
})

describe('noise', () => {
  test('goes at the edge of a page where the engine had no idea', () => {
    const {clean} = run([typedPage('1', [...prose, '', {text: 'seuss GFGREFS', confidence: 0.02}])])
    expect(clean).toBe(prose.join('\n'))
  })

  test.each(['RMM/sn', 'M. GORBACHEV', '891', '/S/', 'Zbigniew', 'FM AMEMBASSY MOSCOW', '1.', '(a)', '...', 'To'])(
    '%s stays',
    line => {
      const page = typedPage('1', [...prose, '', {text: line, confidence: 0.4}])
      expect(run([page]).clean).toContain(line)
    },
  )
})

test('what is stripped depends on no page that comes after the document', () => {
  const pages = Array.from({length: 40}, (_, index) =>
    ['SECRET', '', ...prose, '', `- ${index + 1} -`].join('\n'),
  ).join('\f')
  const {clean, edits} = run(plainPages(pages))
  expect(clean.split('\f')).toHaveLength(40)
  expect(clean).not.toMatch(/SECRET|- \d+ -/)
  expect(edits.filter(({action}) => action === 'strip')).toHaveLength(80)
})
