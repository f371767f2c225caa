import {describe, expect, test} from 'vitest'
import type {PreparedPage, RecognizedLine, RecognizedWord, Strip} from '../../src/model.ts'
import {readStrips} from '../../src/recognize/second-reading.ts'
import {greyPage} from './pages.ts'

const cell = 10

/** Words where a typewriter would set them; one with `?` is read with little confidence, one with `!` with some. */
function typed(text: string, y: number, from = 0): RecognizedLine {
  const words = [...text.matchAll(/\S+/g)].map(({0: word, index}): RecognizedWord => {
    const confidence = word.endsWith('?') ? 0.2 : word.endsWith('!') ? 0.6 : 0.95
    const box = {x: (from + index) * cell, y, width: word.length * cell - 2, height: 14}
    return {text: word.replace(/[?!]$/, ''), box, confidence}
  })
  const box = {x: from * cell, y, width: text.length * cell, height: 14}
  return {box, angle: 0, paragraphStart: false, words}
}

const body = Array.from({length: 5}, (_, line) =>
  typed('several ordinary letters follow regularly here', 200 + 30 * line),
)
const strip: Strip = {
  image: new Uint8Array(),
  imageWidth: 800,
  imageHeight: 500,
  transform: {a: 1, b: 0, c: 0, d: 1, e: 0, f: 0},
  letters: 1000,
}
const page: PreparedPage = {...greyPage('d/1', new Uint8Array(800 * 500).fill(255), 800, 500), strips: [strip]}

async function taken(first: readonly RecognizedLine[], second: readonly RecognizedLine[], on = page) {
  const lines = await readStrips(on, [...first, ...body], async () => ({lines: second}))
  return lines.slice(0, lines.length - body.length).map(({words}) => words.map(({text}) => text).join(' '))
}

describe('a line that something lies over', () => {
  test('is read again only where the page has strips', async () => {
    const lines = await readStrips({...page, strips: []}, body, () => Promise.reject(new Error('read')))
    expect(lines).toBe(body)
  })

  test('is not read again where its letters were read, and most of them surely', async () => {
    const calm = {...page, strips: [{...strip, letters: 250}]}
    const first = typed('the conversation w3%h? their leaders', 100)
    const never = () => Promise.reject(new Error('read'))
    expect(await readStrips(calm, [first, ...body], never)).toEqual([first, ...body])
    const poor = typed('the c?nversation? w3%h? their leaders', 100)
    await expect(readStrips(calm, [poor, ...body], never)).rejects.toThrow('read')
  })

  test('takes the surer word of each place, and leaves the others', async () => {
    const first = typed('the conversation w3%h? their leaders', 100)
    expect(await taken([first], [typed('the conv3rsat?on? with their leaders', 100)])).toEqual([
      'the conversation with their leaders',
    ])
  })

  test('takes the reading that has as many letters as there is room for, though the other is surer', async () => {
    const word = {...typed('milita', 100, 22).words[0]!}
    const cut = {...typed('a right to their life', 100)}
    const first = {...cut, words: [...cut.words, {...word, box: {...word.box, width: 78}}]}
    expect(await taken([first], [typed('a right to their life military?', 100)])).toEqual([
      'a right to their life military',
    ])
  })

  test('gains a word that was left out, and loses one that nobody else reads', async () => {
    const first = typed('this was the        aim  |? of theirs', 100)
    expect(await taken([first], [typed('this was the central aim     of theirs', 100)])).toEqual([
      'this was the central aim of theirs',
    ])
  })

  test('keeps what looks like a word, though nobody else reads it', async () => {
    const first = typed('this was the central aim that?', 100)
    expect(await taken([first], [typed('this was the central aim', 100)])).toEqual(['this was the central aim that'])
  })

  test('takes no signs for text, nor at its ends what is not sure', async () => {
    const first = typed('     this was the         aim of theirs', 100)
    const second = typed('ab!  this was the ~ |     aim of theirs px!', 100)
    expect(await taken([first], [second])).toEqual(['this was the aim of theirs'])
  })

  test('is gained where only the second reading has it, in its place', async () => {
    const first = [typed('this was the central point', 40), typed('with your representatives', 120)]
    expect(await taken(first, [typed('that I was making in the talks', 80)])).toEqual([
      'this was the central point',
      'that I was making in the talks',
      'with your representatives',
    ])
  })

  test('does not take letters from a stamp or a banner', async () => {
    expect(await taken([typed('UNCLASSIFIED!', 100)], [typed('T', 100)])).toEqual(['UNCLASSIFIED'])
  })

  test('of a page that lies askew takes no word of the line above or below', async () => {
    const [cosine, sine] = [Math.cos(0.03), Math.sin(0.03)]
    const transform = {a: cosine, b: sine, c: -sine, d: cosine, e: 0, f: 0}
    const turned = (line: RecognizedLine): RecognizedLine => ({
      ...line,
      words: line.words.map(word => {
        const {x, y, width, height} = word.box
        const [u, v] = [x + width / 2, y + height / 2]
        return {
          ...word,
          box: {...word.box, x: cosine * u - sine * v - width / 2, y: sine * u + cosine * v - height / 2},
        }
      }),
    })
    const text = [
      'one line of this letter runs from the left to the right',
      'another line of it runs below that one at little distance',
    ]
    const first = text.map((line, at) => turned(typed(line.replace('runs', 'r#ns?'), 40 + 24 * at)))
    const second = text.map((line, at) => turned(typed(line, 40 + 24 * at)))
    expect(await taken(first, second, {...page, transform})).toEqual(text)
  })
})
