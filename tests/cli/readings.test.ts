import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {parseReport} from '../../src/report/schema.ts'
import {folder, pageImage, scanproof} from './command.ts'

const text = 'We value the practice of exchanges of views.'

test('where all pages are imported no engine is needed; a changed reading is compared anew; a bad one is exit code 3', async () => {
  const root = folder({
    'scans/letter/1.png': await pageImage([text]),
    'transcripts/letter.md': `${text}\n`,
    'recognitions/letter/1.txt': text,
  })
  const run = () => scanproof(['run', '--root', root, '--engine', 'tesseract-cli', '--json'], '', {PATH: '/nowhere'})
  const first = await run()
  expect(first.stderr).toBe('')
  expect(first.status).toBe(0)
  const {engine, totals, documents} = parseReport(first.stdout)
  expect(engine.name).toBe('imported:text')
  expect(totals.character.clean.errorRate).toBe(0)
  expect(documents[0]?.status).toBe('compared')
  expect((await run()).stdout).toBe(first.stdout)

  writeFileSync(join(root, 'recognitions/letter/1.txt'), text.replace('practice', 'pract1ce'))
  const second = parseReport((await run()).stdout)
  expect(second.documents[0]?.differences).toMatchObject([
    {hypothesis: 'pract1ce', scan: {page: 'letter/1', box: null}},
  ])

  writeFileSync(join(root, 'recognitions/letter/1.xml'), '<alto')
  const third = await run()
  expect(third.status).toBe(3)
  expect(parseReport(third.stdout).documents[0]?.status).toBe('incomplete')
  expect(readFileSync(join(root, 'reports/index.html'), 'utf8')).toContain('1.xml')
})

test('--readings names what another program read, seen from here', async () => {
  const other = folder({'engine/letter.txt': text.replace('views', 'news')})
  const root = folder({'scans/letter/1.png': await pageImage([text]), 'transcripts/letter.md': `${text}\n`})
  const run = () => scanproof(['run', '--root', root, '--readings', join(other, 'engine'), '--json'])
  const {status, stdout} = await run()
  expect(status).toBe(0)
  expect(parseReport(stdout).documents[0]?.differences).toMatchObject([{hypothesis: 'news.'}])
  writeFileSync(join(other, 'engine/letter.txt'), text)
  expect(parseReport((await run()).stdout).documents[0]?.differences).toEqual([])
  expect((await scanproof(['run', '--root', root, '--readings', join(other, 'none')])).status).toBe(2)
})
