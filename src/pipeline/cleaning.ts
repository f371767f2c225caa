import type {Config} from '../config.ts'
import {UserError} from '../model.ts'
import {checkExamples} from '../normalize/check-examples.ts'
import {lintRules} from '../normalize/lint/lint.ts'
import type {NormalizeOptions} from '../normalize/normalize.ts'
import {rules as builtIn} from '../normalize/rules/index.ts'
import {userRule} from '../normalize/user-rule.ts'

/**
 * How the settings want text to be cleaned.
 *
 * Rules of the settings run after the built-in ones, and must keep the word of their examples as those do.
 *
 * @throws UserError
 *   Where a rule, an id or a family is none, two rules have one id, or an example does not come out as it says; all examples at once.
 */
export function cleaningOf({
  profile,
  disabledRules,
  cleanup,
}: Pick<Config, 'profile' | 'disabledRules' | 'cleanup'>): NormalizeOptions {
  const own = cleanup.rules.map(userRule)
  const rules = own.length === 0 ? builtIn : [...builtIn, ...own]
  const ids = rules.map(({id}) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined)
    throw new UserError(`Unexpected second rule \`${twice}\`, expected one of this id, rename it`)
  const known = new Set([...ids, ...lintRules.map(({id}) => id)])
  const unknownRule = disabledRules.find(id => !known.has(id))
  if (unknownRule !== undefined) {
    throw new UserError(
      `Unexpected rule \`${unknownRule}\` in \`disabledRules\`, expected an id of docs/rules.md or docs/lint.md`,
    )
  }
  const families = new Set(rules.map(({family}) => family))
  const unknownFamily = Object.keys(cleanup.families).find(family => !families.has(family))
  if (unknownFamily !== undefined) {
    const names = [...families].sort().map(family => `\`${family}\``)
    throw new UserError(`Unexpected family \`${unknownFamily}\` in \`families\`, expected one of ${names.join(', ')}`)
  }
  const problems = own.flatMap(rule => checkExamples(rule, rules))
  if (problems.length > 0) throw new UserError(problems.join('\n'))
  return {profile, disabled: disabledRules, families: cleanup.families, rules, words: cleanup.words}
}
