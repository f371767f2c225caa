import type {Measured, Numbers} from '../model.ts'
import {formatCount, formatRate} from './figures.ts'
import {visibleLine} from './visible.ts'
import {displayWidth, padEnd} from './width.ts'

/** Rows of a list that a person is shown; JSON has all. */
const mostRows = 10

/**
 * Writes numbers for a person at a terminal: a block for each group, a line for each
 * number by the name it has in JSON and in docs/metrics.md, rates as percentages.
 *
 * An undefined rate is a dash with its reason. Lists are cut after ten rows.
 */
export function renderNumbers(numbers: Numbers): string {
  return `${blockLines(numbers, '').join('\n')}\n`
}

function blockLines(numbers: Numbers, indent: string): readonly string[] {
  const entries = Object.entries(numbers)
  const width = Math.max(0, ...entries.filter(([, value]) => !isGroup(value)).map(([name]) => displayWidth(name)))
  return entries.flatMap(([name, value]) => {
    const label = visibleLine(name)
    if (Array.isArray(value)) return listLines(label, value, indent)
    if (isGroup(value)) return [`${indent}${label}`, ...blockLines(value, `${indent}  `)]
    return [`${indent}${padEnd(label, width)}  ${valueText(value as Exclude<typeof value, readonly unknown[]>)}`]
  })
}

function listLines(label: string, list: readonly (Numbers | string)[], indent: string): readonly string[] {
  if (list.length === 0) return [`${indent}${label}  none`]
  const rows = list.slice(0, mostRows).map(item =>
    typeof item === 'string'
      ? JSON.stringify(visibleLine(item.replace(/\s+/g, ' ')))
      : Object.entries(item)
          .map(
            ([name, value]) => `${visibleLine(name)} ${typeof value === 'string' ? quoted(value) : plainText(value)}`,
          )
          .join(' · '),
  )
  const left = list.length - rows.length
  return [
    `${indent}${label}`,
    ...rows.map(row => `${indent}  ${row}`),
    ...(left > 0 ? [`${indent}  and ${formatCount(left)} more in --json`] : []),
  ]
}

function isGroup(value: Numbers[string]): value is Numbers {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isMeasured(value)
}

function isMeasured(value: object): value is Measured {
  return 'reason' in value && 'value' in value
}

function valueText(value: Numbers[string]): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && isMeasured(value)) {
    return value.value === null ? `– (${visibleLine(value.reason)})` : formatRate(value.value)
  }
  return plainText(value)
}

function plainText(value: Numbers[string]): string {
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : value.toFixed(4)
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && isMeasured(value)) return valueText(value)
  return value === null ? '–' : visibleLine(String(value))
}

function quoted(text: string): string {
  return JSON.stringify(visibleLine(text))
}
