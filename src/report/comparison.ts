import type {FolderComparison, Rate, ReadingsComparison, TextComparison} from '../model.ts'
import {formatAmount, formatCount, formatRate, noRateReason} from './figures.ts'
import {findingPlace} from './findings.ts'
import {renderNumbers} from './numbers.ts'
import type {TerminalOptions} from './terminal.ts'
import {visibleLine} from './visible.ts'
import {displayWidth, padEnd, padStart} from './width.ts'

/**
 * Writes a comparison of two texts for a person at a terminal: both error rates
 * with their counts, every other number, then every difference with its place in the reference.
 *
 * Control characters in texts and file names are made visible.
 */
export function renderComparison(comparison: TextComparison, options: Pick<TerminalOptions, 'color'>): string {
  const {differences, numbers} = comparison
  const lines = [
    ...heading(comparison, options),
    '',
    renderNumbers(numbers),
    differences.length === 0 ? 'No differences' : formatAmount(differences.length, 'difference'),
    ...differences.map(
      ({referencePoint: {line, column}, before, reference, hypothesis, after}) =>
        `  ${visibleLine(comparison.reference)}:${line}:${column}: ${quote(before)}${mark(reference, hypothesis)}${quote(after)}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

/** Writes a comparison of two folders: the sums, how rates are spread, a line for each file, and what has no partner. */
export function renderFolderComparison(comparison: FolderComparison, options: Pick<TerminalOptions, 'color'>): string {
  const {files, findings, numbers} = comparison
  const rows = [
    ['file', 'CER', 'WER', 'characters', 'differences'],
    ...files.map(({reference, character, word, differences}) => [
      visibleLine(reference),
      formatRate(character.errorRate),
      formatRate(word.errorRate),
      formatCount(character.reference),
      formatCount(differences.length),
    ]),
  ]
  const lines = [
    ...heading(comparison, options),
    '',
    ...columns(rows),
    '',
    renderNumbers(numbers),
    ...findings.map(
      finding =>
        `${finding.severity}  ${visibleLine(findingPlace(finding) ?? 'corpus')}\n  ${visibleLine(finding.reason)}  ${finding.ruleId}`,
    ),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** Writes what became of each place between two readings: broken and newly wrong places first. */
export function renderReadingsComparison(
  comparison: ReadingsComparison,
  {color}: Pick<TerminalOptions, 'color'>,
): string {
  const {reference, equality, places, changes, oldCharacter, newCharacter} = comparison
  const bold = (text: string) => (color ? `\x1b[1m${text}\x1b[0m` : text)
  const order = ['broken', 'newly-wrong', 'fixed', 'still-wrong'] as const
  const lines = [
    `${bold(visibleLine(comparison.new))} after ${bold(visibleLine(comparison.old))} against ${bold(visibleLine(reference))} · equality ${equality}`,
    '',
    `error rate ${formatRate(oldCharacter.errorRate)} → ${formatRate(newCharacter.errorRate)} of ${formatCount(newCharacter.reference)} characters`,
    order.map(state => `${formatCount(places[state])} ${state.replace('-', ' ')}`).join(' · '),
    ...(comparison.exact ? [] : [upperBound]),
    ...order.flatMap(state => {
      const found = changes.filter(change => change.state === state)
      if (found.length === 0) return []
      return [
        '',
        bold(state.replace('-', ' ')),
        ...found.map(
          ({point: {line, column}, before, reference: truth, old, new: newer, after}) =>
            `  ${visibleLine(reference)}:${line}:${column}: ${quote(before)} [${quote(truth)}: ${quote(old)} → ${quote(newer)}] ${quote(after)}`,
        ),
      ]
    }),
  ]
  return `${lines.join('\n')}\n`
}

const upperBound = 'The counts are an upper bound: the texts are too alike within themselves to prove the least.'

function heading(
  {
    reference,
    hypothesis,
    equality,
    exact,
    character,
    word,
  }: Pick<TextComparison, 'reference' | 'hypothesis' | 'equality' | 'exact' | 'character' | 'word'>,
  {color}: Pick<TerminalOptions, 'color'>,
): readonly string[] {
  const bold = (text: string) => (color ? `\x1b[1m${text}\x1b[0m` : text)
  const unknown = [character, word].some(({errorRate}) => errorRate === null)
  return [
    `${bold(visibleLine(hypothesis))} against ${bold(visibleLine(reference))} · equality ${equality}`,
    '',
    ...columns([
      ['', 'error rate', 'correct', 'substituted', 'inserted', 'deleted', 'reference'],
      ['characters', ...figures(character)],
      ['words', ...figures(word)],
    ]),
    ...(unknown ? [`No rate: ${noRateReason}`] : []),
    ...(exact ? [] : [upperBound]),
  ]
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => displayWidth(row[column] ?? ''))))
  return rows.map(row =>
    row
      .map((cell, column) => (column === 0 ? padEnd(cell, widths[0] ?? 0) : padStart(cell, widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
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
