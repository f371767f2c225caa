import {describe, expect, test} from 'vitest'
import {align} from '../../src/align/align.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import {type Blocks, setBlocksApart} from '../../src/measure/blocks.ts'
import {errors, referenceLength} from '../../src/measure/counts.ts'

function run(reference: string, hypothesis: string): Blocks {
  const of = (unit: 'word' | 'character') => {
    const referenceTokens = tokenize(reference, unit, 'reading')
    const hypothesisTokens = tokenize(hypothesis, unit, 'reading')
    return {
      reference,
      hypothesis,
      referenceTokens,
      hypothesisTokens,
      alignment: align(referenceTokens, hypothesisTokens),
    }
  }
  return setBlocksApart(of('word'), of('character'), {align})
}

const first = 'I have completed my review of the extensive reports provided to me by the Secretary of Defense.'
const second = 'Before taking any final decisions I would like to share my tentative judgements with key leaders.'
const third = 'Therefore I direct that these leaders be consulted and briefed along the lines outlined below.'
const letter = `${first}\n\n${second}\n\n${third}`

describe('setBlocksApart', () => {
  test('a text read as it stands has no blocks', () => {
    expect(run(letter, letter)).toMatchObject({extra: [], missing: [], moved: []})
  })

  test('a stamp in the OCR only is an extra block, also where it is one word on a line of its own', () => {
    const {extra, missing, moved, remaining} = run(
      letter,
      `SECRET\n${first}\n\n${second}\nDECLASSIFIED under authority of NLS\n${third}`,
    )
    expect(extra.map(({text, words}) => [text, words])).toEqual([
      ['SECRET', 1],
      ['DECLASSIFIED under authority of NLS', 5],
    ])
    expect([missing, moved, errors(remaining)]).toEqual([[], [], 0])
  })

  test('a word too many inside a line is an error, not a block', () => {
    const {extra, remaining} = run(letter, letter.replace('final', 'final SECRET'))
    expect([extra, errors(remaining)]).toEqual([[], 7])
  })

  test('a paragraph that was not read is a missing block', () => {
    const {missing, remaining} = run(letter, `${first}\n\n${third}`)
    expect(missing).toEqual([
      {
        span: {start: 97, end: 97 + second.length - 1},
        text: second.slice(0, -1),
        words: 16,
        characters: second.length - 1,
      },
    ])
    expect(errors(remaining)).toBe(0)
    expect(referenceLength(remaining)).toBe(letter.replace(`${second}\n\n`, '').replace('\n\n', ' ').length)
  })

  test('a paragraph read in another place is a moved block, its own errors stay', () => {
    const {moved, extra, missing, remaining} = run(
      letter,
      `${third.replace('briefed', 'bricfed')}\n\n${first}\n\n${second}`,
    )
    expect(moved).toHaveLength(1)
    expect(moved[0]!.text).toBe(third.slice(0, -1))
    expect(moved[0]!.hypothesisSpan.start).toBe(0)
    expect([extra, missing, errors(remaining)]).toEqual([[], [], 1])
  })

  test('a line read badly is no block', () => {
    const {extra, missing} = run(
      letter,
      letter.replace(
        second,
        'Bcforc toking ony finol dccisions l wou1d likc to shorc my tentotive jndgements wiih kcy 1eaders.',
      ),
    )
    expect([extra, missing]).toEqual([[], []])
  })

  test('nothing was read', () => {
    expect(run(letter, '')).toMatchObject({missing: [{words: 48}], extra: [], remaining: {deletions: 0}})
  })
})
