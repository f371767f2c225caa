import {type DefaultTreeAdapterTypes, parse} from 'parse5'
import type {Baseline, Box, Recognition} from '../../model.ts'
import {
  boxAround,
  degrees,
  type ForeignLine,
  type ForeignPage,
  type ForeignWord,
  nowhere,
  percent,
  toRecognitions,
} from './reading.ts'
import {decodeMarkup} from './xml.ts'

/**
 * Reads hOCR 1.0 to 1.2, written as HTML or as XHTML.
 *
 * Pages are `ocr_page`; a file without one is one page. Lines are `ocr_line`,
 * `ocrx_line` and what stands for a line beside them (`ocr_header`, `ocr_caption`,
 * …); words are `ocrx_word` and `ocr_word`. A line without words is read as it
 * stands, a word outside every line is a line by itself, and a page with neither is
 * read as text. Order is that of the file. Confidence is `x_wconf`, else the mean of
 * `x_confs`. Document type declarations are HTML's own and lead nowhere: nothing
 * outside the file is looked at.
 *
 * Source: hOCR 1.2 specification, K. Baierer.
 */
export function readHocr(bytes: Uint8Array, name: string): readonly Recognition[] {
  const root = parse(expandEmpty(decodeMarkup(bytes, name)))
  const found = find(root, pageClasses)
  const meta = (wanted: string): string =>
    elements(root)
      .find(element => element.tagName === 'meta' && attribute(element, 'name') === wanted)
      ?.attrs.find(({name}) => name === 'content')?.value ?? ''
  const pages = (found.length > 0 ? found : [root]).map(readPage)
  const language = elements(root).find(
    element => /^ocr/.test(attribute(element, 'class')) && attribute(element, 'lang') !== '',
  )
  return toRecognitions(
    pages,
    {
      format: 'hocr',
      version: meta('ocr-system').trim(),
      model: meta('ocr-langs').trim() || (language ? attribute(language, 'lang') : ''),
    },
    bytes,
    name,
  )
}

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

const pageClasses: ReadonlySet<string> = new Set(['ocr_page'])
const paragraphClasses: ReadonlySet<string> = new Set(['ocr_par', 'ocrx_block', 'ocr_carea'])
const lineClasses: ReadonlySet<string> = new Set([
  'ocr_line',
  'ocrx_line',
  'ocr_header',
  'ocr_footer',
  'ocr_caption',
  'ocr_textfloat',
  'ocr_pageno',
])
const wordClasses: ReadonlySet<string> = new Set(['ocrx_word', 'ocr_word'])
const lineOrWord: ReadonlySet<string> = new Set([...lineClasses, ...wordClasses])

function readPage(page: Node): ForeignPage {
  const {bbox, wconf} = 'attrs' in page ? propertiesOf(page) : noProperties
  // A float or caption may itself be cut into lines.
  const parts = find(page, lineOrWord).flatMap(part => {
    const inner = find(part, lineClasses)
    return inner.length > 0 ? inner : [part]
  })
  let last: Node | null = null
  const lines = parts.map((part): ForeignLine => {
    const paragraph = around(part, paragraphClasses) ?? page
    const paragraphStart = last !== paragraph
    last = paragraph
    return {...readLine(part), paragraphStart}
  })
  const box = bbox ?? nowhere
  return {
    width: box.x + box.width,
    height: box.y + box.height,
    confidence: percent(wconf),
    lines: parts.length > 0 ? lines : plainLines(page),
  }
}

function readLine(line: Element): Omit<ForeignLine, 'paragraphStart'> {
  const {bbox, baseline, textangle} = propertiesOf(line)
  const words = isOf(line, wordClasses) ? [line] : find(line, wordClasses)
  const read = (words.length > 0 ? words : [line]).map((word): ForeignWord => {
    const properties = propertiesOf(word)
    return {text: textOf(word), box: properties.bbox ?? bbox ?? nowhere, confidence: percent(properties.wconf)}
  })
  const box =
    bbox ??
    boxAround(read.flatMap(({box: {x, y, width, height}}) => [[x, y] as const, [x + width, y + height] as const]))
  // `textangle` is counter-clockwise; the slope of a baseline, with y downwards, is clockwise.
  const angle = (baseline === null ? 0 : degrees(baseline.slope)) - (textangle ?? 0)
  return {box, angle, ...(baseline && bbox && !textangle && {baseline: along(baseline, bbox)}), words: read}
}

/** The offset is that of the baseline at the left edge from the lower edge. */
function along({slope, offset}: {slope: number; offset: number}, {x, y, width, height}: Box): Baseline {
  const y1 = y + height + offset
  return {x1: x, y1, x2: x + width, y2: y1 + slope * width}
}

function plainLines(page: Node): readonly ForeignLine[] {
  const body = elements(page).find(({tagName}) => tagName === 'body') ?? page
  return textOf(body)
    .split(/\r\n|\r|\n/)
    .filter(line => line.trim() !== '')
    .map((text, index) => ({
      box: nowhere,
      angle: 0,
      paragraphStart: index === 0,
      words: [{text, box: nowhere, confidence: null}],
    }))
}

interface Properties {
  readonly bbox: Box | null
  /** Percent. */
  readonly wconf: number | null
  readonly baseline: {readonly slope: number; readonly offset: number} | null
  readonly textangle: number | null
}

const noProperties: Properties = {bbox: null, wconf: null, baseline: null, textangle: null}

/** Reads what hOCR keeps in `title`: properties parted by `;`, the values of each by blanks. */
function propertiesOf(element: Element): Properties {
  const values = new Map<string, readonly number[]>()
  // A file name in quotes may hold a semicolon.
  for (const property of attribute(element, 'title')
    .replace(/"[^"]*"|'[^']*'/g, '')
    .split(';')) {
    const [name, ...rest] = property.trim().split(/\s+/)
    if (name) values.set(name, rest.map(Number))
  }
  const [left, top, right, bottom] = finite(values.get('bbox'), 4)
  const confidences = finite(values.get('x_confs'), 1)
  // A polynomial with the constant last: its two lowest terms.
  const [slope, offset] = finite(values.get('baseline'), 2).slice(-2)
  const mean = confidences.length > 0 ? confidences.reduce((sum, value) => sum + value, 0) / confidences.length : null
  return {
    bbox:
      left === undefined || top === undefined || right === undefined || bottom === undefined
        ? null
        : {x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top)},
    wconf: finite(values.get('x_wconf'), 1)[0] ?? mean,
    baseline: slope === undefined || offset === undefined ? null : {slope, offset},
    textangle: finite(values.get('textangle'), 1)[0] ?? null,
  }
}

/** Numbers, if there are at least so many and all are finite; else none. */
function finite(values: readonly number[] | undefined, least: number): readonly number[] {
  return values && values.length >= least && values.every(Number.isFinite) ? values : []
}

/**
 * Writes `<span/>` as `<span></span>` in XHTML: HTML knows no such tag and would
 * take all that follows for its content.
 */
function expandEmpty(source: string): string {
  if (!/^\s*<\?xml|<html[^>]*\sxmlns\s*=/i.test(source.slice(0, 2000))) return source
  return source.replace(
    /<([A-Za-z][A-Za-z0-9]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*\/>/g,
    (tag, name, attributes) => (voidTags.has(name.toLowerCase()) ? tag : `<${name}${attributes}></${name}>`),
  )
}

const voidTags: ReadonlySet<string> = new Set(['area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta'])

// ---------------------------------------------------------------- tree

/** Elements of a class, none within another of them, in the order of the file. */
function find(root: Node, classes: ReadonlySet<string>): readonly Element[] {
  const found: Element[] = []
  walk(root, node => {
    if (node === root || !('attrs' in node) || !isOf(node, classes)) return true
    found.push(node)
    return false
  })
  return found
}

function elements(root: Node): readonly Element[] {
  const found: Element[] = []
  walk(root, node => {
    if ('attrs' in node) found.push(node)
    return true
  })
  return found
}

function textOf(root: Node): string {
  let text = ''
  walk(root, node => {
    if ('value' in node) text += node.value
    return !('tagName' in node && /^(?:script|style)$/.test(node.tagName))
  })
  return text
}

/** Visits nodes in the order of the file, without recursion: a file may nest as deep as it likes. */
function walk(root: Node, visit: (node: Node) => boolean): void {
  const waiting: Node[] = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!visit(node) || !('childNodes' in node)) continue
    for (let index = node.childNodes.length - 1; index >= 0; index--) waiting.push(node.childNodes[index]!)
  }
}

/** The nearest element around another that is of a class. */
function around(element: Element, classes: ReadonlySet<string>): Element | null {
  for (let node = element.parentNode; node && 'parentNode' in node; node = node.parentNode) {
    if ('attrs' in node && isOf(node, classes)) return node
  }
  return null
}

function isOf(element: Element, classes: ReadonlySet<string>): boolean {
  return attribute(element, 'class')
    .split(/\s+/)
    .some(name => classes.has(name))
}

function attribute(element: Element, name: string): string {
  return element.attrs.find(attribute => attribute.name === name)?.value ?? ''
}
