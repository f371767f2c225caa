import {lookalikeCost} from './distance.ts'
import type {DocumentView, Line} from './document.ts'
import {isEnglishWord} from './lexicon.ts'
import {type Evidence, type Found, type MarkingRule, scoreOf, stripLine} from './rule.ts'
import {isWord, type Token} from './tokens.ts'
import type {LineReading, Match, Vocabulary} from './vocabulary.ts'

/** Make a rule that finds lines by a vocabulary. */
export function lexicalRule(rule: Omit<MarkingRule, 'kind' | 'find'> & {readonly vocabulary: Vocabulary}): MarkingRule {
  return {...rule, kind: 'marking', find: document => findByVocabulary(document, rule.id)}
}

/**
 * Find lines, and ends of lines, that consist of a rule's wording.
 *
 * A line of wordings of several rules belongs to the one that explains most of
 * it; where it is not stripped whole, each piece to its own.
 */
export function findByVocabulary(document: DocumentView, ruleId: string): readonly Found[] {
  return document.lines.flatMap(line => {
    const {matches} = line.reading
    if (matches.every(match => match.ruleId !== ruleId)) return []
    const whole = ownerOf(matches) === ruleId ? wholeLine(line) : null
    return whole === null ? pieces(line, ruleId) : [whole]
  })
}

function ownerOf(matches: readonly Match[]): string {
  const explained = new Map<string, number>()
  for (const {ruleId, letters, strength} of matches) {
    explained.set(ruleId, (explained.get(ruleId) ?? 0) + letters + (strength === 'identifier' ? 4 : 0))
  }
  const [owner] = [...explained].sort((a, b) => b[1] - a[1])
  return owner?.[0] ?? ''
}

/** The line as a marking; null where it holds too much else. */
function wholeLine(line: Line): Found | null {
  const {matches} = line.reading
  // A marking beside the letter's own wording is a piece of the line.
  if (matches.some(({ofLetter}) => ofLetter) && !matches.every(({ofLetter}) => ofLetter)) return null
  const words = unexplainedWords(line)
  // Glued to words of the letter: the piece is worth more than the line.
  if (words !== null && words.score <= -1.5 && matches.some(({strength}) => strength === 'identifier')) return null
  if (words !== null && matches.every(({strength}) => strength === 'part')) return null
  // A date beside a bare word is the letter's.
  if (matches.every(({strength}) => strength === 'word' || strength === 'heading') && writtenDate.test(line.text))
    return null
  const form = formOf(line, matches)
  const evidence = words === null ? form : [...form, words]
  if (scoreOf(evidence) < 0.5) return null
  return {
    ...((words !== null && isDoubtful(words, line)) || isListItem(line) ? {flagOnly: true as const} : {}),
    ...(matches.every(({strength}) => strength === 'heading' || (words !== null && strength === 'word')) &&
    !isField(line)
      ? {needsCompany: true as const}
      : {}),
    ...stripLine(line, evidence, mainWording(matches)),
  }
}

/** Whether other words on a line make it too unsure to strip; beside a mere number, any word of a sentence does. */
function isDoubtful({score}: Evidence, {reading}: Line): boolean {
  if (score <= -1.5) return true
  if (reading.matches.some(({strength}) => strength !== 'identifier')) return false
  return reading.tokens.some(token => isWord(token) && !isCapitals(token.text) && !isExplained(token, reading.matches))
}

/** Whether a line is a field of a form, filled in: `DATE OF LAST REVIEW: 02/28/1998`. */
function isField({text}: Line): boolean {
  return /^\P{L}*[\p{Lu}\s/]{6,40}:\s*\S/u.test(text) && !/[.?!]$/u.test(text)
}

/** Whether a line is an entry of a numbered list, and no number of a marking's makes it one. */
function isListItem({text, reading}: Line): boolean {
  return (
    /^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s/u.test(text) &&
    reading.matches.every(({strength}) => strength !== 'identifier')
  )
}

/** The wording that explains most: what counts as the same marking on another page. */
function mainWording(matches: readonly Match[]): string {
  return [...matches].sort((a, b) => b.letters - a.letters || a.start - b.start)[0]?.wording ?? ''
}

/** What the wordings of a line are worth: the best of them, and a little for others that fit. */
function formOf({text, reading}: Line, matches: readonly Match[]): Evidence[] {
  const {letters, spaced, tokens} = reading
  const scored = matches.map(match => ({match, score: formScore(match, text.slice(match.start, match.end))}))
  const [best, ...others] = scored.sort((a, b) => b.score - a.score)
  if (best === undefined) return []
  const evidence: Evidence[] = [{kind: 'form', score: best.score, reason: describe(best.match)}]
  const further = new Set(others.map(({match}) => match.wording).filter(wording => wording !== best.match.wording))
  if (further.size > 0) {
    const names = [...further].map(wording => `\`${wording}\``).join(', ')
    evidence.push({kind: 'form', score: 1, reason: `with ${names} on the same line`})
  }
  if (spaced) evidence.push({kind: 'form', score: 1, reason: 'its letters are set apart'})
  // A marking amid numbers and specks, of which it explains only a little.
  const explained = matches.reduce((sum, match) => sum + match.letters, 0)
  const rest = letters.length - explained
  if (best.match.strength !== 'identifier' && rest > explained && tokens.length > 3) {
    evidence.push({kind: 'words', score: -1, reason: 'it is the smaller part of the line'})
  }
  return evidence
}

/** Wordings this short may come about by chance. */
const shortWording = 14
/** Wordings this long are unmistakable by themselves. */
const longWording = 24

/**
 * What one wording is worth by itself.
 *
 * From 4 on it may be stripped on this witness alone. Wording in small letters
 * may belong to a sentence, and so may a bare word; a word that heads
 * paragraphs (`Restrictions`) counts as one only in capitals.
 */
function formScore(match: Match, text: string): number {
  const {strength, cost, doubtful, letters, isGrade, isNumber} = match
  const differs = cost >= lookalikeCost
  const small = /^\P{L}*\p{Ll}/u.test(text)
  switch (strength) {
    case 'identifier':
      return 4
    case 'phrase':
      if (doubtful) return 2
      if (differs) return cost / letters < 0.1 ? 3.5 : 3
      if (letters < shortWording || (small && letters < longWording)) return 3
      return small || letters < longWording ? 3.5 : 4
    case 'heading':
      return doubtful || small ? 1 : 1.5
    case 'part':
      return letters - cost * 2.2 >= shortWording ? 3 : 2
    case 'word': {
      if (doubtful) return 1
      if (isNumber) return small ? 1.5 : 2
      if (isGrade) return small ? 0.5 : differs ? 1.5 : 2
      const single = /^\p{L}+$/u.test(text)
      if (small || (single && !isCapitals(text))) return 0.5
      if (differs) return letters < 8 ? 1 : 1.5
      return !isCapitals(text) || (single && isEnglishWord(text.toLowerCase())) ? 1.5 : 2
    }
  }
}

function describe({strength, wording, cost, doubtful}: Match): string {
  switch (strength) {
    case 'identifier':
      return wording
    case 'part':
      return `part of the stamp \`${wording}\``
    default:
      if (cost < lookalikeCost) return `reads \`${wording}\``
      return `${doubtful ? 'may be a misreading of' : 'a misreading of'} \`${wording}\``
  }
}

/** What the words of a line that no wording explains say against it. */
function unexplainedWords({reading, confidence}: Line): Evidence | null {
  const rest = reading.tokens.filter(token => !isExplained(token, reading.matches) && !isCodeWord(token, reading))
  // A bare word or a part of a stamp proves less than a whole wording: any other word speaks against it twice.
  const factor = reading.matches.every(({strength}) => strength !== 'phrase' && strength !== 'identifier') ? 2 : 1
  // What the engine was hardly sure of is as likely the rest of a stamp that was struck.
  const unsure = confidence !== null && confidence < 0.3
  const weigh = (token: Token) => (unsure && token.kind === 'name' ? 0.1 : weightOf(token))
  const score = factor * rest.reduce((sum, token) => sum + weigh(token), 0)
  if (score === 0) return null
  const words = rest.filter(token => weightOf(token) > 0).map(({text}) => text)
  return {kind: 'words', score: -score, reason: `${listOf(words)} ${words.length === 1 ? 'is' : 'are'} no part of it`}
}

/** How much a token says that the line is running text. */
function weightOf({kind, text}: Token): number {
  if (isMonth(text) || formLabels.has(text)) return 0
  if (kind === 'word') return text.length >= 4 ? 1 : 0.5
  if (kind === 'function') return isLower(text) ? 1 : 0.5
  // Three small letters that are no word are a speck.
  if (kind !== 'name' || (text.length <= 3 && isLower(text))) return 0
  return text.length >= 5 ? 0.75 : 0.25
}

/** One unknown word in capitals beside a grade is a code word, as in `TOP SECRET DINAR`. */
function isCodeWord({kind, text}: Token, {tokens, matches}: LineReading): boolean {
  const grade = matches.some(({isGrade, cost}) => isGrade && cost === 0)
  return grade && kind === 'name' && tokens.length <= 3 && text === text.toUpperCase()
}

/** Words that label the fields of forms and stamps, in capitals. */
const formLabels = new Set(
  'CLASS DATE NO NR NUMBER COPY COPIES FORM PAGE PAGES BY ON OF FILE REF CASE DOC REASON REVIEW AUTH AUTHORITY PER'.split(
    ' ',
  ),
)

const month = '(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]*)'
const onlyMonth = new RegExp(`^${month}$`, 'i')
const writtenDate = new RegExp(
  `\\b${month}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s(?:19|20)\\d\\d|\\d\\s${month},?\\s(?:19|20)\\d\\d`,
  'i',
)

function isMonth(text: string): boolean {
  return onlyMonth.test(text)
}

function isExplained(token: Token, matches: readonly Match[]): boolean {
  return matches.some(({start, end}) => token.start < end && token.end > start)
}

function listOf(words: readonly string[]): string {
  const shown = words.slice(0, 4).map(word => `\`${word}\``)
  return shown.join(', ') + (words.length > shown.length ? ' and others' : '')
}

/**
 * A marking glued to a line of the letter: its span alone.
 *
 * At either end of the line an identifier or unmistakable wording beside one is
 * a marking; a bare word is one only beside what is no sentence (a date, a
 * number). In the middle of a line it is only worth a look.
 */
function pieces(line: Line, ruleId: string): readonly Found[] {
  const {reading, text} = line
  return adjacentMatches(reading).flatMap(({matches, first, last}) => {
    if (ownerOf(matches) !== ruleId) return []
    const form = formOf(line, matches)
    const best = form[0]?.score ?? 0
    const strong = matches.some(({strength}) => strength === 'identifier')
    const start = matches[0]?.start ?? 0
    const end = matches.at(-1)?.end ?? 0
    const rest = reading.tokens.filter(token => !isExplained(token, reading.matches))
    const besideSentence = rest.some(
      token => token.kind === 'function' || (token.kind === 'word' && isLower(token.text)),
    )
    if (!strong && (best > 2.5 || besideSentence || !isCapitals(text.slice(start, end)))) return []
    const evidence: Evidence[] = form.slice(0, 1)
    if (!first && !last) evidence.push({kind: 'words', score: -2, reason: 'it stands in the middle of a line'})
    else if (!strong) evidence.push({kind: 'words', score: -0.5, reason: 'it shares its line with other text'})
    else if (isMentioned(reading.tokens, start, end)) {
      evidence.push({kind: 'sentence', score: -2, reason: 'the sentence on the line speaks of it'})
    }
    // A number in running text is spoken of, unless the words of its release stand beside it.
    const alone = matches.length === 1 && besideSentence
    return [
      {
        ...(alone ? {flagOnly: true as const} : {}),
        action: 'strip',
        span: {start: line.start + start, end: line.start + end},
        line: line.index,
        wholeLine: false,
        replacement: '',
        repeats: mainWording(matches),
        evidence,
      },
    ]
  })
}

/** Whether a word that leads on stands next to a piece, as in `released as CIA-RDP80-01601R000100140001-8`. */
function isMentioned(tokens: readonly Token[], start: number, end: number): boolean {
  const before = tokens.filter(token => token.end <= start).at(-1)
  const after = tokens.find(token => token.start >= end)
  return before?.kind === 'function' || after?.kind === 'function'
}

function isLower(text: string): boolean {
  return /^\p{Ll}/u.test(text)
}

function isCapitals(text: string): boolean {
  return !/\p{Ll}{2}/u.test(text)
}

interface MatchGroup {
  readonly matches: readonly Match[]
  /** True where no word stands before it on the line. */
  readonly first: boolean
  /** True where no word stands after it on the line. */
  readonly last: boolean
}

/** Matches with nothing but numbers and specks between them. */
function adjacentMatches({matches, tokens}: LineReading): readonly MatchGroup[] {
  const groups: Match[][] = []
  for (const match of matches) {
    const group = groups.at(-1)
    const before = group?.at(-1)
    const parted =
      before === undefined || before.ofLetter !== match.ofLetter || hasText(tokens, before.end, match.start)
    if (group === undefined || parted) groups.push([match])
    else group.push(match)
  }
  return groups.map(group => ({
    matches: group,
    first: !hasText(tokens, 0, group[0]?.start ?? 0),
    last: !hasText(tokens, group.at(-1)?.end ?? 0, Infinity),
  }))
}

function hasText(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.some(token => token.start >= from && token.end <= to && (isWord(token) || token.kind === 'name'))
}
