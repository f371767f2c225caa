import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {sniffFormat} from '../../src/read/format.ts'
import {compareNames} from '../../src/read/natural-order.ts'
import {countPdfPages} from '../../src/read/pdf.ts'
import {listTiffFrames} from '../../src/read/tiff.ts'
import {type Directory, makeImage, makePdf, makeTiff} from './fixtures.ts'

describe('compareNames', () => {
  test.each([
    ['numbers by value', ['page10', 'page9', 'page1', 'page'], ['page', 'page1', 'page9', 'page10']],
    ['numbers of any length', ['9'.repeat(40), '1'.repeat(41), '2'], ['2', '9'.repeat(40), '1'.repeat(41)]],
    ['leading zeros', ['1', '01', '002', '2', '0'], ['0', '01', '1', '002', '2']],
    ['several numbers', ['a1-10', 'a1-2', 'a0-30'], ['a0-30', 'a1-2', 'a1-10']],
    ['case only to break a tie', ['B', 'a', 'b', 'A'], ['A', 'a', 'B', 'b']],
    ['code units, not a locale', ['z', 'ä', 'a'], ['a', 'z', 'ä']],
  ])('%s', (_, names, expected) => {
    expect([...names].sort(compareNames)).toEqual(expected)
  })

  test('is a total order', () => {
    const name = fc
      .array(fc.constantFrom('a', 'A', '0', '1', '9', '10', '-'), {maxLength: 5})
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNames(a, b)) + Math.sign(compareNames(b, a))).toBe(0)
        expect(compareNames(a, b) === 0).toBe(a === b)
        if (compareNames(a, b) <= 0 && compareNames(b, c) <= 0) expect(compareNames(a, c)).toBeLessThanOrEqual(0)
      }),
      {seed: 1, numRuns: 2000},
    )
  })
})

describe('sniffFormat', () => {
  test.each(['png', 'jpeg', 'webp', 'tiff'] as const)('%s', async format => {
    expect(sniffFormat(await makeImage(format))).toEqual({format})
  })

  test.each([
    ['a big-endian TIFF', makeTiff([{}], {little: false}), {format: 'tiff'}],
    ['a BigTIFF', makeTiff([{}], {big: true}), {format: 'tiff'}],
    ['a PDF', makePdf(1), {format: 'pdf'}],
    ['a PDF behind other bytes', Buffer.concat([Buffer.alloc(1024), makePdf(1)]), {format: 'pdf'}],
    ['a PDF too far behind', Buffer.concat([Buffer.alloc(1025), makePdf(1)]), null],
    ['JPEG 2000', Buffer.from('0000000c6a5020200d0a870a', 'hex'), {format: 'jpeg2000'}],
    ['a JPEG 2000 codestream', Buffer.from('ff4fff51', 'hex'), {format: 'jpeg2000'}],
    ['JPM', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjpm ', 'latin1'), {unreadable: 'JPM'}],
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic', 'latin1'), {unreadable: 'HEIC'}],
    ['BMP', Buffer.from('BM\x40\0\0\0\0\0\0\0', 'latin1'), {unreadable: 'BMP'}],
    ['Netpbm', Buffer.from('P5\n1 1\n255\n0'), {unreadable: 'Netpbm'}],
    ['text', Buffer.from('Dear Sir'), null],
    ['text that begins as a BMP does', Buffer.from('BMW and others'), null],
    ['nothing', Buffer.alloc(0), null],
  ])('%s', (_, bytes, expected) => {
    expect(sniffFormat(bytes)).toEqual(expected)
  })

  test.each([
    ['gif', 'GIF'],
    ['avif', 'AVIF'],
  ] as const)('%s', async (format, unreadable) => {
    expect(sniffFormat(await makeImage(format))).toEqual({unreadable})
  })
})

describe('listTiffFrames', () => {
  const layouts = [{}, {little: false}, {big: true}, {big: true, little: false}]

  test.each(layouts)('counts pages, not thumbnails and masks: %j', layout => {
    const directories: Directory[] = [{}, {subfileType: 1}, {subfileType: 2}, {subfileType: 4}]
    expect(listTiffFrames(makeTiff(directories, layout))).toEqual({directories: [0, 2], broken: null})
  })

  test.each(layouts)('stops at a chain that leads back: %j', layout => {
    const {directories, broken} = listTiffFrames(makeTiff([{}, {}], {...layout, loop: 0}))
    expect(directories).toEqual([0, 1])
    expect(broken).toBe('image 3 leads back to an earlier one')
  })

  test('a file that ends early is broken wherever it ends', () => {
    const whole = makeTiff([{}, {}, {}])
    for (let length = 0; length < whole.length; length++) {
      const {directories, broken} = listTiffFrames(whole.subarray(0, length))
      expect(broken).not.toBeNull()
      expect(directories).toEqual([0, 1, 2].slice(0, Math.max(0, Math.floor((length - 8) / 18))))
    }
  })

  test('a file without an image is broken', () => {
    expect(listTiffFrames(makeTiff([]))).toEqual({directories: [], broken: 'it holds no image'})
  })

  test('a count beyond the file does not hang it', () => {
    const bytes = makeTiff([{}], {big: true})
    bytes.fill(0xff, 16, 24)
    expect(listTiffFrames(bytes).broken).toBe('the file ends before its image 1 is described')
  })

  test('a written TIFF', async () => {
    expect(listTiffFrames(await makeImage('tiff'))).toEqual({directories: [0], broken: null})
  })
})

describe('countPdfPages', () => {
  test.each([
    ['pages', makePdf(3), {pages: 3}],
    ['no page', makePdf(0), {pages: 0}],
    ['encrypted', makePdf(1, {encrypted: true}), {problem: 'encrypted'}],
    ['cut', makePdf(3).subarray(0, 100), {problem: 'broken'}],
    ['not a PDF', Buffer.from('%PDF-1.4 and no more'), {problem: 'broken'}],
  ])('%s', async (_, bytes, expected) => {
    expect(await countPdfPages(bytes)).toEqual(expected)
  })

  test('many at a time', async () => {
    const counted = await Promise.all([1, 2, 3, 4, 5].map(pages => countPdfPages(makePdf(pages))))
    expect(counted).toEqual([1, 2, 3, 4, 5].map(pages => ({pages})))
  })
})
