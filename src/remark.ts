/**
 * The rules for transcripts as remark plugins, in the form of unified's lint rules.
 *
 * `import remarkScanproof from 'scanproof/remark'` is a preset of all rules; each
 * rule alone is in `remarkScanproofRules`, by its id. They report through vfile
 * messages and never edit.
 */
import type {VFile} from 'vfile'
import {lintRules, lintTranscript, parseTranscript} from './index.ts'
import {UserError} from './model.ts'

/** How a rule is set, as for every lint rule of unified: off, a warning, or an error; alone or as a list of one. */
export type RuleSetting = boolean | 0 | 1 | 2 | 'off' | 'on' | 'warn' | 'error' | readonly [RuleSetting, ...unknown[]]

/** A remark plugin of one rule. */
export type RulePlugin = (setting?: RuleSetting) => ((tree: unknown, file: VFile) => void) | undefined

/** The rules by id, as in `no-marking`. */
export const remarkScanproofRules: Readonly<Record<string, RulePlugin>> = Object.fromEntries(
  lintRules.map(({id, summary}) => [id, pluginOf(id, summary)]),
)

/** All rules, as warnings. */
const remarkScanproof: {readonly plugins: RulePlugin[]} = {plugins: Object.values(remarkScanproofRules)}

// A preset named in a configuration file is found as the default export.
export default remarkScanproof

function pluginOf(id: string, summary: string): RulePlugin {
  const others = lintRules.flatMap(rule => (rule.id === id ? [] : [rule.id]))
  const plugin: RulePlugin = setting => {
    const level = levelOf(setting, id)
    if (level === 0) return undefined
    return (_, file) => {
      const bytes = typeof file.value === 'string' ? Buffer.from(file.value) : (file.value ?? new Uint8Array())
      const {transcript} = parseTranscript(bytes, file.path ?? 'transcript', file.stem ?? 'transcript')
      for (const {point, end, reason, severity, actual, expected} of lintTranscript(transcript, {disabled: others})) {
        const place = point !== null && end !== null ? {start: point, end} : undefined
        const message = file.message(reason, {place, ruleId: id, source: 'scanproof'})
        message.fatal = severity === 'info' ? undefined : level === 2
        message.actual = actual
        message.expected = [...expected]
        message.note = summary
      }
    }
  }
  return Object.defineProperty(plugin, 'name', {value: `scanproof:${id}`})
}

function levelOf(setting: RuleSetting | undefined, id: string): 0 | 1 | 2 {
  const [value] = Array.isArray(setting) ? setting : [setting]
  if (value === undefined || value === true || value === 1 || value === 'on' || value === 'warn') return 1
  if (value === 2 || value === 'error') return 2
  if (value === false || value === 0 || value === 'off') return 0
  throw new UserError(
    `Unexpected setting \`${JSON.stringify(value)}\` of \`${id}\`, expected \`"off"\`, \`"warn"\` or \`"error"\``,
  )
}
