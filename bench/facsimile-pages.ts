import {readFileSync} from 'node:fs'
import {blankPage, type PageSpec} from '../scripts/facsimile/page.ts'
import {hash, random} from '../scripts/facsimile/random.ts'
import type {InkColour, Stamp} from '../scripts/facsimile/stamp.ts'
import {wrap} from '../scripts/facsimile/type.ts'

/** A typed page that somebody has marked, to be drawn. */
export interface MarkedPage {
  readonly name: string
  readonly spec: PageSpec
  readonly truth: string
}

const faces = ['courier-prime', 'special-elite', 'cutive-mono'] as const
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
  const source = random(seed, 'stamped page')
  const between = (low: number, high: number) => low + (high - low) * source.uniform()
  const one = <Value>(list: readonly Value[]): Value => list[Math.floor(source.uniform() * list.length)]!
  const lines = letter(Math.floor(source.uniform() * paragraphs.length))
  const stamps = Array.from({length: 1 + Math.floor(source.uniform() * 3)}, (): Stamp => {
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
      framed: source.uniform() < 0.4,
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
  const source = random(seed, 'struck page')
  const between = (low: number, high: number) => low + (high - low) * source.uniform()
  const one = <Value>(list: readonly Value[]): Value => list[Math.floor(source.uniform() * list.length)]!
  const typing = {...blankPage.typing, face: one(faces), wear: between(0.3, 0.9), density: between(0.82, 0.95)}
  const strokes: [number, number, number, number][] = []
  const lines: string[] = []
  const all = letter(Math.floor(source.uniform() * paragraphs.length))
  for (const [at, text] of all.entries()) {
    if (text === '' || (all[at + 1] ?? '') !== '') {
      lines.push(text)
      continue
    }
    const mark = one(['(U)', '(C)', '(S)', '(TS)'])
    const [left, middle] = [typing.left + (text.length + 2) / typing.pitch, typing.top + at / typing.leading - 0.05]
    const right = left + mark.length / typing.pitch
    const rising = source.uniform() < 0.7
    for (const up of source.uniform() < 0.5 ? [true, false] : [rising]) {
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

function letter(first: number): string[] {
  const lines: string[] = []
  for (let at = first; lines.length < 46; at = (at + 1) % paragraphs.length) {
    lines.push(...(lines.length > 0 ? [''] : []), ...wrap(paragraphs[at]!, 62, 5))
  }
  return lines.slice(0, 50)
}
