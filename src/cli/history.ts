import {existsSync, readFileSync} from 'node:fs'
import {historyEntry, parseHistory, renderTrend, serializeHistory} from '../index.ts'
import type {CheckReport} from '../model.ts'
import {writeWhole} from './write.ts'

/** Add a check to a history file, and draw the error rate over time beside it, as `<file>.svg`. */
export function keepHistory(
  file: string,
  report: CheckReport,
  when: {readonly date: string; readonly revision: string | null},
): void {
  const before = existsSync(file) ? parseHistory(readFileSync(file, 'utf8'), file) : []
  const entries = [...before, historyEntry(report, when)]
  writeWhole(file, serializeHistory(entries))
  writeWhole(`${file}.svg`, renderTrend(entries))
}
