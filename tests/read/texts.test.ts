import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {UserError} from '../../src/model.ts'
import {parseReading, parseText, readText} from '../../src/read/texts.ts'
import {makeCorpus, makeImage, makePdf} from './fixtures.ts'

const alto = '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page/></Layout></alto>'
const page = '<p:PcGts xmlns:p="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><p:Page/></p:PcGts>'
const hocr = '<html><body><div class="ocr_page"></div></body></html>'
const png = await makeImage('png')
const gif = await makeImage('gif')

/** What a file is taken for. */
function kind(name: string, content: string | Uint8Array): string {
  const text = parseText(typeof content === 'string' ? Buffer.from(content) : content, name)
  return text.kind === 'reading' ? text.format : text.kind
}

test.each([
  ['a.md', '# A', 'transcript'],
  ['a.MARKDOWN', 'A', 'transcript'],
  ['a.txt', '<alto/>', 'plain'],
  ['a.txt', 'P5 is the fifth page', 'plain'],
  ['a', 'A letter', 'plain'],
  ['a', '<- an arrow', 'plain'],
  ['a.gt.txt', '', 'plain'],
  ['a.hocr', hocr, 'hocr'],
  ['a.html', hocr, 'hocr'],
  ['a.xml', hocr, 'hocr'],
  ['a.xml', `<?xml version="1.0"?><!-- x --><!DOCTYPE html>${hocr}`, 'hocr'],
  ['a.xml', alto, 'alto'],
  ['a.alto', `\ufeff<?xml version="1.0"?>\n<!-- x -->\n${alto}`, 'alto'],
  ['a.xml', Buffer.from(`\ufeff${alto}`, 'utf16le'), 'alto'],
  ['a.xml', page, 'page'],
  ['a.page', page, 'page'],
  ['a.tsv', '1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t', 'tsv'],
  ['a.json', '[]', 'recognition'],
])('%s that begins with %j is %s', (name, content, expected) => {
  expect(kind(name, content)).toBe(expected)
})

test('a transcript comes with its findings', () => {
  const text = parseText(Buffer.from(''), 'dir/a.md')
  expect(text).toMatchObject({
    kind: 'transcript',
    transcript: {file: 'dir/a.md'},
    findings: [{ruleId: 'read:empty-transcript'}],
  })
})

test('plain text comes as it is, without a byte order mark', () => {
  expect(parseText(Buffer.from('\ufeffa\r\nb\f\n'), 'a.txt')).toEqual({kind: 'plain', text: 'a\r\nb\f\n'})
})

describe('refuses', () => {
  test.each([
    ['XML of another kind', 'a.xml', '<tei/>', 'Unexpected root `tei` in `a.xml`'],
    ['XML that is none', 'a.xml', 'A letter', 'Unexpected no element in `a.xml`'],
    [
      'a document type',
      'a.xml',
      '<!DOCTYPE alto [<!ENTITY a "b">]><alto>&a;</alto>',
      'Unexpected document type declaration in `a.xml`',
    ],
    [
      'entities under another name',
      'a.xml',
      '<!DOCTYPE lolz [<!ENTITY a "b">]><alto>&a;</alto>',
      'Unexpected root `lolz`',
    ],
    ['a PDF', 'a.txt', makePdf(1), 'Unexpected PDF file `a.txt`, expected text, read scans with `scanproof run`'],
    ['an image', 'a.md', png, 'Unexpected PNG file `a.md`'],
    ['an image of another kind', 'a', gif, 'Unexpected GIF file `a`'],
    [
      'bytes that are not UTF-8',
      'a.txt',
      Uint8Array.of(0x61, 0x62, 0xff),
      'Unexpected byte `0xff` at byte 2 in `a.txt`',
    ],
    [
      'a transcript that is not UTF-8',
      'a.md',
      Uint8Array.of(0x61, 0x62, 0xff),
      'Unexpected byte `0xff` at byte 2 in `a.md`',
    ],
    [
      'UTF-16',
      'a.txt',
      Buffer.from('\ufeffa', 'utf16le'),
      'Unexpected UTF-16 in `a.txt`, expected UTF-8, save the file as UTF-8',
    ],
  ])('%s', (_, name, content, message) => {
    expect(() => kind(name, content)).toThrow(UserError)
    expect(() => kind(name, content)).toThrow(message)
  })

  test('a file that is not there, or is a folder', async () => {
    const root = await makeCorpus({'a.txt': 'x'})
    expect(await readText(join(root, 'a.txt'))).toEqual({kind: 'plain', text: 'x'})
    await expect(readText(join(root, 'b.txt'))).rejects.toThrow(UserError)
    await expect(readText(join(root, 'b.txt'))).rejects.toThrow('ENOENT')
    await expect(readText(root)).rejects.toThrow('EISDIR')
  })

  test('a transcript as a reading', () => {
    expect(() => parseReading(Buffer.from('x'), 'a.md')).toThrow('Unexpected transcript `a.md`')
    expect(parseReading(Buffer.from('x'), 'a.txt')).toMatchObject([{pageId: 'a.txt/1'}])
  })
})

test.each([
  ['a.txt', (text: string) => text],
  ['a.md', (text: string) => text],
  ['a.hocr', (text: string) => `<span class=ocr_line>${text}</span>`],
  [
    'a.xml',
    (text: string) =>
      `<alto><Layout><Page><TextBlock><TextLine><String CONTENT="${text}"/></TextLine></TextBlock></Page></Layout></alto>`,
  ],
])('%s of one line of 5 MB is read', (name, wrap) => {
  const text = parseText(Buffer.from(wrap('word '.repeat(1_000_000))), name)
  const words =
    text.kind === 'reading'
      ? text.pages[0]!.lines[0]!.words.length
      : (text.kind === 'plain' ? text.text : text.transcript.text).trim().split(' ').length
  expect(words).toBe(1_000_000)
})
