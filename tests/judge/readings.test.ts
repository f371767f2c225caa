import {expect, test} from 'vitest'
import {joinReadings, lettersOf, marksOf, nearnessOf, supportOf, votesOf} from '../../src/judge/readings.ts'
import {isOneLine, roomBetween, typingOf, widestBlank} from '../../src/judge/room.ts'
import {coreOf, editsBetween, slipOf} from '../../src/judge/typing.ts'
import type {LetterChoices, LookReading, PageText, PlacedWord} from '../../src/model.ts'

test.each([
  ['given', 'fiven', 'neighbouring key'],
  ['authorized', 'authoirzed', 'swapped'],
  ['changes', 'change', 'dropped'],
  ['her', 'herr', 'doubled'],
  ['Parliament', 'Partiament', 'changed'],
  ['changes', 'changers', 'added'],
  ['Houses', 'houses', 'capital'],
  ['or', 'perhaps', 'other'],
  ['same', 'same', 'other'],
] as const)('%s written as %s is %s', (meant, written, slip) => {
  expect(slipOf(meant, written)).toBe(slip)
})

test('the core of two texts is what is left without their common beginning and end', () => {
  expect(coreOf('modern', 'modem')).toEqual({start: 4, from: 'rn', to: 'm', before: 'e', after: ''})
  expect(coreOf('aa', 'aaa')).toEqual({start: 2, from: '', to: 'a', before: 'a', after: ''})
})

test('edits are counted as Levenshtein does', () => {
  expect(editsBetween('kitten', 'sitting')).toBe(3)
  expect(editsBetween('', 'abc')).toBe(3)
})

test('a second look is held against both sides by letters, or by all marks', () => {
  const readings = [reading('Parliament.'), reading('Partiament'), reading('Parllament')]
  const votes = votesOf(readings, 'Partiament', 'Parl iament', lettersOf)
  expect(votes).toMatchObject({reference: 1 / 3, hypothesis: 1 / 3, support: 1})
  expect(votesOf([reading('end.')], 'end,', 'end.', marksOf)).toMatchObject({reference: 0, hypothesis: 1})
  expect(votesOf([], 'a', 'b', lettersOf)).toEqual({reference: 0, hypothesis: 0, support: 0})
})

test('a reading that is neither side may be nearer to one', () => {
  const near = (...texts: readonly string[]) => nearnessOf(texts.map(reading), '840.4', '840.1', lettersOf)
  expect(near('240.1', '840.1', '80.1', 'gio')).toEqual({reference: 0, hypothesis: 0.75})
  expect(near('840.4', '8404', '940.7', '')).toEqual({reference: 0.5, hypothesis: 0})
  expect(near()).toEqual({reference: 0, hypothesis: 0})
})

test('letters that could be another support it as far as the least probable one does', () => {
  const wer: LookReading = {
    text: 'wer',
    confidence: 0.9,
    letters: [
      [['w', 0.9]],
      [
        ['e', 0.8],
        ['a', 0.4],
      ],
      [['r', 0.9]],
    ],
  }
  expect(supportOf(wer, 'war', lettersOf)).toBeCloseTo(0.5)
  expect(supportOf(wer, 'wir', lettersOf)).toBe(0)
  expect(supportOf(wer, 'wear', lettersOf)).toBe(0)
  expect(supportOf(wer, 'wer', lettersOf)).toBe(1)
})

test('readings of several words are joined way by way, and none where a word has none', () => {
  const [first, second] = [
    [reading('restrictions'), reading('restrictlons')],
    [reading('were'), reading('were')],
  ]
  expect(joinReadings([first, second]).map(({text}) => text)).toEqual(['restrictionswere', 'restrictlonswere'])
  expect(joinReadings([first, null])).toEqual([])
  expect(joinReadings([])).toEqual([])
})

test('room between two words is counted in letters beside their blank', () => {
  const page = typedPage(['some words typed here', 'other words below them'])
  const typing = typingOf(page)
  expect(typing.letterWidth).toBeCloseTo(10)
  const [some, words] = page.words
  expect(roomBetween(some!, words!, typing)).toBe(0)
  const far = {...words!, box: {...words!.box, x: words!.box.x + 50}}
  expect(roomBetween(some!, far, typing)).toBeCloseTo(5)
  // From `here` to the right edge, and from the left edge to `other`.
  expect(roomBetween(page.words[3]!, page.words[4]!, {...typing, left: 80, right: 340})).toBeCloseTo(5)
  expect(roomBetween(some!, words!, {...typing, letterWidth: 0})).toBeNull()
})

test('the widest blank of words in a line; none between lines', () => {
  const page = typedPage(['Parl iament', 'next line'])
  const typing = typingOf(page)
  expect(widestBlank(page.words.slice(0, 2), typing)).toBeCloseTo(1)
  expect(widestBlank(page.words.slice(1, 3), typing)).toBeNull()
  expect(isOneLine(page.words[0]!.box, page.words[2]!.box)).toBe(false)
})

test('a page without words tells nothing of its typing', () => {
  expect(typingOf({...typedPage([]), text: ''})).toEqual({letterWidth: 0, blank: 0, smallLetters: 0, left: 0, right: 0})
})

function reading(text: string): LookReading {
  const letters: readonly LetterChoices[] = [...text].map(letter => [[letter, 0.9]])
  return {text, confidence: 0.9, letters}
}

/** Letters are 10 wide and 20 high, lines 40 apart. */
function typedPage(lines: readonly string[]): PageText {
  let text = ''
  const words: PlacedWord[] = []
  for (const [row, line] of lines.entries()) {
    if (row > 0) text += '\n'
    for (const match of line.matchAll(/\S+/g)) {
      const start = text.length + match.index
      words.push({
        span: {start, end: start + match[0].length},
        box: {x: 100 + 10 * match.index, y: 100 + 40 * row, width: 10 * match[0].length, height: 20},
        confidence: 0.9,
      })
    }
    text += line
  }
  return {pageId: 'd/1', text, words, width: 1000, height: 1000, regions: []}
}
