import type {CheckReport} from '../model.ts'
import type {CheckFormatOptions} from './judgements.ts'
import {pathOf} from './judgements.ts'

/**
 * Writes a check as JSON, a line for each judgement, worst first, and one for the verdict at the end; `type` tells
 * them apart. A reader that stops early has seen the worst, and one that sees no last line knows that it was cut off.
 */
export function renderNdjson(
  {tool, engine, characters, documents, verdict}: CheckReport,
  options: CheckFormatOptions,
): string {
  const {judgements, ...gate} = verdict.gate
  const lines = [
    ...judgements.map(judgement => ({type: 'judgement', ...judgement, file: pathOf(judgement, options)})),
    {
      type: 'verdict',
      status: verdict.status,
      tool,
      engine,
      characters,
      documents: documents.length,
      judgements: judgements.length,
      checks: verdict.checks,
      ...gate,
    },
  ]
  return lines.map(line => `${JSON.stringify(line).replace(/[\u2028\u2029\u0085]/g, escapeUnit)}\n`).join('')
}

/** Some readers end a line at these. */
function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
