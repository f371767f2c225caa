import {type Face, outline} from './face.ts'
import {type Matrix, place} from './matrix.ts'
import {plainNoise, random} from './random.ts'

/** One touch of ink: a letter struck, a line drawn. */
export interface Mark {
  /** Polygons `x0, y0, x1, y1, …` in inches of the sheet, origin top left, y downward. */
  readonly contours: readonly (readonly number[])[]
  /** Bolder above 0, thinner below; 1 is as bold as ink goes. */
  readonly weight: number
  /** How dark, 0 to 1. */
  readonly density: number
  /** How much heavier to the right and to the foot. */
  readonly lean: readonly [number, number]
}

/** A word on the sheet, as a reader finds it. */
export interface Word {
  readonly text: string
  /** Which of the lines given, 0-based. */
  readonly line: number
  readonly marks: readonly Mark[]
}

/** A machine and where it starts. */
export interface Typing {
  readonly face: Face
  /** Characters an inch: 10 is pica, 12 is elite. */
  readonly pitch: number
  /** Lines an inch; 6 is single spacing. */
  readonly leading: number
  /** Left edge of the first cell and baseline of the first line, in inches. */
  readonly left: number
  readonly top: number
  /** 0 is a machine just serviced, 1 a worn one. */
  readonly wear: number
  /** How dark the ribbon is, 0 to 1. */
  readonly density: number
}

/**
 * Types lines on a grid, word by word; blanks move on, an empty line is left empty.
 *
 * Each slug has its own fault, the same wherever it strikes, and each strike one of its own;
 * the ribbon darkens and fades along the line.
 */
export function type(lines: readonly string[], typing: Typing, seed: number): Word[] {
  const strikes = random(seed, 'strikes')
  const ribbonSeed = Math.floor(random(seed, 'ribbon').uniform() * 0x7fff_ffff)
  const {face, pitch, leading, left, top, wear, density} = typing
  return lines.flatMap((text, line) =>
    [...text.matchAll(/\S+/g)].map(({0: word, index}) => {
      const marks = [...word].map((character, offset) => {
        const column = [...text.slice(0, index)].length + offset
        const slug = random(seed, `slug ${character}`)
        const glyph = outline(face, character)
        const size = 1 / pitch / cell(face)
        const jitter = (ofSlug: number, ofStrike: number): number =>
          wear * (slug.normal() * ofSlug + strikes.normal() * ofStrike)
        const x = left + column / pitch + (1 / pitch - glyph.advance * size) / 2 + jitter(0.0016, 0.0012)
        const y = top + line / leading + jitter(0.0026, 0.0014)
        const faded = strikes.uniform() < 0.012 * wear ? 0.26 : 0
        const ribbon = plainNoise(ribbonSeed, column / 7, line * 3.7)
        const move = place(x, y, jitter(0.5, 0.3), size)
        return {
          contours: glyph.contours.map(contour => moved(contour, move)),
          weight: 0.05 + 0.1 * wear * ribbon + jitter(0.12, 0.1) - 0.6 * faded,
          density: Math.min(1, density * (1 + 0.08 * ribbon * wear) + jitter(0.04, 0.04) - faded),
          lean: [jitter(0.1, 0.08), jitter(0.16, 0.1)] as const,
        }
      })
      return {text: word, line, marks}
    }),
  )
}

/**
 * Breaks a paragraph into lines for typing: two blanks after a sentence, compounds divided at their own hyphen.
 *
 * @param columns
 *   Characters a line; only a longer word makes a longer line.
 * @param indent
 *   Blanks before the first line.
 */
export function wrap(text: string, columns: number, indent: number): string[] {
  const spaced = text.replace(/(?<!\b(?:Mr|[A-Z]))([.?!]) (?=[A-Z])/g, '$1  ')
  const lines: string[] = []
  let line = ' '.repeat(indent)
  for (const [, piece = '', gap = ''] of spaced.matchAll(/([^\s-]+-?|-+)(\s*)/g)) {
    if ((line + piece).length > columns && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece + gap
  }
  return [...lines, line.trimEnd()]
}

/** Moves a contour by a map. */
export function moved(contour: readonly number[], [a, b, c, d, e, f]: Matrix): number[] {
  return contour.map((value, i) =>
    i % 2 === 0 ? a * value + c * (contour[i + 1] ?? 0) + e : b * (contour[i - 1] ?? 0) + d * value + f,
  )
}

/** Gives the width of a cell in em; all letters of these faces stand in cells of one width. */
export function cell(face: Face): number {
  return outline(face, 'n').advance
}
