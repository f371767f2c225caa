import type {Box, Recognition} from '../../model.ts'
import {
  angleAlong,
  baselineAlong,
  boxAround,
  type ForeignLine,
  type ForeignWord,
  nowhere,
  parsePoints,
  share,
  toRecognitions,
} from './reading.ts'
import {childrenOf, numberOf, outermost, parseXml, textOf, type XmlElement} from './xml.ts'

/**
 * Reads PAGE XML (2010 to 2019).
 *
 * Regions come in the file's reading order, ordered groups by index; text regions
 * that it does not name follow in the order of the file, so nothing is lost. Lines
 * go by `index`, else by `readingOrder` in `custom` (Transkribus), else as they stand.
 *
 * Of several `TextEquiv`s the one with the least `index` is read, where none has one
 * that with the greatest `conf`, else the first: dinglehopper's rule. A line's own
 * text is what was corrected last and is read; its words give the boxes where they
 * spell the same, and the text where the line has none. A region with text and no
 * line that has any is read as it stands.
 *
 * Source: PAGE 2019-07-15 schema, PRImA.
 */
export function readPageXml(bytes: Uint8Array, name: string): readonly Recognition[] {
  const root = parseXml(bytes, name)
  const pages = outermost(root, 'Page').map(page => ({
    width: numberOf(page, 'imageWidth') ?? 0,
    height: numberOf(page, 'imageHeight') ?? 0,
    confidence: share(numberOf(page, 'conf')),
    lines: regionsOf(page).flatMap(linesOf),
  }))
  const version = outermost(root, 'Creator').map(textOf)[0]?.trim() ?? ''
  const model = outermost(root, 'Page')[0]?.attributes.get('primaryLanguage') ?? ''
  return toRecognitions(pages, {format: 'page', version, model}, bytes, name)
}

/** Text regions in reading order, each once. */
function regionsOf(page: XmlElement): readonly XmlElement[] {
  const all: XmlElement[] = []
  const parents = new Map<XmlElement, XmlElement>()
  const collect = (element: XmlElement): void => {
    for (const child of element.children) {
      if (typeof child === 'string' || child.name === 'ReadingOrder') continue
      if (child.name === 'TextRegion') all.push(child)
      // Text regions lie within each other, and within the cells of tables.
      if (child.name.endsWith('Region')) {
        parents.set(child, element)
        collect(child)
      }
    }
  }
  collect(page)
  const named = childrenOf(page, 'ReadingOrder').flatMap(order => order.children.flatMap(refsOf))
  const place = new Map<string, number>()
  for (const [index, id] of named.entries()) if (!place.has(id)) place.set(id, index)
  // A region that is not named goes where the region around it goes, right behind it.
  const keyOf = (region: XmlElement): number => {
    for (let at: XmlElement | undefined = region; at; at = parents.get(at)) {
      const found = place.get(at.attributes.get('id') ?? '')
      if (found !== undefined) return found
    }
    return named.length
  }
  return all
    .map(region => ({region, key: keyOf(region)}))
    .sort((a, b) => a.key - b.key)
    .map(({region}) => region)
}

/** Ids of regions in the order in which a group names them. */
function refsOf(element: XmlElement | string): readonly string[] {
  if (typeof element === 'string') return []
  const own = element.attributes.get('regionRef')
  const children = element.children.filter(child => typeof child !== 'string')
  const ordered = element.name.startsWith('Ordered') ? sortBy(children, child => numberOf(child, 'index')) : children
  return [...(own === undefined ? [] : [own]), ...ordered.flatMap(refsOf)]
}

function linesOf(region: XmlElement): readonly ForeignLine[] {
  // What the file gives is the turn that mends the skew.
  const turned = -(numberOf(region, 'orientation') ?? 0)
  const lines = sortBy(childrenOf(region, 'TextLine'), lineIndex).map((line): ForeignLine => {
    const baseline = childrenOf(line, 'Baseline').flatMap(points)
    return {
      box: boxOf(line),
      angle: angleAlong(baseline) ?? turned,
      ...baselineAlong(baseline),
      paragraphStart: false,
      words: wordsOf(line),
    }
  })
  const filled = lines.filter(({words}) => words.some(({text}) => text.trim() !== ''))
  const read = filled.length > 0 ? filled : plainLines(region, turned)
  return read.map((line, index) => ({...line, paragraphStart: index === 0}))
}

function plainLines(region: XmlElement, angle: number): readonly ForeignLine[] {
  const {text, confidence} = textEquiv(region)
  const box = boxOf(region)
  const lines = text.split(/\r\n|\r|\n/).filter(line => line.trim() !== '')
  const height = box.height / lines.length
  return lines.map((line, index) => {
    const place = {...box, y: box.y + index * height, height}
    return {box: place, angle, paragraphStart: false, words: [{text: line, box: place, confidence}]}
  })
}

function wordsOf(line: XmlElement): readonly ForeignWord[] {
  const words = childrenOf(line, 'Word').map((word): ForeignWord => {
    const {text, confidence} = textEquiv(word)
    const spelled =
      text === ''
        ? childrenOf(word, 'Glyph')
            .map(glyph => textEquiv(glyph).text)
            .join('')
        : text
    return {text: spelled, box: boxOf(word), confidence}
  })
  const {text, confidence} = textEquiv(line)
  const spelled = words.map(word => word.text).join(' ')
  if (text.trim() === '' || fold(spelled) === fold(text)) return words
  return [{text, box: boxOf(line), confidence}]
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function textEquiv(element: XmlElement): {readonly text: string; readonly confidence: number | null} {
  const found = childrenOf(element, 'TextEquiv')
  const indexed = found.filter(equiv => numberOf(equiv, 'index') !== null)
  const doubted = found.filter(equiv => numberOf(equiv, 'conf') !== null)
  const chosen =
    sortBy(indexed, equiv => numberOf(equiv, 'index'))[0] ??
    sortBy(doubted, equiv => -numberOf(equiv, 'conf')!)[0] ??
    found[0]
  if (!chosen) return {text: '', confidence: null}
  return {text: childrenOf(chosen, 'Unicode').map(textOf).join(''), confidence: share(numberOf(chosen, 'conf'))}
}

function lineIndex(line: XmlElement): number | null {
  const custom = /readingOrder\s*\{[^}]*?index\s*:\s*(\d+)/.exec(line.attributes.get('custom') ?? '')
  return numberOf(line, 'index') ?? (custom ? Number(custom[1]) : null)
}

/** Sorts by a number; the order stays as it is where any has none. */
function sortBy<T>(items: readonly T[], key: (item: T) => number | null): readonly T[] {
  const keyed = items.map(item => ({item, key: key(item)}))
  if (keyed.some(({key}) => key === null)) return items
  return keyed.sort((a, b) => a.key! - b.key!).map(({item}) => item)
}

function boxOf(element: XmlElement): Box {
  const coords = childrenOf(element, 'Coords')[0]
  return coords ? boxAround(points(coords)) : nowhere
}

/** Points of an attribute, or, as in 2010, of child elements. */
function points(element: XmlElement): readonly (readonly [number, number])[] {
  const written = element.attributes.get('points')
  if (written !== undefined) return parsePoints(written)
  return childrenOf(element, 'Point').map(point => [numberOf(point, 'x') ?? 0, numberOf(point, 'y') ?? 0])
}
