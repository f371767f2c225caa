import process from 'node:process'
import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import type {ReadingEvents} from '../index.ts'

/** Bytes outside of the heap from which on it is worth to look for some that nobody needs. */
const much = 64 << 20

/**
 * Let the pixels of pages that were read go at once.
 *
 * They lie outside of JavaScript's heap, which stays so small that the collector
 * sees no need to run: without this, garbage of 50 to 100 MB lies about.
 */
export function freePixels(events: ReadingEvents): ReadingEvents {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  return {
    ...events,
    onPage(page) {
      events.onPage?.(page)
      if (process.memoryUsage().external > much) collect()
    },
  }
}
