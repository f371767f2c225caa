import {describe, expect, test} from 'vitest'
import {acceptDifference, acceptImprovements, acceptPages, type Snapshot} from '../../src/gate/accept.ts'
import {serializeLedger} from '../../src/gate/ledger.ts'
import type {Ledger} from '../../src/model.ts'
import {acceptAll, checkTexts, decision, judged, type Texts} from './corpus.ts'

const base: Texts = {
  id: 'letter',
  transcript:
    'The first page is here for all to read.\n\nThe second page is here for all to see.\n\nThe third one ends it.\n',
  pages: {
    1: 'The flrst page is here for all to read.',
    2: 'The second page is herc for all to see.',
    3: 'The third one ends it.',
  },
}
const [ledger] = acceptAll([base])
const worse: Texts = {
  ...base,
  pages: {
    1: 'The flrst page is here for all to rcad.',
    2: 'The second page is herc for a11 to sce.',
    3: 'The third one ends it.',
  },
  scans: {1: 'new', 2: 'new'},
}
const later = {...decision, reason: 'a new scan', date: '2026-12-01'}

describe('acceptPages', () => {
  test('accepts a page as it is now and changes the lines of that page alone', () => {
    const after = acceptPages(ledger!, snapshotOf(worse), new Set(['letter/2']), later)
    expect(changedPages(ledger!, after)).toEqual(['letter/2'])
    expect(judged(checkTexts([worse], [after]))).toEqual(['regression new-difference letter/1 read./rcad.'])
  })

  test('what was accepted before keeps its verdict, reason, author and date', () => {
    const after = acceptPages(ledger!, snapshotOf(worse), new Set(['letter/2']), later)
    expect(reasonsOn(after, 'letter/2')).toEqual({all: 'a new scan', here: 'read by a person', 'see.': 'a new scan'})
  })

  test('drops what is gone', () => {
    const better = {...base, pages: {...base.pages, 2: 'The second page is here for all to see.'}, scans: {2: 'new'}}
    const after = acceptPages(ledger!, snapshotOf(better), new Set(['letter/2']), later)
    expect(reasonsOn(after, 'letter/2')).toEqual({})
  })

  test('all of them: nothing is left to judge', () => {
    const after = acceptPages(ledger!, snapshotOf(worse), null, later)
    expect(judged(checkTexts([worse], [after]))).toEqual([])
    expect(checkTexts([worse], [after]).report.verdict.gate.unchanged).toEqual(['letter'])
  })

  test('all of them drops pages that are no more; one of them does not', () => {
    const {1: first = '', 2: second = ''} = base.pages
    const shorter = snapshotOf({...base, pages: {1: first, 2: second}})
    expect(acceptPages(ledger!, shorter, null, later).pages.map(({page}) => page)).toEqual(['letter/1', 'letter/2'])
    const kept = acceptPages(ledger!, shorter, new Set(['letter/1']), later)
    expect(kept.pages.map(({page}) => page)).toEqual(['letter/1', 'letter/2', 'letter/3'])
  })

  test('an accepted difference that moved to a page nobody asked about stays accepted', () => {
    const moved: Texts = {
      ...base,
      pages: {
        1: 'The flrst page is here for all to read.\n\nThe second page',
        2: 'is herc for all to see.',
        3: 'The third one ends it.',
      },
      scans: {1: 'new', 2: 'new'},
    }
    const back: Texts = {
      ...moved,
      pages: {...moved.pages, 1: `${moved.pages[1]} is herc for`, 2: 'all to see.'},
      scans: {1: 'back', 2: 'back'},
    }
    const after = acceptPages(
      acceptPages(ledger!, snapshotOf(back), null, later),
      snapshotOf(moved),
      new Set(['letter/1']),
      later,
    )
    expect(judged(checkTexts([moved], [after]))).toEqual([])
  })

  test('twice is the same as once', () => {
    const once = acceptPages(ledger!, snapshotOf(worse), null, later)
    expect(acceptPages(once, snapshotOf(worse), null, {...later, reason: 'again'})).toEqual(once)
  })
})

describe('acceptDifference', () => {
  const snapshot = snapshotOf(worse)
  const id = (reference: string) => snapshot.differences.find(item => item.reference.startsWith(reference))!.id

  test('adds one line; the page is open as long as another difference is', () => {
    const after = acceptDifference(ledger!, snapshot, id('all'), later)
    const before = serializeLedger(ledger!).split('\n')
    const added = serializeLedger(after)
      .split('\n')
      .filter(line => !before.includes(line) && !before.includes(line.replace(/,$/, '')))
    expect(added).toHaveLength(1)
    expect(judged(checkTexts([worse], [after]))).toEqual([
      'regression new-difference letter/1 read./rcad.',
      'regression new-difference letter/2 see./sce.',
    ])
  })
  test('the last open one settles its page', () => {
    const after = ['all', 'see', 'read'].reduce<Ledger>(
      (to, text) => acceptDifference(to, snapshot, id(text), later),
      ledger!,
    )
    expect(judged(checkTexts([worse], [after]))).toEqual([])
    expect(after.pages.map(({fingerprints}) => fingerprints.scan)).toEqual([
      snapshot.pages[0]?.fingerprints.scan,
      snapshot.pages[1]?.fingerprints.scan,
      ledger?.pages[2]?.fingerprints.scan,
    ])
    expect(changedPages(ledger!, after)).toEqual(['letter/1', 'letter/2'])
  })
  test('decides anew on one that was accepted before', () => {
    const after = acceptDifference(ledger!, snapshot, id('here'), {...later, verdict: 'editorial'})
    expect(after.pages[1]?.differences).toMatchObject([{reference: 'here', verdict: 'editorial', reason: 'a new scan'}])
  })
  test('begins a ledger', () => {
    const first = acceptDifference(null, snapshot, id('all'), later)
    expect(first.pages.map(({page}) => page)).toEqual(['letter/2'])
  })
  test('one that is not there is a bug of the caller', () => {
    expect(() => acceptDifference(ledger!, snapshot, '0'.repeat(16), later)).toThrow(RangeError)
  })
})

describe('acceptImprovements', () => {
  const better: Texts = {
    ...base,
    pages: {...base.pages, 2: 'The second page is here for a11 to see.'},
    scans: {2: 'new'},
  }
  test('drops what is gone, and nothing else', () => {
    const run = checkTexts([better], [ledger!])
    const after = acceptImprovements(ledger!, run.snapshots.get('letter')!, run.improved.get('letter')!)
    expect(changedPages(ledger!, after)).toEqual(['letter/2'])
    expect(reasonsOn(after, 'letter/2')).toEqual({})
    expect(judged(checkTexts([better], [after]))).toEqual(['regression new-difference letter/2 all/a11'])
  })
  test('settles a page that has nothing else open', () => {
    const clean = {...better, pages: {...better.pages, 2: 'The second page is here for all to see.'}}
    const run = checkTexts([clean], [ledger!])
    const after = acceptImprovements(ledger!, run.snapshots.get('letter')!, run.improved.get('letter')!)
    expect(after.pages[1]?.fingerprints).toEqual(run.snapshots.get('letter')?.pages[1]?.fingerprints)
    expect(checkTexts([clean], [after], {options: {strict: true}}).report.verdict.status).toBe('passed')
  })
})

function snapshotOf(texts: Texts): Snapshot {
  return checkTexts([texts], []).snapshots.get(texts.id)!
}

function changedPages(before: Ledger, after: Ledger): readonly string[] {
  const linesOf = (ledger: Ledger, page: string) =>
    serializeLedger({...ledger, pages: ledger.pages.filter(item => item.page === page)})
  return before.pages.map(({page}) => page).filter(page => linesOf(before, page) !== linesOf(after, page))
}

function reasonsOn(ledger: Ledger, page: string): Readonly<Record<string, string>> {
  const differences = ledger.pages.find(item => item.page === page)?.differences ?? []
  return Object.fromEntries(differences.map(({reference, reason}) => [reference.trim(), reason]))
}
