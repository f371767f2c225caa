import {createRequire} from 'node:module'
import {Worker} from 'node:worker_threads'

/** One tesseract.js worker thread, whose every promise settles. */
export interface Thread {
  /** False once the thread has ended, crashed or been stopped: take another one. */
  readonly alive: () => boolean
  /**
   * Have one action done.
   *
   * @param seconds
   *   After these the thread is stopped and the action rejects.
   * @throws ThreadError
   *   Where the thread ended before it was done.
   * @throws Error
   *   Where the action failed; the thread goes on.
   */
  readonly call: (action: string, payload: unknown, seconds: number) => Promise<unknown>
  readonly stop: () => Promise<void>
}

/** The thread is at fault, not the page: a page may be tried again on another one. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError'
}

/**
 * The half of tesseract.js that runs in the thread. Its other half, `createWorker`,
 * is left out: it ends the process on a failed page or a dead thread, and leaves
 * promises open on a failed start and on `terminate`.
 */
export const tesseractScript = createRequire(import.meta.url).resolve('tesseract.js/src/worker-script/node/index.js')

/** How WebAssembly says that it ran into a wall, as for want of memory: what the thread holds cannot be trusted after that. */
const trap = /^(RuntimeError|RangeError)\b|\bAborted\(/

/** Start a thread that speaks the tesseract.js worker protocol; it has loaded nothing yet. */
export function openThread(script: string = tesseractScript): Thread {
  // Leptonica and Tesseract write remarks to standard error; only the last is of use, as a reason.
  const worker = new Worker(script, {stdout: true, stderr: true})
  let remark = ''
  worker.stdout.resume()
  worker.stderr.on('data', chunk => {
    remark = String(chunk).trim().split('\n').at(-1) ?? ''
  })

  let alive = true
  let jobs = 0
  const open = new Map<string, {resolve: (value: unknown) => void; reject: (error: Error) => void}>()
  const end = (reason: string) => {
    alive = false
    for (const {reject} of open.values()) reject(new ThreadError(reason))
    open.clear()
  }
  worker.on('error', error => end(`The engine's thread crashed: ${error.message}`))
  worker.on('exit', code => end(`The engine's thread ended with code ${code}${remark === '' ? '' : `: ${remark}`}`))
  worker.on('message', (message: unknown) => {
    const {jobId, status, data} = reply(message)
    const job = open.get(jobId)
    if (job === undefined || status === 'progress') return
    // A failed start answers twice; only the first answer counts.
    open.delete(jobId)
    const reason = remark === '' ? String(data) : `${data} (${remark})`
    if (status === 'resolve') job.resolve(data)
    else if (!trap.test(String(data))) job.reject(new Error(reason))
    else {
      job.reject(new ThreadError(`The engine broke down: ${reason}`))
      void stop()
    }
  })

  const stop = async () => {
    end('The engine was stopped')
    await worker.terminate()
  }
  const call = (action: string, payload: unknown, seconds: number) =>
    new Promise<unknown>((resolve, reject) => {
      if (!alive) {
        reject(new ThreadError('The engine was stopped'))
        return
      }
      remark = ''
      const jobId = String(++jobs)
      const timer = setTimeout(() => {
        end(`The engine gave no answer within ${seconds} seconds`)
        void worker.terminate()
      }, seconds * 1000)
      const settle =
        <Value>(done: (value: Value) => void) =>
        (value: Value) => {
          clearTimeout(timer)
          done(value)
        }
      open.set(jobId, {resolve: settle(resolve), reject: settle(reject)})
      worker.postMessage({workerId: 'scanproof', jobId, action, payload})
    })
  return {alive: () => alive, call, stop}
}

function reply(message: unknown): {jobId: string; status: string; data: unknown} {
  if (typeof message !== 'object' || message === null) return {jobId: '', status: '', data: null}
  const jobId = 'jobId' in message ? String(message.jobId) : ''
  const status = 'status' in message ? String(message.status) : ''
  return {jobId, status, data: 'data' in message ? message.data : null}
}
