import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {setTimeout as wait} from 'node:timers/promises'
import {describe, expect, onTestFinished, test, vi} from 'vitest'
import {parseReport} from '../../src/report/schema.ts'
import {folder, pageImage, scanproof, start} from './command.ts'

const lines = ['Dear Mr. President:', '', 'We value the practice of exchanges of views.', 'It should be continued.']
const transcript = `${lines.join('\n')}\n`

/** A corpus of one letter of so many pages. */
async function letter(pages: number): Promise<string> {
  const files: Record<string, string | Uint8Array> = {'transcripts/letter.md': transcript}
  for (let page = 1; page <= pages; page++) files[`scans/letter/${page}.png`] = await pageImage(lines, page)
  return folder(files)
}

const stored = (root: string) => {
  const place = join(root, 'recognitions/letter')
  return existsSync(place) ? readdirSync(place).sort() : []
}

/** Mount a disk of so many kB on a new folder; null where that is not allowed, as mostly it is to root alone. */
function smallDisk(place: string, size: number): boolean {
  mkdirSync(place, {recursive: true})
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', place], {stdio: 'ignore'})
  } catch {
    return false
  }
  onTestFinished(() => {
    execFileSync('umount', [place])
  })
  return true
}

describe('a full disk', () => {
  test('pages that cannot be stored are named, all others go on, and the next run reads only those', async context => {
    const root = await letter(2)
    if (!smallDisk(join(root, 'recognitions'), 4)) return context.skip('no disk may be mounted here')
    const {status, stdout, stderr} = await scanproof(['run', '--root', root, '--json'])
    expect(status, stderr).toBe(3)
    const {documents} = parseReport(stdout)
    const full = documents[0]?.findings.filter(({ruleId}) => ruleId === 'recognize:not-stored') ?? []
    const kept = stored(root)
    expect(kept.every(name => /^\d\.json$/.test(name))).toBe(true)
    expect(full.map(({page}) => `${page?.split('/')[1]}.json`)).toEqual(
      ['1.json', '2.json'].filter(name => !kept.includes(name)),
    )
    expect(full.length).toBeGreaterThan(0)
    expect(full[0]?.reason).toMatch(/^Cannot write `recognitions\/letter\/\d\.json`: the disk is full.*--out/)
    // What was read is compared all the same.
    expect(documents[0]?.pages.map(({status}) => status)).toEqual(['compared', 'compared'])

    const again = await scanproof(['run', '--root', root])
    expect(again.stderr).toContain(`Reading ${full.length} page`)
  })

  test('where there is no room for the report it says so, and keeps what was read', async context => {
    const root = await letter(1)
    if (!smallDisk(join(root, 'reports'), 4)) return context.skip('no disk may be mounted here')
    const {status, stderr} = await scanproof(['run', '--root', root])
    expect(status).toBe(2)
    expect(stderr).toMatch(/Cannot write `.*reports.*`: the disk is full/)
    expect(stored(root)).toEqual(['1.json'])
  })
})

describe('an engine that fails', () => {
  test('one that gives no answer in time: each page is named, with the reason, and the run ends', async () => {
    const root = await letter(2)
    writeFileSync(join(root, 'scanproof.config.json'), '{"pageTimeout": 0.001}')
    const {status, stdout} = await scanproof(['run', '--root', root, '--json'])
    expect(status).toBe(3)
    const findings = parseReport(stdout).documents[0]?.findings.filter(({severity}) => severity === 'error') ?? []
    expect(findings.map(({page}) => page)).toEqual(['letter/1', 'letter/2'])
    expect(findings[0]?.reason).toContain('no answer within 0.001 seconds')
  })

  test('a model that is missing is said before anything is read', async () => {
    const root = await letter(1)
    const {status, stderr} = await scanproof(['run', '--root', root, '--tessdata', join(root, 'scans')])
    expect(status).toBe(2)
    expect(stderr).toMatch(/Missing model for `eng`, expected `.*eng\.traineddata`/)
    expect(stored(root)).toEqual([])
  })
})

describe('a run that is stopped', () => {
  test.each([
    ['at once', 0],
    ['while it loads', 250],
    ['while it reads', 700],
  ])('by Ctrl-C %s leaves nothing half-written', async (_, milliseconds) => {
    const root = await letter(2)
    const {child, ended} = start(['run', '--root', root, '--jobs', '2'])
    await wait(milliseconds)
    child.kill('SIGINT')
    const {status, stderr} = await ended
    // Before the program has begun to listen, the signal itself ends it.
    expect([130, null], stderr).toContain(status)
    for (const name of stored(root)) {
      expect(name).toMatch(/^\d\.json$/)
      JSON.parse(readFileSync(join(root, 'recognitions/letter', name), 'utf8'))
    }
    expect(existsSync(join(root, 'reports/report.json'))).toBe(false)
  })

  test.each([
    ['before a report of what was read is written', ['run']],
    ['before a file of the export is', ['export', '--format', 'pdf', '--format', 'alto']],
  ] as const)('%s ends with 130 and leaves none', async (_, [command, ...flags]) => {
    // Nothing is left for an engine, so the signal is heard where nothing is read.
    const root = folder({'scans/letter/1.png': await pageImage(lines), 'recognitions/letter/1.txt': transcript})
    const {main} = await import('../../src/cli/main.ts')
    // Loaded beforehand: a command that takes too long to stop is left where it is.
    await Promise.all([import('../../src/cli/run.ts'), import('../../src/cli/export.ts')])
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    onTestFinished(() => said.mockRestore())
    expect(await main([command, '--root', root, ...flags], AbortSignal.abort())).toBe(130)
    expect(said.mock.calls.join('')).toContain('Interrupted')
    const left = readdirSync(join(root, 'reports'), {recursive: true, withFileTypes: true})
    expect(left.filter(entry => entry.isFile()).map(({name}) => name)).toEqual([])
  })

  test('asked twice, it does not wait', async () => {
    const root = await letter(3)
    const {child, ended} = start(['run', '--root', root, '--jobs', '1'])
    await new Promise(resolve => child.stderr?.once('data', resolve))
    child.kill('SIGTERM')
    child.kill('SIGINT')
    expect((await ended).status).toBe(130)
    expect(existsSync(join(root, 'reports/report.json'))).toBe(false)
  })

  test('what a killed run left half-written is no reading, and is cleared away', async () => {
    const root = await letter(1)
    const name = '1.json.01234567-89ab-4cde-8f01-23456789abcd.tmp'
    const left = join(root, 'recognitions/letter', name)
    mkdirSync(join(root, 'recognitions/letter'), {recursive: true})
    writeFileSync(left, '{"schemaVersion":1,')
    writeFileSync(join(root, 'recognitions/letter/notes.tmp'), 'mine')
    const old = Date.now() / 1000 - 3600
    utimesSync(left, old, old)
    const {status} = await scanproof(['run', '--root', root])
    expect(status).toBe(0)
    expect(stored(root)).toEqual(['1.json', 'notes.tmp'])
  })
})
