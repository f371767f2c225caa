import {isEnglishWord, isFunctionWord} from './lexicon.ts'
import {isRussianWord} from './russian.ts'
import {type ScriptSet, scriptsOf} from './script.ts'

/** What a token of a line is to the normalizer. */
export type TokenKind =
  /** `of`, `which`: holds a sentence together. */
  | 'function'
  /** In the lexicon, English or Russian. */
  | 'word'
  /** Not in the lexicon, but built like a word or name: `Gorbachev`, `OLTMANS`. */
  | 'name'
  | 'number'
  /** Letters and digits mixed, or too short or odd to be a word: `R0005`, `vem`, `x`. */
  | 'fragment'

export interface Token {
  /** In the line. */
  readonly start: number
  readonly end: number
  /** As written. */
  readonly text: string
  readonly kind: TokenKind
  readonly scripts: ScriptSet
  /** True for a word that the settings name. */
  readonly isOwn: boolean
}

const tokenPattern = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}]+)*/gu

const noWords: ReadonlySet<string> = new Set()

/**
 * Cut a line into tokens: runs of letters and digits, apostrophes inside included.
 *
 * @param own
 *   Words beyond the lexicon, in small letters.
 */
export function tokensOf(line: string, own: ReadonlySet<string> = noWords): readonly Token[] {
  return [...line.matchAll(tokenPattern)].map(match => {
    const text = match[0]
    const scripts = scriptsOf(text)
    const isOwn = own.size > 0 && own.has(text.toLowerCase())
    const kind = isOwn ? 'word' : kindOf(text, scripts)
    return {start: match.index, end: match.index + text.length, text, kind, scripts, isOwn}
  })
}

/** Whether a token is a word of a language, a function word included. */
export function isWord(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'function'
}

function kindOf(text: string, scripts: ScriptSet): TokenKind {
  if (/^\d+$/.test(text)) return 'number'
  const lower = text.toLowerCase().replaceAll('’', "'")
  if (scripts === 'cyrillic') return isRussianWord(lower) ? 'word' : isCyrillicName(text) ? 'name' : 'fragment'
  if (scripts !== 'latin') return 'fragment'
  // `a` and `I` are words only in their own case, else they are specks.
  if (text.length === 1) return text === 'a' || text === 'I' || text === 'A' ? 'function' : 'fragment'
  if (isEnglishWord(lower)) return isCased(text) ? (isFunctionWord(lower) ? 'function' : 'word') : 'fragment'
  return isName(text) ? 'name' : 'fragment'
}

/** Lower case, capitalised or capitals: not `sTAte`. */
function isCased(text: string): boolean {
  return /^\p{Lu}?[\p{Ll}'’]+$/u.test(text) || /^[\p{Lu}'’]+(?:['’]?s)?$/u.test(text)
}

/** Built like a word: cased, of three letters or more, with vowels where words have them. */
function isName(text: string): boolean {
  if (text.length < 3 || !/^[\p{L}'’]+$/u.test(text)) return false
  if (!isCased(text) && !/^(?:Mac|Mc|De|Di|La|Le|Van|O['’])\p{Lu}/u.test(text)) return false
  const plain = text.normalize('NFKD').toLowerCase()
  return /[aeiouy]/.test(plain) && !/[bcdfghjklmnpqrstvwxz]{5}|[aeiouy]{4}|(.)\1\1/.test(plain)
}

function isCyrillicName(text: string): boolean {
  const lower = text.toLowerCase()
  return text.length >= 3 && /[аеёиоуыэюя]/.test(lower) && !/[бвгджзйклмнпрстфхцчшщ]{5}|[аеёиоуыэюя]{4}/.test(lower)
}
