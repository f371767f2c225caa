/** How wordings are found in misread text: letters, costs, tokens, scripts. */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {budgetOf, findApproximate} from '../../src/normalize/distance.ts'
import {codesOf, lettersOf} from '../../src/normalize/letters.ts'
import {isBaseForm, isEnglishWord, isFunctionWord} from '../../src/normalize/lexicon.ts'
import {compileLexis} from '../../src/normalize/lexis.ts'
import {readLine} from '../../src/normalize/read-line.ts'
import {rules} from '../../src/normalize/rules/index.ts'
import {isRussianWord, russianShare} from '../../src/normalize/russian.ts'
import {cyrillicReading, isLookalike, latinReadings, scriptsOf} from '../../src/normalize/script.ts'
import {findStampPart} from '../../src/normalize/stamp-part.ts'
import {tokensOf} from '../../src/normalize/tokens.ts'

const spell = (line: string) => String.fromCharCode(...lettersOf(line).codes)

describe('letters of a line', () => {
  test.each([
    ['S-E-C-R-E-T', 'SECRET'],
    ['secret.', 'SECRET'],
    ['ЅЕСRЕТ', 'SECRET'],
    ['ЗECRET', 'SECRET'],
    ['Streng geheim – ofﬁce №1', 'STRENGGEHEIMOFFICENO1'],
    ['RECÖRDS ÄCT', 'RECORDSACT'],
    ['Group |', 'GROUPI'],
    ['— … «»', ''],
  ])('%s is %s', (line, letters) => {
    expect(spell(line)).toBe(letters)
  })

  test('lead back to the line and know where tokens begin and end', () => {
    const {origin, startsToken, endsToken, spaced} = lettersOf("a  b'c")
    expect([origin, startsToken, endsToken, spaced]).toEqual([
      [0, 3, 5],
      [true, true, false],
      [true, false, true],
      false,
    ])
    expect(lettersOf('S E C R E T').spaced).toBe(true)
  })

  test('of any text have one origin each, which never falls', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), line => {
        const {codes, origin} = lettersOf(line)
        expect(origin).toHaveLength(codes.length)
        expect(origin.every((offset, index) => offset < line.length && offset >= (origin[index - 1] ?? 0))).toBe(true)
        expect(codes.every(code => (code >= 48 && code <= 57) || (code >= 65 && code <= 90))).toBe(true)
      }),
      {seed: 1},
    )
  })
})

describe('approximate search', () => {
  const find = (pattern: string, text: string, budget: number) =>
    findApproximate(codesOf(pattern), codesOf(text), 0, codesOf(text).length, budget)

  test.each([
    ['exact', 'SECRET', 'XXSECRETXX', {start: 2, end: 8, cost: 0}],
    ['the first of equals', 'SECRET', 'SECRETSECRET', {start: 0, end: 6, cost: 0}],
    ['a letter engines confuse costs less', 'SECRET', 'SEGRET', {start: 0, end: 6, cost: 0.3}],
    ['a letter they do not confuse costs one', 'SECRET', 'SEXRET', {start: 0, end: 6, cost: 1}],
    ['a faint end', 'SECRET', 'SECRE', {start: 0, end: 5, cost: 0.7}],
    ['a speck', 'SECRET', 'SECIRET', {start: 0, end: 7, cost: 0.5}],
    ['too much', 'SECRET', 'STREET', null],
  ])('%s', (_, pattern, text, expected) => {
    const found = find(pattern, text, 1)
    if (expected === null) expect(found).toBeNull()
    else expect(found).toEqual({...expected, cost: expect.closeTo(expected.cost)})
  })

  test('a wording costs nothing in itself and never more than leaving it out', () => {
    const word = fc.stringMatching(/^[A-Z]{3,12}$/)
    fc.assert(
      fc.property(word, word, (pattern, text) => {
        expect(find(pattern, `${text}${pattern}${text}`, 99)?.cost).toBe(0)
        expect(find(pattern, text, 99)?.cost ?? 0).toBeLessThanOrEqual(pattern.length)
      }),
      {seed: 1},
    )
  })

  test('longer wordings allow more', () => {
    const budgets = [3, 5, 6, 9, 12, 20, 40, 80].map(budgetOf)
    expect(budgets).toEqual([...budgets].sort((a, b) => a - b))
    expect(budgetOf(6)).toBe(1)
    expect(budgetOf(200)).toBe(8)
  })
})

test('the part of a stamp that a line holds', () => {
  const stamp = codesOf('EXCLUDED FROM AUTOMATIC DOWNGRADING AND DECLASSIFICATION')
  const part = findStampPart(stamp, lettersOf('xx downgradlng and xx'))
  expect(part).toMatchObject({start: 2, end: 16, of: {start: 21, end: 35}})
  expect(part?.cost).toBeLessThan(1)
  expect(findStampPart(stamp, lettersOf('the weather was fine'))).toBeNull()
})

describe('what a line holds of the vocabularies', () => {
  const lexis = compileLexis(rules.filter(rule => rule.kind === 'marking'))
  const wordings = (line: string) =>
    readLine(line, lexis).matches.map(
      ({wording, start, end, doubtful}) => `${wording}: ${line.slice(start, end)}${doubtful ? '?' : ''}`,
    )

  test.each([
    ['SECRET', ['SECRET: SECRET']],
    ['S E C R E T', ['SECRET: S E C R E T']],
    ['SEGRET.', ['SECRET: SEGRET']],
    ['SECRET SECRET', ['SECRET SECRET: SECRET SECRET']],
    ['UNCLASSIFIED 2 UNCLASSIFIED', ['UNCLASSIFIED: UNCLASSIFIED', 'UNCLASSIFIED: UNCLASSIFIED']],
    ['SEDXET', ['SECRET: SEDXET?']],
    ['AOVANCECOPY', ['ADVANCE COPY: AOVANCECOPY']],
    ['REGRET', []],
    ['SECRETARY', []],
    ['SECRETS', []],
    ['CONTINENTAL', []],
    ['This email is UNCLASSIFIED.', ['UNCLASSIFIED: UNCLASSIFIED']],
    ['authority.', []],
    [
      'Approved For Release 2003/09/10: SIA-RDP96-00788R001700210016-5',
      ['a release date: Approved For Release 2003/09/10:', 'a CIA-RDP number: SIA-RDP96-00788R001700210016-5'],
    ],
  ])('%s', (line, expected) => {
    expect(wordings(line)).toEqual(expected)
  })

  test('a line of any length is read, the longest by numbers alone', () => {
    const long = `${'We asked the minister. '.repeat(400)}SECRET NW 50955 DocId:32423532 Page 15`
    expect(wordings(long)).toEqual(['a page number of the release: NW 50955 DocId:32423532 Page 15'])
  })

  test('a wording too long for the search is a fault of its rule', () => {
    const vocabulary = {phrases: ['A'.repeat(201)]}
    expect(() => compileLexis([{id: 'strip-long', vocabulary}])).toThrow(
      'Unexpected wording of 201 letters in `strip-long`',
    )
  })
})

describe('words', () => {
  test.each(['negotiations', 'unswerving', 'permitted', 'willingly', "soviet's", 'reopened', 'policies', 'of'])(
    '%s is English',
    word => {
      expect(isEnglishWord(word)).toBe(true)
    },
  )

  test.each(['ganized', 'sult', 'vem', 'grafeld', 'b', ''])('%s is not', word => {
    expect(isEnglishWord(word)).toBe(false)
  })

  test('a prefix makes a word, but no base form', () => {
    expect([isEnglishWord('unclassifier'), isBaseForm('unclassifier')]).toEqual([true, false])
    expect([isFunctionWord('which'), isFunctionWord('secret')]).toEqual([true, false])
  })

  test.each([
    ['The two of us', 'function word function function'],
    ['tHe oF sTAte', 'fragment fragment fragment'],
    ['Grafeld OLTMANS McNamara', 'name name name'],
    ['R0005 vbk 1985 x I', 'fragment fragment number fragment function'],
    ['Доверяй но Кертоансаи', 'word word name'],
  ])('tokens of %s', (line, kinds) => {
    expect(
      tokensOf(line)
        .map(({kind}) => kind)
        .join(' '),
    ).toBe(kinds)
  })
})

describe('Russian', () => {
  test.each(['доверяй', 'переговоры', 'сертификат', 'и', 'московских'])('%s is a word', word => {
    expect(isRussianWord(word)).toBe(true)
  })

  test.each([
    'Министр хорхе фермандес в январе этого',
    'деньги не иоменили меня Том',
    'Уважаемый господин президент',
    'Похоже между нами действительно существовала какая-то химия',
  ])('%s reads as Russian', line => {
    expect(russianShare(line.split(/[ -]/))).toBeGreaterThan(0.5)
  })

  test.each(['Кертоансаи шис лумина лаво', 'НАЗ ОПІ СТІСІ ВАМЕ ЙТИЙ', 'СТАУКРІСАТКХ СКАРЕ СОГТОГНІ'])(
    '%s does not',
    line => {
      expect(russianShare(line.split(' '))).toBeLessThan(0.38)
    },
  )

  test('no tokens read as nothing', () => {
    expect(russianShare([])).toBe(0)
  })
})

describe('scripts', () => {
  test.each([
    ['copy', 'latin'],
    ['сору', 'cyrillic'],
    ['ЗECRET', 'mixed'],
    ['123', 'none'],
    ['λόγος', 'other'],
    ['—', 'none'],
  ])('%s is %s', (token, scripts) => {
    expect(scriptsOf(token)).toBe(scripts)
  })

  test('Latin readings, the strict one first', () => {
    expect(latinReadings('сору')[0]).toBe('copy')
    expect(latinReadings('Сива')).toContain('Cuba')
    expect(latinReadings('щит')).toEqual([])
    expect([isLookalike('сору'), isLookalike('мир')]).toEqual([true, false])
  })

  test('Cyrillic reading', () => {
    expect([cyrillicReading('xотим'), cyrillicReading('wотим')]).toEqual(['хотим', null])
  })
})
