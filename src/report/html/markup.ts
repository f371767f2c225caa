import {visibleParts} from '../visible.ts'

/** A piece of finished markup: the only thing that `html` does not escape. */
export interface Markup {
  readonly markup: string
}

export type Value = string | number | Markup | readonly Markup[] | null

/**
 * Writes markup; every value is escaped, for text and for quoted attributes
 * alike, unless it is markup already.
 *
 * Characters that would act instead of being seen are written by name, as in
 * `‹U+202E›`. `null` is written as nothing. Attributes must be quoted in the template.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let markup = strings[0]!
  for (const [index, value] of values.entries()) markup += write(value) + strings[index + 1]!
  return {markup}
}

/** Writes untrusted text as content: like a value of `html`, with the named characters set apart from the text. */
export function shown(text: string): Markup {
  if (isHarmless(text)) return {markup: text}
  const parts = visibleParts(text).map(part =>
    part.isName ? `<span class="acting">${part.text}</span>` : escapeMarkup(part.text),
  )
  return {markup: parts.join('')}
}

/** Makes an id that is safe in an attribute and, behind `#`, in a link; different texts give different ids. */
export function anchor(prefix: string, text: string): string {
  return prefix + encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}

/** Nothing. */
export const nothing: Markup = {markup: ''}

function write(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return 'markup' in value ? value.markup : value.map(item => item.markup).join('')
  if (isHarmless(value)) return value
  return visibleParts(value)
    .map(part => (part.isName ? `‹${part.text}›` : escapeMarkup(part.text)))
    .join('')
}

/** Most text needs no care; to find that out costs less than to take it. */
function isHarmless(text: string): boolean {
  return /^[\w \n.,;:!?()[\]/#%*+=-]*$/.test(text)
}

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"'`]/g, character => `&#${character.charCodeAt(0)};`)
}
