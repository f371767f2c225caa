import {capHeight, type Face, outline} from './face.ts'
import {place} from './matrix.ts'
import {rule, strikeOut, write} from './pen.ts'
import {random} from './random.ts'
import {cell, type Mark, moved, type Typing, type, type Word} from './type.ts'

/** What a marking is: none of them belongs to the letter. */
export type MarkingKind = 'banner' | 'stamp' | 'citation' | 'stray' | 'footer'

/** Ink of a marking. */
export type InkColour = 'black' | 'red' | 'blue' | 'green' | 'violet'

/** A marking that is not the letter's own text. */
export type Marking = TypedMarking | Stamp | PenStrokes

/** A marking put in by a typewriter. */
export interface TypedMarking {
  readonly kind: MarkingKind
  readonly by: 'typewriter'
  readonly lines: readonly string[]
  readonly typing: Typing
  /** True where a pen has struck the first line out. */
  readonly struck?: boolean
}

/** What a pen crossed out, and what it wrote beside or over the text. */
export interface PenStrokes {
  readonly kind: MarkingKind
  readonly by: 'pen'
  /** None: neither is text of the page. */
  readonly lines: readonly []
  /** From where to where on the sheet, in inches. */
  readonly strokes: readonly (readonly [x0: number, y0: number, x1: number, y1: number])[]
  readonly notes?: readonly Note[]
  readonly struck?: false
}

/** Written by hand from a point on its baseline on, a digit `size` inches high; see `pen.ts` for what the hand knows. */
export interface Note {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
}

/** A marking put on by a rubber stamp. */
export interface Stamp {
  readonly kind: MarkingKind
  readonly by: 'stamp'
  /** `{…}` is written by hand into a blank left by the stamp; see `pen.ts` for what the hand knows. */
  readonly lines: readonly string[]
  readonly ink: InkColour
  /** Centre on the sheet, in inches. */
  readonly x: number
  readonly y: number
  /** Clockwise. */
  readonly degrees: number
  /** Height of a capital in inches, one for each line. */
  readonly sizes: readonly number[]
  /** How dark, 0 to 1. */
  readonly density: number
  /** True for a box drawn round it. */
  readonly framed: boolean
  /** True where a pen has struck the first line out. */
  readonly struck?: boolean
}

/** A marking drawn out: its words, and the ink that is no word. */
export interface DrawnMarking {
  readonly words: readonly (Word & {readonly hand: boolean})[]
  /** Frame of the stamp. */
  readonly frame: readonly Mark[]
  /** What the pen did beside writing: rules and strokes. */
  readonly strokes: readonly Mark[]
}

/** Draws a marking onto the sheet. */
export function drawMarking(marking: Marking, seed: number): DrawnMarking {
  if (marking.by === 'stamp') return drawStamp(marking, seed)
  if (marking.by === 'pen') {
    const hand = random(seed, 'strokes')
    const strokes = marking.strokes.map(stroke => strikeOut(...stroke, hand))
    const notes = (marking.notes ?? []).flatMap(({text, x, y, size}) => write(text, x, y, size, hand).marks)
    return {words: [], frame: [], strokes: [...strokes, ...notes]}
  }
  const words = type(marking.lines, marking.typing, seed).map(word => ({...word, hand: false}))
  const {left, top, pitch} = marking.typing
  const first = marking.lines[0] ?? ''
  const begin = left + (first.length - first.trimStart().length) / pitch
  const height = top - 0.45 / pitch
  const strokes = marking.struck
    ? [strikeOut(begin - 0.1, height + 0.02, left + first.length / pitch + 0.1, height - 0.02, random(seed, 'struck'))]
    : []
  return {words, frame: [], strokes}
}

const stampFace: Face = 'pt-mono'
/** Letters of a stamp are narrower than the face, but no closer. */
const narrow = 0.9
/** Baseline to baseline, in heights of a capital. */
const leading = 1.55

function drawStamp(stamp: Stamp, seed: number): DrawnMarking {
  const source = random(seed, 'stamp')
  const press = random(seed, 'press')
  const [leanRight, leanDown] = [press.normal() * 0.35, press.normal() * 0.25]
  const move = place(stamp.x, stamp.y, stamp.degrees)
  const pressed = (contours: readonly (readonly number[])[]): Mark => ({
    contours: contours.map(contour => moved(contour, move)),
    weight: 0.1,
    density: stamp.density,
    lean: [0, 0],
  })
  // The stamp's own plane: the block is centred on the origin.
  const heights = stamp.lines.map((_, index) => stamp.sizes[index] ?? 0.12)
  const total = heights.reduce((sum, size) => sum + size * leading, 0)
  const widths = stamp.lines.map((text, index) => text.length * advance(heights[index] ?? 0))
  const width = Math.max(...widths)
  let baseline = -total / 2
  const words: (Word & {hand: boolean})[] = []
  const frame: Mark[] = []
  const strokes: Mark[] = []
  for (const [line, text] of stamp.lines.entries()) {
    const size = heights[line] ?? 0
    baseline += size * (leading + 1) * 0.5
    const step = advance(size)
    let x = -(widths[line] ?? 0) / 2
    const begin = x
    for (const piece of text.split(/(\s+|\{[^}]*\})/).filter(part => part !== '')) {
      if (piece.startsWith('{')) {
        const text = piece.slice(1, -1)
        const written = write(text, x + step * 0.4, baseline, size * 1.5, source)
        const end = Math.max(written.end, x + piece.length * step)
        words.push({text, line, hand: true, marks: written.marks.map(mark => turned(mark, move))})
        frame.push(turned(rule(x, baseline + size * 0.25, end, baseline + size * 0.25, 0.012), move))
        x = end + step * 0.2
      } else if (piece.trim() === '') {
        x += piece.length * step
      } else {
        const marks = [...piece].map((character, index) => {
          // The face strikes its zero through, stamps do not.
          const glyph = outline(stampFace, character === '0' ? 'O' : character)
          const scale = size / capHeight(stampFace)
          const cellMove = place(x + (index + (1 - narrow) / 2) * step, baseline, 0, scale * narrow, scale)
          const at = [(x + index * step) / width, baseline / total] as const
          const mark = pressed(swollen(glyph.contours, size).map(contour => moved(contour, cellMove)))
          const heavier = at[0] * leanRight + at[1] * leanDown
          return {...mark, weight: mark.weight + heavier, density: Math.min(1, stamp.density * (1 + 0.5 * heavier))}
        })
        words.push({text: piece, line, hand: false, marks})
        x += piece.length * step
      }
    }
    if (stamp.struck === true && line === 0) {
      const middle = baseline - size / 2
      strokes.push(turned(strikeOut(begin - 0.15, middle + 0.02, x + 0.15, middle - 0.03, source), move))
    }
    baseline += size * (leading - 1) * 0.5
  }
  if (stamp.framed) {
    const [x, y] = [width / 2 + 0.1, total / 2 + 0.03]
    for (const [x0, y0, x1, y1] of [
      [-x, -y, x, -y],
      [x, -y, x, y],
      [x, y, -x, y],
      [-x, y, -x, -y],
    ] as const) {
      frame.push(turned({...rule(x0, y0, x1, y1, 0.022), density: stamp.density}, move))
    }
  }
  return {words, frame, strokes}
}

function advance(size: number): number {
  return (cell(stampFace) * size) / capHeight(stampFace)
}

function turned(mark: Mark, move: Parameters<typeof moved>[1]): Mark {
  return {...mark, contours: mark.contours.map(contour => moved(contour, move))}
}

/**
 * Makes a shape bolder: the union of copies moved a little every way (the winding of all is above zero).
 *
 * @param size
 *   Height of a capital in inches: small rubber letters are cut finer, or they would fill with ink.
 */
function swollen(contours: readonly (readonly number[])[], size: number): number[][] {
  const reach = size < 0.16 ? 0.014 : 0.05
  const steps = size < 0.16 ? [-1, 1] : [-1, -0.5, 0, 0.5, 1]
  return steps
    .flatMap(u => steps.map(v => [u * reach, v * reach] as const))
    .filter(([u, v]) => Math.hypot(u, v) <= reach * 1.5)
    .flatMap(([u, v]) => contours.map(contour => moved(contour, [1, 0, 0, 1, u, v])))
}
