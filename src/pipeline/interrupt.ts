import {InterruptedError} from '../model.ts'

/**
 * Let signals be heard between two pieces of work that are all arithmetic, and stop where one was.
 *
 * @throws InterruptedError
 *   When `signal` is aborted.
 */
export async function listen(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>(resolve => setImmediate(resolve))
  if (signal?.aborted) throw new InterruptedError('Interrupted; pages already read are stored')
}
