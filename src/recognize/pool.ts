import {type Thread, ThreadError} from './thread.ts'

/** Threads that take jobs from one queue, first come first served. */
export interface Pool {
  /** Run a job on the next free thread; once more on a fresh one where the thread, not the job, failed. */
  readonly run: <Result>(job: (thread: Thread) => Promise<Result>) => Promise<Result>
  /** Stop all threads at once; open and waiting jobs reject. */
  readonly close: () => Promise<void>
}

/** Jobs a thread does before it is replaced, as a bound on what it may have leaked. */
const jobsPerThread = 300

/**
 * Make a pool; no thread is started before the first job.
 *
 * @param size
 *   Most threads at once, at least 1.
 * @param start
 *   Makes a thread that is ready for jobs.
 */
export function createPool(size: number, start: () => Promise<Thread>): Pool {
  const idle: {thread: Thread; jobs: number}[] = []
  const waiting: {go: () => void; fail: (error: Error) => void}[] = []
  const threads = new Set<Thread>()
  let busy = 0
  let closed = false

  const take = () =>
    new Promise<void>((resolve, reject) => {
      if (closed) reject(new ThreadError('The engine was stopped'))
      else if (busy < size) {
        busy++
        resolve()
      } else waiting.push({go: resolve, fail: reject})
    })
  const give = () => {
    const next = waiting.shift()
    if (next === undefined) busy--
    else next.go()
  }
  const ready = async () => {
    let seat = idle.pop()
    while (seat !== undefined && !seat.thread.alive()) seat = idle.pop()
    if (seat !== undefined) return seat
    const thread = await start()
    threads.add(thread)
    if (closed) {
      await thread.stop()
      throw new ThreadError('The engine was stopped')
    }
    return {thread, jobs: 0}
  }
  const drop = async (thread: Thread) => {
    threads.delete(thread)
    await thread.stop()
  }
  const once = async <Result>(job: (thread: Thread) => Promise<Result>): Promise<Result> => {
    const seat = await ready()
    try {
      return await job(seat.thread)
    } finally {
      seat.jobs++
      if (seat.thread.alive() && seat.jobs < jobsPerThread) idle.push(seat)
      else await drop(seat.thread)
    }
  }

  return {
    async run(job) {
      await take()
      try {
        return await once(job).catch(error => {
          if (closed || !(error instanceof ThreadError)) throw error
          return once(job)
        })
      } finally {
        give()
      }
    },
    async close() {
      closed = true
      for (const {fail} of waiting.splice(0)) fail(new ThreadError('The engine was stopped'))
      await Promise.all([...threads].map(thread => thread.stop()))
      threads.clear()
    },
  }
}
