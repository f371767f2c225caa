import {UserError} from '../model.ts'
import {lettersOf} from './letters.ts'
import {lexicalRule} from './lexical-rule.ts'
import type {Example, MarkingRule} from './rule.ts'

/** A rule as the settings write it: wordings of one family of markings. */
export interface UserRule {
  /** `strip-` and what it strips, as in `strip-embassy-stamp`. */
  readonly id: string
  readonly family: string
  readonly summary?: string | undefined
  /** Words that letters use too: stripped with a second witness. */
  readonly words?: readonly string[] | undefined
  /** Unmistakable wording, as a line of its own. */
  readonly phrases?: readonly string[] | undefined
  /** Whole stamps, whose lines break anywhere. */
  readonly stamps?: readonly string[] | undefined
  /** Structured numbers: a name and a regular expression, without slashes and flags; upper and lower case are the same. */
  readonly numbers?: readonly {readonly name: string; readonly pattern: string}[] | undefined
  /** At least one that changes and one that must not. */
  readonly examples: readonly Example[]
}

/**
 * Make a rule of settings; `checkExamples` says whether it keeps its word.
 *
 * @throws UserError
 *   Where the id, a wording or a pattern is not what it may be.
 */
export function userRule({id, family, summary, words, phrases, stamps, numbers, examples}: UserRule): MarkingRule {
  if (!/^strip(?:-[a-z0-9]+)+$/.test(id)) {
    throw new UserError(`Unexpected rule id \`${id}\`, expected \`strip-\` and words of small letters, rename it`)
  }
  const [first, second, ...others] = examples
  if (first === undefined || second === undefined) {
    throw new UserError(`Unexpected examples of \`${id}\`, expected one that changes and one that stays, add them`)
  }
  const lines = wordings(id, phrases)
  const identifiers = [
    ...(numbers ?? []).map(({name, pattern}) => ({name, pattern: compile(id, pattern)})),
    // Who names a line knows his letters: it goes on this witness alone, in small letters too. Misread it is a phrase as any other.
    ...lines.map(line => ({name: `reads \`${line}\``, withoutDigits: true as const, pattern: wholeLineOf(line)})),
  ]
  return lexicalRule({
    id,
    family,
    summary: summary ?? `Strip markings of the family \`${family}\`.`,
    why: 'The settings of this corpus ask for it.',
    source: 'The settings of this corpus.',
    vocabulary: {
      words: wordings(id, words),
      phrases: lines,
      stamps: wordings(id, stamps),
      identifiers,
    },
    examples: [first, second, ...others],
  })
}

/** Wordings as rules write them: capitals, figures and single blanks. */
function wordings(id: string, list: readonly string[] = []): readonly string[] {
  return list.map(wording => {
    const count = lettersOf(wording).codes.length
    if (count < 3 || count > 200) {
      throw new UserError(`Unexpected wording \`${wording}\` of \`${id}\`, expected 3 to 200 letters, change it`)
    }
    return wording
      .toUpperCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  })
}

/** Matches lines that hold a wording and no other letter, whatever stands between its words. */
function wholeLineOf(wording: string): RegExp {
  return new RegExp(`^\\P{L}*${wording.replaceAll(' ', '[^\\p{L}\\p{N}]+')}\\P{L}*$`, 'giu')
}

function compile(id: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'giu')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError(`Unexpected pattern \`${pattern}\` of \`${id}\`, expected a regular expression: ${reason}`)
  }
}
