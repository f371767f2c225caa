import type {Edit, Normalized, PageShare, PageText} from '../model.ts'
import {applyEdits} from './apply.ts'
import {compose} from './compose.ts'
import {type DocumentView, viewDocument} from './document.ts'
import {type Candidate, judge} from './judge.ts'
import {compileLexis, type Lexis} from './lexis.ts'
import {type Profile, type ProfileRules, profileRules, type Treatment} from './profiles.ts'
import {propose} from './propose.ts'
import {readLine} from './read-line.ts'
import type {JoinRule, MarkingRule, Rule} from './rule.ts'
import {rules as builtInRules} from './rules/index.ts'
import type {LineReading} from './vocabulary.ts'
import {placeWords} from './words.ts'

export interface NormalizeOptions {
  readonly profile: Profile
  /** Ids of rules that are not run. */
  readonly disabled: readonly string[]
  /** Families that are treated otherwise than the profile says. */
  readonly families?: Readonly<Record<string, Treatment>>
  /** The rules, in order; the built-in ones where left out. */
  readonly rules?: readonly Rule[]
  /** Words and names of the letters that the lexicon may not know, in any case. */
  readonly words?: readonly string[]
}

/**
 * Take out of a document's text what is not the letter.
 *
 * Pure, and it sees nothing but the pages. `restore` gives the raw text back;
 * normalizing the clean text changes nothing more. Time grows with the text.
 */
export function normalize(pages: readonly PageText[], options: NormalizeOptions): Normalized {
  const passes = passesOf(pages, options)
  const raw = pages.map(({text}) => text).join('\f')
  const {clean, edits} = passes.at(-1) ?? {clean: raw, edits: []}
  return {raw, clean, edits, pages: sharesOf(pages, raw, clean)}
}

/** One look at the text, with the edits of all looks so far. */
export interface Pass {
  readonly document: DocumentView
  readonly candidates: readonly Candidate[]
  /** Of the raw text, this pass's included. */
  readonly edits: readonly Edit[]
  readonly clean: string
}

/** Looks after which the text is left as it is; two nearly always do. */
const mostPasses = 12

/**
 * Look at the text until there is nothing more to change.
 *
 * A strip changes what stands at the top of its page and next to its
 * neighbours, so the rest is judged again without it.
 */
export function passesOf(pages: readonly PageText[], options: NormalizeOptions): readonly Pass[] {
  const rules = (options.rules ?? builtInRules).filter(({id}) => !options.disabled.includes(id))
  const profile = profileRules(options.profile, options.families)
  const lexis = lexisOf(options.rules ?? builtInRules, options.words ?? noWords)
  const read = reader(lexis)
  const raw = pages.map(({text}) => text).join('\f')
  const source = splitAtFormFeeds(pages)
  const passes: Pass[] = []
  let edits: readonly Edit[] = []
  let current = source
  while (passes.length < mostPasses) {
    const document = viewDocument(current, read, lexis.words)
    const candidates = candidatesOf(document, rules, profile)
    const found = applyEdits(document.raw, propose(candidates, document, rules.filter(isJoinRule), profile))
    const changes = found.edits.some(({action}) => action !== 'flag')
    // Flags of an earlier pass are found again, or no longer hold.
    const before = edits.filter(({action}) => action !== 'flag')
    const made = passes.length === 0 ? found : applyEdits(raw, compose(reindex(raw, before), found.edits))
    edits = made.edits
    passes.push({document, candidates, edits, clean: made.clean})
    if (!changes) break
    current = placeWords(source, edits, made.clean)
  }
  return passes.map((pass, index) => (index === passes.length - 1 ? {...pass, edits: withBestReasons(passes)} : pass))
}

/** The last edits; a flag bears what spoke for it most, which may be a marking that was stripped since. */
function withBestReasons(passes: readonly Pass[]): readonly Edit[] {
  const keyOf = ({span, ruleId}: Edit) => `${span.start}-${span.end} ${ruleId}`
  const best = new Map<string, Edit>()
  for (const edit of passes.flatMap(({edits}) => edits)) {
    const other = best.get(keyOf(edit))
    if (edit.action === 'flag' && (other === undefined || other.score < edit.score)) best.set(keyOf(edit), edit)
  }
  return (passes.at(-1)?.edits ?? []).map(edit => {
    const flag = edit.action === 'flag' ? best.get(keyOf(edit)) : undefined
    return flag === undefined ? edit : {...edit, score: flag.score, evidence: flag.evidence}
  })
}

function candidatesOf(document: DocumentView, rules: readonly Rule[], profile: ProfileRules): readonly Candidate[] {
  const found = rules.filter(isMarkingRule).flatMap(rule => rule.find(document).map(item => ({...item, rule})))
  return judge(found, document, profile)
}

function isMarkingRule(rule: Rule): rule is MarkingRule {
  return rule.kind === 'marking'
}

function isJoinRule(rule: Rule): rule is JoinRule {
  return rule.kind === 'join'
}

/** Flags change no offsets, so the edits that are left keep their places in the clean text. */
function reindex(raw: string, edits: readonly Edit[]): readonly Edit[] {
  return applyEdits(raw, edits).edits
}

const noWords: readonly string[] = []
const lexes = new WeakMap<readonly Rule[], WeakMap<readonly string[], Lexis>>()

function lexisOf(rules: readonly Rule[], words: readonly string[]): Lexis {
  const ofRules = lexes.get(rules) ?? new WeakMap<readonly string[], Lexis>()
  lexes.set(rules, ofRules)
  const lexis = ofRules.get(words) ?? compileLexis(rules.filter(isMarkingRule), words)
  ofRules.set(words, lexis)
  return lexis
}

/** Reads each distinct line once. */
function reader(lexis: Lexis): (line: string) => LineReading {
  const readings = new Map<string, LineReading>()
  return line => {
    let reading = readings.get(line)
    if (reading === undefined) {
      reading = readLine(line, lexis)
      readings.set(line, reading)
    }
    return reading
  }
}

/** Text with form feeds of its own is as many pages. */
function splitAtFormFeeds(pages: readonly PageText[]): readonly PageText[] {
  return pages.flatMap(page => {
    if (!page.text.includes('\f')) return [page]
    let offset = 0
    return page.text.split('\f').map(text => {
      const start = offset
      offset += text.length + 1
      const words = page.words
        .filter(({span}) => span.start >= start && span.end <= start + text.length)
        .map(word => ({...word, span: {start: word.span.start - start, end: word.span.end - start}}))
      return {...page, text, words}
    })
  })
}

function sharesOf(pages: readonly PageText[], raw: string, clean: string): readonly PageShare[] {
  const rawPieces = raw.split('\f')
  const cleanPieces = clean.split('\f')
  let piece = 0
  let rawStart = 0
  let cleanStart = 0
  return pages.map(({pageId, text}) => {
    const count = text.split('\f').length
    const cleanEnd = cleanStart + cleanPieces.slice(piece, piece + count).join('\f').length
    const rawEnd = rawStart + rawPieces.slice(piece, piece + count).join('\f').length
    const share = {pageId, raw: {start: rawStart, end: rawEnd}, clean: {start: cleanStart, end: cleanEnd}}
    piece += count
    rawStart = rawEnd + 1
    cleanStart = cleanEnd + 1
    return share
  })
}
