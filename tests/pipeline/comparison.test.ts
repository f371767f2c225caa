import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Counts, PageText} from '../../src/model.ts'
import {normalize} from '../../src/normalize/normalize.ts'
import {compareDocument} from '../../src/pipeline/comparison.ts'
import {parseTranscript} from '../../src/read/transcript.ts'

const vocabulary = new Map<string, number>()
const errors = (counts: Pick<Counts, 'substitutions' | 'insertions' | 'deletions'>) =>
  counts.substitutions + counts.insertions + counts.deletions

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
  return compareDocument(clean(texts), texts, transcriptOf(markdown), vocabulary, {equality: 'reading'})
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
