import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {folder, pageImage, scanproof} from './command.ts'

const text = 'We value the practice of exchanges of views.'

test('what was read is written in every format, and read again gives the same; no transcript is needed', async () => {
  const root = folder({'scans/letter/1.png': await pageImage([text]), 'recognitions/letter/1.txt': text})
  const formats = ['hocr', 'alto', 'page', 'tsv', 'txt', 'pdf'].flatMap(name => ['--format', name])
  const {status, stdout, stderr} = await scanproof(['export', '--root', root, ...formats])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(
    stdout
      .trim()
      .split('\n')
      .map(line => line.replace(/^.*export\//, '')),
  ).toEqual([
    'hocr/letter.hocr',
    'alto/letter/1.xml',
    'page/letter/1.xml',
    'tsv/letter.tsv',
    'txt/letter.txt',
    'pdf/letter.pdf',
  ])
  const exported = join(root, 'reports/export')
  const first = readFileSync(join(exported, 'hocr/letter.hocr'), 'utf8')
  // The formats are read again one by one in tests/export.
  for (const name of ['alto']) {
    const out = folder()
    const args = ['export', '--root', root, '--out', out, '--readings', join(exported, name), '--format', 'txt']
    expect((await scanproof(args)).status, name).toBe(0)
    expect(readFileSync(join(out, 'reports/export/txt/letter.txt'), 'utf8')).toBe(`${text}\n`)
  }
  expect(first).toContain('>practice</span>')
})

test('a document with a page that cannot be read is left out, named, and exit code 3; usage is 2', async () => {
  const root = folder({
    'scans/letter/1.png': await pageImage([text]),
    'scans/other/1.png': await pageImage([text], 2),
    'recognitions/letter/1.txt': text,
    'recognitions/other/1.txt': text,
  })
  writeFileSync(join(root, 'recognitions/other/1.xml'), '<alto')
  const {status, stderr} = await scanproof(['export', '--root', root, '--format', 'tsv'])
  expect(status).toBe(3)
  expect(stderr).toContain('other/1: ')
  expect(existsSync(join(root, 'reports/export/tsv/letter.tsv'))).toBe(true)
  expect(existsSync(join(root, 'reports/export/tsv/other.tsv'))).toBe(false)
  expect((await scanproof(['export', '--root', root])).stderr).toContain('expected one of hocr, alto')
  expect((await scanproof(['export', '--root', root, '--format', 'docx'])).status).toBe(2)
})
