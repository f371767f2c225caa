import type {Report} from '../model.ts'
import {reportSchema} from './schema.ts'

/**
 * Writes report.json: two blanks of indent, records that fit on a line on one
 * line, so that a changed difference is a changed line; ends in a line feed.
 *
 * Keys stand in the order of the schema whatever the order they were made in;
 * engine parameters by name. Arrays keep their order.
 *
 * @throws
 *   A plain error where the report is not of the schema's form, `NaN` included:
 *   that is a fault of whoever built it.
 */
export function renderJson(report: Report): string {
  const ordered = reportSchema.parse(report)
  const parameters = Object.fromEntries(Object.entries(ordered.engine.parameters).sort(([a], [b]) => (a < b ? -1 : 1)))
  return `${write({...ordered, engine: {...ordered.engine, parameters}}, '', 0)}\n`
}

/** Line length up to which a record or list is kept on one line. */
const maxWidth = 120

/** Writes a value whose first line has `used` characters before it, comma after it included. */
function write(value: unknown, indent: string, used: number): string {
  const compact = writeCompact(value, maxWidth - used)
  if (compact !== null) return compact
  const inner = `${indent}  `
  const room = inner.length + 1
  if (Array.isArray(value)) {
    return `[\n${value.map(item => inner + write(item, inner, room)).join(',\n')}\n${indent}]`
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => {
      const name = `${JSON.stringify(key)}: `
      return inner + name + write(item, inner, room + name.length)
    })
    return `{\n${entries.join(',\n')}\n${indent}}`
  }
  return JSON.stringify(value)
}

/** Writes a value on one line; null where that takes more than `room` characters. */
function writeCompact(value: unknown, room: number): string | null {
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value)
    return text.length <= room ? text : null
  }
  const isList = Array.isArray(value)
  const parts: string[] = []
  let used = 2
  for (const [key, item] of Object.entries(value)) {
    const name = isList ? '' : `${JSON.stringify(key)}: `
    const text = writeCompact(item, room - used - name.length)
    if (text === null) return null
    used += name.length + text.length + 2
    if (used - 2 > room) return null
    parts.push(name + text)
  }
  const text = isList ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`
  return text.length <= room ? text : null
}
