import {createHash} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {setImmediate as tick} from 'node:timers/promises'
import sharp from 'sharp'
import {describe, expect, onTestFinished, test} from 'vitest'
import {readConfig} from '../../src/config.ts'
import {InterruptedError, type Page, type PreparedPage, type Scan} from '../../src/model.ts'
import {limit, readPages, rememberLast} from '../../src/pipeline/reading.ts'
import type {Engine, Reading} from '../../src/recognize/engine.ts'

const identity = {name: 'none', version: '1', model: 'none', modelSha256: '', parameters: {}}

/** An engine whose pages are done when the test says so. */
function held() {
  const open: {readonly page: PreparedPage; readonly done: () => void; readonly fail: (error: Error) => void}[] = []
  const engine: Engine = {
    identity,
    recognize: page =>
      new Promise<Reading>((resolve, reject) => {
        const {pageId, width, height} = page
        const reading = {pageId, width, height, confidence: 1, lines: [], regions: [], findings: []}
        open.push({
          page,
          done: () => resolve({schemaVersion: 1, engine: identity, ...reading} as Reading),
          fail: reject,
        })
      }),
    async close() {
      for (const {fail} of open) fail(new Error('The engine was stopped'))
    },
  }
  return {engine, open}
}

const image = await sharp({create: {width: 60, height: 80, channels: 3, background: 'white'}})
  .png()
  .toBuffer()
const sha256 = createHash('sha256').update(image).digest('hex')
const pagesOf = (count: number): Page[] =>
  Array.from({length: count}, (_, index) => {
    const name = String(index + 1)
    return {id: `d/${name}`, document: 'd', name, scan: {file: `scans/d/${name}.png`, format: 'png', frame: 0, sha256}}
  })
const configOf = (jobs: string) => {
  const root = mkdtempSync(`${tmpdir()}/scanproof-reading-`)
  onTestFinished(() => rmSync(root, {recursive: true}))
  return readConfig({root, jobs})
}
/** Long enough for all that can go on to go on: eighty times nothing new. */
const settled = async (count: () => number) => {
  for (let quiet = 0, last = count(); quiet < 80; quiet++) {
    await new Promise(resolve => setTimeout(resolve, 1))
    if (count() !== last) quiet = 0
    last = count()
  }
}

describe('reading pages', () => {
  test.each([
    ['1', 2],
    ['2', 3],
    ['8', 10],
  ])('with %s jobs no more than %i pages are held at a time, whatever their number', async (jobs, most) => {
    const {engine, open} = held()
    let opened = 0
    const source = async () => {
      opened++
      return image
    }
    const reading = readPages(pagesOf(12), engine, configOf(jobs), {}, undefined, true, source)
    for (let read = 0; read < 12; read++) {
      await settled(() => opened)
      expect(opened).toBe(Math.min(12, read + most))
      // Pages are done in another order than they came in.
      const next = open.splice(read % 2 === 0 ? open.length - 1 : 0, 1)
      next[0]?.done()
    }
    expect((await reading).recognitions.size).toBe(12)
  })

  test('what fails with a page is that page alone, named', async () => {
    const {engine, open} = held()
    const reading = readPages(pagesOf(3), engine, configOf('1'), {}, undefined, true, async ({file}) =>
      file.endsWith('2.png') ? new Uint8Array(9) : image,
    )
    for (let read = 0; read < 2; read++) {
      await settled(() => open.length)
      open.shift()?.done()
    }
    const {recognitions, findings} = await reading
    expect([...recognitions.keys()]).toEqual(['d/1', 'd/3'])
    expect(findings).toMatchObject([{ruleId: 'recognize:page-failed', page: 'd/2', file: 'scans/d/2.png'}])
  })

  test('interrupted, it ends as soon as the engine does, and opens no further page', async () => {
    const {engine, open} = held()
    const interrupt = new AbortController()
    let opened = 0
    const reading = readPages(pagesOf(9), engine, configOf('2'), {}, interrupt.signal, true, async () => {
      opened++
      return image
    })
    await settled(() => open.length)
    const before = opened
    interrupt.abort()
    await expect(reading).rejects.toThrow(InterruptedError)
    expect(opened).toBe(before)
  })
})

test('a limit lets so many run at a time, in the order they came, and goes on after one that fails', async () => {
  const inTurn = limit(2)
  let running = 0
  const begun: number[] = []
  const tasks = Array.from({length: 7}, (_, index) =>
    inTurn(async () => {
      begun.push(index)
      expect(++running).toBeLessThanOrEqual(2)
      await tick()
      running--
      if (index === 3) throw new Error('three')
    }),
  )
  const ended = await Promise.allSettled(tasks)
  expect(ended.map(({status}) => status)).toEqual(
    Array.from({length: 7}, (_, at) => (at === 3 ? 'rejected' : 'fulfilled')),
  )
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('the pages of one file read it once; another file in between forgets it', async () => {
  const asked: string[] = []
  const bytes = rememberLast(async ({file}) => {
    asked.push(file)
    return new TextEncoder().encode(file)
  })
  const scan = (file: string, frame: number): Scan => ({file, format: 'pdf', frame, sha256: ''})
  const [first, second] = await Promise.all([bytes(scan('a.pdf', 0)), bytes(scan('a.pdf', 1))])
  expect(second).toBe(first)
  await bytes(scan('b.pdf', 0))
  await bytes(scan('a.pdf', 2))
  expect(asked).toEqual(['a.pdf', 'b.pdf', 'a.pdf'])
})
