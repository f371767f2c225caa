import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {mkdir, symlink, truncate, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {UserError} from '../../src/model.ts'
import {listDocuments} from '../../src/read/documents.ts'
import {readScan} from '../../src/read/scans.ts'
import {makeCorpus, makeImage, makePdf, makeTiff} from './fixtures.ts'

const png = await makeImage('png')
const jpeg = await makeImage('jpeg')
const webp = await makeImage('webp')
const avif = await makeImage('avif')
const otherPng = await makeImage('png', 99)

/** Page ids and rule ids of a corpus: what most tests are about. */
async function list(root: string): Promise<{pages: string[]; findings: string[]}> {
  const {documents, findings} = await listDocuments(root)
  return {
    pages: documents.flatMap(({pages}) => pages.map(({id}) => id)),
    findings: findings.map(({ruleId, severity, file}) => `${severity} ${ruleId} ${file}`),
  }
}

async function reasons(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  return (await listDocuments(await makeCorpus(files))).findings.map(({reason}) => reason)
}

describe('pairs', () => {
  test('a folder of scans with its transcript, in natural order', async () => {
    const root = await makeCorpus({
      'scans/b/page10.png': png,
      'scans/b/page2.jpg': jpeg,
      'scans/b/Page1.webp': webp,
      'scans/a10/1.png': png,
      'scans/a9/1.png': png,
      'transcripts/a9.md': 'a',
      'transcripts/a10.md': 'a',
      'transcripts/b.md': '---\ntitle: B\n---\n\nDear Sir',
    })
    const {documents, findings} = await listDocuments(root)
    expect(findings).toEqual([])
    expect(documents.map(({id}) => id)).toEqual(['a9', 'a10', 'b'])
    expect(documents[2]).toMatchObject({
      transcript: {document: 'b', file: 'transcripts/b.md', metadata: {title: 'B'}, text: 'Dear Sir'},
      pages: [
        {id: 'b/Page1', document: 'b', name: 'Page1', scan: {file: 'scans/b/Page1.webp', format: 'webp', frame: 0}},
        {id: 'b/page2', scan: {format: 'jpeg'}},
        {id: 'b/page10', scan: {format: 'png', sha256: createHash('sha256').update(png).digest('hex')}},
      ],
    })
  })

  test('single files, with a page for each of their images', async () => {
    const root = await makeCorpus({
      'scans/a.tif': makeTiff([{}, {subfileType: 1}, {}]),
      'scans/b.pdf': makePdf(2),
      'scans/c.PNG': png,
      'scans/d/letter.tiff': makeTiff([{}, {}]),
      'scans/d/note.tif': makeTiff([{}]),
      ...Object.fromEntries(['a', 'b', 'c', 'd'].map(id => [`transcripts/${id}.md`, 'x'])),
    })
    const {documents, findings} = await listDocuments(root)
    expect(findings).toEqual([])
    expect(documents.flatMap(({pages}) => pages.map(({id, scan}) => `${id} ${scan.frame}`))).toEqual([
      'a/1 0',
      'a/2 2',
      'b/1 0',
      'b/2 1',
      'c/1 0',
      'd/letter-1 0',
      'd/letter-2 1',
      'd/note 0',
    ])
  })

  test('names in another normal form', async () => {
    const root = await makeCorpus({
      'scans/cafe\u0301/e\u0301.png': png,
      'scans/o\u0301.png': png,
      'transcripts/caf\u00e9.md': 'a',
      'transcripts/o\u0301.md': 'a',
    })
    expect(await list(root)).toEqual({pages: ['caf\u00e9/\u00e9', '\u00f3/1'], findings: []})
  })

  test('and passes over what is no scan by custom', async () => {
    const passed = ['README.md', 'README', '.DS_Store', 'Thumbs.db', '.hidden.png', 'desktop.ini']
    const root = await makeCorpus({
      'scans/a/1.png': png,
      'transcripts/a.md': 'a',
      ...Object.fromEntries(
        passed.flatMap(name => [`scans/${name}`, `scans/a/${name}`, `transcripts/${name}`].map(file => [file, 'x'])),
      ),
    })
    expect(await list(root)).toEqual({pages: ['a/1'], findings: []})
  })

  test('and trusts content, not names', async () => {
    const root = await makeCorpus({'scans/a/1.png': jpeg, 'transcripts/a.md': 'a'})
    expect((await listDocuments(root)).documents[0]?.pages[0]?.scan.format).toBe('jpeg')
  })

  test('the same way every time', async () => {
    const root = await makeCorpus(
      Object.fromEntries(
        Array.from({length: 40}, (_, page) => [`scans/a/${page}.png`, page % 7 === 0 ? 'no image' : png]),
      ),
    )
    expect(await listDocuments(root)).toEqual(await listDocuments(root))
  })
})

describe('finds', () => {
  for (const [name, files, pages, findings] of [
    [
      'a scan without transcript and the reverse',
      {'scans/a/1.png': png, 'scans/b.pdf': makePdf(1), 'transcripts/c.md': 'x'},
      ['a/1', 'b/1'],
      [
        'error read:no-transcript scans/a',
        'error read:no-transcript scans/b.pdf',
        'error read:no-scan transcripts/c.md',
      ],
    ],
    [
      'two files for one page',
      {'scans/a/1.png': png, 'scans/a/1.jpg': jpeg, 'scans/a/2.png': otherPng, 'transcripts/a.md': 'x'},
      ['a/2'],
      ['error read:claimed-twice scans/a/1.jpg'],
    ],
    [
      'a page of a file of many and a file of the same name',
      {'scans/a/b.tif': makeTiff([{}, {}]), 'scans/a/b-2.png': png, 'transcripts/a.md': 'x'},
      ['a/b-1'],
      ['error read:claimed-twice scans/a/b-2.png'],
    ],
    [
      'a folder and a file for one document',
      {
        'scans/a/1.png': png,
        'scans/a.pdf': makePdf(1),
        'scans/b/1.png': png,
        'transcripts/a.md': 'x',
        'transcripts/b.md': 'x',
      },
      ['b/1'],
      ['error read:claimed-twice scans/a'],
    ],
    [
      'two transcripts for one document',
      {'scans/a/1.png': png, 'transcripts/a.md': 'x', 'transcripts/a.markdown': 'x'},
      ['a/1'],
      ['error read:claimed-twice transcripts/a.markdown'],
    ],
    [
      'text under the name of an image',
      {'scans/a/1.png': 'Dear Sir', 'scans/a/2.png': png, 'transcripts/a.md': 'x'},
      ['a/2'],
      ['error read:not-a-scan scans/a/1.png'],
    ],
    [
      'an empty file',
      {'scans/a/1.png': '', 'scans/a/2.png': png, 'transcripts/a.md': 'x'},
      ['a/2'],
      ['error read:empty-file scans/a/1.png'],
    ],
    [
      'a TIFF that breaks off, and keeps the pages before',
      {'scans/a/1.tif': makeTiff([{}, {}, {}]).subarray(0, 40), 'transcripts/a.md': 'x'},
      ['a/1-1'],
      ['error read:broken-file scans/a/1.tif'],
    ],
    [
      'a TIFF that ends with its header',
      {'scans/a/1.tif': makeTiff([{}]).subarray(0, 8), 'scans/a/2.png': png, 'transcripts/a.md': 'x'},
      ['a/2'],
      ['error read:broken-file scans/a/1.tif'],
    ],
    [
      'a PDF that breaks off',
      {'scans/a.pdf': makePdf(2).subarray(0, 60), 'scans/b.png': png, 'transcripts/a.md': 'x', 'transcripts/b.md': 'x'},
      ['b/1'],
      ['error read:broken-file scans/a.pdf'],
    ],
    [
      'a PDF without a page',
      {'scans/a.pdf': makePdf(0), 'transcripts/a.md': 'x'},
      [],
      ['error read:broken-file scans/a.pdf'],
    ],
    [
      'an encrypted PDF',
      {'scans/a.pdf': makePdf(1, {encrypted: true}), 'transcripts/a.md': 'x'},
      [],
      ['error read:encrypted-file scans/a.pdf'],
    ],
    [
      'formats that cannot be read, by name and by content',
      {
        'scans/a/1.jpm': 'x',
        'scans/a/2.heic': 'x',
        'scans/a/3.bmp': 'x',
        'scans/a/4.png': avif,
        'transcripts/a.md': 'x',
      },
      [],
      [1, 2, 3, 4].map(
        page => `error read:unreadable-format scans/a/${page}.${['jpm', 'heic', 'bmp', 'png'][page - 1]}`,
      ),
    ],
    [
      'files and folders that do not belong',
      {
        'scans/a/1.png': png,
        'scans/a/notes.txt': 'x',
        'scans/a/1.png.bak': png,
        'scans/a/old/1.png': png,
        'transcripts/a.md': 'x',
        'transcripts/a.txt': 'x',
      },
      ['a/1'],
      [
        'warning read:unknown-file scans/a/1.png.bak',
        'warning read:unknown-file scans/a/notes.txt',
        'warning read:nested-folder scans/a/old',
        'warning read:unknown-file transcripts/a.txt',
      ],
    ],
    [
      'a page copied under another name',
      {'scans/a/1.png': png, 'scans/a/2.png': png, 'transcripts/a.md': 'x'},
      ['a/1', 'a/2'],
      ['warning read:same-scan scans/a/2.png'],
    ],
    [
      'what is wrong with a transcript',
      {'scans/a/1.png': png, 'transcripts/a.md': ''},
      ['a/1'],
      ['error read:empty-transcript transcripts/a.md'],
    ],
    [
      'names that would break a line or a path',
      {
        'scans/a/1\n.png': png,
        'scans/a/2\\3.png': png,
        'scans/a/\u202egnp.4.png': png,
        'scans/a/..5.png': png,
        'scans/a/6..7.png': png,
        'transcripts/a.md': 'x',
      },
      ['a/6..7'],
      [
        'error read:hostile-name scans/a/1\n.png',
        'error read:hostile-name scans/a/2\\3.png',
        'error read:hostile-name scans/a/\u202egnp.4.png',
      ],
    ],
  ] as const) {
    test(name, async () => {
      expect(await list(await makeCorpus(files))).toEqual({pages, findings})
    })
  }

  test('an empty folder of a document', async () => {
    const root = await makeCorpus({'scans/a/1.png': png, 'transcripts/a.md': 'x', 'transcripts/b.md': 'x'})
    await mkdir(join(root, 'scans/b'))
    expect(await list(root)).toEqual({
      pages: ['a/1'],
      findings: ['error read:no-scan scans/b', 'error read:no-scan transcripts/b.md'],
    })
  })

  test('links that lead out of the corpus or nowhere, and follows those that stay', async () => {
    const outside = await makeCorpus({'1.png': png})
    const root = await makeCorpus({'scans/a/1.png': png, 'images/5.png': otherPng, 'transcripts/a.md': 'x'})
    await symlink(join(outside, '1.png'), join(root, 'scans/a/2.png'))
    await symlink('../../nowhere.png', join(root, 'scans/a/3.png'))
    await symlink(outside, join(root, 'scans/b'))
    await symlink('../../images/5.png', join(root, 'scans/a/4.png'))
    await symlink(join(outside, '1.png'), join(root, 'transcripts/c.md'))
    expect(await list(root)).toEqual({
      pages: ['a/1', 'a/4'],
      findings: [
        'error read:link-leads-out scans/a/2.png',
        'error read:broken-link scans/a/3.png',
        'error read:link-leads-out scans/b',
        'error read:link-leads-out transcripts/c.md',
      ],
    })
  })

  test.skipIf(process.platform === 'win32')('what is neither file nor folder, and does not wait for it', async () => {
    const root = await makeCorpus({'scans/a/1.png': png, 'transcripts/a.md': 'x'})
    execFileSync('mkfifo', [join(root, 'scans/a/2.png'), join(root, 'transcripts/b.md')])
    expect((await list(root)).findings).toEqual([
      'error read:special-file scans/a/2.png',
      'error read:special-file transcripts/b.md',
    ])
  })
})

describe('says', () => {
  test('both files, what was expected and what mends it', async () => {
    expect(await reasons({'scans/a/1.png': png, 'scans/a/1.jpg': jpeg, 'transcripts/a.md': 'x'})).toEqual([
      'Unexpected `scans/a/1.jpg` and `scans/a/1.png` for one page `a/1`, expected one of them, take away or rename the rest',
    ])
  })

  test('how to decrypt', async () => {
    expect(await reasons({'scans/a.pdf': makePdf(1, {encrypted: true}), 'transcripts/a.md': 'x'})).toEqual([
      'Cannot open `scans/a.pdf` without its password, expected a PDF that is not encrypted, decrypt it (`qpdf --password=… --decrypt in.pdf out.pdf`)',
    ])
  })

  test('what to convert', async () => {
    expect(await reasons({'scans/a/1.heic': 'x', 'transcripts/a.md': 'x'})).toEqual([
      'Cannot read HEIC yet (`scans/a/1.heic`), expected PNG, JPEG, JPEG 2000, TIFF, WebP or PDF, convert it to PNG or TIFF',
    ])
  })

  test('names with control characters without them', async () => {
    const [reason] = await reasons({'scans/a/1\n\u001b[31m.png': png, 'scans/a/2.png': png, 'transcripts/a.md': 'x'})
    expect(reason).toContain('`scans/a/1\\u{a}\\u{1b}[31m.png`')
  })
})

describe('refuses', () => {
  test('a corpus without scans', async () => {
    const empty = await makeCorpus({'transcripts/a.md': 'x'})
    await expect(listDocuments(empty)).rejects.toThrow(UserError)
    await expect(listDocuments(empty)).rejects.toThrow('`scanproof init`')
    await mkdir(join(empty, 'scans'))
    await expect(listDocuments(empty)).rejects.toThrow('`scans/<document>/`')
  })

  test('a folder that is not there', async () => {
    await expect(listDocuments('/nowhere/at/all')).rejects.toThrow('Cannot find the folder `/nowhere/at/all`')
  })

  test('scans that are a link out of the corpus, and says so', async () => {
    const outside = await makeCorpus({'a/1.png': png})
    const root = await makeCorpus({'transcripts/a.md': 'x'})
    await symlink(outside, join(root, 'scans'))
    await expect(listDocuments(root)).rejects.toThrow('Unexpected link `scans` that leads out')
  })
})

describe('readScan', () => {
  test('gives the bytes that were listed', async () => {
    const root = await makeCorpus({'scans/a/1.png': png, 'transcripts/a.md': 'x'})
    const [page] = (await listDocuments(root)).documents[0]!.pages
    expect(Buffer.compare(await readScan(root, page!.scan), png)).toBe(0)
  })

  test('refuses a file that changed, went or leads out', async () => {
    const root = await makeCorpus({'scans/a/1.png': png, 'transcripts/a.md': 'x'})
    const {scan} = (await listDocuments(root)).documents[0]!.pages[0]!
    await expect(readScan(root, {...scan, file: '../x'})).rejects.toThrow(UserError)
    await expect(readScan(join(root, 'scans'), {...scan, file: '../transcripts/a.md'})).rejects.toThrow('leads out')
    await writeFile(join(root, scan.file), otherPng)
    await expect(readScan(root, scan)).rejects.toThrow('Unexpected change of `scans/a/1.png`')
    await truncate(join(root, scan.file))
    await expect(readScan(root, {...scan, file: 'scans/a/2.png'})).rejects.toThrow('ENOENT')
  })
})

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
describe.skipIf(!existsSync(corpus))('the measured corpus (needs ../shared)', () => {
  test('lists whole', async () => {
    const {documents, findings} = await listDocuments(corpus)
    expect(findings).toEqual([])
    expect(documents.map(({id, pages}) => `${id} ${pages.length}`)).toEqual([
      'executive-order-9066 1',
      'executive-order-9981 1',
      'legation-1939-04-04 3',
      'legation-1939-05-19 4',
      'legation-1943-01-27 3',
      'nsdd222 9',
      'nsdd236 3',
    ])
  })
})
