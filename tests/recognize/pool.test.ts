import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {createPool} from '../../src/recognize/pool.ts'
import {openThread, type Thread, ThreadError} from '../../src/recognize/thread.ts'

const folder = mkdtempSync(join(tmpdir(), 'scanproof-pool-'))
afterAll(() => rmSync(folder, {recursive: true}))

/** A thread that answers after so many milliseconds with its own number. */
const script = join(folder, 'thread.cjs')
writeFileSync(
  script,
  `const {parentPort, threadId} = require('worker_threads')
   parentPort.on('message', ({jobId, action, payload}) => {
     if (action === 'die') process.exit(1)
     setTimeout(() => parentPort.postMessage({jobId, status: 'resolve', data: threadId}), payload)
   })`,
)
const work = (milliseconds: number) => (thread: Thread) => thread.call('work', milliseconds, 60)

/** A pool over such threads that counts those it started. */
function counted(size: number) {
  const started: Thread[] = []
  const pool = createPool(size, async () => {
    const thread = openThread(script)
    started.push(thread)
    return thread
  })
  return {pool, started}
}

test('a free thread takes the next job, so that one slow job holds no other', async () => {
  const {pool, started} = counted(2)
  const slow = pool.run(work(1500))
  const quick: unknown[] = []
  for (let job = 0; job < 20; job++) quick.push(await pool.run(work(0)))
  expect(new Set(quick).size).toBe(1)
  expect(quick).not.toContain(await slow)
  expect(started).toHaveLength(2)
  await pool.close()
})

test('no more threads than the pool may have, and none before the first job', async () => {
  const {pool, started} = counted(3)
  expect(started).toHaveLength(0)
  await Promise.all(Array.from({length: 30}, () => pool.run(work(1))))
  expect(started).toHaveLength(3)
  await pool.close()
  expect(started.every(thread => !thread.alive())).toBe(true)
})

test('a thread is replaced after 300 jobs', async () => {
  const {pool, started} = counted(1)
  const seen = new Map<unknown, number>()
  for (let job = 0; job < 601; job++) {
    const thread = await pool.run(work(0))
    seen.set(thread, (seen.get(thread) ?? 0) + 1)
  }
  expect([...seen.values()]).toEqual([300, 300, 1])
  expect(started.map(thread => thread.alive())).toEqual([false, false, true])
  await pool.close()
})

test('a thread that was ended by another while it was idle is not given a job', async () => {
  const {pool, started} = counted(1)
  const first = await pool.run(work(0))
  await started[0]?.stop()
  expect(await pool.run(work(0))).not.toBe(first)
  await pool.close()
})

test('a job whose thread ends is tried once more on another, and fails the second time', async () => {
  const {pool, started} = counted(1)
  await expect(pool.run(thread => thread.call('die', 0, 60))).rejects.toThrow(ThreadError)
  expect(started).toHaveLength(2)
  expect(await pool.run(work(0))).toEqual(expect.any(Number))
  await pool.close()
})
