import process from 'node:process'
import type {Environment} from '../config.ts'
import {type ReadingEvents, visibleLine} from '../index.ts'
import {duration} from './duration.ts'

/** Show progress where people look: on standard error. */
export function progressOnStderr(environment: Pick<Environment, 'interactive'>): ReadingEvents {
  return showProgress(
    text => process.stderr.write(text),
    environment,
    () => performance.now(),
  )
}

/**
 * Tell how reading goes, on the given stream: one line that is redrawn where a
 * person looks on, else a plain line a page. Silent where nothing is to be read.
 *
 * @param now
 *   Milliseconds of a clock that never goes back.
 */
export function showProgress(
  write: (text: string) => void,
  {interactive}: Pick<Environment, 'interactive'>,
  now: () => number,
): ReadingEvents {
  let total = 0
  let done = 0
  let failed = 0
  let start = 0
  return {
    onPlan({pages, toRead}) {
      total = toRead
      start = now()
      if (toRead === 0) return
      const known = pages - toRead
      write(`Reading ${toRead} ${toRead === 1 ? 'page' : 'pages'}${known > 0 ? `, ${known} read before` : ''}\n`)
    },
    onPage(page) {
      done++
      if (page.failed) failed++
      const left = ((now() - start) / done) * (total - done)
      const problems = failed > 0 ? `, ${failed} failed` : ''
      const state = `${done}/${total}${problems}`
      if (!interactive) write(`  ${state} ${visibleLine(page.id)}${page.failed ? ': failed' : ''}\n`)
      else if (done < total) write(`\r\u001B[K${bar(done / total)} ${state}, ${duration(left)} left`)
      else write(`\r\u001B[K${bar(1)} ${state}, ${duration(now() - start)}\n`)
    },
  }
}

function bar(share: number): string {
  const width = 24
  const full = Math.round(share * width)
  return `[${'='.repeat(full)}${' '.repeat(width - full)}]`
}
