import {expect, test} from 'vitest'
import type {Scan} from '../../src/model.ts'
import {rememberLast} from '../../src/pipeline/reading.ts'

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
