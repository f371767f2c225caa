import type {Line} from '../document.ts'
import {type Evidence, type Found, type MarkingRule, stripLine} from '../rule.ts'

/** Codes of the exemption under which a piece of the page was cut out. */
export const stripFoiaExemption: MarkingRule = {
  kind: 'marking',
  id: 'strip-foia-exemption',
  family: 'foia-exemption',
  summary: 'Strip lines that hold nothing but exemption codes: (b)(1), B5, 1.4(D), 25X1, 50 USC 3024.',
  why: 'Beside each piece that was cut out stands the exemption it was cut out under. `(b)(1)` alone may also number a paragraph.',
  source:
    'Freedom of Information Act, 5 U.S.C. 552(b); Executive Orders 12958 and 13526; releases of the CIA, NSA and Department of State.',
  find: document => document.lines.flatMap(codesOf),
  examples: [
    {
      name: 'codes in the margin',
      before: 'We asked the minister for his view.\n\n(b)(1) (b)(3)\n1.4(B), 1.4(D)\n\nHe had none.',
      after: 'We asked the minister for his view.\n\nHe had none.',
    },
    {
      name: 'codes in a sentence',
      before: 'The report is\nexempt under (b)(3)(a) and (b)(6).\nNothing else is.',
      after: 'The report is\nexempt under (b)(3)(a) and (b)(6).\nNothing else is.',
    },
  ],
}

/** One code; the alternatives that letters or numbers of a letter cannot be come first. */
const code =
  /(?:50\s?U\.?S\.?C\.?(?:\s?§?\s?(?:3024|3507|403)\s?(?:\(\w{1,2}\)\s?){0,2})?|18\s?U\.?S\.?C\.?\s?798|P\.?\s?L\.?\s?86-36|E\.?O\.?\s?1(?:2958|3526|2356)(?:,?\s?(?:as amended|sec(?:tion|\.)?)?\s?[13][.,]\s?\d\s?(?:\(\w\)\s?){0,2}(?:\s?>\s?\d{2}\s?[Yy](?:rs|ears)?)?)?|[13]\.[345]\s?\(\s?[a-hA-H]\s?\)(?:\s?\(\d\))?(?:\s?>\s?\d{2}\s?Yrs)?|\(\s?[bk]\s?\)\s?\(?\s?[1-9]\s?\)?(?:\s?\(\s?[A-Fa-f]\s?\)(?!\s?\(?\d))?|[BK][1-9](?![\d\p{L}])|[25]5?0?X[1-9](?:,\s?[EB]\.?O\.?\s?1\d{4})?|OGA|DOE|NLE|PA|(?<=\d\)?\W{0,3})CIA)/iu
const counted = new RegExp(code.source, 'giu')
/** What `B5` and `B6` are read as. */
const misread = /^\W{0,2}B[SGOe]\W{0,2}$/u
/** A code that nothing but an exemption is; a paragraph or a statute may bear the others. */
const sure = /3024|86-36|>\s?\d{2}|\dX\d|E\.?O/iu
/** Codes of one letter and figure, which head columns as well. */
const short = /^[BK\d\s,;.&and]+$/iu

function codesOf(line: Line): readonly Found[] {
  if (line.text.length > 80) return []
  const form = formOf(line.text)
  if (form === null) return []
  return [
    {
      ...(form.score < 3 ? {needsCompany: true as const} : {}),
      ...stripLine(line, [form]),
    },
  ]
}

function formOf(text: string): Evidence | null {
  if (misread.test(text)) return {kind: 'form', score: 1.5, reason: 'may be a misreading of an exemption code'}
  const rest = text.replace(counted, '').replace(/\band\b/giu, '')
  if (!/\d/.test(text) || /[\p{L}\p{N}]/u.test(rest)) return null
  const count = text.match(counted)?.length ?? 0
  if (sure.test(text) || (count >= 2 && !short.test(text)))
    return {kind: 'form', score: 4, reason: 'consists of exemption codes'}
  return {kind: 'form', score: count >= 2 ? 3 : 2, reason: 'is an exemption code, or numbers a paragraph'}
}
