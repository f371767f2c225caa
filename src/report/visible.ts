/**
 * Characters that would act instead of being seen: C0 and C1 controls, line and
 * paragraph separators, bidirectional controls, invisible formatting, tags and
 * lone surrogates. Tab and line feed are not among them, nor are the joiners
 * U+200C and U+200D, which scripts such as Persian and Hindi need.
 *
 * Source: Unicode Technical Report 36 (bidirectional text), CVE-2021-42574.
 */
const acting =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu

/** A piece of text: either plain, or one acting character under its name, as in `U+202E`. */
export interface VisiblePart {
  readonly text: string
  readonly isName: boolean
}

/**
 * Cuts untrusted text so that no character can act where it is shown.
 *
 * Concatenated, the plain parts are the text without its acting characters; a
 * named part stands for exactly one of them. Tabs and line feeds stay plain.
 */
export function visibleParts(text: string): readonly VisiblePart[] {
  const parts: VisiblePart[] = []
  let last = 0
  for (const match of text.matchAll(acting)) {
    if (match.index > last) parts.push({text: text.slice(last, match.index), isName: false})
    parts.push({text: name(match[0]), isName: true})
    last = match.index + match[0].length
  }
  if (last < text.length) parts.push({text: text.slice(last), isName: false})
  return parts
}

/** Writes untrusted text on one line: acting characters as `<U+001B>`, line feeds and tabs as blanks. */
export function visibleLine(text: string): string {
  return text.replace(acting, character => `<${name(character)}>`).replace(/[\t\n]+/g, ' ')
}

function name(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}
