import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Counts, PageText} from '../../src/model.ts'
import {normalize} from '../../src/normalize/normalize.ts'
import {compareDocument} from '../../src/pipeline/comparison.ts'
import {parseTranscript} from '../../src/read/transcript.ts'

const vocabulary = new Map<string, number>()
const errors = (counts: Pick<Counts, 'substitutions' | 'insertions' | 'deletions'>) =>
  counts.substitutions + counts.insertions + counts.deletions

describe('what the errors are made of', () => {
  test('a gap costs nothing, is told apart, and the drawn text is still whole', () => {
    const {totals, makeup, drawn, differences} = compare('Mr. [illegible] came\nto Geneva.', [
      'Mr. Karpov and others came\nto Geneva.',
    ])
    expect(errors(totals.character.clean)).toBe(0)
    expect(differences).toEqual([])
    expect(makeup.gaps).toEqual([
      {mark: '[illegible]', hypothesis: 'Karpov and others', transcript: {line: 1, column: 5, offset: 4}},
    ])
    expect(drawn.map(part => part.hypothesis).join('')).toBe('Mr. Karpov and others came\nto Geneva.')
    expect(drawn.map(part => part.reference).join('')).toBe('Mr. [illegible] came\nto Geneva.')
  })
  test('blocks on one side only know their page or their place', () => {
    const {makeup} = compare(
      'Dear Ron,\n\nI hope that all of you are well.\n\nIt was good to see you at the palace in May.\n\nMargaret',
      ['Dear Ron,\n\nThe quick fox jumps over dogs.\n\nI hope that all of you are well.', 'Margaret'],
    )
    const kinds = makeup.blocks.map(({kind, page, transcript}) => [kind, page, transcript?.line ?? null])
    expect(kinds).toContainEqual(['extra', 'letter/1', null])
    expect(kinds).toContainEqual(['missing', null, 5])
    expect(errors(makeup.withoutBlocks)).toBeLessThan(6)
  })
  test('a rule is credited with the errors that its edits removed', () => {
    const {makeup} = compare('The two of us are talking about arms.', [
      'The two of us\n\nDECLASSIFIED/Released\n\nNLS MR 2000-004 #5\n\nare talking about arms.',
    ])
    const stamp = makeup.rules.find(({ruleId}) => ruleId === 'strip-library-stamp')
    expect(stamp?.repaired).toBeGreaterThan(10)
    expect(stamp?.damaged).toBe(0)
  })
  test('confusions sum to the errors', () => {
    const {makeup, totals} = compare('modern times in Geneva', ['rnodern tirnes in Geneua'])
    expect(makeup.confusions[0]).toMatchObject({reference: 'm', hypothesis: 'rn', times: 2, errors: 4})
    expect(makeup.confusions.reduce((sum, {errors: own}) => sum + own, 0)).toBe(errors(totals.character.clean))
  })
  test('pages the wrong way round are a finding', () => {
    const words = (from: number) => Array.from({length: 40}, (_, index) => `word${from + index}`).join(' ')
    const {findings} = compare(`${words(0)}\n\n${words(100)}`, [words(100), words(0)])
    expect(findings.map(({ruleId, page}) => [ruleId, page])).toContainEqual(['measure:swapped-page', 'letter/2'])
  })
})

describe('a difference knows both of its places', () => {
  const comparison = compare('The **Secretary** of State\nwill travel.', [
    'The Secrctary of State\nwill',
    'soon travel.',
  ])

  test('the box of the word that was read, on its page, with its confidence', () => {
    const [first] = comparison.differences
    expect(first).toMatchObject({kind: 'substitution', reference: 'Secretary', hypothesis: 'Secrctary'})
    // Words are 10 pixels a letter, 20 a line: `Secrctary` is letters 4 to 13 of line 0.
    expect(first?.scan).toEqual({page: 'letter/1', box: {x: 40, y: 0, width: 90, height: 18}, confidence: 0.9})
  })
  test('the characters to change in the Markdown, emphasis left outside', () => {
    const {transcript} = comparison.differences[0] ?? {}
    expect(transcript).toEqual({line: 1, column: 7, offset: 6, endOffset: 15})
  })
  test('an insertion is a point in the Markdown and a box on its own page', () => {
    const insertion = comparison.differences.find(({kind}) => kind === 'insertion')
    expect(insertion?.hypothesis.trim()).toBe('soon')
    expect(insertion?.scan?.page).toBe('letter/2')
    expect(insertion?.transcript?.offset).toBe(insertion?.transcript?.endOffset)
  })
  test('a deletion lies in the gap between the words around it, with no confidence', () => {
    const {differences} = compare('one two three', ['one three'])
    expect(differences[0]).toMatchObject({kind: 'deletion', scan: {page: 'letter/1', confidence: null}})
    expect(differences[0]?.scan?.box).toEqual({x: 30, y: 0, width: 10, height: 18})
  })
  test('a text without boxes has pages but no boxes', () => {
    const plain: PageText = {pageId: 'letter/1', text: 'one twa', words: [], width: 0, height: 0, regions: []}
    const {differences} = compareDocument(clean([plain]), [plain], transcriptOf('one two'), vocabulary, {
      equality: 'reading',
      equivalences: {},
    })
    expect(differences[0]?.scan).toEqual({page: 'letter/1', box: null, confidence: null})
  })
  test('what cleanup took out moves no place', () => {
    const {differences} = compare('We agree on the two of us are talkin about.', [
      'SECRET\n\nWe agree on the two of us\n\nDECLASSIFIED/Released\nNLS MR 2000-004 #5\n\nSECRET',
      'SECRET\n\nare talking about.\n\nSECRET',
    ])
    const difference = differences.find(({reference}) => reference === 'talkin')
    expect(difference?.scan).toMatchObject({page: 'letter/2', box: {x: 40, y: 40, width: 70, height: 18}})
  })
})

describe('laws', () => {
  const word = fc.constantFrom('the', 'talks', 'in', 'Geneva', 'SECRET', 'rn', 'm', '—', 'NLS MR 2000-004 #5')
  const text = fc.array(word, {maxLength: 12}).map(words => words.join(' '))
  test('pages sum to the document; differences sum to the numerator; the drawing holds both texts', () => {
    fc.assert(
      fc.property(text, fc.array(text, {minLength: 1, maxLength: 4}), (reference, pages) => {
        const {totals, pages: shares, differences, drawn} = compare(reference, pages)
        for (const unit of ['character', 'word'] as const) {
          for (const side of ['raw', 'clean'] as const) {
            for (const key of ['correct', 'substitutions', 'insertions', 'deletions'] as const) {
              expect(shares.reduce((sum, share) => sum + share[unit][side][key], 0)).toBe(totals[unit][side][key])
            }
          }
        }
        const shown = differences.reduce((sum, {characters}) => sum + errors(characters), 0)
        expect(shown).toBe(errors(totals.character.clean))
        expect(drawn.map(part => part.reference).join('')).toBe(transcriptOf(reference).text)
        expect(drawn.map(part => part.hypothesis).join('')).toBe(clean(pages.map(page)).clean)
      }),
      {seed: 1, numRuns: 300},
    )
  })
})

function compare(markdown: string, pages: readonly string[]) {
  const texts = pages.map(page)
  return compareDocument(clean(texts), texts, transcriptOf(markdown), vocabulary, {
    equality: 'reading',
    equivalences: {},
  })
}

function clean(pages: readonly PageText[]) {
  return normalize(pages, {profile: 'letter', disabled: []})
}

function transcriptOf(markdown: string) {
  return parseTranscript(new TextEncoder().encode(markdown), 'transcripts/letter.md', 'letter').transcript
}

/** A page typed at 10 pixels a letter and 20 a line. */
function page(text: string, index: number): PageText {
  const words = [...text.matchAll(/\S+/g)].map(match => {
    const before = text.slice(0, match.index).split('\n')
    return {
      span: {start: match.index, end: match.index + match[0].length},
      box: {x: 10 * (before.at(-1)?.length ?? 0), y: 20 * (before.length - 1), width: 10 * match[0].length, height: 18},
      confidence: 0.9,
    }
  })
  return {pageId: `letter/${index + 1}`, text, words, width: 850, height: 1100, regions: []}
}
