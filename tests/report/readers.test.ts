import {describe, expect, test} from 'vitest'
import type {PageReader, Report} from '../../src/model.ts'
import {renderHtml} from '../../src/report/html/render.ts'
import {renderJson} from '../../src/report/json.ts'
import {readersOf} from '../../src/report/readers.ts'
import {parseReport} from '../../src/report/schema.ts'
import {renderTerminal} from '../../src/report/terminal.ts'
import {displayWidth} from '../../src/report/width.ts'
import {assets} from './assets.ts'
import {buildReport} from './fixture.ts'
import {attack, letters} from './samples.ts'

const own: PageReader = {name: 'tesseract.js', version: '7.0.0', model: 'eng'}

/** The report, its first page read by this, all others by our own. */
function readBy(first: PageReader | null): Report {
  const {report} = buildReport(letters)
  let isFirst = true
  const documents = report.documents.map(document => ({
    ...document,
    pages: document.pages.map(page => {
      const engine = isFirst ? first : own
      isFirst = false
      return {...page, engine}
    }),
  }))
  return {...report, documents}
}

describe('who read a page', () => {
  const alto: PageReader = {name: 'imported:alto', version: 'ABBYY 15', model: ''}
  const mixed = readBy(alto)
  const count = mixed.documents.flatMap(({pages}) => pages).length - 1

  test('is told of each page, and of all where they differ; in JSON, HTML and on a terminal', () => {
    expect(readersOf(mixed)).toEqual([
      {name: 'tesseract.js 7.0.0 eng', pages: count},
      {name: 'imported:alto ABBYY 15', pages: 1},
    ])
    expect(parseReport(renderJson(mixed)).documents[0]?.pages[0]?.engine).toEqual(alto)
    const html = renderHtml(mixed, {previews: new Map(), assets})
    expect(html).toContain(`Read: ${count} pages by tesseract.js 7.0.0 eng, 1 page by imported:alto ABBYY 15.`)
    expect(html).toContain('<span>by <bdi>imported:alto ABBYY 15</bdi></span>')
    const wide = renderTerminal(mixed, {color: false, width: 140})
    expect(wide).toContain(`read ${count} pages by tesseract.js 7.0.0 eng, 1 page by imported:alto ABBYY 15`)
    const narrow = renderTerminal(mixed, {color: false, width: 40}).split('\n')
    expect(narrow.slice(1, 5).join(' ')).toContain('read 1 page by imported:alto')
    expect(narrow.filter(line => displayWidth(line) > 40)).toEqual([])
  })

  test('is told once where all pages have one', () => {
    expect(renderTerminal(readBy(own), {color: false, width: 140})).toContain('read by tesseract.js 7.0.0 eng\n')
    expect(renderHtml(readBy(own), {previews: new Map(), assets})).not.toContain('Read: ')
  })

  test('is nobody for a page that failed, and unknown in reports of older versions', () => {
    expect(parseReport(renderJson(readBy(null))).documents[0]?.pages[0]?.engine).toBeNull()
    const {report} = buildReport(letters)
    expect(readersOf(report)).toEqual([])
    expect(parseReport(renderJson(report)).documents[0]?.pages[0]?.engine).toBeUndefined()
  })

  test('is untrusted', () => {
    const report = readBy({name: 'imported:hocr', version: `<i>mark${attack.terminal}`, model: ''})
    expect(renderHtml(report, {previews: new Map(), assets})).not.toContain('<i>mark')
    expect(renderTerminal(report, {color: false, width: 140})).not.toMatch(/[\0-\x09\x0b-\x1f]/)
  })
})
