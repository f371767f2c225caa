import {existsSync, readFileSync} from 'node:fs'
import {historyEntry, parseHistory, renderTrend, serializeHistory} from '../index.ts'
import type {CheckReport, HistoryEntry} from '../model.ts'
import {writeWhole} from './write.ts'

/** Read a history file; empty where there is none yet. */
export function readHistory(file: string): readonly HistoryEntry[] {
  return existsSync(file) ? parseHistory(readFileSync(file, 'utf8'), file) : []
}

/** Add a check to a history file, and draw the error rate over time beside it, as `<file>.svg`. */
export function keepHistory(
  file: string,
  report: CheckReport,
  when: {readonly date: string; readonly revision: string | null},
): void {
  const entries = [...readHistory(file), historyEntry(report, when)]
  writeWhole(file, serializeHistory(entries))
  writeWhole(`${file}.svg`, renderTrend(entries))
}
