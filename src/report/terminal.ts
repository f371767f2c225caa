import type {DocumentReport, Finding, Report, Totals} from '../model.ts'
import {formatAmount, formatCount, formatRate, noRate} from './figures.ts'
import {findingPlace, sortedFindings} from './findings.ts'
import {readerName, readersOf} from './readers.ts'
import {suspectsOf} from './suspects.ts'
import {visibleLine} from './visible.ts'
import {cutMiddle, displayWidth, padEnd, padStart, wrap} from './width.ts'

/** How a terminal wants its text. */
export interface TerminalOptions {
  /** Whether to colour; the caller knows about NO_COLOR and whether this is a terminal. */
  readonly color: boolean
  /** Columns of the terminal. */
  readonly width: number
  /** Ids of suspects that a person has looked at, by document. */
  readonly settled?: ReadonlyMap<string, ReadonlySet<string>> | undefined
}

/**
 * Writes a report for a person at a terminal: a row for each document, totals,
 * findings with errors first, the verdict, and what to do next.
 *
 * Columns are left out, least needed first, until the table fits; below that each
 * document takes lines of its own. File names, reasons and rules are untrusted:
 * what could act on the terminal is written as `<U+001B>`.
 */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const {color, width} = options
  const paint: Paint = color ? (style, text) => `\x1b[${codes[style]}m${text}\x1b[0m` : (_, text) => text
  const blocks = [
    heading(report, width, paint),
    report.documents.length === 0 ? ['No documents'] : table(report, width, paint),
    findingLines(report, width, paint),
    verdictLines(report, width, paint),
    nextLines(report, options),
  ]
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

const codes = {bold: 1, dim: 2, red: 31, green: 32, yellow: 33}
const maxFindings = 50
const minNameWidth = 16

type Style = keyof typeof codes
type Paint = (style: Style, text: string) => string

interface Column {
  readonly title: string
  /** Of two columns with unequal rank, the higher is left out first. */
  readonly rank: number
  readonly cells: readonly string[]
  readonly isText: boolean
}

function heading(report: Report, width: number, paint: Paint): readonly string[] {
  const {tool, engine} = report
  const name = `${tool.name} ${visibleLine(tool.version)}`
  const readers = readersOf(report)
  const [only = {name: readerName(engine)}] = readers
  const many = readers.map(({name, pages}) => `${formatAmount(pages, 'page')} by ${visibleLine(name)}`)
  const reader = readers.length > 1 ? `read ${many.join(', ')}` : `read by ${visibleLine(only.name)}`
  const fits = displayWidth(name) + 3 + displayWidth(reader) <= width
  // Who read which page is worth lines of its own.
  if (!fits && many.length > 1)
    return [paint('bold', cutMiddle(name, width)), ...many.flatMap(line => wrap(`read ${line}`, width))]
  return fits ? [`${paint('bold', name)} ${paint('dim', `· ${reader}`)}`] : [paint('bold', cutMiddle(name, width))]
}

function table(report: Report, width: number, paint: Paint): readonly string[] {
  const {documents, totals} = report
  const names = [...documents.map(document => visibleLine(document.id)), summary(documents)]
  const nameWidth = Math.max(...names.map(displayWidth), 'Document'.length)
  const columns: readonly Column[] = [
    count('Pages', 3, documents, document => document.pages.length),
    rates('CER before → after', 0, 'character', documents, totals),
    rates('WER before → after', 4, 'word', documents, totals),
    count('Differences', 1, documents, document => document.differences.length),
    count('Edits', 5, documents, document => document.edits.length),
    {title: 'Status', rank: 2, cells: [...documents.map(statusText), ''], isText: true},
  ]
  const fitting = keepFitting(columns, width - Math.min(nameWidth, Math.max(minNameWidth, Math.floor(width / 3))))
  if (!fitting.some(column => column.rank === 0)) return stack(names, columns, width, paint)

  const room = Math.max(minNameWidth, width - sum(fitting.map(columnSpace)))
  const first = Math.min(nameWidth, room)
  const widths = fitting.map(columnWidth)
  const row = (name: string, cells: readonly string[]) =>
    [
      padEnd(cutMiddle(name, first), first),
      ...fitting.map((column, index) => {
        const cell = cells[index]!
        return column.isText ? padEnd(cell, widths[index]!) : padStart(cell, widths[index]!)
      }),
    ]
      .join('  ')
      .trimEnd()
  const lines = names.map((name, index) =>
    row(
      name,
      fitting.map(column => column.cells[index]!),
    ),
  )
  const header = row(
    'Document',
    fitting.map(column => column.title),
  )
  const rule = '─'.repeat(Math.min(width, displayWidth(header)))
  return [
    paint('dim', header),
    ...lines.slice(0, -1).map((line, index) => paintRow(line, documents[index]!, paint)),
    paint('dim', rule),
    paint('bold', lines.at(-1)!),
  ]
}

/** A terminal too narrow for a table: a name, then its figures below. */
function stack(names: readonly string[], columns: readonly Column[], width: number, paint: Paint): readonly string[] {
  return names.flatMap((name, index) => [
    paint('bold', cutMiddle(name, width)),
    ...columns.flatMap(({title, cells}) => {
      const cell = cells[index]!.trim().replace(/ +/g, ' ')
      return cell === '' ? [] : wrap(`${title}: ${cell}`, width - 2).map(line => `  ${line}`)
    }),
  ])
}

function paintRow(line: string, {status}: DocumentReport, paint: Paint): string {
  if (status === 'incomplete') return paint('yellow', line)
  return status === 'compared' ? line : paint('dim', line)
}

function statusText({status}: DocumentReport): string {
  return status.replace('-', ' ')
}

function summary(documents: readonly DocumentReport[]): string {
  return formatAmount(documents.length, 'document')
}

function count(
  title: string,
  rank: number,
  documents: readonly DocumentReport[],
  of: (document: DocumentReport) => number,
): Column {
  const counts = documents.map(of)
  return {title, rank, cells: [...counts, sum(counts)].map(formatCount), isText: false}
}

function rates(
  title: string,
  rank: number,
  unit: keyof Totals,
  documents: readonly DocumentReport[],
  totals: Totals,
): Column {
  const pairs = [...documents.map(document => document.totals), totals].map(all =>
    all === null ? null : ([formatRate(all[unit].raw.errorRate), formatRate(all[unit].clean.errorRate)] as const),
  )
  const before = Math.max(...pairs.map(pair => displayWidth(pair?.[0] ?? '')))
  const after = Math.max(...pairs.map(pair => displayWidth(pair?.[1] ?? '')))
  const cells = pairs.map(pair =>
    pair === null ? noRate : `${padStart(pair[0], before)} → ${padStart(pair[1], after)}`,
  )
  return {title, rank, cells, isText: false}
}

/** Keeps the columns that fit, leaving out the highest rank first. */
function keepFitting(columns: readonly Column[], room: number): readonly Column[] {
  let kept = columns
  while (kept.length > 0 && sum(kept.map(columnSpace)) > room) {
    const worst = Math.max(...kept.map(column => column.rank))
    kept = kept.filter(column => column.rank !== worst)
  }
  return kept
}

function columnWidth({title, cells}: Column): number {
  return Math.max(displayWidth(title), ...cells.map(displayWidth))
}

function columnSpace(column: Column): number {
  return columnWidth(column) + 2
}

function findingLines(report: Report, width: number, paint: Paint): readonly string[] {
  const findings = sortedFindings(report)
  const shown = findings.slice(0, maxFindings)
  const left = findings.length - shown.length
  return [
    ...shown.flatMap(finding => findingText(finding, width, paint)),
    ...(left === 0 ? [] : wrap(`and ${formatAmount(left, 'more finding')} in report.json`, width)),
  ]
}

function findingText(finding: Finding, width: number, paint: Paint): readonly string[] {
  const style = finding.severity === 'error' ? 'red' : finding.severity === 'warning' ? 'yellow' : 'dim'
  const place = visibleLine(findingPlace(finding) ?? 'corpus')
  const ruleId = visibleLine(finding.ruleId)
  const reason = wrap(visibleLine(finding.reason), width - 2)
  const last = reason.at(-1)!
  const fits = displayWidth(last) + 2 + displayWidth(ruleId) <= width - 2
  return [
    `${paint(style, padEnd(finding.severity, 7))}  ${cutMiddle(place, width - 9)}`,
    ...reason.slice(0, fits ? -1 : undefined).map(line => `  ${line}`),
    `${fits ? `  ${last}` : ''}  ${paint('dim', cutMiddle(ruleId, width - 2))}`,
  ]
}

function verdictLines({verdict}: Report, width: number, paint: Paint): readonly string[] {
  const style = verdict.status === 'passed' ? 'green' : verdict.status === 'failed' ? 'red' : 'yellow'
  const failed = verdict.checks.filter(check => !check.passed)
  return [
    paint(style, `Verdict: ${verdict.status}`),
    ...failed.flatMap(({name, place, expected, found}) =>
      wrap(visibleLine(`${place}: ${name}: expected ${expected}, found ${found}`), width - 2).map(line => `  ${line}`),
    ),
  ]
}

function nextLines(report: Report, {width, settled}: TerminalOptions): readonly string[] {
  const errors = sortedFindings(report).filter(finding => finding.severity === 'error').length
  const unpaired = report.documents.filter(document => document.status === 'no-transcript').length
  const differences = sum(report.documents.map(document => document.differences.length))
  const steps: string[] = []
  if (errors > 0) {
    steps.push(`Mend the ${formatAmount(errors, 'error')} above and run again; what was read is not read again`)
  }
  if (unpaired > 0)
    steps.push(`Write what is missing in transcripts/: a file each for ${formatAmount(unpaired, 'document')}`)
  const suspects = suspectsOf(report, settled).length
  if (suspects > 0) {
    const places = `${formatAmount(suspects, 'place')} where the transcript is probably wrong`
    steps.push(`Look at ${places}: scanproof suspects`)
  }
  if (differences > 0) steps.push(`Look at ${formatAmount(differences, 'difference')} on the scan in index.html`)
  return steps.flatMap(step =>
    wrap(step, width - 6).map((line, index) => (index === 0 ? `Next: ${line}` : `      ${line}`)),
  )
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
