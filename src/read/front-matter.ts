import {isMap, isScalar, parseDocument} from 'yaml'

/** Front matter values, and what is wrong with it. */
export interface FrontMatter {
  readonly metadata: Readonly<Record<string, string>>
  /** What the YAML parser says, in one line, and where in `yaml`; null where nothing is wrong. */
  readonly problem: {readonly message: string; readonly offset: number} | null
}

/**
 * Reads the values of a YAML mapping as they are written: `007` stays `007`, a date stays text.
 *
 * Lists, nested mappings, aliases and keys that are not text are left out. Broken
 * YAML gives no values.
 */
export function parseFrontMatter(yaml: string): FrontMatter {
  // A lone `\r` ends a line in Markdown but not in YAML; the exchange moves no offset.
  const document = parseDocument(yaml.replace(/\r(?!\n)/g, '\n'), {schema: 'failsafe', prettyErrors: false})
  const error = document.errors[0]
  if (error) return {metadata: {}, problem: {message: error.message.split('\n')[0]!, offset: error.pos[0]}}
  if (document.contents === null) return {metadata: {}, problem: null}
  if (!isMap(document.contents)) return {metadata: {}, problem: {message: 'it is not a mapping', offset: 0}}
  const entries = document.contents.items.flatMap(({key, value}) =>
    isScalar(key) && isScalar(value) && typeof key.value === 'string'
      ? [[key.value, String(value.value ?? '')] as const]
      : [],
  )
  return {metadata: Object.fromEntries(entries), problem: null}
}
