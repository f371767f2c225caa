import type {LintMessage} from '../model.ts'
import {formatAmount} from './figures.ts'
import type {TerminalOptions} from './terminal.ts'
import {visibleLine} from './visible.ts'

/**
 * Writes what was found in transcripts for a person at a terminal: a line for each, below the name of its file, and a sum.
 *
 * @param files
 *   Files that were looked at.
 */
export function renderLint(
  messages: readonly LintMessage[],
  files: number,
  {color}: Pick<TerminalOptions, 'color'>,
): string {
  const style = (code: number, text: string) => (color ? `\x1b[${code}m${text}\x1b[0m` : text)
  const names = [...new Set(messages.map(({file}) => file))]
  const blocks = names.map(name => [
    style(1, visibleLine(name)),
    ...messages
      .filter(({file}) => file === name)
      .map(({point, end, severity, reason, ruleId}) => {
        const place = point === null || end === null ? '1:1' : `${point.line}:${point.column}-${end.line}:${end.column}`
        const level = style(severity === 'error' ? 31 : severity === 'warning' ? 33 : 2, severity)
        return `  ${place}  ${level}  ${visibleLine(reason)}  ${style(2, visibleLine(ruleId))}`
      }),
  ])
  const counts = (['error', 'warning', 'info'] as const).flatMap(severity => {
    const count = messages.filter(message => message.severity === severity).length
    return count === 0 ? [] : [formatAmount(count, severity === 'info' ? 'hint' : severity)]
  })
  const sum = `${formatAmount(files, 'transcript')}: ${counts.length === 0 ? 'nothing found' : counts.join(', ')}`
  return `${[...blocks.map(lines => `${lines.join('\n')}\n`), sum].join('\n')}\n`
}
