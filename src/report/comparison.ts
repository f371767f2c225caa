import type {Rate, TextComparison} from '../model.ts'
import {formatAmount, formatCount, formatRate, noRateReason} from './figures.ts'
import type {TerminalOptions} from './terminal.ts'
import {visibleLine} from './visible.ts'
import {padEnd, padStart} from './width.ts'

/**
 * Writes a comparison of two texts for a person at a terminal: both error rates
 * with their counts, then every difference with its place in the reference.
 *
 * Control characters in texts and file names are made visible.
 */
export function renderComparison(comparison: TextComparison, {color}: Pick<TerminalOptions, 'color'>): string {
  const bold = (text: string) => (color ? `\x1b[1m${text}\x1b[0m` : text)
  const {reference, hypothesis, equality, exact, differences} = comparison
  const rows = [
    ['', 'error rate', 'correct', 'substituted', 'inserted', 'deleted', 'reference'],
    ['characters', ...figures(comparison.character)],
    ['words', ...figures(comparison.word)],
  ]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const table = rows.map(row =>
    row
      .map((cell, column) => (column === 0 ? padEnd(cell, widths[0] ?? 0) : padStart(cell, widths[column] ?? 0)))
      .join('  '),
  )
  const unknown = [comparison.character, comparison.word].some(({errorRate}) => errorRate === null)
  const lines = [
    `${bold(visibleLine(hypothesis))} against ${bold(visibleLine(reference))} · equality ${equality}`,
    '',
    ...table.map(line => line.trimEnd()),
    ...(unknown ? [`No rate: ${noRateReason}`] : []),
    ...(exact ? [] : ['The counts are an upper bound: the texts are too alike within themselves to prove the least.']),
    '',
    differences.length === 0 ? 'No differences' : formatAmount(differences.length, 'difference'),
    ...differences.map(
      ({referencePoint: {line, column}, before, reference, hypothesis, after}) =>
        `  ${visibleLine(comparison.reference)}:${line}:${column}: ${quote(before)}${mark(reference, hypothesis)}${quote(after)}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function figures({errorRate, correct, substitutions, insertions, deletions, reference}: Rate): readonly string[] {
  return [
    formatRate(errorRate),
    ...[correct, substitutions, insertions, deletions, reference].map(count => formatCount(count)),
  ]
}

/** `[reference/hypothesis]`; an empty side is what the other side alone has. */
function mark(reference: string, hypothesis: string): string {
  return ` [${quote(reference)}/${quote(hypothesis)}] `
}

function quote(text: string): string {
  return visibleLine(text.replace(/\s+/g, ' ').trim())
}
