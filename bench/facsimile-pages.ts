import {readFileSync} from 'node:fs'
import {blankPage, type PageSpec} from '../scripts/facsimile/page.ts'
import {hash, random} from '../scripts/facsimile/random.ts'
import type {InkColour, Marking, Note, Stamp} from '../scripts/facsimile/stamp.ts'
import {wrap} from '../scripts/facsimile/type.ts'

/** A typed page that somebody has marked, to be drawn. */
export interface MarkedPage {
  readonly name: string
  readonly spec: PageSpec
  readonly truth: string
}

export const faces = ['courier-prime', 'special-elite', 'cutive-mono'] as const
const wordings = [
  ['DECLASSIFIED', 'NLS MR 2000-004 #5', 'BY RMC NARA DATE 3/28/00'],
  ['RECEIVED', 'DEPARTMENT OF STATE', 'MAY 31 PM 3 28'],
  ['CONFIDENTIAL'],
  ['DIVISION OF', 'EUROPEAN AFFAIRS', 'JAN 9 1942'],
  ['SECRET'],
  ['RETURN TO ARCHIVE'],
] as const

/**
 * Make typed pages with one to three stamps over the text: face, size, wear, paper, skew, place, angle and wording by chance, the same for the same seed.
 */
export function stampedPages(ink: InkColour, count: number, seed: number): readonly MarkedPage[] {
  return Array.from({length: count}, (_, index) => stampedPage(ink, index, hash(seed, `${ink} ${index}`)))
}

function stampedPage(ink: InkColour, index: number, seed: number): MarkedPage {
  const {between, one} = chanceOf(seed, 'stamped page')
  const lines = letter(between(0, 1))
  const stamps = Array.from({length: 1 + Math.floor(between(0, 3))}, (): Stamp => {
    const wording = one(wordings)
    return {
      kind: 'stamp',
      by: 'stamp',
      lines: wording,
      ink,
      x: between(2.8, 5.8),
      y: between(2, 8.2),
      degrees: between(-12, 12),
      sizes: wording.map((_, line) => (line === 0 ? between(0.18, 0.3) : between(0.1, 0.14))),
      density: between(0.6, 0.9),
      framed: between(0, 1) < 0.4,
    }
  })
  const spec: PageSpec = {
    ...blankPage,
    lines,
    typing: {...blankPage.typing, face: one(faces), wear: between(0.3, 0.9), density: between(0.82, 0.95)},
    markings: stamps,
    seed,
    dpi: one([150, 200, 300]),
    skew: between(-1.2, 1.2),
    paper: {
      ...blankPage.paper,
      tone: one([
        [242, 238, 227],
        [232, 219, 190],
        [246, 245, 242],
      ] as const),
    },
    noise: between(2, 6),
    colour: true,
    format: 'jpeg',
    quality: Math.round(between(60, 88)),
  }
  return {name: `${ink}-${index + 1}`, spec, truth: lines.join('\n')}
}

/**
 * Make typed pages whose paragraphs end with a portion mark that a pen crossed once or twice: face, size, wear, paper,
 * skew, marks and strokes by chance, the same for the same seed.
 *
 * @returns
 *   `truth` has the marks.
 */
export function struckPages(count: number, seed: number): readonly MarkedPage[] {
  return Array.from({length: count}, (_, index) => struckPage(index, hash(seed, `struck ${index}`)))
}

function struckPage(index: number, seed: number): MarkedPage {
  const {between, one} = chanceOf(seed, 'struck page')
  const typing = {...blankPage.typing, face: one(faces), wear: between(0.3, 0.9), density: between(0.82, 0.95)}
  const strokes: [number, number, number, number][] = []
  const lines: string[] = []
  const all = letter(between(0, 1))
  for (const [at, text] of all.entries()) {
    if (text === '' || (all[at + 1] ?? '') !== '') {
      lines.push(text)
      continue
    }
    const mark = one(['(U)', '(C)', '(S)', '(TS)'])
    const [left, middle] = [typing.left + (text.length + 2) / typing.pitch, typing.top + at / typing.leading - 0.05]
    const right = left + mark.length / typing.pitch
    const rising = between(0, 1) < 0.7
    for (const up of between(0, 1) < 0.5 ? [true, false] : [rising]) {
      const [from, to] = [left + between(-0.05, 0.08), right + between(-0.08, 0.12)]
      const slope = between(0.04, 0.09)
      strokes.push([from, middle + (up ? slope : -slope), to, middle + (up ? -slope : slope)])
    }
    lines.push(`${text}  ${mark}`)
  }
  const spec: PageSpec = {
    ...blankPage,
    lines,
    typing,
    markings: [{kind: 'stray', by: 'pen', lines: [], strokes}],
    seed,
    dpi: one([110, 150, 200, 300]),
    skew: between(-1, 1),
    noise: between(2, 6),
    format: 'jpeg',
    quality: Math.round(between(60, 88)),
  }
  return {name: `struck-${index + 1}`, spec, truth: lines.join('\n')}
}

/** What black ink lies over the text; `bare` pages have none, to tell what the rest of the page costs. */
export const blackMarks = ['stamp', 'strike', 'frame', 'handwriting', 'bare'] as const
export type BlackMark = (typeof blackMarks)[number]

/**
 * Make typed pages with black marks over lines of the text: face, size, wear, skew, and the marks' places, angles and
 * weight by chance, the same for the same seed.
 *
 * `stamp`: one or two stamps askew. `strike`: a pen through words, and through whole lines. `frame`: boxes about a few
 * lines, their sides through the text. `handwriting`: notes from the margin into lines, words that are circled.
 */
export function markedPages(kind: BlackMark, count: number, seed: number): readonly MarkedPage[] {
  return Array.from({length: count}, (_, index) => markedPage(kind, index, hash(seed, `marked ${kind} ${index}`)))
}

function markedPage(kind: BlackMark, index: number, seed: number): MarkedPage {
  const chance = chanceOf(seed, 'marked page')
  const {between, one} = chance
  const typing = {...blankPage.typing, face: one(faces), wear: between(0.3, 0.9), density: between(0.82, 0.95)}
  const lines = letter(between(0, 1))
  const sheet: Sheet = {lines, typing}
  const spec: PageSpec = {
    ...blankPage,
    lines,
    typing,
    markings: Array.from({length: kind === 'bare' ? 0 : 2}, () => markOf(kind, sheet, chance)),
    seed,
    dpi: one([150, 200, 300]),
    skew: between(-1, 1),
    noise: between(2, 6),
    format: 'jpeg',
    quality: Math.round(between(60, 88)),
  }
  return {name: `${kind}-${index + 1}`, spec, truth: lines.join('\n')}
}

interface Sheet {
  readonly lines: readonly string[]
  readonly typing: PageSpec['typing']
}

function markOf(kind: BlackMark, sheet: Sheet, chance: Chance): Marking {
  if (kind === 'stamp') return blackStamp(chance)
  const pen = {kind: 'stray', by: 'pen', lines: [], strokes: []} as const
  if (kind === 'strike') {
    const count = chance.one([1, 2, 3])
    return {...pen, strokes: Array.from({length: count}, () => strike(sheet, chance))}
  }
  if (kind === 'frame') return {...pen, strokes: frame(sheet, chance)}
  return chance.between(0, 1) < 0.4 ? {...pen, strokes: circle(sheet, chance)} : {...pen, notes: [note(chance)]}
}

function blackStamp({between, one}: Chance): Stamp {
  const wording = one(wordings)
  const degrees = one([-1, 1]) * between(5, 25)
  const sizes = wording.map((_, line) => (line === 0 ? between(0.18, 0.3) : between(0.1, 0.14)))
  const [x, y] = [between(2.8, 5.8), between(2, 8.2)]
  const look = {density: between(0.55, 0.9), framed: between(0, 1) < 0.4}
  return {kind: 'stamp', by: 'stamp', lines: wording, ink: 'black', x, y, degrees, sizes, ...look}
}

type Stroke = readonly [x0: number, y0: number, x1: number, y1: number]

/** A full line of the text, and the middle of its small letters in inches. */
function lineAt(
  {lines, typing}: Sheet,
  {one}: Chance,
): {readonly at: number; readonly text: string; readonly y: number} {
  const at = one([...lines.keys()].filter(index => lines[index]!.length > 30))
  return {at, text: lines[at]!, y: typing.top + at / typing.leading - 0.05}
}

/** Through one to five words, or through the whole line. */
function strike(sheet: Sheet, chance: Chance): Stroke {
  const {between, one} = chance
  const {text, y} = lineAt(sheet, chance)
  const {left, pitch} = sheet.typing
  const words = [...text.matchAll(/\S+/g)]
  const first = Math.floor(between(0, words.length))
  const last = Math.min(words.length - 1, first + one([0, 1, 2, 4]))
  const [from, to] = between(0, 1) < 0.25 ? [words[0]!, words.at(-1)!] : [words[first]!, words[last]!]
  const [x0, x1] = [left + from.index / pitch, left + (to.index + to[0].length) / pitch]
  return [x0 + between(-0.08, 0.03), y + between(-0.05, 0.04), x1 + between(-0.03, 0.08), y + between(-0.05, 0.04)]
}

/** Four sides, drawn by hand, about one to four lines. */
function frame(sheet: Sheet, chance: Chance): readonly Stroke[] {
  const {between} = chance
  const {y} = lineAt(sheet, chance)
  const [left, right] = [between(1.2, 3.5), between(4.5, 7)]
  const [top, bottom] = [y + between(-0.12, 0.06), y + between(0.2, 0.7)]
  const give = () => between(-0.03, 0.03)
  return [
    [left + give(), top + give(), right + give(), top + give()],
    [left + give(), bottom + give(), right + give(), bottom + give()],
    [left + give(), top, left + give(), bottom],
    [right + give(), top, right + give(), bottom],
  ]
}

/** Around a few words of a line, in short strokes. */
function circle(sheet: Sheet, chance: Chance): readonly Stroke[] {
  const {between} = chance
  const {y} = lineAt(sheet, chance)
  const [middle, wide, high] = [between(2, 6), between(0.3, 0.9), between(0.1, 0.2)]
  const turn = between(-0.05, 0.05)
  const steps = 12
  const point = (step: number) => {
    const angle = (2 * Math.PI * step) / steps
    return [middle + wide * Math.cos(angle), y + high * Math.sin(angle) + turn * Math.cos(angle)] as const
  }
  return Array.from({length: steps}, (_, step) => [...point(step), ...point(step + 1)] as const)
}

/** A few signs from a margin into the text. */
function note({between, one}: Chance): Note {
  const text = one(['3/28', 'djk', 'cr.4/7', '0269', 'mjd12', '24k'])
  const x = between(0, 1) < 0.5 ? between(0.4, 0.9) : between(6.2, 7)
  return {text, x, y: between(1.6, 8.4), size: between(0.15, 0.35)}
}

interface Chance {
  readonly between: (low: number, high: number) => number
  readonly one: <Value>(list: readonly Value[]) => Value
}

function chanceOf(seed: number, of: string): Chance {
  const source = random(seed, of)
  return {
    between: (low, high) => low + (high - low) * source.uniform(),
    one: list => list[Math.floor(source.uniform() * list.length)]!,
  }
}

/** Paragraphs of the sample's letters, in order. */
const paragraphs: readonly string[] = ['1984-11-22-reagan-to-thatcher', '1985-03-24-gorbachev-to-reagan'].flatMap(
  id => {
    const source = readFileSync(new URL(`../transcripts/${id}.md`, import.meta.url), 'utf8')
    return source
      .replace(/^---\n[\s\S]*?\n---\n/, '')
      .split('\n\n')
      .map(block => block.replace(/\s+/g, ' ').trim())
      .filter(block => block.length > 200)
  },
)

/** Lines of a page, from the paragraph that lies at this share, 0 to 1, of all. */
export function letter(share: number): string[] {
  const lines: string[] = []
  for (let at = Math.floor(share * paragraphs.length); lines.length < 46; at = (at + 1) % paragraphs.length) {
    lines.push(...(lines.length > 0 ? [''] : []), ...wrap(paragraphs[at]!, 62, 5))
  }
  return lines.slice(0, 50)
}
