import {visibleLine} from './visible.ts'

/** Writes untrusted text as the content of an element; line feeds stay, what XML 1.0 has no place for is named, as `<U+0000>`. */
export function xmlText(text: string): string {
  return text.split('\n').map(xmlLine).join('\n')
}

/** Writes an attribute with its value, led by a blank. */
export function xmlAttribute(name: string, value: string | number): string {
  return ` ${name}="${xmlLine(String(value))}"`
}

function xmlLine(text: string): string {
  return visibleLine(text)
    .replace(/[\ufffe\uffff]/g, unit => `<U+${unit.charCodeAt(0).toString(16).toUpperCase()}>`)
    .replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
