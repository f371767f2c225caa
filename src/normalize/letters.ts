import {latinCapital} from './script.ts'

/**
 * A line as its letters and digits alone: capitals A-Z and 0-9, accents and
 * separators gone, Cyrillic letters as the Latin ones they look like.
 *
 * `S-E-C-R-E-T`, `secret` and `ЅЕСRЕТ` all have the letters `SECRET`.
 */
export interface Letters {
  /** Char codes; at most two per character of the line. */
  readonly codes: readonly number[]
  /** Offset in the line of the character each letter comes from; never falls. */
  readonly origin: readonly number[]
  /** True where a token begins with this letter. */
  readonly startsToken: readonly boolean[]
  /** True where a token ends with this letter. */
  readonly endsToken: readonly boolean[]
  /** True where the line consists of single letters, as in `S E C R E T`. */
  readonly spaced: boolean
}

/** Reduce a line to its letters. */
export function lettersOf(line: string): Letters {
  const codes: number[] = []
  const origin: number[] = []
  const startsToken: boolean[] = []
  const endsToken: boolean[] = []
  let inToken = false
  let offset = 0
  for (const character of line) {
    const folded = fold(character)
    if (folded === '') {
      // An apostrophe does not end a token: `President's` is one.
      if (inToken && character !== "'" && character !== '’') {
        endsToken[endsToken.length - 1] = true
        inToken = false
      }
    } else {
      for (let index = 0; index < folded.length; index++) {
        codes.push(folded.charCodeAt(index))
        origin.push(offset)
        startsToken.push(!inToken)
        endsToken.push(false)
        inToken = true
      }
    }
    offset += character.length
  }
  if (endsToken.length > 0) endsToken[endsToken.length - 1] = true
  const single = startsToken.filter((starts, index) => starts && endsToken[index]).length
  return {codes, origin, startsToken, endsToken, spaced: single >= 4 && single >= codes.length - 2}
}

/** The letters as text. */
export function textOf({codes}: Letters): string {
  let text = ''
  // One by one, as a line of any length is no list of arguments.
  for (const code of codes) text += String.fromCharCode(code)
  return text
}

/** The letters of a wording, with nothing to lead back. */
export function codesOf(wording: string): readonly number[] {
  return lettersOf(wording).codes
}

function fold(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x80) {
    if ((code >= 65 && code <= 90) || (code >= 48 && code <= 57)) return character
    if (code >= 97 && code <= 122) return character.toUpperCase()
    // What an I or an S is read as within capitals.
    if (character === '|' || character === '!') return 'I'
    return character === '$' ? 'S' : ''
  }
  // As a capital, so that a Russian wording has the same letters in either case.
  const read = latinCapital(character.toUpperCase())
  if (read !== null) return read
  const plain = character.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase()
  return /^[A-Z0-9]{1,2}$/.test(plain) ? plain : ''
}
