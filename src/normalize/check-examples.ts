import {normalize} from './normalize.ts'
import {restore} from './restore.ts'
import type {Rule} from './rule.ts'

/**
 * Run a rule's examples, with its family stripped and all rules at work.
 *
 * @param rules
 *   All rules, the rule among them.
 * @returns
 *   One sentence for each example that does not do what it says; empty for a rule that keeps its word.
 */
export function checkExamples(rule: Rule, rules: readonly Rule[]): readonly string[] {
  const run = (text: string) => {
    const pages = text.split('\f').map((page, index) => ({
      pageId: `example/${index + 1}`,
      text: page,
      words: [],
      width: 0,
      height: 0,
      regions: [],
    }))
    return normalize(pages, {profile: 'letter', disabled: [], families: {[rule.family]: 'strip'}, rules})
  }
  const problems: string[] = []
  for (const {name, before, after} of rule.examples) {
    const once = run(before)
    const where = `example \`${name}\` of \`${rule.id}\``
    if (once.clean !== after) {
      problems.push(
        `Unexpected text \`${once.clean}\` from ${where}, expected \`${after}\`, mend the rule or its example`,
      )
    }
    if (restore(once.edits, once.clean) !== before) {
      problems.push(`Unexpected edits in ${where}, expected them to lead back to \`${before}\`, mend the rule`)
    }
    if (run(once.clean).clean !== once.clean) {
      problems.push(`Unexpected second change in ${where}, expected none, mend the rule`)
    }
  }
  const changing = rule.examples.filter(({before, after}) => before !== after)
  if (changing.length === rule.examples.length) {
    problems.push(`Unexpected examples of \`${rule.id}\`, expected one that stays as it is, add one`)
  }
  if (!changing.some(({before}) => run(before).edits.some(({ruleId}) => ruleId === rule.id))) {
    problems.push(`Unexpected examples of \`${rule.id}\`, expected one that the rule changes, add one`)
  }
  return problems
}
