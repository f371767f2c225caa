import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {renderPage} from '../../src/cli/page-files.ts'
import type {Preview} from '../../src/model.ts'
import {buildReport} from '../report/fixture.ts'
import {letters} from '../report/samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'scanproof-page-files-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))

const {report} = buildReport(letters)
const picture = Buffer.from('a picture').toString('base64')
const previews = new Map<string, Preview>(
  report.documents.flatMap(({pages}) =>
    pages.map(({id}) => [id, {mime: 'image/webp', base64: picture, width: 1, height: 1}] as const),
  ),
)
const isWithin = (page: string) => page.includes(`data:image/webp;base64,${picture}`)

test('pictures that are too many for one file lie beside it, and go when there is room; what else lies there stays', () => {
  const file = join(folder, 'report.html')
  const beside = join(folder, 'report-files')
  mkdirSync(beside)
  writeFileSync(join(beside, 'mine.txt'), '')
  const split = renderPage(file, report, previews, {most: 10})
  const [name] = readdirSync(beside).filter(name => name !== 'mine.txt')
  expect([isWithin(split), split.includes(`href="report-files/${name}"`)]).toEqual([false, true])
  expect(readFileSync(join(beside, name!), 'utf8')).toBe('a picture')
  expect(isWithin(renderPage(file, report, previews))).toBe(true)
  expect(readdirSync(beside)).toEqual(['mine.txt'])
  rmSync(beside, {recursive: true})
  renderPage(file, report, previews, {most: 10})
  renderPage(file, report, previews)
  expect(existsSync(beside)).toBe(false)
})

test('a page for another program holds its pictures', () => {
  expect(isWithin(renderPage(null, report, previews, {most: 10}))).toBe(true)
})
