import {createHash} from 'node:crypto'
import fc from 'fast-check'
import {type DefaultTreeAdapterTypes, parse} from 'parse5'
import {describe, expect, test} from 'vitest'
import type {Difference, DocumentReport, DrawnPart, Edit, PageReport, Preview, Report} from '../../src/model.ts'
import {anchor, html, shown} from '../../src/report/html/markup.ts'
import {renderHtml} from '../../src/report/html/render.ts'
import {textMarkup} from '../../src/report/html/text.ts'
import {type Anchored, viewsOf} from '../../src/report/html/views.ts'
import {assets} from './assets.ts'
import {buildReport} from './fixture.ts'
import {attack, hostileDocuments, letters, manyPages} from './samples.ts'

type Element = DefaultTreeAdapterTypes.Element
type Node = DefaultTreeAdapterTypes.Node

const {report} = buildReport(letters)
const picture: Preview = {mime: 'image/jpeg', base64: 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=', width: 2, height: 2}
const previews = new Map([[report.documents[0]!.pages[0]!.id, picture]])
const text = renderHtml(report, {previews, assets})
const tree = elements(parse(text))

describe('renderHtml', () => {
  test('same report, same bytes', () => {
    expect(renderHtml(structuredClone(report), {previews, assets})).toBe(text)
  })

  test('holds each picture once, and shows crops of it', () => {
    expect(text.split(picture.base64)).toHaveLength(2)
    const id = attribute(tree.find(({tagName}) => tagName === 'image')!, 'id')
    const uses = tree.filter(element => element.tagName === 'use' && attribute(element, 'href') === `#${id}`)
    const shown = report.documents[0]!.differences.filter(({scan}) => scan?.page === `${report.documents[0]!.id}/1`)
    expect(uses.length).toBeGreaterThanOrEqual(shown.length)
  })

  test('names nothing outside of itself', () => {
    expect(text.replace(/\b(?:create|revoke)ObjectURL/g, '')).not.toMatch(/https?:|\/\/[a-z]|@import|url\(/i)
    const links = tree.flatMap(element => attribute(element, 'href') ?? attribute(element, 'src') ?? [])
    expect(links.filter(link => !link.startsWith('#') && !link.startsWith('data:image/jpeg;base64,'))).toEqual([
      'data:,',
    ])
  })

  test('every id is used once and every link leads to one', () => {
    const ids = tree.flatMap(element => attribute(element, 'id') ?? [])
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    const targets = tree
      .filter(({tagName}) => tagName === 'a')
      .map(element => attribute(element, 'href')!.slice(1))
      .concat(tree.flatMap(element => attribute(element, 'data-d') ?? []))
      .concat(tree.flatMap(element => attribute(element, 'aria-labelledby') ?? []))
    expect(targets.filter(id => !ids.includes(id))).toEqual([])
    expect(targets.length).toBeGreaterThan(50)
  })

  test('a difference is linked by its own id, the second of two equal ones gets a number', () => {
    const [first, second] = [report.documents[0]!, report.documents[2]!]
    const same = {...second.differences[0]!, id: first.differences[0]!.id}
    const documents = [first, {...second, differences: [same]}]
    const text = renderHtml({...report, documents}, {previews, assets})
    expect(text).toContain(`id="d-${same.id}"`)
    expect(text).toContain(`id="d-${same.id}.2"`)
  })

  test.each([
    ['line feeds', assets],
    ['carriage returns', {script: assets.script.replace(/\n/g, '\r\n'), style: assets.style.replace(/\n/g, '\r\n')}],
  ])('the policy allows this script and this style only, written with %s', (_, assets) => {
    const tree = elements(parse(renderHtml(report, {previews, assets})))
    const policy = tree.flatMap(element =>
      attribute(element, 'http-equiv') === 'Content-Security-Policy' ? attribute(element, 'content')! : [],
    )
    const script = tree.findLast(({tagName}) => tagName === 'script')
    const [style] = tree.filter(({tagName}) => tagName === 'style')
    expect(policy).toEqual([
      `default-src 'none'; img-src data:; style-src ${hash(content(style!))}; script-src ${hash(content(script!))}; base-uri 'none'; form-action 'none'`,
    ])
  })

  test.each(['</script>', '</STYLE >', '<!-- x'])('an asset that would end early is refused: %s', asset => {
    expect(() => renderHtml(report, {previews, assets: {...assets, script: `'${asset}'`}})).toThrow(/inline an asset/)
  })

  test('figures are those of the report', () => {
    const cells = tree.filter(element => attribute(element, 'class') === 'after').map(element => content(element))
    expect(cells[0]).toBe('0.74 %')
    expect(content(tree.find(({tagName}) => tagName === 'dl')!)).toMatch(/^CER4.46 % → +0.74 %/)
  })

  test('bars are as long as the rates beside them, against the greatest of the table', () => {
    const [first] = report.documents
    const rates = first!.pages.map(({counts}) => counts!.character)
    const greatest = rates[0]!.raw.errorRate!
    const bars = within(elements(within(tree, 'section', 'document')[0]!), 'svg', 'bars')
    const widths = bars.map(svg => elements(svg).map(bar => Number(attribute(bar, 'width'))))
    const expected = rates.map(({raw, clean}) => [raw, clean].map(({errorRate}) => (errorRate! / greatest) * 100))
    expect(widths.map(pair => pair.map(Math.round))).toEqual(expected.map(pair => pair.map(Math.round)))
  })

  test('says why there is no rate', () => {
    const [document] = report.documents
    const rate = {correct: 0, substitutions: 0, insertions: 3, deletions: 0, reference: 0, errorRate: null}
    const totals = {character: {raw: rate, clean: rate}, word: {raw: rate, clean: rate}}
    const text = renderHtml({...report, documents: [{...document!, totals}]}, {previews, assets})
    expect(text).toContain('–</span> <small>the transcript has no text here, so that no rate is defined</small>')
  })

  test.each([
    ['a page that was not read', 'This page could not be read; see the findings.'],
    ['a page without a picture', 'The report holds no picture of this page.'],
    ['a document without transcript', 'No transcript'],
    ['a distance that is not proven least', 'not proven least'],
    ['a page without a difference', 'No difference on this page.'],
  ])('says what it cannot show: %s', (_, sentence) => {
    const same = buildReport([...letters, {id: 'same', title: null, pages: [{name: '1', text: 'All is well.'}]}]).report
    expect(renderHtml(same, {previews, assets})).toContain(sentence)
  })

  test('a finding leads to its page', () => {
    const [finding] = within(tree, 'ul', 'findings')
      .flatMap(elements)
      .filter(({tagName}) => tagName === 'a')
    const id = attribute(finding!, 'href')!.slice(1)
    const page = tree.find(element => element.tagName === 'article' && attribute(element, 'id') === id)!
    expect(content(page)).toContain('Page 3')
    expect(content(page)).toContain('This page could not be read')
  })

  test('what is on no page is shown all the same', () => {
    const [document] = report.documents
    const without = {...document!, pages: []}
    const text = renderHtml({...report, documents: [without]}, {previews, assets})
    expect(text).toContain('On no page')
    for (const {id} of without.differences) expect(text).toContain(`id="d-${id}"`)
  })

  test('a large report keeps its pages in noscript, with the same content', () => {
    const large = buildReport(manyPages(1, 101, 2)).report
    const small = {...large, documents: large.documents.map(keepPages(100))}
    const inNoscript = (text: string) => elements(parse(text)).filter(({tagName}) => tagName === 'noscript').length
    const largeText = renderHtml(large, {previews, assets})
    const smallText = renderHtml(small, {previews, assets})
    expect([inNoscript(largeText), inNoscript(smallText)]).toEqual([1 + 2 * 101, 0])
    const lists = (text: string) => text.match(/<ol class="differences">[\s\S]*?<\/ol>/g)!
    expect(lists(largeText).slice(0, 100)).toEqual(lists(smallText).slice(0, 100))
  })
})

describe('text beside the scan', () => {
  test.each(letters.map((document, index) => [document.id, index] as const))(
    '%s: without what was read it is the transcript',
    (_, index) => {
      const document = report.documents[index]!
      const side = document.transcript === null ? 'hypothesis' : 'reference'
      const expected = document.drawn.map(part => part[side]).join('')
      const texts = within(tree, 'section', 'document')[index]!
      const paragraphs = within(elements(texts), 'div', 'text')
        .flatMap(elements)
        .filter(({tagName}) => tagName === 'p')
      const drawn = paragraphs.map(element => content(element, ({tagName}) => tagName === 'ins' || tagName === 's'))
      expect(words(drawn.join(' '))).toEqual(words(expected))
    },
  )

  test('what cleanup took out stands where it stood', () => {
    const [first] = within(tree, 'div', 'text')
    expect(content(first!)).toMatch(/^SECRETNovember 22, 1984/)
    expect(content(first!)).toMatch(/Chernenko.DECLASSIFIED\/Released NLS MR 2000-004 #5I'm pleased/)
  })

  test.each([
    ['only in white space', 'a', 'a ', 'a', 'a␣'],
    ['a blank that is not there', ' ', '', '␣', ''],
    ['a line end inside', 'a b', 'a\nc', 'a b', 'a↵c'],
    ['white space around', 'ab', ' ac\n', 'ab', 'ac'],
    ['a whole word', 'ab', 'xy', 'ab', 'xy'],
  ])('a difference %s can be seen', (_, reference, hypothesis, left, right) => {
    const tree = elements(parse(renderHtml(oneDifference({reference, hypothesis}), {previews: new Map(), assets})))
    const mark = within(tree, 'a', 'mark')[0]!
    const sides = elements(mark).filter(({tagName}) => tagName === 'del' || tagName === 'ins')
    expect(sides.map(side => content(side))).toEqual([left, right].filter(side => side !== ''))
  })

  test('the characters in which the sides part are set off', () => {
    const tree = elements(
      parse(renderHtml(oneDifference({reference: 'them.', hypothesis: 'thern.'}), {previews: new Map(), assets})),
    )
    const item = within(tree, 'li', 'difference')[0]!
    expect(
      elements(item)
        .filter(({tagName}) => tagName === 'b')
        .map(element => content(element)),
    ).toEqual(['m', 'rn'])
  })
})

test('viewsOf: a difference that was not read is on the page where it is drawn', () => {
  const [first] = report.documents
  const differences = first!.differences.map(difference => ({...difference, scan: null}))
  const [view] = viewsOf({...report, documents: [{...first!, differences}]}, new Map())
  expect(view!.pages.map(({differences}) => differences.length)).toEqual([5, 3])
})

test('viewsOf: of two differences with one id in a document, the text leads to the first', () => {
  const [first] = report.documents
  const [one] = first!.differences
  const [view] = viewsOf({...report, documents: [{...first!, differences: [one!, one!]}]}, new Map())
  expect(view!.pages[0]!.anchors.get(one!.id)).toBe(`d-${one!.id}`)
})

test('textMarkup: words of the transcript, lines of the scan, and every cut between the words where it stood', () => {
  const separator = fc.constantFrom(' ', '\n', '\n\n')
  const word = fc.record({
    before: separator,
    read: separator,
    isCut: fc.boolean(),
    isCutEarly: fc.boolean(),
    isNewPart: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(word, {minLength: 1, maxLength: 12}), words => {
      const parts: {difference: null; reference: string; hypothesis: string; page: string; cleanStart: number}[] = []
      const edits: Anchored<Edit>[] = []
      const expected: string[] = []
      let offset = 0
      for (const [index, {before, read, isCut, isCutEarly, isNewPart}] of words.entries()) {
        const lead = index === 0 ? {before: '', read: ''} : {before, read}
        if (isCut) {
          const start = offset + (isCutEarly ? 0 : lead.read.length)
          edits.push({
            anchor: `cut-${index}`,
            item: {...report.documents[0]!.edits[0]!, cleanSpan: {start, end: start}},
          })
          expected.push(`cut-${index}`)
        }
        expected.push(`w${index}`)
        const text = {reference: `${lead.before}w${index}`, hypothesis: `${lead.read}w${index}`}
        const last = parts.at(-1)
        if (last === undefined || isNewPart) parts.push({difference: null, ...text, page: 'a/1', cleanStart: offset})
        else
          parts.splice(-1, 1, {
            ...last,
            reference: last.reference + text.reference,
            hypothesis: last.hypothesis + text.hypothesis,
          })
        offset += text.hypothesis.length
      }
      const [view] = viewsOf(report, new Map())[0]!.pages
      const tokens = linear(parse(textMarkup({...view!, parts, edits}).markup))
      expect(tokens.filter(token => !['line', 'p'].includes(token))).toEqual(expected)
      const paragraphs = words.filter(({before}, index) => index === 0 || before === '\n\n')
      expect(tokens.filter(token => token === 'p')).toHaveLength(paragraphs.length)
      for (const [index, {before, read}] of words.entries()) {
        const isLine =
          index > 0 && read !== ' ' && (before !== '\n\n' || (words[index]!.isCut && !words[index]!.isCutEarly))
        const at = tokens.indexOf(`w${index}`)
        if (isLine !== (tokens[at - 1] === 'line')) expect([tokens, isLine]).toEqual(index)
      }
    }),
    {seed: 1, numRuns: 300},
  )
})

describe('hostile text', () => {
  test('makes no element and no attribute', () => {
    const text = renderHtml(buildReport(hostileDocuments).report, {previews: new Map(), assets, title: attack.markup})
    const tree = elements(parse(text))
    const scripts = tree.filter(({tagName}) => tagName === 'script')
    expect(scripts.map(script => attribute(script, 'type') ?? 'run')).toEqual(['application/json', 'run'])
    expect(JSON.parse(content(scripts[0]!)).documents[0].title).toBe(hostileDocuments[0]!.title)
    expect(tree.filter(({tagName}) => ['img', 'i', 'iframe', 'object', 'base'].includes(tagName))).toEqual([])
    expect(tree.flatMap(({attrs}) => attrs.filter(({name}) => name.startsWith('on') || name === 'style'))).toEqual([])
    expect(content(tree.find(({tagName}) => tagName === 'title')!)).toBe(attack.markup)
    expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
  })

  test('html, shown: any text comes back out of the parser as what a person sees', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('<', '>', '&', '"', "'", '`', '=', '/', '!', '-', 'a', ' ', ';', '#', '\u202e'),
        }),
        text => {
          const visible = text.replaceAll('\u202e', '‹U+202E›')
          const page = elements(
            parse(
              html`<!doctype html><title>${text}</title><p id="x" title="${text}">${text}</p><q>${shown(text)}</q>`
                .markup,
            ),
          )
          const p = page.find(({tagName}) => tagName === 'p')!
          expect([content(p), attribute(p, 'title'), content(page.find(({tagName}) => tagName === 'title')!)]).toEqual([
            visible,
            visible,
            visible,
          ])
          expect(content(page.find(({tagName}) => tagName === 'q')!)).toBe(text.replaceAll('\u202e', 'U+202E'))
          expect(page.map(({tagName}) => tagName).filter(name => !['span'].includes(name))).toEqual([
            'html',
            'head',
            'title',
            'body',
            'p',
            'q',
          ])
        },
      ),
      {seed: 1},
    )
  })

  test('anchor: different texts, different ids; safe in an attribute and in a link', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), fc.string({unit: 'binary'}), (a, b) => {
        expect(anchor('d-', a)).toMatch(/^d-[\w.!~*'()%-]*$/)
        const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text)
        if (a !== b && isWellFormed(a) && isWellFormed(b)) expect(anchor('d-', a)).not.toBe(anchor('d-', b))
      }),
      {seed: 1},
    )
  })
})

test('viewsOf: everything is drawn once, wherever it says it is', () => {
  const page = fc.constantFrom('a/1', 'a/2', 'a/3', 'unknown', null)
  fc.assert(
    fc.property(fc.array(page), fc.array(page), fc.array(page, {minLength: 0}), (parts, differences, edits) => {
      const [first] = report.documents
      const document: DocumentReport = {
        ...first!,
        id: 'a',
        pages: ['a/1', 'a/2', 'a/3'].map((id): PageReport => ({...first!.pages[0]!, id})),
        drawn: parts.map(
          (page, index): DrawnPart => ({difference: null, reference: `${index}`, hypothesis: `${index}`, page}),
        ),
        differences: differences.map(
          (page, index): Difference => ({
            ...first!.differences[0]!,
            id: `${index}`,
            scan: page === null ? null : {page, box: null, confidence: null},
          }),
        ),
        edits: edits.map((page, index) => ({...first!.edits[0]!, raw: `${index}`, pageId: page ?? ''})),
      }
      const [view] = viewsOf({...report, documents: [document]}, new Map())
      const pages = view!.pages
      expect(pages.slice(0, 3).map(view => view.page?.id)).toEqual(['a/1', 'a/2', 'a/3'])
      const sorted = (names: readonly string[]) => [...names].sort()
      const all = (count: readonly unknown[]) => sorted(count.map((_, index) => `${index}`))
      expect(sorted(pages.flatMap(view => view.parts.map(part => part.reference)))).toEqual(all(parts))
      expect(sorted(pages.flatMap(view => view.differences.map(({item}) => item.id)))).toEqual(all(differences))
      expect(sorted(pages.flatMap(view => view.edits.map(({item}) => item.raw)))).toEqual(all(edits))
    }),
    {seed: 1},
  )
})

function oneDifference({reference, hypothesis}: {reference: string; hypothesis: string}): Report {
  const {report} = buildReport([{id: 'one', title: null, pages: [{name: '1', text: 'before [x/y] after'}]}])
  const [document] = report.documents
  return {
    ...report,
    documents: [
      {
        ...document!,
        differences: [{...document!.differences[0]!, reference, hypothesis}],
        drawn: document!.drawn.map(part => (part.difference === null ? part : {...part, reference, hypothesis})),
      },
    ],
  }
}

function keepPages(count: number): (document: DocumentReport) => DocumentReport {
  return document => {
    const pages = document.pages.slice(0, count)
    const ids: readonly (string | null)[] = pages.map(page => page.id)
    return {
      ...document,
      pages,
      differences: document.differences.filter(({scan}) => ids.includes(scan?.page ?? null)),
      edits: document.edits.filter(({pageId}) => ids.includes(pageId)),
      drawn: document.drawn.filter(({page}) => ids.includes(page)),
    }
  }
}

/** Words, ids of cuts, begins of lines and of paragraphs in the order in which they stand. */
function linear(node: Node): readonly string[] {
  if (node.nodeName === '#text' && 'value' in node) return words(node.value)
  const inside = 'childNodes' in node ? node.childNodes.flatMap(linear) : []
  if (node.nodeName === 'p') return ['p', ...inside]
  if (!('tagName' in node)) return inside
  if (node.tagName === 's') return [attribute(node, 'data-d')!]
  return node.tagName === 'br' ? ['line'] : inside
}

function elements(node: Node): readonly Element[] {
  const children = 'childNodes' in node ? node.childNodes : []
  return children.flatMap(child => ('tagName' in child ? [child, ...elements(child)] : []))
}

function within(tree: readonly Element[], tagName: string, className: string): readonly Element[] {
  return tree.filter(
    element => element.tagName === tagName && attribute(element, 'class')?.split(' ').includes(className),
  )
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find(attr => attr.name === name)?.value
}

/** What a person sees of an element. */
function content(node: Node, isLeftOut: (element: Element) => boolean = () => false): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value
  if ('tagName' in node && (isLeftOut(node) || attribute(node, 'class') === 'hidden')) return ''
  return 'childNodes' in node ? node.childNodes.map(child => content(child, isLeftOut)).join('') : ''
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(word => word !== '')
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
