import {type NormalizeOptions, passesOf} from '../normalize.ts'
import type {LintFinding, LintRule} from './lint-rule.ts'
import {noDoubledWord} from './no-doubled-word.ts'
import {noLineEndHyphen} from './no-line-end-hyphen.ts'
import {noMarking} from './no-marking.ts'
import {noMixedScript} from './no-mixed-script.ts'
import {noSuspiciousCharacter} from './no-suspicious-character.ts'

/** All rules for transcripts. */
export const lintRules: readonly LintRule[] = [
  noMarking,
  noMixedScript,
  noLineEndHyphen,
  noDoubledWord,
  noSuspiciousCharacter,
]

/** As for `normalize`, under the profile `letter`; ids of lint rules may be disabled as well. */
export type LintOptions = Omit<NormalizeOptions, 'profile'>

/**
 * Find what does not belong in a curated transcript; edits nothing.
 *
 * @param text
 *   Reading text, as `Transcript.text`; `Transcript.origin` leads from a span to its place in the Markdown.
 * @returns
 *   In ascending order of their spans, then of their rules.
 */
export function lint(text: string, options: LintOptions): readonly LintFinding[] {
  const page = {pageId: '', text, words: [], width: 0, height: 0, regions: []}
  const [pass] = passesOf([page], {...options, profile: 'letter'})
  if (pass === undefined) return []
  const order = new Map(lintRules.map(({id}, index) => [id, index]))
  return lintRules
    .filter(({id}) => !options.disabled.includes(id))
    .flatMap(rule => rule.find(text, pass).map(finding => ({ruleId: rule.id, ...finding})))
    .sort((a, b) => a.span.start - b.span.start || (order.get(a.ruleId) ?? 0) - (order.get(b.ruleId) ?? 0))
}
