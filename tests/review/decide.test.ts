import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Decision, Ledger} from '../../src/model.ts'
import {decideDocument} from '../../src/review/decide.ts'
import type {ReviewedDocument} from '../../src/review/document.ts'
import type {Texts} from '../gate/corpus.ts'
import {judged} from '../gate/corpus.ts'
import {checkAfter, decide, differenceOf, review} from './desk.ts'

const letter: Texts = {
  id: 'letter',
  transcript: [
    '---',
    'title: A letter',
    '---',
    '',
    'Dear *Ron*,',
    '',
    'It was good to see you at the palace in **May**, and I hope',
    'that all of you are well. The exchange of views was “useful”,',
    'we think, and we look forward to the next one in Geneva.',
    '',
    'Sincerely yours,',
    '',
    'Margaret',
    '',
  ].join('\n'),
  pages: {
    1: [
      'Dear Ronn,',
      '',
      'It was good to see you at the palace in June, and I hope',
      'that all of you are well. The exchange of view was "usefull",',
    ].join('\n'),
    2: ['we thlnk, and we look forward to the next one in Vienna.', '', 'Sincerely yours,', '', 'Margaret'].join('\n'),
  },
}

const none = new Set<string>()
const differencesOf = ({compared}: ReviewedDocument) =>
  compared.report.differences.map(({reference, hypothesis}) => `${reference.trim()}/${hypothesis.trim()}`)

describe('taking the OCR’s reading', () => {
  test('changes only the bytes of the word: emphasis, quotes and line ends stay', () => {
    const {corpus, reviewed} = review(letter)
    expect(differencesOf(reviewed)).toEqual([
      'Ron,/Ronn,',
      'May,/June,',
      'views/view',
      '“useful”,/"usefull",',
      'think,/thlnk,',
      'Geneva./Vienna.',
    ])
    const decisions = differencesOf(reviewed).map(text => decide(reviewed, text, 'transcript'))
    const {reviewed: after, outcomes} = decideDocument(corpus, reviewed, decisions, none)
    expect(outcomes.map(({status, reason}) => reason ?? status)).toEqual(decisions.map(() => 'written'))
    expect(after.document.transcript?.source).toBe(
      letter.transcript
        .replace('*Ron*', '*Ronn*')
        .replace('**May**', '**June**')
        .replace('views', 'view')
        .replace('“useful”', '“usefull”')
        .replace('think', 'thlnk')
        .replace('Geneva', 'Vienna'),
    )
    expect(differencesOf(after)).toEqual([])
    expect(judged(checkAfter(letter, after))).toEqual([])
    expect(outcomes[1]?.diff).toContain('+It was good to see you at the palace in **June**, and I hope')
  })

  test('words that came or went, and what a person read', () => {
    const texts = {
      ...letter,
      transcript: 'One *two* three five six\n\nseven eight.\n',
      pages: {1: 'One three four five six\n\nseven elght.'},
    }
    const {corpus, reviewed} = review(texts)
    const {reviewed: after, outcomes} = decideDocument(
      corpus,
      reviewed,
      [
        decide(reviewed, 'two/', 'transcript'),
        decide(reviewed, '/four', 'transcript'),
        decide(reviewed, 'eight./elght.', 'both', {reading: 'Eight.'}),
      ],
      none,
    )
    expect(outcomes.map(({status, reason}) => reason ?? status)).toEqual(['written', 'written', 'written'])
    expect(after.document.transcript?.source).toBe('One three four five six\n\nseven Eight.\n')
    expect(differencesOf(after)).toEqual(['Eight./elght.'])
    expect(judged(checkAfter(texts, after))).toEqual([])
    expect(after.ledger?.pages[0]?.differences.map(({verdict}) => verdict)).toEqual(['ocr'])
  })
})

describe('check is green for what was decided', () => {
  test('what stays is in the ledger with verdict, reason, author and date; what is open is a regression', () => {
    const {corpus, reviewed} = review(letter)
    const {reviewed: after} = decideDocument(
      corpus,
      reviewed,
      [
        decide(reviewed, 'May,/June,', 'ocr', {tags: ['faded'], note: 'see the\nenvelope'}),
        decide(reviewed, 'Ron,/Ronn,', 'transcript'),
        decide(reviewed, 'Geneva./Vienna.', 'editorial', {author: 'B. Reader', date: '2026-11-23'}),
      ],
      none,
    )
    expect(judged(checkAfter(letter, after))).toEqual([
      'regression new-difference letter/1 views/view',
      'regression new-difference letter/1 “useful”,/"usefull",',
      'regression new-difference letter/2 think,/thlnk,',
    ])
    const lines = after.ledger?.pages.flatMap(({differences}) => differences) ?? []
    expect(lines.map(({verdict, reason, author, date}) => [verdict, reason, author, date])).toEqual(
      expect.arrayContaining([
        ['ocr', 'faded: see the envelope', 'A. Curator', '2026-11-24'],
        ['editorial', 'compared with the scan: meant to differ', 'B. Reader', '2026-11-23'],
      ]),
    )
  })

  test('an accepted difference whose neighbours on both sides change stays accepted, by its first author', () => {
    const apart = {...letter, transcript: 'One two three four.\n', pages: {1: 'Ome twp threo four.'}}
    const ledger = accept(apart, 'two/twp')
    const {corpus, reviewed} = review(apart, ledger)
    const decisions = ['One/Ome', 'three/threo'].map(text =>
      decide(reviewed, text, 'transcript', {author: 'B. Reader'}),
    )
    const {reviewed: after, renamed} = decideDocument(corpus, reviewed, decisions, none)
    expect(judged(checkAfter(apart, after))).toEqual([])
    expect(after.ledger?.pages[0]?.differences.map(({author}) => author)).toEqual(['A. Curator'])
    expect(renamed.get(differenceOf(reviewed, 'two/twp').id)).toBe(differenceOf(after, 'two/twp').id)
  })

  test('who takes a reading where a person had found the OCR wrong takes that line out', () => {
    const {corpus, reviewed} = review(letter, accept(letter, 'May,/June,'))
    const {reviewed: after} = decideDocument(corpus, reviewed, [decide(reviewed, 'May,/June,', 'transcript')], none)
    expect(after.ledger?.pages.flatMap(({differences}) => differences)).toEqual([])
    expect(judged(checkAfter(letter, after)).filter(line => line.includes('May'))).toEqual([])
  })

  test('a new scan or engine since the ledger is not hidden by a decision on one word', () => {
    const ledger = acceptOld(letter)
    const {corpus, reviewed} = review(letter, ledger)
    const {reviewed: after} = decideDocument(corpus, reviewed, [decide(reviewed, 'May,/June,', 'ocr')], none)
    expect(after.ledger?.pages[0]?.fingerprints.engine).toBe('another engine')
  })
})

describe('decisions are found again, or refused', () => {
  test('in any order, on any state: one by one and all at once give the same files', () => {
    const texts = ['Ron,/Ronn,', 'May,/June,', 'views/view', '“useful”,/"usefull",', 'think,/thlnk,', 'Geneva./Vienna.']
    const {corpus, reviewed} = review(letter, accept(letter, 'views/view'))
    let live = reviewed
    const made: Decision[] = []
    for (const [index, text] of texts.entries()) {
      const verdict = (['transcript', 'transcript', 'editorial', 'both', 'ocr', 'transcript'] as const)[index]!
      const decision = decide(live, text, verdict, verdict === 'both' ? {reading: '“helpful”,'} : {})
      const step = decideDocument(corpus, live, [decision], new Set(made.flatMap(({page}) => page ?? [])))
      expect(step.outcomes[0]?.reason).toBe(null)
      made.push(step.made[0]!)
      live = step.reviewed
    }
    const once = decideDocument(corpus, reviewed, made, none)
    expect(once.outcomes.map(({reason}) => reason)).toEqual(made.map(() => null))
    expect(once.reviewed.document.transcript?.source).toBe(live.document.transcript?.source)
    expect(once.reviewed.ledger).toEqual(live.ledger)
    // And again: all is as it was decided.
    const again = decideDocument(corpus, once.reviewed, made, none)
    expect(again.outcomes.map(({status, reason}) => reason ?? status)).toEqual(made.map(() => 'unchanged'))
    expect(again.reviewed).toBe(once.reviewed)
  })

  test('whatever is decided, one by one and at once give the same files, and check has nothing to say', () => {
    const words = fc.constantFrom(
      'the',
      'cat',
      'sat',
      'on',
      '*mat*',
      'and',
      '**purred**',
      'for',
      'an',
      '“hour”,',
      'x&amp;y',
    )
    const damage = fc.constantFrom('', 'z', 'drop', 'add', '')
    const text = fc.array(fc.record({word: words, damage, ends: fc.constantFrom(' ', ' ', ' ', '\n', '\n\n')}), {
      minLength: 4,
      maxLength: 25,
    })
    const verdicts = fc.infiniteStream(fc.constantFrom('ocr', 'transcript', 'both', 'editorial', 'transcript'))
    const read = (word: string) => word.replace(/[*]/g, '').replace('&amp;', '&')
    fc.assert(
      fc.property(text, verdicts, fc.nat(), (parts, stream, skip) => {
        const texts: Texts = {
          id: 'letter',
          transcript: `${parts
            .map(({word, ends}) => word + ends)
            .join('')
            .trim()}\n`,
          pages: {
            1: parts
              .map(({word, damage: kind, ends}, index) => {
                if (kind === 'drop') return ''
                return `${read(word)}${kind === 'add' ? ` added${index}` : kind}${ends}`
              })
              .join(''),
          },
        }
        fc.pre(/\S/.test(texts.pages[1] ?? ''))
        const {corpus, reviewed} = review(texts)
        fc.pre(reviewed.snapshot !== null)
        let live = reviewed
        const made: Decision[] = []
        for (let steps = 0; steps < 40; steps++) {
          const open = live.compared.report.differences.filter(
            ({id}) => !(live.ledger?.pages ?? []).some(({differences}) => differences.some(line => line.id === id)),
          )
          const next = open[skip % Math.max(1, open.length)]
          if (next === undefined) break
          const verdict = stream.next().value ?? 'ocr'
          const said = `${next.reference.trim()}/${next.hypothesis.trim()}`
          const reading = verdict === 'both' ? `typed${steps}` : null
          const decision = {...decide(live, said, verdict, {reading}), ...pick(next)}
          const step = decideDocument(corpus, live, [decision], new Set(made.flatMap(({page}) => page ?? [])))
          if (step.outcomes[0]?.status === 'refused') break
          made.push(step.made[0]!)
          live = step.reviewed
        }
        const once = decideDocument(corpus, reviewed, made, none)
        expect(once.outcomes.map(({reason}) => reason)).toEqual(made.map(() => null))
        expect(once.reviewed.document.transcript?.source).toBe(live.document.transcript?.source)
        expect(once.reviewed.ledger).toEqual(live.ledger)
        const accepted = new Set(live.ledger?.pages.flatMap(({differences}) => differences.map(({id}) => id)))
        const open = live.compared.report.differences.filter(({id}) => !accepted.has(id))
        const {gate} = checkAfter(texts, live).report.verdict
        if (live.ledger !== null) {
          expect(gate.judgements.flatMap(({difference}) => difference?.id ?? []).sort()).toEqual(
            open.map(({id}) => id).sort(),
          )
        }
      }),
      {numRuns: 80, seed: 6},
    )
  })

  test('where the file changed meanwhile, before and beside it', () => {
    const {reviewed} = review(letter)
    const decision = decide(reviewed, 'think,/thlnk,', 'transcript')
    const edited = {
      ...letter,
      transcript: letter.transcript.replace('Dear', 'My very dear').replace('useful”,', 'useful”, as'),
    }
    const now = review(edited)
    const step = decideDocument(now.corpus, now.reviewed, [decision], none)
    expect(step.outcomes[0]).toMatchObject({status: 'written', reason: null})
    expect(step.reviewed.document.transcript?.source).toBe(edited.transcript.replace('think', 'thlnk'))
  })

  test.each([
    ['is gone', letter.transcript.replace('we think,', 'we know,')],
    ['is mended another way', letter.transcript.replace('think', 'thank')],
  ])('a difference that %s', (_, transcript) => {
    const {reviewed} = review(letter)
    const decision = decide(reviewed, 'think,/thlnk,', 'transcript')
    const now = review({...letter, transcript})
    const step = decideDocument(now.corpus, now.reviewed, [decision], none)
    expect(step.outcomes[0]?.status).toBe('refused')
    expect(step.outcomes[0]?.reason).toContain('reload the page')
    expect(step.reviewed).toBe(now.reviewed)
  })

  test('one of several alike is refused where the words around do not tell, and found where they do', () => {
    const texts = {
      ...letter,
      transcript: 'the cat sat. the cat sat. the cat sat.\n',
      pages: {1: 'the cot sat. the cot sat. the cot sat.'},
    }
    const {corpus, reviewed} = review(texts)
    const differences = reviewed.compared.report.differences
    const second = {...decide(reviewed, 'cat/cot', 'transcript'), ...pick(differences[1]!)}
    const found = decideDocument(corpus, reviewed, [second], none)
    expect(found.reviewed.document.transcript?.source).toBe('the cat sat. the cot sat. the cat sat.\n')
    const unknown = {...second, id: '0'.repeat(16), page: null}
    const step = decideDocument(corpus, reviewed, [{...unknown, before: 'the', after: 'sat.'}], none)
    expect(step.outcomes[0]?.status).toBe('refused')
  })

  test('a reading that the Markdown cannot hold is refused, and the others are made', () => {
    const texts = {...letter, transcript: 'The `code` and more words.\n', pages: {1: 'The c`de and mare words.'}}
    const {corpus, reviewed} = review(texts)
    const decisions = ['code/c`de', 'more/mare'].map(text => decide(reviewed, text, 'transcript'))
    const {outcomes, reviewed: after} = decideDocument(corpus, reviewed, decisions, none)
    expect(outcomes.map(({status}) => status)).toEqual(['refused', 'written'])
    expect(outcomes[0]?.reason).toContain('edit the file by hand')
    expect(after.document.transcript?.source).toBe('The `code` and mare words.\n')
  })

  test('what cannot be judged takes no decision', () => {
    const {reviewed} = review(letter)
    const decision = decide(reviewed, 'think,/thlnk,', 'ocr')
    const file = 'transcripts/letter.md'
    const fault = {ruleId: 'read:x', severity: 'error' as const, reason: 'x', file, page: null, point: null}
    const now = review({...letter, findings: [fault]})
    expect(decideDocument(now.corpus, now.reviewed, [decision], none).outcomes[0]?.reason).toContain('cannot be judged')
  })
})

function pick({id, before, after}: {readonly id: string; readonly before: string; readonly after: string}) {
  return {id, before, after}
}

/** The ledger in which one difference is accepted. */
function accept(texts: Texts, text: string): Ledger | null {
  const {corpus, reviewed} = review(texts)
  return decideDocument(corpus, reviewed, [decide(reviewed, text, 'ocr')], none).reviewed.ledger
}

/** A ledger in which everything was accepted, by another engine. */
function acceptOld(texts: Texts): Ledger {
  const ledger = accept(texts, 'views/view')!
  const pages = ledger.pages.map(page => ({
    ...page,
    fingerprints: {...page.fingerprints, engine: 'another engine'},
  }))
  return {...ledger, pages}
}
