import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import opentype from 'opentype.js'

/** A face of type; every one comes from an npm package, none from the system. */
export type Face =
  | 'courier-prime'
  | 'courier-prime-bold'
  | 'courier-prime-italic'
  | 'cutive-mono'
  | 'pt-mono'
  | 'special-elite'

/**
 * The shape of a character, in em: origin on the baseline at the left of its cell, y downward.
 * Contours are closed polygons, curves already flattened; inside is where the winding is not zero.
 */
export interface Outline {
  /** Each contour as `x0, y0, x1, y1, …`. */
  readonly contours: readonly (readonly number[])[]
  /** Width of the cell in em. */
  readonly advance: number
}

/**
 * Gives the outline of one character.
 *
 * @throws
 *   `Error` where the face lacks the character: the text to be typed is at fault.
 */
export function outline(face: Face, character: string): Outline {
  const key = `${face} ${character}`
  const known = outlines.get(key)
  if (known !== undefined) return known
  const font = fonts(face).find(candidate => candidate.charToGlyphIndex(character) > 0)
  if (font === undefined) throw new Error(`Unexpected character \`${character}\`, expected one that \`${face}\` has`)
  const glyph = font.charToGlyph(character)
  const made = {
    contours: flatten(glyph.getPath(0, 0, 1).commands),
    advance: (glyph.advanceWidth ?? font.unitsPerEm) / font.unitsPerEm,
  }
  outlines.set(key, made)
  return made
}

/** Gives the height of a capital letter in em. */
export function capHeight(face: Face): number {
  const heights = outline(face, 'H').contours.flatMap(contour => contour.filter((_, index) => index % 2 === 1))
  return -Math.min(...heights)
}

/** Where each face lies; a character is taken from the first file that has it. */
const files: Readonly<Record<Face, readonly string[]>> = {
  'courier-prime': ['courier-prime/files/courier-prime-latin-400-normal.woff'],
  'courier-prime-bold': ['courier-prime/files/courier-prime-latin-700-normal.woff'],
  'courier-prime-italic': ['courier-prime/files/courier-prime-latin-400-italic.woff'],
  'cutive-mono': ['cutive-mono/files/cutive-mono-latin-400-normal.woff'],
  'pt-mono': ['pt-mono/files/pt-mono-latin-400-normal.woff', 'pt-mono/files/pt-mono-cyrillic-400-normal.woff'],
  'special-elite': ['special-elite/files/special-elite-latin-400-normal.woff'],
}

/** Straight pieces a curve is cut into: at 300 dpi no piece of a letter is longer than two pixels. */
const pieces = 6

const outlines = new Map<string, Outline>()
const loaded = new Map<Face, readonly opentype.Font[]>()

function fonts(face: Face): readonly opentype.Font[] {
  const known = loaded.get(face)
  if (known !== undefined) return known
  const {resolve} = createRequire(import.meta.url)
  const made = files[face].map(name => {
    const bytes = readFileSync(resolve(`@fontsource/${name}`))
    return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  })
  loaded.set(face, made)
  return made
}

function flatten(commands: readonly opentype.PathCommand[]): number[][] {
  const contours: number[][] = []
  let contour: number[] = []
  let x = 0
  let y = 0
  for (const command of commands) {
    if (command.type === 'Z') continue
    if (command.type === 'M') {
      contour = []
      contours.push(contour)
    }
    // One formula for all: a line and a quadratic curve are cubic curves too.
    const [x1, y1, x2, y2] =
      command.type === 'C'
        ? [command.x1, command.y1, command.x2, command.y2]
        : command.type === 'Q'
          ? [
              x + ((command.x1 - x) * 2) / 3,
              y + ((command.y1 - y) * 2) / 3,
              command.x + ((command.x1 - command.x) * 2) / 3,
              command.y + ((command.y1 - command.y) * 2) / 3,
            ]
          : [command.x, command.y, command.x, command.y]
    const steps = command.type === 'C' || command.type === 'Q' ? pieces : 1
    for (let step = 1; step <= steps; step++) {
      const t = step / steps
      const s = 1 - t
      contour.push(
        s === 0 ? command.x : s * s * s * x + 3 * s * s * t * x1 + 3 * s * t * t * x2 + t * t * t * command.x,
        s === 0 ? command.y : s * s * s * y + 3 * s * s * t * y1 + 3 * s * t * t * y2 + t * t * t * command.y,
      )
    }
    x = command.x
    y = command.y
  }
  return contours.filter(({length}) => length > 4)
}
