import fc from 'fast-check'
import {expect, test} from 'vitest'
import {UserError} from '../../src/model.ts'
import {type Blob, parseBlob, serializeBlob} from '../../src/scale/blob.ts'
import {checkBlobs, type FoundBlob} from '../../src/scale/complete.ts'

const hash = (digit: string) => digit.repeat(64)
const expected = (pages: readonly string[]) => ({
  toolVersion: '1.0.0',
  planHash: hash('a'),
  fingerprint: hash('b'),
  pages,
})
const shardPage = (page: string) => ({page, fingerprint: hash('c'), recognition: hash('d'), looks: null, failure: null})
const blob = (index: number, count: number, pages: readonly string[]): Blob => ({
  schemaVersion: 1,
  toolVersion: '1.0.0',
  planHash: hash('a'),
  fingerprint: hash('b'),
  shard: {index, count},
  pages: pages.map(shardPage),
})
const found = (blobs: readonly Blob[]): FoundBlob[] => blobs.map((blob, at) => ({name: `${at}.json`, blob}))

/** Pages, each with the shard it fell to, and an order of the shards. */
const partitions = fc
  .tuple(
    fc.uniqueArray(fc.string({minLength: 1, unit: 'grapheme-ascii'}), {minLength: 1}),
    fc.integer({min: 1, max: 6}),
  )
  .chain(([pages, count]) =>
    fc.record({
      pages: fc.constant(pages),
      blobs: fc
        .tuple(...pages.map(() => fc.nat(count - 1)))
        .map(shards =>
          Array.from({length: count}, (_, at) =>
            blob(
              at + 1,
              count,
              pages.filter((_, page) => shards[page] === at),
            ),
          ),
        )
        .chain(blobs => fc.shuffledSubarray(blobs, {minLength: count, maxLength: count})),
    }),
  )

test('any partition in any order is whole, and each page is vouched for by its blob', () => {
  fc.assert(
    fc.property(partitions, ({pages, blobs}) => {
      const {problems, pages: vouched} = checkBlobs(expected(pages), found(blobs))
      expect(problems).toEqual([])
      expect([...vouched.keys()].sort()).toEqual([...pages].sort())
      for (const [id, {source, page}] of vouched) expect(source.blob.pages).toContain(page.page === id ? page : null)
    }),
  )
})

test('a shard that is missing or there twice is named, with its pages', () => {
  fc.assert(
    fc.property(partitions, fc.nat(), ({pages, blobs}, at) => {
      const one = blobs[at % blobs.length]!
      const label = `\`${one.shard.index}/${one.shard.count}\``
      if (blobs.length > 1) {
        const {problems} = checkBlobs(expected(pages), found(blobs.filter(other => other !== one)))
        expect(problems[0]).toBe(`missing 1 shard: ${label}`)
        expect(problems.length > 1).toBe(one.pages.length > 0)
      }
      const {problems} = checkBlobs(expected(pages), found([...blobs, one]))
      expect(problems[0]).toContain(`more than once shard ${label}`)
      if (one.pages.length > 0) expect(problems[1]).toContain(`\`${one.pages[0]?.page}\``)
    }),
  )
})

test.each<[string, (one: Blob) => Blob, string]>([
  ['of another program', one => ({...one, toolVersion: '0.9.0'}), 'by scanproof `0.9.0`, expected `1.0.0`'],
  ['of another plan', one => ({...one, planHash: hash('e')}), 'of another plan (`eeeeeeeeeeee`)'],
  ['of another engine', one => ({...one, fingerprint: hash('e')}), 'another engine, model or preparation'],
  ['that lacks a page', one => ({...one, pages: []}), 'missing 1 page: `b`'],
  ['with a page of another', one => ({...one, pages: ['b', 'a'].map(shardPage)}), 'more than once 1 page: `a`'],
  ['with an unknown page', one => ({...one, pages: ['b', 'x'].map(shardPage)}), 'not in the plan 1 page: `x`'],
  ['of another number of shards', one => ({...one, shard: {index: 2, count: 3}}), 'different numbers: `…/2`, `…/3`'],
])('a shard %s is refused', (_, change, reason) => {
  const blobs = found([blob(1, 2, ['a']), change(blob(2, 2, ['b']))])
  expect(checkBlobs(expected(['a', 'b']), blobs).problems.join('\n')).toContain(reason)
})

test('no blob at all is no whole', () => {
  expect(checkBlobs(expected(['a']), []).problems).toEqual(['missing 1 page: `a`'])
})

test('long lists are counted', () => {
  const pages = Array.from({length: 30}, (_, at) => `p${at}`)
  expect(checkBlobs(expected(pages), []).problems[0]).toMatch(/^missing 30 pages: `p0`, .*`p19` and 10 more$/)
})

test('a blob is read as it was written', () => {
  fc.assert(
    fc.property(partitions, ({blobs}) => {
      const failed = {page: 'f', fingerprint: hash('c'), recognition: null, looks: null, failure: 'torn\n"page"'}
      for (const one of blobs) {
        const whole = {...one, pages: [...one.pages, failed]}
        expect(parseBlob(serializeBlob(whole), 'x')).toEqual(whole)
      }
    }),
  )
})

test.each([
  '',
  '[]',
  '{}',
  serializeBlob(blob(1, 1, ['a'])).slice(0, -5),
  serializeBlob({...blob(1, 1, ['a']), shard: {index: 2, count: 1}}),
  serializeBlob(blob(1, 1, ['a'])).replace('"failure":null', '"failure":"x"'),
  serializeBlob(blob(1, 1, ['a'])).replace('"schemaVersion":1', '"schemaVersion":2'),
])('what is no blob is refused by its name: %s', text => {
  expect(() => parseBlob(text, 'one.json')).toThrow(UserError)
  expect(() => parseBlob(text, 'one.json')).toThrow('one.json')
})
