import {type NormalizeOptions, normalize} from '../index.ts'
import type {Edit, Normalized, PageText} from '../model.ts'

/** A case of the normalizer: what goes in, and what must come out. */
export interface NormalizerCase {
  /** What the folder may be called: letters, figures and hyphens. */
  readonly name: string
  /** By name of the file. */
  readonly files: Readonly<Record<string, string>>
}

/** An edit that a person found wrong. */
export interface WrongEdit {
  readonly normalized: Normalized
  /** The pages the text was made from. */
  readonly pages: readonly PageText[]
  /** Index in `normalized.edits`. */
  readonly edit: number
  readonly author: string
  readonly date: string
}

/**
 * Writes a case that says that an edit was wrong: all that cleanup changes in that text but this is right.
 *
 * It holds no more than is needed for the edit to be made: the page it is on, else all pages; their text, else what
 * the engine saw too, as `pages.json`.
 *
 * @returns
 *   Null where there is no such edit.
 */
export function caseAgainst(
  {normalized, pages, edit: index, author, date}: WrongEdit,
  cleaning: NormalizeOptions,
): NormalizerCase | null {
  const wrong = normalized.edits[index]
  if (wrong === undefined) return null
  const whole = pages.map((page, at) => ({...page, pageId: `case/${at + 1}`}))
  const own = pages.flatMap((page, at) => (page.pageId === wrong.pageId ? [{...whole[at]!, pageId: 'case/1'}] : []))
  const bare = (some: readonly PageText[]) => some.map(page => ({...page, words: [], regions: [], width: 0, height: 0}))
  const found = [bare(own), bare(whole), own, whole].flatMap(input => {
    const made = normalize(input, cleaning)
    const same = made.edits.findIndex(
      edit => edit.ruleId === wrong.ruleId && edit.raw === wrong.raw && edit.action === wrong.action,
    )
    return same < 0 ? [] : [{input, made, same}]
  })[0]
  if (found === undefined) return null
  const {input, made, same} = found
  const kept = made.edits.filter((_, at) => at !== same)
  const shown = wrong.raw.replace(/\s+/g, ' ').trim()
  const point = `\`${shown}\` stays on page ${wrong.pageId}: ${author} found on ${date} that ${wrong.ruleId} was wrong to ${wrong.action} it`
  const isBare = input.every(({words, regions}) => words.length + regions.length === 0)
  return {
    name: slug(`${wrong.pageId} ${wrong.ruleId}`),
    files: {
      'case.json': json({point, profile: cleaning.profile}),
      'input.txt': made.raw,
      'expected.txt': cleanOf(made.raw, kept),
      'expected-edits.json': json(kept.map(outline)),
      ...(isBare ? {} : {'pages.json': json(input)}),
    },
  }
}

/** A text with these edits made. */
function cleanOf(raw: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let done = 0
  for (const {span, replacement} of edits) {
    pieces.push(raw.slice(done, span.start), replacement)
    done = span.end
  }
  return [...pieces, raw.slice(done)].join('')
}

/** What a person checks of an edit. */
function outline({ruleId, action, pageId, raw, replacement, evidence}: Edit) {
  return {ruleId, action, pageId, raw, replacement, evidence}
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function slug(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)
}
