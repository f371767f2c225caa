import {expect, test} from 'vitest'
import {suspect, vocabularyWords} from '../../src/judge/suspect.ts'

const vocabulary = new Map([
  ['secretary', 3],
  ['negotiations', 2],
  ['negotations', 1],
  ['now', 5],
  ['not', 7],
])

test.each([
  ['a doubtful reading is the OCR’s fault', 'Secretary', 'Secrelary', 0.4, 'ocr'],
  ['a sure reading that no transcript holds is the OCR’s fault', 'Secretary', 'Secrelary', 0.93, 'ocr'],
  [
    'a sure known reading against a word seen nowhere else is the transcript’s',
    'negotations',
    'negotiations',
    0.95,
    'transcript',
  ],
  ['two words that both stand elsewhere stay open', 'now', 'not', 0.95, 'unsure'],
  ['case and punctuation are editorial', 'secretary,', 'Secretary', 0.95, 'editorial'],
  ['nothing read stays open', 'Secretary', '', null, 'unsure'],
  ['text that the transcript lacks stays open when the reading is sure', '', 'Secretary', 0.95, 'unsure'],
  ['text that the transcript lacks is the OCR’s fault when the reading is doubtful', '', 'i;', 0.2, 'ocr'],
] as const)('%s', (_, reference, hypothesis, confidence, expected) => {
  const judged = suspect({reference, hypothesis, confidence, vocabulary})
  expect(judged.suspect).toBe(expected)
  expect(judged.evidence).toHaveLength(1)
})

test('the evidence names the word', () => {
  const {evidence} = suspect({reference: 'negotations', hypothesis: 'negotiations', confidence: 0.95, vocabulary})
  expect(evidence[0]).toContain('`negotations`')
})

test('words are runs of letters and digits, in lower case', () => {
  expect(vocabularyWords('The U.S.–Soviet “NSDD-236”')).toEqual(['the', 'u', 's', 'soviet', 'nsdd', '236'])
})
