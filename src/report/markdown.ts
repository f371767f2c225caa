import type {CheckReport, Gate, Judgement} from '../model.ts'
import {formatAmount, formatCount, formatRate} from './figures.ts'
import {bothSides, type CheckFormatOptions, cut, isFailing, judgedPlace, outcomeSummary} from './judgements.ts'
import {visibleLine} from './visible.ts'

export interface MarkdownOptions extends CheckFormatOptions {
  /** Bytes of UTF-8 that the text may have; what does not fit is left out, and how much is said. */
  readonly maxBytes: number
}

/** A comment on GitHub may have 65,536 characters. */
export const commentBytes = 65_000
/** A job summary may have 1 MiB; one that is larger is lost. */
export const summaryBytes = 900 * 1024

/**
 * Writes a check as Markdown for a pull request's comment or a job summary: figures, then each judgement, worst first.
 *
 * The first line is a comment by which a bot finds the comment to update. Text from outside stands in code only,
 * where nothing of it is markup, a link, or a mention of a person.
 */
export function renderMarkdown(report: CheckReport, options: MarkdownOptions): string {
  const {gate, status} = report.verdict
  const head = [
    '<!-- scanproof:check -->',
    `### Transcripts ${status}: ${outcomeSummary(report)}`,
    '',
    ...figureTable(report),
    '',
    ...(gate.changes.length === 0
      ? []
      : [
          `Changed since the ledger: ${gate.changes.map(({cause, pages}) => `${cause} (${formatAmount(pages, 'page')})`).join(', ')}.`,
          '',
        ]),
    ...populationLines(gate),
  ].join('\n')
  const listed = gate.judgements.filter(judgement => judgement.outcome !== 'note' || gate.judgements.length < 20)
  let text = `${head}\n`
  let room = options.maxBytes - byteLength(text) - 200
  let shown = 0
  for (const judgement of listed) {
    const item = `${judgementItem(judgement, report, options)}\n`
    room -= byteLength(item)
    if (room < 0) break
    text += item
    shown++
  }
  const left = listed.length - shown
  return left === 0
    ? text
    : `${text}\n**${formatAmount(left, 'judgement')} left out for want of room.** All of them: \`scanproof check --format json\`\n`
}

function figureTable({characters, documents, verdict}: CheckReport): readonly string[] {
  const {population, drift, tolerated, unchanged} = verdict.gate
  const pages = documents.reduce((sum, document) => sum + document.pages.length, 0)
  const accepted = Object.values(tolerated).reduce((sum, count) => sum + count, 0)
  return [
    '| documents | unchanged | pages | clean CER | rise | accepted differences |',
    '|--:|--:|--:|--:|--:|--:|',
    `| ${[
      formatCount(documents.length),
      formatCount(unchanged.length),
      formatCount(pages),
      formatRate(characters.errorRate),
      population !== null
        ? `${points(population.rise)} [${points(population.interval.low)}, ${points(population.interval.high)}]`
        : drift !== null
          ? `${points(drift.rise)} since ${code(drift.revision)}`
          : '–',
      formatCount(accepted),
    ].join(' | ')} |`,
  ]
}

function populationLines({population}: Gate): readonly string[] {
  if (population === null) return []
  const {worsePages, betterPages, pValue, smallestDetectable, result, worst} = population
  return [
    `Judged over all pages together: **${result.replaceAll('-', ' ')}** (p = ${pValue.toFixed(4)}, sign-flip); ${formatAmount(worsePages, 'page')} worse, ${formatCount(betterPages)} better. A rise of ${points(smallestDetectable)} would have been seen.`,
    '',
    ...(worst.length === 0
      ? []
      : [
          '| page | wrong characters before | now |',
          '|--|--:|--:|',
          ...worst.map(({page, before, after}) => `| ${code(page)} | ${before} | ${after} |`),
          '',
        ]),
  ]
}

function judgementItem(judgement: Judgement, report: CheckReport, options: CheckFormatOptions): string {
  const {outcome, reason, remedy, command, page} = judgement
  const sides = bothSides(judgement)
  const mark = isFailing(judgement, report) ? '**' : ''
  return [
    `- ${mark}${outcome}${mark} ${code(judgedPlace(judgement, options))}${page === null ? '' : `, page ${code(page)}`}`,
    ...fenced('text', [cut(reason, 1000)]),
    ...(sides === null ? [] : fenced('diff', [`- transcript: ${sides.transcript}`, `+ scan:       ${sides.scan}`])),
    ...fenced('sh', [`# ${remedy}:`, command]),
  ].join('\n')
}

/** Text in a code span: a fence longer than any run of backticks inside; no `|`, which would end a table's cell. */
function code(text: string): string {
  const line = visibleLine(text).replaceAll('|', '¦')
  const fence = '`'.repeat(longestRun(line) + 1)
  const space = /^`|`$|^ .* $/.test(line) ? ' ' : ''
  return `${fence}${space}${line}${space}${fence}`
}

/** Lines in a fenced block of a list item. */
function fenced(language: string, lines: readonly string[]): readonly string[] {
  const shown = lines.map(visibleLine)
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1))
  return [`${fence}${language}`, ...shown, fence].map(line => `  ${line}`)
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length))
}

function points(rise: number | null): string {
  if (rise === null) return '–'
  return `${rise > 0 ? '+' : rise < 0 ? '-' : ''}${Math.abs(rise * 100).toFixed(2)} pt`
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
