import {createHash} from 'node:crypto'
import type {CheckReport, Judgement} from '../model.ts'
import {formatCount} from './figures.ts'
import {bothSides, type CheckFormatOptions, cut, isFailing, mending, pathOf} from './judgements.ts'
import {visibleLine} from './visible.ts'

/**
 * Writes a check as workflow commands of GitHub Actions: an annotation for each judgement, worst first.
 *
 * A step may have ten annotations of a level, the rest vanishes: nine are given, and one that says how many more
 * there are. Columns are given without `endLine`, as the runner drops them where the two lines differ.
 *
 * Source: actions/runner, `ActionCommand.cs`; workflow commands in the GitHub docs.
 */
export function renderGithub(report: CheckReport, options: CheckFormatOptions): string {
  const failing = report.verdict.gate.judgements.filter(judgement => isFailing(judgement, report))
  const improvements = report.verdict.gate.judgements.filter(
    judgement => judgement.outcome === 'improvement' && !isFailing(judgement, report),
  )
  return [...annotations('error', failing, options), ...annotations('notice', improvements, options)].join('')
}

/**
 * Wraps text so that the runner takes no line of it for a command: between `stop-commands` and a token that the text
 * cannot hold, being its own hash.
 */
export function withoutCommands(text: string): string {
  const token = createHash('sha256').update(text).digest('hex')
  return `::stop-commands::${token}\n${text}${text.endsWith('\n') ? '' : '\n'}::${token}::\n`
}

/** Changes a text as little as keeps the runner from seeing a command in it, where it cannot be wrapped. */
export function defuseCommands(text: string): string {
  return text.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/gm, '$1: ')
}

const mostAnnotations = 10
/** The runner cuts messages at 4,096 characters. */
const longestMessage = 3500

function annotations(
  level: 'error' | 'notice',
  judgements: readonly Judgement[],
  options: CheckFormatOptions,
): readonly string[] {
  const shown = judgements.length <= mostAnnotations ? judgements : judgements.slice(0, mostAnnotations - 1)
  const left = judgements.length - shown.length
  return [
    ...shown.map(judgement => annotation(level, judgement, options)),
    ...(left === 0
      ? []
      : [
          command(
            level,
            {title: 'scanproof'},
            `and ${formatCount(left)} more: see the job summary, or run scanproof check`,
          ),
        ]),
  ]
}

function annotation(level: 'error' | 'notice', judgement: Judgement, options: CheckFormatOptions): string {
  const {ruleId, reason, point, end, page} = judgement
  const sides = bothSides(judgement)
  const message = [
    visibleLine(reason),
    ...(sides === null ? [] : [`transcript: ${sides.transcript}`, `scan:       ${sides.scan}`]),
    ...(page === null ? [] : [`page: ${visibleLine(page)}`]),
    visibleLine(mending(judgement)),
  ].join('\n')
  const file = pathOf(judgement, options)
  const oneLine = point !== null && end !== null && point.line === end.line && end.column > point.column
  return command(
    level,
    {
      ...(file === null ? {} : {file}),
      ...(point === null ? {} : {line: String(point.line), col: String(point.column)}),
      ...(oneLine ? {endColumn: String(end.column)} : {}),
      title: `scanproof ${ruleId}`,
    },
    cut(message, longestMessage),
  )
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`)
  return `::${name} ${written.join(',')}::${escapeData(message)}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(visibleLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
