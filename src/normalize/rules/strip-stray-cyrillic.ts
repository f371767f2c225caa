import type {DocumentView, Line} from '../document.ts'
import {latinReadingOf} from '../lookalikes.ts'
import {type Evidence, type Found, type MarkingRule, stripLine} from '../rule.ts'
import {isRussianWord, russianShare} from '../russian.ts'
import {isUkrainianOnly} from '../script.ts'

/** Cyrillic that an engine made of Latin type, handwriting or a stamp. */
export const stripStrayCyrillic: MarkingRule = {
  kind: 'marking',
  id: 'strip-stray-cyrillic',
  family: 'stray-script',
  summary: 'Strip lines of Cyrillic that are no Russian, and single Cyrillic words at the edge of a Latin letter.',
  why: "An engine with more than one script turns badly printed Latin, handwriting and stamps into Cyrillic letters (`Кертоансаи шис лумина лаво`, `СЕРТИФИКАТ`). Real Russian – a sentence, a name, a bilingual letter – is the letter's own.",
  source:
    'Counts over 6.9 million lines of declassified files: one engine puts Cyrillic into 1 % of the lines of English files, another into none.',
  find: document => document.lines.flatMap(line => [...strayLine(line, document), ...strayTokens(line, document)]),
  examples: [
    {
      name: 'gibberish and a stray word below the signature',
      before:
        'Dear Mr. President:\n\nI thank you for the letter.\n\nSincerely,\n\nM. GORBACHEV\n\nКертоансаи шис лумина лаво\n\n\n\nСЕРТИФИКАТ',
      after: 'Dear Mr. President:\n\nI thank you for the letter.\n\nSincerely,\n\nM. GORBACHEV',
    },
    {
      name: 'a Russian sentence in an English letter',
      before: 'He told me a Russian proverb:\n\nДоверяй, но проверяй.\n\nI have not forgotten it since.',
      after: 'He told me a Russian proverb:\n\nДоверяй, но проверяй.\n\nI have not forgotten it since.',
    },
    {
      name: 'a certificate in a Russian sentence',
      before: 'Он получил этот сертификат в Москве.\nСЕРТИФИКАТ\nбыл подписан министром.',
      after: 'Он получил этот сертификат в Москве.\nСЕРТИФИКАТ\nбыл подписан министром.',
    },
  ],
}

/** Below this share of what reads as Russian a line is gibberish. */
const leastRussian = 0.38

function strayLine(line: Line, document: DocumentView): readonly Found[] {
  const cyrillic = line.reading.tokens.filter(({scripts}) => scripts === 'cyrillic' || scripts === 'mixed')
  const latin = line.reading.tokens.filter(({scripts}) => scripts === 'latin')
  const letters = cyrillic.reduce((sum, {text}) => sum + text.length, 0)
  const latinLetters = latin.reduce((sum, {text}) => sum + text.length, 0)
  if (letters === 0 || latinLetters * 3 > letters) return []
  // A Latin word in look-alikes is repaired, not stripped.
  if (cyrillic.every(({text}) => latinReadingOf(text, document) !== null)) return []

  const form = formOf(cyrillic.map(({text}) => text))
  // `Спасибо!`, «Аврора»: written by a person.
  if (form === null || (cyrillic.length === 1 && /[!?…»”]\s*$/u.test(line.text))) return []
  const evidence: Evidence[] = [form]
  const context = contextOf(line, document)
  if (context !== null) evidence.push(context)
  return [stripLine(line, evidence)]
}

/** Cyrillic amid Latin on one line: a look is all it is worth, as it may be a quotation. */
function strayTokens(line: Line, document: DocumentView): readonly Found[] {
  const {tokens} = line.reading
  const latin = tokens.filter(({scripts}) => scripts === 'latin').length
  const foreign = tokens.filter(({scripts}) => scripts === 'cyrillic')
  if (foreign.length === 0 || foreign.length >= latin) return []
  const odd = foreign.filter(
    ({text}) =>
      latinReadingOf(text, document) === null &&
      (text.length <= 2 ? !isRussianWord(text.toLowerCase()) : russianShare([text]) < leastRussian) &&
      !/^\p{Lu}\p{Ll}{2,}$/u.test(text),
  )
  return odd.map(({start, end}) => ({
    flagOnly: true,
    action: 'strip',
    span: {start: line.start + start, end: line.start + end},
    line: line.index,
    wholeLine: false,
    replacement: '',
    repeats: null,
    evidence: [{kind: 'form', score: 1.5, reason: 'Cyrillic letters amid Latin ones that are no Russian word'}],
  }))
}

/** What the words themselves say; null where they read as Russian. */
function formOf(tokens: readonly string[]): Evidence | null {
  const share = russianShare(tokens)
  const ukrainian = tokens.some(token => [...token].some(isUkrainianOnly))
  const letters = tokens.join('').length
  const unknown = tokens.length >= 3 && tokens.every(token => !isRussianWord(token.toLowerCase()))
  const names = tokens.every(token => /^\p{Lu}\p{Ll}+$/u.test(token))
  const isKnown = tokens.some(token => token.length >= 3 && isRussianWord(token.toLowerCase()))
  if (tokens.length <= 2 && letters <= 6) {
    return isKnown ? null : {kind: 'form', score: 1.5, reason: 'a few Cyrillic letters are no text'}
  }
  // A signature, or whom a letter is about: not in the lexicon, but with capitals.
  if (names && !ukrainian && (tokens.length > 1 || !isKnown) && tokens.some(token => token.length >= 4)) {
    return share < leastRussian ? {kind: 'form', score: 1, reason: 'names that are hardly Russian'} : null
  }
  if (unknown && share < 0.65) {
    return {kind: 'form', score: share < leastRussian ? 2 : 1.5, reason: 'holds no word that is known'}
  }
  if (share < leastRussian || (ukrainian && share < 0.6 && !(tokens.length >= 3 && share > 0.5))) {
    const percent = Math.round(share * 100)
    return {kind: 'form', score: 2, reason: `${percent} % of its letters read as Russian`}
  }
  const capitals = tokens.length === 1 && !/\p{Ll}/u.test(tokens[0] ?? '')
  return capitals ? {kind: 'form', score: 1.5, reason: 'a single Cyrillic word in capitals'} : null
}

/** What the text around says: Latin around it, or Russian next to it. */
function contextOf(line: Line, document: DocumentView): Evidence | null {
  for (const step of [-1, 1]) {
    const next = document.lines[line.index + step]
    if (next === undefined || next.page !== line.page) continue
    const tokens = next.reading.tokens.filter(({scripts}) => scripts === 'cyrillic').map(({text}) => text)
    const near = (step === 1 ? next.breaksBefore : line.breaksBefore) <= 2
    if (near && tokens.length >= 2 && russianShare(tokens) >= 0.5) {
      return {kind: 'script', score: -3, reason: 'Russian stands next to it'}
    }
  }
  const hasLatin = document.cyrillicShare > 0 && document.cyrillicShare < 0.3
  return hasLatin ? {kind: 'script', score: 2, reason: 'the text around it is in Latin letters'} : null
}
