import type {Token} from './tokens.ts'

/** The wording of a family of markings. Letters and digits count; case, spaces and punctuation do not. */
export interface Vocabulary {
  /** Words that letters use too: they need a second witness. */
  readonly words?: readonly string[]
  /** Wording that heads paragraphs and names people in letters as well: worth a look, and stripped in company alone. */
  readonly headings?: readonly string[]
  /** Unmistakable wording, as a line of its own. */
  readonly phrases?: readonly string[]
  /** Whole stamps, whose lines break anywhere; any part of two words is looked for. */
  readonly stamps?: readonly string[]
  /** True where the words are grades and caveats, which stand alone on their line in title case as well. */
  readonly grades?: true
  /** True for wording that is the letter's own, as its letterhead is: no part of a marking beside it. */
  readonly ofLetter?: true
  /** Structured numbers, which may be taken for what they are anywhere. */
  readonly identifiers?: readonly Identifier[]
}

export interface Identifier {
  /** What it is, for the evidence. */
  readonly name: string
  /** True for a number that letters use too: it needs a second witness. */
  readonly bare?: true
  /** True for what need hold no digit: it is looked for in every line. */
  readonly withoutDigits?: true
  /** With the flags `g` or `gi`; allows for what engines confuse. */
  readonly pattern: RegExp
}

/** How sure the wording alone makes. */
export type Strength = 'identifier' | 'phrase' | 'part' | 'heading' | 'word'

/** A piece of a line that is a marking's wording. */
export interface Match {
  readonly ruleId: string
  readonly strength: Strength
  /** The wording as it is printed, or the name of the identifier. */
  readonly wording: string
  /** In the line. */
  readonly start: number
  readonly end: number
  /** Of the difference to the wording; 0 for exact. */
  readonly cost: number
  /** Letters of the line it explains. */
  readonly letters: number
  /** True for wording that is the letter's own. */
  readonly ofLetter: boolean
  readonly isGrade: boolean
  /** True for a number that letters use too. */
  readonly isNumber: boolean
  /** True where the cost lies above what the wording's length allows: needs more witnesses. */
  readonly doubtful: boolean
}

/** A line as the vocabularies understand it. */
export interface LineReading {
  /** Its letters and figures, as `lettersOf` reduces it. */
  readonly letters: string
  /** True where its letters are set apart, as in `S E C R E T`. */
  readonly spaced: boolean
  readonly tokens: readonly Token[]
  /** Not overlapping, ascending. */
  readonly matches: readonly Match[]
}
