import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {compounds, equalityOf, type Profile} from '../../src/align/fold.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import type {Unit} from '../../src/model.ts'

function keys(text: string, unit: Unit, profile: Profile = 'reading'): string {
  return tokenize(text, unit, profile).keys.join('|')
}

function slices(text: string, unit: Unit, profile: Profile = 'reading'): string[] {
  const {starts, ends} = tokenize(text, unit, profile)
  return starts.map((start, i) => text.slice(start, ends[i]))
}

describe('characters', () => {
  test.each([
    ['plain text', 'a b', 'a| |b'],
    ['white space of any sort is one blank', 'a \t\n\f\u00A0\r\n b', 'a| |b'],
    ['none at either end', '\n a \n', 'a'],
    ['a byte-order mark alone is an empty text', '\uFEFF', ''],
    ['marks of direction are not there', '\u200Ea\u202Eb\u2069', 'a|b'],
    ['a blank before unseen marks is at the end', 'a \u200B\u200E', 'a'],
    ['a blank around unseen marks is one blank', 'a \u200B b', 'a| |b'],
    ['soft hyphens are not there', 'so\u00ADft', 's|o|f|t'],
    ['quotes', '“a” ‘b’ «c» `d´', `"|a|"| |'|b|'| |"|c|"| |'|d|'`],
    ['two single quotes are a double one', "''a‘’", '"|a|"'],
    ['dashes, and a run of them', 'a—b--c‐d−e', 'a|-|b|-|c|-|d|-|e'],
    ['ligatures and the ellipsis', 'ﬁn…ĳ', 'f|i|n|.|.|.|i|j'],
    ['decomposed letters are composed', 'e\u0301', '\u00E9'],
    ['a cluster without a composed form is one character', 'm\u0303', 'm\u0303'],
    ['emoji of several points are one character', 'a👩‍👧🇺🇸b', 'a|👩‍👧|🇺🇸|b'],
    ['a lone surrogate is a character', 'a\uD800b', 'a|\uD800|b'],
    ['a word parted at a line end is whole', 'assassi-\nnation', 'a|s|s|a|s|s|i|n|a|t|i|o|n'],
    ['over a page end too', 'or-\fganized', 'o|r|g|a|n|i|z|e|d'],
    ['a soft hyphen parts a word as well', 'or\u00AD\nga', 'o|r|g|a'],
    ['a figure keeps its hyphen', 'F-\n16', 'F|-|1|6'],
    ['a capital after a small letter keeps it', 'Anglo-\nA', 'A|n|g|l|o|-|A'],
    ['capitals throughout do not', 'IN-\nTER', 'I|N|T|E|R'],
    ['a dash at a line end is a dash', 'so -\nand', 's|o| |-| |a|n|d'],
    ['a hyphen inside a line stays', 'so-so', 's|o|-|s|o'],
    ['a hyphen at the end of the text stays', 'so-\n', 's|o|-'],
  ])('%s', (_, text, expected) => expect(keys(text, 'character')).toBe(expected))

  test('strict keeps all but normal form, line ends and marks of direction', () => {
    expect(keys('\uFEFF “a”\r\n\u200Eb-\nﬁ ', 'character', 'strict')).toBe(' |“|a|”|\n|b|-|\n|ﬁ| ')
  })

  test('caseless is reading without case', () => {
    expect(keys('ΑΣ ς “É”', 'character', 'caseless')).toBe('α|σ| |σ| |"|é|"')
  })

  test('spans are those of the text as given', () => {
    expect(slices('e\u0301 \n“ﬁ” or-\nga', 'character')).toEqual([
      ...['e\u0301', ' \n', '“', 'ﬁ', 'ﬁ', '”', ' ', 'o', 'r', 'g', 'a'],
    ])
  })

  test('an own table comes first, the longest spelling wins, and normal forms do not matter', () => {
    const own = equalityOf('reading', new Set(), {u: 'v', 'uu\u0308': 'w', ſ: 's'})
    expect(tokenize('ſuuu\u0308', 'character', own).keys).toEqual(['s', 'v', 'w'])
    expect(tokenize('“', 'character', {folds: [], table: {'“': '"'}, compounds: new Set()}).keys).toEqual(['"'])
  })
})

describe('words', () => {
  test.each([
    ['punctuation is no word', '#$#@! #@!\n#@!!!$# ___ —', ''],
    [
      'of plain text',
      'The quick ("brown") fox can’t jump 32.3 feet, right?',
      "The|quick|brown|fox|can't|jump|32.3|feet|right",
    ],
    ['marks and letters of phonetic scripts', 'Wᴀˊstᴀ ʟēˊłas l’ sᵋaiˊᵋänᴀn.', 'Wᴀˊstᴀ|ʟēˊłas|l|sᵋaiˊᵋänᴀn'],
    ['figures with a comma', 'BARDA %18 *1,75 4:30', 'BARDA|18|1,75|4|30'],
    ['Japanese without a dictionary', 'ローカライズの伝説', 'ローカライズ|の|伝|説'],
    ['letters of private use', 'a\uE001b', 'a\uE001b'],
    ['Hebrew with its marks', 'צה"ל ג\'', 'צה"ל|ג\''],
    ['connectors join', 'a_b _c_ 1_2', 'a_b|_c_|1_2'],
    ['outside the basic plane', '𝐀𝐁 😀', '𝐀𝐁'],
    ['a fraction is a word', 'a ½', 'a|½'],
    ['parted at a line end', 'the or-\nganized F-\n16', 'the|organized|F|16'],
  ])('%s', (_, text, expected) => expect(keys(text, 'word')).toBe(expected))

  test('spans hold the line end that parts the word', () => {
    expect(slices('the or-\nganized', 'word')).toEqual(['the', 'or-\nganized'])
  })
})

describe('hyphens at line ends', () => {
  const broken = 'his self-\nrespect and assassi-\nnation'
  const whole = 'his self-respect and assassination'
  for (const unit of ['character', 'word'] as const) {
    test(`${unit}s: what either side writes with a hyphen keeps it, on both`, () => {
      const both = equalityOf('reading', compounds(broken, whole))
      expect(tokenize(broken, unit, both).keys).toEqual(tokenize(whole, unit, both).keys)
    })
  }
  test('without that knowledge the hyphen goes', () => {
    expect(keys('self-\nrespect', 'word')).toBe('selfrespect')
  })
})

describe('laws', () => {
  const text = fc.string({unit: 'binary', maxLength: 60})
  const mixed = fc
    .array(
      fc.constantFrom(
        'a',
        'e\u0301',
        'é',
        'n',
        '\u0303',
        '-',
        '\n',
        ' ',
        'ﬁ',
        '\u200B',
        '👩‍👧',
        '\r\n',
        "'",
        '\u00AD',
        '각',
        'ᄀ',
        'ᅡ',
      ),
    )
    .map(parts => parts.join(''))

  test('clusters are those of one segmentation of the whole', () => {
    const segmenter = new Intl.Segmenter('und', {granularity: 'grapheme'})
    fc.assert(
      fc.property(fc.oneof(text, mixed), given => {
        const shown = given.normalize('NFC').replace(/[\uFEFF\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/g, '')
        const expected = [...segmenter.segment(shown.replace(/\r\n?/g, '\n'))].map(({segment}) =>
          segment.normalize('NFC'),
        )
        expect(tokenize(given, 'character', 'strict').keys).toEqual(expected)
      }),
      {seed: 1, numRuns: 500},
    )
  })

  test.each(['character', 'word'] as const)('%ss: the normal form of the input does not matter', unit => {
    fc.assert(
      fc.property(
        fc.oneof(text, mixed),
        fc.constantFrom<Profile>('strict', 'reading', 'caseless'),
        (given, profile) => {
          const composed = tokenize(given.normalize('NFC'), unit, profile).keys
          expect(tokenize(given.normalize('NFD'), unit, profile).keys).toEqual(composed)
          expect(tokenize(given, unit, profile).keys).toEqual(composed)
        },
      ),
      {seed: 1, numRuns: 500},
    )
  })

  test.each(['character', 'word'] as const)('%ss: spans ascend within the text', unit => {
    fc.assert(
      fc.property(fc.oneof(text, mixed), given => {
        const {keys: all, starts, ends} = tokenize(given, unit, 'reading')
        expect(starts).toHaveLength(all.length)
        expect(ends).toHaveLength(all.length)
        const wrong = starts.filter(
          (start, i) => start < (starts[i - 1] ?? 0) || ends[i]! <= start || ends[i]! > given.length,
        )
        expect(wrong).toEqual([])
      }),
      {seed: 1, numRuns: 500},
    )
  })
})

describe('bad input', () => {
  test('combining marks by the thousand are one character', () => {
    expect(tokenize(`a${'\u0301'.repeat(5000)}b`, 'character', 'reading').keys).toHaveLength(2)
  })
  test('a single line of megabytes, with and without simple letters', () => {
    expect(tokenize('word '.repeat(200_000), 'character', 'reading').keys).toHaveLength(999_999)
    expect(tokenize('ก็'.repeat(50_000), 'character', 'reading').keys).toHaveLength(50_000)
  })
})
