import {existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import sharp from 'sharp'
import {describe, expect, test} from 'vitest'
import {parseReport} from '../../src/report/schema.ts'
import {flatPng, pdfOf} from '../prepare/pages.ts'
import {folder, pageImage, scanproof, start} from './command.ts'

const lines = ['Dear Mr. President:', '', 'We value the practice of exchanges of views.', 'It should be continued.']
const transcript = `${lines.join('\n')}\n`

test('a corpus is read, compared and reported; the second run reads nothing again and gives the same bytes', async () => {
  const root = folder({'scans/letter/1.png': await pageImage(lines), 'transcripts/letter.md': transcript})
  const first = await scanproof(['run', '--root', root])
  expect(first.stderr).toContain('Reading 1 page')
  expect(first.stdout).toContain('letter')
  expect(first.status).toBe(0)
  const report = parseReport(readFileSync(join(root, 'reports/report.json'), 'utf8'))
  expect(report.documents[0]?.status).toBe('compared')
  expect(report.totals.character.clean.errorRate).toBeLessThan(0.05)
  expect(readFileSync(join(root, 'reports/index.html'), 'utf8')).toContain('letter')
  expect(readFileSync(join(root, 'reports/text/letter.txt'), 'utf8')).toContain('exchanges of views')
  expect(existsSync(join(root, 'reports/text/letter.raw.txt'))).toBe(true)

  const before = readFileSync(join(root, 'reports/report.json'), 'utf8')
  const second = await scanproof(['run', '--root', root])
  expect(second.stderr).toBe('')
  expect(readFileSync(join(root, 'reports/report.json'), 'utf8')).toBe(before)
})

test('--out leaves the corpus untouched, and --json puts the report on standard output alone', async () => {
  const root = folder({'scans/letter/1.png': await pageImage(lines), 'transcripts/letter.md': transcript})
  const out = folder()
  const {stdout, status} = await scanproof(['run', '--root', root, '--out', out, '--json'])
  expect(status).toBe(0)
  expect(parseReport(stdout).documents.map(({id}) => id)).toEqual(['letter'])
  expect(readdirSync(root).sort()).toEqual(['scans', 'transcripts'])
  expect(readdirSync(out).sort()).toEqual(['recognitions', 'reports'])
})

test.each([
  ['a transcript', 'transcripts/letter.md', `${transcript}P.S.\n`],
  ['the settings', 'scanproof.config.json', '{"equality": "strict"}'],
  ['a scan more', 'scans/letter/2.png', null],
] as const)('a second run is done again where %s changed, and gives what a first would', async (_, file, content) => {
  const root = folder({'scans/letter/1.png': await pageImage(lines), 'transcripts/letter.md': transcript})
  await scanproof(['run', '--root', root])
  writeFileSync(join(root, file), content ?? (await pageImage(['Sincerely yours,'], 2)))
  const second = await scanproof(['run', '--root', root, '--json'])
  rmSync(join(root, 'reports'), {recursive: true})
  expect((await scanproof(['run', '--root', root, '--json'])).stdout).toBe(second.stdout)
})

test('a second run mends a report that was changed or taken away, and shows one that was not', async () => {
  const root = folder({'scans/letter/1.png': await pageImage(lines), 'transcripts/letter.md': transcript})
  const first = await scanproof(['run', '--root', root, '--format', 'text'])
  const page = join(root, 'reports/index.html')
  const whole = readFileSync(page, 'utf8')
  const {ino} = statSync(page)
  expect((await scanproof(['run', '--root', root])).stdout).toBe(first.stdout)
  expect(statSync(page).ino).toBe(ino)
  writeFileSync(page, 'another')
  expect((await scanproof(['run', '--root', root])).stdout).toBe(first.stdout)
  expect(readFileSync(page, 'utf8')).toBe(whole)
  rmSync(join(root, 'reports/text'), {recursive: true})
  const html = join(folder(), 'page.html')
  await scanproof(['run', '--root', root, '--format', `html:${html}`])
  expect(readFileSync(html, 'utf8')).toBe(whole)
  expect(existsSync(join(root, 'reports/text/letter.txt'))).toBe(true)
})

test('a changed scan is read again, and only that one', async () => {
  const root = folder({
    'scans/letter/1.png': await pageImage(lines),
    'scans/letter/2.png': await pageImage(['Sincerely yours,', 'M. Gorbachev']),
    'transcripts/letter.md': `${transcript}\nSincerely yours,\nM. Gorbachev\n`,
  })
  await scanproof(['run', '--root', root])
  writeFileSync(join(root, 'scans/letter/2.png'), await pageImage(['Sincerely,', 'M. Gorbachev'], 2))
  const {stderr} = await scanproof(['run', '--root', root])
  expect(stderr).toContain('Reading 1 page, 1 read before')
  expect(stderr).toContain('letter/2')
})

describe('bad scans: named page, named reason, the rest goes on, exit code 3', () => {
  test('broken files beside a good one', async () => {
    const good = await pageImage(lines)
    const jpeg = await sharp(good).jpeg().toBuffer()
    const root = folder({
      'scans/letter/1.png': good,
      'scans/letter/2.png': good.slice(0, good.length >> 1),
      'scans/letter/3.jpg': jpeg.subarray(0, jpeg.length >> 1),
      'scans/letter/4.png': 'this is a text file',
      'scans/letter/5.png': '',
      'scans/letter/6.pdf': '%PDF-1.7\nbroken',
      'scans/letter/7.png': await flatPng(20_000, 20_000),
      'scans/letter/8.png': await flatPng(30_000, 900, true),
      'scans/letter/9.jp2': new Uint8Array([0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 13, 10, 0x87, 10]),
      'scans/letter/10.pdf': pdfOf([{size: [14_400, 14_400], content: ''}]),
      'transcripts/letter.md': transcript,
    })
    const {status, stdout, stderr} = await scanproof(['run', '--root', root, '--json'])
    expect(status).toBe(3)
    expect(stderr).not.toContain('    at ')
    const {documents, verdict} = parseReport(stdout)
    expect(verdict.status).toBe('incomplete')
    expect(documents[0]?.status).toBe('incomplete')
    expect(documents[0]?.pages.find(({id}) => id === 'letter/1')?.status).toBe('compared')
    const reasons = documents[0]?.findings.filter(({severity}) => severity === 'error').map(({reason}) => reason) ?? []
    for (const file of ['2.png', '3.jpg', '4.png', '5.png', '6.pdf', '7.png', '8.png', '9.jp2', '10.pdf']) {
      expect(
        reasons.find(reason => reason.includes(file)),
        file,
      ).toBeDefined()
    }
  })

  test('a blank page and a page of one pixel are no error: there is nothing to read on them', async () => {
    const blank = (width: number) =>
      sharp({create: {width, height: width, channels: 3, background: 'white'}})
        .png()
        .toBuffer()
    const root = folder({
      'scans/letter/1.png': await pageImage(lines),
      'scans/letter/2.png': await blank(800),
      'scans/letter/3.png': await blank(1),
      'transcripts/letter.md': transcript,
    })
    const {status, stdout} = await scanproof(['run', '--root', root, '--json'])
    expect(status).toBe(0)
    expect(parseReport(stdout).documents[0]?.pages.map(page => page.status)).toEqual([
      'compared',
      'compared',
      'compared',
    ])
  })

  test('two files that claim one page', async () => {
    const image = await pageImage(lines)
    const root = folder({
      'scans/letter/1.png': image,
      'scans/letter/1.jpg': await sharp(image).jpeg().toBuffer(),
      'transcripts/letter.md': transcript,
    })
    const {status, stdout} = await scanproof(['run', '--root', root, '--json'])
    expect(status).toBe(3)
    const reason = parseReport(stdout).documents[0]?.findings[0]?.reason
    expect(reason).toContain('1.png')
    expect(reason).toContain('1.jpg')
  })
})

describe('scans and transcripts without each other are findings', () => {
  test('exit code 3, both named, the pair beside them compared', async () => {
    const image = await pageImage(lines)
    const root = folder({
      'scans/letter/1.png': image,
      'scans/lonely/1.png': image,
      'transcripts/letter.md': transcript,
      'transcripts/ghost.md': 'Nothing was scanned.\n',
    })
    const {status, stdout} = await scanproof(['run', '--root', root, '--json'])
    expect(status).toBe(3)
    const {documents} = parseReport(stdout)
    expect(documents.map(({id, status}) => [id, status])).toEqual([
      ['ghost', 'no-scan'],
      ['letter', 'compared'],
      ['lonely', 'no-transcript'],
    ])
  })
  test('a named document is judged alone', async () => {
    const image = await pageImage(lines)
    const root = folder({
      'scans/letter/1.png': image,
      'scans/lonely/1.png': image,
      'transcripts/letter.md': transcript,
    })
    expect((await scanproof(['run', 'letter', '--root', root])).status).toBe(0)
    expect((await scanproof(['run', 'lettre', '--root', root])).stderr).toContain('expected one of `letter`')
  })
})

describe('transcripts as people save them', () => {
  test.each([
    ['with a byte order mark', `\uFEFF${transcript}`, 0],
    ['with CRLF', transcript.replaceAll('\n', '\r\n'), 0],
    ['decomposed', transcript.replace('views', 'viéws').normalize('NFD'), 0],
    ['empty', '', 3],
    ['with bytes that are not UTF-8', Buffer.concat([Buffer.from(transcript), Buffer.from([0xff, 0xfe])]), 3],
    ['a draft nobody has read', `---\ndraft: true\n---\n\n${transcript}`, 3],
  ])('%s', async (_, content, expected) => {
    const root = folder({'scans/letter/1.png': await pageImage(lines), 'transcripts/letter.md': content})
    const {status, stdout, stderr} = await scanproof(['run', '--root', root, '--json'])
    expect(status, stderr).toBe(expected)
    const findings = parseReport(stdout).documents[0]?.findings ?? []
    expect(findings.some(({file}) => file === 'transcripts/letter.md')).toBe(expected === 3)
  })
})

describe('nothing that was done before is lost', () => {
  test('a reports folder that cannot be written is said before anything is read', async () => {
    const root = folder({
      'scans/letter/1.png': await pageImage(lines),
      'transcripts/letter.md': transcript,
      reports: 'a file',
    })
    const {status, stderr} = await scanproof(['run', '--root', root])
    expect(status).toBe(2)
    expect(stderr).toMatch(/Cannot write `.*reports`: a file stands where a folder is expected.*--out/)
    expect(existsSync(join(root, 'recognitions/letter'))).toBe(false)
  })

  test('a damaged recognition is read again', async () => {
    const root = folder({'scans/letter/1.png': await pageImage(lines), 'transcripts/letter.md': transcript})
    await scanproof(['run', '--root', root])
    const file = join(root, 'recognitions/letter/1.json')
    truncateSync(file, statSync(file).size >> 1)
    const {status, stderr} = await scanproof(['run', '--root', root])
    expect(status).toBe(0)
    expect(stderr).toContain('Reading 1 page')
  })

  test.each(['SIGINT', 'SIGKILL'] as const)(
    'after %s the next run goes on from the pages already read',
    async signal => {
      const files: Record<string, string | Uint8Array> = {'transcripts/letter.md': transcript}
      for (let page = 1; page <= 4; page++) files[`scans/letter/${page}.png`] = await pageImage(lines, page)
      const root = folder(files)
      const {child, ended} = start(['run', '--root', root, '--jobs', '1'])
      const done = () =>
        existsSync(join(root, 'recognitions/letter')) ? readdirSync(join(root, 'recognitions/letter')) : []
      while (!done().some(name => name.endsWith('.json')) && child.exitCode === null) await wait(20)
      child.kill(signal)
      const {status} = await ended
      expect(status).toBe(signal === 'SIGINT' ? 130 : null)
      const before = done().filter(name => name.endsWith('.json')).length
      expect(before).toBeGreaterThan(0)
      expect(before).toBeLessThan(4)
      const {stderr} = await scanproof(['run', '--root', root])
      expect(stderr).toContain(`Reading ${4 - before} page${4 - before === 1 ? '' : 's'}, ${before} read before`)
      rmSync(join(root, 'recognitions'), {recursive: true})
    },
  )
})
