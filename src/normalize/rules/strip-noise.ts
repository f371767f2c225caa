import type {Line} from '../document.ts'
import {type Evidence, type Found, type MarkingRule, stripLine} from '../rule.ts'
import {isWord, type Token} from '../tokens.ts'

/** Lines made of punch holes, scratches, struck stamps and handwriting. */
export const stripNoise: MarkingRule = {
  kind: 'marking',
  id: 'strip-noise',
  family: 'noise',
  summary: 'Strip lines of punctuation and of fragments that are no words, where a second witness says so.',
  why: 'Punch holes, folds, a stamp that was struck out and handwriting are read as `~~`, `=A` or `SSRIS aiF Er NR TL 3`. Initials of typists, abbreviations and names are no words either, so the look of a line alone never strips it.',
  source: 'Readings of directives of 1986 and despatches of 1939 to 1943.',
  find: document => {
    const forms = document.lines.map(formOf)
    return document.lines.flatMap((line, index) => noise(line, forms[index] ?? null, isAmongNoise(forms, index)))
  },
  examples: [
    {
      name: 'specks below the last line',
      before: 'We asked the minister for his view.\n\nHe had none.\n\nWe left the house.\n\nIt was late.\n\n~ . —',
      after: 'We asked the minister for his view.\n\nHe had none.\n\nWe left the house.\n\nIt was late.',
    },
    {
      name: 'initials of the typist',
      before: 'Respectfully yours,\n\nBurton Y. Berry\nAmerican Consul\n\n891\nRMM/sn\nRA/MM',
      after: 'Respectfully yours,\n\nBurton Y. Berry\nAmerican Consul\n\n891\nRMM/sn\nRA/MM',
    },
    {
      name: 'Russian read as Latin',
      before: 'BopeLlarm no4rn4 KaK 6apaKa\n\nTaK 3T0 )K 3aBTpaK',
      after: 'BopeLlarm no4rn4 KaK 6apaKa\n\nTaK 3T0 )K 3aBTpaK',
    },
  ],
}

/** Lines on either side that are looked at. */
const around = 3

/** Whether half of the lines around are noise as well: one odd line may be text, a heap of them is a stamp or a seal. */
function isAmongNoise(forms: readonly (Evidence | null)[], index: number): boolean {
  const near = forms.slice(Math.max(0, index - around), index + around + 1)
  return near.filter(form => form !== null).length - 1 >= around
}

function noise(line: Line, form: Evidence | null, isAmong: boolean): readonly Found[] {
  if (form === null) return []
  const evidence = isAmong
    ? [form, {kind: 'block' as const, score: 1.5, reason: 'it stands among other noise'}]
    : [form]
  return [
    {
      ...(mayBeText(line) ? {flagOnly: true as const} : {}),
      ...stripLine(line, evidence),
    },
  ]
}

function formOf({text, confidence, reading}: Line): Evidence | null {
  const {tokens, matches} = reading
  if (matches.length > 0 || text.length > 60 || isKept(text)) return null
  if (tokens.length === 0) return {kind: 'form', score: /^(.)\1{2,}$/u.test(text) ? 1 : 2, reason: 'has no letters'}
  // A catchword at the foot of a page is a word alone.
  if (tokens.some(token => isWord(token) && token.text.length > 2) || tokens.every(isWord)) return null
  if (tokens.some(({scripts}) => scripts === 'cyrillic' || scripts === 'other') || isRussianAsLatin(tokens)) return null
  const letters = tokens.reduce((sum, {text}) => sum + text.length, 0)
  const odd = tokens.filter(isOdd).reduce((sum, {text}) => sum + text.length, 0)
  const marks = text.replace(/[\p{L}\p{N}\s]/gu, '').length
  // Unknown words are names or of a language no lexicon knows, unless the engine had hardly read them.
  const unsure = confidence !== null && confidence < 0.3
  if (odd === 0 && marks < letters && (!unsure || tokens.every(isCasedName))) return null
  const share = (odd + Math.min(marks, letters)) / letters
  if (share < 0.6) return unsure ? {kind: 'form', score: 0.5, reason: 'has no word of a language'} : null
  if (share < 1) return {kind: 'form', score: 1, reason: 'has no word of a language'}
  return {kind: 'form', score: 1.5, reason: 'consists of fragments'}
}

/** With tokens this long a line is rather text that was badly read, unless the engine had no idea. */
const textLength = 5
const noIdea = 0.15

/** Whether a line may be text that was badly read: long tokens, a date group, a drafting office. */
function mayBeText({text, confidence, reading}: Line): boolean {
  // Two figures are a row of a table.
  if (/\d{4}|\p{L}{2}[:/]\p{L}|\d\D+\d+\P{L}*$/u.test(text)) return true
  const sure = confidence === null || confidence >= noIdea
  return sure && reading.tokens.some(token => token.text.length >= textLength)
}

/** Initials of writer and typist, sums, references and list numbers look like noise and are none. */
function isKept(text: string): boolean {
  return (
    /^[A-Z]{1,4}\s?[/:;-]\s?[A-Za-z]{1,4}(?:\s?[/:;-]\s?[A-Za-z]{1,4})?\.?$/u.test(text) ||
    /^\/s\/$/iu.test(text) ||
    /^\d{1,2}(?:\.\d{1,2}){1,3}\s?(?:\([a-z]\))?\.?$/u.test(text) ||
    /^(?:\d{1,2}\.\s)?(?:№|§|No\.?)\s?\d{1,5}\.?$/iu.test(text) ||
    /^[([]?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,5}|[IVXLC]{1,5})[.)\]/]+$/u.test(text) ||
    /^(?:\p{Lu}\.\s?){1,4}(?:\p{Lu}\p{Ll}+)?$/u.test(text) ||
    /^[$£]?[\d.,\s%/:-]+$/u.test(text) ||
    /^(?:\* ?){3,}$/u.test(text) ||
    /^[.…\s]+$/u.test(text)
  )
}

/** `Gorbachev`, `M`: an initial or a name with its capital. */
function isCasedName({kind, text}: Token): boolean {
  return (kind === 'name' && /^\p{Lu}\p{Ll}+$/u.test(text)) || /^\p{Lu}$/u.test(text)
}

/** No word and no name, nor what may be one: `NiDCCY`, `iAf4`, `ffi`, `x`. */
function isOdd({kind, text}: Token): boolean {
  return kind === 'fragment' || (kind === 'function' && text.length === 1)
}

/** Three tokens or more with a capital or a figure that is a Cyrillic letter, within or behind small letters: `KaK`, `3aBTpaK`. */
function isRussianAsLatin(tokens: readonly Token[]): boolean {
  const telling = tokens.filter(({text}) => /\p{Ll}[KTBMHPC346]|[346]\p{Ll}|^K\p{Ll}/u.test(text)).length
  return telling >= 2 && telling * 3 >= tokens.length
}
